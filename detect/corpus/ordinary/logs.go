package ordinary

import "fmt"

// logs is what machines say.
var logs = []kind{
	{"log nginx", many(4, 12, "~ip~ - - [~n2~/Nov/~isoyear~:~time~:~d2~ +0000] \"GET /~noun~/~n8~?ref=~order~ HTTP/1.1\" 200 ~n5~ \"~url~\" \"Mozilla/5.0 (X11; Linux x86_64; rv:~n3~.0)\"", "~ip6~ - - [~dt~] \"POST /api/token HTTP/2\" 401 ~n3~ \"-\" \"curl/~ver~\" rt=0.~d3~ rid=~hex32~")},
	{"log kubernetes", many(3, 9, "~slug~-~noun~-~hex9~-~id5~   1/1   Running   ~n1~   ~n2~d   ~ip~   node-~n2~", "I1124 ~time~:~d2~.~d6~       1 ~snake~.go:~n3~] \"~verb~ ~noun~\" pod=\"~slug~/~noun~-~id5~\" uid=\"~uuid~\"", "Warning  FailedMount  ~n2~s  kubelet  MountVolume.SetUp failed for volume \"~noun~\": secret \"~slug~-tls\" not found", "E~d4~ ~time~:~d2~.~d6~ ~n7~ reflector.go:~n3~] failed to list *v1.Secret: ~ip~:443 refused")},
	{"log java", func(w *writer) string {
		return w.fill("~dt~ ERROR [http-nio-8080-exec-~n1~] c.~slug~.~Type~ - order ~order~ failed, traceId=~hex32~ spanId=~hex16~\njava.lang.IllegalArgumentException: Invalid ~noun~ ~n9~\n") +
			w.lines(w.between(4, 12), "\tat com.~slug~.~noun~.~Type~.~camel~(~Type~.java:~n3~)", "\tat org.springframework.~noun~.~Type~$$EnhancerBySpringCGLIB$$~hex8~.~camel~(<generated>)", "\tat jdk.internal.reflect.GeneratedMethodAccessor~n3~.invoke(Unknown Source)")
	}},
	{"log python", func(w *writer) string {
		return "Traceback (most recent call last):\n" + w.lines(w.between(2, 6), "  File \"~path~\", line ~n3~, in ~snake~", "    ~noun~ = ~snake~(token, ~n6~)", "    password = self.~snake~()") + w.fill("KeyError: '~noun~_~n8~'\nrequest_id=~hex32~ build=~hex7~\n")
	}},
	{"log ci", many(4, 12, "##[section]Starting: ~verb~ ~noun~", "~dt~ Run actions/checkout@v~n1~", "#~n2~ ~float~ sha256:~hex64~ ~n2~.~d1~MB / ~n2~.~d1~MB", "npm warn deprecated ~noun~@~ver~: use ~noun~ instead", "ok  \t~slug~/~noun~\t~n1~.~d3~s", "Downloading ~noun~-~ver~.tar.gz (~n3~ kB)", "HEAD is now at ~hex7~ ~verb~ ~noun~", "API_KEY: ***", "::add-mask::***", "✓ ~n3~ tests passed (~n5~ ms)", "Uploading artifact ~n10~ to ~url~", "job ~n11~ runner ~n8~ password prompt disabled")},
	{"log json", many(3, 8, "{\"level\":\"info\",\"ts\":~epoch~.~d7~,\"caller\":\"~noun~/~snake~.go:~n3~\",\"msg\":\"~verb~ ~noun~\",\"id\":\"~uuid~\",\"dur\":~float~}", "{\"time\":\"~dt~\",\"severity\":\"WARN\",\"trace\":\"~hex32~\",\"user\":~n7~,\"token_count\":~n4~,\"msg\":\"token expired\"}", "{\"timestamp\":~n13~,\"span\":~n18~,\"ip\":\"~ip~\",\"order\":\"~order~\",\"password\":\"[REDACTED]\"}")},
	{"log system", many(4, 10, "Nov ~n2~ ~time~:~d2~ ~slug~ sshd[~n5~]: Failed password for invalid user admin from ~ip~ port ~n5~ ssh2", "Nov ~n2~ ~time~:~d2~ ~slug~ kernel: [~n6~.~d6~] usb 1-~n1~: SerialNumber: ~HEX12~", "Nov ~n2~ ~time~:~d2~ ~slug~ systemd[1]: Started Session ~n4~ of user app.", "[~n5~.~d6~] BTRFS info: checksum 0x~hex8~ bytenr ~n12~", "audit: type=1400 audit(~epoch~.~d3~:~n5~): pid=~n5~ key=(null)", "Nov ~n2~ ~time~:~d2~ ~slug~ NetworkManager: <info> [~epoch~.~d4~] device (~mac~): state 100")},
	{"log database", many(3, 8, "  ->  Index Scan using ~noun~_pkey on ~noun~s  (cost=0.~d2~..~n5~.~d2~ rows=~n6~ width=~n2~) (actual time=~n1~.~d3~..~n3~.~d3~ rows=~n5~ loops=1)", "        Filter: (token IS NOT NULL) Rows Removed by Filter: ~n7~", "Planning Time: 0.~d3~ ms", "Execution Time: ~n3~.~d3~ ms", "~dt~ UTC [~n5~] LOG: checkpoint complete: wrote ~n4~ buffers; lsn=~HEX1~/~HEX8~", "Query_time: ~float~ Lock_time: 0.~d6~ Rows_examined: ~n8~")},
	{"metrics", many(4, 12, "http_requests_total{code=\"200\",path=\"/~noun~\"} ~n8~", "~snake~_seconds_bucket{le=\"0.~n1~\"} ~n6~ ~n13~", "process_start_time_seconds 1.~d11~e+09", "~snake~ ~float~", "token_bucket_size ~n4~", "GC (~n3~): ~n4~K->~n4~K(~n6~K), 0.~d7~ secs", "secret_rotations_total ~n2~")},
	{"hex dump", func(w *writer) string {
		s := ""
		for i := range w.between(3, 10) {
			s += fmt.Sprintf("%08x", i*16) + w.fill("  ~hex4~ ~hex4~ ~hex4~ ~hex4~ ~hex4~ ~hex4~ ~hex4~ ~hex4~\n")
		}
		return s
	}},
	{"git log", many(3, 10, "~hex40~ ~verb~: the ~noun~", "commit ~hex40~\nAuthor: Ana Rossi <ana@contoso.example>\nDate:   ~weekday~ ~date~\n\n    ~verb~ ~noun~ (#~n4~)\n", "~hex7~ ~verb~ ~noun~ password field", "~hex7~ Merge pull request #~n5~ from ~slug~/~verb~-~noun~")},
}

func many(lo, hi int, templates ...string) func(*writer) string {
	return func(w *writer) string { return w.lines(w.between(lo, hi), templates...) }
}
