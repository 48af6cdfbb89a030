package ordinary

import "strings"

// tables is data that is about things, not about people.
var tables = []kind{
	{"table products", table("sku,name,price,stock,ean", "~part~,~product~,~n2~.~d2~,~n3~,~ean~")},
	{"table prices", table("qty,sku,price,total", "~n2~,~d8~,~n2~.~d2~,~n4~.~d2~")},
	{"table sensors", table("timestamp,sensor,temp_c,humidity,lat,lon", "~dt~,~hex8~,~n2~.~d2~,0.~d4~,~lat~,~lon~")},
	{"table schedule", table("Date\tTime\tRoom\tTopic", "~date~\t~time~\t~n1~.~d2~\t~verb~ the ~noun~")},
	{"table sports", table("pos,team,played,goals,points", "~n1~,FC ~city~,~n2~,~n2~:~n2~,~n2~")},
	{"table places", table("id;city;lat;lon;population;code", "~n7~;~city~;~lat~;~lon~;~n6~;~L2~-~d3~")},
	{"table survey", table("response,q1,q2,q3,comment", "~n4~,~n1~,~n1~,~n1~,\"~noun~ could be better\"")},
	{"table stocks", table("ticker,open,close,volume,isin_country", "~L4~,~n3~.~d2~,~n3~.~d2~,~n8~,US")},
	{"table books", table("ISBN\tTitle\tPages", "~isbn-~\tThe secret ~noun~\t~n3~", "~isbn~\tHow to ~verb~\t~n3~")},
	{"table inventory", table("asset;serial;mac;room;bought", "~d6~;~part~;~mac~;~n3~;~date~", "~d6~;SN~d10~;~mac~;~n3~;~date~")},
	{"table orders", table("order,tracking,shipped,weight", "~order~,~tracking~,~isodate~,~n1~.~d2~")},
	{"table invoices", table("invoice,customer_no,net,vat,due", "~n9~,~n8~,~n4~.~d2~,~n3~.~d2~,~isodate~")},
	{"table shipping", table("container,seal,hs_code,kg", "~L3~U~d7~,~d7~,~d10~,~n5~")},
	{"table metrics", table("metric,p50,p95,key", "~snake~,~float~,~float~,~noun~", "~snake~,~n3~,~n4~,~noun~_key")},
	{"table ids", table("id,parent,hash,created", "~uuid~,~uuid~,~hex40~,~epoch~", "~hex24~,~hex24~,~hex64~,~n13~")},
	{"table markdown", func(w *writer) string {
		return "| Article | No. | Price | EAN |\n|---|---:|---:|---|\n" + w.lines(w.between(3, 12), "| ~product~ | ~part~ | ~price~ | ~ean~ |")
	}},
	{"table figures", func(w *writer) string {
		return w.pick("Region\tQ1\tQ2\tQ3\tQ4\n", "Year\tVisitors\tGrowth\tArea\n") + w.lines(w.between(3, 9), "~city~\t~n4~\t~n4~\t~n5~\t~n4~", "~isoyear~\t~n6~\t~pct~\t~n3~")
	}},
	{"json", func(w *writer) string {
		var rows []string
		for range w.between(2, 6) {
			rows = append(rows, "  "+w.one(
				`{"id": ~n8~, "name": "~product~", "sku": "~part~", "price": ~n2~.~d2~, "tags": ["~noun~", "~noun~"]}`,
				`{"lat": ~lat~, "lon": ~lon~, "osm_id": ~n10~, "place": "~city~"}`,
				`{"uuid": "~uuid~", "key": "~noun~.~noun~", "value": ~float~, "ts": ~n13~}`,
				`{"isbn": "~isbn~", "title": "~verb~ the ~noun~", "pages": ~n3~}`,
				`{"token": "~noun~", "start": ~n3~, "end": ~n3~, "pos": "NOUN"}`,
				`{"orderId": "~order~", "tracking": "~tracking~", "phone": "~phone~"}`,
				`{"serial": ~n12~, "version": "~ver~", "sha1": "~hex40~", "ip": "~ip~"}`,
			))
		}
		return "[\n" + strings.Join(rows, ",\n") + "\n]\n"
	}},
	{"geojson", func(w *writer) string {
		var points []string
		for range w.between(3, 9) {
			points = append(points, w.fill("[~lon~~d7~, ~lat~~d8~]"))
		}
		return w.fill(`{"type": "Feature", "id": "way/~n9~", "geometry": {"type": "LineString", "coordinates": [`) + strings.Join(points, ", ") + "]}}\n"
	}},
	{"xml", func(w *writer) string {
		return "<?xml version=\"1.0\"?>\n<items>\n" + w.lines(w.between(2, 7), "  <item id=\"~n9~\"><sku>~part~</sku><ean>~ean~</ean><price>~n2~.~d2~</price></item>", "  <entry key=\"~noun~\" uuid=\"~uuid~\">~product~</entry>", "  <token kind=\"~noun~\" line=\"~n3~\"/>", "  <password/>") + "</items>\n"
	}},
}

// table writes a header and rows of one of the forms.
func table(header string, rows ...string) func(*writer) string {
	return func(w *writer) string { return header + "\n" + w.lines(w.between(3, 25), rows...) }
}
