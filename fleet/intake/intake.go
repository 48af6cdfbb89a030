// Package intake takes what laptops send, on two handlers that belong on two
// listeners: Devices takes enrolments and signed check-ins, which name a
// device; Reports takes behaviour reports, which name nobody, and refuses a
// request that brings anything along that could. Closer closes batches.
//
// Nothing here logs a body, an address or an id.
package intake

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"handrail/agent/report"
)

// answer writes a reply of ours. A client that left is no error of the server.
func answer(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b)
}

func refuse(w http.ResponseWriter, status int, r report.Reason) {
	answer(w, status, report.Refusal{Reason: r})
}

// busy is the answer when the store can't take anything now: a full disk, say.
func busy(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "60")
	refuse(w, http.StatusServiceUnavailable, report.Busy)
}

// body reads at most limit bytes, or refuses.
func body(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, bool) {
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		status := http.StatusBadRequest
		if big := new(http.MaxBytesError); errors.As(err, &big) {
			status = http.StatusRequestEntityTooLarge
		}
		refuse(w, status, report.Malformed)
		return nil, false
	}
	return b, true
}
