//go:build unix

package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"handrail/agent/report"
)

// A real process, killed with -9 at several points of closing a batch: what it
// acknowledged is in the inbox or in the figures, once, and never in both.
func TestKilledWhileClosing(t *testing.T) {
	if path := os.Getenv("STORE_KILL"); path != "" {
		s, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			body, _ := newReport(t, week48)
			put(t, s, week48, body)
			fmt.Println("put")
		}
		err = s.CloseBatch(context.Background(), week48, func(bodies [][]byte, _ int) Outcome {
			fmt.Println("deciding")
			return Publish(Published{Batch: week48, Reports: len(bodies), Active: 30})
		})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("closed")
		select {}
	}
	// "put" ends before closing, "deciding" somewhere in the transaction or
	// while the log is cut, "closed" after it.
	for _, at := range []string{"put", "deciding", "deciding", "deciding", "deciding", "deciding", "deciding", "closed"} {
		path := filepath.Join(t.TempDir(), "fleet.db")
		cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), "STORE_KILL="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		acked, closed, reached := 0, false, false
		for lines := bufio.NewScanner(out); lines.Scan(); {
			line := strings.TrimSpace(lines.Text())
			switch line {
			case "put":
				acked++
			case "closed":
				closed = true
			}
			if line == at {
				reached = true
				_ = cmd.Process.Kill() // what it prints until then counts as well
			}
		}
		_ = cmd.Wait()
		if !reached {
			t.Fatalf("the child never came to %q", at)
		}
		check(t, path, acked, closed)
	}
}

func check(t *testing.T, path string, acked int, closed bool) {
	t.Helper()
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	in, err := s.Inbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Published(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	waiting, counted := 0, 0
	for _, b := range in {
		waiting += b.Reports
	}
	for _, b := range p {
		counted += b.Reports
	}
	if waiting > 0 && counted > 0 || waiting+counted < acked || closed && (counted != 20 || waiting != 0) {
		t.Fatalf("%d acknowledged, closed %v: %d wait, %d are counted", acked, closed, waiting, counted)
	}
	if i, err := os.Stat(path + "-wal"); err == nil && i.Size() != 0 {
		t.Errorf("after opening it again the log has %d bytes", i.Size())
	}
	// And closing goes on where it was: once.
	err = s.CloseBatch(t.Context(), week48, func(bodies [][]byte, _ int) Outcome {
		return Publish(Published{Batch: week48, Reports: len(bodies), Active: 30})
	})
	if counted > 0 && !errors.Is(err, ErrClosed) || counted == 0 && err != nil {
		t.Fatalf("closing again: %v", err)
	}
	if p, err = s.Published(t.Context(), 10); err != nil || len(p) != 1 || p[0].Reports < acked {
		t.Fatalf("in the end: %+v, %v, %d acknowledged", p, err, acked)
	}
	if _, err := s.PutReport(t.Context(), week48, report.ID(strings.Repeat("0", 64)), nil); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
}
