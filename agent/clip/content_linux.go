package clip

import (
	"errors"
	"slices"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// kind says what a clip is, by the kinds it is on offer in.
func (a *atoms) kind(targets []xproto.Atom) Kind {
	any := func(of []xproto.Atom) bool {
		return slices.ContainsFunc(targets, func(t xproto.Atom) bool { return slices.Contains(of, t) })
	}
	switch {
	case any(a.concealed):
		return Concealed
	case a.text(targets) != 0:
		return Text
	case any(a.files):
		return Files
	case any(a.images):
		return Image
	}
	return Other
}

// text chooses the kind to ask for, the best first; 0 if there is no text.
func (a *atoms) text(targets []xproto.Atom) xproto.Atom {
	for _, t := range []xproto.Atom{a.utf8, a.plainUTF8, a.latin1, a.plain} {
		if slices.Contains(targets, t) {
			return t
		}
	}
	return 0
}

// reply is the answer to a request for a property.
type reply struct {
	typ   xproto.Atom // 0 if there is no such property
	after int         // bytes that the property has beyond value
	value []byte
	raw   []byte
}

// wipe overwrites the reply, value included.
func (r reply) wipe() { clear(r.raw) }

// parseReply reads a GetProperty reply off the wire (X11 protocol, section 9).
func parseReply(raw []byte) (reply, error) {
	if len(raw) < 32 {
		return reply{}, errors.New("the X server's answer is cut short")
	}
	r := reply{typ: xproto.Atom(xgb.Get32(raw[8:])), after: int(xgb.Get32(raw[12:])), raw: raw}
	n := uint64(xgb.Get32(raw[16:])) * uint64(raw[1]/8) // in units of the format
	if n > uint64(len(raw)-32) {
		return reply{}, errors.New("the X server's answer is cut short")
	}
	r.value = raw[32 : 32+n]
	return r, nil
}

// buffer collects a text and leaves no copy behind when it grows.
type buffer struct {
	bytes []byte
	more  bool // there was more than the limit
}

// grow makes room for n bytes in all.
func (b *buffer) grow(n int) {
	if n <= cap(b.bytes) {
		return
	}
	bigger := make([]byte, len(b.bytes), n)
	copy(bigger, b.bytes)
	b.wipe()
	b.bytes = bigger
}

// append adds p, but keeps at most limit bytes.
func (b *buffer) append(p []byte, limit int) {
	if room := limit - len(b.bytes); len(p) > room {
		p, b.more = p[:room], true
	}
	if need := len(b.bytes) + len(p); need > cap(b.bytes) {
		b.grow(min(max(need, 2*cap(b.bytes)), limit))
	}
	b.bytes = append(b.bytes, p...)
}

// truncate keeps at most n bytes.
func (b *buffer) truncate(n int) {
	if len(b.bytes) > n {
		clear(b.bytes[n:])
		b.bytes, b.more = b.bytes[:n], true
	}
}

// fromLatin1 turns ISO 8859-1, which is what STRING means, into UTF-8.
func (b *buffer) fromLatin1() {
	high := 0
	for _, c := range b.bytes {
		if c >= 0x80 {
			high++
		}
	}
	if high == 0 {
		return
	}
	out := make([]byte, 0, len(b.bytes)+high)
	for _, c := range b.bytes {
		if c < 0x80 {
			out = append(out, c)
		} else {
			out = append(out, 0xc0|c>>6, 0x80|c&0x3f)
		}
	}
	b.wipe()
	b.bytes = out
}

func (b *buffer) wipe() {
	clear(b.bytes[:cap(b.bytes)])
	b.bytes = nil
}
