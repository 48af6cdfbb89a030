package pulse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"handrail/agent/durable"
)

// name is the file in the person's own folder.
const name = "pulse.json"

const version = 1

// Open reads the book from a person's folder. Without one it begins today. A
// damaged one is set aside, as pulse.json.damaged, and begins anew: the error
// says so, and the book beside it is on the disk and can be used.
func Open(dir string, today Day) (Book, error) {
	b, err := Read(dir)
	if err == nil && b.Began != "" {
		return b, nil
	}
	b = Book{V: version, Began: today}
	writable := err == nil
	if errors.Is(err, errDamaged) {
		err, writable = durable.SetAside(filepath.Join(dir, name), err)
	}
	if !writable {
		return b, err
	}
	return b, errors.Join(err, b.Save(dir))
}

var errDamaged = errors.New("damaged")

// Read reads the book and changes nothing. No file is the zero Book.
func Read(dir string) (b Book, err error) {
	path := filepath.Join(dir, name)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Book{}, nil
	}
	if err != nil {
		return Book{}, fmt.Errorf("reading when the weekly question came: %w", err)
	}
	if json.Unmarshal(raw, &b) != nil || !b.whole() {
		return Book{}, fmt.Errorf("reading when the weekly question came: %s is %w", path, errDamaged)
	}
	return b, nil
}

func (b Book) whole() bool {
	for _, d := range []Day{b.Offered, b.Done, b.Off} {
		if _, ok := d.Time(); d != "" && !ok {
			return false
		}
	}
	_, ok := b.Began.Time()
	return ok && b.V == version
}

// Save writes the book.
func (b Book) Save(dir string) error {
	raw, err := json.Marshal(b)
	if err == nil {
		err = durable.Replace(filepath.Join(dir, name), raw, 0o600)
	}
	if err != nil {
		return fmt.Errorf("writing when the weekly question came: %w", err)
	}
	return nil
}
