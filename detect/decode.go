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
	inner := scanner{text: d.out.text}
	err = inner.run(ctx)
	s.steps += inner.steps
	if own != nil && err == nil {
		inner.findings = findOwn(own, inner.text, inner.findings)
	}
	for _, f := range inner.resolve() {
		f.Start, f.End, f.Decoded = d.origin(f.Start, f.End)
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

// origin returns which bytes the decoded text[start:end] stands for, and how
// they, or what speaks for them, were encoded. It is Plain if nothing was, as
// around something encoded: that was seen before.
func (d *decoder) origin(start, end int) (from, to int, coded Encoding) {
	r := d.out
	from, to = r.back(start, end)
	first, last := r.find(start), r.find(end-1)
	for k := first + 1; k <= last; k++ {
		// A list may be gathered from several places, which are in no order.
		from = min(from, int(r.runs[k].from))
		_, e := r.back(int(r.runs[k].at)-1, int(r.runs[k].at))
		to = max(to, e)
	}
	for k := r.find(max(0, start-contextReach)); k <= last && coded == Plain; k++ {
		coded = r.runs[k].coded
	}
	return from, to, coded
}
