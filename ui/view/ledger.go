package view

import (
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/ui/text"
)

// Ledger says in words what reports and requests hold: everything in them is of
// a closed list, so everything can be said in each language.
type Ledger struct {
	P text.Printer
	// Tool returns a tool's name for people. A tool without one goes by its id.
	Tool func(catalog.ToolID) string
}

var aboutKeys = map[detect.Class]text.Key{
	detect.ClassCard:     text.AboutCards,
	detect.ClassBank:     text.AboutBanks,
	detect.ClassGovID:    text.AboutGovIDs,
	detect.ClassSecret:   text.AboutSecrets,
	detect.ClassContacts: text.AboutContacts,
	detect.ClassMarking:  text.AboutMarkings,
	detect.ClassHR:       text.AboutHRs,
	detect.ClassHealth:   text.AboutHealths,
	detect.ClassContract: text.AboutContracts,
	detect.ClassFinance:  text.AboutFinances,
	detect.ClassCode:     text.AboutCodes,
	detect.ClassOwn:      text.AboutOwns,
}

var placeKeys = map[catalog.Surface]text.Key{
	catalog.SurfaceBrowser:  text.InBrowser,
	catalog.SurfaceApp:      text.InApp,
	catalog.SurfaceTerminal: text.InTerminal,
	catalog.SurfaceIDE:      text.InIDE,
	catalog.SurfaceCommand:  text.ByCommand,
}

var answerKeys = map[report.Answer]text.Key{
	report.Switched:         text.DidSwitch,
	report.Dismissed:        text.DidDismiss,
	report.SaidNotSensitive: text.DidNotSensitive,
	report.SaidAnyway:       text.DidAnyway,
	report.Ignored:          text.DidIgnore,
	report.PastedSafely:     text.DidPasteSafely,
	report.SaidAllowed:      text.DidAllowed,
}

var causeKeys = map[report.Cause]text.Key{
	report.NoTime:    text.CauseNoTime,
	report.ToolLacks: text.CauseToolLacks,
	report.NoAccess:  text.CauseNoAccess,
	report.WasTold:   text.CauseWasTold,
	report.OtherWhy:  text.CauseOther,
}

var oftenKeys = map[report.Often]text.Key{
	report.Once: text.OftenOnce,
	report.Few:  text.OftenFew,
	report.Many: text.OftenMany,
}

var taskKeys = map[report.Task]text.Key{
	report.Drafting:    text.TaskDrafting,
	report.Summarising: text.TaskSummarising,
	report.Translating: text.TaskTranslating,
	report.Coding:      text.TaskCoding,
	report.Analysing:   text.TaskAnalysing,
	report.Researching: text.TaskResearching,
	report.Answering:   text.TaskAnswering,
	report.OtherWork:   text.TaskOther,
}

var stakeKeys = map[report.Stake]text.Key{
	report.Hiring:       text.StakeHiring,
	report.Lending:      text.StakeLending,
	report.Pricing:      text.StakePricing,
	report.CustomerMail: text.StakeMail,
}

var saidKeys = map[report.Said]text.Key{
	report.SavedNothing:  text.SaidSavedNothing,
	report.SavedUpToHour: text.SaidSavedUpToHour,
	report.SavedMore:     text.SaidSavedMore,
	report.CheckedNot:    text.SaidCheckedNot,
	report.CheckedRead:   text.SaidCheckedRead,
	report.CheckedRan:    text.SaidCheckedRan,
	report.CheckedPerson: text.SaidCheckedPerson,
	report.ErrorNone:     text.SaidErrorNone,
	report.ErrorFound:    text.SaidErrorFound,
	report.PersonNotYet:  text.SaidPersonNotYet,
	report.PersonHas:     text.SaidPersonHas,
}

var lackKeys = map[report.Lack]text.Key{
	report.NoneApproved:   text.LackNoneApproved,
	report.MissingAbility: text.LackMissingAbility,
	report.PoorResults:    text.LackPoorResults,
	report.TooSlow:        text.LackTooSlow,
	report.Limits:         text.LackLimits,
	report.FileTypes:      text.LackFileTypes,
	report.OwnSystems:     text.LackOwnSystems,
	report.Language:       text.LackLanguage,
	report.NotReceived:    text.LackNotReceived,
	report.NotKnown:       text.LackNotKnown,
}

// Report says what the bytes of a report tell.
func (l Ledger) Report(b []byte) (title string, lines []string) {
	r, err := report.Decode(b)
	if err != nil {
		return l.P.Say(text.ReportTitle), l.unreadable()
	}
	batch, _ := report.ParseBatch(r.Batch) // Decode did so, too
	return l.P.Say(text.ReportAbout, "span", l.span(batch, text.SpanWeek)), l.ReportLines(r)
}

