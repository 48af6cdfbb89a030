package local

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"handrail/agent/coverage"
)

// Service is what answers behind the service's socket. Its methods are called
// from many goroutines; each gets the caller as the kernel named it.
type Service interface {
	Status(ctx context.Context, who Caller) ServiceStatus
	// Policy returns the policy once its state is another than have, at once
	// for "". It returns ctx's error when ctx ends first.
	Policy(ctx context.Context, have string) (PolicyReply, error)
	// Watch notes that a session of the caller watches. update is called with
	// each coverage table and gone once, when the session ends.
	Watch(who Caller) (update func(coverage.Table), gone func())
	// HandReport stores body durably before it returns. It never looks inside.
	HandReport(ctx context.Context, who Caller, id string, body []byte) (Receipt, error)
	// Report returns the receipt of a report that the same account handed in.
	Report(ctx context.Context, who Caller, id string) (Receipt, error)
	// Answer asks the server for the answer to a request for a tool, with the
	// exact bytes of the question, and returns those of the answer.
	Answer(ctx context.Context, question []byte) ([]byte, error)
	// DeviceLedger opens the file of what was sent about this device.
	DeviceLedger(ctx context.Context) (io.ReadCloser, error)
}

// ServiceHandler serves s by the paths that Client uses.
func ServiceHandler(s Service) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/status", func(w http.ResponseWriter, r *http.Request) {
		who, _ := Peer(r.Context())
		Reply(w, s.Status(r.Context(), who))
	})
	mux.HandleFunc("GET /v1/policy", func(w http.ResponseWriter, r *http.Request) {
		// This may wait for days: the deadlines are for the answer itself.
		_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
		p, err := s.Policy(r.Context(), r.URL.Query().Get("have"))
		if err != nil {
			Refuse(w, err)
			return
		}
		Reply(w, p)
	})
	mux.HandleFunc("POST /v1/watch", func(w http.ResponseWriter, r *http.Request) { watch(s, w, r) })
	mux.HandleFunc("PUT /v1/reports/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, err := pathID(r)
		if err != nil {
			Refuse(w, err)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxReport))
		if err != nil {
			Refuse(w, fmt.Errorf("reading the report: %w", err))
			return
		}
		if len(body) == 0 {
			Refuse(w, fmt.Errorf("%w: the report is empty", ErrBadRequest))
			return
		}
		who, _ := Peer(r.Context())
		answer(w, func() (any, error) { return s.HandReport(r.Context(), who, id, body) })
	})
	mux.HandleFunc("GET /v1/reports/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, err := pathID(r)
		if err != nil {
			Refuse(w, err)
			return
		}
		who, _ := Peer(r.Context())
		answer(w, func() (any, error) { return s.Report(r.Context(), who, id) })
	})
	mux.HandleFunc("POST /v1/answer", func(w http.ResponseWriter, r *http.Request) {
		// The server may take its time; the deadlines are for the answer itself.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Time{})
		question, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxReport))
		if err != nil {
			Refuse(w, fmt.Errorf("reading the question: %w", err))
			return
		}
		answer(w, func() (any, error) { return s.Answer(r.Context(), question) })
	})
	mux.HandleFunc("GET /v1/ledger", func(w http.ResponseWriter, r *http.Request) {
		f, err := s.DeviceLedger(r.Context())
		if err != nil {
			Refuse(w, err)
			return
		}
		defer f.Close()
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = io.Copy(w, f)
	})
	return mux
}

func answer(w http.ResponseWriter, f func() (any, error)) {
	v, err := f()
	if err != nil {
		Refuse(w, err)
		return
	}
	Reply(w, v)
}

func pathID(r *http.Request) (string, error) {
	id := r.PathValue("id")
	if !ValidReportID(id) {
		return "", fmt.Errorf("%w: the id of a report is 32 to 64 hexadecimal digits", ErrBadRequest)
	}
	return id, nil
}

// watch reads one coverage table a line for as long as the session holds the
// request open. The kernel closes the connection of a dead session, so nobody
// is believed to watch who doesn't.
func watch(s Service, w http.ResponseWriter, r *http.Request) {
	rc := http.NewResponseController(w)
	if err := rc.EnableFullDuplex(); err != nil {
		Refuse(w, err)
		return
	}
	_ = rc.SetReadDeadline(time.Time{})
	_ = rc.SetWriteDeadline(time.Time{})
	stop := context.AfterFunc(r.Context(), func() { _ = rc.SetReadDeadline(time.Unix(1, 0)) })
	defer stop()

	lines := bufio.NewScanner(r.Body) // no limit as a whole; each line has one
	lines.Buffer(make([]byte, 0, 1024), MaxTable)
	who, _ := Peer(r.Context())
	var update func(coverage.Table)
	for lines.Scan() {
		table, err := parseTable(lines.Bytes())
		if err != nil {
			if update == nil {
				Refuse(w, err)
			}
			return // ends the request, and with it the watch
		}
		if update == nil {
			var gone func()
			update, gone = s.Watch(who)
			defer gone()
			update(table)
			w.WriteHeader(http.StatusOK)
			_ = rc.Flush()
			continue
		}
		update(table)
	}
}

// parseTable reads a coverage table of another process: every surface at most
// once, only names that we know.
func parseTable(line []byte) (coverage.Table, error) {
	var t coverage.Table
	if err := json.Unmarshal(line, &t); err != nil {
		return nil, fmt.Errorf("%w: this is not a coverage table", ErrBadRequest)
	}
	seen := map[coverage.Surface]bool{}
	for _, e := range t {
		if e.Surface == 0 || e.State == 0 || seen[e.Surface] {
			return nil, fmt.Errorf("%w: this coverage table is not complete", ErrBadRequest)
		}
		seen[e.Surface] = true
	}
	if len(t) == 0 {
		return nil, fmt.Errorf("%w: this coverage table is empty", ErrBadRequest)
	}
	return t, nil
}
