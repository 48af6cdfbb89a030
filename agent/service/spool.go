package service

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"handrail/agent/durable"
	"handrail/agent/local"
)

// Limits of the spool. One report per account and batch is normal.
const (
	maxWaiting  = 4096                // reports that wait at the same time
	burst       = 64                  // new reports of one account at once
	refill      = 10 * time.Second    // and one more each such time
	keepReceipt = 90 * 24 * time.Hour // how long a delivered report's receipt can be asked for
)

const (
	waitingExt = ".report"
	receiptExt = ".receipt"
	refusedExt = ".refused"
)

// Spool keeps handed reports in a folder until they are sent, and then the
// server's receipts. It never looks inside a report.
//
// A report is about nobody, so nothing here says whose it is. A file is named
// by a digest over the account and the report's random id: who knows both can
// find it, which is the account's own session, and nobody can go from the file
// back to the account.
type Spool struct {
	dir string
	now func() time.Time

	mu       sync.Mutex // guards the files and accounts
	accounts map[int]*bucket
}

// bucket limits how fast one account can fill the disk. It is in memory only.
type bucket struct {
	left int
	from time.Time
}

// OpenSpool opens the folder, and makes it if need be. What a crash left half
// written was never acknowledged and is removed.
func OpenSpool(dir string) (*Spool, error) {
	s := &Spool{dir: dir, now: time.Now, accounts: map[int]*bucket{}}
	if err := durable.PrivateDir(dir); err != nil {
		return nil, fmt.Errorf("opening the spool %s: %w", dir, err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the spool: %w", err)
	}
	for _, f := range files {
		old := false
		if strings.HasSuffix(f.Name(), receiptExt) || strings.HasSuffix(f.Name(), refusedExt) {
			info, err := f.Info()
			old = err == nil && s.now().Sub(info.ModTime()) > keepReceipt
		}
		if n, ok := strings.CutSuffix(f.Name(), waitingExt); ok {
			for _, ext := range []string{receiptExt, refusedExt} {
				_, err := os.Stat(filepath.Join(dir, n+ext))
				old = old || err == nil // a crash came before the report was removed
			}
		}
		if old || strings.HasSuffix(f.Name(), ".new") {
			if err := os.Remove(filepath.Join(dir, f.Name())); err != nil {
				return nil, fmt.Errorf("tidying the spool: %w", err)
			}
		}
	}
	return s, nil
}

// name is that of a report in the spool, and its id towards the server.
func name(uid int, id string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "handrail spool 1\n%d\n%s\n", uid, id))
	return hex.EncodeToString(sum[:])
}

// Put stores a report durably and returns its receipt. The same report again
// gives the same receipt. Its errors wrap local.ErrOtherBytes, ErrBusy and
// ErrDiskFull; after any error nothing half written stays.
func (s *Spool) Put(who local.Caller, id string, body []byte) (local.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := name(who.UID, id)
	switch r, err := s.receipt(n, id); {
	case err == nil && r.SHA256 == digest(body):
		return r, nil
	case err == nil:
		return local.Receipt{}, fmt.Errorf("handing in a report: %w", local.ErrOtherBytes)
	case !errors.Is(err, local.ErrUnknownReport):
		return local.Receipt{}, err
	}
	waiting, err := s.waiting()
	if err != nil {
		return local.Receipt{}, err
	}
	if len(waiting) >= maxWaiting || !s.take(who.UID) {
		return local.Receipt{}, fmt.Errorf("handing in a report: %w: too many are waiting, try again later", local.ErrBusy)
	}
	if err := durable.Replace(filepath.Join(s.dir, n+waitingExt), body, 0o600); err != nil {
		if full(err) {
			return local.Receipt{}, fmt.Errorf("storing a report: %w: free some space on the disk of %s; the report stays with you until then", local.ErrDiskFull, s.dir)
		}
		return local.Receipt{}, fmt.Errorf("storing a report: %w", bare(err))
	}
	return local.Receipt{ID: id, SHA256: digest(body), Accepted: true}, nil
}

// take uses up one of the account's turns, and is false when it has none.
func (s *Spool) take(uid int) bool {
	b := s.accounts[uid]
	if b == nil {
		b = &bucket{left: burst, from: s.now()}
		s.accounts[uid] = b
	}
	if more := int(s.now().Sub(b.from) / refill); more > 0 {
		b.left = min(burst, b.left+more)
		b.from = b.from.Add(time.Duration(more) * refill)
	}
	if b.left <= 0 {
		return false
	}
	b.left--
	return true
}

