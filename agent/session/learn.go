package session

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"handrail/agent/durable"
	"handrail/agent/nudge"
	"handrail/detect/allow"
)

// The person's files about what they have called not sensitive: a key that
// never leaves the folder, and digests under it.
const (
	learnedKey  = "learned.key"
	learnedFile = "learned.json"
)

// OpenLearned reads what a person has called not sensitive from their folder,
// and makes the key of it if there is none. A damaged list is set aside, as
// learned.json.damaged, and begins anew: the error says so, and the list beside
// it can be used. There is no list beside other errors.
func OpenLearned(dir string) (*allow.List, error) {
	key, err := learnedKeyIn(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the learned list: %w", err)
	}
	path := filepath.Join(dir, learnedFile)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return allow.New(key), nil
	}
	if err != nil {
		return nil, fmt.Errorf("opening the learned list: %w", err)
	}
	l, err := allow.Unmarshal(key, b)
	if err == nil {
		return l, nil
	}
	err, moved := durable.SetAside(path, fmt.Errorf("opening the learned list: %w", err))
	if !moved {
		return nil, err
	}
	return allow.New(key), err
}

func learnedKeyIn(dir string) (key [32]byte, err error) {
	path := filepath.Join(dir, learnedKey)
	b, err := os.ReadFile(path)
	if err == nil && len(b) == len(key) {
		return [32]byte(b), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	rand.Read(key[:]) // never fails, see crypto/rand
	return key, durable.Replace(path, key[:], 0o600)
}

// learn remembers that what a look, or a held paste, found is not sensitive. It
// takes the marks that were made while the text was there; the text itself is
// long gone.
func (e *engine) learn(f nudge.Learn) {
	var marks []allow.Mark
	if h := e.browsers.held[f.Attempt]; h != nil {
		marks = h.learnable
	} else if f.Read != 0 && e.look.last.read == f.Read {
		marks = e.look.last.learnable
	}
	if len(marks) == 0 || e.learned == nil {
		return
	}
	for _, m := range marks {
		e.learned.Add(m, time.Now())
	}
	if err := e.saveLearned(); err != nil {
		e.trouble("what was called not sensitive could not be kept for the next session", err)
	}
}

var errNoLearned = errors.New("the learned list can't be read")

// forget takes entries out of the learned list, and looks again at what was
// found clean with them in it.
func (e *engine) forget(ctx context.Context, ids []allow.Digest) error {
	if e.learned == nil {
		return errNoLearned
	}
	for _, id := range ids {
		e.learned.Forget(id)
	}
	e.forgetPrint()
	e.play(ctx, e.policyChanged())
	return e.saveLearned()
}

func (e *engine) saveLearned() error {
	b, err := e.learned.Marshal()
	if err != nil {
		return err
	}
	if err := durable.Replace(filepath.Join(e.Paths.UserState, learnedFile), b, 0o600); err != nil {
		return fmt.Errorf("writing the learned list: %w", err)
	}
	return nil
}
