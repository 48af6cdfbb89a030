package view

import "handrail/ui/text"

// ConnectorNews says that an AI tool here was given something to work with. Its
// fields are the session's.
type ConnectorNews struct {
	Tool      string // the AI tool's name
	Name      string // of an MCP server, as somebody called it; "" of an extension
	Where     string // what is public of it: its package, host or program, "" if that isn't known
	Forbidden bool   // the policy says so; else nobody has decided
	More      int    // others that are new too
}

// Connector returns the title and the body of the notification about it. It
// blames nobody and asks for nothing.
func Connector(n ConnectorNews, p text.Printer) (title, body string) {
	switch {
	case n.Name == "":
		title = p.Say(text.ConnectorExtension, "tool", n.Tool)
	case n.Where == "" || n.Where == n.Name:
		title = p.Say(text.ConnectorServerBare, "tool", n.Tool, "name", n.Name)
	default:
		title = p.Say(text.ConnectorServer, "tool", n.Tool, "name", n.Name, "where", n.Where)
	}
	body = p.Say(text.ConnectorNotReviewed)
	if n.Forbidden {
		body = p.Say(text.ConnectorForbidden)
	}
	if n.More > 0 {
		body += "\n" + p.Count(text.ConnectorsMore, n.More)
	}
	return title, body
}
