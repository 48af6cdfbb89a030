// Package own finds what an organisation itself put on its list: terms,
// patterns, labels, and dictionaries of names that the policy holds as keyed
// digests only.
//
//	set, err := own.New(entries)
//	res, err := detect.ScanWith(ctx, text, set)
//
// It is for code names, customer numbers and project names, not for watching
// what staff talk about: Sensitive says which terms speak of a union, health,
// belief or one person, and the policy's lint warns of them. Staff are shown
// every entry by its name.
package own

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"handrail/detect"
)

// The detectors of an organisation's own entries. A finding's Own says which
// entry it was.
const (
	Term       detect.DetectorID = "own_term"
	Pattern    detect.DetectorID = "own_pattern"
	Label      detect.DetectorID = "own_label"
	Dictionary detect.DetectorID = "own_dictionary"
)

// Detectors returns the four for tables and rules; they have no samples, since
// what they find is the organisation's.
func Detectors() []detect.Detector {
	return []detect.Detector{
		{ID: Term, Class: detect.ClassOwn, Confidence: detect.High, Title: "Term that the policy lists"},
		{ID: Pattern, Class: detect.ClassOwn, Confidence: detect.High, Title: "Match of a pattern that the policy lists"},
		{ID: Label, Class: detect.ClassMarking, Confidence: detect.High, Title: "Classification label that the policy lists"},
		{ID: Dictionary, Class: detect.ClassOwn, Confidence: detect.High, Title: "Name from a dictionary that the policy holds as keyed digests"},
	}
}

// Entry is one entry of the list. Exactly one of Words, Pattern and Digests is
// given.
type Entry struct {
	Name       string // what staff are shown
	Label      bool   // a classification label: its class is marking
	Confidence detect.Confidence
	// Words are terms of one to MaxWords words each. Case, the kind of white
	// space and the punctuation between words make no difference.
	Words []string
	// Pattern is an expression of Go's regexp, which needs linear time only.
	// Every match holds Literal; "" takes the longest that the pattern requires.
	Pattern string
	Literal string
	// Key and Digests are a dictionary: one record a name, see Digest.
	Key     []byte
	Digests []byte
}

// Limits of one list.
const (
	MaxWords    = 8      // words in one term or dictionary name
	MaxPattern  = 1000   // bytes of a pattern
	MaxNames    = 50_000 // in all dictionaries together
	minLiteral  = 3      // bytes that a pattern's literal needs
	maxFindings = 1000   // of one entry in one text; more tell nobody more
)

// Set is a list that is ready to search with. It is not changed afterwards and
// safe for use by several goroutines.
type Set struct {
	terms    map[uint64][]term // by the hash of their first word
	patterns []pattern
	dicts    []dictionary
}

type term struct {
	entry entry
	words []string // folded
}

type pattern struct {
	entry   entry
	re      *regexp.Regexp
	literal []byte
}

// entry is what a finding says of the entry it is about.
type entry struct {
	number     int // from 1
	label      bool
	confidence detect.Confidence
}

// New makes a set. Its error names the entry and says what to do.
func New(entries []Entry) (*Set, error) {
	s := &Set{terms: map[uint64][]term{}}
	var errs []error
	names := 0
	for i := range entries {
		e := &entries[i]
		if err := s.add(e, entry{number: i + 1, label: e.Label, confidence: e.Confidence}); err != nil {
			errs = append(errs, fmt.Errorf("%q: %w", e.Name, err))
		}
		names += len(e.Digests) / RecordBytes
	}
	if names > MaxNames {
		errs = append(errs, fmt.Errorf("the dictionaries hold %d names together: %d is the most", names, MaxNames))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Set) add(e *Entry, what entry) error {
	switch {
	case e.Pattern != "":
		p, err := compile(e, what)
		if err != nil {
			return err
		}
		s.patterns = append(s.patterns, p)
	case len(e.Digests) > 0:
		d, err := newDictionary(e, what)
		if err != nil {
			return err
		}
		s.dicts = append(s.dicts, d)
	default:
		for _, w := range e.Words {
			ws := split(w)
			if len(ws) == 0 || len(ws) > MaxWords {
				return fmt.Errorf("the term %q has %d words: one to %d are searched for", w, len(ws), MaxWords)
			}
			if len(strings.Join(ws, "")) < 3 {
				return fmt.Errorf("the term %q is too short: it would be found everywhere", w)
			}
			h := hash(ws[0])
			s.terms[h] = append(s.terms[h], term{what, ws})
		}
	}
	return nil
}

// compile makes a pattern that is only run where its literal stands.
func compile(e *Entry, what entry) (pattern, error) {
	if len(e.Pattern) > MaxPattern {
		return pattern{}, fmt.Errorf("the pattern has %d bytes: %d is the most", len(e.Pattern), MaxPattern)
	}
	tree, err := syntax.Parse(e.Pattern, syntax.Perl)
	if err != nil {
		return pattern{}, fmt.Errorf("the pattern can't be read: %w", err)
	}
	re, err := regexp.Compile(e.Pattern)
	if err != nil {
		return pattern{}, fmt.Errorf("the pattern can't be read: %w", err)
	}
	if re.MatchString("") {
		return pattern{}, errors.New("the pattern matches nothing at all, so it would be found everywhere")
	}
	literal := e.Literal
	if literal == "" {
		literal = required(tree.Simplify())
	}
	if len(literal) < minLiteral {
		return pattern{}, fmt.Errorf("the pattern has no fixed text of %d bytes that every match holds, such as KF- in KF-[0-9]{6}: give it one, or name it as literal", minLiteral)
	}
	return pattern{what, re, []byte(literal)}, nil
}

// required returns the longest text that every match of the expression holds,
// with regard to case.
func required(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return ""
		}
		return string(re.Rune)
	case syntax.OpConcat:
		best, run := "", ""
		for _, sub := range re.Sub {
			if sub.Op == syntax.OpLiteral && sub.Flags&syntax.FoldCase == 0 {
				run += string(sub.Rune)
			} else {
				run = ""
				if r := required(sub); len(r) > len(best) {
					best = r
				}
			}
			if len(run) > len(best) {
				best = run
			}
		}
		return best
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	}
	return ""
}
