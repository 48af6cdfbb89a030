package clip

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
	"handrail/agent/x11"
	"handrail/detect"
)

// desktop starts a desktop and a Watcher on it.
func desktop(t *testing.T) (*desktoptest.Desktop, *Watcher) {
	t.Helper()
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	return d, openHere(t)
}

func openHere(t *testing.T) *Watcher {
	t.Helper()
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

func patient(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), desktoptest.Patience)
	t.Cleanup(cancel)
	return ctx
}

// next waits for a change of a selection, or of any if it is 0, that ok likes.
func next(t testing.TB, w *Watcher, s Selection, ok func(Change) bool) Change {
	t.Helper()
	ctx := patient(t)
	for {
		select {
		case c, open := <-w.Changes():
			if !open {
				t.Fatalf("changes are closed: %v", w.Err())
			}
			if (s == 0 || c.Selection == s) && (ok == nil || ok(c)) {
				return c
			}
		case <-ctx.Done():
			t.Fatal("no change was seen")
		}
	}
}

func TestReadsWhatIsThere(t *testing.T) {
	d, w := desktop(t)
	big := bytes.Repeat([]byte("0123456789abcdef"), 1<<16) // 1 MiB
	invalid := []byte("caf\xe9 \xff\xfe \xc3\x28 end")
	rows := []struct {
		name string
		clip desktoptest.Clip
		kind Kind
		text []byte
		part bool
	}{
		{name: "short", clip: desktoptest.Clip{Text: []byte("grüße")}, kind: Text, text: []byte("grüße")},
		{name: "empty text", clip: desktoptest.Clip{Text: []byte{}}, kind: Text, text: []byte{}},
		{name: "in one piece", clip: desktoptest.Clip{Text: big, Whole: true}, kind: Text, text: big},
		{name: "piece by piece", clip: desktoptest.Clip{Text: big}, kind: Text, text: big},
		{name: "odd pieces", clip: desktoptest.Clip{Text: big[:100_001], Chunk: 977}, kind: Text, text: big[:100_001]},
		{name: "invalid UTF-8 as it is", clip: desktoptest.Clip{Text: invalid}, kind: Text, text: invalid},
		{name: "latin-1", clip: desktoptest.Clip{Latin: []byte("caf\xe9")}, kind: Text, text: []byte("café")},
		{name: "UTF-8 before latin-1", clip: desktoptest.Clip{Text: []byte("é"), Latin: []byte("\xe9")}, kind: Text, text: []byte("é")},
		{name: "text and picture", clip: desktoptest.Clip{Text: []byte("cells"), Image: []byte("png")}, kind: Text, text: []byte("cells")},
		{name: "files with their names", clip: desktoptest.Clip{Text: []byte("/a/b"), Files: []byte("file:///a/b")}, kind: Text, text: []byte("/a/b")},
		{name: "50 MB piece by piece", clip: desktoptest.Clip{Text: bytes.Repeat(big, 50)}, kind: Text, text: bytes.Repeat(big, 4), part: true},
		{name: "10 MB in one piece", clip: desktoptest.Clip{Text: bytes.Repeat(big, 10), Whole: true}, kind: Text, text: bytes.Repeat(big, 4), part: true},
		{name: "exactly the most", clip: desktoptest.Clip{Text: bytes.Repeat(big, 4)}, kind: Text, text: bytes.Repeat(big, 4)},
		{name: "latin-1 that grows too long", clip: desktoptest.Clip{Latin: bytes.Repeat([]byte{0xe9}, detect.MaxText)}, kind: Text, text: bytes.Repeat([]byte("é"), detect.MaxText/2), part: true},
	}
	reads := uint64(0)
	for _, r := range rows {
		for _, s := range []Selection{Clipboard, Primary} {
			if s == Primary && len(r.text) >= detect.MaxText {
				continue // once is enough
			}
			t.Run(r.name+" "+s.String(), func(t *testing.T) {
				r.clip.Primary = s == Primary
				o := d.Own(t, r.clip)
				change := next(t, w, s, func(c Change) bool { return c.OwnerPID != 0 })
				if change.OwnerPID != os.Getpid() {
					t.Errorf("owner %d, want this process, %d", change.OwnerPID, os.Getpid())
				}
				c, err := w.Read(patient(t), s, change.Seq)
				if err != nil {
					t.Fatal(err)
				}
				if c.Kind != r.kind || c.Partial != r.part {
					t.Errorf("got %v, partial %v; want %v, %v", c.Kind, c.Partial, r.kind, r.part)
				}
				if !bytes.Equal(c.Text.Bytes(), r.text) {
					t.Errorf("got %d bytes, want %d that differ", c.Text.Len(), len(r.text))
				}
				c.Text.Wipe()
				if r.part && !r.clip.Whole {
					o.WaitDone(t) // the owner got rid of all of it
				}
				o.Die()
				if reads++; w.Reads() != reads {
					t.Errorf("%d texts were asked for, want %d", w.Reads(), reads)
				}
			})
		}
	}
}

