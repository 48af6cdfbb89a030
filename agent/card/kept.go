package card

import (
	"time"

	"handrail/detect"
)

// MaxBytes is how many bytes of an entry of the ledger a panel shows.
const MaxBytes = 4096

// Checked is what a check of the ledger found, zero if there was none since the
// panel was opened.
type Checked struct {
	Found Found     `json:"found"`
	At    time.Time `json:"at,omitzero"`
	// Sent is how many entries are whole that are not receipts, and Receipts how
	// many receipts; where the ledger is broken, before the break.
	Sent     int `json:"sent,omitempty"`
	Receipts int `json:"receipts,omitempty"`
	// Line is the first that is not as it was written.
	Line int `json:"line,omitempty"`
	// Unfinished says that a last line was cut off by a crash, and Unmarked that
	// nobody can tell whether whole lines are missing at the end.
	Unfinished bool `json:"unfinished,omitempty"`
	Unmarked   bool `json:"unmarked,omitempty"`
}

// Found is how a ledger stands.
type Found uint8

// The findings.
const (
	FoundWhole      Found = iota + 1
	FoundEdited           // a line was changed, or put in
	FoundRemoved          // lines are missing before this one
	FoundReordered        // this line stands in the wrong place
	FoundTruncated        // the end is missing
	FoundUnreadable       // the file can't be read
)

// MaxLearned is how many entries of the learned list a panel names, the newest.
// The command line shows all.
const MaxLearned = 100

// Learned is one thing that the person called not sensitive. There is no text of
// it anywhere.
type Learned struct {
	Item  uint32       `json:"item"`
	Class detect.Class `json:"class"`
	On    time.Time    `json:"on"` // the day
	// Gone says that it was removed while the panel is open, and can come back.
	Gone bool `json:"gone,omitempty"`
}
