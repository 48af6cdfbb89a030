package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/desktoptest"
	"handrail/agent/session"
	"handrail/agent/window"
	"handrail/detect"
)

// How often each thing is measured.
const (
	copies     = 200
	warmNudges = 40
	coldNudges = 10
	scans      = 200
)

// think is the time between a switch and a copy, and between a copy and a
// switch. Nobody is quicker, and the session has long seen each by then: what is
// copied while an AI tool still has the keyboard is not meant for it.
const think = 200 * time.Millisecond

// bench measures Handrail on real parts and prints the figures beside their
// budgets. A budget that is missed is printed and is no error: the computer may
// be busy with something else. What can't be measured is one.
func bench(bin string) error {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return err
	}
	fmt.Printf("Handrail's figures, on an X server and a window manager of its own.\n%s\n\n", computer())
	return play(func(t desktoptest.TB) {
		b := &benchmark{story: &story{t: t, bin: bin, say: func(string, string) {}, perDay: many}}
		b.head()
		b.scan("64 KB", 64<<10, time.Millisecond)
		b.scan("1 MB", 1<<20, 15*time.Millisecond)
		b.sizes()
		b.start()
		b.useDesktop()
		b.copySeen()
		b.warm()
		b.idle()
		b.cold()
	})
}

// benchmark is a story without a browser, which prints a table.
type benchmark struct{ *story }

// computer says what is measured on, and how busy it is otherwise.
func computer() string {
	load, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := strings.Cut(string(load), " ")
	model := "processor"
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			model = strings.TrimSpace(value)
			break
		}
	}
	return fmt.Sprintf("%d x %s, %s; load %s at the start: what else runs here makes the times longer.", runtime.NumCPU(), model, runtime.Version(), first)
}

const rowFormat = "%-46s %4s  %10s  %10s  %-16s %-5s %s\n"

func (b *benchmark) head() {
	fmt.Printf(rowFormat, "what", "n", "p50", "p95", "budget", "", "")
}

// times prints a row of durations; no limit means no budget in figures.
func (b *benchmark) times(what string, all []time.Duration, limit time.Duration, note string) {
	p50, p95 := quantile(all, 50), quantile(all, 95)
	budget, verdict := "", ""
	if limit > 0 {
		budget, verdict = "p95 <= "+millis(limit), judge(float64(p95), float64(limit))
	}
	fmt.Printf(rowFormat, what, fmt.Sprint(len(all)), millis(p50), millis(p95), budget, verdict, note)
}

// figure prints a row of one figure, which stands in the first column.
func (b *benchmark) figure(what, value, budget, verdict, note string) {
	fmt.Printf(rowFormat, what, "", value, "", budget, verdict, note)
}

func judge(value, limit float64) string {
	if value <= limit {
		return "ok"
	}
	return "over"
}

// quantile returns the smallest value that at least so many percent of all
// values do not exceed (nearest rank); zero for none.
func quantile(all []time.Duration, percent int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	rank := (len(all)*percent + 99) / 100
	return slices.Sorted(slices.Values(all))[max(rank, 1)-1]
}

func millis(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms >= 10, ms == float64(int(ms)):
		return fmt.Sprintf("%.0f ms", ms)
	case ms >= 1:
		return fmt.Sprintf("%.1f ms", ms)
	default:
		return fmt.Sprintf("%.2f ms", ms)
	}
}

// scan measures detect.Scan on a text of that size.
func (b *benchmark) scan(size string, n int, limit time.Duration) {
	text := mixedText(n)
	all := make([]time.Duration, scans)
	found := 0
	for i := range all {
		began := time.Now()
		found = len(detect.Scan(text).Findings)
		all[i] = time.Since(began)
	}
	if found == 0 {
		b.t.Fatalf("nothing was found in a text that holds secrets")
	}
	speed := float64(n) / quantile(all, 50).Seconds() / 1e6
	b.times("scan "+size+" of mixed text", all, limit, fmt.Sprintf("%.0f MB/s, %d findings", speed, found))
}

