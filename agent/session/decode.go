package session

import (
	"encoding/json"
	"fmt"
	"net/http"

	"handrail/agent/local"
)

// decode reads a request's JSON body. Its error repeats nothing of it.
func decode(r *http.Request, into any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%w: the body is not the JSON that is expected here", local.ErrBadRequest)
	}
	return nil
}