func TestWhatIsNotTextIsNotRead(t *testing.T) {
	d, w := desktop(t)
	text := []byte("not to be read")
	rows := []struct {
		name string
		clip desktoptest.Clip
		want Kind
	}{
		{"password manager", desktoptest.Clip{Text: text, Concealed: true}, Concealed},
		{"concealed picture", desktoptest.Clip{Image: text, Concealed: true}, Concealed},
		{"picture", desktoptest.Clip{Image: text}, Image},
		{"picture of a web page", desktoptest.Clip{Image: text, HTML: text}, Image},
		{"files", desktoptest.Clip{Files: text}, Files},
		{"only HTML", desktoptest.Clip{HTML: text}, Other},
		{"nothing", desktoptest.Clip{}, Other},
	}
	for _, m := range concealedNames {
		rows = append(rows, struct {
			name string
			clip desktoptest.Clip
			want Kind
		}{m, desktoptest.Clip{Text: text, Marker: m}, Concealed})
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			o := d.Own(t, r.clip)
			change := next(t, w, Clipboard, func(c Change) bool { return c.OwnerPID != 0 })
			c, err := w.Read(patient(t), Clipboard, change.Seq)
			if err != nil || c.Kind != r.want || c.Text != nil {
				t.Errorf("got %v, text %v, %v; want %v and no text", c.Kind, c.Text != nil, err, r.want)
			}
			o.Die()
			for _, target := range []string{"UTF8_STRING", "text/plain;charset=utf-8", "image/png", "text/uri-list", "text/html", r.clip.Marker} {
				if n := o.Asked(target); n != 0 {
					t.Errorf("%s was asked for %d times", target, n)
				}
			}
			if o.Asked("TARGETS") != 1 {
				t.Errorf("the kinds were asked for %d times, want once", o.Asked("TARGETS"))
			}
		})
	}
	if w.Reads() != 0 {
		t.Errorf("%d texts were asked for, want none", w.Reads())
	}
}

// Watching makes no request at all: whatever others copy, and however often.
func TestWatchingAsksNothing(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	p := d.Proxy(t)
	t.Setenv("DISPLAY", p.Display)
	w := openHere(t)
	clipboard, primary := d.Copy(t, "x"), d.Own(t, desktoptest.Clip{Text: []byte("marked"), Primary: true})
	// latest takes changes until both selections have got so far.
	latest := func(c, p uint64) (seen [selections]Change) {
		for seen[Clipboard].Seq < c || seen[Primary].Seq < p {
			change := next(t, w, 0, nil)
			seen[change.Selection] = change
		}
		return seen
	}
	latest(1, 1)
	before := p.Sent()
	for range 500 {
		primary.Again(t)
	}
	for range 200 {
		clipboard.Again(t)
	}
	// Whoever was away meanwhile gets the latest.
	got := latest(201, 501)
	for s, c := range got[:proof] {
		if s != 0 && (c.Seq != []uint64{0, 201, 501}[s] || c.At.IsZero() || c.OwnerPID != os.Getpid()) {
			t.Errorf("%v: %+v", Selection(s), c)
		}
	}
	if sent := p.Sent() - before; sent != 0 {
		t.Errorf("watching sent %d bytes to the X server, want none", sent)
	}
	if n := clipboard.Asked("TARGETS") + primary.Asked("TARGETS"); n != 0 || w.Reads() != 0 {
		t.Errorf("the owners were asked %d times, want never", n)
	}
}

