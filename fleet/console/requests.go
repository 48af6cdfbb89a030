package console

import (
	"strconv"
	"strings"

	"handrail/agent/report"
	"handrail/detect"
	"handrail/fleet/query"
)

// requestsView is what the list of requests shows.
type requestsView struct {
	K, Days       int
	Open, Decided []requestView
}

type requestView struct {
	Tool, Host           string // Host is "" for a tool of the catalogue
	Since, Due, Requests string
	Late                 bool
	Wanted               []chip // tasks, kinds of data and what is lacking
	State, Reason, On    string // of the decision
}

func requestsOf(all []query.ToolRequest, k int) requestsView {
	v := requestsView{K: k, Days: report.AnswerDays}
	for _, r := range all {
		x := requestView{Tool: string(r.Host), Host: string(r.Host), Since: day(r.Since), Due: day(r.Due), Late: r.Late, Requests: strconv.Itoa(r.Requests.Count)}
		if r.Host == "" {
			x.Tool = toolName(string(r.Tool))
		}
		if r.Requests.Hidden {
			x.Requests = "fewer than " + strconv.Itoa(k)
		}
		x.Wanted = append(x.Wanted, chip{"plain", "for " + listed(r.Tasks, report.Task.Words)})
		x.Wanted = append(x.Wanted, chip{"plain", "with " + listed(r.Kinds, kindName)})
		x.Wanted = append(x.Wanted, chip{"plain", "lacking: " + listed(r.Lacked, func(l report.Lack) string { return lackWords[l] })})
		if r.Answer.State == report.Waiting {
			v.Open = append(v.Open, x)
			continue
		}
		x.State, x.Reason, x.On = decisionWords[r.Answer.State], r.Answer.Reason, day(r.Answer.Decided)
		v.Decided = append(v.Decided, x)
	}
	return v
}

func listed[T any](values []T, words func(T) string) string {
	var all []string
	for _, v := range values {
		all = append(all, words(v))
	}
	return strings.Join(all, ", ")
}

var lackWords = map[report.Lack]string{
	report.NoneApproved: "an approved tool", report.MissingAbility: "the ability", report.PoorResults: "good results", report.TooSlow: "speed",
	report.Limits: "room (limits)", report.FileTypes: "file types", report.OwnSystems: "a way to our systems", report.Language: "the language",
	report.NotReceived: "leave to receive the data", report.NotKnown: "not tried",
}

func kindName(c detect.Class) string {
	if c == detect.ClassNone {
		return "nothing sensitive"
	}
	return classWords[c]
}

var decisionWords = map[report.State]string{report.Approved: "approved", report.OnTrial: "on trial", report.Declined: "declined"}
