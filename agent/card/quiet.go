package card

import (
	"fmt"

	"handrail/detect"
)

// Hush is why a nudge was not shown, and only a badge says that there was
// something to say.
type Hush uint8

// The reasons.
const (
	HushEnough Hush = iota + 1 // there were as many nudges today as there may be
	HushRecent                 // the same was said a little while ago
	HushOld                    // it was copied a while ago
	HushBusy                   // the person was presenting, in a call, in full screen or wanted quiet
)

var hushNames = [...]string{"", "enough", "recent", "old", "busy"}

// String returns the reason's name in the window protocol.
func (h Hush) String() string {
	if int(h) < len(hushNames) {
		return hushNames[h]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (h Hush) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (h *Hush) UnmarshalText(b []byte) error {
	for i, n := range hushNames {
		if i > 0 && n == string(b) {
			*h = Hush(i)
			return nil
		}
	}
	return fmt.Errorf("unknown reason %q", b)
}

// MaxQuiet is how many nudges that were not shown are listed, the newest.
const MaxQuiet = 10

// Quiet is a nudge that was not shown.
type Quiet struct {
	Class detect.Class `json:"class"`
	Tool  string       `json:"tool"` // the catalogue's name
	Why   Hush         `json:"why"`
}
