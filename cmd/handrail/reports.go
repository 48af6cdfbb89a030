package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"handrail/agent/session"
)

func reportsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "reports [on|off]",
		Short: "Switch the reports about what you do off, or on",
		Long: `Without a word it says whether reports about what you do are on. Off means that
nothing is counted; a report of the same size is still sent, which says only that,
so that nobody can tell who switched them off. Nudges stay as they are.`,
		Example: "  handrail reports\n  handrail reports off",
		Args:    usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			paths, err := pathsOf(c)
			if err != nil {
				return err
			}
			if len(args) == 1 {
				if args[0] != "on" && args[0] != "off" {
					return exitError{exitUsage, errors.New("say on or off")}
				}
				if err := session.SwitchReports(paths.UserState, args[0] == "off"); err != nil {
					return err
				}
			}
			line := "Reports about what you do are on: about nobody, and in your ledger before they leave."
			if session.ReportsOff(paths.UserState) {
				line = "Reports about what you do are off. What is sent instead says only that, and nobody can tell who sent it."
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), line)
			return err
		},
	}
}