// mixedText makes n bytes of what people paste: prose, and between it a
// customer table and now and then something that is secret.
func mixedText(n int) []byte {
	const prose = "Thanks for the call this morning. We agreed that the second pallet goes out on Tuesday, " +
		"that the invoice follows by the end of the month and that nobody needs to be on site before ten. " +
		"If the weather stays like this the driver will take the coast road; see https://example.com/routes?id=42.\n"
	var text strings.Builder
	for i := 0; text.Len() < n; i++ {
		text.WriteString(strings.Repeat(prose, 4))
		switch i % 8 {
		case 2:
			text.WriteString(customers())
		case 5:
			text.WriteString("Refund to card 4716 2580 5997 0930, or to DE75 5121 0800 1245 1261 99.\n")
		case 7:
			text.WriteString("DATABASE_URL=postgres://crm:" + "S72tGL6fUMtg" + "@10.2.3.4/crm\n")
		}
	}
	return []byte(text.String()[:n])
}

// sizes prints how big the programs are.
func (b *benchmark) sizes() {
	for _, name := range []string{"handrail", "handrail-ui"} {
		info, err := os.Stat(filepath.Join(b.bin, name))
		if err != nil {
			b.t.Fatalf("the programs are not built: %v: run make build", err)
		}
		b.figure("size of "+name, fmt.Sprintf("%.1f MB", float64(info.Size())/1e6), "", "", "")
	}
}

// useDesktop makes this process part of the story's desktop, for the parts that
// are measured inside of it.
func (b *benchmark) useDesktop() {
	for _, name := range []string{"WAYLAND_DISPLAY", "XAUTHORITY"} {
		os.Unsetenv(name)
	}
	for _, kv := range b.d.Env() {
		name, value, _ := strings.Cut(kv, "=")
		os.Setenv(name, value)
	}
}

// copySeen measures from a program's request to own the clipboard until the
// sensor's receiver has the change. Two owners take turns, as when somebody
// copies in two programs: the sensor asks who each is.
func (b *benchmark) copySeen() {
	t := b.t
	w, err := clip.Open()
	if err != nil {
		t.Fatalf("watching the clipboard: %v", err)
	}
	defer w.Close()
	seen := make(chan time.Time, 1)
	go func() {
		defer close(seen)
		for c := range w.Changes() {
			if c.Selection == clip.Clipboard && !c.At.IsZero() {
				seen <- time.Now()
			}
		}
	}()
	wait := func() time.Time {
		select {
		case at, open := <-seen:
			if open {
				return at
			}
		case <-time.After(desktoptest.Patience):
		}
		t.Fatalf("a copy was not seen: %v", w.Err())
		return time.Time{}
	}
	var owners [2]*desktoptest.Owner
	for i := range owners {
		owners[i] = b.d.Copy(t, "The second pallet goes out on Tuesday.")
		wait()
	}
	all := make([]time.Duration, copies)
	for i := range all {
		began := time.Now()
		owners[i%2].Again(t)
		all[i] = wait().Sub(began)
	}
	b.times("copy -> seen", all, 0, "by event, never by asking")
	for _, o := range owners {
		o.Die()
	}
}

// warm measures the session that runs: from the X server's word that the AI
// tool has the keyboard until the server has mapped the nudge. The tool is a
// plain window that looks like a browser's to others, so that no browser's own
// time is in it.
func (b *benchmark) warm() {
	t := b.t
	chat := b.d.Window(t, desktoptest.WindowOptions{Title: "DeepSeek - Chromium", Class: "Chromium"})
	editor := b.d.Window(t, desktoptest.WindowOptions{Title: "Customers", Class: "Editor"})
	editor.Focus(t)
	time.Sleep(think)
	owner := b.d.Copy(t, customers())
	focused := watchActive(t, b.d.Display, chat.ID)
	all := make([]time.Duration, warmNudges)
	for i := range all {
		time.Sleep(think)
		owner.Again(t)
		time.Sleep(think)
		chat.Focus(t)
		began := receive(t, focused, "the AI tool did not get the keyboard")
		all[i] = b.nudge().at.Sub(began)
		b.dismiss()
		b.gone()
		editor.Focus(t)
	}
	b.times("AI tool has the keyboard -> nudge, warm", all, 100*time.Millisecond, "")
}

