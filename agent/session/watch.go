package session

import (
	"strings"

	"handrail/agent/browser"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// watchList is where the extension holds what isn't known to be clean: the
// addresses of every tool for which the policy wants to know what is about to
// be pasted, under whatever account. The destinations are those tools'.
func watchList(c *catalog.Catalog, p *policy.Policy) (watch []browser.Watch, tools []catalog.Destination) {
	if !p.Enabled {
		return nil, nil
	}
	blocks := *p
	blocks.Rules = nil
	for _, r := range p.Rules {
		if r.Do == policy.Block {
			blocks.Rules = append(blocks.Rules, r)
		}
	}
	for _, t := range c.Tools() {
		d := catalog.Destination{Tool: t.ID, Name: t.Name, Surface: catalog.SurfaceBrowser, Role: catalog.RoleChat, AskOrganisation: t.AskOrganisation}
		watched, blocked := false, false
		for _, d := range p.Accounts(d) {
			if p.MustRead(d) {
				watched, blocked = true, blocked || blocks.MustRead(d)
				tools = append(tools, d)
			}
		}
		if !watched {
			continue
		}
		w := browser.Watch{Tool: string(t.ID), Name: t.Name}
		if blocked {
			w.Fail = browser.FailClosed
		}
		if named, ok := p.Tool(t.ID); ok && len(named.Tenants) > 0 {
			w.Tenants, w.Resolver = named.Tenants, catalog.ResolverFor(t.ID)
		}
		for _, h := range t.Hosts {
			if h.Role != catalog.RoleChat && h.Role != catalog.RoleAPI {
				continue
			}
			host, path, hasPath := strings.Cut(h.Pattern, "/")
			w.Host, w.Sub = strings.CutPrefix(host, ".")
			if w.Path = ""; hasPath {
				w.Path = "/" + path
			}
			watch = append(watch, w)
		}
	}
	return watch, tools
}

// cleanEverywhere says whether the policy has nothing to do about findings,
// whichever watched tool they are pasted into.
func cleanEverywhere(p *policy.Policy, res detect.Result, tools []catalog.Destination) bool {
	for _, d := range tools {
		if p.Decide(res, d).Do != policy.Nothing {
			return false
		}
	}
	return len(tools) > 0 && !res.Partial
}
