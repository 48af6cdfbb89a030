package view

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/ui/text"
)

func (v PanelView) golden() string {
	var b strings.Builder
	for _, p := range v.Pages {
		fmt.Fprintf(&b, "[%s]\n", p.Label)
		for _, k := range p.Blocks {
			switch k.Kind {
			case Lead:
				fmt.Fprintf(&b, "%s\n", k.Text)
			case Warning:
				fmt.Fprintf(&b, "! %s\n", k.Text)
			case Heading:
				fmt.Fprintf(&b, "== %s\n", k.Title)
			case Row:
				fmt.Fprintf(&b, "  (%s) %s: %s\n        %s\n", k.State, k.Title, k.Word, k.Text)
			case Entry:
				fmt.Fprintf(&b, "  %s\n", k.Title)
				for _, line := range k.Lines {
					fmt.Fprintf(&b, "    - %s\n", line)
				}
				fmt.Fprintf(&b, "    %s\n", k.Text)
			case Bullet:
				fmt.Fprintf(&b, "  * %s\n", k.Text)
			case Note:
				fmt.Fprintf(&b, "  %s\n", k.Text)
			case Buttons:
			case Code:
				fmt.Fprintf(&b, "    | %s\n", k.Text)
			case Choice:
				fmt.Fprintf(&b, "  %s\n", k.Title)
			case Switch:
				fmt.Fprintf(&b, "  %s\n", k.Text)
			case Field:
				fmt.Fprintf(&b, "  %s ______ %s\n", k.Title, k.Text)
			default:
				fmt.Fprintf(&b, "UNKNOWN KIND %d\n", k.Kind)
			}
			for _, c := range k.Controls {
				fmt.Fprintf(&b, "    [%s] %s %s\n", strings.TrimSpace(c.Label+" "+c.Word), c.Action, c.Name)
			}
		}
	}
	return b.String() + "-- " + v.Footer + "\n"
}

func usual() card.Panel {
	t := coverage.All(coverage.Seen, coverage.None)
	t.Set(coverage.Clipboard, coverage.Partly, coverage.TextOnly)
	t.Set(coverage.Browser, coverage.Partly, coverage.TitlesOnly)
	t.Set(coverage.Terminal, coverage.Partly, coverage.TitlesOnly)
	at := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	return card.Panel{
		Version: "0.1.0", Policy: card.PolicyManaged, Serial: 7, Coverage: t, Clips: 12, Nudges: 3, Learned: 1, Service: true, Server: true,
		Proof: at, Browsers: []card.Browser{{Kind: "firefox", Proof: at.Add(time.Minute)}},
		PerDay: 3, Notices: card.Notices{Locked: true, Quiet: true},
		Pulse: card.Pulse{State: card.PulseOpen, More: true},
		Pages: []card.Page{
			{Title: "Report about the week of 16 November 2026", Lines: []string{"Nothing happened."}, Size: 4096, Receipt: card.Unfinished},
			{Seq: 3, Title: "Report about the week of 9 November 2026", At: at, Size: 4096, Receipt: card.NoReceipt,
				Lines: []string{"In use: ChatGPT in the browser (once)"}},
			{Seq: 1, Title: "Report about the week of 2 November 2026", At: at.AddDate(0, 0, -7), Size: 4096, Receipt: card.Received,
				Lines: []string{"Nudge about contacts going to DeepSeek in the browser: you opened the approved tool (once)", "In use: DeepSeek in the browser (2 to 4 times)"}},
		},
		Counts: []card.Count{{Title: "The week of 23 November 2026", Ends: at.AddDate(0, 0, 6), Lines: []string{"In use: ChatGPT in the browser (5 times or more)"}}},
		Health: 9, HealthAt: at,
	}
}

// pageOf is one page of a panel.
func pageOf(p card.Panel, tab card.Tab) string {
	v := PanelIn(p, text.Printer{}, time.UTC)
	v.Pages = slices.DeleteFunc(v.Pages, func(q PanelPage) bool { return q.Tab != tab })
	return v.golden()
}

