package detect

import (
	"bytes"
	"context"
)

// What is encoded in a text is decoded once: all of it into one text, which is
// then scanned like any other. What was encoded twice stays closed, so that no
// text costs more than its length and that of what it holds.

// maxDecoded is how much is decoded of one text, in bytes.
const maxDecoded = 1 << 20

// decoder gathers what is encoded in a text.
type decoder struct {
	text  []byte
	out   *rewrite // nil as long as there is nothing
	done  int      // where the last stretch ended that was taken from text
	full  bool     // maxDecoded was reached
	steps int
}

// decode looks into what is encoded in the text.
func (s *scanner) decode(ctx context.Context, own Finder) error {
	d := decoder{text: s.text}
	err := d.gather(ctx)
	s.steps += d.steps
	s.partial = s.partial || d.full
	defer d.out.release()
	if d.out == nil || err != nil {
		return err
	}
	inner := scanner{text: d.out.text, other: ascii(d.out.text) < len(d.out.text)}
	err = inner.run(ctx)
	s.steps += inner.steps
	if own != nil && err == nil {
		inner.findings = findOwn(own, inner.text, inner.findings)
	}
	for _, f := range inner.resolve() {
		f.Start, f.End, f.Decoded = d.origin(f.Start, f.End, f.Detector == EmailBulk)
		if f.Decoded == Plain || f.Confidence < Medium || f.Detector == EmailBulk && s.emails.many.n > 0 {
			continue
		}
		s.findings = append(s.findings, f)
	}
	return err
}

func (d *decoder) gather(ctx context.Context) error {
	for i := range escapes {
		if err := d.escapes(ctx, &escapes[i]); err != nil {
			return err
		}
	}
	if err := d.pairs(ctx); err != nil {
		return err
	}
	return d.blocks(ctx)
}

// between keeps what was encoded in one place from being the context of what
// was in another.
var between = bytes.Repeat([]byte("\n"), contextReach+2)

// begin makes ready for what is decoded from offset i on.
func (d *decoder) begin(i int) {
	if d.out == nil {
		d.out = newRewrite()
	} else if i != d.done || i == 0 {
		d.out.put(i, 0, Plain, between...)
	}
}

// room reports whether there is room for n more bytes.
func (d *decoder) room(n int) bool {
	if d.out != nil && len(d.out.text)+n > maxDecoded || n > maxDecoded {
		d.full = true
		return false
	}
	return true
}

// perEscape is how long a finding may be for each character that was written
// as an escape. A page of code with a few of them was seen as it is.
const perEscape = 64

// origin returns which bytes the decoded text[start:end] stands for, and how
// they, or what speaks for them, were encoded. It is Plain if nothing was, as
// around something encoded: that was seen before. Only a list has more than
// one place.
func (d *decoder) origin(start, end int, list bool) (from, to int, coded Encoding) {
	r := d.out
	from = -1
	places, decoded := 1, 0
	for k := r.find(max(0, start-contextReach)); k < len(r.runs) && int(r.runs[k].at) < end; k++ {
		x := &r.runs[k]
		a, b := int(x.at), len(r.text)
		if k+1 < len(r.runs) {
			b = int(r.runs[k+1].at)
		}
		if x.coded != Plain {
			coded = x.coded
			decoded += min(b, end) - max(a, start-contextReach)
		}
		if b <= start {
			continue
		}
		if x.in == 0 { // between two places
			places++
			continue
		}
		f, t := r.back(max(a, start), min(b, end))
		if from < 0 {
			from, to = f, t
		}
		// The places of a list are in no order.
		from, to = min(from, f), max(to, t)
	}
	if from < 0 || !list && (places > 1 || decoded*perEscape < end-start) {
		return 0, 0, Plain
	}
	return from, to, coded
}
