package detect

import "sync"

// A rewrite is a text made from another, and the way back to it: the same text
// in plain letters, or what the other holds encoded.
type rewrite struct {
	text []byte
	runs []run
}

// run says where the new text comes from: from offset at on, each out bytes
// stand for in bytes of the other, the first of them for those at from.
type run struct {
	at, from int32
	in, out  int32
	coded    Encoding
}

// rewrites are kept for the next scan. They are wiped before, as what they
// held is as secret as what was scanned.
var rewrites = sync.Pool{New: func() any { return new(rewrite) }}

func newRewrite() *rewrite { return rewrites.Get().(*rewrite) }

const maxKept = 1 << 20 // a bigger one is left to the collector

func (r *rewrite) release() {
	if r == nil {
		return
	}
	clear(r.text[:cap(r.text)])
	if cap(r.text) <= maxKept && cap(r.runs) <= maxKept/16 {
		r.text, r.runs = r.text[:0], r.runs[:0]
		rewrites.Put(r)
	}
}

// reserve makes room for n more bytes. The old place is wiped.
func (r *rewrite) reserve(n int) {
	if cap(r.text)-len(r.text) >= n {
		return
	}
	old := r.text
	r.text = append(make([]byte, 0, max(len(old)+n, 2*cap(old))), old...)
	clear(old[:cap(old)])
}

// keep takes old[i:j] as it is.
func (r *rewrite) keep(old []byte, i, j int, coded Encoding) {
	if i < j {
		r.reserve(j - i)
		r.mark(run{int32(len(r.text)), int32(i), 1, 1, coded})
		r.text = append(r.text, old[i:j]...)
	}
}

// put writes b in place of n bytes of the other text from i on.
func (r *rewrite) put(i, n int, coded Encoding, b ...byte) {
	if len(b) > 0 {
		r.reserve(len(b))
		r.mark(run{int32(len(r.text)), int32(i), int32(n), int32(len(b)), coded})
		r.text = append(r.text, b...)
	}
}

// mark begins a run, unless the last one goes on like this.
func (r *rewrite) mark(x run) {
	if len(r.runs) > 0 {
		l := &r.runs[len(r.runs)-1]
		if l.in == x.in && l.out == x.out && l.coded == x.coded && l.from+(x.at-l.at)/l.out*l.in == x.from {
			return
		}
	}
	r.runs = append(r.runs, x)
}

// cut takes the last n bytes back, which are whole units of the last run.
func (r *rewrite) cut(n int) {
	r.text = r.text[:len(r.text)-n]
	if k := len(r.runs) - 1; int(r.runs[k].at) >= len(r.text) {
		r.runs = r.runs[:k]
	}
}

// find returns the index of the run that holds the byte at i.
func (r *rewrite) find(i int) int {
	lo, hi := 0, len(r.runs)
	for lo+1 < hi {
		if m := int(uint(lo+hi) >> 1); int(r.runs[m].at) <= i {
			lo = m
		} else {
			hi = m
		}
	}
	return lo
}

// back returns which bytes of the other text text[start:end] stands for.
func (r *rewrite) back(start, end int) (from, to int) {
	a, b := &r.runs[r.find(start)], &r.runs[r.find(end-1)]
	from = int(a.from + (int32(start)-a.at)/a.out*a.in)
	to = int(b.from + ((int32(end)-1-b.at)/b.out+1)*b.in)
	return from, to
}