func TestPanelWords(t *testing.T) {
	var out strings.Builder
	say := func(name string, edit func(*card.Panel)) {
		p := usual()
		edit(&p)
		fmt.Fprintf(&out, "# %s\n%s\n", name, PanelIn(p, text.Printer{}, time.UTC).golden())
	}
	say("the usual", func(*card.Panel) {})
	say("kept quiet, in the hold-out", func(p *card.Panel) {
		p.HoldOut, p.PerDay, p.Notices = true, 1, card.Notices{Locked: true, Quiet: true, Presenting: true, InCall: true}
		for h := card.HushEnough; h <= card.HushBusy; h++ {
			p.Quiet = append(p.Quiet, card.Quiet{Class: detect.ClassHealth, Tool: "ChatGPT", Why: h})
		}
	})
	say("an organisation with terms of its own", func(p *card.Panel) { p.Own = []string{"Project Larch", "Customer number"} })
	say("tools that were asked for, and reports switched off", func(p *card.Panel) {
		day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
		p.ReportsOff = true
		p.Asked = []card.Asked{
			{Tool: "newtool.ai", Task: "code", On: day, Due: day.AddDate(0, 0, 7)},
			{Tool: "Claude", Task: "writing", On: day.AddDate(0, 0, -14), Due: day.AddDate(0, 0, -7), Late: true},
			{Tool: "DeepL", Task: "translating", On: day, Due: day.AddDate(0, 0, 7), Decided: day.AddDate(0, 0, 3), Outcome: card.AskedDeclined, Reason: "It keeps what it gets."},
		}
		p.Pages[0].Receipt, p.Pages[0].At = card.NeedsNone, day
	})
	say("Safe Paste holds values, and a clip was replaced", func(p *card.Panel) {
		p.Values, p.ValuesEnd, p.BackUntil = 3, p.HealthAt.Add(8*time.Hour), p.HealthAt.Add(10*time.Minute)
	})
	say("after a check, with the bytes of an entry", func(p *card.Panel) {
		p.Checked = card.Checked{Found: card.FoundWhole, At: p.HealthAt, Sent: 2, Receipts: 1, Unfinished: true, Unmarked: true}
		p.Pages[1].Bytes, p.Pages[2].Bytes, p.Pages[2].Cut = `{"v":1,"pad":"0000"}`, `{"v":1,`, true
	})
	for f := card.FoundEdited; f <= card.FoundUnreadable; f++ {
		p := usual()
		p.Broken, p.Checked = true, card.Checked{Found: f, At: p.HealthAt, Sent: 1, Line: 3}
		fmt.Fprintf(&out, "# a check that finds %d\n", f)
		for _, b := range PanelIn(p, text.Printer{}, time.UTC).Pages[1].Blocks[:4] {
			fmt.Fprintf(&out, "%s\n", b.Text)
		}
		out.WriteString("\n")
	}
	say("the first day on a Mac", func(p *card.Panel) { p.System = card.OnMac })
	say("after Got it on Wayland", func(p *card.Panel) {
		p.GotIt, p.Server, p.System, p.Coverage = true, false, card.OnLinux, coverage.All(coverage.Blind, coverage.Wayland)
	})
	say("things called not sensitive, and some removed", func(p *card.Panel) {
		day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
		p.Learned, p.Failed = 5, true
		p.List = []card.Learned{
			{Item: 4, Class: detect.ClassCard, On: day}, {Item: 3, Class: detect.ClassContacts, On: day, Gone: true},
			{Item: 2, Class: detect.ClassOwn, On: day.AddDate(0, 0, -1)}, {Item: 1, Class: detect.ClassSecret, On: day.AddDate(0, 0, -9), Gone: true},
		}
	})
	say("receipts", func(p *card.Panel) {
		p.OlderReceipts = 2
		for how := report.CheckedRead; how <= report.CheckedPerson; how++ {
			p.Receipts = append(p.Receipts, card.Receipted{At: p.HealthAt, Stake: uint32(report.Hiring), How: uint32(how)})
		}
	})
	for _, r := range card.Roles() {
		p := usual()
		p.Role, p.CardFor = r, detect.ClassContacts
		fmt.Fprintf(&out, "# the card for %s\n%s\n", r, pageOf(p, card.TabWork))
	}
	say("the first day, by itself", func(p *card.Panel) {
		*p = card.Panel{Version: "0.1.0", Policy: card.PolicyBuiltIn, Coverage: p.Coverage, Service: true}
	})
	say("paused, older pages, one of each", func(p *card.Panel) {
		p.Paused, p.Coverage, p.Older, p.Clips, p.Nudges, p.Health = true, coverage.All(coverage.Blind, coverage.NotWatching), 1, 1, 1, 1
	})
	say("no service, last good policy, broken ledger", func(p *card.Panel) {
		p.Service, p.Server, p.Policy, p.PolicyBroken, p.Broken, p.Older = false, false, card.PolicyLastGood, true, true, 30
	})
	for why := coverage.NotWatching; why.String() != ""; why++ {
		fmt.Fprintf(&out, "# %s\n", why)
		for _, x := range []coverage.State{coverage.Blind, coverage.Partly} {
			p := usual()
			p.PolicyOff = why == coverage.SwitchedOff
			p.Coverage = coverage.All(x, why)
			for _, b := range PanelIn(p, text.Printer{}, time.UTC).Pages[0].Blocks[:3] {
				fmt.Fprintf(&out, "%s %s %s\n", b.Title, b.Word, b.Text)
			}
		}
	}
	for state := card.PulseOpen; state <= card.PulseReportsOff; state++ {
		p := usual()
		p.Pulse = card.Pulse{State: state, Next: p.HealthAt, Task: uint32(report.Translating), Said: []uint32{uint32(report.SavedUpToHour), uint32(report.CheckedRead)}}
		fmt.Fprintf(&out, "# the weekly question, state %d\n%s\n", state, pageOf(p, card.TabPulse))
	}
	path := filepath.Join("testdata", "panel.txt")
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != string(want) {
		t.Errorf("the words have changed; look at the difference and run with -update.\ngot:\n%s", got)
	}
}

// A state is a word too, not only a colour, and each has a reason or a promise.
func TestEverySurfaceSaysItInWords(t *testing.T) {
	for _, x := range []coverage.State{coverage.Blind, coverage.Partly, coverage.Seen} {
		p := usual()
		p.Coverage = coverage.All(x, coverage.None)
		rows := 0
		for _, b := range Panel(p).Pages[0].Blocks {
			if b.Kind == Row {
				rows++
				if b.Word == "" || b.Title == "" || b.Text == "" || b.State != x {
					t.Errorf("%+v does not say it all", b)
				}
			}
		}
		if rows != len(coverage.Surfaces()) {
			t.Errorf("%d rows, want %d", rows, len(coverage.Surfaces()))
		}
	}
}
