package console

import (
	"strings"

	"handrail/agent/report"
)

type privacyView struct {
	K, MinActive int
	Never        []string
	Limits       []limit
	Reports      []fieldsView
}

type limit struct{ Title, Words string }

type fieldsView struct {
	ID, Title, Words string
	Fields           []fieldView
}

type fieldView struct{ Name, Words, Values string }

// kept is what the server does not keep or tell beyond what its fields are: the
// rest of the list is worked out from these (report.NeverCollected).
var kept = []string{
	"The hour: the server keeps the last day a device was seen, and the day a tool was asked for.",
	"Who switched reports off, and whether Handrail was paused, quit or crashed: these look alike.",
}

// limits are the honest ones of the design that hold for this version.
var limits = []limit{
	{"Reports are not sealed yet.", "Until the batch closes they lie readable in this server’s inbox, each without a name. Whoever runs the server could read single ones there."},
	{"A report could be linked to a laptop by its network address.", "Reports carry no name and travel on a connection of their own, but until sealing and blind tokens come, whoever operates the report endpoint, or a proxy in front of it, could note which address sent which one. This server does not log those addresses."},
	{"So could a request for a tool.", "It leaves when somebody asks, so its time can be noted as well as its address. This server keeps the day only."},
	{"A device could send more than one report.", "Nothing proves yet that a report comes from an enrolled device and is its only one. A forged report would be counted, and invented ones could be used to push a figure over the threshold."},
	{"There is no sign-in yet.", "The console answers on the server itself only. Whoever may use that computer can read these pages."},
	{"Devices can be invented.", "Whoever holds an enrolment secret can enrol devices that are no laptops. The list of devices makes them visible; it cannot rule them out."},
	{"IT can replace the program.", "Whoever manages the laptops can install another program in Handrail’s place, and an administrator of a laptop can read what its owner can read."},
}

func privacyOf(k, minActive int) privacyView {
	v := privacyView{K: k, MinActive: minActive, Limits: limits, Reports: []fieldsView{
		{ID: "behaviour", Title: "Every field of a behaviour report", Words: "About nobody. One per account and batch, also when nothing happened, always of the same size, on a connection of its own."},
		{ID: "health", Title: "Every field of a health report", Words: "About a device, and nothing that anybody did on it. Only the latest is kept."},
		{ID: "request", Title: "Every field of a request for a tool", Words: "About nobody. Sent only when somebody asks for a tool, who has read its bytes before; on a connection of its own, like a behaviour report."},
		{ID: "question", Title: "Every field of the question for an answer", Words: "Sent when whoever asked looks for the answer, on a connection of its own."},
	}}
	for _, n := range report.NeverCollected() {
		v.Never = append(v.Never, n.Words())
	}
	v.Never = append(v.Never, kept...)
	for _, f := range report.Dictionary() {
		for i := range v.Reports {
			if v.Reports[i].ID == string(f.Report) {
				v.Reports[i].Fields = append(v.Reports[i].Fields, fieldView{Name: f.Name, Words: f.Words, Values: strings.Join(f.Values, ", ")})
			}
		}
	}
	return v
}
