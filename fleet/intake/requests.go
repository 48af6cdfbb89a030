package intake

import (
	"errors"
	"net/http"
	"time"

	"golang.org/x/time/rate"

	"handrail/agent/hostname"
	"handrail/agent/report"
	"handrail/fleet/store"
)

// How many requests, and questions for answers, are taken at once and how fast
// more are, of all senders together: looking at who sends would be a way to tell
// them apart. A request is a rare thing; answers are looked for now and then.
const (
	requestBurst  = 100
	requestEvery  = time.Second
	questionBurst = 500
	questionEvery = 50 * time.Millisecond
)

// requests takes requests for tools, and the questions for their answers.
type requests struct {
	ReportOptions
	asking, fetching *rate.Limiter
}

func (o ReportOptions) requests() requests {
	return requests{o, rate.NewLimiter(rate.Every(requestEvery), requestBurst), rate.NewLimiter(rate.Every(questionEvery), questionBurst)}
}

func (q requests) put(w http.ResponseWriter, r *http.Request) {
	b, ok := nameless(w, r, report.RequestSize)
	if !ok {
		return
	}
	x, err := report.DecodeRequest(b)
	if err != nil {
		refuse(w, http.StatusBadRequest, report.Malformed)
		return
	}
	if x.Host != "" {
		// The laptop has said so too. Nothing else may stand in the one field that
		// no list closes, whatever program sends it.
		if h, public := hostname.Public(string(x.Host)); !public || h != string(x.Host) {
			refuse(w, http.StatusBadRequest, report.NotPublic)
			return
		}
	}
	if !q.asking.AllowN(q.Now(), 1) {
		busy(w)
		return
	}
	already, err := q.Store.PutRequest(r.Context(), x, q.Now().UTC().Format(time.DateOnly))
	switch {
	case errors.Is(err, store.ErrUnknownClaim): // somebody else's digest
		refuse(w, http.StatusBadRequest, report.Malformed)
	case err != nil:
		q.Log.Error("a request could not be stored", "error", err)
		busy(w)
	case already:
		answer(w, http.StatusOK, report.ReportReply{Receipt: report.IDOf(b)})
	default:
		answer(w, http.StatusAccepted, report.ReportReply{Receipt: report.IDOf(b)})
	}
}

func (q requests) fetch(w http.ResponseWriter, r *http.Request) {
	b, ok := nameless(w, r, report.MaxMessage)
	if !ok {
		return
	}
	x, err := report.DecodeQuestion(b)
	if err != nil {
		refuse(w, http.StatusBadRequest, report.Malformed)
		return
	}
	if !q.fetching.AllowN(q.Now(), 1) {
		busy(w)
		return
	}
	a, err := q.Store.Answer(r.Context(), x.Claim.Digest())
	switch {
	case errors.Is(err, store.ErrUnknownClaim):
		refuse(w, http.StatusNotFound, report.UnknownClaim)
	case err != nil:
		q.Log.Error("an answer could not be looked up", "error", err)
		busy(w)
	default:
		answer(w, http.StatusOK, a)
	}
}
