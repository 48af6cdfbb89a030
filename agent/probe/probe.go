// Package probe finds local model servers: programs that run an AI model on
// this computer and answer others. One is recognised by its program and by what
// it answers to a harmless question, never by its port.
//
// It asks on the loopback interface only, with GET, sends nothing of anybody's,
// follows no redirect, and keeps nothing of an answer.
package probe

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"handrail/agent/process"
	"handrail/detect/catalog"
)

// Found is a local model server that runs and has answered.
type Found struct {
	Destination catalog.Destination // its Local is set
	PID         int
	Address     netip.AddrPort
}

// Bounds of one question.
const (
	patience  = 500 * time.Millisecond
	maxAnswer = 64 << 10
)

// Servers returns the local model servers, each tool once, sorted. Where
// programs can't be seen the error is a *coverage.Unavailable.
func Servers(ctx context.Context, cat *catalog.Catalog) ([]Found, error) {
	servers := catalog.Servers()
	listeners, err := process.Listeners(ctx, func(name, folder string) bool {
		return slices.ContainsFunc(servers, func(s catalog.Server) bool { return s.Runs(name, folder) })
	})
	if err != nil {
		return nil, err
	}
	var list []Found
	for _, l := range listeners {
		for _, s := range servers {
			d, ok := cat.Local(s.Tool)
			// The folder has been looked at; here it is which one of them.
			if !ok || !s.Runs(l.Program.Name, s.Folder) {
				continue
			}
			if at, ok := first(ctx, l.Addresses, s.Probes); ok {
				list = append(list, Found{d, l.Program.PID, at})
			}
		}
	}
	slices.SortFunc(list, func(a, b Found) int {
		return strings.Compare(string(a.Destination.Tool), string(b.Destination.Tool))
	})
	return slices.CompactFunc(list, func(a, b Found) bool { return a.Destination.Tool == b.Destination.Tool }), ctx.Err()
}

// first returns the first address that answers as one of the probes wants.
func first(ctx context.Context, addresses []netip.AddrPort, probes []catalog.Probe) (netip.AddrPort, bool) {
	for _, at := range addresses {
		for _, p := range probes {
			if answers(ctx, at, p) {
				return at, true
			}
		}
	}
	return netip.AddrPort{}, false
}

// client goes nowhere but where it is sent: no proxy, no redirect, no cookie.
var client = &http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: 16 << 10},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// answers asks one question.
func answers(ctx context.Context, at netip.AddrPort, p catalog.Probe) bool {
	if !at.Addr().IsLoopback() {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+at.String()+p.Get, nil)
	if err != nil {
		return false
	}
	req.Header.Set("User-Agent", "handrail")
	res, err := client.Do(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return false
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	return (err == nil || errors.Is(err, io.ErrUnexpectedEOF)) && bytes.Contains(body, []byte(p.Has))
}
