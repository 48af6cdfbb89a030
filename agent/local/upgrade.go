package local

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// Upgrade asks for a raw connection in place of requests and answers, by HTTP's
// "101 Switching Protocols". The handshake and the look at who is asking come
// first, as with every request. The connection is the caller's to close; ctx is
// for the asking only.
func (c *Client) Upgrade(ctx context.Context, path, protocol string) (net.Conn, error) {
	conn, err := c.dial(ctx)
	if err != nil {
		return nil, c.wrap(err)
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	r, err := c.upgrade(conn, path, protocol)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		conn.Close()
		return nil, c.wrap(err)
	}
	return &raw{conn, r}, nil
}

func (c *Client) upgrade(conn net.Conn, path, protocol string) (*bufio.Reader, error) {
	r, err := http.NewRequest(http.MethodPost, "http://handrail"+path, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Connection", "Upgrade")
	r.Header.Set("Upgrade", protocol)
	if err := r.Write(conn); err != nil {
		return nil, err
	}
	in := bufio.NewReader(conn)
	res, err := http.ReadResponse(in, r)
	if err != nil {
		return nil, cut(err)
	}
	if res.StatusCode != http.StatusSwitchingProtocols || res.Header.Get("Upgrade") != protocol {
		defer res.Body.Close()
		b, _ := io.ReadAll(io.LimitReader(res.Body, 8<<10))
		return nil, refused(res.StatusCode, b)
	}
	return in, nil
}

// raw is a connection of which some bytes may have been read ahead.
type raw struct {
	net.Conn
	ahead *bufio.Reader
}

// Read returns what was read ahead first.
func (r *raw) Read(b []byte) (int, error) { return r.ahead.Read(b) }

// Hijack answers a client's Upgrade and returns the connection, without
// deadlines. It is the handler's to close, also when the server ends; after an
// error the request has been refused.
func Hijack(w http.ResponseWriter, r *http.Request, protocol string) (net.Conn, error) {
	if r.Header.Get("Upgrade") != protocol || !strings.EqualFold(r.Header.Get("Connection"), "upgrade") {
		err := fmt.Errorf("%w: this path is for %s only", ErrBadRequest, protocol)
		Refuse(w, err)
		return nil, err
	}
	conn, buf, err := http.NewResponseController(w).Hijack()
	if err != nil {
		Refuse(w, errors.New("the connection can't be taken over"))
		return nil, err
	}
	err = conn.SetDeadline(time.Time{})
	if err == nil {
		_, err = fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: %s\r\n\r\n", protocol)
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return &raw{conn, buf.Reader}, nil
}
