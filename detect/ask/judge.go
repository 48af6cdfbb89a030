package ask

import (
	"slices"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// tool is a tool that a question may mean. Its id is "" for an address that
// nobody knows.
type tool struct {
	id         catalog.ToolID
	name, host string
}

// kind is a kind of data that a question may mean.
type kind struct {
	class detect.Class
	term  string // the policy's own name for it
	role  Role   // that brought it in
}

// named is a tool as the policy calls it, else as the catalogue does.
func (a *Asker) named(id catalog.ToolID) tool {
	known, _ := a.catalog.Tool(id)
	t := tool{id, known.Name, known.Domain()}
	if own, ok := a.policy.Tool(id); ok && own.Name != "" {
		t.name = own.Name
	}
	if t.name == "" {
		t.name = string(id)
	}
	return t
}

// destinations are the places where a tool is met: a rule may speak of one of
// them only.
func (a *Asker) destinations(t tool) []catalog.Destination {
	known, _ := a.catalog.Tool(t.id)
	// The account is taken for the organisation's: the answer names which.
	d := catalog.Destination{Tool: t.id, Name: t.name, Domain: t.host, Surface: catalog.SurfaceBrowser, Role: catalog.RoleChat,
		AskOrganisation: known.AskOrganisation, Account: catalog.AccountConfirmed}
	all := []catalog.Destination{d}
	for _, p := range append(slices.Clone(known.Apps), known.Commands...) {
		if !slices.ContainsFunc(all, func(d catalog.Destination) bool { return d.Surface == p.Surface }) {
			d.Surface = p.Surface
			all = append(all, d)
		}
	}
	return all
}

// both answers about a tool and a kind of data.
func (a *Asker) both(t tool, k kind) Answer {
	x := Answer{Tool: t.id, Name: t.name, Host: t.host, Kind: k.class, Term: k.term, Role: k.role}
	var said policy.Decision // the strongest, wherever the tool is
	for _, d := range a.destinations(t) {
		if s := a.policy.DecideKind(k.class, d); s.Do > said.Do {
			said = s
		}
	}
	speaks := said.Do >= policy.Nudge
	if speaks {
		x.Because, x.Advice = said.Because, said.Instead.Advice
	}
	x.Instead = a.waysFor(k.class, t.id, said.Instead)
	if len(x.Instead) > 0 {
		x.Advice = ""
	}
	entry, named := a.policy.Tool(t.id)
	switch {
	case !named:
		x.Verdict, x.Why = Undecided, NobodyDecided
		if a.ownCloud(t) {
			x.Why = OwnCloud
		} else if speaks {
			x.Verdict = No
		}
	case entry.Standing == policy.Unapproved || entry.Standing == policy.Unknown:
		x.Verdict, x.Why = No, ToolUnapproved
		if entry.Standing == policy.Unknown {
			x.Why = NobodyDecided
			if !speaks {
				x.Verdict = Undecided
			}
		}
	default:
		x.Verdict, x.Why, x.Accounts = No, KindNotForTool, entry.Tenants
		switch a.policy.StandingFor(k.class, a.destinations(t)[0]) {
		case policy.Approved:
			x.Verdict, x.Why = Yes, ToolApproved
			if len(entry.Tenants) > 0 {
				x.Verdict = Limited
			}
		case policy.Trial:
			x.Why = ToolOnTrial
			if !speaks { // a rule may be about trials
				x.Verdict = Limited
			}
		default:
			if !speaks {
				// It is not approved for this, and no rule minds: source code is
				// often such a kind. That is no permission.
				x.Verdict = Undecided
			}
		}
	}
	if x.Verdict == Yes || x.Verdict == Limited {
		x.Because, x.Advice, x.Instead = "", "", nil
	}
	return x
}

// toolOnly answers about a tool, whatever goes in.
func (a *Asker) toolOnly(t tool) Answer {
	x := Answer{Tool: t.id, Name: t.name, Host: t.host}
	entry, named := a.policy.Tool(t.id)
	switch {
	case !named || entry.Standing == policy.Unknown:
		x.Verdict, x.Why = Undecided, NobodyDecided
		if a.ownCloud(t) && !named {
			x.Why = OwnCloud
		}
	case entry.Standing == policy.Unapproved:
		x.Verdict, x.Why = No, ToolUnapproved
	case entry.Standing == policy.Trial:
		x.Verdict, x.Why, x.Receives, x.Accounts = Limited, ToolOnTrial, entry.Receives, entry.Tenants
		return x
	default:
		x.Verdict, x.Why, x.Receives, x.Accounts = Yes, ToolApproved, entry.Receives, entry.Tenants
		if entry.Receives != nil || len(entry.Tenants) > 0 {
			x.Verdict = Limited
		}
		return x
	}
	x.Instead = a.without(a.anyTool(), t.id)
	return x
}

// kindOnly answers about a kind of data, wherever it goes.
func (a *Asker) kindOnly(k kind) Answer {
	x := Answer{Verdict: Limited, Why: KindHasTools, Kind: k.class, Term: k.term, Role: k.role}
	// What the policy says of a tool that nobody has decided on.
	said := a.policy.DecideKind(k.class, catalog.Destination{Tool: catalog.Other, Surface: catalog.SurfaceBrowser, Role: catalog.RoleChat})
	x.Instead = a.waysFor(k.class, "", said.Instead)
	if said.Do >= policy.Nudge {
		x.Because, x.Advice = said.Because, said.Instead.Advice
	}
	switch {
	case len(x.Instead) > 0:
		x.Advice = ""
	case said.Do >= policy.Nudge:
		x.Verdict, x.Why = No, KindHasNone
	default:
		x.Verdict, x.Why = Undecided, KindHasNone
	}
	return x
}

// ownCloud says whether a tool is one that organisations run themselves, so
// that nobody knows whether this one does.
func (a *Asker) ownCloud(t tool) bool {
	known, _ := a.catalog.Tool(t.id)
	return known.AskOrganisation
}

// waysFor returns the approved tools for a kind of data, but for one: the
// rule's own first.
func (a *Asker) waysFor(c detect.Class, but catalog.ToolID, first policy.Alternative) []Way {
	var ways []Way
	if first.Tool != "" && first.Open != "" {
		ways = append(ways, Way{first.Tool, first.Name, first.Open})
	}
	for _, r := range a.policy.Receivers(c) {
		if r.Tool != first.Tool || first.Open == "" {
			ways = append(ways, Way{r.Tool, r.Name, r.Open})
		}
	}
	return a.without(ways, but)
}

func (a *Asker) without(ways []Way, id catalog.ToolID) []Way {
	return slices.DeleteFunc(ways, func(w Way) bool { return id != "" && w.Tool == id })
}
