package policy

import (
	"strings"

	"handrail/detect/catalog"
)

// Connector is what the organisation says about something that AI tools are
// given to work with: an MCP server by its package or host, or an extension by
// its id. The name that somebody gave to a server says nothing, so it can't be
// named here.
type Connector struct {
	ID       string   `yaml:"id"`      // "vscode:github.copilot", "command:kestrel-mcp"
	Package  string   `yaml:"package"` // "@modelcontextprotocol/server-filesystem"
	Host     string   `yaml:"host"`    // "mcp.example.com", ".example.com" for all below it too
	Standing Standing `yaml:"standing"`

	position
}

// Connected is what is known of a connector, "" for what is not.
type Connected struct {
	ID, Package, Host string
	Tool              catalog.ToolID // of an extension: the AI tool that it is
}

// ConnectorStanding returns what the policy says about a connector; of an
// extension that it does not name, what it says about the tool. Where two
// entries are about one connector, unapproved wins.
func (p *Policy) ConnectorStanding(c Connected) Standing {
	s := Unknown
	for i := range p.Connectors {
		e := &p.Connectors[i]
		if e.is(c) && (s == Unknown || e.Standing == Unapproved) {
			s = e.Standing
		}
	}
	if s == Unknown && c.Tool != "" {
		if t, ok := p.Tool(c.Tool); ok {
			return t.Standing
		}
	}
	return s
}

// TellOfConnector says whether a person is told of a new connector: it is
// unapproved, or nobody has decided on it in an organisation that decides.
func (p *Policy) TellOfConnector(c Connected) bool {
	if !p.Enabled {
		return false
	}
	switch p.ConnectorStanding(c) {
	case Unapproved:
		return true
	case Unknown:
		return p.has("connectors")
	}
	return false
}

func (e *Connector) is(c Connected) bool {
	host := strings.ToLower(e.Host)
	return e.ID != "" && strings.EqualFold(e.ID, c.ID) ||
		e.Package != "" && strings.EqualFold(e.Package, c.Package) ||
		host != "" && (host == c.Host || host[0] == '.' && ("."+c.Host == host || strings.HasSuffix(c.Host, host)))
}

// checkConnectors says what is wrong in the list of connectors.
func (r *reader) checkConnectors(p *Policy) {
	for i := range p.Connectors {
		c := &p.Connectors[i]
		fail := func(key, format string, args ...any) {
			if !r.blames(c.of(key)) {
				r.problems.add(Error, c.of(key), format, args...)
			}
		}
		named := 0
		for _, key := range [...]string{"id", "package", "host"} {
			if c.has(key) {
				named++
			}
		}
		switch {
		case c.line == 0 || r.blames(c.line):
		case named != 1:
			fail("", "an entry of connectors needs one of id, package and host")
		case !c.has("standing"):
			fail("", "the connector has no standing: add a line for it")
		case c.Standing != Approved && c.Standing != Unapproved:
			fail("standing", "a connector is approved or unapproved")
		case strings.ContainsAny(c.Host, "/:@ "):
			fail("host", "write the host's name alone, without https://, port and path")
		}
	}
}
