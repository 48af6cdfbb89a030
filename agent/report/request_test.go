package report

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"handrail/detect"
	"handrail/detect/catalog"
)

func aRequest() Request {
	return Request{Host: "newtool.ai", Task: Drafting, Kind: detect.ClassContacts, Lacked: []Lack{PoorResults, Language}, Claim: Claim{1}.Digest()}
}

// The bytes are what people read before they send them.
func TestRequestOnTheWire(t *testing.T) {
	b, err := EncodeRequest(aRequest())
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256(append([]byte("handrail-claim-v1\n\x01"), make([]byte, 15)...))
	want := fmt.Sprintf(`{"v":1,"host":"newtool.ai","task":"drafting","kind":"contacts","lacked":["poor_results","language"],"claim":"%x","pad":"`, digest)
	want += strings.Repeat("0", RequestSize-len(want)-2) + `"}`
	if string(b) != want {
		t.Errorf("%d bytes:\ngot  %s\nwant %s", len(b), b, want)
	}
	again, err := EncodeRequest(Request{Host: "newtool.ai", Task: Drafting, Kind: detect.ClassContacts, Lacked: []Lack{Language, PoorResults}, Claim: Claim{1}.Digest()})
	if err != nil || !bytes.Equal(again, b) {
		t.Errorf("in another order it is %s (%v)", again, err)
	}
}

func TestEveryRequestComesBackAndIsEquallyLong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Request{
			Task:   rapid.SampledFrom(Tasks()).Draw(t, "task"),
			Kind:   rapid.SampledFrom(append(detect.Classes(), detect.ClassNone)).Draw(t, "kind"),
			Lacked: rapid.SliceOfNDistinct(rapid.SampledFrom(Lacks()), 1, len(Lacks()), rapid.ID).Draw(t, "lacked"),
			Claim:  NewClaim().Digest(),
		}
		if rapid.Bool().Draw(t, "known") {
			r.Tool = catalog.ToolID(rapid.StringMatching(`[a-z0-9_-]{1,64}`).Draw(t, "tool"))
		} else {
			r.Host = PublicHost(rapid.StringMatching(`[a-z0-9]{1,60}\.[a-z]{2,18}`).Draw(t, "host"))
		}
		if r.Tool == catalog.Other {
			return
		}
		b, err := EncodeRequest(r)
		if err != nil || len(b) != RequestSize {
			t.Fatalf("%+v: %d bytes, %v", r, len(b), err)
		}
		got, err := DecodeRequest(b)
		if again, _ := EncodeRequest(got); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("%+v comes back as %+v, %v", r, got, err)
		}
	})
}

func TestRequestsAreReadStrictly(t *testing.T) {
	for name, edit := range map[string]func(*Request){
		"nothing asked for": func(r *Request) { r.Host = "" },
		"two asked for":     func(r *Request) { r.Tool = "claude" },
		"no tool":           func(r *Request) { r.Host, r.Tool = "", catalog.Other },
		"words for a tool":  func(r *Request) { r.Host, r.Tool = "", "Jane's list" },
		"words for a host":  func(r *Request) { r.Host = "customer list of jane.ai" },
		"a path":            func(r *Request) { r.Host = "newtool.ai/jane" },
		"one label":         func(r *Request) { r.Host = "intranet" },
		"upper case":        func(r *Request) { r.Host = "NewTool.ai" },
		"a long host":       func(r *Request) { r.Host = PublicHost(strings.Repeat("a", 78) + ".ai") },
		"no task":           func(r *Request) { r.Task = 0 },
		"a new task":        func(r *Request) { r.Task = OtherWork + 1 },
		"a new kind":        func(r *Request) { r.Kind = 99 },
		"no lack":           func(r *Request) { r.Lacked = nil },
		"a lack twice":      func(r *Request) { r.Lacked = []Lack{Language, Language} },
		"no claim":          func(r *Request) { r.Claim = ClaimDigest{} },
	} {
		r := aRequest()
		edit(&r)
		if _, err := EncodeRequest(r); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	good, err := EncodeRequest(aRequest())
	if err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string]func(string) string{
		"a note in the padding": func(s string) string { return strings.Replace(s, "00000000", "jane doe", 1) },
		"another field":         func(s string) string { return strings.Replace(s, `"pad":"000000000000`, `"note":"","pad":"`, 1) },
		"shorter":               func(s string) string { return strings.Replace(s, `0"}`, `"}`, 1) },
		"another version":       func(s string) string { return strings.Replace(s, `"v":1`, `"v":2`, 1) },
		"in another order": func(s string) string {
			return strings.Replace(s, `"poor_results","language"`, `"language","poor_results"`, 1)
		},
		"upper-case digest": func(s string) string { return strings.Replace(s, `"claim":"`, `"claim":"A`, 1)[:RequestSize] },
	} {
		if _, err := DecodeRequest([]byte(edit(string(good)))); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "jane") {
			t.Errorf("%s is repeated: %v", name, err)
		}
	}
}

