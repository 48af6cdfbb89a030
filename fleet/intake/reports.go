package intake

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"handrail/agent/report"
	"handrail/fleet/store"
)

// ReportOptions are those of Reports.
type ReportOptions struct {
	Store *store.Store
	// Batch is the length of a batch, and Grace how long after its end one
	// takes reports.
	Batch, Grace time.Duration
	Now          func() time.Time // nil: time.Now
	Log          *slog.Logger
}

// naming are headers that could say who sent a report. A request that has one
// is refused, so that a client that sends it is noticed in its first test.
var naming = []string{"Cookie", "Authorization", report.DeviceHeader, report.CounterHeader, report.SignatureHeader}

// Reports takes behaviour reports, requests for tools and the questions for
// their answers. It looks at nothing of an HTTP request but its body and that it
// has no header that could name its sender.
func Reports(o ReportOptions) http.Handler {
	if o.Now == nil {
		o.Now = time.Now
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+report.ReportsPath, o.put)
	q := o.requests()
	mux.HandleFunc("POST "+report.RequestsPath, q.put)
	mux.HandleFunc("POST "+report.AnswersPath, q.fetch)
	return mux
}

// nameless reads the body of a request that says nothing about who sends it, or
// refuses.
func nameless(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, bool) {
	for _, h := range naming {
		if r.Header.Get(h) != "" {
			refuse(w, http.StatusBadRequest, report.Malformed)
			return nil, false
		}
	}
	if r.Header.Get("Content-Type") != "application/octet-stream" {
		refuse(w, http.StatusUnsupportedMediaType, report.Malformed)
		return nil, false
	}
	return body(w, r, limit)
}

func (o ReportOptions) put(w http.ResponseWriter, r *http.Request) {
	b, ok := nameless(w, r, report.PlainSize)
	if !ok {
		return
	}
	x, err := report.Decode(b)
	if err != nil {
		refuse(w, http.StatusBadRequest, report.Malformed)
		return
	}
	if !takes(x.Batch, o.Batch, o.Grace, o.Now()) {
		refuse(w, http.StatusGone, report.ClosedBatch)
		return
	}
	id := report.IDOf(b)
	already, err := o.Store.PutReport(r.Context(), x.Batch, id, b)
	switch {
	case errors.Is(err, store.ErrClosed):
		refuse(w, http.StatusGone, report.ClosedBatch)
	case err != nil:
		o.Log.Error("a report could not be stored", "error", err)
		busy(w)
	case already:
		answer(w, http.StatusOK, report.ReportReply{Receipt: id})
	default:
		answer(w, http.StatusAccepted, report.ReportReply{Receipt: id})
	}
}

// takes says whether a batch has begun, is not over for longer than grace, and
// is as long as the batches of this fleet.
func takes(id report.BatchID, length, grace time.Duration, now time.Time) bool {
	b, err := report.ParseBatch(id)
	return err == nil && b.ID == report.BatchOf(b.Start, length).ID && !now.Before(b.Start) && now.Before(b.End.Add(grace))
}
