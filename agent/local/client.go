package local

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"

	"handrail/agent/coverage"
)

// Client asks the service or a session, on a new connection each time. It is
// safe for concurrent use.
type Client struct {
	path, version string
	protocol      int // Protocol, but for tests
	http          *http.Client
}

// NewClient returns a client for the socket at path. version is that of the
// asking program, for the handshake.
func NewClient(path, version string) *Client {
	c := &Client{path: path, version: version, protocol: Protocol}
	c.http = &http.Client{Transport: &http.Transport{
		DialContext:            func(ctx context.Context, _, _ string) (net.Conn, error) { return c.dial(ctx) },
		DisableKeepAlives:      true, // connecting takes no time here, and an idle connection can be stale
		MaxResponseHeaderBytes: 8 << 10,
		DisableCompression:     true,
	}}
	return c
}

// dial connects and shakes hands, so that no request ever reaches a server
// that might misunderstand it.
func (c *Client) dial(ctx context.Context) (net.Conn, error) {
	conn, err := dial(ctx, c.path)
	if err != nil {
		return nil, err
	}
	if _, err := c.shake(conn); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

var errNotHandrail = errors.New("shaking hands: whoever answers there is not Handrail")

// cut says what it means that a handshake broke off.
func cut(err error) error {
	switch op := new(net.OpError); {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Errorf("shaking hands: no answer within %v: %w", helloTimeout, ErrBusy)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &op):
		return fmt.Errorf("shaking hands: the connection was closed, there are too many or it is just stopping: %w", ErrBusy)
	default:
		return errNotHandrail
	}
}

func (c *Client) shake(conn net.Conn) (Hello, error) {
	_ = conn.SetDeadline(time.Now().Add(helloTimeout))
	defer func() { _ = conn.SetDeadline(time.Time{}) }()
	r, err := http.NewRequest(http.MethodGet, "http://handrail/v1/hello", nil)
	if err != nil {
		return Hello{}, err
	}
	r.Header.Set(protocolHeader, strconv.Itoa(c.protocol))
	r.Header.Set(versionHeader, c.version)
	if err := r.Write(conn); err != nil {
		return Hello{}, cut(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(io.LimitReader(conn, 16<<10)), r)
	if err != nil {
		return Hello{}, cut(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 8<<10))
	if err != nil {
		return Hello{}, cut(err)
	}
	if res.StatusCode != http.StatusOK && res.StatusCode != http.StatusUpgradeRequired {
		return Hello{}, refused(res.StatusCode, body)
	}
	var h Hello
	if err := json.Unmarshal(body, &h); err != nil || h.Protocol == 0 {
		return Hello{}, errNotHandrail
	}
	if !plainVersion.MatchString(h.Version) {
		h.Version = "unknown"
	}
	if h.Protocol != c.protocol || res.StatusCode == http.StatusUpgradeRequired {
		return h, &VersionError{
			Role: h.Role, ServerProtocol: h.Protocol, ServerVersion: h.Version,
			ClientProtocol: c.protocol, ClientVersion: c.version,
		}
	}
	return h, nil
}

// Hello asks only who answers, and which version it is. The error is a
// *VersionError when the two versions can't talk; the Hello is right even so.
func (c *Client) Hello(ctx context.Context) (Hello, error) {
	conn, err := dial(ctx, c.path)
	if err != nil {
		return Hello{}, c.wrap(err)
	}
	defer conn.Close()
	h, err := c.shake(conn)
	return h, c.wrap(err)
}

// Do sends in as JSON, or nothing for nil, and decodes the answer into out
// unless that is nil. Errors wrap this package's, with the other side's words.
func (c *Client) Do(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("asking %s: %w", c.path, err)
		}
		body = bytes.NewReader(b)
	}
	return c.do(ctx, method, path, body, out)
}

