package pulse

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/agent/report"

	"pgregory.net/rapid"
)

func TestWhy(t *testing.T) {
	book := Book{V: version, Began: "2026-11-01"}
	with := func(edit func(*Book)) Book { b := book; edit(&b); return b }
	for name, c := range map[string]struct {
		b    Book
		m    Moment
		want Why
	}{
		"a quiet moment":               {book, Moment{}, 0},
		"the policy":                   {book, Moment{PolicyOff: true}, WhyPolicy},
		"switched off":                 {with(func(b *Book) { b.Off = "2026-11-02" }), Moment{}, WhyOff},
		"reports are off":              {book, Moment{ReportsOff: true}, WhyReportsOff},
		"offered six days ago":         {with(func(b *Book) { b.Offered = "2026-11-18" }), Moment{}, WhyThisWeek},
		"offered seven days ago":       {with(func(b *Book) { b.Offered = "2026-11-17" }), Moment{}, 0},
		"answered six days ago":        {with(func(b *Book) { b.Done = "2026-11-18" }), Moment{}, WhyThisWeek},
		"a clock that went back a day": {with(func(b *Book) { b.Offered = "2026-11-25" }), Moment{}, WhyThisWeek},
		"a clock that was years ahead": {with(func(b *Book) { b.Offered = "2031-01-01" }), Moment{}, 0},
		"the first week":               {with(func(b *Book) { b.Began = "2026-11-18" }), Moment{}, WhyFirstWeek},
		"the week after":               {with(func(b *Book) { b.Began = "2026-11-17" }), Moment{}, 0},
		"nobody knows since when":      {Book{}, Moment{}, WhyFirstWeek},
		"paused":                       {book, Moment{Paused: true}, WhyPaused},
		"busy":                         {book, Moment{Busy: true}, WhyBusy},
		"typing":                       {book, Moment{Typing: true}, WhyBusy},
		"something is asked":           {book, Moment{Asked: true}, WhyBusy},
	} {
		c.m.Today = "2026-11-24"
		if got := c.b.Why(c.m); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// In the first week nobody is asked, and who wants to can answer.
func TestWhoIsNotAskedMayAnswer(t *testing.T) {
	b := Book{V: version, Began: "2026-11-24"}
	m := Moment{Today: "2026-11-24", Busy: true}
	if w := b.WhyNoAnswer(m); w != 0 || b.Standing(m) {
		t.Errorf("%v, standing %v", w, b.Standing(m))
	}
	b.Done = m.Today
	if w := b.WhyNoAnswer(m); w != WhyThisWeek || b.Next(m.Today) != "2026-12-01" {
		t.Errorf("after the answer: %v, next on %s", w, b.Next(m.Today))
	}
	b.Offered = "2026-11-20"
	if got := b.Next("2026-11-25"); got != "2026-12-01" {
		t.Errorf("asked, and answered later: next on %s", got)
	}
	b.Done, b.Offered = "2026-11-20", "2031-01-01"
	if got := b.Next("2026-11-25"); got != "2026-11-27" {
		t.Errorf("with a clock that was years ahead: next on %s", got)
	}
}

func TestStanding(t *testing.T) {
	b := Book{V: version, Began: "2026-11-01", Offered: "2026-11-24"}
	for day, want := range map[Day]bool{"2026-11-23": false, "2026-11-24": true, "2026-11-26": true, "2026-11-27": false} {
		if got := b.Standing(Moment{Today: day}); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
	b.Done = "2026-11-25"
	if b.Standing(Moment{Today: "2026-11-25"}) {
		t.Error("it still stands after the answer")
	}
}

// Whatever a year brings, wherever the person travels: never twice in a week,
// never in the first one, never at a bad moment, and yet it comes.
func TestAYear(t *testing.T) {
	all := 0
	rapid.Check(t, func(t *rapid.T) {
		zones := []*time.Location{time.UTC, time.FixedZone("", -11*3600), time.FixedZone("", 14*3600)}
		start := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
		b := Book{V: version, Began: DayOf(start)}
		var asked []time.Time
		odd := rapid.IntRange(0, 9)
		bad := func(name string) bool { return odd.Draw(t, name) < 2 }
		for now := start; now.Before(start.AddDate(1, 0, 0)); now = now.Add(time.Duration(rapid.IntRange(1, 70).Draw(t, "hours")) * time.Hour) {
			m := Moment{
				Today:     DayOf(now.In(rapid.SampledFrom(zones).Draw(t, "zone"))),
				PolicyOff: bad("policy"), ReportsOff: bad("reports"), Paused: bad("paused"), Busy: bad("busy"), Typing: bad("typing"), Asked: bad("asked"),
			}
			switch odd.Draw(t, "switch") {
			case 0:
				b.Off = m.Today
			case 1, 2:
				b.Off = ""
			}
			stood := b.Standing(m)
			why := b.Why(m)
			if why == 0 {
				if m.PolicyOff || m.ReportsOff || m.Paused || m.Busy || m.Typing || m.Asked || b.Off != "" {
					t.Fatalf("asked at %+v with %+v", m, b)
				}
				if now.Sub(start) < 6*24*time.Hour { // a day is up to 25 hours away from another place's
					t.Fatalf("asked after %v", now.Sub(start))
				}
				if n := len(asked); n > 0 && now.Sub(asked[n-1]) < 6*24*time.Hour-25*time.Hour {
					t.Fatalf("asked at %v and %v", asked[n-1], now)
				}
				if stood {
					t.Fatal("asked while a question stands")
				}
				asked = append(asked, now)
				b.Offered = m.Today
			}
			if b.Standing(m) && bad("answers") {
				b.Done = m.Today
				if b.Standing(m) || b.Why(m) == 0 {
					t.Fatal("an answer ends nothing")
				}
			}
		}
		if len(asked) > 61 {
			t.Fatalf("asked %d times in a year", len(asked))
		}
		all += len(asked)
	})
	if all < 100 {
		t.Errorf("asked %d times in all those years", all)
	}
}

func TestAnswers(t *testing.T) {
	var a Answers
	if _, err := a.Cells(); !errors.Is(err, ErrNoTask) {
		t.Errorf("nothing: %v", err)
	}
	a.Task = report.Coding
	if _, err := a.Cells(); !errors.Is(err, ErrNoAnswer) {
		t.Errorf("a task alone: %v", err)
	}
	for _, s := range []report.Said{report.ErrorNone, report.SavedMore, report.ErrorFound, report.CheckedRan, report.CheckedRan} {
		var ok bool
		if a, ok = a.With(s); !ok {
			t.Fatalf("%s is no answer", s)
		}
	}
	if _, ok := a.With(report.PersonHas); ok {
		t.Error("an answer to another question was taken")
	}
	got, err := a.Cells()
	want := []report.Cell{report.PulseCell(report.Coding, report.SavedMore), report.PulseCell(report.Coding, report.ErrorFound)}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	a.Said = append(a.Said, report.SavedNothing)
	if _, err := a.Cells(); !errors.Is(err, ErrTwice) {
		t.Errorf("two answers to one question: %v", err)
	}
	for _, s := range []report.Said{0, 99, report.PersonHas} {
		if _, err := (Answers{report.Coding, []report.Said{s}}).Cells(); !errors.Is(err, report.ErrMalformed) {
			t.Errorf("answer %d: %v", s, err)
		}
	}
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	if b, err := Read(dir); err != nil || b != (Book{}) {
		t.Fatalf("no file: %+v, %v", b, err)
	}
	b, err := Open(dir, "2026-11-24")
	if err != nil || b != (Book{V: 1, Began: "2026-11-24"}) {
		t.Fatalf("a new one: %+v, %v", b, err)
	}
	b.Offered, b.Done, b.Off = "2026-12-01", "2026-12-02", "2026-12-03"
	if err := b.Save(dir); err != nil {
		t.Fatal(err)
	}
	if again, err := Open(dir, "2027-01-01"); err != nil || again != b {
		t.Errorf("opened again: %+v, %v", again, err)
	}
	path := filepath.Join(dir, name)
	raw, err := os.ReadFile(path)
	if err != nil || string(raw) != `{"v":1,"began":"2026-11-24","offered":"2026-12-01","done":"2026-12-02","off":"2026-12-03"}` {
		t.Errorf("it holds %s, %v", raw, err)
	}
	for _, bad := range []string{"", "{", `{"v":2,"began":"2026-11-24"}`, `{"v":1}`, `{"v":1,"began":"yesterday"}`, `{"v":1,"began":"2026-11-24","off":"x"}`} {
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := Open(dir, "2026-12-24")
		if b != (Book{V: 1, Began: "2026-12-24"}) || err == nil || !strings.Contains(err.Error(), "set aside as "+path+".damaged") {
			t.Errorf("%q: %+v, %v", bad, b, err)
		}
		if kept, err := os.ReadFile(path + ".damaged"); err != nil || string(kept) != bad {
			t.Errorf("%q: set aside is %q, %v", bad, kept, err)
		}
		if b, err = Open(dir, "2027-01-01"); err != nil || b.Began != "2026-12-24" {
			t.Errorf("%q: then %+v, %v", bad, b, err)
		}
	}
}
