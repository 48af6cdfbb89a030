package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says how bad a Problem is.
type Severity uint8

// The severities. A policy with errors is refused by handrail policy lint.
const (
	Warning Severity = iota
	Error
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// MarshalText implements encoding.TextMarshaler.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Problem is one thing that is wrong with a policy, said to its author.
type Problem struct {
	Line     int      `json:"line"` // in the policy's file, from 1; 0 where no line is to blame
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
}

// String returns the problem as one line.
func (p Problem) String() string {
	if p.Line == 0 {
		return p.Message
	}
	return fmt.Sprintf("line %d: %s", p.Line, p.Message)
}

// Problems is the error that Parse returns: everything that is wrong, in the
// order of the lines.
type Problems []Problem

// Error implements error, one problem a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func (ps *Problems) add(s Severity, line int, format string, args ...any) {
	*ps = append(*ps, Problem{Line: line, Severity: s, Message: fmt.Sprintf(format, args...)})
}

func (ps Problems) sorted() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return ps
}

// didYouMean ends a message about an unknown name: with the nearest valid one
// if it is near enough to be a slip, else with all of them if they are few.
func didYouMean[T ~string](name string, valid []T) string {
	best, distance := "", len(name)/2+1
	for _, v := range valid {
		if d := edits(name, string(v)); d < distance {
			best, distance = string(v), d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	if len(valid) > 16 {
		return "nothing is nearly called that"
	}
	var b strings.Builder
	b.WriteString("use one of ")
	for i, v := range valid {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(v))
	}
	return b.String()
}

// edits is the number of letters to insert, remove, change or swap with their
// neighbour to turn a into b.
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 100 || len(y) > 100 {
		return max(len(x), len(y)) // no slip of the hand, and not worth the time
	}
	var older []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next := make([]int, len(y)+1)
		next[0] = i + 1
		for j := range y {
			d := row[j]
			if x[i] != y[j] {
				d++
			}
			d = min(d, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				d = min(d, older[j-1]+1)
			}
			next[j+1] = d
		}
		older, row = row, next
	}
	return row[len(y)]
}
