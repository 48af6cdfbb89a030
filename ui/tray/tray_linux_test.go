package tray

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/ui/text"

	"github.com/godbus/dbus/v5"
)

const (
	itemPath = dbus.ObjectPath("/StatusNotifierItem")
	menuPath = dbus.ObjectPath("/StatusNotifierItem/menu")
	menuName = "com.canonical.dbusmenu"
)

// panel is a panel that shows icons, played by the test.
type panel struct {
	conn  *dbus.Conn
	items chan string // who registered an icon
}

func (p *panel) RegisterStatusNotifierItem(path string, from dbus.Sender) *dbus.Error {
	if path == string(itemPath) {
		p.items <- string(from)
	}
	return nil
}

func connect(t *testing.T, address string) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func startPanel(t *testing.T, address string) *panel {
	t.Helper()
	p := &panel{conn: connect(t, address), items: make(chan string, 4)}
	if err := p.conn.Export(p, "/StatusNotifierWatcher", watcher); err != nil {
		t.Fatal(err)
	}
	if r, err := p.conn.RequestName(watcher, dbus.NameFlagDoNotQueue); err != nil || r != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("taking the panel's name: %v %v", r, err)
	}
	return p
}

// registered waits for an icon to be registered and returns whose it is.
func (p *panel) registered(t *testing.T) string {
	t.Helper()
	select {
	case who := <-p.items:
		return who
	case <-time.After(patience):
		t.Fatal("no icon was registered")
		return ""
	}
}

// entry is an entry of a menu as the bus tells it.
type entry struct {
	id               int32
	visible, enabled bool
}

type layout struct {
	ID       int32
	Props    map[string]dbus.Variant
	Children []dbus.Variant
}

// menu reads the menu of an icon: its entries by their labels.
func (p *panel) menu(t *testing.T, who string) map[string]entry {
	t.Helper()
	var root layout
	for range 2 { // the library's first answer leaves out what is deeper
		var revision uint32
		err := p.conn.Object(who, menuPath).Call(menuName+".GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &root)
		if err != nil {
			t.Fatal(err)
		}
	}
	found := map[string]entry{}
	flatten(t, root, found)
	return found
}

func flatten(t *testing.T, l layout, into map[string]entry) {
	t.Helper()
	if label, ok := l.Props["label"].Value().(string); ok {
		e := entry{id: l.ID, visible: true}
		if v, ok := l.Props["visible"].Value().(bool); ok {
			e.visible = v
		}
		e.enabled, _ = l.Props["enabled"].Value().(bool)
		into[label] = e
	}
	for _, v := range l.Children {
		var c layout
		if err := dbus.Store([]any{v.Value()}, &c); err != nil {
			t.Fatal(err)
		}
		flatten(t, c, into)
	}
}

func (p *panel) click(t *testing.T, who, label string) {
	t.Helper()
	e, ok := p.menu(t, who)[label]
	if !ok || !e.visible || !e.enabled {
		t.Fatalf("%q can't be clicked: %+v", label, e)
	}
	err := p.conn.Object(who, menuPath).Call(menuName+".Event", 0, e.id, "clicked", dbus.MakeVariant(int32(0)), uint32(0)).Err
	if err != nil {
		t.Fatal(err)
	}
}

// until asks again after each signal of the icon, until ok.
func (p *panel) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	signals := make(chan *dbus.Signal, 64)
	p.conn.Signal(signals)
	defer p.conn.RemoveSignal(signals)
	for _, name := range []string{menuName, "org.kde.StatusNotifierItem"} {
		if err := p.conn.AddMatchSignal(dbus.WithMatchInterface(name)); err != nil {
			t.Fatal(err)
		}
	}
	deadline := time.After(patience)
	for !ok() {
		select {
		case <-signals:
		case <-deadline:
			t.Fatalf("%s did not come", what)
		}
	}
}

func (p *panel) property(t *testing.T, who, name string) any {
	t.Helper()
	v, err := p.conn.Object(who, itemPath).GetProperty("org.kde.StatusNotifierItem." + name)
	if err != nil {
		t.Fatal(err)
	}
	return v.Value()
}

// pixmap is the icon as the panel gets it.
func (p *panel) pixmap(t *testing.T, who string) []byte {
	t.Helper()
	var maps []struct {
		W, H int32
		Pix  []byte
	}
	if err := dbus.Store([]any{p.property(t, who, "IconPixmap")}, &maps); err != nil {
		t.Fatal(err)
	}
	if len(maps) != 1 || maps[0].W != size || maps[0].H != size || len(maps[0].Pix) != size*size*4 {
		t.Fatalf("the icon is %d pictures, want one of %d by %d", len(maps), size, size)
	}
	return maps[0].Pix
}

// argb is an icon's file in the form that the bus takes.
func argb(t *testing.T, i Icon) []byte {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(i.PNG()))
	if err != nil {
		t.Fatal(err)
	}
	var b []byte
	for y := range size {
		for x := range size {
			r, g, bl, a := m.At(x, y).RGBA()
			b = append(b, byte(a), byte(r), byte(g), byte(bl))
		}
	}
	return b
}

