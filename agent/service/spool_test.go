package service

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/agent/local"
)

const (
	anID    = "00112233445566778899aabbccddeeff"
	otherID = "ffeeddccbbaa99887766554433221100"
)

var me, you = local.Caller{UID: 1000}, local.Caller{UID: 1001}

func openSpool(t *testing.T) *Spool {
	t.Helper()
	s, err := OpenSpool(filepath.Join(t.TempDir(), "spool"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSpool(t *testing.T) {
	s := openSpool(t)
	body := []byte("sealed \x00 bytes")
	first, err := s.Put(me, anID, body)
	if err != nil || first.ID != anID || first.SHA256 != digest(body) || !first.Accepted || first.Delivered {
		t.Fatalf("%+v, %v", first, err)
	}
	if again, err := s.Put(me, anID, body); err != nil || again.SHA256 != first.SHA256 {
		t.Errorf("again: %+v, %v", again, err)
	}
	if _, err := s.Put(me, anID, []byte("other")); !errors.Is(err, local.ErrOtherBytes) {
		t.Errorf("other bytes: %v", err)
	}
	if _, err := s.Receipt(you, anID); !errors.Is(err, local.ErrUnknownReport) {
		t.Errorf("another account: %v", err)
	}
	if _, err := s.Put(you, anID, []byte("yours")); err != nil {
		t.Errorf("another account under the same id: %v", err)
	}
	names, err := s.Waiting()
	if err != nil || len(names) != 2 {
		t.Fatalf("%v, %v", names, err)
	}
	mine := name(me.UID, anID)
	if b, err := s.Read(mine); err != nil || string(b) != string(body) {
		t.Errorf("read: %q, %v", b, err)
	}
	if err := s.Delivered(mine, []byte("server's receipt")); err != nil {
		t.Fatal(err)
	}
	if err := s.Delivered(mine, nil); !errors.Is(err, local.ErrUnknownReport) {
		t.Errorf("delivered twice: %v", err)
	}
	s, err = OpenSpool(s.dir) // and all of it after a restart
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Receipt(me, anID)
	if err != nil || !r.Delivered || string(r.Server) != "server's receipt" || r.SHA256 != first.SHA256 {
		t.Errorf("receipt: %+v, %v", r, err)
	}
	if again, err := s.Put(me, anID, body); err != nil || !again.Delivered {
		t.Errorf("handed in after delivery: %+v, %v", again, err)
	}
	if _, err := s.Put(me, anID, []byte("other")); !errors.Is(err, local.ErrOtherBytes) {
		t.Errorf("other bytes after delivery: %v", err)
	}
	if names, _ := s.Waiting(); len(names) != 1 {
		t.Errorf("waiting: %v", names)
	}
}

func TestOneAccountCannotFillTheSpool(t *testing.T) {
	s := openSpool(t)
	now := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return now }
	n := 0
	hand := func(who local.Caller) error {
		n++
		_, err := s.Put(who, fmt.Sprintf("%032x", n), []byte("x"))
		return err
	}
	for range burst {
		if err := hand(me); err != nil {
			t.Fatal(err)
		}
	}
	if err := hand(me); !errors.Is(err, local.ErrBusy) {
		t.Errorf("over the limit: %v", err)
	}
	if err := hand(you); err != nil {
		t.Errorf("the other account: %v", err)
	}
	now = now.Add(refill)
	if err := hand(me); err != nil {
		t.Errorf("a moment later: %v", err)
	}
	if err := hand(me); !errors.Is(err, local.ErrBusy) {
		t.Errorf("at once again: %v", err)
	}
}

func TestOldReceiptsGo(t *testing.T) {
	s := openSpool(t)
	if _, err := s.Put(me, anID, []byte("x")); err != nil {
		t.Fatal(err)
	}
	n := name(me.UID, anID)
	if err := s.Delivered(n, nil); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-keepReceipt - time.Hour)
	if err := os.Chtimes(filepath.Join(s.dir, n+receiptExt), old, old); err != nil {
		t.Fatal(err)
	}
	s, err := OpenSpool(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Receipt(me, anID); !errors.Is(err, local.ErrUnknownReport) {
		t.Errorf("got %v", err)
	}
}

// Errors are logged on a device that has a name, and the server that has the
// report could work out its file's name: no error may hold it.
func TestNoErrorNamesAReport(t *testing.T) {
	for _, ext := range []string{waitingExt, receiptExt, refusedExt} {
		s, n := openSpool(t), name(me.UID, anID)
		if _, err := s.Put(me, anID, []byte("sealed")); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(s.dir, n+ext)
		_ = os.Remove(path)
		if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o700); err != nil {
			t.Fatal(err)
		}
		_, put := s.Put(me, anID, []byte("sealed"))
		_, got := s.Receipt(me, anID)
		_, read := s.Read(n)
		failed := false
		for _, err := range []error{put, got, read, s.SetAside(n), s.Delivered(n, nil)} {
			failed = failed || err != nil
			if err != nil && strings.Contains(err.Error(), n) {
				t.Errorf("with a folder as %s: %v", ext, err)
			}
		}
		if !failed {
			t.Errorf("with a folder as %s nothing failed", ext)
		}
	}
}
