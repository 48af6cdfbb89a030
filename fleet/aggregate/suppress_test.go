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
	for _, c := range []struct{ n, k int }{{6, 2}, {8, 2}, {8, 3}} {
		if testing.Short() && c.n > 6 {
			continue
		}
		t.Run(fmt.Sprintf("n=%d k=%d", c.n, c.k), func(t *testing.T) { workOut(t, c.n, c.k) })
	}
}

// row is the numbers of one rule and tool: any answer, then each answer.
type row [7]int

func workOut(t *testing.T, n, k int) {
	const b = report.BatchID("2026-W48")
	keys := [7]key{{kind: report.KindNudge, about: "r", tool: "t"}}
	tab := table{all: tally{b: n}, cells: map[key]tally{}}
	for i := range keys {
		if i > 0 {
			keys[i] = keys[0].answers()[i-1]
		}
		tab.cells[keys[i]] = tally{}
	}
	left := map[row]*[7]uint32{} // what is published (-1: hidden) -> the values that each cell may have
	rows, shownAnswers := 0, 0
	each(n, func(r row) {
		for i, c := range keys {
			tab.cells[c][b] = r[i]
		}
		shown := tab.shown(keys[0], k)
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
		if hidden < 6 {
			shownAnswers++
		}
		if left[out] == nil {
			left[out] = new([7]uint32)
		}
		for i := range r {
			left[out][i] |= 1 << r[i]
		}
	})
	for out, values := range left {
		for i := range out {
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

// each calls do with every row that n people can produce.
func each(n int, do func(row)) {
	var r row
	var fill func(i, highest, sum int)
	fill = func(i, highest, sum int) {
		if i == len(r) {
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