func TestIconAndMenuOnTheBus(t *testing.T) {
	p := startPanel(t, privateBus(t))
	s := startSession(t, nil)
	s.show(t, card.Tray{State: card.TrayWatching})
	who := p.registered(t)
	if got := p.property(t, who, "Title"); got != "Handrail" {
		t.Errorf("the icon is called %v", got)
	}
	if !bytes.Equal(p.pixmap(t, who), argb(t, Watching)) {
		t.Error("the icon does not say that Handrail watches")
	}
	menu := p.menu(t, who)
	if e := menu["Watching"]; !e.visible || e.enabled {
		t.Errorf("the line with the state is %+v, want one to read", e)
	}
	if e := menu["Resume"]; e.id == 0 || e.visible {
		t.Errorf("Resume is %+v, want it hidden", e)
	}
	for label, want := range map[string]card.TrayChoice{
		"What Handrail sees": card.ChooseCoverage, "What IT saw": card.ChooseLedger,
		"For 1 hour": card.ChoosePauseHour, "Until I resume": card.ChoosePause,
		"About Handrail 1.2.3": card.ChooseAbout,
	} {
		p.click(t, who, label)
		s.choice(t, want)
	}

	s.show(t, card.Tray{State: card.TrayPaused, Until: halfPastTwo, Past: past[3:4]})
	p.until(t, "the pause", func() bool { return p.menu(t, who)["Resume"].visible })
	if !bytes.Equal(p.pixmap(t, who), argb(t, Paused)) {
		t.Error("the icon does not say that Handrail is paused")
	}
	menu = p.menu(t, who)
	if e := menu["Pause for a presentation"]; e.visible {
		t.Error("a pause is offered in a pause")
	}
	if e := menu["bank details, a__tool: you closed it"]; !e.visible || e.enabled {
		t.Errorf("the past nudge is %+v in %v", e, menu)
	}
	p.click(t, who, "Resume")
	s.choice(t, card.ChooseResume)

	s.show(t, card.Tray{State: card.TrayBlind, Why: coverage.Wayland})
	p.until(t, "the blindness", func() bool { return bytes.Equal(p.pixmap(t, who), argb(t, Blind)) })
	s.close(t)
}

// A panel that comes after the session gets the icon, and so does the next one
// after it has gone.
func TestPanelThatComesLater(t *testing.T) {
	address := privateBus(t)
	monitor := monitorOf(t, address)
	s := startSession(t, nil)
	s.show(t, card.Tray{State: card.TrayBlind})
	// Nothing but this is asked while there is no panel. The bus tells the
	// monitor in order, so what stands before the panel's own message is all
	// that there was.
	monitor.until(t, "NameHasOwner", 1)
	s.show(t, card.Tray{State: card.TrayPaused})
	s.show(t, card.Tray{State: card.TrayWatching})

	p := startPanel(t, address)
	if asked, want := monitor.until(t, "RequestName", 1), []string{"Hello", "AddMatch", "NameHasOwner", "Hello"}; !slices.Equal(asked, want) {
		t.Errorf("without a panel the bus was asked %q, want %q, the last one by the panel", asked, want)
	}
	who := p.registered(t)
	monitor.until(t, "AddMatch", 2) // now it is told of other panels
	p.until(t, "the newest state", func() bool { return p.menu(t, who)["Watching"].visible })
	p.conn.Close()
	p = startPanel(t, address)
	if again := p.registered(t); again != who {
		t.Errorf("the next panel got the icon of %s, want %s", again, who)
	}
	s.close(t)
}

// monitor hears every call on the bus.
type monitor struct {
	mu    sync.Mutex // guards calls
	calls []string
	more  chan struct{}
}

func monitorOf(t *testing.T, address string) *monitor {
	t.Helper()
	conn := connect(t, address)
	err := conn.BusObject().Call("org.freedesktop.DBus.Monitoring.BecomeMonitor", 0, []string{"type='method_call'"}, uint32(0)).Err
	if err != nil {
		t.Fatal(err)
	}
	m := &monitor{more: make(chan struct{}, 1)}
	heard := make(chan *dbus.Message, 256)
	conn.Eavesdrop(heard)
	go func() {
		for msg := range heard {
			if msg.Type != dbus.TypeMethodCall {
				continue // the bus says that a monitor has no name any more
			}
			name, _ := msg.Headers[dbus.FieldMember].Value().(string)
			m.mu.Lock()
			m.calls = append(m.calls, name)
			m.mu.Unlock()
			select {
			case m.more <- struct{}{}:
			default:
			}
		}
	}()
	return m
}

// until waits for the nth call of that name, and returns the names of those
// before the first.
func (m *monitor) until(t *testing.T, name string, nth int) []string {
	t.Helper()
	deadline := time.After(patience)
	for {
		m.mu.Lock()
		at, n := slices.Index(m.calls, name), 0
		before := slices.Clone(m.calls[:max(at, 0)])
		for _, c := range m.calls {
			if c == name {
				n++
			}
		}
		m.mu.Unlock()
		if n >= nth {
			return before
		}
		select {
		case <-m.more:
		case <-deadline:
			t.Fatalf("nobody called %s", name)
		}
	}
}

func TestWithoutABusThereIsNoIcon(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/none")
	var log bytes.Buffer
	tray := New("1.2.3", text.Printer{}, slog.New(slog.NewTextHandler(&log, nil)))
	for range 3 {
		tray.Show(card.Tray{State: card.TrayWatching}) // blocks nobody
	}
	<-tray.done
	if err := tray.Close(); err != nil {
		t.Error(err)
	}
	if n := strings.Count(log.String(), "\n"); n != 1 || !strings.Contains(log.String(), "there is no icon in the panel") {
		t.Errorf("said in %d lines, want one:\n%s", n, log.String())
	}
}

func TestCloseWhileThereIsNoPanel(t *testing.T) {
	privateBus(t)
	var log bytes.Buffer
	tray := New("1.2.3", text.Printer{}, slog.New(slog.NewTextHandler(&log, nil)))
	if err := tray.Close(); err != nil {
		t.Error(err)
	}
	if log.Len() > 0 {
		t.Errorf("an end is no news: %s", log.String())
	}
}

func TestWaitForHostEnds(t *testing.T) {
	privateBus(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := waitForHost(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}