func TestSlowReceiverGetsTheLatest(t *testing.T) {
	d, w := desktop(t)
	var last *desktoptest.Owner
	for range 200 {
		last = d.Copy(t, "copy")
		if last.Asked("TARGETS") != 0 {
			t.Fatal("asked without being told to")
		}
		t.Cleanup(last.Die)
	}
	seen := 0
	c := next(t, w, Clipboard, func(c Change) bool { seen++; return c.Seq == 200 })
	if seen > 3 { // the one that lay ready, and what came while it was taken
		t.Errorf("%d changes were delivered to somebody who was away", seen)
	}
	if content, err := w.Read(patient(t), Clipboard, c.Seq); err != nil || string(content.Text.Bytes()) != "copy" {
		t.Errorf("reading the last: %v, %v", content.Kind, err)
	}
}

func TestClipThatWasThereBefore(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	d.Copy(t, "old")
	w := openHere(t)
	c := next(t, w, Clipboard, nil)
	if !c.At.IsZero() || c.Seq != 1 || c.OwnerPID != os.Getpid() {
		t.Errorf("got %+v, want a first change without a time", c)
	}
	if content, err := w.Read(patient(t), Clipboard, c.Seq); err != nil || string(content.Text.Bytes()) != "old" {
		t.Errorf("reading it: %v, %v", content.Kind, err)
	}
}

func TestOwnerThatNeverAnswers(t *testing.T) {
	d, w := desktop(t)
	for name, clip := range map[string]desktoptest.Clip{
		"at all":   {Text: []byte("x"), Silent: true},
		"for text": {Text: []byte("x"), SilentText: true},
	} {
		t.Run(name, func(t *testing.T) {
			o := d.Own(t, clip)
			c := next(t, w, Clipboard, func(c Change) bool { return c.OwnerPID != 0 })
			ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
			defer cancel()
			if content, err := w.Read(ctx, Clipboard, c.Seq); !errors.Is(err, ErrTimeout) || content.Text != nil {
				t.Errorf("got %v, %v; want ErrTimeout", content.Kind, err)
			}
			// Without a deadline there is one.
			if _, err := w.Read(context.Background(), Clipboard, c.Seq); !errors.Is(err, ErrTimeout) {
				t.Errorf("got %v, want ErrTimeout", err)
			}
			canceled, cancel := context.WithCancel(context.Background())
			cancel()
			if _, err := w.Read(canceled, Clipboard, c.Seq); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want canceled", err)
			}
			o.Die()
			// The next is read as if nothing had been.
			good := d.Copy(t, "fine")
			c = next(t, w, Clipboard, func(c Change) bool { return c.OwnerPID != 0 })
			if content, err := w.Read(patient(t), Clipboard, c.Seq); err != nil || string(content.Text.Bytes()) != "fine" {
				t.Errorf("reading the next: %v, %v", content.Kind, err)
			}
			good.Die()
		})
	}
}

