package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"sync/atomic"
	"time"
)

// Headers of the handshake.
const (
	protocolHeader = "Handrail-Protocol"
	versionHeader  = "Handrail-Version"
)

// Server answers on one socket.
type Server struct {
	Role    Role
	Version string
	// Handler gets the requests of those who have said hello and are allowed.
	// Peer tells it who they are; bodies are capped at MaxBody.
	Handler http.Handler
	// Allow says whether a caller may ask at all; nil lets everybody in.
	Allow func(Caller) error
	Log   *slog.Logger
	// Stranger, if set, is called for each connection on which something was
	// sent and no two versions agreed: garbage, or a program of another version.
	Stranger func()

	quiet quiet
}

// quiet lets one line a minute into the log: whoever may connect could fill it
// otherwise.
type quiet struct{ last atomic.Int64 }

func (q *quiet) lift(now time.Time) bool {
	last := q.last.Load()
	return (last == 0 || now.Unix()-last >= 60) && q.last.CompareAndSwap(last, now.Unix())
}

// SameUser allows the account that this program runs as, and nobody else.
func SameUser(c Caller) error {
	if c.UID != os.Getuid() {
		return fmt.Errorf("%w: this session belongs to another account", ErrRefused)
	}
	return nil
}

type greetedKey struct{}

// Serve answers until ctx ends, then gives running requests a moment. It
// closes l.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler:           http.HandlerFunc(s.serve),
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    8 << 10,
		// What the standard server would print can hold bytes from outside and
		// values of panics.
		ErrorLog:    log.New(io.Discard, "", 0),
		BaseContext: func(net.Listener) context.Context { return ctx },
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			known := c.(*conn) // from limited, below
			ctx = context.WithValue(ctx, callerKey{}, known.caller)
			return context.WithValue(ctx, greetedKey{}, &known.greeted)
		},
	}
	stranger := s.Stranger
	if stranger == nil {
		stranger = func() {}
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(&limited{Listener: l, stranger: stranger}) }()
	select {
	case err := <-done:
		return fmt.Errorf("serving on the socket: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if srv.Shutdown(stop) != nil {
		srv.Close()
	}
	<-done
	return nil
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if p := recover(); p != nil {
			if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(p)
			}
			// The value may hold anything; it is not printed.
			s.Log.Error("a request failed inside", "request", r.Pattern)
			Refuse(w, errors.New("this request failed inside Handrail"))
		}
	}()
	rc := http.NewResponseController(w)
	_ = rc.SetReadDeadline(time.Now().Add(bodyTimeout))
	_ = rc.SetWriteDeadline(time.Now().Add(writeTimeout))
	who, ok := Peer(r.Context())
	if !ok {
		Refuse(w, fmt.Errorf("%w: the system does not say who is asking", ErrRefused))
		return
	}
	if s.Allow != nil {
		if err := s.Allow(who); err != nil {
			Refuse(w, err)
			return
		}
	}
	greeted := r.Context().Value(greetedKey{}).(*atomic.Bool)
	if r.Method == http.MethodGet && r.URL.Path == "/v1/hello" {
		if s.hello(w, r) {
			greeted.Store(true)
		}
		return
	}
	if !greeted.Load() {
		Refuse(w, fmt.Errorf("%w: begin with GET /v1/hello and the header %s", ErrBadRequest, protocolHeader))
		return
	}
	if s.Handler == nil {
		http.NotFound(w, r)
		return
	}
	if r.URL.Path != "/v1/watch" { // a stream: its lines are capped instead
		r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
	}
	s.Handler.ServeHTTP(w, r)
}

// plainVersion is what versions look like; others are not printed, because
// they come from outside.
var plainVersion = regexp.MustCompile(`^[0-9A-Za-z.+~-]{1,40}$`)

// hello answers the handshake and reports whether the two can talk.
func (s *Server) hello(w http.ResponseWriter, r *http.Request) bool {
	version := r.Header.Get(versionHeader)
	if !plainVersion.MatchString(version) {
		version = "unknown"
	}
	protocol, err := strconv.Atoi(r.Header.Get(protocolHeader))
	if err != nil || protocol != Protocol {
		refused := &VersionError{
			Role: s.Role, ServerProtocol: Protocol, ServerVersion: s.Version,
			ClientProtocol: protocol, ClientVersion: version,
		}
		if s.quiet.lift(time.Now()) {
			s.Log.Warn("a program of another version was turned away", "theirs", version, "protocol", protocol, "ours", s.Version)
		}
		w.Header().Set("Connection", "close")
		write(w, http.StatusUpgradeRequired, struct {
			Hello
			Error string `json:"error"`
		}{Hello{Protocol, s.Version, s.Role}, refused.Error()})
		return false
	}
	Reply(w, Hello{Protocol, s.Version, s.Role})
	return true
}

// Reply answers a request with v as JSON.
func Reply(w http.ResponseWriter, v any) { write(w, http.StatusOK, v) }

// refusal is the body of every answer that is not a success.
type refusal struct {
	Error string `json:"error"`
	Code  string `json:"code,omitempty"`
}

// codes carries the errors that callers tell apart over the wire.
var codes = []struct {
	err    error
	code   string
	status int
}{
	{ErrRefused, "refused", http.StatusForbidden},
	{ErrTooBig, "too_big", http.StatusRequestEntityTooLarge},
	{ErrDiskFull, "disk_full", http.StatusInsufficientStorage},
	{ErrOtherBytes, "other_bytes", http.StatusConflict},
	{ErrUnknownReport, "unknown_report", http.StatusNotFound},
	{ErrBusy, "busy", http.StatusTooManyRequests},
	{ErrBadRequest, "bad_request", http.StatusBadRequest},
}

// Refuse answers a request with an error: its words, and its kind where it
// wraps one of this package's errors.
func Refuse(w http.ResponseWriter, err error) {
	if big := new(http.MaxBytesError); errors.As(err, &big) {
		err = fmt.Errorf("%w: %d bytes are allowed", ErrTooBig, big.Limit)
	}
	body, status := refusal{Error: err.Error()}, http.StatusInternalServerError
	for _, c := range codes {
		if errors.Is(err, c.err) {
			body.Code, status = c.code, c.status
		}
	}
	w.Header().Set("Connection", "close")
	write(w, status, body)
}

func write(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		status, b = http.StatusInternalServerError, []byte(`{"error":"the answer could not be written"}`)
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTimeout))
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(b, '\n'))
}