// dismiss answers the nudge that is up as Esc does.
func (b *benchmark) dismiss() {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), desktoptest.Patience)
	defer cancel()
	err := b.client.Do(ctx, http.MethodPost, "/v1/answer", session.AnswerRequest{Answer: card.Dismiss}, nil)
	if err != nil {
		b.t.Fatalf("answering the nudge: %v\n%s", err, b.logs)
	}
}

// cold measures a window process that is started for one nudge: from its start
// until the X server has mapped the nudge, and how much of that it computed.
func (b *benchmark) cold() {
	t := b.t
	all, cpu := make([]time.Duration, coldNudges), make([]time.Duration, coldNudges)
	for i := range all {
		ctx, cancel := context.WithCancel(context.Background())
		began := time.Now()
		w, err := window.Start(ctx, window.Options{Path: filepath.Join(b.bin, "handrail-ui"), Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			cancel()
			t.Fatalf("starting handrail-ui: %v", err)
		}
		err = w.Show(card.Card{ID: 1, Tool: "DeepSeek", Domain: chatHost, Class: detect.ClassContacts, Count: 14,
			Because: "Our customers have not agreed that their details go to this tool.", Instead: "Microsoft 365 Copilot"})
		if err != nil {
			cancel()
			t.Fatalf("showing a nudge: %v", err)
		}
		all[i] = b.nudge().at.Sub(began)
		used, err := usageOf(w.PID())
		if err != nil {
			cancel()
			t.Fatalf("measuring: %v", err)
		}
		cpu[i] = used.cpu
		err = w.Close()
		cancel()
		if err != nil {
			t.Fatalf("ending handrail-ui: %v", err)
		}
		b.gone()
	}
	b.times("process start -> nudge, cold", all, 500*time.Millisecond, "computing "+millis(quantile(cpu, 50))+" of it; the session keeps one warm")
}

// watchActive tells when a window becomes the active one, as the X server
// reports it.
func watchActive(t desktoptest.TB, display string, window uint32) <-chan time.Time {
	t.Helper()
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatalf("connecting to %s: %v", display, err)
	}
	t.Cleanup(conn.Close)
	root := xproto.Setup(conn).DefaultScreen(conn).Root
	const name = "_NET_ACTIVE_WINDOW"
	atom, err := xproto.InternAtom(conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		t.Fatalf("watching the keyboard: %v", err)
	}
	err = xproto.ChangeWindowAttributesChecked(conn, root, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
	if err != nil {
		t.Fatalf("watching the keyboard: %v", err)
	}
	active := make(chan time.Time, 16)
	go func() {
		defer close(active)
		for was := false; ; {
			ev, xerr := conn.WaitForEvent()
			if ev == nil && xerr == nil {
				return
			}
			e, ok := ev.(xproto.PropertyNotifyEvent)
			if !ok || e.Atom != atom.Atom {
				continue
			}
			at := time.Now()
			p, err := xproto.GetProperty(conn, false, root, atom.Atom, xproto.AtomWindow, 0, 1).Reply()
			is := err == nil && len(p.Value) >= 4 && xgb.Get32(p.Value) == window
			if is && !was {
				active <- at
			}
			was = is
		}
	}()
	return active
}

func receive(t desktoptest.TB, from <-chan time.Time, otherwise string) time.Time {
	t.Helper()
	select {
	case at, open := <-from:
		if open {
			return at
		}
	case <-time.After(desktoptest.Patience):
	}
	t.Fatalf("%s", otherwise)
	return time.Time{}
}
