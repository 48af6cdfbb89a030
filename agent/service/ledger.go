package service

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"handrail/agent/ledger"
	"handrail/agent/local"
)

// deviceLedger is the ledger of what was sent about this device. Everybody on
// the device may read it.
type deviceLedger struct {
	path string
	book *ledger.Ledger // nil when it could not be opened: then nothing is sent

	mu     sync.Mutex // guards the rest
	failed error      // of the last attempt to write
	size   int64
	mod    time.Time
	status local.LedgerStatus
}

// open opens the ledger for writing. A broken one is no reason for the service
// not to run: people still get their nudges, and status says it.
func (d *deviceLedger) open(log *slog.Logger) error {
	book, err := ledger.Open(d.path, ledger.Options{Shared: true, Say: func(what string) {
		log.Warn("the device's ledger was repaired", "what", what)
	}})
	if err != nil {
		return err
	}
	d.book = book
	return nil
}

// read opens the exact bytes for somebody on this device.
func (d *deviceLedger) read() (io.ReadCloser, error) {
	f, err := os.Open(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return io.NopCloser(strings.NewReader("")), nil
	}
	if err != nil {
		return nil, fmt.Errorf("opening the device's ledger: %w", err)
	}
	return f, nil
}

// check verifies the whole chain, unless the file is as it was last time:
// anybody may ask for the status, as often as they like.
func (d *deviceLedger) check() local.LedgerStatus {
	d.mu.Lock()
	defer d.mu.Unlock()
	info, err := os.Stat(d.path)
	if err == nil && info.Size() == d.size && info.ModTime().Equal(d.mod) {
		return d.status
	}
	sum, err := ledger.Verify(d.path)
	st := local.LedgerStatus{OK: err == nil, Count: sum.Entries}
	if err != nil {
		st.Error = err.Error()
	} else if d.book == nil {
		st = local.LedgerStatus{Count: sum.Entries, Error: "it could not be opened for writing, so nothing is sent: see the service's log"}
	}
	if info != nil {
		d.size, d.mod, d.status = info.Size(), info.ModTime(), st
	}
	return st
}
