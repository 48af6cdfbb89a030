package policy

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"handrail/detect/catalog"
)

// Stake is what a system decides about where a wrong answer hurts somebody.
type Stake uint8

// The stakes.
const (
	Hiring Stake = iota + 1
	Lending
	Pricing
	CustomerMail
)

var stakeNames = [...]string{"", "hiring", "lending", "pricing", "customer_mail"}

// String returns the stake's name in policies, which is that in reports.
func (s Stake) String() string {
	if int(s) < len(stakeNames) {
		return stakeNames[s]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (s Stake) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (s *Stake) UnmarshalText(b []byte) error {
	for i, n := range stakeNames {
		if i > 0 && n == string(b) {
			*s = Stake(i)
			return nil
		}
	}
	return fmt.Errorf("unknown stake %q: use hiring, lending, pricing or customer_mail", b)
}

// System is where an AI's answer that is wrong hurts somebody. Whoever brings one
// there is asked whether a person has checked it. It is known by its window: in a
// browser only the title says what page it is, so a host can't be named.
type System struct {
	Name  string `yaml:"name"`  // for people
	App   string `yaml:"app"`   // the program, as it is called on the laptops
	Title string `yaml:"title"` // words in the window's title; without app, of a browser's
	Stake Stake  `yaml:"stake"`

	position
}

// System returns the system that a window is one of.
func (p *Policy) System(t catalog.Target) (System, bool) {
	if !p.Enabled {
		return System{}, false
	}
	for _, s := range p.Systems {
		if s.is(t) {
			return s, true
		}
	}
	return System{}, false
}

func (s *System) is(t catalog.Target) bool {
	program := t.InBrowser()
	if s.App != "" {
		program = strings.EqualFold(s.App, t.Process) || strings.EqualFold(s.App, t.Class)
	}
	return program && strings.Contains(strings.ToLower(t.Title), strings.ToLower(s.Title))
}

// minTitle is the least of a title that can tell a system from other pages.
const minTitle = 4

// checkSystems says what is wrong in the list of systems.
func (r *reader) checkSystems(p *Policy) {
	for i := range p.Systems {
		s := &p.Systems[i]
		fail := func(key, format string, args ...any) {
			if !r.blames(s.of(key)) {
				r.problems.add(Error, s.of(key), format, args...)
			}
		}
		switch {
		case s.line == 0 || r.blames(s.line):
		case !s.has("name"), !s.has("stake"):
			fail("", "an entry of systems needs a name and a stake: hiring, lending, pricing or customer_mail")
		case !s.has("app") && !s.has("title"):
			fail("", "the system %q needs app, title or both, to be known by", s.Name)
		case s.has("title") && utf8.RuneCountInString(s.Title) < minTitle:
			fail("title", "the title %q is in too many titles: write %d letters or more of it", s.Title, minTitle)
		}
	}
}

func (l *linter) system(s *System) {
	if s.App != "" && s.Title == "" && (catalog.Target{Process: s.App}).InBrowser() {
		l.warn(s.of("app"), "%q is a browser, so every page in it is %q: add the words of its title", s.App, s.Name)
	}
	if strings.Contains(s.Title, "://") || strings.HasPrefix(strings.ToLower(s.Title), "www.") {
		l.warn(s.of("title"), "%q looks like an address: browsers show a page's title in their windows, not its address", s.Title)
	}
}
