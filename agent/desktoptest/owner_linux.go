package desktoptest

import (
	"context"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// Clip is what an Owner offers, and how it behaves. Several kinds may be
// offered at once, as real programs do.
type Clip struct {
	Primary bool // own PRIMARY instead of CLIPBOARD

	Text  []byte // offered as UTF8_STRING and text/plain;charset=utf-8
	Latin []byte // offered as STRING
	Image []byte // offered as image/png
	Files []byte // offered as text/uri-list
	HTML  []byte // offered as text/html
	// Concealed offers x-kde-passwordManagerHint as well, as password managers
	// do. Marker, if not empty, is offered instead of it.
	Concealed bool
	Marker    string

	// Chunk sends whatever is longer piece by piece (INCR). 64 KiB if 0.
	Chunk int
	// Whole sends everything in one piece, whatever its length.
	Whole bool
	// Silent never answers; SilentText answers what is on offer, then nothing.
	Silent, SilentText bool
	// DieAfter ends the owner after that many pieces of an INCR transfer.
	DieAfter int
}

// Owner owns a selection from the test's process, on a connection of its own,
// so that it can die like a program does.
type Owner struct {
	conn      *xgb.Conn
	win       xproto.Window
	selection xproto.Atom
	clip      Clip
	offers    map[xproto.Atom][]byte
	atoms     map[string]xproto.Atom
	max       int // bytes that fit into one request

	gone    chan struct{}
	mu      sync.Mutex
	asked   map[string]int
	done    int // INCR transfers that were taken to their end
	names   map[xproto.Atom]string
	changed chan struct{}
}

// transfer is one INCR transfer under way.
type transfer struct {
	to       xproto.Window
	property xproto.Atom
	typ      xproto.Atom
	rest     []byte
	sent     int
	ended    bool // the empty piece is sent, and not yet taken
}

// Copy puts text on the clipboard.
func (d *Desktop) Copy(t TB, text string) *Owner {
	t.Helper()
	return d.Own(t, Clip{Text: []byte(text)})
}

// Own takes a selection and answers for it until the test ends, Die is called
// or somebody else takes it. It returns when the X server has agreed.
func (d *Desktop) Own(t TB, c Clip) *Owner {
	t.Helper()
	conn, err := xgb.NewConnDisplay(d.Display)
	if err != nil {
		t.Fatalf("connecting to %s: %v", d.Display, err)
	}
	if c.Chunk == 0 {
		c.Chunk = 64 << 10
	}
	setup := xproto.Setup(conn)
	o := &Owner{conn: conn, clip: c, gone: make(chan struct{}), changed: make(chan struct{}),
		offers: map[xproto.Atom][]byte{}, atoms: map[string]xproto.Atom{},
		asked: map[string]int{}, names: map[xproto.Atom]string{},
		max: int(setup.MaximumRequestLength)*4 - 64}
	for _, name := range []string{"CLIPBOARD", "PRIMARY", "TARGETS", "INCR", "ATOM", "UTF8_STRING", "STRING",
		"text/plain;charset=utf-8", "image/png", "text/uri-list", "text/html", "x-kde-passwordManagerHint", c.Marker} {
		if name == "" {
			continue
		}
		a, err := intern(conn, name)
		if err != nil {
			t.Fatal(err)
		}
		o.atoms[name], o.names[a] = a, name
	}
	if c.Text != nil {
		o.offers[o.atoms["UTF8_STRING"]] = c.Text
		o.offers[o.atoms["text/plain;charset=utf-8"]] = c.Text
	}
	for name, b := range map[string][]byte{"STRING": c.Latin, "image/png": c.Image, "text/uri-list": c.Files, "text/html": c.HTML} {
		if b != nil {
			o.offers[o.atoms[name]] = b
		}
	}
	if c.Marker != "" {
		o.offers[o.atoms[c.Marker]] = []byte("1")
	} else if c.Concealed {
		o.offers[o.atoms["x-kde-passwordManagerHint"]] = []byte("secret")
	}
	o.selection = o.atoms["CLIPBOARD"]
	if c.Primary {
		o.selection = o.atoms["PRIMARY"]
	}
	if o.win, err = xproto.NewWindowId(conn); err != nil {
		t.Fatal(err)
	}
	if err := xproto.CreateWindowChecked(conn, 0, o.win, setup.DefaultScreen(conn).Root, -1, -1, 1, 1, 0,
		xproto.WindowClassInputOnly, 0, 0, nil).Check(); err != nil {
		t.Fatal(err)
	}
	go o.serve()
	t.Cleanup(o.Die)
	o.Again(t)
	return o
}

// Again takes the selection once more, as a program does at each copy.
func (o *Owner) Again(t TB) {
	t.Helper()
	xproto.SetSelectionOwner(o.conn, o.win, o.selection, xproto.TimeCurrentTime)
	r, err := xproto.GetSelectionOwner(o.conn, o.selection).Reply()
	if err != nil || r.Owner != o.win {
		t.Fatalf("taking the selection: owner %v, %v", r, err)
	}
}

// Die closes the owner's connection, as when its program ends.
func (o *Owner) Die() {
	o.conn.Close()
	<-o.gone
}

// Window is the window that owns the selection.
func (o *Owner) Window() uint32 { return uint32(o.win) }

// Asked returns how often a target, such as "UTF8_STRING", was asked for.
func (o *Owner) Asked(target string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.asked[target]
}

// WaitAsked waits until a target has been asked for.
func (o *Owner) WaitAsked(t TB, target string) {
	t.Helper()
	o.wait(t, "a request for "+target, func() bool { return o.asked[target] > 0 })
}

// WaitDone waits until a transfer piece by piece was taken to its end.
func (o *Owner) WaitDone(t TB) {
	t.Helper()
	o.wait(t, "the end of a transfer", func() bool { return o.done > 0 })
}

func (o *Owner) wait(t TB, what string, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	for {
		o.mu.Lock()
		done, changed := ok(), o.changed
		o.mu.Unlock()
		if done {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			t.Fatalf("the selection's owner waited in vain for %s", what)
		}
	}
}

func (o *Owner) note(what func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	what()
	close(o.changed)
	o.changed = make(chan struct{})
}

func (o *Owner) serve() {
	defer close(o.gone)
	var under []*transfer
	for {
		ev, xerr := o.conn.WaitForEvent()
		if ev == nil && xerr == nil {
			return
		}
		switch e := ev.(type) {
		case xproto.SelectionRequestEvent:
			if t := o.answer(e); t != nil {
				under = append(under, t)
			}
		case xproto.PropertyNotifyEvent:
			if e.State != xproto.PropertyDelete {
				continue
			}
			for i, t := range under {
				if t.to == e.Window && t.property == e.Atom {
					if o.next(t) {
						under = append(under[:i], under[i+1:]...)
					}
					break
				}
			}
		}
	}
}

// answer answers one request. It returns a transfer when the answer comes
// piece by piece.
func (o *Owner) answer(e xproto.SelectionRequestEvent) (t *transfer) {
	name := o.names[e.Target]
	defer o.note(func() { o.asked[name]++ })
	property := e.Property
	if property == 0 {
		property = e.Target
	}
	data, offered := o.offers[e.Target]
	switch {
	case o.clip.Silent || o.clip.SilentText && name != "TARGETS":
		return nil
	case name == "TARGETS":
		list := le32(uint32(e.Target))
		for a := range o.offers {
			list = append(list, le32(uint32(a))...)
		}
		xproto.ChangeProperty(o.conn, xproto.PropModeReplace, e.Requestor, property, xproto.AtomAtom, 32, uint32(len(list)/4), list)
	case !offered:
		property = 0
	case o.clip.Whole || len(data) <= o.clip.Chunk:
		o.put(e.Requestor, property, e.Target, xproto.PropModeReplace, data)
	default:
		xproto.ChangeWindowAttributes(o.conn, e.Requestor, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange})
		xproto.ChangeProperty(o.conn, xproto.PropModeReplace, e.Requestor, property, o.atoms["INCR"], 32, 1, le32(uint32(len(data))))
		t = &transfer{to: e.Requestor, property: property, typ: e.Target, rest: data}
	}
	answer := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: property}
	xproto.SendEvent(o.conn, false, e.Requestor, 0, string(answer.Bytes()))
	return t
}

// put writes a property, in as many requests as its length needs.
func (o *Owner) put(to xproto.Window, property, typ xproto.Atom, mode byte, data []byte) {
	for {
		n := min(len(data), o.max)
		xproto.ChangeProperty(o.conn, mode, to, property, typ, 8, uint32(n), data[:n])
		data, mode = data[n:], xproto.PropModeAppend
		if len(data) == 0 {
			return
		}
	}
}

// next sends the next piece, and reports whether there is no more to do.
func (o *Owner) next(t *transfer) bool {
	if o.clip.DieAfter > 0 && t.sent == o.clip.DieAfter {
		o.conn.Close()
		return true
	}
	if t.ended {
		o.note(func() { o.done++ })
		return true
	}
	n := min(len(t.rest), o.clip.Chunk)
	o.put(t.to, t.property, t.typ, xproto.PropModeReplace, t.rest[:n])
	t.rest = t.rest[n:]
	t.sent++
	t.ended = n == 0
	return false
}
