package report

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"

	"pgregory.net/rapid"
)

const week = BatchID("2026-W48")

var fixed = Nonce{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}

func cell(c Cell, o Often) Cell { c.Often = o; return c }

func anyID(t *rapid.T, label string) string {
	return rapid.StringMatching(`[a-z0-9_-]{1,64}`).Draw(t, label)
}

func anyCell() *rapid.Generator[Cell] {
	return rapid.Custom(func(t *rapid.T) Cell {
		tool, surface := catalog.ToolID(anyID(t, "tool")), rapid.SampledFrom(catalog.Surfaces()).Draw(t, "surface")
		rule, class := policy.RuleID(anyID(t, "rule")), rapid.SampledFrom(detect.Classes()).Draw(t, "class")
		var c Cell
		switch rapid.SampledFrom(Kinds()).Draw(t, "kind") {
		case KindUse:
			c = UseCell(tool, surface)
		case KindNudge:
			c = NudgeCell(rule, class, tool, surface, rapid.SampledFrom(Answers()).Draw(t, "answer"))
		case KindBadge:
			c = BadgeCell(rule, class, tool, surface)
		case KindHeldOut:
			c = HeldOutCell(rule, class, tool, surface)
		case KindCause:
			c = CauseCell(tool, surface, rapid.SampledFrom(Causes()).Draw(t, "reason"))
		case KindPulse:
			q := rapid.SampledFrom(Questions()[:3]).Draw(t, "question")
			c = PulseCell(rapid.SampledFrom(Tasks()).Draw(t, "task"), rapid.SampledFrom(q.Answers()).Draw(t, "said"))
		case KindCheck:
			c = CheckCell(rapid.SampledFrom(Stakes()).Draw(t, "stake"), rapid.SampledFrom(AskedPerson.Answers()).Draw(t, "said"))
		}
		c.Often = rapid.SampledFrom(Oftens()).Draw(t, "often")
		return c
	})
}

// Whatever happened, the report is 2,048 bytes, reads back, does not depend on
// the order of things, and says so when it left something out.
func TestEveryReportIsEquallyLongAndReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfNDistinct(anyCell(), 0, 40, Cell.Key).Draw(t, "cells")
		r := Report{Batch: week, Cohort: Everybody, Policy: rapid.Uint64().Draw(t, "policy"), Cells: cells}
		b, err := Encode(r, fixed)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) != PlainSize {
			t.Fatalf("%d bytes, want %d", len(b), PlainSize)
		}
		got, err := Decode(b)
		if err != nil {
			t.Fatalf("%v reading %s", err, b)
		}
		if !slices.IsSortedFunc(got.Cells, Cell.Compare) {
			t.Fatal("the cells are not sorted")
		}
		if left := len(cells) - len(got.Cells); got.More != (left > 0) {
			t.Fatalf("more is %v with %d cells left out", got.More, left)
		}
		for _, c := range cells {
			if slices.Contains(got.Cells, c) {
				continue
			}
			for _, kept := range got.Cells {
				if kept.Often < c.Often {
					t.Fatalf("%v was left out and the rarer %v was not", c, kept)
				}
			}
		}
		slices.Reverse(cells)
		again, err := Encode(r, fixed)
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("the order of the cells shows in the bytes (%v)", err)
		}
	})
}

