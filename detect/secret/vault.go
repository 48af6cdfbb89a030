package secret

import (
	"fmt"
	"runtime"
)

// Vault keeps many values outside of Go's heap: in pages that the operating
// system was asked to keep in memory, out of core dumps and out of a child
// process. The garbage collector neither moves nor copies them, so Wipe is the
// end of them. Nothing protects a value that was copied out of it.
//
//	var v secret.Vault
//	p, ok := v.Keep(value)
//	use(v.Bytes(p))
//	v.Wipe()
//
// The zero value is empty and ready for use. It is not safe for concurrent use.
type Vault struct{ pages *pages }

// Place is where a Vault keeps a value. It says nothing of the value.
type Place struct{ chunk, start, end int }

// Len returns the number of bytes.
func (p Place) Len() int { return p.end - p.start }

// chunkSize is how much is asked for at once, in bytes. Locked memory is scarce:
// Debian gives an account 8 MiB, older systems 64 KiB.
const chunkSize = 64 << 10

// pages is what a Vault owns. It is apart from the Vault, so that it can be
// given back once that is gone.
type pages struct {
	chunks [][]byte
	used   []int // of each chunk
	open   bool  // some could not be locked
}

// Keep copies a value into the Vault. It is false, and nothing is kept, where
// no memory is to be had.
func (v *Vault) Keep(value []byte) (Place, bool) {
	if v.pages == nil {
		v.pages = &pages{}
		runtime.AddCleanup(v, (*pages).release, v.pages)
	}
	p := v.pages
	k := len(p.chunks) - 1
	if k < 0 || len(p.chunks[k])-p.used[k] < len(value) {
		b, locked, err := mapPages(max(chunkSize, len(value)))
		if err != nil {
			return Place{}, false
		}
		p.open = p.open || !locked
		p.chunks, p.used = append(p.chunks, b), append(p.used, 0)
		k++
	}
	start := p.used[k]
	p.used[k] += copy(p.chunks[k][start:], value)
	return Place{k, start, p.used[k]}, true
}

// Bytes returns the value itself, not a copy. It is zeros after Wipe.
func (v *Vault) Bytes(p Place) []byte { return v.pages.chunks[p.chunk][p.start:p.end:p.end] }

// Wipe overwrites everything that was kept with zeros, and gives back all but a
// first piece. Places from before are no longer valid.
func (v *Vault) Wipe() {
	if v.pages != nil {
		v.pages.wipe(1)
	}
}

// Locked says whether all of it is kept out of the swap file. The operating
// system allows only so much of that.
func (v *Vault) Locked() bool { return v.pages == nil || !v.pages.open }

// Format prints a placeholder whatever the verb.
func (v *Vault) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte(placeholder)) }

func (p *pages) release() { p.wipe(0) }

// wipe zeroes everything and keeps the first so many chunks mapped.
func (p *pages) wipe(keep int) {
	for k, b := range p.chunks {
		clear(b)
		if k >= keep {
			unmapPages(b)
		} else {
			p.used[k] = 0
		}
	}
	keep = min(keep, len(p.chunks))
	p.chunks, p.used = p.chunks[:keep], p.used[:keep]
}
