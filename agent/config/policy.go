package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"handrail/detect/policy"
)

// PolicySource says where the policy in force comes from.
type PolicySource string

// The sources.
const (
	// PolicyDefault: there is no managed file; the built-in policy rules.
	PolicyDefault PolicySource = "default"
	// PolicyManaged: the managed file.
	PolicyManaged PolicySource = "managed"
	// PolicyLastGood: the managed file is broken; the one before it rules.
	PolicyLastGood PolicySource = "last good"
)

// PolicyState is a policy in force. Policy is never nil.
type PolicyState struct {
	Policy *policy.Policy
	Source PolicySource
	// Err says what is wrong with the managed file, nil if nothing.
	Err error
}

// settle is how long the folder must be quiet before the file is read, so that
// an editor or a management tool has finished what it does in several steps.
const settle = 100 * time.Millisecond

// WatchPolicy sends the state of the managed policy file at path at once, and
// then whenever it changes. A removed file means the built-in policy. A broken
// one keeps the last that was good: the one this watch has seen, else kept,
// which the caller saved from an earlier state (nil if there is none), else
// the built-in one. The channel is closed when ctx ends.
//
// It watches folders and not the file, because tools replace files by renaming
// others over them. A folder that does not exist yet is waited for.
func WatchPolicy(ctx context.Context, path string, kept []byte, log *slog.Logger) <-chan PolicyState {
	w := &policyWatch{path: filepath.Clean(path), log: log}
	if len(kept) > 0 {
		if p, err := policy.Parse(kept); err == nil {
			w.good = p
		} else {
			log.Warn("the kept policy can't be read and is not used", "error", err)
		}
	}
	out := make(chan PolicyState)
	go func() {
		defer close(out)
		w.run(ctx, out)
	}()
	return out
}

type policyWatch struct {
	path string
	log  *slog.Logger
	good *policy.Policy // the last good managed policy
	last PolicyState    // what was sent
	sent bool
}

func (w *policyWatch) run(ctx context.Context, out chan<- PolicyState) {
	fs, err := fsnotify.NewWatcher()
	if err != nil {
		w.log.Error("the policy file can't be watched: restart Handrail after a change", "error", err)
		w.send(ctx, out, w.read())
		<-ctx.Done()
		return
	}
	defer fs.Close()
	// Watch first, then read: no change falls between the two.
	w.arm(fs)
	if !w.send(ctx, out, w.read()) {
		return
	}
	quiet := time.NewTimer(time.Hour)
	quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case _, ok := <-fs.Events:
			if !ok {
				return
			}
			quiet.Reset(settle)
		case err, ok := <-fs.Errors:
			if !ok {
				return
			}
			// Events were lost, for instance: look for oneself.
			w.log.Warn("watching the policy file had a problem", "error", err)
			quiet.Reset(settle)
		case <-quiet.C:
			w.arm(fs)
			if !w.send(ctx, out, w.read()) {
				return
			}
		}
	}
}

// arm watches the nearest folder above the file that exists, and, where the
// file is a link, the folder of its target too.
func (w *policyWatch) arm(fs *fsnotify.Watcher) {
	dir := existing(filepath.Dir(w.path))
	for {
		w.watch(fs, dir)
		// A folder that was made meanwhile has sent no event.
		now := existing(filepath.Dir(w.path))
		if now == dir {
			return
		}
		dir = now
	}
}

func (w *policyWatch) watch(fs *fsnotify.Watcher, nearest string) {
	want := map[string]bool{nearest: true}
	if real, err := filepath.EvalSymlinks(w.path); err == nil {
		want[filepath.Dir(real)] = true
	}
	for _, dir := range fs.WatchList() {
		if !want[dir] {
			_ = fs.Remove(dir)
		}
	}
	for dir := range want {
		// Adding again is harmless, and needed when a folder was replaced.
		if err := fs.Add(dir); err != nil {
			w.log.Warn("a folder can't be watched for policy changes", "folder", dir, "error", err)
		}
	}
}

func existing(dir string) string {
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return dir
		}
		dir = up
	}
}

// read looks at the file and says what rules now.
func (w *policyWatch) read() PolicyState {
	b, err := readSmall(w.path)
	if errors.Is(err, os.ErrNotExist) {
		w.good = nil
		return PolicyState{Policy: policy.Default(), Source: PolicyDefault}
	}
	if err == nil {
		var p *policy.Policy
		if p, err = policy.Parse(b); err == nil {
			w.good = p
			return PolicyState{Policy: p, Source: PolicyManaged}
		}
	}
	err = fmt.Errorf("policy file %s: %w", w.path, err)
	if w.good != nil {
		return PolicyState{Policy: w.good, Source: PolicyLastGood, Err: err}
	}
	return PolicyState{Policy: policy.Default(), Source: PolicyDefault, Err: err}
}

// send passes a state on unless it says what the last one said. It returns
// false when ctx has ended.
func (w *policyWatch) send(ctx context.Context, out chan<- PolicyState, s PolicyState) bool {
	if w.sent && s.Source == w.last.Source && words(s.Err) == words(w.last.Err) &&
		bytes.Equal(s.Policy.Source(), w.last.Policy.Source()) {
		return true
	}
	select {
	case <-ctx.Done():
		return false
	case out <- s:
	}
	w.last, w.sent = s, true
	if s.Err != nil {
		w.log.Error("the policy file is broken", "in_force", s.Source, "error", s.Err)
	} else {
		w.log.Info("policy in force", "source", s.Source)
	}
	return true
}

func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
