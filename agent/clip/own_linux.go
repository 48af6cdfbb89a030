package clip

import (
	"fmt"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"handrail/agent/x11"
	"handrail/detect/secret"
)

// lastPieces is how long a program that has begun to take a long text piece by
// piece may go on after another program has taken the clipboard.
const lastPieces = 10 * time.Second

// maxSendings is how many long texts are under way at once; a program that asks
// for more is refused.
const maxSendings = 16

// x11Owner owns a selection (ICCCM 2), on a connection of its own: the sensor,
// which listens on another, sees this clip as it sees any.
// Everything but end is for one goroutine.
type x11Owner struct {
	conn  *x11.Conn
	win   xproto.Window
	text  *secret.Text
	since xproto.Timestamp // when the selection became ours
	ascii bool             // so that the text is the same as STRING, which is Latin-1
	atoms ownAtoms
	max   int // the bytes that fit into one request

	sendings map[spot]*sending
	lost     *time.Timer // set once another program has the selection
}

type ownAtoms struct {
	selection, targets, timestamp, multiple, pair, incr, utf8, plainUTF8, own xproto.Atom
}

// spot is where a requestor wants its answer.
type spot struct {
	win      xproto.Window
	property xproto.Atom
}

// sending is an answer that goes piece by piece (INCR, ICCCM 2.7.2).
type sending struct {
	typ  xproto.Atom
	at   int  // the bytes that were sent
	last bool // the empty piece, which is the end, was sent
}

func own(text *secret.Text) (holding, error) { return ownSelection("CLIPBOARD", text) }

func ownSelection(name string, text *secret.Text) (*x11Owner, error) {
	conn, err := x11.Dial()
	if err != nil {
		return nil, err
	}
	o := &x11Owner{
		conn: conn, text: text, ascii: true, sendings: map[spot]*sending{},
		max: int(xproto.Setup(conn.Conn).MaximumRequestLength)*4 - propertyHeader,
	}
	for _, c := range text.Bytes() {
		o.ascii = o.ascii && c < 0x80
	}
	if err := o.take(name); err != nil {
		conn.Close()
		return nil, fmt.Errorf("taking the clipboard: %w", err)
	}
	return o, nil
}

// take makes a window and gives it the selection.
func (o *x11Owner) take(name string) error {
	a := &o.atoms
	got, err := o.conn.Atoms(name, "TARGETS", "TIMESTAMP", "MULTIPLE", "ATOM_PAIR", "INCR", "UTF8_STRING", "text/plain;charset=utf-8", "HANDRAIL_OWN")
	if err != nil {
		return err
	}
	for i, p := range []*xproto.Atom{&a.selection, &a.targets, &a.timestamp, &a.multiple, &a.pair, &a.incr, &a.utf8, &a.plainUTF8, &a.own} {
		*p = got[i]
	}
	if o.win, err = xproto.NewWindowId(o.conn.Conn); err != nil {
		return err
	}
	err = xproto.CreateWindowChecked(o.conn.Conn, 0, o.win, o.conn.Root, -1, -1, 1, 1, 0, xproto.WindowClassInputOnly, 0,
		xproto.CwOverrideRedirect|xproto.CwEventMask, []uint32{1, xproto.EventMaskPropertyChange}).Check()
	if err != nil {
		return err
	}
	// The server's clock, by a change of nothing (ICCCM 2.1): CurrentTime would
	// leave no way to tell requests that were meant for the owner before.
	xproto.ChangeProperty(o.conn.Conn, xproto.PropModeAppend, o.win, a.own, xproto.AtomString, 8, 0, nil)
	for o.since == 0 {
		ev, xerr := o.conn.WaitForEvent()
		if ev == nil && xerr == nil {
			return x11.ErrGone
		}
		if e, ok := ev.(xproto.PropertyNotifyEvent); ok && e.Window == o.win {
			o.since = e.Time
		}
	}
	xproto.SetSelectionOwner(o.conn.Conn, o.win, a.selection, o.since)
	r, err := xproto.GetSelectionOwner(o.conn.Conn, a.selection).Reply()
	if err != nil {
		return err
	}
	if r.Owner != o.win {
		return errNotTaken
	}
	return nil
}

func (o *x11Owner) end() { o.conn.Close() }

func (o *x11Owner) serve() {
	defer o.text.Wipe()
	defer o.conn.Close()
	for o.lost == nil || len(o.sendings) > 0 {
		ev, xerr := o.conn.WaitForEvent()
		if ev == nil && xerr == nil {
			break
		}
		// Errors are of programs that went away while they were answered.
		switch e := ev.(type) {
		case xproto.SelectionRequestEvent:
			if e.Owner == o.win && e.Selection == o.atoms.selection {
				o.answer(e)
			}
		case xproto.SelectionClearEvent:
			if e.Owner == o.win && e.Selection == o.atoms.selection && o.lost == nil {
				o.lost = time.AfterFunc(lastPieces, o.conn.Close)
			}
		case xproto.PropertyNotifyEvent:
			at := spot{e.Window, e.Atom}
			if s := o.sendings[at]; s != nil && e.State == xproto.PropertyDelete {
				o.next(at, s)
			}
		case xproto.DestroyNotifyEvent:
			for at := range o.sendings {
				if at.win == e.Window {
					delete(o.sendings, at)
				}
			}
		}
	}
	if o.lost != nil {
		o.lost.Stop()
	}
}

