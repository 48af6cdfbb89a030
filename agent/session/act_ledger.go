package session

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"handrail/agent/card"
	"handrail/agent/ledger"
)

// ledgerChecked is the end of a check of the person's ledger.
type ledgerChecked struct{ found card.Checked }

func (ledgerChecked) message() {}

// checkLedger checks the person's ledger from its first to its last byte.
func (e *engine) checkLedger(ctx context.Context, _ uint32) error {
	path := filepath.Join(e.Paths.UserState, ledger.Name)
	e.start("check", func() {
		s, err := ledger.Verify(path)
		c := card.Checked{
			Found: card.FoundWhole, At: time.Now().Truncate(time.Second), Sent: s.Sent, Receipts: s.Receipts,
			Unfinished: s.Unfinished, Unmarked: err == nil && !s.Marked && s.Entries > 0,
		}
		if b := new(ledger.Break); errors.As(err, &b) {
			c.Found, c.Line = found[b.Why], b.Line
		} else if err != nil {
			e.Log.Warn("the ledger can't be read", "error", err)
			c.Found = card.FoundUnreadable
		}
		e.post(ctx, ledgerChecked{c})
	})
	return nil
}

var found = map[ledger.Why]card.Found{
	ledger.Edited: card.FoundEdited, ledger.Removed: card.FoundRemoved,
	ledger.Reordered: card.FoundReordered, ledger.Truncated: card.FoundTruncated,
}

// showBytes shows the exact bytes of an entry of the ledger, and hides them when
// they are shown.
func (e *engine) showBytes(_ context.Context, seq uint32) error {
	if !hasEntry(e.panel.told, seq) {
		return errNoItem
	}
	if e.panel.bytesOf == seq {
		seq = 0
	}
	e.panel.bytesOf = seq
	return nil
}

func hasEntry(p card.Panel, seq uint32) bool {
	for _, q := range p.Pages {
		if seq != 0 && q.Seq == uint64(seq) {
			return true
		}
	}
	return false
}

// exact returns bytes as they can be shown: what is no printable text as \x and
// two hexadecimal digits. Of more than card.MaxBytes the rest is left out.
func exact(b []byte) (s string, cut bool) {
	if cut = len(b) > card.MaxBytes; cut {
		b = b[:card.MaxBytes]
	}
	var out strings.Builder
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case (r != utf8.RuneError || n > 1) && strconv.IsPrint(r):
			out.Write(b[:n])
		default:
			for _, x := range b[:n] {
				out.WriteString(`\x` + strconv.FormatUint(0x100|uint64(x), 16)[1:])
			}
		}
		b = b[n:]
	}
	return out.String(), cut
}

func (e *engine) switchReports(_ context.Context, to uint32) error {
	if to != card.On && to != card.Off {
		return errNoItem
	}
	return SwitchReports(e.Paths.UserState, to == card.Off)
}