// Request says what the bytes of a request for a tool tell.
func (l Ledger) Request(b []byte) (title string, lines []string) {
	r, err := report.DecodeRequest(b)
	if err != nil {
		return l.P.Say(text.RequestTitle), l.unreadable()
	}
	return l.P.Say(text.RequestTitle), l.RequestLines(r)
}

// Question says what the bytes of a question for a request's answer tell.
func (l Ledger) Question(b []byte) (title string, lines []string) {
	if _, err := report.DecodeQuestion(b); err != nil {
		return l.P.Say(text.QuestionTitle), l.unreadable()
	}
	return l.P.Say(text.QuestionTitle), []string{l.P.Say(text.QuestionLine)}
}

// Count says what was counted in a batch that hasn't ended.
func (l Ledger) Count(b report.Batch, cells []report.Cell) (title string, lines []string) {
	return l.span(b, text.SpanWeekTitle), l.Cells(cells)
}

// Task is what a task is called.
func (l Ledger) Task(t report.Task) string { return l.P.Say(taskKeys[t]) }

// unreadable is what is said of an entry that another version wrote.
func (l Ledger) unreadable() []string { return []string{l.P.Say(text.NotReadable)} }

// span says when a batch is. Batches are the same for everybody, so they are in
// UTC.
func (l Ledger) span(b report.Batch, week text.Key) string {
	if b.Length() == report.Week {
		return l.P.Say(week, "date", l.P.Date(b.Start))
	}
	return l.P.Say(text.SpanTime, "date", l.P.Date(b.Start), "from", b.Start.Format("15:04:05"), "to", b.End.Format("15:04:05"))
}

// ReportLines says in sentences what a report tells.
func (l Ledger) ReportLines(r report.Report) []string {
	if r.Off {
		return []string{l.P.Say(text.ReportsWere)}
	}
	lines := l.Cells(r.Cells)
	if len(lines) == 0 {
		lines = []string{l.P.Say(text.NothingWas)}
	}
	if r.More {
		lines = append(lines, l.P.Say(text.MoreWas))
	}
	return lines
}

// Cells says what each cell tells.
func (l Ledger) Cells(cells []report.Cell) []string {
	var lines []string
	for _, c := range cells {
		lines = append(lines, l.cell(c))
	}
	return lines
}

func (l Ledger) cell(c report.Cell) string {
	often := l.P.Say(text.OftenNot)
	if k, ok := oftenKeys[c.Often]; ok {
		often = l.P.Say(k)
	}
	what, tool, place := l.P.Say(aboutKeys[c.Class]), l.tool(c.Tool), l.P.Say(placeKeys[c.Surface])
	switch c.Kind {
	case report.KindPulse:
		return l.P.Say(text.CellPulse, "task", l.P.Say(taskKeys[c.Task]), "said", l.P.Say(saidKeys[c.Said]))
	case report.KindCheck:
		return l.P.Say(text.CellCheck, "stake", l.P.Say(stakeKeys[c.Stake]), "said", l.P.Say(saidKeys[c.Said]), "often", often)
	case report.KindNudge:
		return l.P.Say(text.CellNudge, "what", what, "tool", tool, "place", place, "answer", l.P.Say(answerKeys[c.Answer]), "often", often)
	case report.KindBadge:
		return l.P.Say(text.CellBadge, "what", what, "tool", tool, "place", place, "often", often)
	case report.KindHeldOut:
		return l.P.Say(text.CellHeldOut, "what", what, "tool", tool, "place", place, "often", often)
	case report.KindCause:
		return l.P.Say(text.CellCause, "tool", tool, "place", place, "cause", l.P.Say(causeKeys[c.Cause]), "often", often)
	}
	return l.P.Say(text.CellUse, "tool", tool, "place", place, "often", often)
}

func (l Ledger) tool(id catalog.ToolID) string {
	if id == catalog.Other {
		return l.P.Say(text.CellOther)
	}
	if name := l.Tool(id); name != "" {
		return name
	}
	return string(id)
}

// RequestLines says in sentences what a request tells.
func (l Ledger) RequestLines(r report.Request) []string {
	tool := string(r.Host)
	if r.Tool != "" {
		tool = l.tool(r.Tool)
	}
	data := l.P.Say(text.NoneSensitive)
	if r.Kind != detect.ClassNone {
		data = l.P.Say(aboutKeys[r.Kind])
	}
	lines := []string{l.P.Say(text.RequestLine, "tool", tool, "task", l.P.Say(taskKeys[r.Task]), "data", data)}
	for _, x := range r.Lacked {
		lines = append(lines, l.P.Say(text.RequestLacks, "lack", l.P.Say(lackKeys[x])))
	}
	return lines
}
