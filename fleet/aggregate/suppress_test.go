package aggregate

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"handrail/agent/report"
)

// An outsider who knows every published number of a row, and this code, tries
// every table that could have led to it. Each hidden cell must have k values
// left or more, among them all from 1 to k-1.
func TestWhatIsHiddenCannotBeWorkedOut(t *testing.T) {
	// With fewer answers more people can be tried, so that every branch is gone
	// through: how many answers there are is only a number to it.
	for _, c := range []struct{ answers, n, k int }{{len(report.Answers()), 5, 2}, {6, 7, 2}, {5, 9, 3}, {4, 14, 3}, {3, 16, 3}, {2, 20, 3}} {
		if testing.Short() && c.answers > 5 {
			continue
		}
		t.Run(fmt.Sprintf("%d answers n=%d k=%d", c.answers, c.n, c.k), func(t *testing.T) { workOut(t, c.answers, c.n, c.k) })
	}
}

// row is the numbers of one row of a table: any answer, then each answer, and
// zeros where there are fewer.
type row [8]int

func workOut(t *testing.T, answers, n, k int) {
	const b = report.BatchID("2026-W48")
	top := key{kind: report.KindNudge, about: "r", tool: "t"}
	keys := append([]key{top}, top.answers()[:answers]...)
	tab := table{all: tally{b: n}, cells: map[key]tally{}}
	for _, x := range keys {
		tab.cells[x] = tally{}
	}
	left := map[row]*row32{} // what is published (-1: hidden) -> the values that each cell may have
	rows, shownAnswers := 0, 0
	each(n, len(keys), func(r row) {
		for i, c := range keys {
			tab.cells[c][b] = r[i]
		}
		shown := tab.shownTogether(top, keys[1:], k)
		out, hidden := r, 0
		for i, c := range keys {
			if !shown[c] {
				out[i] = -1
				if i > 0 {
					hidden++
				}
				continue
			}
			if r[i] < k || n-r[i] < k {
				t.Fatalf("%v of %d shows %d", r, n, r[i])
			}
		}
		if out[0] >= 0 && hidden == 1 {
			t.Fatalf("%v is published as %v: one hidden answer below a shown number", r, out)
		}
		rows++
		if hidden < len(keys)-1 {
			shownAnswers++
		}
		if left[out] == nil {
			left[out] = new(row32)
		}
		for i := range keys {
			left[out][i] |= 1 << r[i]
		}
	})
	for out, values := range left {
		for i := range keys {
			if out[i] >= 0 {
				continue
			}
			count, low := 0, 0
			for v := 0; v <= n; v++ {
				if values[i]&(1<<v) != 0 {
					count++
					if v < k {
						low++
					}
				}
			}
			if count < k || i > 0 && low < k {
				t.Errorf("published %v of %d: cell %d can only be one of %b", out, n, i, values[i])
			}
		}
	}
	if shownAnswers == 0 || shownAnswers == rows {
		t.Errorf("%d of %d tables show an answer", shownAnswers, rows)
	}
}

// row32 is the values that each number of a row may have, as bits.
type row32 [8]uint32

// each calls do with every row of so many numbers that n people can produce.
func each(n, numbers int, do func(row)) {
	var r row
	var fill func(i, highest, sum int)
	fill = func(i, highest, sum int) {
		if i == numbers {
			for r[0] = max(highest, 1); r[0] <= min(n, sum); r[0]++ {
				do(r)
			}
			return
		}
		for v := 0; v <= n; v++ {
			r[i] = v
			fill(i+1, max(highest, v), sum+v)
		}
	}
	fill(1, 0, 0)
}

// The same for answers that add up: an outsider tries every way to spread n
// reports over the answers of a question and no answer.
func TestWhatIsHiddenOfAQuestionCannotBeWorkedOut(t *testing.T) {
	const b = report.BatchID("2026-W48")
	for _, q := range report.Questions()[:3] {
		for _, c := range []struct{ n, k int }{{12, 2}, {14, 3}} {
			top := key{kind: report.KindPulse, about: "coding", ask: q}
			keys := append([]key{top}, top.answers()...)
			tab := table{all: tally{b: c.n}, cells: map[key]tally{}}
			for _, x := range keys {
				tab.cells[x] = tally{}
			}
			left := map[string][]uint32{} // what is published -> the values that each cell may have
			steps := map[int]bool{}
			spread(len(keys)-1, c.n, nil, func(r []int) {
				m := 0
				for i, v := range r {
					m += v
					tab.cells[keys[i+1]][b] = v
				}
				tab.cells[top][b] = m
				row := append([]int{m}, r...)
				shown := tab.shown(top, c.k)
				out, n := slices.Clone(row), 0
				for i, x := range keys {
					if !shown[x] {
						out[i] = -1
						continue
					}
					n++
					if row[i] < c.k || c.n-row[i] < c.k || i > 0 && m-row[i] < c.k {
						t.Fatalf("%v of %d shows %d", row, c.n, row[i])
					}
				}
				steps[n] = true
				name := fmt.Sprint(out)
				if left[name] == nil {
					left[name] = make([]uint32, len(keys))
				}
				for i, v := range row {
					left[name][i] |= 1 << v
				}
			})
			for name, values := range left {
				for i, v := range values {
					if bits.OnesCount32(v) == 1 { // known, so published
						if !strings.Contains(name, fmt.Sprint(bits.TrailingZeros32(v))) {
							t.Errorf("%s of %d: cell %d can only be %b", name, c.n, i, v)
						}
						continue
					}
					if low := bits.OnesCount32(v & (1<<c.k - 1)); i > 0 && low < c.k {
						t.Errorf("%s of %d: cell %d can only be one of %b", name, c.n, i, v)
					}
				}
			}
			if len(steps) < 3 {
				t.Errorf("%s: only %d of the steps were seen", q, len(steps))
			}
		}
	}
}

// spread calls do with every way to give at most n to some cells.
func spread(cells, n int, r []int, do func([]int)) {
	if cells == 0 {
		do(r)
		return
	}
	for v := 0; v <= n; v++ {
		spread(cells-1, n-v, append(r, v), do)
	}
}
