package tools

import (
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"handrail/agent/coverage"
	"handrail/detect/catalog"
)

// Change says what is there now, after something has changed. The first one
// comes at once.
type Change struct {
	At   time.Time
	Seen Seen
}

// settle is how long a burst of writes has to calm down. Programs save in
// several steps, and some write their settings all the time.
const settle = 300 * time.Millisecond

// longest is how long a burst that doesn't calm down is waited for.
const longest = 3 * time.Second

// Watcher watches the settings of AI tools and the folders of extensions.
type Watcher struct {
	folders Folders
	fs      *fsnotify.Watcher
	changes chan Change
	quit    chan struct{}
	once    sync.Once

	// What follows belongs to the loop.
	wanted map[string]map[string]bool // folder -> names in it that matter, "*" for any folder, or all
}

// all stands for whatever comes to or goes from a folder.
const all = "**"

// Open begins to watch. Where that is not possible the error is a
// *coverage.Unavailable that says why; Scan works nevertheless.
func Open(f Folders) (*Watcher, error) {
	fs, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, &coverage.Unavailable{Why: coverage.SensorFailed, Err: err}
	}
	w := &Watcher{folders: f, fs: fs, changes: make(chan Change, 1), quit: make(chan struct{}), wanted: map[string]map[string]bool{}}
	go w.loop()
	return w, nil
}

// Changes returns the channel of changes. Only the latest is kept. It is
// closed by Close, and when watching has failed.
func (w *Watcher) Changes() <-chan Change { return w.changes }

// Close ends the watch.
func (w *Watcher) Close() error {
	w.once.Do(func() { close(w.quit) })
	return nil
}

func (w *Watcher) loop() {
	defer close(w.changes)
	defer w.fs.Close()
	w.arm()
	seen := Scan(w.folders)
	w.tell(seen)
	calm := time.NewTimer(time.Hour)
	calm.Stop()
	var since time.Time // when the burst began, zero for none
	news := func() {
		now := time.Now()
		if since.IsZero() {
			since = now
		}
		calm.Reset(min(settle, since.Add(longest).Sub(now)))
	}
	for {
		select {
		case <-w.quit:
			return
		case ev, ok := <-w.fs.Events:
			if !ok {
				return
			}
			if w.matters(ev) {
				news()
			}
		case _, ok := <-w.fs.Errors:
			if !ok {
				return
			}
			news() // events were lost: look
		case <-calm.C:
			since = time.Time{}
			w.arm()
			if next := Scan(w.folders); !reflect.DeepEqual(next, seen) {
				seen = next
				w.tell(seen)
			}
		}
	}
}

// tell replaces the change that nobody has taken yet.
func (w *Watcher) tell(s Seen) {
	select {
	case <-w.changes:
	default:
	}
	w.changes <- Change{At: time.Now(), Seen: s}
}

// matters says whether an event is about something that is read, or about a
// folder that is watched and has gone.
func (w *Watcher) matters(ev fsnotify.Event) bool {
	if w.wanted[ev.Name] != nil && ev.Has(fsnotify.Remove|fsnotify.Rename) {
		return true
	}
	names := w.wanted[filepath.Dir(ev.Name)]
	switch {
	case ev.Op == fsnotify.Chmod:
		return false
	case names[filepath.Base(ev.Name)]:
		return true
	case names[all]:
		return ev.Has(fsnotify.Create | fsnotify.Remove | fsnotify.Rename)
	case names["*"] && ev.Has(fsnotify.Create):
		// Browsers write files beside the folders of profiles all the time.
		info, err := os.Stat(ev.Name)
		return err == nil && info.IsDir()
	}
	return false
}

// arm watches the folders that matter as things are now. What came to be
// between looking and watching is met by looking again.
func (w *Watcher) arm() {
	for range 10 { // folders that somebody makes faster than this are met later
		before := w.wanted
		w.wanted = map[string]map[string]bool{}
		files, extensions := catalog.Configs()
		for _, f := range files {
			dir, parts := w.folders.split(f.Path)
			w.want(dir, parts)
		}
		for _, x := range extensions {
			for _, p := range x.Paths {
				dir, parts := w.folders.split(p)
				w.want(dir, append(parts, all))
			}
		}
		watched := map[string]bool{}
		for _, dir := range w.fs.WatchList() {
			if watched[dir] = true; w.wanted[dir] == nil {
				_ = w.fs.Remove(dir)
			}
		}
		more := !reflect.DeepEqual(before, w.wanted)
		for dir := range w.wanted {
			if !watched[dir] && w.fs.Add(dir) == nil {
				more = true
			}
		}
		if !more {
			return
		}
	}
}

// want notes which folder has to be watched for a path: the last one that is
// there, and each in which a part may be any.
func (w *Watcher) want(dir string, parts []string) {
	name := parts[0]
	full := filepath.Join(dir, name)
	switch {
	case len(parts) == 1:
		w.note(dir, name)
		if target, err := filepath.EvalSymlinks(full); err == nil && target != full {
			w.note(filepath.Dir(target), filepath.Base(target)) // settings kept elsewhere, linked here
		}
	case name == "*":
		w.note(dir, name)
		for _, sub := range folders(dir) {
			w.want(filepath.Join(dir, sub), parts[1:])
		}
	default:
		if info, err := os.Stat(full); err == nil && info.IsDir() {
			w.want(full, parts[1:])
			return
		}
		w.note(dir, name)
	}
}

// note asks for a folder, or the nearest one above it that is there.
func (w *Watcher) note(dir, name string) {
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			return
		}
		dir, name = up, filepath.Base(dir)
	}
	if w.wanted[dir] == nil {
		w.wanted[dir] = map[string]bool{}
	}
	w.wanted[dir][name] = true
}
