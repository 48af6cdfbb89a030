package own

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"github.com/dchest/siphash"
)

// A dictionary holds names of customers or projects that a policy should not
// spell out. The policy holds a key and, for each name, a digest under it. Who
// reads the policy can't read the list; who has a guess can test it, as with
// any list that a laptop can search with. It is no vault.

// KeyBytes is the length of a dictionary's key.
const KeyBytes = 16

// RecordBytes is the length of one name in Entry.Digests: how many words it
// has, and SipHash-2-4 of them. Among 50,000 names and a million runs of words
// a false hit has a chance of one in 10^8.
const RecordBytes = 1 + 8

type dictionary struct {
	entry  entry
	k0, k1 uint64
	names  [MaxWords + 1]map[uint64]struct{} // by the number of words
}

// NewKey returns a key for a new dictionary.
func NewKey() []byte {
	k := make([]byte, KeyBytes)
	_, _ = rand.Read(k) // never fails: see crypto/rand
	return k
}

// Digest appends the record of one name to b. Names that differ only in case,
// white space or punctuation have the same.
func Digest(b, key []byte, name string) ([]byte, error) {
	ws := split(name)
	if len(ws) == 0 || len(ws) > MaxWords {
		return nil, fmt.Errorf("it has %d words: one to %d are searched for", len(ws), MaxWords)
	}
	var joined []byte
	for i, w := range ws {
		if i > 0 {
			joined = append(joined, ' ')
		}
		joined = append(joined, w...)
	}
	if len(joined) < minLiteral {
		return nil, fmt.Errorf("%q is too short: it would be found everywhere", name)
	}
	k0, k1 := keyHalves(key)
	return binary.BigEndian.AppendUint64(append(b, byte(len(ws))), siphash.Hash(k0, k1, joined)), nil
}

func keyHalves(key []byte) (k0, k1 uint64) {
	return binary.LittleEndian.Uint64(key), binary.LittleEndian.Uint64(key[8:])
}

func newDictionary(e *Entry, what entry) (dictionary, error) {
	if len(e.Key) != KeyBytes {
		return dictionary{}, fmt.Errorf("the dictionary's key has %d bytes and not %d: make it with handrail policy dictionary", len(e.Key), KeyBytes)
	}
	if len(e.Digests)%RecordBytes != 0 {
		return dictionary{}, fmt.Errorf("the dictionary's digests are cut off: make them with handrail policy dictionary")
	}
	d := dictionary{entry: what}
	d.k0, d.k1 = keyHalves(e.Key)
	for rec := e.Digests; len(rec) > 0; rec = rec[RecordBytes:] {
		n := int(rec[0])
		if n == 0 || n > MaxWords {
			return dictionary{}, fmt.Errorf("the dictionary's digests can't be read: make them with handrail policy dictionary")
		}
		if d.names[n] == nil {
			d.names[n] = map[uint64]struct{}{}
		}
		d.names[n][binary.BigEndian.Uint64(rec[1:RecordBytes])] = struct{}{}
	}
	return d, nil
}

// maxName is the longest run of words that can be a name, in bytes.
const maxName = 256

// maxFolded is the longest that such a run can be when it is folded: letters of
// two bytes, such as Ⱥ, have three in lower case, and no other grows more. Room
// for it keeps all of the text's words in one place that is wiped.
const maxFolded = maxName / 2 * 3

// has reports whether the run of words is one of the names. buf is scratch.
func (d *dictionary) has(text []byte, run []word, buf []byte) bool {
	names := d.names[len(run)]
	if names == nil || run[len(run)-1].end-run[0].start > maxName {
		return false
	}
	buf = buf[:0]
	for i, w := range run {
		if i > 0 {
			buf = append(buf, ' ')
		}
		buf = foldAll(buf, text[w.start:w.end])
	}
	_, ok := names[siphash.Hash(d.k0, d.k1, buf)]
	clear(buf)
	return ok
}
