package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"handrail/agent/card"
	"handrail/agent/durable"
)

// welcomeFile is the person's file about the page that says what Handrail does:
// whether they have opened it, and whether they have said that they got it.
const welcomeFile = "welcome.json"

const (
	// greetAfter is how long after its start a session offers that page, when a
	// desktop has come to rest, and greetAgain how long it waits where that is no
	// moment for it.
	greetAfter = 20 * time.Second
	greetAgain = 10 * time.Minute
)

// Welcome is what the file says. An upgrade leaves it as it is, and a version to
// come may add to it.
type Welcome struct {
	Opened bool `json:"opened"`
	GotIt  bool `json:"got_it"`
}

// Seen says that the page is not offered any more.
func (w Welcome) Seen() bool { return w.Opened || w.GotIt }

// ReadWelcome reads the file in a person's folder. None is a person who is new. A
// damaged one is set aside, as welcome.json.damaged, and they are new again: the
// error says so.
func ReadWelcome(dir string) (w Welcome, err error) {
	path := filepath.Join(dir, welcomeFile)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	if err != nil {
		return w, fmt.Errorf("reading whether the page about Handrail was seen: %w", err)
	}
	if err := json.Unmarshal(b, &w); err != nil {
		err, _ = durable.SetAside(path, fmt.Errorf("reading whether the page about Handrail was seen: %w", err))
		return Welcome{}, err
	}
	return w, nil
}

// NoteWelcome writes that a person has opened the page, and whether they have said
// that they got it.
func NoteWelcome(dir string, gotIt bool) error {
	w, err := ReadWelcome(dir)
	now := Welcome{Opened: true, GotIt: w.GotIt || gotIt}
	if err == nil && w == now {
		return nil
	}
	b, err := json.Marshal(now)
	if err == nil {
		err = durable.PrivateDir(dir)
	}
	if err == nil {
		err = durable.Replace(filepath.Join(dir, welcomeFile), append(b, '\n'), 0o600)
	}
	if err != nil {
		return fmt.Errorf("writing that the page about Handrail was seen: %w", err)
	}
	return nil
}

// openWelcome sets the time for the offer, if there is to be one.
func (e *engine) openWelcome() {
	w, err := ReadWelcome(e.Paths.UserState)
	if err != nil {
		e.Log.Warn("whether the page about Handrail was seen can't be read", "error", err)
	}
	if e.Greet && !w.Seen() {
		e.greet.Reset(greetAfter)
	}
}

// offerWelcome offers the page, quietly: the card takes no keyboard and goes by
// itself. Where that is no moment for it, it is tried again.
func (e *engine) offerWelcome(ctx context.Context) {
	if w, _ := ReadWelcome(e.Paths.UserState); w.Seen() {
		return // meanwhile, from the tray or in a terminal
	}
	if !e.momentForQuiet() || e.quiet.card.ID != 0 || e.paused {
		e.greet.Reset(greetAgain)
		return
	}
	e.showQuiet(ctx, card.Card{About: card.Welcome})
}

// welcomed notes that the page is open, or that the person got it.
func (e *engine) welcomed(gotIt bool) error {
	e.greet.Stop()
	if e.quiet.card.About == card.Welcome {
		e.withdrawQuiet()
	}
	return NoteWelcome(e.Paths.UserState, gotIt)
}
