package tray

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/detect"
	"handrail/ui/text"
)

var halfPastTwo = time.Date(2026, 11, 24, 14, 30, 0, 0, time.UTC)

var past = []card.Past{
	{Class: detect.ClassContacts, Tool: "ChatGPT", Answer: card.OpenApproved},
	{Class: detect.ClassSecret, Tool: "DeepSeek", Answer: card.NotSensitive},
	{Class: detect.ClassCard, Tool: "Claude Code", Answer: card.PasteAnyway},
	{Class: detect.ClassBank, Tool: "a_tool", Answer: card.Dismiss},
	{Class: detect.ClassMarking, Tool: "ChatGPT"},
}

var quiet = []card.Quiet{
	{Class: detect.ClassCard, Tool: "ChatGPT", Why: card.HushEnough},
	{Class: detect.ClassHealth, Tool: "Claude", Why: card.HushRecent},
	{Class: detect.ClassContacts, Tool: "ChatGPT", Why: card.HushOld},
	{Class: detect.ClassSecret, Tool: "DeepSeek", Why: card.HushBusy},
}

// printFace writes a face as a person would see it, with what is hidden left out.
func printFace(f Face) string {
	var b strings.Builder
	fmt.Fprintf(&b, "icon %s\ntooltip %s\n", f.Icon, f.Tooltip)
	printItems(&b, "  ", f.Menu)
	return b.String()
}

func printItems(b *strings.Builder, indent string, items []Item) {
	for _, it := range items {
		switch {
		case it.Hidden:
			continue
		case it.separator:
			fmt.Fprintf(b, "%s----\n", indent)
			continue
		}
		fmt.Fprintf(b, "%s%s", indent, it.Label)
		if it.Choice != 0 {
			fmt.Fprintf(b, "  [%d]", it.Choice)
		}
		if it.Inert {
			b.WriteString("  (inert)")
		}
		b.WriteByte('\n')
		printItems(b, indent+"    ", it.Submenu)
	}
}

func TestFaces(t *testing.T) {
	var b strings.Builder
	for _, c := range []struct {
		name  string
		state card.Tray
	}{
		{"watching, nothing yet", card.Tray{State: card.TrayWatching}},
		{"watching, with a past", card.Tray{State: card.TrayWatching, Past: past}},
		{"watching, and something was held back", card.Tray{State: card.TrayWatching, Badge: true, Quiet: quiet}},
		{"watching, and somebody has looked", card.Tray{State: card.TrayWatching, Quiet: quiet[:1]}},
		{"watching, and the weekly question is there", card.Tray{State: card.TrayWatching, Pulse: true}},
		{"watching, and a card speaks of the last nudge", card.Tray{State: card.TrayWatching, CardFor: detect.ClassContacts}},
		{"paused for an hour", card.Tray{State: card.TrayPaused, Until: halfPastTwo, Past: past[:1]}},
		{"paused", card.Tray{State: card.TrayPaused}},
		{"nothing known yet", card.Tray{}},
		{"blind on Wayland", card.Tray{Why: coverage.Wayland}},
	} {
		fmt.Fprintf(&b, "# %s\n%s\n", c.name, printFace(FaceOf(c.state, "1.2.3", text.Printer{})))
	}
	const golden = "testdata/faces.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("the faces differ from %s (-update writes it anew):\n%s", golden, got)
	}
}

// A menu that somebody has open is changed in place, so every face has to have
// the same items.
func TestEveryFaceHasTheSameItems(t *testing.T) {
	want := FaceOf(card.Tray{}, "1", text.Printer{}).Menu
	for s := card.TrayBlind; s <= card.TrayPaused; s++ {
		for n := range len(past) + 1 {
			sameItems(t, want, FaceOf(card.Tray{State: s, Past: past[:n], Quiet: quiet[:min(n, len(quiet))], Badge: n > 0, Pulse: n > 1}, "1", text.Printer{}).Menu)
		}
	}
}

func sameItems(t *testing.T, want, got []Item) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d items, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i].Choice != want[i].Choice || got[i].Inert != want[i].Inert || got[i].separator != want[i].separator {
			t.Errorf("item %d is %+v, want %+v with another label", i, got[i], want[i])
		}
		sameItems(t, want[i].Submenu, got[i].Submenu)
	}
}

// Each reason for which a surface can be blind has words of its own.
func TestEveryReasonHasWords(t *testing.T) {
	seen := map[string]coverage.Why{}
	for _, w := range []coverage.Why{coverage.NotWatching, coverage.Wayland, coverage.NoDisplay, coverage.Unsupported,
		coverage.NoWindow, coverage.SensorFailed, coverage.SwitchedOff} {
		f := FaceOf(card.Tray{Why: w}, "1", text.Printer{})
		if other, taken := seen[f.Tooltip]; taken {
			t.Errorf("%v and %v both say %q", other, w, f.Tooltip)
		}
		seen[f.Tooltip] = w
	}
}

func TestABrokenPolicyIsSaid(t *testing.T) {
	good, broken := card.Tray{State: card.TrayWatching}, card.Tray{State: card.TrayWatching, PolicyBroken: true}
	p := text.Printer{}
	was, now := FaceOf(good, "1", p), FaceOf(broken, "1", p)
	for _, said := range []string{now.Tooltip, now.Menu[0].Label} {
		if !strings.Contains(said, "Watching") || !strings.Contains(said, "policy file has an error") {
			t.Errorf("got %q", said)
		}
	}
	if strings.Contains(was.Tooltip, "policy") || len(was.Menu) != len(now.Menu) {
		t.Errorf("got %q and %d items, then %d", was.Tooltip, len(was.Menu), len(now.Menu))
	}
}
