package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"handrail/agent/probe"
	"handrail/agent/process"
	"handrail/agent/tools"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// seenTool is a line of handrail tools.
type seenTool struct {
	Kind     string          `json:"kind"`
	Name     string          `json:"name"`
	Standing policy.Standing `json:"standing"`
	From     string          `json:"from"`
}

// unseen is what no list can show; it is said beneath each.
const unseen = `
Not seen: files that an AI command line tool reads by itself, what runs inside
tmux, screen or at the other end of ssh, and connectors that live in an account
at an AI service. This list stays on this computer.
`

func toolsCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "tools",
		Short: "List the AI tools on this computer, and what they work with",
		Long: `Lists the AI tools that run now, local model servers, and the MCP servers and
AI extensions that AI tools here were given, each with its standing in your
organisation's policy. Arguments, keys and paths are not kept, and nothing of
the list leaves this computer.`,
		Example: "  handrail tools\n  handrail tools --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			p, _, err := policyInForce(c, "")
			if err != nil {
				return err
			}
			list, notes := seenTools(c, p)
			if asJSON {
				enc := json.NewEncoder(c.OutOrStdout())
				enc.SetIndent("", "  ")
				return enc.Encode(list)
			}
			t := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 3, ' ', 0)
			if len(list) == 0 {
				fmt.Fprintln(t, "No AI tool is seen now.")
			} else {
				fmt.Fprintln(t, "KIND\tNAME\tSTANDING\tFROM")
			}
			for _, l := range list {
				fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", l.Kind, l.Name, l.Standing, l.From)
			}
			for _, n := range notes {
				fmt.Fprintln(t, n)
			}
			fmt.Fprint(t, unseen)
			return t.Flush()
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// seenTools puts the list together, and says what of it could not be looked at.
func seenTools(c *cobra.Command, p *policy.Policy) (list []seenTool, notes []string) {
	cat := catalog.Default()
	list = []seenTool{}
	nameOf := func(id catalog.ToolID) string {
		if t, ok := cat.Tool(id); ok {
			return t.Name
		}
		return "another AI tool"
	}
	uses, err := process.Running(c.Context(), cat)
	if err != nil {
		notes = append(notes, "Running programs: "+err.Error())
	}
	for _, u := range uses {
		list = append(list, seenTool{"running", nameOf(u.Tool), p.Standing(catalog.Destination{Tool: u.Tool, Surface: u.Surface}), u.Surface.String()})
	}
	servers, err := probe.Servers(c.Context(), cat)
	if err != nil {
		notes = append(notes, "Local model servers: "+err.Error())
	}
	for _, s := range servers {
		list = append(list, seenTool{"model server", s.Destination.Name, p.Standing(s.Destination), s.Address.String()})
	}
	folders, err := tools.UserFolders()
	if err != nil {
		return list, append(notes, "Settings of AI tools: "+err.Error())
	}
	seen := tools.Scan(folders)
	for _, k := range seen.Connectors {
		l := seenTool{"extension", k.ID, p.ConnectorStanding(k.Connected()), nameOf(k.Tool)}
		if k.Kind == "mcp" {
			l.Kind, l.Name = "MCP server", k.Name
			for _, s := range []string{k.Package, k.Host, k.ID} {
				if s != "" {
					l.Name += " (" + s + ")"
					break
				}
			}
		}
		list = append(list, l)
	}
	for _, id := range seen.Unread {
		notes = append(notes, "The settings of "+nameOf(id)+" could not be read: what is in them is not known.")
	}
	return list, notes
}
