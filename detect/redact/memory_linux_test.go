package redact

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"handrail/detect"
)

// canary is a card number that this process holds nowhere else: turned, so that a
// search doesn't find what it searches by.
type canary []byte

func newCanary() canary {
	rng := rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64()))
	c := canary(cardNumber(rng))
	for i := range c {
		c[i] = ^c[i]
	}
	return c
}

// write returns the number itself, in a buffer of the caller's to wipe.
func (c canary) write() []byte {
	b := make([]byte, len(c))
	for i := range c {
		b[i] = ^c[i]
	}
	return b
}

// in counts how often the number stands in b.
func (c canary) in(b []byte) (n int) {
	first := ^c[0]
	for at := 0; ; at++ {
		i := bytes.IndexByte(b[at:], first)
		if i < 0 || at+i+len(c) > len(b) {
			return n
		}
		at += i
		same := true
		for k := range c {
			same = same && b[at+k] == ^c[k]
		}
		if same {
			n++
		}
	}
}

// inHeap counts how often the number stands in objects of the heap that are
// alive, after two collections.
func (c canary) inHeap(t *testing.T) int {
	t.Helper()
	runtime.GC()
	runtime.GC()
	f, err := os.Create(filepath.Join(t.TempDir(), "heap"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	debug.WriteHeapDump(f.Fd())
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil || len(b) < 1<<16 {
		t.Fatalf("a heap dump of %d bytes: %v", len(b), err)
	}
	n := c.in(b)
	clear(b)
	return n
}

// inMemory counts how often the number stands in what a core dump of this process
// would hold, by mapping.
func (c canary) inMemory(t *testing.T) (found map[string]int, hidden int) {
	t.Helper()
	smaps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	mem, err := os.Open("/proc/self/mem")
	if err != nil {
		t.Fatal(err)
	}
	defer mem.Close()
	found = map[string]int{}
	var from, to int64
	name := ""
	buf := make([]byte, 4<<20)
	for line := range strings.Lines(string(smaps)) {
		var perms string
		var a, b int64
		if n, _ := fmt.Sscanf(line, "%x-%x %s", &a, &b, &perms); n == 3 {
			from, to = a, b
			fields := strings.Fields(line)
			name = perms + " " + strings.Join(fields[5:], " ")
			continue
		}
		if !strings.HasPrefix(line, "VmFlags:") || !strings.Contains(line, " wr ") {
			continue
		}
		for at := from; at < to; at += int64(len(buf) - len(c)) {
			n, _ := mem.ReadAt(buf[:min(int64(len(buf)), to-at)], at)
			hits := c.in(buf[:n])
			clear(buf[:n])
			if strings.Contains(line, " dd ") {
				hidden += hits
			} else if hits > 0 {
				found[name] += hits
			}
		}
	}
	return found, hidden
}

//go:noinline
func (c canary) makeSafe(t *testing.T, r *Redactor) (token string) {
	number := c.write()
	text := append(append([]byte("Please charge "), number...), " today.\n"...)
	defer clear(text)
	defer clear(number)
	safe := r.Tokenise(text, detect.Scan(text).Findings, Options{})
	token = tokenShape.FindString(string(safe.Text.Bytes()))
	if !safe.OK || token == "" {
		t.Fatalf("%+v", safe)
	}
	back := r.Restore(safe.Text.Bytes())
	if !bytes.Equal(back.Text.Bytes(), text) {
		t.Fatal("it came back as something else")
	}
	back.Text.Wipe()
	safe.Text.Wipe()
	return token
}

// The promise of Forget: the map's own pages are zero, and no object of the heap
// that is alive holds a value. Copies that a core dump would still hold, on
// stacks and in memory that the collector has freed, are printed and not hidden.
func TestForgetLeavesNothing(t *testing.T) {
	c := newCanary()
	control := c.write()
	if n := c.inHeap(t); n != 1 {
		t.Fatalf("the search finds %d of 1 copy on the heap", n)
	}
	clear(control)
	runtime.KeepAlive(control)

	r := New()
	token := c.makeSafe(t, r)
	var page []byte
	for _, e := range r.bySuffix {
		page = r.vault.Bytes(e.value)
	}
	if c.in(page) != 1 {
		t.Fatal("the vault does not hold the value")
	}
	_, hidden := c.inMemory(t)
	if hidden != 1 {
		t.Errorf("%d copies in pages that no core dump holds, want 1", hidden)
	}
	if n := c.inHeap(t); n != 0 {
		t.Errorf("while it is kept, %d live objects of the heap hold the value", n)
	}
	r.Forget()
	if !bytes.Equal(page, make([]byte, len(page))) {
		t.Error("the map's page is not zero after Forget")
	}
	if n := c.inHeap(t); n != 0 {
		t.Errorf("after Forget, %d live objects of the heap hold the value", n)
	}
	if back := r.Restore([]byte(token)); back.Found() {
		t.Error("the token still stands for something")
	}
	found, hidden := c.inMemory(t)
	t.Logf("after Forget: %d copies in the vault's pages, live heap objects 0, copies that a core dump would hold: %v", hidden, found)
	if hidden != 0 {
		t.Errorf("%d copies are left in hidden pages", hidden)
	}
	runtime.KeepAlive(r)
}
