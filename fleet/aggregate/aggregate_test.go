package aggregate

import (
	"encoding/binary"
	"math/rand/v2"
	"reflect"
	"testing"

	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"

	"pgregory.net/rapid"
)

const week, weekBefore = report.BatchID("2026-W48"), report.BatchID("2026-W47")

// sent writes a report whose nonce is i.
func sent(t interface{ Fatal(...any) }, i int, b report.BatchID, off bool, cells ...report.Cell) []byte {
	r := report.Report{Batch: b, Cohort: report.Everybody, Off: off, Cells: cells}
	var n report.Nonce
	binary.BigEndian.PutUint64(n[:], uint64(i))
	body, err := report.Encode(r, n)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func nudge(a report.Answer, s catalog.Surface, o report.Often) report.Cell {
	c := report.NudgeCell("cards", detect.ClassCard, "chatgpt", s, a)
	c.Often = o
	return c
}

func use(o report.Often) report.Cell {
	c := report.UseCell("chatgpt", catalog.SurfaceBrowser)
	c.Often = o
	return c
}

// reports are n reports of one batch; the first with of them say cells, the
// others nothing.
func reports(t *testing.T, b report.BatchID, n, with int, cells ...report.Cell) (bodies [][]byte) {
	for i := range n {
		if i < with {
			bodies = append(bodies, sent(t, i, b, false, cells...))
		} else {
			bodies = append(bodies, sent(t, i, b, i%2 == 1))
		}
	}
	return bodies
}

func find(t *testing.T, r Result, kind string, a report.Answer) Cell {
	t.Helper()
	for _, c := range r.Cells {
		if c.Kind == kind && c.Answer == a.String() {
			return c
		}
	}
	t.Fatalf("no %s cell with answer %q in %+v", kind, a, r.Cells)
	return Cell{}
}

func TestTooFewGiveNoNumber(t *testing.T) {
	bodies := func(n int) [][]byte { return reports(t, week, n, n, use(report.Once)) }
	for _, c := range []struct {
		name              string
		bodies            [][]byte
		active, k, merged int
		want              Result
	}{
		{"9 reports", bodies(9), 30, 10, 0, Result{Verdict: Merge, Reason: TooFewReports}},
		{"9 reports for the fourth time", bodies(9), 30, 10, 3, Result{Verdict: Merge, Reason: TooFewReports}},
		{"9 reports for the fifth time", bodies(9), 30, 10, 4, Result{Verdict: Expire, Reason: TooFewReports}},
		{"no report", nil, 30, 10, 0, Result{Verdict: Merge, Reason: TooFewReports}},
		{"one report ten times", append(bodies(9), bodies(1)...), 30, 10, 0, Result{Verdict: Merge, Reason: TooFewReports}},
		{"k below the floor", bodies(4), 30, 1, 0, Result{Verdict: Merge, Reason: TooFewReports}},
		{"19 devices", bodies(30), 19, 10, 0, Result{Verdict: Expire, Reason: TooFewDevices}},
		{"two people for five weeks", append(append(reports(t, week, 6, 6), reports(t, weekBefore, 6, 6)...), bodies(0)...), 30, 10, 1,
			Result{Verdict: Merge, Reason: TooFewReports}},
	} {
		if got := Close(c.bodies, c.active, c.k, c.merged); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestThirtyReportsGiveNumbers(t *testing.T) {
	bodies := reports(t, week, 30, 14, nudge(report.Switched, catalog.SurfaceBrowser, report.Many), use(report.Many))
	bodies = append(bodies, []byte("no report"), nil)
	r := Close(bodies, 20, 10, 0)
	if r.Verdict != Publish || r.Reports != 30 || r.Broken != 2 || r.Reason != "" || len(r.Cells) != len(report.Answers())+2 {
		t.Fatalf("got %+v", r)
	}
	for _, c := range []Cell{find(t, r, "nudge", 0), find(t, r, "use", 0)} {
		if c.Hidden || c.Count != 14 || c.Tool != "chatgpt" || c.Class != "" || c.Surface != "" {
			t.Errorf("got %+v, want a count of 14", c)
		}
	}
	// That everybody who got the nudge gave this answer tells about each of
	// them; that nobody gave another does too.
	for _, a := range []report.Answer{report.Switched, report.Ignored} {
		if c := find(t, r, "nudge", a); !c.Hidden || c.Count != 0 {
			t.Errorf("got %+v, want it hidden", c)
		}
	}
}

// An answer is shown where enough of those who got the nudge gave it, and
// enough did not: three who did not take the safe way are never a number.
func TestAnswersAreShownWithEnoughOnBothSides(t *testing.T) {
	for dismissed, hidden := range map[int]bool{3: true, 9: true, 10: false} {
		bodies := reports(t, week, 44, 12, nudge(report.Switched, catalog.SurfaceBrowser, report.Once))
		for i := range dismissed {
			bodies[12+i] = sent(t, 100+i, week, false, nudge(report.Dismissed, catalog.SurfaceBrowser, report.Once))
		}
		r := Close(bodies, 44, 10, 0)
		if c := find(t, r, "nudge", 0); c.Count != 12+dismissed {
			t.Errorf("%d dismissed: got %+v for all", dismissed, c)
		}
		if c := find(t, r, "nudge", report.Switched); c.Hidden != hidden || !hidden && c.Count != 12 {
			t.Errorf("%d dismissed: got %+v, want hidden %v", dismissed, c, hidden)
		}
	}
}

// Five times or more on two surfaces in one report is still one.
func TestACellCountsReportsNotEvents(t *testing.T) {
	bodies := reports(t, week, 30, 12, nudge(report.Ignored, catalog.SurfaceBrowser, report.Many),
		nudge(report.Ignored, catalog.SurfaceTerminal, report.Many), nudge(report.Dismissed, catalog.SurfaceTerminal, report.Few))
	if c := find(t, Close(bodies, 30, 10, 0), "nudge", 0); c.Count != 12 {
		t.Errorf("got %+v, want a count of 12", c)
	}
}

func TestBothSidesAreHidden(t *testing.T) {
	for with, hidden := range map[int]bool{1: true, 9: true, 10: false, 20: false, 21: true, 30: true} {
		c := find(t, Close(reports(t, week, 30, with, use(report.Once)), 30, 10, 0), "use", 0)
		if c.Hidden != hidden || c.Hidden && c.Count != 0 || !c.Hidden && c.Count != with {
			t.Errorf("%d of 30: got %+v, want hidden %v", with, c, hidden)
		}
	}
}

// Reports that waited go along with the next batch that is large enough, but
// the same few people in two batches are not twice as many.
func TestMergedBatchesCountPeople(t *testing.T) {
	bodies := append(reports(t, weekBefore, 6, 6, use(report.Once)), reports(t, week, 30, 6, use(report.Once))...)
	r := Close(bodies, 30, 10, 1)
	if r.Verdict != Publish || r.Reports != 36 {
		t.Fatalf("got %+v", r)
	}
	if c := find(t, r, "use", 0); !c.Hidden {
		t.Errorf("got %+v: perhaps six people", c)
	}
	bodies = append(reports(t, weekBefore, 6, 6, use(report.Once)), reports(t, week, 30, 11, use(report.Once))...)
	if c := find(t, Close(bodies, 30, 10, 1), "use", 0); c.Count != 17 {
		t.Errorf("got %+v, want 17", c)
	}
}

// Of a pulse the first answer to a question counts: the row's number is that of
// the people, and its answers add up to it.
func TestAQuestionIsCountedWithItsFirstAnswer(t *testing.T) {
	said := func(s report.Said) report.Cell {
		c := report.PulseCell(report.Coding, s)
		c.Often = report.Once
		return c
	}
	var bodies [][]byte
	for i := range 60 {
		switch {
		case i < 15:
			bodies = append(bodies, sent(t, i, week, false, said(report.ErrorFound), said(report.CheckedRead)))
		case i < 30:
			bodies = append(bodies, sent(t, i, week, false, said(report.ErrorNone), said(report.ErrorFound)))
		default:
			bodies = append(bodies, sent(t, i, week, false))
		}
	}
	want := []Cell{
		{Kind: "pulse", Rule: "coding", Answer: "checked", Count: 15},
		{Kind: "pulse", Rule: "coding", Answer: "checked_not", Hidden: true},
		{Kind: "pulse", Rule: "coding", Answer: "checked_read", Hidden: true},
		{Kind: "pulse", Rule: "coding", Answer: "checked_ran", Hidden: true},
		{Kind: "pulse", Rule: "coding", Answer: "checked_person", Hidden: true},
		{Kind: "pulse", Rule: "coding", Answer: "error", Count: 30},
		{Kind: "pulse", Rule: "coding", Answer: "error_none", Count: 15},
		{Kind: "pulse", Rule: "coding", Answer: "error_found", Count: 15},
	}
	if got := Close(bodies, 60, 10, 0).Cells; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func anyReports() *rapid.Generator[[][]byte] {
	return rapid.Custom(func(t *rapid.T) (bodies [][]byte) {
		cell := rapid.Custom(func(t *rapid.T) report.Cell {
			tool := rapid.SampledFrom([]catalog.ToolID{"chatgpt", "claude", catalog.Other}).Draw(t, "tool")
			s := rapid.SampledFrom(catalog.Surfaces()).Draw(t, "surface")
			c := report.UseCell(tool, s)
			if rapid.Bool().Draw(t, "nudge") {
				c = report.NudgeCell(rapid.SampledFrom([]policy.RuleID{"cards", "keys"}).Draw(t, "rule"), detect.ClassCard, tool, s,
					rapid.SampledFrom(report.Answers()).Draw(t, "answer"))
			}
			switch rapid.IntRange(0, 3).Draw(t, "after the moment") {
			case 0:
				q := rapid.SampledFrom(report.Questions()[:3]).Draw(t, "question")
				c = report.PulseCell(report.Coding, rapid.SampledFrom(q.Answers()).Draw(t, "said"))
			case 1:
				c = report.CheckCell(report.Hiring, rapid.SampledFrom(report.AskedPerson.Answers()).Draw(t, "said"))
			}
			c.Often = rapid.SampledFrom(report.Oftens()).Draw(t, "often")
			return c
		})
		// Some kinds of report are common, so that large counts come up.
		common := rapid.SliceOfN(rapid.SliceOfNDistinct(cell, 0, 6, report.Cell.Key), 1, 4).Draw(t, "common")
		for i := range rapid.IntRange(0, 60).Draw(t, "n") {
			b := rapid.SampledFrom([]report.BatchID{week, week, week, weekBefore}).Draw(t, "batch")
			bodies = append(bodies, sent(t, i, b, false, rapid.SampledFrom(common).Draw(t, "report")...))
		}
		return bodies
	})
}

func TestWhateverTheReportsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bodies := anyReports().Draw(t, "reports")
		k := rapid.IntRange(0, 15).Draw(t, "k")
		active := rapid.IntRange(15, 60).Draw(t, "active")
		merged := rapid.IntRange(0, MaxMerges).Draw(t, "merged")
		r := Close(bodies, active, k, merged)

		shuffled := append(make([][]byte, 0, len(bodies)), bodies...)
		rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if again := Close(shuffled, active, k, merged); !reflect.DeepEqual(again, r) {
			t.Fatalf("in another order %+v, before %+v", again, r)
		}
		if r.Verdict != Publish {
			if r.Cells != nil || r.Reports != 0 || r.Reason == "" || r.Verdict == Merge && merged == MaxMerges {
				t.Fatalf("got %+v", r)
			}
			return
		}
		k = max(k, FloorK)
		if r.Reason != "" || active < MinActive || r.Reports != len(bodies) || r.Reports < k {
			t.Fatalf("got %+v of %d reports and %d devices", r, len(bodies), active)
		}
		hidden := map[string]int{}
		for _, c := range r.Cells {
			if c.Hidden && c.Count != 0 || !c.Hidden && (c.Count < k || r.Reports-c.Count < k) || c.Class != "" || c.Surface != "" {
				t.Fatalf("got %+v of %d", c, r.Reports)
			}
			if c.Answer != "" && c.Hidden {
				hidden[c.Rule+" "+c.Tool]++
			}
		}
		for _, c := range r.Cells {
			if c.Kind == "nudge" && c.Answer == "" && !c.Hidden && hidden[c.Rule+" "+c.Tool] == 1 {
				t.Fatalf("one hidden answer below %+v in %+v", c, r.Cells)
			}
		}
	})
}

func FuzzBodies(f *testing.F) {
	f.Add([]byte("{}"))
	f.Add(sent(f, 1, week, false, use(report.Once)))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := Close([][]byte{b}, MinActive, DefaultK, 0)
		if r.Verdict != Merge || r.Cells != nil || r.Broken > 1 {
			t.Fatalf("one body gives %+v", r)
		}
	})
}