func TestOwnerThatGoesAway(t *testing.T) {
	d, w := desktop(t)
	someone := func(c Change) bool { return c.OwnerPID != 0 }

	d.Own(t, desktoptest.Clip{Text: make([]byte, 1<<20), DieAfter: 3})
	c := next(t, w, Clipboard, someone)
	if _, err := w.Read(patient(t), Clipboard, c.Seq); !errors.Is(err, ErrGone) {
		t.Errorf("owner died between two pieces: %v, want ErrGone", err)
	}
	empty := next(t, w, Clipboard, nil)
	if content, err := w.Read(patient(t), Clipboard, empty.Seq); err != nil || content.Kind != Empty {
		t.Errorf("after that: %v, %v; want empty", content.Kind, err)
	}

	slow := d.Own(t, desktoptest.Clip{Text: []byte("x"), SilentText: true})
	c = next(t, w, Clipboard, someone)
	got := make(chan error)
	go func() {
		_, err := w.Read(patient(t), Clipboard, c.Seq)
		got <- err
	}()
	slow.WaitAsked(t, "UTF8_STRING")
	d.Copy(t, "newer")
	if err := <-got; !errors.Is(err, ErrGone) {
		t.Errorf("copied while reading: %v, want ErrGone", err)
	}
	if _, err := w.Read(patient(t), Clipboard, c.Seq); !errors.Is(err, ErrGone) {
		t.Errorf("reading an old change: %v, want ErrGone", err)
	}
}

func TestServerThatGoesAway(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	p := d.Proxy(t)
	t.Setenv("DISPLAY", p.Display)
	w := openHere(t)
	d.Copy(t, "x")
	c := next(t, w, Clipboard, nil)
	p.Close()
	for range w.Changes() {
	}
	if !errors.Is(w.Err(), x11.ErrGone) {
		t.Errorf("Err: %v, want x11.ErrGone", w.Err())
	}
	if _, err := w.Read(patient(t), Clipboard, c.Seq); !errors.Is(err, ErrClosed) {
		t.Errorf("Read: %v, want ErrClosed", err)
	}
	if _, err := Open(); !errors.As(err, new(*coverage.Unavailable)) {
		t.Errorf("Open: %v, want an Unavailable", err)
	}
}

func TestServerThatHangs(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	p := d.Proxy(t)
	t.Setenv("DISPLAY", p.Display)
	w := openHere(t)
	d.Copy(t, "x")
	c := next(t, w, Clipboard, nil)
	resume := p.Stall()
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := w.Read(ctx, Clipboard, c.Seq); !errors.Is(err, ErrTimeout) {
		t.Errorf("Read: %v, want ErrTimeout", err)
	}
	resume()
	if content, err := w.Read(patient(t), Clipboard, c.Seq); err != nil || string(content.Text.Bytes()) != "x" {
		t.Errorf("after it came back: %v, %v", content.Kind, err)
	}
}

func TestCloseOfAServerThatHangs(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	p := d.Proxy(t)
	t.Setenv("DISPLAY", p.Display)
	w := openHere(t)
	resume := p.Stall()
	t.Cleanup(resume)
	w.Close() // it returns
}

func TestCloseEndsEverything(t *testing.T) {
	d, w := desktop(t)
	slow := d.Own(t, desktoptest.Clip{Text: []byte("x"), Silent: true})
	c := next(t, w, Clipboard, nil)
	got := make(chan error)
	go func() {
		_, err := w.Read(patient(t), Clipboard, c.Seq)
		got <- err
	}()
	slow.WaitAsked(t, "TARGETS")
	w.Close()
	w.Close()
	if err := <-got; !errors.Is(err, ErrClosed) {
		t.Errorf("Read under way: %v, want ErrClosed", err)
	}
	if _, open := <-w.Changes(); open || w.Err() != nil {
		t.Errorf("changes open %v, err %v; want closed without one", open, w.Err())
	}
	// A goroutine that is done can be on its last step still.
	for ctx := patient(t); ; runtime.Gosched() {
		var left strings.Builder
		if err := pprof.Lookup("goroutine").WriteTo(&left, 1); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(left.String(), "(*x11Watcher)") && !strings.Contains(left.String(), "(*transfer)") {
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("something is still running:\n%s", left.String())
		}
	}
}