func TestClaim(t *testing.T) {
	c := NewClaim()
	var back Claim
	if err := back.UnmarshalText([]byte(c.String())); err != nil || back != c || len(c.String()) != 26 {
		t.Errorf("%s comes back as %s, %v", c, back, err)
	}
	if c == NewClaim() || c.Digest() != back.Digest() || c.Digest() == NewClaim().Digest() {
		t.Error("codes are not random, or digests not theirs")
	}
	for _, bad := range []string{"", c.String()[1:], c.String() + "0", strings.ToLower(c.String()) + "l", "0000000000000000000000000Z"} {
		if err := back.UnmarshalText([]byte(bad)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	b, err := EncodeQuestion(c)
	if err != nil {
		t.Fatal(err)
	}
	if q, err := DecodeQuestion(b); err != nil || q.Claim != c {
		t.Errorf("%s: %+v, %v", b, q, err)
	}
	if _, err := DecodeQuestion([]byte(`{"v":1}`)); !errors.Is(err, ErrMalformed) {
		t.Errorf("no code: %v", err)
	}
}

func TestAnswers(t *testing.T) {
	for body, good := range map[string]bool{
		`{"state":"waiting"}`: true,
		`{"state":"declined","reason":"It trains on what it gets.","decided":"2026-11-27"}`:               true,
		`{"state":"waiting","reason":"x"}`:                                                                false,
		`{"state":"approved","decided":"2026-11-27"}`:                                                     false,
		`{"state":"approved","reason":"Fine."}`:                                                           false,
		`{"state":"approved","reason":"Fine.","decided":"2026-11-27T10:00:00Z"}`:                          false,
		`{"state":"approved","reason":"two\nlines","decided":"2026-11-27"}`:                               false,
		`{"state":"approved","reason":"` + strings.Repeat("x", MaxReason) + `","decided":"2026-11-27"}`:   true,
		`{"state":"approved","reason":"` + strings.Repeat("x", MaxReason+1) + `","decided":"2026-11-27"}`: false,
		`{"state":"approved","reason":"` + strings.Repeat(`<`, MaxReason) + `","decided":"2026-11-27"}`:   false, // no more fits once it is written
		`{"state":"maybe"}`:            false,
		`{"state":"waiting","to":"x"}`: false,
	} {
		if _, err := DecodeAnswer([]byte(body)); (err == nil) != good {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// Five working days, whatever day it is asked on.
func TestAnswerDue(t *testing.T) {
	for asked, want := range map[string]string{
		"2026-11-23": "2026-11-30", // Monday to Monday
		"2026-11-24": "2026-12-01",
		"2026-11-27": "2026-12-04", // Friday to Friday
		"2026-11-28": "2026-12-04", // Saturday
		"2026-11-29": "2026-12-04", // Sunday
		"2026-12-30": "2027-01-06",
		"soon":       "soon",
	} {
		if got := AnswerDue(asked); got != want {
			t.Errorf("asked on %s: %s, want %s", asked, got, want)
		}
	}
}

func FuzzDecodeRequest(f *testing.F) {
	b, _ := EncodeRequest(aRequest())
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := DecodeRequest(b)
		if err != nil {
			return
		}
		if again, err := EncodeRequest(r); err != nil || !bytes.Equal(again, b) {
			t.Errorf("%s comes back as %s", b, again)
		}
	})
}
