package session

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/asked"
	"handrail/agent/card"
	"handrail/agent/ledger"
	"handrail/agent/pulse"
	"handrail/agent/receipts"
	"handrail/agent/report"
)

var record = flag.String("record", "", "write what a session of this version, such as 0.1.0, leaves in its person's folder to testdata")

// TestFilesOfEarlierVersions opens what earlier versions have left in a person's
// folder: an upgrade loses nothing of it, and sets nothing aside. With a release,
// record its files ("go test ./agent/session -run Earlier -record 0.2.0") and
// leave those that are there as they are.
func TestFilesOfEarlierVersions(t *testing.T) {
	if *record != "" {
		recordFiles(t, filepath.Join("testdata", "files-"+*record))
	}
	versions, err := filepath.Glob(filepath.Join("testdata", "files-*"))
	if err != nil || len(versions) == 0 {
		t.Fatalf("no files of earlier versions: %v", err)
	}
	for _, from := range versions {
		t.Run(filepath.Base(from), func(t *testing.T) { opensFiles(t, from) })
	}
}

// recordFiles has a person use everything that keeps a file.
func recordFiles(t *testing.T, to string) {
	var left string
	run(t, func(t *testing.T, d *desk) {
		left = d.options.Paths.UserState
		d.copy("pay with " + cardNumber)
		d.chatgpt()
		if err := d.answer(card.NotSensitive); err != nil {
			t.Fatal(err)
		}
		if err := d.wants(aTool(t)); err != nil {
			t.Fatal(err)
		}
		if err := receipts.In(left).Add(time.Now(), report.Hiring, report.CheckedRead); err != nil {
			t.Fatal(err)
		}
		if err := NoteWelcome(left, true); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Hour) // into another batch; the report about the first is made
		d.elsewhere()
		d.copy("pay with " + strings.Join([]string{"4716", "2580", "5997", "0930"}, " "))
		d.chatgpt()
		if err := d.answer(card.Dismiss); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	copyFiles(t, left, to)
}

func opensFiles(t *testing.T, from string) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		state := d.options.Paths.UserState
		copyFiles(t, from, state)
		before, err := ledger.Verify(filepath.Join(from, ledger.Name))
		if err != nil || before.Entries < 2 {
			t.Fatalf("the recorded ledger has %d entries: %v", before.Entries, err)
		}
		time.Sleep(3 * time.Hour) // it was recorded in the two before
		stop := d.start()
		synctest.Wait()
		answered := slices.ContainsFunc(d.entries(ledger.Behaviour), func(x ledger.Entry) bool {
			r, err := report.Decode(x.Bytes)
			return err == nil && slices.ContainsFunc(r.Cells, func(c report.Cell) bool { return c.Answer == report.Dismissed })
		})
		if !answered {
			t.Error("what was counted and not reported yet is lost")
		}

		if s := d.status(); s.LastError != "" {
			t.Errorf("the session says %q", s.LastError)
		}
		if l, err := OpenLearned(state); err != nil || l.Len() != 1 {
			t.Errorf("the learned list: %v, %v", l, err)
		}
		d.copy("once more: pay with " + cardNumber)
		d.chatgpt()
		if n := d.status().Nudges; n != 0 {
			t.Errorf("%d nudges about what was called not sensitive", n)
		}
		if after, err := ledger.Verify(filepath.Join(state, ledger.Name)); err != nil || after.Entries < before.Entries {
			t.Errorf("the ledger has %d entries, it had %d: %v", after.Entries, before.Entries, err)
		}
		if all, err := asked.In(state).List(); err != nil || len(all) != 1 || all[0].Host != "newtool.ai" {
			t.Errorf("what was asked for: %+v, %v", all, err)
		}
		if all, err := receipts.In(state).List(); err != nil || len(all) != 1 || !all[0].Verify() {
			t.Errorf("the receipts: %+v, %v", all, err)
		}
		if b, err := pulse.Read(state); err != nil || b.Began == "" {
			t.Errorf("the weekly question: %+v, %v", b, err)
		}
		if w, err := ReadWelcome(state); err != nil || !w.GotIt {
			t.Errorf("the page about Handrail: %+v, %v", w, err)
		}
		stop()
		for name := range filesIn(t, state) {
			if strings.HasSuffix(name, ".damaged") {
				t.Errorf("%s was set aside", name)
			}
		}
	})
}

// filesIn is the content of each file below a folder but locks, by its path there.
func filesIn(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, f fs.DirEntry, err error) error {
		if err != nil || !f.Type().IsRegular() || f.Name() == "lock" || slices.Contains([]string{".lock", ".sock"}, filepath.Ext(path)) {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err == nil {
			files[name], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func copyFiles(t *testing.T, from, to string) {
	t.Helper()
	for name, content := range filesIn(t, from) {
		path := filepath.Join(to, name)
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			err = os.WriteFile(path, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