// answer answers one request, by saying no where it can't be met. One from
// before this clip was there was meant for another one.
func (o *x11Owner) answer(e xproto.SelectionRequestEvent) {
	property := e.Property
	if property == 0 {
		property = e.Target // an obsolete client (ICCCM 2.2)
	}
	ours := e.Time == xproto.TimeCurrentTime || int32(e.Time-o.since) >= 0 // the clock wraps
	switch {
	case !ours:
		property = 0
	case e.Target == o.atoms.multiple && e.Property != 0:
		if !o.several(spot{e.Requestor, property}) {
			property = 0
		}
	case !o.convert(spot{e.Requestor, property}, e.Target):
		property = 0
	}
	n := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: property}
	xproto.SendEvent(o.conn.Conn, false, e.Requestor, 0, string(n.Bytes()))
}

// convert puts the clip in one kind where it is wanted, and reports whether
// that was possible.
func (o *x11Owner) convert(at spot, target xproto.Atom) bool {
	a := &o.atoms
	switch target {
	case a.targets:
		list := []xproto.Atom{a.targets, a.timestamp, a.multiple, a.utf8, a.plainUTF8}
		if o.ascii {
			list = append(list, xproto.AtomString)
		}
		var b []byte
		for _, t := range list {
			b = append(b, word(uint32(t))...)
		}
		return o.put(at, xproto.AtomAtom, 32, b)
	case a.timestamp:
		return o.put(at, xproto.AtomInteger, 32, word(uint32(o.since)))
	case xproto.AtomString:
		if !o.ascii {
			return false
		}
	case a.utf8, a.plainUTF8:
	default:
		return false
	}
	delete(o.sendings, at) // who asks again has given up the former
	if o.text.Len() <= o.max {
		return o.put(at, target, 8, o.text.Bytes())
	}
	if len(o.sendings) >= maxSendings {
		return false
	}
	const mask = xproto.EventMaskPropertyChange | xproto.EventMaskStructureNotify
	if xproto.ChangeWindowAttributesChecked(o.conn.Conn, at.win, xproto.CwEventMask, []uint32{mask}).Check() != nil {
		return false
	}
	o.sendings[at] = &sending{typ: target}
	if !o.put(at, a.incr, 32, word(uint32(o.text.Len()))) {
		delete(o.sendings, at)
		return false
	}
	return true
}

// several answers MULTIPLE: pairs of a kind and where it goes. What can't be
// had gets the place None.
func (o *x11Owner) several(at spot) bool {
	const most = 64 // pairs
	r, err := xproto.GetProperty(o.conn.Conn, false, at.win, at.property, o.atoms.pair, 0, 2*most).Reply()
	if err != nil || r.Format != 32 || r.Type != o.atoms.pair || r.BytesAfter > 0 {
		return false
	}
	for p := r.Value; len(p) >= 8; p = p[8:] {
		target, property := xproto.Atom(xgb.Get32(p)), xproto.Atom(xgb.Get32(p[4:]))
		if property == 0 || !o.convert(spot{at.win, property}, target) {
			xgb.Put32(p[4:], 0)
		}
	}
	return o.put(at, o.atoms.pair, 32, r.Value)
}

// next sends the next piece after the one before was taken.
func (o *x11Owner) next(at spot, s *sending) {
	if s.last {
		delete(o.sendings, at)
		return
	}
	n := min(o.text.Len()-s.at, o.max)
	piece := o.text.Bytes()[s.at : s.at+n]
	s.at, s.last = s.at+n, n == 0
	if !o.put(at, s.typ, 8, piece) {
		delete(o.sendings, at)
	}
}

// propertyHeader is the length of a ChangeProperty request without its data.
const propertyHeader = 24

// put writes a property and reports whether the server took it. The request is
// made here and wiped once the server has it: the library's own function would
// leave a copy of the text in memory.
func (o *x11Owner) put(at spot, typ xproto.Atom, format byte, data []byte) bool {
	b := make([]byte, (propertyHeader+len(data)+3)&^3)
	defer clear(b)
	b[0], b[1] = 18, xproto.PropModeReplace // ChangeProperty
	xgb.Put16(b[2:], uint16(len(b)/4))
	xgb.Put32(b[4:], uint32(at.win))
	xgb.Put32(b[8:], uint32(at.property))
	xgb.Put32(b[12:], uint32(typ))
	b[16] = format
	xgb.Put32(b[20:], uint32(len(data)/int(format/8)))
	copy(b[propertyHeader:], data)
	cookie := o.conn.NewCookie(true, false)
	o.conn.NewRequest(b, cookie)
	return cookie.Check() == nil
}

func word(v uint32) []byte {
	b := make([]byte, 4)
	xgb.Put32(b, v)
	return b
}
