package redact

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"handrail/detect"
	"handrail/detect/own"
)

func tokenise(r *Redactor, text string) (string, Safe) {
	s := r.Tokenise([]byte(text), detect.Scan([]byte(text)).Findings, Options{})
	return string(s.Text.Bytes()), s
}

var suffix = regexp.MustCompile(`_[0-9b-df-hjkmnp-tv-z]{4,26}\]`)

// shape is the text with the digests of its tokens left out.
func shape(s string) string { return suffix.ReplaceAllString(s, "]") }

func TestWhatIsSwapped(t *testing.T) {
	mails := func(format string) (in, out string) {
		var a, b strings.Builder
		for i := range 11 {
			m := fmt.Sprintf("ana%d@northwind-traders.co.uk", i)
			a.WriteString(strings.NewReplacer("NAME", "Ana Rossi", "MAIL", m, "PHONE", fmt.Sprint("+44 7700 9001", 10+i)).Replace(format))
			b.WriteString(strings.NewReplacer("NAME", "[PERSON]", "MAIL", "[EMAIL]", "PHONE", "[PHONE]").Replace(format))
		}
		return a.String(), b.String()
	}
	pairs, pairsOut := mails("NAME <MAIL>;\n")
	rows, rowsOut := mails("NAME,Sales,MAIL,PHONE\r\n")
	for _, c := range []struct{ name, text, want string }{
		{"a card", "Please charge 4716 2580 5997 0930 today.", "Please charge [PAYMENT_CARD] today."},
		{"the same again", "4716258059970930\n4716258059970930", "[PAYMENT_CARD]\n[PAYMENT_CARD]"},
		{"a password and its other place", "password = Tr0ub4dor9x3xKq\nlog in with Tr0ub4dor9x3xKq now", "password = [PASSWORD_ASSIGNMENT]\nlog in with [PASSWORD_ASSIGNMENT] now"},
		{"a password with an ampersand", "password = Tr0ub4dor&3xKq", "password = [PASSWORD_ASSIGNMENT]"},
		{"addresses with names", "Write to:\n" + pairs, "Write to:\n" + pairsOut},
		{"a table", "Name,Team,Mail,Phone\r\n" + rows, "Name,Team,Mail,Phone\r\n" + rowsOut},
		{"staff", "Name\tDept\tSalary\nAna Rossi\tSales\t61000\nLars Okafor\tLegal\t72000\nPriya Smith\tSales\t61000\n",
			"Name\tDept\tSalary\n[PERSON]\tSales\t[AMOUNT]\n[PERSON]\tLegal\t[AMOUNT]\n[PERSON]\tSales\t[AMOUNT]\n"},
		{"invalid UTF-8 around", "\xff\xfe card 4716 2580 5997 0930 \x80", "\xff\xfe card [PAYMENT_CARD] \x80"},
		{"wide digits", "card ４７１６ ２５８０ ５９９７ ０９３０ ok", "card [PAYMENT_CARD] ok"},
	} {
		got, safe := tokenise(New(), c.text)
		if shape(got) != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, shape(got), c.want)
		}
		if !safe.OK {
			t.Errorf("%s: not offered: %+v is left", c.name, safe.Left)
		}
	}
}

// A second look finds nothing in what every detector's own samples become.
func TestEverySampleBecomesSafe(t *testing.T) {
	for _, d := range detect.Detectors() {
		for _, text := range d.Hits {
			r := New()
			fs := detect.Scan([]byte(text)).Findings
			got, safe := tokenise(r, text)
			document := slices.ContainsFunc(fs, func(f detect.Finding) bool {
				return detect.IsDocument(f) && f.Class != detect.ClassCode && f.Confidence >= detect.Medium
			})
			switch {
			case document && safe.OK:
				t.Errorf("%s: a document is offered: %q", d.ID, got)
			case !document && !safe.OK:
				t.Errorf("%s: %q becomes %q, in which is %+v", d.ID, text, got, safe.Left)
			}
			back := r.Restore([]byte(got))
			if string(back.Text.Bytes()) != text || back.Mended > 0 || back.Left != nil {
				t.Errorf("%s: restored %q, %+v, want %q", d.ID, back.Text.Bytes(), back, text)
			}
		}
	}
}

