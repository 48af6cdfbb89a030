package catalog

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// Server is how a local model server is recognised: by its program and by what
// it answers. Neither is enough, and a port is no evidence at all.
type Server struct {
	Tool    ToolID
	Process []string // names of the program or script, lower case
	Folder  string   // how the name of the working folder must begin, "" for any
	Probes  []Probe  // one answer is enough
	Source  string
}

// Probe is a question that changes nothing, and what the answer must hold.
type Probe struct {
	Get string // the path
	Has string
}

//go:embed servers.yaml
var embeddedServers []byte

var parseServers = sync.OnceValues(func() ([]Server, error) {
	var f struct{ Servers []Server }
	dec := yaml.NewDecoder(bytes.NewReader(embeddedServers))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil {
		return nil, fmt.Errorf("the list of servers: %w", err)
	}
	for _, s := range f.Servers {
		if len(s.Process) == 0 || len(s.Probes) == 0 || s.Source == "" {
			return nil, fmt.Errorf("the list of servers: %s needs process, probes and source", s.Tool)
		}
		for _, p := range s.Probes {
			if !strings.HasPrefix(p.Get, "/") || len(p.Has) < 5 {
				return nil, fmt.Errorf("the list of servers: %s: the probe %q %q says too little", s.Tool, p.Get, p.Has)
			}
		}
	}
	return f.Servers, nil
})

// Servers returns the local model servers that are built in. A broken list
// fails this package's tests, so Servers panics on one.
func Servers() []Server {
	s, err := parseServers()
	if err != nil {
		panic("catalogue: " + err.Error())
	}
	return s
}

// Runs reports whether a program of that name, in a working folder of that
// name, may be this server.
func (s Server) Runs(program, folder string) bool {
	var buf [maxName]byte
	name := string(appendName(buf[:0], program))
	if !strings.HasPrefix(strings.ToLower(folder), s.Folder) {
		return false
	}
	for _, p := range s.Process {
		if p == name {
			return true
		}
	}
	return false
}

// Local returns the destination that a server of the tool on this computer is.
// What goes there stays here, so without a word in the policy it is neither
// approved nor a reason to nudge, as with the clouds that companies buy; a
// policy that names the tool decides. The tool's own apps and command lines are
// not meant: those of Ollama, Jan and GPT4All send to clouds as well.
func (c *Catalog) Local(id ToolID) (Destination, bool) {
	t, ok := c.Tool(id)
	if !ok {
		return Destination{}, false
	}
	return Destination{Tool: id, Name: t.Name, Surface: SurfaceApp, Role: RoleAPI, Local: true, AskOrganisation: true}, true
}
