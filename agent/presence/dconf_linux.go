package presence

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// dconfFile is where dconf keeps what a person has set.
func dconfFile() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "dconf", "user")
}

// maxDconf bounds what is read of the file, in bytes. They have some hundred
// kilobytes.
const maxDconf = 16 << 20

var errDconf = errors.New("the settings file is not of a form that can be read")

// dconfBool looks up a switch in a dconf database. set is false for one that
// was never touched, which then has the schema's default.
func dconfBool(path, key string) (on, set bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, false, nil
	}
	if err != nil {
		return false, false, err
	}
	if info.Size() > maxDconf {
		return false, false, errDconf
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return false, false, err
	}
	return gvdbBool(b, key)
}

// The GVDB format, https://gitlab.gnome.org/GNOME/gvdb/-/blob/main/gvdb/gvdb-format.h:
// a header, whose pointer leads to a hash table; behind that table's bloom words
// and buckets are its items. A key is split at its slashes, and each part names
// its parent. The items are few, so they are looked through one by one.
const (
	gvdbHeader = 24 // signature 8, version 4, options 4, pointer 8
	gvdbItem   = 24 // hash 4, parent 4, key start 4, key size 2, type 1, unused 1, value 8
	gvdbRoot   = 0xffffffff
)

type gvdb struct {
	bytes []byte
	items []byte
}

func gvdbBool(b []byte, key string) (on, set bool, err error) {
	if len(b) < gvdbHeader || string(b[:8]) != "GVariant" {
		return false, false, errDconf // written big-endian, or none at all
	}
	table, ok := span(b, b[16:])
	if !ok || len(table) < 8 {
		return false, false, errDconf
	}
	skip := 8 + 4*(uint64(binary.LittleEndian.Uint32(table)&(1<<27-1))+uint64(binary.LittleEndian.Uint32(table[4:])))
	if skip > uint64(len(table)) {
		return false, false, errDconf
	}
	g := gvdb{b, table[skip:]}
	for i := range len(g.items) / gvdbItem {
		item := g.items[i*gvdbItem:]
		if item[14] != 'v' || !g.named(uint32(i), key) {
			continue
		}
		// A variant that holds a boolean: its byte, a zero, its type.
		v, ok := span(b, item[16:])
		if !ok || len(v) != 3 || v[1] != 0 || v[2] != 'b' {
			return false, false, errDconf
		}
		return v[0] != 0, true, nil
	}
	return false, false, nil
}

// named tells whether an item's key, with those of its parents before it, is
// key.
func (g gvdb) named(i uint32, key string) bool {
	// Each step takes at least one byte of the key, so a ring of parents ends.
	for {
		if uint64(i+1)*gvdbItem > uint64(len(g.items)) {
			return false
		}
		item := g.items[i*gvdbItem:]
		start, size := uint64(binary.LittleEndian.Uint32(item[8:])), uint64(binary.LittleEndian.Uint16(item[12:]))
		if size == 0 || start+size > uint64(len(g.bytes)) || uint64(len(key)) < size {
			return false
		}
		rest := key[:uint64(len(key))-size]
		if key[len(rest):] != string(g.bytes[start:start+size]) {
			return false
		}
		if i, key = binary.LittleEndian.Uint32(item[4:]), rest; i == gvdbRoot {
			return key == ""
		}
	}
}

// span is what a pointer leads to: a start and an end, counted from the
// beginning of the file.
func span(b, pointer []byte) ([]byte, bool) {
	start, end := binary.LittleEndian.Uint32(pointer), binary.LittleEndian.Uint32(pointer[4:])
	if start > end || uint64(end) > uint64(len(b)) {
		return nil, false
	}
	return b[start:end], true
}
