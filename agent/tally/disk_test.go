package tally

import (
	"io/fs"
	"maps"
	"slices"
)

// killed is what a memory disk panics with when the power fails.
type killed struct{}

// memory is a disk whose power fails at a chosen point. The points are, in
// order of the changes: before each, after each, and for append after every
// seventh byte. (TestTheJournalCutAtEachByte takes each.) Reads and locks take
// no part.
type memory struct {
	files map[string][]byte
	// left counts the points until the power fails; below zero it never does.
	left int
	// points counts those that were passed.
	points int
}

func newMemory() *memory { return &memory{files: map[string][]byte{}, left: -1} }

// point is passed before and after each change.
func (m *memory) point() {
	m.points++
	if m.left == 0 {
		panic(killed{})
	}
	m.left--
}

func (m *memory) lock() (func(), error)   { return func() {}, nil }
func (m *memory) list() ([]string, error) { return slices.Sorted(maps.Keys(m.files)), nil }

func (m *memory) read(name string) ([]byte, error) {
	b, ok := m.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return slices.Clone(b), nil
}

func (m *memory) append(name string, b []byte) error {
	m.point()
	for part := range slices.Chunk(b, 7) {
		m.files[name] = append(m.files[name], part...)
		m.point()
	}
	return nil
}

func (m *memory) replace(name string, b []byte) error {
	m.point()
	m.files[name+".new"] = b[:len(b)/2]
	m.point()
	delete(m.files, name+".new")
	m.files[name] = slices.Clone(b)
	m.point()
	return nil
}

func (m *memory) truncate(name string, size int64) error {
	m.point()
	m.files[name] = m.files[name][:size]
	m.point()
	return nil
}

func (m *memory) rename(from, to string) error {
	m.point()
	m.files[to] = m.files[from]
	delete(m.files, from)
	m.point()
	return nil
}

func (m *memory) remove(name string) error {
	m.point()
	delete(m.files, name)
	m.point()
	return nil
}

// powered runs f and says whether the power stayed on.
func powered(f func()) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, is := r.(killed); !is {
				panic(r)
			}
			ok = false
		}
	}()
	f()
	return true
}
