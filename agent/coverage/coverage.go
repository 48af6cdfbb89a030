// Package coverage says, surface by surface, what Handrail sees and what it
// does not, and why. Everything here is a closed list: it goes into health
// reports, which name a device and so must not hold what a person did.
package coverage

import "fmt"

// Surface is one place that can be watched or not.
type Surface uint8

// The surfaces.
const (
	Clipboard Surface = iota + 1 // copies, whatever the program
	Windows                      // which window has the keyboard
	Browser                      // AI sites in browser tabs
	Terminal                     // AI command line tools
	Apps                         // AI desktop applications
	Nudge                        // whether a nudge can be shown
)

var surfaceNames = [...]string{"", "clipboard", "windows", "browser", "terminal", "apps", "nudge"}

// Surfaces returns every surface in the order they are shown.
func Surfaces() []Surface { return []Surface{Clipboard, Windows, Browser, Terminal, Apps, Nudge} }

// String returns the surface's name.
func (s Surface) String() string { return name(surfaceNames[:], int(s)) }

// MarshalText implements encoding.TextMarshaler.
func (s Surface) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Surface) UnmarshalText(b []byte) (err error) {
	*s, err = parse[Surface](surfaceNames[:], "coverage surface", b)
	return err
}

// State is how much is seen.
type State uint8

// The states. There is no "ok": green needs a fresh proof, see Proof.
const (
	Blind State = iota + 1
	Partly
	Seen
)

var stateNames = [...]string{"", "blind", "partly", "seen"}

// String returns "blind", "partly" or "seen".
func (s State) String() string { return name(stateNames[:], int(s)) }

// MarshalText implements encoding.TextMarshaler.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *State) UnmarshalText(b []byte) (err error) {
	*s, err = parse[State](stateNames[:], "coverage state", b)
	return err
}

// Why is the reason for a state that is not Seen.
type Why uint8

// The reasons. NotWatching is one reason on purpose: a health report cannot
// tell quit, paused, switched off and crashed apart.
const (
	None         Why = iota
	NotWatching      // nobody's session is watching
	Wayland          // this desktop gives programs no clipboard or window events
	NoDisplay        // there is no display to watch
	Unsupported      // not built for this system yet
	TitlesOnly       // known by window title only, no browser extension
	TextOnly         // images and files are not inspected
	NoWindow         // no window can be opened; native notifications serve
	SensorFailed     // the sensor stopped; it is being restarted
	SwitchedOff      // the policy switches everything off
	NoExtension      // a browser runs without the extension, or with it switched off
	Confined         // a Snap or Flatpak browser, whose extension can't reach Handrail
	NotProven        // the extension is there, and its self-test has not gone through
	PasteButtons     // pastes are held; a page's own paste button goes past the extension
	Unguarded        // tabs or private windows that the extension is not in
)

var whyNames = [...]string{"", "not_watching", "wayland", "no_display", "unsupported", "titles_only", "text_only", "no_window", "sensor_failed", "switched_off",
	"no_extension", "confined", "not_proven", "paste_buttons", "unguarded"}

// String returns the reason's name, "" for None.
func (w Why) String() string { return name(whyNames[:], int(w)) }

// MarshalText implements encoding.TextMarshaler.
func (w Why) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (w *Why) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*w = None
		return nil
	}
	*w, err = parse[Why](whyNames[:], "coverage reason", b)
	return err
}

// Entry is one line of the coverage table.
type Entry struct {
	Surface Surface `json:"surface"`
	State   State   `json:"state"`
	Why     Why     `json:"why,omitempty"`
}

// Table is one entry per surface, in the order of Surfaces.
type Table []Entry

// All returns a table with one state and reason for every surface.
func All(s State, w Why) Table {
	t := make(Table, 0, len(Surfaces()))
	for _, x := range Surfaces() {
		t = append(t, Entry{Surface: x, State: s, Why: w})
	}
	return t
}

// Set replaces the entry of one surface.
func (t Table) Set(x Surface, s State, w Why) {
	for i := range t {
		if t[i].Surface == x {
			t[i] = Entry{Surface: x, State: s, Why: w}
		}
	}
}

// Of returns the entry of one surface, blind and not watching if there is none.
func (t Table) Of(x Surface) Entry {
	for _, e := range t {
		if e.Surface == x {
			return e
		}
	}
	return Entry{Surface: x, State: Blind, Why: NotWatching}
}

func name(names []string, i int) string {
	if i >= 0 && i < len(names) {
		return names[i]
	}
	return ""
}

func parse[T ~uint8](names []string, what string, b []byte) (T, error) {
	for i, n := range names {
		if i > 0 && n == string(b) {
			return T(i), nil
		}
	}
	return 0, fmt.Errorf("unknown %s %q", what, b)
}