// A real program of others.
func TestXclip(t *testing.T) {
	d, w := desktop(t)
	desktoptest.Need(t, "xclip")
	copyBy := func(text string, args ...string) Change {
		t.Helper()
		cmd := d.Command(t, "xclip", append([]string{"-i", "-quiet"}, args...)...)
		cmd.Stdin = strings.NewReader(text)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return next(t, w, Clipboard, func(c Change) bool { return c.OwnerPID == cmd.Process.Pid })
	}
	big := strings.Repeat("0123456789abcdef", 20<<16) // 20 MiB
	c := copyBy(big, "-selection", "clipboard")
	content, err := w.Read(patient(t), Clipboard, c.Seq)
	if err != nil || !content.Partial || string(content.Text.Bytes()) != big[:detect.MaxText] {
		t.Fatalf("big clip: %v, partial %v, %d bytes, %v", content.Kind, content.Partial, content.Text.Len(), err)
	}
	// It sends to one reader at a time, and to nobody any more after a transfer
	// that was broken off; neither must come from us.
	again, err := w.Read(patient(t), Clipboard, c.Seq)
	if err != nil || !again.Partial {
		t.Fatalf("big clip again: %v, %v", again.Kind, err)
	}
	x := w.w.(*x11Watcher)
	x.mu.Lock()
	drained := x.state[Clipboard].draining
	x.mu.Unlock()
	<-drained
	cmd := d.Command(t, "xclip", "-o", "-selection", "clipboard")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, out); err != nil || n != int64(len(big)) {
		t.Errorf("after the read the person could paste %d bytes, want %d: %v", n, len(big), err)
	}

	c = copyBy("hunter2", "-selection", "clipboard", "-t", "x-kde-passwordManagerHint")
	if content, err := w.Read(patient(t), Clipboard, c.Seq); err != nil || content.Kind != Concealed {
		t.Errorf("concealed: %v, %v", content.Kind, err)
	}
	if w.Reads() != 2 {
		t.Errorf("%d texts were asked for, want 2", w.Reads())
	}
}

func TestWaylandIsBlind(t *testing.T) {
	t.Setenv("XDG_SESSION_TYPE", "wayland")
	t.Setenv("DISPLAY", ":0")
	_, err := Open()
	if u := new(coverage.Unavailable); !errors.As(err, &u) || u.Why != coverage.Wayland {
		t.Errorf("Open: %v, want an Unavailable because of Wayland", err)
	}
}

func FuzzParseReply(f *testing.F) {
	f.Add(make([]byte, 32))
	f.Add([]byte("\x01\x08\x00\x00\x02\x00\x00\x00\x1f\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00............helloxxx"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < 32 {
			return // the library never hands out less
		}
		r, err := parseReply(b)
		if err == nil && len(r.value) > len(b)-32 {
			t.Errorf("%d bytes out of %d", len(r.value), len(b))
		}
	})
}

func BenchmarkCopyToChange(b *testing.B) {
	d := desktoptest.Start(b, desktoptest.Options{})
	b.Setenv("DISPLAY", d.Display)
	b.Setenv("XDG_SESSION_TYPE", "x11")
	w, err := Open()
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	o := d.Copy(b, "x")
	next(b, w, Clipboard, nil)
	for b.Loop() {
		o.Again(b)
		next(b, w, Clipboard, nil)
	}
}

func BenchmarkRead(b *testing.B) {
	for name, n := range map[string]int{"1KB": 1 << 10, "1MB": 1 << 20} {
		b.Run(name, func(b *testing.B) {
			d := desktoptest.Start(b, desktoptest.Options{})
			b.Setenv("DISPLAY", d.Display)
			b.Setenv("XDG_SESSION_TYPE", "x11")
			w, err := Open()
			if err != nil {
				b.Fatal(err)
			}
			defer w.Close()
			d.Own(b, desktoptest.Clip{Text: bytes.Repeat([]byte("x"), n)})
			c := next(b, w, Clipboard, nil)
			b.SetBytes(int64(n))
			for b.Loop() {
				content, err := w.Read(context.Background(), Clipboard, c.Seq)
				if err != nil || content.Text.Len() != n {
					b.Fatal(content.Kind, err)
				}
				content.Text.Wipe()
			}
		})
	}
}