func TestATokenIsTheSessionsOwn(t *testing.T) {
	const text = "4716 2580 5997 0930"
	r := New()
	a, _ := tokenise(r, text)
	b, _ := tokenise(r, text)
	c, _ := tokenise(New(), text)
	if a != b || a == c {
		t.Errorf("tokens %s and %s of one session, %s of another", a, b, c)
	}
	r.Forget()
	if back := r.Restore([]byte(a)); back.Found() || string(back.Text.Bytes()) != a {
		t.Error("a forgotten value was restored")
	}
	if d, _ := tokenise(r, text); d == a {
		t.Error("the key was kept")
	}
}

func TestTokensOfDifferentValuesDiffer(t *testing.T) {
	r := New()
	of := map[string]string{}
	for i := range 20_000 { // by chance a few hundred share four letters
		v := fmt.Sprint("value ", i)
		tok := r.make("X", v)
		if other, taken := of[tok]; taken {
			t.Fatalf("%s stands for %q and %q", tok, other, v)
		}
		of[tok] = v
	}
	for tok, v := range of {
		if got := r.make("X", v); got != tok {
			t.Fatalf("%q was %s and is %s", v, tok, got)
		}
	}
}

func TestNothingPrints(t *testing.T) {
	r := New()
	_, s := tokenise(r, "4716 2580 5997 0930")
	if got := fmt.Sprintf("%v %+v %#v %+v", r, r, r, s); strings.Contains(got, "4716") || strings.Contains(got, fmt.Sprint(r.k0)) {
		t.Errorf("printed: %s", got)
	}
}

// make returns the bracketed token of a value.
func (r *Redactor) make(label, value string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return string(bracketed.append(nil, r.token(span{label: label, form: bracketed}, []byte(value), time.Time{})))
}

func TestWholeDocumentsAreNotOffered(t *testing.T) {
	for name, text := range map[string]string{
		"a marking":  "STRICTLY CONFIDENTIAL - INTERNAL USE ONLY\nThe plan is below. Card 4716 2580 5997 0930.",
		"a contract": detectorHits("contract_text")[0],
		"health":     detectorHits("health_text")[0],
	} {
		if got, safe := tokenise(New(), text); safe.OK {
			t.Errorf("%s is offered as %q", name, got)
		}
	}
}

func detectorHits(id detect.DetectorID) []string {
	for _, d := range detect.Detectors() {
		if d.ID == id {
			return d.Hits
		}
	}
	return nil
}

func TestOwnTermsAndHarmlessFindings(t *testing.T) {
	set, err := own.New([]own.Entry{{Name: "Larch", Words: []string{"Project Larch"}, Confidence: detect.High}})
	if err != nil {
		t.Fatal(err)
	}
	text := []byte("Project Larch starts; card 4716 2580 5997 0930, card 4539 5787 6362 1486")
	res, err := detect.ScanWith(t.Context(), text, set)
	if err != nil || len(res.Findings) != 3 {
		t.Fatalf("%+v, %v", res, err)
	}
	r := New()
	s := r.Tokenise(text, res.Findings, Options{Own: set})
	if want := "[OWN_TERM] starts; card [PAYMENT_CARD], card [PAYMENT_CARD]"; shape(string(s.Text.Bytes())) != want || !s.OK || s.Tokens != 3 {
		t.Errorf("got %s, %+v", s.Text.Bytes(), s)
	}
	// One that nobody named goes too, unless the person said that it is harmless.
	o := Options{Own: set}
	if s = r.Tokenise(text, res.Findings[:2], o); !s.OK || s.Tokens != 3 {
		t.Errorf("a card is left: %+v", s)
	}
	o.Harmless = func(_ detect.Finding, v []byte) bool { return string(v) == "4539 5787 6362 1486" }
	if s = r.Tokenise(text, res.Findings[:2], o); !s.OK || s.Tokens != 2 {
		t.Errorf("a harmless card keeps the rest from being offered: %+v", s.Left)
	}
}

