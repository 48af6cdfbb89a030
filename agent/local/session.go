package local

import (
	"context"
	"net/http"
)

// SessionHandler serves a session's status by the path that Client uses. A
// session adds its own paths under /v1/ to the returned mux.
func SessionHandler(status func(context.Context) SessionStatus) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/status", func(w http.ResponseWriter, r *http.Request) {
		Reply(w, status(r.Context()))
	})
	return mux
}