func BenchmarkClose(b *testing.B) {
	var bodies [][]byte
	for i := range 1000 {
		bodies = append(bodies, sent(b, i, week, false, use(report.Once), nudge(report.Switched, catalog.SurfaceBrowser, report.Few)))
	}
	for b.Loop() {
		Close(bodies, 1000, DefaultK, 0)
	}
}

// What was not shown, and why somebody pasted it anyway, are rows of their own:
// no number there says anything about the answers of a rule.
func TestQuietRowsAndReasonsStandAlone(t *testing.T) {
	cells := []report.Cell{
		report.BadgeCell("cards", detect.ClassCard, "chatgpt", catalog.SurfaceBrowser),
		report.HeldOutCell("bank", detect.ClassBank, "chatgpt", catalog.SurfaceBrowser),
		report.CauseCell("chatgpt", catalog.SurfaceBrowser, report.ToolLacks),
	}
	for i := range cells {
		cells[i].Often = report.Once
	}
	r := Close(reports(t, week, 30, 14, cells...), 30, 10, 0)
	want := []Cell{
		{Kind: "badge", Rule: "cards", Tool: "chatgpt", Count: 14},
		{Kind: "held_out", Rule: "bank", Tool: "chatgpt", Count: 14},
		{Kind: "cause", Rule: "tool_lacks", Tool: "chatgpt", Count: 14},
	}
	if !reflect.DeepEqual(r.Cells, want) {
		t.Errorf("got %+v\nwant %+v", r.Cells, want)
	}
	for _, c := range Close(reports(t, week, 30, 9, cells...), 30, 10, 0).Cells {
		if !c.Hidden {
			t.Errorf("nine people are shown: %+v", c)
		}
	}
}
