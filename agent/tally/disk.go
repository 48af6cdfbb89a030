package tally

import (
	"os"
	"path/filepath"

	"handrail/agent/durable"
)

// disk is the seam to the file system. Every change is on the disk when the
// call returns; a call that was killed has happened, not happened or, append
// only, happened up to some byte. Tests kill at each of these points.
type disk interface {
	lock() (unlock func(), err error)
	list() ([]string, error)
	read(name string) ([]byte, error)
	append(name string, b []byte) error
	replace(name string, b []byte) error
	truncate(name string, size int64) error
	rename(from, to string) error
	remove(name string) error
}

// folder is the real disk: one folder of one account.
type folder string

func openFolder(dir string) (folder, error) {
	return folder(dir), durable.PrivateDir(dir)
}

func (f folder) path(name string) string { return filepath.Join(string(f), name) }

func (f folder) lock() (func(), error) { return durable.Lock(f.path("lock"), 0o600) }

func (f folder) list() ([]string, error) {
	entries, err := os.ReadDir(string(f))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

func (f folder) read(name string) ([]byte, error)    { return os.ReadFile(f.path(name)) }
func (f folder) append(name string, b []byte) error  { return durable.Append(f.path(name), b, 0o600) }
func (f folder) replace(name string, b []byte) error { return durable.Replace(f.path(name), b, 0o600) }
func (f folder) truncate(name string, size int64) error {
	return durable.Truncate(f.path(name), size)
}
func (f folder) rename(from, to string) error { return durable.Rename(f.path(from), f.path(to)) }
func (f folder) remove(name string) error     { return durable.Remove(f.path(name)) }
