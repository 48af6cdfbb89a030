package report

import (
	"fmt"

	"handrail/detect"
	"handrail/detect/catalog"
)

var classWords = map[detect.Class]string{
	detect.ClassCard:     "payment cards",
	detect.ClassBank:     "bank accounts",
	detect.ClassGovID:    "official identity numbers",
	detect.ClassSecret:   "keys or passwords",
	detect.ClassContacts: "contacts",
	detect.ClassMarking:  "a confidentiality marking",
	detect.ClassHR:       "personnel matters",
	detect.ClassHealth:   "health matters",
	detect.ClassContract: "a contract",
	detect.ClassFinance:  "figures that are not public",
	detect.ClassCode:     "source code",
	detect.ClassOwn:      "the organisation's own terms",
}

var surfaceWords = map[catalog.Surface]string{
	catalog.SurfaceBrowser:  "in the browser",
	catalog.SurfaceApp:      "in its app",
	catalog.SurfaceTerminal: "in a terminal",
	catalog.SurfaceIDE:      "in a code editor",
	catalog.SurfaceCommand:  "by handrail check",
}

var answerWords = map[Answer]string{
	Switched:         "you opened the approved tool",
	Dismissed:        "you closed it",
	SaidNotSensitive: "you said it is not sensitive",
	SaidAnyway:       "you said you paste it anyway",
	Ignored:          "no answer",
	PastedSafely:     "you pasted it without what was found",
	SaidAllowed:      "you said this use is allowed",
}

var causeWords = map[Cause]string{
	NoTime:    "it could not wait",
	ToolLacks: "the approved tool can’t do it",
	NoAccess:  "you can’t get into the approved tool",
	WasTold:   "somebody responsible said so",
	OtherWhy:  "another reason",
}

var oftenWords = map[Often]string{
	Once: "once",
	Few:  "2 to 4 times",
	Many: "5 times or more",
}

var taskWords = map[Task]string{
	Drafting:    "writing",
	Summarising: "summing up",
	Translating: "translating",
	Coding:      "code",
	Analysing:   "figures and tables",
	Researching: "looking things up",
	Answering:   "answers to customers",
	OtherWork:   "other work",
}

var stakeWords = map[Stake]string{
	Hiring:       "hiring",
	Lending:      "lending",
	Pricing:      "prices",
	CustomerMail: "mail to customers",
}

var saidWords = map[Said]string{
	SavedNothing:  "it saved no time",
	SavedUpToHour: "it saved up to an hour",
	SavedMore:     "it saved more than an hour",
	CheckedNot:    "you used the answer as it came",
	CheckedRead:   "you read the answer through",
	CheckedRan:    "you tried the answer out, or compared it with a source",
	CheckedPerson: "a second person looked at the answer",
	ErrorNone:     "no error was found",
	ErrorFound:    "an error was found",
	PersonNotYet:  "no person has checked it yet",
	PersonHas:     "a person has checked it",
}

// Words says for people what the task is, such as "looking things up".
func (t Task) Words() string { return taskWords[t] }

// Words says for people what the stake is about, such as "mail to customers".
func (s Stake) Words() string { return stakeWords[s] }

// Words says how often, for people.
func (o Often) Words() string {
	if w := oftenWords[o]; w != "" {
		return w
	}
	return "not counted yet"
}

// Words says in one sentence what the cell tells. name gives a tool's name for
// people; nil, or an empty name, uses the id.
func (c Cell) Words(name func(catalog.ToolID) string) string {
	tool := string(c.Tool)
	if c.Tool == catalog.Other {
		tool = "an AI tool that the catalogue does not name"
	} else if name != nil {
		if n := name(c.Tool); n != "" {
			tool = n
		}
	}
	how := c.Often.Words()
	about := func(what string) string {
		return fmt.Sprintf("%s about %s going to %s %s", what, classWords[c.Class], tool, surfaceWords[c.Surface])
	}
	switch c.Kind {
	case KindPulse:
		return fmt.Sprintf("Weekly question about %s: you said %s", taskWords[c.Task], saidWords[c.Said])
	case KindCheck:
		return fmt.Sprintf("Question about %s: you said %s (%s)", stakeWords[c.Stake], saidWords[c.Said], how)
	case KindNudge:
		return fmt.Sprintf("%s: %s (%s)", about("Nudge"), answerWords[c.Answer], how)
	case KindBadge:
		return fmt.Sprintf("%s, with no nudge (%s)", about("Badge"), how)
	case KindHeldOut:
		return fmt.Sprintf("%s: left out, to measure whether nudges help (%s)", about("Nudge"), how)
	case KindCause:
		return fmt.Sprintf("Pasted anyway to %s %s, because %s (%s)", tool, surfaceWords[c.Surface], causeWords[c.Cause], how)
	}
	return fmt.Sprintf("In use: %s %s (%s)", tool, surfaceWords[c.Surface], how)
}

// Words says when the batch is, for people. Batches are the same for
// everybody, so they are in UTC.
func (b Batch) Words() string {
	const day = "2 January 2006"
	if b.Length() == Week {
		return "the week of " + b.Start.Format(day)
	}
	return fmt.Sprintf("%s, %s to %s UTC", b.Start.Format(day), b.Start.Format("15:04:05"), b.End.Format("15:04:05"))
}

// Words says in sentences what the report tells. name is that of Cell.Words.
func (r Report) Words(name func(catalog.ToolID) string) []string {
	if r.Off {
		return []string{"You had switched reports off. It holds nothing else."}
	}
	words := CellWords(r.Cells, name)
	if len(words) == 0 {
		words = []string{"Nothing happened."}
	}
	if r.More {
		words = append(words, "There was more than fits into a report. The rarest was left out.")
	}
	return words
}

// CellWords says what each cell tells. name is that of Cell.Words.
func CellWords(cells []Cell, name func(catalog.ToolID) string) []string {
	var words []string
	for _, c := range cells {
		words = append(words, c.Words(name))
	}
	return words
}

var lackWords = map[Lack]string{
	NoneApproved:   "no tool is approved for it",
	MissingAbility: "they can't do it",
	PoorResults:    "the results are poor",
	TooSlow:        "they are too slow",
	Limits:         "their limits are too low",
	FileTypes:      "they don't take the files",
	OwnSystems:     "they don't reach our systems",
	Language:       "they don't do well in the language",
	NotReceived:    "they may not receive the data",
	NotKnown:       "not tried yet",
}

// Words says for people what is lacking.
func (l Lack) Words() string { return lackWords[l] }

// Words says in sentences what the request tells. name is that of Cell.Words.
func (r Request) Words(name func(catalog.ToolID) string) []string {
	tool := string(r.Host)
	if r.Tool != "" {
		tool = string(r.Tool)
		if n := name(r.Tool); n != "" {
			tool = n
		}
	}
	data := "nothing sensitive"
	if r.Kind != detect.ClassNone {
		data = classWords[r.Kind]
	}
	words := []string{
		fmt.Sprintf("You asked for %s, for %s, with %s.", tool, r.Task.Words(), data),
	}
	for _, l := range r.Lacked {
		words = append(words, "What is lacking: "+l.Words()+".")
	}
	return words
}