func (c *Client) do(ctx context.Context, method, path string, body io.Reader, out any) error {
	res, err := c.send(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return c.wrap(err)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(b, out); err != nil {
		return c.wrap(fmt.Errorf("reading the answer: %w", err))
	}
	return nil
}

// send returns a successful answer, whose body is the caller's to close.
func (c *Client) send(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://handrail"+path, body)
	if err != nil {
		return nil, c.wrap(err)
	}
	res, err := c.http.Do(r)
	if err != nil {
		return nil, c.wrap(err)
	}
	if res.StatusCode != http.StatusOK {
		defer res.Body.Close()
		b, _ := io.ReadAll(io.LimitReader(res.Body, 8<<10))
		return nil, c.wrap(refused(res.StatusCode, b))
	}
	return res, nil
}

// wrap says which socket an error is about, and drops the made-up URL.
func (c *Client) wrap(err error) error {
	if err == nil {
		return nil
	}
	if u := new(url.Error); errors.As(err, &u) {
		err = u.Err
	}
	if op := new(net.OpError); errors.As(err, &op) {
		err = op.Err
	}
	return fmt.Errorf("asking %s: %w", c.path, err)
}

func refused(status int, body []byte) error {
	var r refusal
	if json.Unmarshal(body, &r) != nil || r.Error == "" {
		return fmt.Errorf("the answer was %d", status)
	}
	for _, k := range codes {
		if k.code == r.Code {
			return &remote{k.err, r.Error}
		}
	}
	return errors.New(r.Error)
}

// remote is an error of this package in the other side's words.
type remote struct {
	kind  error
	words string
}

func (e *remote) Error() string { return e.words }
func (e *remote) Unwrap() error { return e.kind }

// Status asks the service how it is.
func (c *Client) Status(ctx context.Context) (s ServiceStatus, err error) {
	err = c.Do(ctx, http.MethodGet, "/v1/status", nil, &s)
	return s, err
}

// SessionStatus asks a session how it is.
func (c *Client) SessionStatus(ctx context.Context) (s SessionStatus, err error) {
	err = c.Do(ctx, http.MethodGet, "/v1/status", nil, &s)
	return s, err
}

// Policy returns the policy in force when its state is another than the one
// named have, and waits for that if need be; "" never waits. It returns an
// error when the service ends: ask again after a while.
func (c *Client) Policy(ctx context.Context, have string) (p PolicyReply, err error) {
	err = c.Do(ctx, http.MethodGet, "/v1/policy?have="+url.QueryEscape(have), nil, &p)
	return p, err
}

// Watch tells the service that this session watches, for as long as it runs:
// until ctx ends (then the error is ctx's), tables is closed (nil), or the
// service goes away (any other error). The service counts the session from the
// first table on; each further one replaces it. After an error a table that
// was taken from the channel may not have arrived: send the newest again.
func (c *Client) Watch(ctx context.Context, tables <-chan coverage.Table) error {
	ctx, cancel := context.WithCancel(ctx)
	body, lines := io.Pipe()
	var wrote error // set before done is closed
	done := make(chan struct{})
	go func() {
		defer close(done)
		wrote = writeTables(ctx, lines, tables)
		lines.Close()
	}()
	defer func() {
		cancel()
		body.Close() // frees a writer that waits for the pipe
		<-done
	}()
	res, err := c.send(ctx, http.MethodPost, "/v1/watch", body)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, res.Body) // ends with the request, or when the service does
	res.Body.Close()
	select {
	case <-done:
		return wrote
	default:
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return c.wrap(ErrNotRunning)
}

func writeTables(ctx context.Context, w io.Writer, tables <-chan coverage.Table) error {
	out := json.NewEncoder(w)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case t, ok := <-tables:
			if !ok {
				return nil
			}
			if err := out.Encode(t); err != nil {
				return fmt.Errorf("telling the service what is watched: %w", err)
			}
		}
	}
}

// HandReport hands body to the service, which stores it durably before it
// answers. Doing it again with the same id and bytes is harmless and returns
// the receipt, also one of a later day. The id must be new and random, see
// ValidReportID. On ErrDiskFull and ErrBusy keep the report and try later.
func (c *Client) HandReport(ctx context.Context, id string, body []byte) (r Receipt, err error) {
	if len(body) > MaxReport {
		return r, fmt.Errorf("handing in a report of %d bytes: %w: %d are allowed", len(body), ErrTooBig, MaxReport)
	}
	err = c.do(ctx, http.MethodPut, "/v1/reports/"+url.PathEscape(id), bytes.NewReader(body), &r)
	return r, err
}

// Report returns the receipt of a report that this account handed in.
func (c *Client) Report(ctx context.Context, id string) (r Receipt, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/reports/"+url.PathEscape(id), nil, &r)
	return r, err
}

// Answer asks for the answer to a request for a tool, with the exact bytes of
// the question (report.EncodeQuestion), and returns those of the answer. Its
// errors wrap ErrBusy when it is too soon to ask, and ErrUnknownReport when the
// request has not arrived yet.
func (c *Client) Answer(ctx context.Context, question []byte) (answer []byte, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/answer", bytes.NewReader(question), &answer)
	return answer, err
}

// DeviceLedger returns the exact bytes of the device's ledger, for the caller
// to verify and to close.
func (c *Client) DeviceLedger(ctx context.Context) (io.ReadCloser, error) {
	res, err := c.send(ctx, http.MethodGet, "/v1/ledger", nil)
	if err != nil {
		return nil, err
	}
	return res.Body, nil
}
