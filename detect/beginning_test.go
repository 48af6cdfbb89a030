package detect

import "testing"

// begun has room for what any word begins: no more of them begin alike.
func TestNoWordBeginsMoreThanIsKept(t *testing.T) {
	most := 0
	byHead := map[uint64]int{}
	for _, b := range known.list {
		if b.kind >= kindToken {
			byHead[b.head&b.mask&0xffff]++
		}
	}
	for i := range known.list {
		b := &known.list[i]
		if b.kind < kindToken || byHead[b.head&0xffff] <= len(begun{}.by) {
			continue
		}
		n := 0
		for k := range known.list {
			if x := &known.list[k]; x.kind >= kindToken && b.head&x.mask == x.head && b.mask&x.mask == x.mask {
				n++
			}
		}
		most = max(most, n)
	}
	if most > len(begun{}.by) {
		t.Errorf("%d begin alike, %d are kept", most, len(begun{}.by))
	}
}

// Every text is found by its own first bytes, in either case.
func TestWhatIsKnownIsFoundByItsBeginning(t *testing.T) {
	found := func(text string, k kind, at int) bool {
		head := headAt([]byte(text), 0)
		for n := known.lengths(head); n != 0; n &= n - 1 {
			list := known.of(head, n)
			for i := range list {
				if x := &list[i]; x.kind == k && int(x.at) == at && head&x.mask == x.head {
					return true
				}
				if list[i].last {
					break
				}
			}
		}
		return false
	}
	for i, w := range contextWords {
		if !found(w.text, kindContext, i) {
			t.Errorf("the context word %q isn't", w.text)
		}
	}
	for i, f := range tokenForms {
		if !found(f.prefix, kindToken, i) {
			t.Errorf("the token %q isn't", f.prefix)
		}
	}
	for _, p := range phrases {
		if p.use <= labelled && class[p.text[0]]&isWord != 0 && !found(p.text, kindPhrase, 0) {
			t.Errorf("the marking %q isn't", p.text)
		}
	}
}
