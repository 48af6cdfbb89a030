package paste

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"handrail/detect"
	"handrail/detect/allow"
	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/detect/secret"
)

var day = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

func customers(n int) string {
	var b strings.Builder
	b.WriteString("name,mail\n")
	for i := range n {
		fmt.Fprintf(&b, "Ana Rossi,ana.rossi%d@northwind-traders.co.uk\n", i)
	}
	return b.String()
}

const card = "Please charge 4716 2580 5997 0930 today.\n"

func example(t *testing.T) *policy.Policy {
	t.Helper()
	p, err := policy.Parse(policy.Example())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func destination(t *testing.T, host string) catalog.Destination {
	t.Helper()
	target, err := catalog.ParseHost(host)
	if err != nil {
		t.Fatal(err)
	}
	d, ok := catalog.Default().Lookup(target)
	if !ok {
		t.Fatalf("%s is not in the catalogue", host)
	}
	return d
}

func assess(t testing.TB, a Attempt, p *policy.Policy, learned *allow.List) Assessment {
	t.Helper()
	out, err := Assess(t.Context(), a, p, learned)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAssess(t *testing.T) {
	for _, c := range []struct {
		name, text, to string
		do             policy.Do
		class          detect.Class
		count          int
		instead        string
		standing       policy.Standing
	}{
		{"customers to an unapproved tool", customers(14), "chatgpt.com", policy.Nudge, detect.ClassContacts, 14, "Microsoft 365 Copilot", policy.Unapproved},
		{"customers to one that nobody decided on", customers(14), "claude.ai", policy.Nudge, detect.ClassContacts, 14, "Microsoft 365 Copilot", policy.Unknown},
		{"customers to the approved tool", customers(14), "m365.cloud.microsoft/chat", policy.Nothing, detect.ClassNone, 0, "", policy.Approved},
		{"card to the approved tool", card, "m365.cloud.microsoft/chat", policy.Nudge, detect.ClassCard, 1, "", policy.Approved},
		{"card among customers", customers(14) + card, "chatgpt.com", policy.Nudge, detect.ClassContacts, 14, "", policy.Unapproved},
		{"a few customers", customers(3), "chatgpt.com", policy.Nothing, detect.ClassNone, 0, "", policy.Unapproved},
		{"clean", "Write a poem about cargo.", "chatgpt.com", policy.Nothing, detect.ClassNone, 0, "", policy.Unapproved},
		{"empty", "", "chatgpt.com", policy.Nothing, detect.ClassNone, 0, "", policy.Unapproved},
	} {
		a := assess(t, Attempt{Text: secret.New([]byte(c.text)), Destination: destination(t, c.to), Via: Command}, example(t), nil)
		d := a.Decision
		if d.Do != c.do || d.Class != c.class || d.Count != c.count || d.Instead.Name != c.instead || d.Standing != c.standing || a.Partial {
			t.Errorf("%s: got %+v", c.name, a)
		}
		if d.Do != policy.Nothing && len(a.Findings) == 0 {
			t.Errorf("%s: a decision about nothing", c.name)
		}
	}
}

// What no rule could act on is not even looked at.
func TestWhatCantMatterIsNotScanned(t *testing.T) {
	d := destination(t, "chatgpt.com")
	off, err := policy.Parse([]byte("version: 1\nserial: 1\nenabled: false\nrules: [{id: a, do: block}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	approved, err := policy.Parse([]byte("version: 1\nserial: 1\ntools: [{id: chatgpt, standing: approved}]\nrules: [{id: a, do: block}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range map[string]*policy.Policy{"switched off": off, "approved for everything": approved} {
		if a := assess(t, Attempt{Text: secret.New([]byte(card)), Destination: d}, p, nil); len(a.Findings) > 0 || a.Decision.Do != policy.Nothing {
			t.Errorf("%s: got %+v", name, a)
		}
	}
}

func TestWhatWasCalledNotSensitiveIsNotToldAgain(t *testing.T) {
	p, d := example(t), destination(t, "chatgpt.com")
	learned := allow.New([32]byte{1})
	text := customers(14) + card
	assess := func(text string) Assessment {
		return assess(t, Attempt{Text: secret.New([]byte(text)), Destination: d, Via: Focus}, p, learned)
	}
	a := assess(text)
	if a.Decision.Class != detect.ClassContacts || len(a.Learnable) != 1 || a.Learnable[0].Detector != detect.EmailBulk {
		t.Fatalf("got %+v", a)
	}
	for _, m := range a.Learnable {
		learned.Add(m, day)
	}
	// The nudge spoke of the contacts. The card in the same text is another matter.
	a = assess(text)
	if a.Decision.Class != detect.ClassCard || len(a.Findings) != 1 {
		t.Fatalf("got %+v", a)
	}
	for _, m := range a.Learnable {
		learned.Add(m, day)
	}
	if a = assess(text); a.Decision.Do != policy.Nothing || len(a.Findings) != 0 || a.Learnable != nil {
		t.Errorf("got %+v", a)
	}
	if a = assess("In another sentence: 4716258059970930."); a.Decision.Do != policy.Nothing {
		t.Errorf("the same card elsewhere: got %+v", a)
	}
	if a = assess("Another card: 4539 5787 6362 1486"); a.Decision.Class != detect.ClassCard {
		t.Errorf("another card: got %+v", a)
	}
	if a = assess(customers(15)); a.Decision.Class != detect.ClassContacts {
		t.Errorf("a longer list: got %+v", a)
	}
}

func TestALongTextIsPartial(t *testing.T) {
	text := card + strings.Repeat("x ", detect.MaxText/2)
	a := assess(t, Attempt{Text: secret.New([]byte(text)), Destination: destination(t, "chatgpt.com")}, example(t), nil)
	if !a.Partial || a.Decision.Class != detect.ClassCard {
		t.Errorf("got %+v", a)
	}
}

func TestTheAssessmentHoldsNoText(t *testing.T) {
	text := secret.New([]byte(card))
	a := Attempt{Text: text, Destination: destination(t, "chatgpt.com"), Via: Browser}
	got := fmt.Sprintf("%+v %#v %+v", a, a, assess(t, a, example(t), allow.New([32]byte{1})))
	if strings.Contains(got, "4716") || strings.Contains(got, fmt.Sprint([]byte("4716"))) {
		t.Errorf("the text can be read in %s", got)
	}
	if string(text.Bytes()) != card {
		t.Error("the text is its owner's to change")
	}
}

func BenchmarkAssess(b *testing.B) {
	p, err := policy.Parse(policy.Example())
	if err != nil {
		b.Fatal(err)
	}
	d := catalog.Destination{Tool: "chatgpt", Surface: catalog.SurfaceBrowser, Role: catalog.RoleChat}
	learned := allow.New([32]byte{1})
	learned.Add(learned.Mark(detect.PaymentCard, []byte("x")), day)
	for name, text := range map[string]string{
		"clean 64 KB":    strings.Repeat("Write a poem about cargo. ", 64<<10/26),
		"customers 1 KB": customers(20),
		"cards 64 KB":    strings.Repeat(card, 64<<10/len(card)),
	} {
		b.Run(name, func(b *testing.B) {
			t := secret.New([]byte(text))
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				assess(b, Attempt{Text: t, Destination: d, Via: Focus}, p, learned)
			}
		})
	}
}

func TestACancelledAssessmentSaysNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a, err := Assess(ctx, Attempt{Text: secret.New([]byte(customers(14))), Destination: destination(t, "chatgpt.com")}, example(t), nil)
	if !errors.Is(err, context.Canceled) || a.Decision.Do != policy.Nothing || a.Findings != nil {
		t.Errorf("got %+v, %v", a, err)
	}
}