func TestTheWholeEncodedRunGoes(t *testing.T) {
	for _, text := range []string{
		"cfg: UGxlYXNlIGNoYXJnZSBteSBjYXJkIDQ3MTYgMjU4MCA1OTk3IDA5MzAgdG9kYXksIHRoYW5rcyBhIGxvdA==\nnext",
		"cfg: 506c65617365206368617267652063617264203437313620323538302035393937203039333020746f646179\nnext",
	} {
		if got, s := tokenise(New(), text); shape(got) != "cfg: [PAYMENT_CARD]\nnext" || !s.OK {
			t.Errorf("got %q, %+v", got, s.Left)
		}
	}
}

// texts are made of values of every kind between ordinary and broken bytes.
func texts(t *rapid.T) string {
	var hits []string
	for _, d := range detect.Detectors() {
		hits = append(hits, d.Hits...)
	}
	piece := rapid.OneOf(rapid.SampledFrom(hits), rapid.String(), rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 8), func(b []byte) string { return string(b) }),
		rapid.SampledFrom([]string{" ", "\n", ", ", "\t", "[", "]", "Dear Ana Rossi, ", "[PERSON_k7f2]"}))
	return strings.Join(rapid.SliceOfN(piece, 1, 6).Draw(t, "pieces"), "")
}

func TestPropertyNothingIsLeftAndNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { check(t, texts(t)) })
}

type failer interface{ Fatalf(string, ...any) }

func check(t failer, text string) {
	r := New()
	fs := detect.Scan([]byte(text)).Findings
	got, safe := tokenise(r, text)
	// Only tokens differ: turned back, every byte is as it was.
	back := r.Restore([]byte(got))
	if !strings.Contains(text, "_") && (string(back.Text.Bytes()) != text || back.Exact != safe.Tokens || back.Mended > 0) {
		t.Fatalf("%q became %q and then %q, %+v", text, got, back.Text.Bytes(), back)
	}
	if safe.Tokens == 0 && got != text {
		t.Fatalf("%q became %q without a token", text, got)
	}
	for _, f := range fs {
		v := text[f.Start:f.End]
		if f.Decoded != detect.Plain || detect.IsList(f.Detector) || detect.IsDocument(f) || len(v) < anywhere || len(v) > longest {
			continue
		}
		if strings.Contains(got, v) {
			t.Fatalf("%s %q is left in %q", f.Detector, v, got)
		}
	}
	if again, s := tokenise(r, text); again != got || s.OK != safe.OK {
		t.Fatalf("%q became %q, then %q", text, got, again)
	}
}

func FuzzTokenise(f *testing.F) {
	for _, d := range detect.Detectors() {
		f.Add([]byte(d.Hits[0]))
	}
	f.Fuzz(func(t *testing.T, text []byte) { check(t, string(text)) })
}

// The budget is 50 ms for 100 KB in which everything has to go, at the 95th
// percentile.
func BenchmarkTokenise(b *testing.B) {
	var list bytes.Buffer
	list.WriteString("Name,Mail,Phone,Card\n")
	for rng := rand.New(rand.NewPCG(1, 2)); list.Len() < detect.MaxText; {
		fmt.Fprintf(&list, "Ana Rossi,ana%d@northwind-traders.co.uk,+44 7700 900%03d,%s\n", rng.IntN(1e6), rng.IntN(1000), cardNumber(rng))
	}
	all := list.Bytes()
	for _, c := range []struct {
		name string
		text []byte
	}{{"1 KB", all[:1<<10]}, {"100 KB", all[:100<<10]}, {"4 MB", all[:detect.MaxText]}, {"4 MB of one byte", bytes.Repeat([]byte("a"), detect.MaxText)}} {
		fs := detect.Scan(c.text).Findings
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				New().Tokenise(c.text, fs, Options{}).Text.Wipe()
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}
