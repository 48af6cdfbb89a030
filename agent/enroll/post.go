package enroll

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"handrail/agent/report"
)

// agentName is the whole User-Agent: without a version, so that it is the same
// for everybody.
const agentName = "Handrail"

// patience bounds one request, from the name's lookup to the answer's end.
const patience = 30 * time.Second

// NewClient returns a client for one of the two planes. Each call returns one
// with a transport of its own: each request has a connection of its own, and
// nothing of an earlier one goes with it, neither cookies nor TLS tickets.
// Proxies are those of the environment, certificates are always verified, and
// redirects are not followed.
func NewClient() *http.Client {
	return &http.Client{
		Timeout: patience,
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: patience}).DialContext,
			TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12, SessionTicketsDisabled: true},
			DisableKeepAlives:     true,
			DisableCompression:    true,
			ResponseHeaderTimeout: patience,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Answer is what a server said.
type Answer struct {
	Status int
	Body   []byte // at most report.MaxMessage bytes
	// RetryAfter is what the server asks to wait, 0 if it doesn't.
	RetryAfter time.Duration
}

// maxRetryAfter bounds how long a server can keep a device quiet.
const maxRetryAfter = 24 * time.Hour

// Post sends body and returns the answer, whatever its status. header may be
// nil. An error means that no whole answer came; the server may have the body.
func Post(ctx context.Context, c *http.Client, address string, header http.Header, body []byte) (Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return Answer{}, fmt.Errorf("asking the server: %w", err)
	}
	for k, v := range header {
		req.Header[k] = v
	}
	req.Header.Set("User-Agent", agentName)
	resp, err := c.Do(req)
	if err != nil {
		if u := new(url.Error); errors.As(err, &u) {
			err = u.Err // the address is in the settings and the status
		}
		return Answer{}, fmt.Errorf("the server could not be reached: %w", err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, report.MaxMessage+1))
	if err != nil {
		return Answer{}, fmt.Errorf("the server's answer broke off: %w", err)
	}
	if len(b) > report.MaxMessage {
		b = nil // nothing that a server of ours says: the status has to do
	}
	return Answer{Status: resp.StatusCode, Body: b, RetryAfter: retryAfter(resp.Header.Get("Retry-After"))}, nil
}

// retryAfter reads the header: seconds, or a date (RFC 9110, 10.2.3).
func retryAfter(s string) time.Duration {
	var d time.Duration
	if n, err := strconv.ParseUint(s, 10, 31); err == nil {
		d = time.Duration(n) * time.Second
	} else if t, err := http.ParseTime(s); err == nil {
		d = time.Until(t)
	}
	return min(max(d, 0), maxRetryAfter)
}

// Refused is a server's refusal.
type Refused struct {
	Status int
	// Reason is 0 where the answer had none, from a proxy for example.
	Reason report.Reason
	// Counter is the server's, with report.OldCounter.
	Counter    uint64
	RetryAfter time.Duration
}

// Refusal makes an error of an answer that is no success.
func (a Answer) Refusal() *Refused {
	r := &Refused{Status: a.Status, RetryAfter: a.RetryAfter}
	if said, err := report.DecodeRefusal(a.Body); err == nil {
		r.Reason, r.Counter = said.Reason, said.Counter
	}
	return r
}

// Error says it in words, and what to do.
func (r *Refused) Error() string {
	switch r.Reason {
	case report.Malformed:
		return "the server does not understand this version of Handrail: update the server or this computer"
	case report.UnknownSecret:
		return "the server does not know this enrolment secret: hand out a new one"
	case report.UsedUp:
		return "the enrolment secret has let in as many devices as it may: hand out a new one"
	case report.ExpiredSecret:
		return "the enrolment secret's time is over: hand out a new one"
	case report.UnknownDevice:
		return "the server does not know this device any more: hand out a new enrolment secret to let it join again"
	case report.BadSignature:
		return "the server does not accept this device's signature: it may have got another key"
	case report.OldCounter:
		return "the server has seen this device's counter before"
	case report.ClosedBatch:
		return "the server does not take reports for this batch any more, or not yet: look at this computer's clock"
	case report.Busy:
		return "the server is busy, it is tried again"
	case report.UnknownClaim:
		return "the server has no such request: it may not have arrived yet"
	case report.NotPublic:
		return "the server takes requests for public hosts only"
	}
	return fmt.Sprintf("something on the way to the server, or the server, answered %d %s", r.Status, http.StatusText(r.Status))
}
