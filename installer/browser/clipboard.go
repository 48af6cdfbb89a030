package browser

import (
	"slices"
	"strings"

	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// ClipboardSites returns the sites of AI tools that the policy does not
// approve, for ClipboardBlockedForUrls: their pages' own paste buttons, which
// the extension can't hold, are refused, while Ctrl+V works on. The form is
// that of Chromium's content settings.
//
// Sites that are only partly an AI tool (bing.com/chat) are left out: such a
// pattern can't name a path, and the rest of the site is nobody's concern. So
// are those with a * inside. A site's lower names are left out where one of
// them is another tool's.
func ClipboardSites(p *policy.Policy, c *catalog.Catalog) []string {
	var sites []string
	tools := c.Tools()
	for _, t := range tools {
		for _, h := range t.Hosts {
			if h.Role != catalog.RoleChat || strings.ContainsAny(h.Pattern, "/*") || !refused(p, t) {
				continue
			}
			name, below := strings.CutPrefix(h.Pattern, ".")
			if below && !kept(p, tools, h.Pattern) {
				name = "[*.]" + name
			}
			sites = append(sites, "https://"+name)
		}
	}
	slices.Sort(sites)
	return slices.Compact(sites)
}

// refused says whether a paste into the tool in a browser is a reason to act,
// and the tool not approved.
func refused(p *policy.Policy, t catalog.Tool) bool {
	d := catalog.Destination{Tool: t.ID, Surface: catalog.SurfaceBrowser, Role: catalog.RoleChat, AskOrganisation: t.AskOrganisation}
	s := p.Standing(d)
	return (s == policy.Unapproved || s == policy.Unknown) && p.MustRead(d)
}

// kept says whether a tool that is not refused has pages below the pattern.
func kept(p *policy.Policy, tools []catalog.Tool, pattern string) bool {
	for _, t := range tools {
		for _, h := range t.Hosts {
			name, _, _ := strings.Cut(h.Pattern, "/")
			if h.Role == catalog.RoleChat && strings.HasSuffix(name, pattern) && name != pattern && !refused(p, t) {
				return true
			}
		}
	}
	return false
}