// Receipt returns the receipt of a report that this account handed in, and an
// error that wraps local.ErrUnknownReport for any other.
func (s *Spool) Receipt(who local.Caller, id string) (local.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.receipt(name(who.UID, id), id)
}

// delivered is what a receipt's file holds.
type delivered struct {
	SHA256 string `json:"sha256"`
	Server []byte `json:"server"`
}

func (s *Spool) receipt(n, id string) (local.Receipt, error) {
	b, err := os.ReadFile(filepath.Join(s.dir, n+receiptExt))
	if err == nil {
		var d delivered
		if err := json.Unmarshal(b, &d); err != nil {
			return local.Receipt{}, fmt.Errorf("reading a receipt: %w", bare(err))
		}
		return local.Receipt{ID: id, SHA256: d.SHA256, Accepted: true, Delivered: true, Server: d.Server}, nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return local.Receipt{}, fmt.Errorf("reading a receipt: %w", bare(err))
	}
	b, err = s.read(n)
	if errors.Is(err, local.ErrUnknownReport) {
		if b, err := os.ReadFile(filepath.Join(s.dir, n+refusedExt)); err == nil {
			return local.Receipt{ID: id, SHA256: string(b), Accepted: true, Refused: true}, nil
		}
	}
	if err != nil {
		return local.Receipt{}, err
	}
	return local.Receipt{ID: id, SHA256: digest(b), Accepted: true}, nil
}

// Waiting returns the names of the reports that wait to be sent. Their order
// says nothing about when they came.
func (s *Spool) Waiting() ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.waiting()
}

func (s *Spool) waiting() ([]string, error) {
	files, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, fmt.Errorf("reading the spool: %w", bare(err))
	}
	var names []string
	done := map[string]bool{}
	for _, f := range files {
		for _, ext := range []string{receiptExt, refusedExt} {
			if n, ok := strings.CutSuffix(f.Name(), ext); ok {
				done[n] = true // a crash came before its report was removed
			}
		}
	}
	for _, f := range files {
		if n, ok := strings.CutSuffix(f.Name(), waitingExt); ok && !done[n] {
			names = append(names, n)
		}
	}
	return names, nil
}

// Read returns the bytes of a waiting report, exactly as they were handed in.
func (s *Spool) Read(name string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read(name)
}

func (s *Spool) read(name string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(s.dir, name+waitingExt))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("reading the spool: %w", local.ErrUnknownReport)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the spool: %w", bare(err))
	}
	return b, nil
}

// Delivered puts the server's receipt in the place of a report. The receipt is
// on the disk before the report goes, so a crash in between sends it again at
// worst, under the same name.
func (s *Spool) Delivered(name string, server []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, err := s.read(name)
	if err != nil {
		return err
	}
	b, err := json.Marshal(delivered{SHA256: digest(body), Server: bytes.Clone(server)})
	if err != nil {
		return fmt.Errorf("writing a receipt: %w", bare(err))
	}
	if err := durable.Replace(filepath.Join(s.dir, name+receiptExt), b, 0o600); err != nil {
		return fmt.Errorf("writing a receipt: %w", bare(err))
	}
	if err := durable.Remove(filepath.Join(s.dir, name+waitingExt)); err != nil {
		return fmt.Errorf("removing a delivered report: %w", bare(err))
	}
	return nil
}

// SetAside takes a report that the server will never take out of those that
// wait. Its digest stays, so that it is not handed in again; what it held is
// in its person's ledger only.
func (s *Spool) SetAside(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, err := s.read(name)
	if err != nil {
		return err
	}
	if err := durable.Replace(filepath.Join(s.dir, name+refusedExt), []byte(digest(body)), 0o600); err != nil {
		return fmt.Errorf("setting a report aside: %w", bare(err))
	}
	if err := durable.Remove(filepath.Join(s.dir, name+waitingExt)); err != nil {
		return fmt.Errorf("setting a report aside: %w", bare(err))
	}
	return nil
}

// bare is an error without the name of the file that it is about. Errors end up
// in the service's log, which names this device, and whoever has received the
// report could work the name out.
func bare(err error) error {
	if e := new(fs.PathError); errors.As(err, &e) {
		return e.Err
	}
	if e := new(os.LinkError); errors.As(err, &e) {
		return e.Err
	}
	return err
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
