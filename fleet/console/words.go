package console

import (
	"fmt"
	"strings"

	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/fleet/query"
)

var answerWords = map[report.Answer]string{
	report.Switched:         "Opened the approved tool",
	report.Dismissed:        "Closed it",
	report.SaidNotSensitive: "Said: not sensitive",
	report.SaidAnyway:       "Said: paste anyway",
	report.Ignored:          "Gave no answer",
	report.PastedSafely:     "Chose the text without what was found",
	report.SaidAllowed:      "Said: this use is allowed",
}

var classWords = map[detect.Class]string{
	detect.ClassCard:     "payment cards",
	detect.ClassBank:     "bank details",
	detect.ClassGovID:    "official identity numbers",
	detect.ClassSecret:   "keys and passwords",
	detect.ClassContacts: "people’s contact details",
	detect.ClassMarking:  "confidential texts",
	detect.ClassHR:       "personnel matters",
	detect.ClassHealth:   "health matters",
	detect.ClassContract: "contracts",
	detect.ClassFinance:  "unpublished figures",
	detect.ClassCode:     "source code",
	detect.ClassOwn:      "your own terms",
}

func className(id string) string {
	for class, words := range classWords {
		if class.String() == id {
			return words
		}
	}
	return id
}

func surfaceWords(id string) string {
	switch id {
	case catalog.SurfaceBrowser.String():
		return "in the browser"
	case catalog.SurfaceApp.String():
		return "in its app"
	case catalog.SurfaceTerminal.String():
		return "in a terminal"
	case catalog.SurfaceIDE.String():
		return "in a code editor"
	case catalog.SurfaceCommand.String():
		return "by handrail check"
	}
	return id
}

// toolName is the catalogue's name for a tool; a tool of the organisation's
// own keeps its id.
func toolName(id string) string {
	if id == string(catalog.Other) {
		return "Not in the catalogue"
	}
	if t, ok := catalog.Default().Tool(catalog.ToolID(id)); ok && t.Name != "" {
		return t.Name
	}
	return id
}

// ruleName makes a rule's id readable: "customer_list" is "Customer list".
func ruleName(id string) string {
	words := strings.ReplaceAll(id, "_", " ")
	if words == "gov id" {
		words = "official ID"
	}
	if words == "" {
		return id
	}
	return capital(words)
}

var questionWords = map[report.Question]string{
	report.AskedSaved:   "How much time did it save?",
	report.AskedChecked: "Was the answer checked, and how?",
	report.AskedError:   "Was an error found?",
	report.AskedPerson:  "Has a person checked it?",
}

var saidWords = map[report.Said]string{
	report.SavedNothing:  "none",
	report.SavedUpToHour: "up to an hour",
	report.SavedMore:     "more than an hour",
	report.CheckedNot:    "no",
	report.CheckedRead:   "read through",
	report.CheckedRan:    "tried, or compared with a source",
	report.CheckedPerson: "by a second person",
	report.ErrorNone:     "no",
	report.ErrorFound:    "yes",
	report.PersonNotYet:  "not yet",
	report.PersonHas:     "yes",
}

// taskName and stakeName say what a question was about. An id that this version
// does not know keeps its name.
func taskName(id string) string {
	var t report.Task
	if t.UnmarshalText([]byte(id)) != nil {
		return id
	}
	return capital(t.Words())
}

func stakeName(id string) string {
	var s report.Stake
	if s.UnmarshalText([]byte(id)) != nil {
		return id
	}
	return capital(s.Words())
}

func capital(words string) string { return strings.ToUpper(words[:1]) + words[1:] }

var stateNames = map[coverage.State]string{
	coverage.Seen:   "Seen",
	coverage.Partly: "Partly seen",
	coverage.Blind:  "Blind",
}

var coverageNames = map[coverage.Surface]string{
	coverage.Clipboard: "Clipboard",
	coverage.Windows:   "Windows",
	coverage.Browser:   "Browser",
	coverage.Terminal:  "Terminal",
	coverage.Apps:      "Apps",
	coverage.Nudge:     "Nudge",
}

var coverageWords = map[coverage.Surface]string{
	coverage.Clipboard: "Copies, whatever the program",
	coverage.Windows:   "Which window has the keyboard",
	coverage.Browser:   "AI sites in browser tabs",
	coverage.Terminal:  "AI command line tools",
	coverage.Apps:      "AI desktop applications",
	coverage.Nudge:     "Whether a nudge can be shown",
}

var whyNames = map[coverage.Why]string{
	coverage.None:         "no reason given",
	coverage.NotWatching:  "nobody’s session is watching",
	coverage.Wayland:      "the Wayland desktop gives no events",
	coverage.NoDisplay:    "no display",
	coverage.Unsupported:  "not built for this system yet",
	coverage.TitlesOnly:   "by window title only",
	coverage.TextOnly:     "text only, no images or files",
	coverage.NoWindow:     "notifications instead of windows",
	coverage.SensorFailed: "the sensor stopped",
	coverage.SwitchedOff:  "switched off by policy",
	coverage.NoExtension:  "a browser without the extension",
	coverage.Confined:     "a Snap or Flatpak browser",
	coverage.NotProven:    "the self-test fails",
	coverage.PasteButtons: "all but pages’ own paste buttons",
	coverage.Unguarded:    "tabs or private windows without the extension",
}

func platformWords(id string) string {
	system, arch, ok := strings.Cut(id, "_")
	if !ok {
		return "another system"
	}
	for raw, name := range map[string]string{"linux": "Linux", "windows": "Windows", "darwin": "macOS"} {
		if raw == system {
			system = name
		}
	}
	return system + " " + strings.NewReplacer("amd64", "x86-64", "arm64", "ARM64").Replace(arch)
}

var stateWords = map[query.BatchState]string{
	query.Gathering: "gathering reports",
	query.Closing:   "open for late reports",
	query.Published: "counted and published",
}

// whyWords says why there are no figures, and what changes that.
func whyWords(o query.Overview) []string {
	closes := "The batch of " + period(o.Figures.Batch) + " closes on " + o.Figures.Opens.UTC().Format("2 January 2006 at 15:04 UTC") + "."
	switch o.Figures.Why {
	case query.NoDevices:
		return []string{"There are no figures, because no laptop has enrolled yet.",
			fmt.Sprintf("They begin with %d active devices. “handrail-fleet secret add” makes a secret that laptops join with.", o.MinActive)}
	case query.TooFewDevices:
		were := "are"
		if o.Figures.Reports > 0 {
			were = "were"
		}
		return []string{fmt.Sprintf("There are no figures, because only %d of the at least %d devices they need %s active.", o.Figures.Active, o.MinActive, were),
			"With fewer, a number could tell who did what. So the reports of a batch that closes like this are deleted unseen."}
	case query.NothingClosed:
		return []string{"There are no figures yet, because no batch with enough reports has been counted.",
			closes + fmt.Sprintf(" It is counted if it holds at least %d reports, and merged into the next one otherwise.", o.K)}
	}
	return nil
}
