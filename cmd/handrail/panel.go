package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"handrail/agent/card"
	"handrail/agent/session"
)

func panelCommand() *cobra.Command {
	var name string
	var orSession bool
	c := &cobra.Command{
		Use:   "panel",
		Short: "Open a window that says what Handrail sees, and what was sent",
		Long: `Opens Handrail's panel: what it sees and what it does not, surface by surface
and with the reason for each gap, what left this computer and what stays on it,
whether something is allowed, and what to do when a key got out.
The session of your desktop opens it, so there has to be one.`,
		Example: "  handrail panel\n  handrail panel --tab ledger",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var tab card.Tab
			if tab.UnmarshalText([]byte(name)) != nil {
				return exitError{exitUsage, errors.New("--tab: say one of " + strings.Join(card.Tabs(), ", "))}
			}
			err := askSession(c, "/v1/panel", session.PanelRequest{Tab: tab})
			if orSession && errors.Is(err, errNoSession) {
				return runSession(c, nil)
			}
			return err
		},
	}
	c.Flags().StringVar(&name, "tab", card.TabCoverage.String(), "the page: "+strings.Join(card.Tabs(), ", "))
	c.Flags().BoolVar(&orSession, "or-session", false, "where no session of yours runs, start one (what the launcher does)")
	c.Flags().String("ui", "", "with --or-session: as for handrail session")
	return c
}
