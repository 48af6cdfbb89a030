package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"handrail/agent/card"
	"handrail/agent/durable"
	"handrail/agent/nudge"
)

// quietFile is the person's file of what a day's nudges have spent, so that
// logging in again is no new day, and of the number that was drawn for the
// hold-out. It says nothing about what the nudges were about.
const quietFile = "quiet.json"

const quietVersion = 1

// budget is what the file holds.
type budget struct {
	V     int         `json:"v"`
	Spent nudge.Spent `json:"spent"`
	// Draw is from 0 to 99: a hold-out of n per cent has the laptops below n. It
	// is drawn once, so that what is compared stays the same laptops.
	Draw int `json:"draw"`
}

func (b budget) check() error {
	if b.V != quietVersion || b.Draw < 0 || b.Draw > 99 || b.Spent.Nudges < 0 {
		return errors.New("it is not of a form that this version writes")
	}
	return nil
}

// openBudget reads the file, or draws the number and makes it. A damaged one is
// set aside, which the session's status says.
func (e *engine) openBudget(ctx context.Context) {
	path := filepath.Join(e.Paths.UserState, quietFile)
	b, err := os.ReadFile(path)
	writable := errors.Is(err, fs.ErrNotExist)
	if err == nil {
		if err = json.Unmarshal(b, &e.budget); err == nil {
			err = e.budget.check()
		}
		if err != nil {
			err, writable = durable.SetAside(path, fmt.Errorf("%s: %w", path, err))
		}
	}
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			e.trouble("how many nudges there were today can't be read", err)
		}
		e.budget = budget{V: quietVersion, Draw: rand.IntN(100)}
		if writable {
			e.saveBudget()
		}
	}
	e.play(ctx, nudge.Restored{At: time.Now(), Spent: e.budget.Spent})
}

// keepSpent writes what was spent, when that has changed.
func (e *engine) keepSpent() {
	if s := e.nudge.Spent(); s != e.budget.Spent {
		e.budget.Spent = s
		e.saveBudget()
	}
}

func (e *engine) saveBudget() {
	b, err := json.Marshal(e.budget)
	if err == nil {
		err = durable.Replace(filepath.Join(e.Paths.UserState, quietFile), b, 0o600)
	}
	if err != nil {
		e.trouble("how many nudges there were today could not be kept for the next session", err)
	}
}

// inHoldOut tells whether this laptop shows no nudges, to measure whether they
// help.
func (e *engine) inHoldOut() bool { return e.budget.Draw < e.policy.Quiet.HoldOut }

// badge keeps what no nudge told of, in memory only, for the tray and the panel.
func (e *engine) badge(q card.Quiet) {
	// New slices: tray and panel read the old ones.
	e.heldBack = slices.Insert(slices.Clone(e.heldBack[:min(len(e.heldBack), card.MaxQuiet-1)]), 0, q)
	e.unread = true
	e.showTray()
}

// lookedAt is after the list was opened: the badge has done its work.
func (e *engine) lookedAt() {
	e.unread = false
	e.showTray()
}
