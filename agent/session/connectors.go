package session

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"handrail/agent/durable"
	"handrail/agent/process"
	"handrail/agent/tools"
	"handrail/detect/policy"
)

const (
	// connectorsFile says which connectors are known: digests, and their key.
	connectorsFile = "connectors.json"
	// maxKnown bounds the connectors that are remembered after they have gone.
	maxKnown = 4096
)

// ConnectorNews is a connector that a person is told of. It is for their own
// eyes: nothing of it is logged or leaves this computer.
type ConnectorNews struct {
	Tool      string // the AI tool's name
	Name      string // of an MCP server, as somebody called it; "" of an extension
	Where     string // what is public of it: its package, host or program, "" if that isn't known
	Forbidden bool   // the policy says so; else nobody has decided
	More      int    // others that are new too
}

// connectors is the account of what AI tools here were given to work with.
type connectors struct {
	seen    []tools.Connector
	there   bool // seen is filled
	known   *known
	telling bool // a notification is on its way
}

// known is what is remembered of connectors.
type known struct {
	Key []byte `json:"key"` // never leaves the file
	// Told says of each known connector's digest whether the person was told.
	Told map[string]bool `json:"told"`

	first bool // nothing is known yet
	dirty bool // not on the disk yet
}

// connectorsTold ends an attempt to tell of connectors: these digests, or none
// if it could not be shown.
type connectorsTold struct{ digests []string }

// connectorsSeen is what AI tools are given now.
type connectorsSeen struct{ tools.Change }

func (connectorsTold) message() {}
func (connectorsSeen) message() {}

// openKnown reads what is known. What can't be read begins anew: everything is
// taken as known again.
func (e *engine) openKnown() *known {
	b, err := os.ReadFile(filepath.Join(e.Paths.UserState, connectorsFile))
	k := new(known)
	if err == nil {
		err = json.Unmarshal(b, k)
	}
	if err == nil && len(k.Key) == 32 && k.Told != nil {
		return k
	}
	if !errors.Is(err, fs.ErrNotExist) {
		e.Log.Warn("which connectors are known can't be read and begins anew")
	}
	k = &known{Key: make([]byte, 32), Told: map[string]bool{}, first: true, dirty: true}
	rand.Read(k.Key) // never fails, see crypto/rand
	return k
}

// saveKnown writes what is known. What can't be written is written the next time.
func (e *engine) saveKnown() {
	k := e.connectors.known
	if !k.dirty {
		return
	}
	b, err := json.Marshal(k)
	if err == nil {
		err = durable.Replace(filepath.Join(e.Paths.UserState, connectorsFile), b, 0o600)
	}
	if err != nil {
		e.Log.Warn("which connectors are known could not be written", "error", err)
		return
	}
	k.dirty = false
}

func (k *known) set(digest string, told bool) {
	if before, there := k.Told[digest]; !there || before != told {
		k.Told[digest] = told
		k.dirty = true
	}
}

// reviewConnectors counts what AI tools were given, and tells of what is new
// and not approved. Not in a pause, and not when the policy switches everything
// off. What was there before Handrail is not news, unless the policy forbids
// it.
func (e *engine) reviewConnectors(ctx context.Context) {
	s := &e.connectors
	if !s.there || e.paused || !e.policy.Enabled {
		return
	}
	var uses []process.Use
	for _, c := range s.seen {
		uses = append(uses, c.Use(e.Catalog))
	}
	e.countUses(uses)
	if s.telling {
		return // looked at again when that is over
	}
	if s.known == nil {
		s.known = e.openKnown()
	}
	k := s.known
	if len(k.Told) > maxKnown {
		k.forget(s.seen)
	}
	var news []tools.Connector
	var digests []string
	for _, c := range s.seen {
		d := c.Digest(k.Key)
		told, old := k.Told[d]
		forbidden := e.policy.ConnectorStanding(c.Connected()) == policy.Unapproved
		if !told && e.policy.TellOfConnector(c.Connected()) && (forbidden || !old && !k.first) {
			news, digests = append(news, c), append(digests, d)
		} else if !old {
			k.set(d, false)
		}
	}
	k.first = false
	e.saveKnown()
	if len(news) > 0 && e.ConnectorWords != nil {
		e.tellOf(ctx, news, digests)
	}
}

// forget drops what has gone: it keeps only what is there now.
func (k *known) forget(seen []tools.Connector) {
	told := map[string]bool{}
	for _, c := range seen {
		d := c.Digest(k.Key)
		if was, old := k.Told[d]; old {
			told[d] = was
		}
	}
	k.Told, k.dirty = told, true
}

// tellOf shows one notification. It counts as told once it was shown.
func (e *engine) tellOf(ctx context.Context, news []tools.Connector, digests []string) {
	c := news[0]
	n := ConnectorNews{Tool: e.toolName(c.Tool), More: len(news) - 1}
	n.Forbidden = e.policy.ConnectorStanding(c.Connected()) == policy.Unapproved
	if c.IsServer() {
		n.Name, n.Where = c.Name, c.Public()
	}
	title, body := e.ConnectorWords(n)
	e.connectors.telling = true
	e.front.do(func() {
		limited, cancel := context.WithTimeout(ctx, notifyTimeout)
		defer cancel()
		if err := e.Notifier.Tell(limited, title, body); err != nil {
			e.Log.Warn("a notification was not shown", "error", err)
			digests = nil
		}
		e.post(ctx, connectorsTold{digests})
	})
}

func (e *engine) onConnectorsTold(ctx context.Context, m connectorsTold) {
	e.connectors.telling = false
	for _, d := range m.digests {
		e.connectors.known.set(d, true)
	}
	e.saveKnown()
	if len(m.digests) > 0 { // else it is tried again when something changes, and every usesEvery
		e.reviewConnectors(ctx)
	}
}

// keepConnectors is the sensor for them.
func (e *engine) keepConnectors(ctx context.Context) {
	if e.Connectors == nil {
		return
	}
	e.keep(ctx, connectorsPart, func(ctx context.Context) error {
		c, err := e.Connectors()
		if err != nil {
			return err
		}
		defer c.Close()
		if err := forward(ctx, e, c.Changes(), func(c tools.Change) message { return connectorsSeen{c} }); err != nil {
			return err
		}
		return errEnded
	})
}

// listServers returns the local model servers that answer now.
func (e *engine) listServers(ctx context.Context) (uses []process.Use) {
	if e.Servers == nil {
		return nil
	}
	found, err := e.Servers(ctx, e.Catalog)
	if err != nil {
		e.Log.Warn("the local model servers could not be listed", "error", err)
	}
	for _, f := range found {
		uses = append(uses, process.Use{Tool: f.Destination.Tool, Surface: f.Destination.Surface})
	}
	return uses
}
