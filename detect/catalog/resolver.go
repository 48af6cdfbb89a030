package catalog

import (
	"bytes"
	_ "embed" // accounts.yaml
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// Resolvers is how pages show whose account is in use. accounts.yaml says what
// each part means; the browser extension applies them, on the JSON of this.
type Resolvers struct {
	Everywhere      []string   `json:"everywhere"`
	PersonalDomains []string   `json:"personal_domains" yaml:"personal_domains"`
	Resolvers       []Resolver `json:"resolvers"`
}

// Resolver is how the pages of some tools show it.
type Resolver struct {
	ID           string   `json:"id"`
	Tools        []ToolID `json:"-"`
	Conversation []string `json:"conversation,omitempty"`
	Signs        []Sign   `json:"signs"`
}

// Sign is one thing about a page's address or in a page that says something of
// the account.
type Sign struct {
	Says      string   `json:"says,omitempty"`   // work, personal or none
	Tenant    string   `json:"tenant,omitempty"` // in place of Says: name or domain
	Host      string   `json:"host,omitempty"`
	Path      string   `json:"path,omitempty"`
	Query     string   `json:"query,omitempty"`
	At        string   `json:"at,omitempty"`
	Attribute string   `json:"attribute,omitempty"`
	Is        []string `json:"is,omitempty"`
}

//go:embed accounts.yaml
var embeddedResolvers []byte

var defaultResolvers = sync.OnceValues(func() (*Resolvers, error) { return ParseResolvers(embeddedResolvers) })

// ResolverFor returns the name of the resolver for a tool's pages, "" if none
// of the built-in ones is for it: then its accounts can't be told apart.
func ResolverFor(id ToolID) string {
	rs, err := defaultResolvers()
	if err != nil {
		panic("the built-in " + err.Error()) // this package's tests fail first
	}
	for _, r := range rs.Resolvers {
		if slices.Contains(r.Tools, id) {
			return r.ID
		}
	}
	return ""
}

// ParseResolvers reads resolvers in the form of accounts.yaml.
func ParseResolvers(data []byte) (*Resolvers, error) {
	rs := new(Resolvers)
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(rs); err != nil {
		return nil, fmt.Errorf("account resolvers: %w", err)
	}
	ids, tools := map[string]bool{}, map[ToolID]bool{}
	for _, r := range rs.Resolvers {
		if r.ID == "" || ids[r.ID] {
			return nil, fmt.Errorf("account resolver %q: give each an id of its own", r.ID)
		}
		ids[r.ID] = true
		for _, t := range r.Tools {
			if tools[t] {
				return nil, fmt.Errorf("account resolver %q: the tool %q has one already", r.ID, t)
			}
			tools[t] = true
		}
		for i, s := range r.Signs {
			if err := s.check(); err != nil {
				return nil, fmt.Errorf("account resolver %q, sign %d: %w", r.ID, i+1, err)
			}
		}
	}
	return rs, nil
}

func (s Sign) check() error {
	places := 0
	for _, p := range []string{s.Host, s.Path, s.Query, s.At} {
		if p != "" {
			places++
		}
	}
	switch {
	case places != 1:
		return errors.New("name one of host, path, query and at")
	case s.At == "" && (s.Attribute != "" || len(s.Is) > 0 || s.Tenant != ""):
		return errors.New("attribute, is and tenant are about an element: name it under at")
	case (s.Says == "") == (s.Tenant == ""):
		return errors.New("give it either says or tenant")
	case s.Says != "" && !slices.Contains([]string{"work", "personal", "none"}, s.Says):
		return fmt.Errorf("it can't say %q: use work, personal or none", s.Says)
	case s.Tenant != "" && (s.Tenant != "name" && s.Tenant != "domain" || len(s.Is) > 0):
		return errors.New("tenant is name or domain, without is")
	case s.Says == "work" && s.At != "" && len(s.Is) == 0:
		return errors.New("an element alone must not say work: add is with its text")
	case s.Query != "" && !strings.Contains(s.Query, "="):
		return errors.New("query is name=value")
	}
	return nil
}