func TestReportOnTheWire(t *testing.T) {
	r := Report{Batch: week, Cohort: Everybody, Policy: 41, Cells: []Cell{
		cell(UseCell("deepseek", catalog.SurfaceBrowser), Many),
		cell(NudgeCell("customer_data", detect.ClassContacts, "deepseek", catalog.SurfaceBrowser, Switched), Once),
	}}
	b, err := Encode(r, fixed)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"v":1,"batch":"2026-W48","cohort":"all","policy":41,"cells":[` +
		`{"kind":"nudge","rule":"customer_data","class":"contacts","tool":"deepseek","surface":"browser","answer":"switched","often":"1"},` +
		`{"kind":"use","tool":"deepseek","surface":"browser","often":"5+"}],` +
		`"nonce":"0102030405060708090a0b0c0d0e0f10","pad":"`
	if !strings.HasPrefix(string(b), want) {
		t.Errorf("got  %s\nwant %s", b[:len(want)], want)
	}
	if pad := strings.TrimSuffix(string(b[len(want):]), `"}`); strings.Trim(pad, "0") != "" {
		t.Errorf("the padding is %q", pad)
	}
	off, err := Encode(SwitchedOff(week), fixed)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"v":1,"batch":"2026-W48","cohort":"all","policy":0,"off":true,"cells":[],"nonce":`; !strings.HasPrefix(string(off), want) || len(off) != PlainSize {
		t.Errorf("switched off: got %s", off)
	}
}

func TestNonceMakesReportsDiffer(t *testing.T) {
	r := Report{Batch: week, Cohort: Everybody}
	a, _ := Encode(r, NewNonce())
	b, _ := Encode(r, NewNonce())
	if IDOf(a) == IDOf(b) {
		t.Error("two empty reports of the same batch have the same id")
	}
	if a2, _ := Encode(r, fixed); len(IDOf(a2)) != 64 {
		t.Errorf("id %q is not a SHA-256", IDOf(a2))
	}
}

func TestEncodeRefuses(t *testing.T) {
	ok := cell(UseCell("deepseek", catalog.SurfaceBrowser), Once)
	nudge := cell(NudgeCell("r", detect.ClassCard, "deepseek", catalog.SurfaceApp, Ignored), Once)
	change := func(c Cell, f func(*Cell)) []Cell { f(&c); return []Cell{c} }
	for name, r := range map[string]Report{
		"no batch":           {Cohort: Everybody},
		"bad batch":          {Batch: "2026-W54", Cohort: Everybody},
		"no cohort":          {Batch: week},
		"cohort in words":    {Batch: week, Cohort: "the whole team"},
		"off with cells":     {Batch: week, Cohort: Everybody, Off: true, Cells: []Cell{ok}},
		"off with policy":    {Batch: week, Cohort: Everybody, Off: true, Policy: 41},
		"off with cohort":    {Batch: week, Cohort: "sales", Off: true},
		"twice":              {Batch: week, Cohort: Everybody, Cells: []Cell{ok, cell(ok, Many)}},
		"no often":           {Batch: week, Cohort: Everybody, Cells: []Cell{ok.Key()}},
		"no kind":            {Batch: week, Cohort: Everybody, Cells: change(ok, func(c *Cell) { c.Kind = 0 })},
		"a kind to come":     {Batch: week, Cohort: Everybody, Cells: change(ok, func(c *Cell) { c.Kind = 5 })},
		"tool with a domain": {Batch: week, Cohort: Everybody, Cells: change(ok, func(c *Cell) { c.Tool = "chat.example.com" })},
		"long tool":          {Batch: week, Cohort: Everybody, Cells: change(ok, func(c *Cell) { c.Tool = catalog.ToolID(strings.Repeat("a", 65)) })},
		"no surface":         {Batch: week, Cohort: Everybody, Cells: change(ok, func(c *Cell) { c.Surface = 0 })},
		"use with a rule":    {Batch: week, Cohort: Everybody, Cells: change(ok, func(c *Cell) { c.Rule = "r" })},
		"use with answer":    {Batch: week, Cohort: Everybody, Cells: change(ok, func(c *Cell) { c.Answer = Ignored })},
		"use with a task":    {Batch: week, Cohort: Everybody, Cells: change(ok, func(c *Cell) { c.Task = Coding })},
		"nudge with a word":  {Batch: week, Cohort: Everybody, Cells: change(nudge, func(c *Cell) { c.Said = ErrorFound })},
		"pulse, no task":     {Batch: week, Cohort: Everybody, Cells: []Cell{cell(PulseCell(0, ErrorFound), Once)}},
		"pulse, no answer":   {Batch: week, Cohort: Everybody, Cells: []Cell{cell(PulseCell(Coding, 0), Once)}},
		"pulse, a check's":   {Batch: week, Cohort: Everybody, Cells: []Cell{cell(PulseCell(Coding, PersonHas), Once)}},
		"pulse of a tool":    {Batch: week, Cohort: Everybody, Cells: change(cell(PulseCell(Coding, ErrorFound), Once), func(c *Cell) { c.Tool = "deepseek" })},
		"check, no stake":    {Batch: week, Cohort: Everybody, Cells: []Cell{cell(CheckCell(0, PersonHas), Once)}},
		"check, a pulse's":   {Batch: week, Cohort: Everybody, Cells: []Cell{cell(CheckCell(Hiring, ErrorFound), Once)}},
		"nudge, no rule":     {Batch: week, Cohort: Everybody, Cells: change(nudge, func(c *Cell) { c.Rule = "" })},
		"nudge, no class":    {Batch: week, Cohort: Everybody, Cells: change(nudge, func(c *Cell) { c.Class = 0 })},
		"nudge, bad answer":  {Batch: week, Cohort: Everybody, Cells: change(nudge, func(c *Cell) { c.Answer = 99 })},
	} {
		if _, err := Encode(r, fixed); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: got %v, want ErrMalformed", name, err)
		}
	}
}

// change replaces old with new in a good report and keeps the size, taking the
// difference from the padding.
func changed(t *testing.T, old, new string) []byte {
	t.Helper()
	b, err := Encode(Report{Batch: week, Cohort: Everybody, Policy: 41, Cells: []Cell{
		cell(NudgeCell("customer_data", detect.ClassContacts, "deepseek", catalog.SurfaceBrowser, Switched), Once),
		cell(UseCell("deepseek", catalog.SurfaceBrowser), Many),
	}}, fixed)
	if err != nil {
		t.Fatal(err)
	}
	s := strings.Replace(string(b), old, new, 1)
	if s == string(b) && old != new {
		t.Fatalf("%q is not in the report", old)
	}
	if grown := len(s) - PlainSize; grown > 0 {
		s = strings.Replace(s, `"pad":"`+strings.Repeat("0", grown), `"pad":"`, 1)
	} else {
		s = strings.Replace(s, `"pad":"`, `"pad":"`+strings.Repeat("0", -grown), 1)
	}
	if len(s) != PlainSize {
		t.Fatalf("the changed report is %d bytes long", len(s))
	}
	return []byte(s)
}

func TestDecodeRefuses(t *testing.T) {
	if _, err := Decode(changed(t, "", "")); err != nil {
		t.Fatalf("the unchanged report: %v", err)
	}
	const canary = "alice@example.com"
	for _, c := range []struct{ name, old, new string }{
		{"another version", `"v":1`, `"v":2`},
		{"an unknown field", `"policy":41`, `"user":"` + canary + `","policy":41`},
		{"an unknown field in a cell", `"kind":"use"`, `"title":"` + canary + `","kind":"use"`},
		{"an unknown kind", `"kind":"use"`, `"kind":"` + canary + `"`},
		{"a kind to come", `"kind":"use"`, `"kind":"mood"`},
		{"a use that is called a pulse", `"kind":"use"`, `"kind":"pulse"`},
		{"an unknown task", `"kind":"use"`, `"kind":"pulse","task":"` + canary + `"`},
		{"an unknown answer to a question", `"kind":"use"`, `"kind":"pulse","task":"coding","said":"` + canary + `"`},
		{"an unknown class", `"class":"contacts"`, `"class":"` + canary + `"`},
		{"class none", `"class":"contacts"`, `"class":"none"`},
		{"an unknown surface", `"surface":"browser"`, `"surface":"` + canary + `"`},
		{"an unknown answer", `"answer":"switched"`, `"answer":"` + canary + `"`},
		{"an exact number", `"often":"5+"`, `"often":"17"`},
		{"a free tool", `"tool":"deepseek"`, `"tool":"` + canary + `"`},
		{"a free rule", `"rule":"customer_data"`, `"rule":"` + canary + `"`},
		{"a free cohort", `"cohort":"all"`, `"cohort":"` + canary + `"`},
		{"a free batch", `"batch":"2026-W48"`, `"batch":"` + canary + `"`},
		{"a day for a batch", `"batch":"2026-W48"`, `"batch":"2026-11-24"`},
		{"something in the padding", `"pad":"0`, `"pad":"1`},
		{"something behind", `0"}`, `"} `},
		{"spaces", `{"v":1`, `{ "v":1`},
		{"a key in capitals", `"policy":41`, `"Policy":41`},
		{"a key twice", `"policy":41`, `"policy":40,"policy":41`},
		{"another order", `"v":1,"batch":"2026-W48"`, `"batch":"2026-W48","v":1`},
		{"more false", `"nonce"`, `"more":false,"nonce"`},
		{"a nonce in capitals", `090a0b`, `090A0B`},
		{"a short nonce", `0102030405`, `0405`},
		{"off with cells", `"policy":41`, `"policy":41,"off":true`},
		{"null for cells", `"cells":[`, `"cells":null,"cells":[`},
	} {
		_, err := Decode(changed(t, c.old, c.new))
		if !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: got %v, want ErrMalformed", c.name, err)
			continue
		}
		if strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), "mood") {
			t.Errorf("%s: the error repeats what was in the report: %v", c.name, err)
		}
	}
	good := changed(t, "", "")
	for name, b := range map[string][]byte{"short": good[:PlainSize-1], "long": append(slices.Clone(good), ' '), "empty": nil} {
		if _, err := Decode(b); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: got %v, want ErrMalformed", name, err)
		}
	}
	// Cells out of order are somebody's order.
	a := `{"kind":"use","tool":"deepseek","surface":"browser","often":"5+"}`
	if _, err := Decode(changed(t, `"cells":[`, `"cells":[`+a+`,`)); !errors.Is(err, ErrMalformed) {
		t.Errorf("cells twice and out of order: got %v, want ErrMalformed", err)
	}
}

func TestOften(t *testing.T) {
	for n, want := range map[int]string{0: "1", 1: "1", 2: "2-4", 4: "2-4", 5: "5+", 5000: "5+"} {
		if got := OftenOf(n).String(); got != want {
			t.Errorf("%d times: got %s, want %s", n, got, want)
		}
	}
}

func TestEveryAnswerBelongsToAQuestion(t *testing.T) {
	for _, task := range Tasks() {
		if task.Words() == "" {
			t.Errorf("task %s has no words", task)
		}
	}
	for _, s := range Stakes() {
		if s.Words() == "" {
			t.Errorf("stake %s has no words", s)
		}
	}
	if len(saids()) != len(saidNames)-1 {
		t.Errorf("%d answers belong to a question, %d have a name", len(saids()), len(saidNames)-1)
	}
}

// The fuzzer writes the part before the nonce; the rest is filled up, so that
// not every try fails by its size.
func FuzzDecode(f *testing.F) {
	const nonce = `"nonce":"0102030405060708090a0b0c0d0e0f10","pad":"`
	for _, r := range []Report{
		{Batch: week, Cohort: Everybody, Policy: 41},
		SwitchedOff("s60-29384722"),
		{Batch: week, Cohort: "sales", More: true, Cells: []Cell{cell(NudgeCell("r", detect.ClassCard, "x", catalog.SurfaceIDE, Ignored), Few)}},
	} {
		b, err := Encode(r, fixed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b[:bytes.Index(b, []byte(`"nonce"`))])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		b = append(slices.Clone(b), nonce...)
		if free := PlainSize - len(b) - len(`"}`); free > 0 {
			b = append(b, strings.Repeat("0", free)+`"}`...)
		}
		r, err := Decode(b)
		if err != nil {
			if !errors.Is(err, ErrMalformed) {
				t.Fatalf("the error %v does not wrap ErrMalformed", err)
			}
			return
		}
		if again, err := Encode(r, fixed); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("read and written again differs (%v):\n%s\n%s", err, b, again)
		}
	})
}
