package session

import (
	"context"
	"net/http"
	"time"

	"handrail/agent/local"
)

// Forgot is the answer to POST /v1/safe-paste/forget on the session's socket.
type Forgot struct {
	Values int `json:"values"` // how many were kept
}

// watchValues sets the timer for the values that have to go next, and tells the
// tray how many there are. They stay for as long as the policy says, from when
// a text with them was last made safe.
func (e *engine) watchValues() {
	kept, oldest := e.browsers.redactor.Values()
	e.kept = kept
	if kept > 0 {
		e.expire.Reset(time.Until(oldest.Add(e.policy.SafePaste.Keep())))
	} else {
		e.expire.Stop()
	}
	e.showTray()
}

// expireValues wipes the values that have been kept for long enough.
func (e *engine) expireValues(now time.Time) {
	// What is due in this very moment is due.
	e.browsers.redactor.Expire(now.Add(-e.policy.SafePaste.Keep() + time.Nanosecond))
	e.watchValues()
	if e.kept == 0 {
		e.withdrawOffer()
	}
}

// forgetSafePaste wipes everything that Safe Paste keeps: the values, and what was
// on the clipboard. It returns how many values there were.
func (e *engine) forgetSafePaste() int {
	n, _ := e.browsers.redactor.Values()
	e.browsers.redactor.Forget()
	e.forgetOriginal()
	e.withdrawOffer()
	e.watchValues()
	return n
}

// handleForgetSafePaste answers POST /v1/safe-paste/forget.
func (e *engine) handleForgetSafePaste(ctx context.Context, w http.ResponseWriter) {
	done := make(chan int, 1)
	if !e.post(ctx, safePasteForgotten{done}) {
		local.Refuse(w, errEnding)
		return
	}
	local.Reply(w, Forgot{<-done})
}
