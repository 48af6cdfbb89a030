package session

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"handrail/agent/card"
	"handrail/agent/durable"
	"handrail/agent/local"
	"handrail/agent/nodump"
	"handrail/detect/allow"
)

// MaxPause is the longest pause. Whoever needs a longer one pauses again.
const MaxPause = 12 * time.Hour

// PauseRequest is the body of POST /v1/pause on the session's socket.
type PauseRequest struct {
	// Seconds is the length of the pause, at most MaxPause; 0 means an hour.
	Seconds int `json:"seconds"`
}

// AnswerRequest is the body of POST /v1/answer on the session's socket.
type AnswerRequest struct {
	Answer card.Answer `json:"answer"`
}

// ForgetRequest is the body of POST /v1/forget on the session's socket: entries
// of the learned list.
type ForgetRequest struct {
	IDs []allow.Digest `json:"ids"`
}

// Run watches one desktop session until ctx ends, and answers on the session's
// socket. It returns an error at once when another session of the same account
// watches already.
func Run(ctx context.Context, o Options) error {
	for _, dir := range []string{o.Paths.UserState, o.Paths.UserRuntime} {
		if err := durable.PrivateDir(dir); err != nil {
			return fmt.Errorf("opening the folder %s: %w", dir, err)
		}
	}
	l, err := local.Listen(o.Paths.SessionSocket, 0o600)
	if errors.Is(err, local.ErrInUse) {
		return errors.New("a Handrail session of this account is already watching: see \"handrail status\"")
	}
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	e := newEngine(o)
	srv := &local.Server{
		Role: local.RoleSession, Version: o.Version, Log: o.Log,
		Allow: local.SameUser, Handler: e.handler(ctx),
	}
	served := make(chan error, 1)
	nodump.Go(o.Log, "socket", func() {
		served <- srv.Serve(ctx, l)
		stop()
	})
	o.Log.Info("session started", "version", o.Version)
	e.run(ctx)
	stop()
	err = <-served
	o.Log.Info("session ended")
	return err
}

// handler answers on the session's socket. ctx is the session's.
func (e *engine) handler(ctx context.Context) http.Handler {
	mux := local.SessionHandler(func(asked context.Context) local.SessionStatus {
		reply := make(chan local.SessionStatus, 1)
		if !e.post(asked, statusAsked{reply}) {
			return local.SessionStatus{Version: e.Version}
		}
		return <-reply
	})
	mux.HandleFunc("POST /v1/pause", func(w http.ResponseWriter, r *http.Request) {
		var p PauseRequest
		if err := decode(r, &p); err != nil {
			local.Refuse(w, err)
			return
		}
		length := time.Duration(p.Seconds) * time.Second
		if p.Seconds == 0 {
			length = time.Hour
		}
		if length < 0 || length > MaxPause {
			local.Refuse(w, fmt.Errorf("%w: a pause can last up to %v", local.ErrBadRequest, MaxPause))
			return
		}
		e.answerPause(ctx, w, paused{on: true, length: length})
	})
	mux.HandleFunc("POST /v1/resume", func(w http.ResponseWriter, _ *http.Request) {
		e.answerPause(ctx, w, paused{})
	})
	mux.HandleFunc("POST /v1/requests", func(w http.ResponseWriter, r *http.Request) { e.handleRequest(ctx, w, r) })
	mux.HandleFunc("POST /v1/requests/answers", func(w http.ResponseWriter, r *http.Request) { e.handleAnswers(ctx, w, r) })
	mux.HandleFunc("POST /v1/pulse", func(w http.ResponseWriter, r *http.Request) { e.handlePulse(ctx, w, r) })
	mux.HandleFunc("POST /v1/panel", func(w http.ResponseWriter, r *http.Request) { e.handlePanel(ctx, w, r) })
	mux.HandleFunc("POST /v1/browser", func(w http.ResponseWriter, r *http.Request) { e.handleBrowser(ctx, w, r) })
	mux.HandleFunc("POST /v1/answer", func(w http.ResponseWriter, r *http.Request) {
		var a AnswerRequest
		if err := decode(r, &a); err != nil {
			local.Refuse(w, err)
			return
		}
		done := make(chan error, 1)
		if !e.post(ctx, answered{a.Answer, done}) {
			local.Refuse(w, errEnding)
			return
		}
		if err := <-done; err != nil {
			local.Refuse(w, fmt.Errorf("%w: %w", local.ErrBadRequest, err))
			return
		}
		local.Reply(w, struct{}{})
	})
	mux.HandleFunc("POST /v1/safe-paste/forget", func(w http.ResponseWriter, _ *http.Request) { e.handleForgetSafePaste(ctx, w) })
	mux.HandleFunc("POST /v1/forget", func(w http.ResponseWriter, r *http.Request) {
		var f ForgetRequest
		if err := decode(r, &f); err != nil {
			local.Refuse(w, err)
			return
		}
		done := make(chan error, 1)
		if !e.post(ctx, forgotten{f.IDs, done}) {
			local.Refuse(w, errEnding)
			return
		}
		if err := <-done; err != nil {
			local.Refuse(w, err)
			return
		}
		local.Reply(w, struct{}{})
	})
	return mux
}

var errEnding = errors.New("the session is ending")

func (e *engine) answerPause(ctx context.Context, w http.ResponseWriter, p paused) {
	done := make(chan struct{})
	p.done = done
	if !e.post(ctx, p) {
		local.Refuse(w, errEnding)
		return
	}
	<-done
	local.Reply(w, struct{}{})
}
