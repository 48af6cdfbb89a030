package main

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/agent/local"
	"handrail/agent/session"
	"handrail/ui/text"
	"handrail/ui/view"
)

func welcomeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "welcome",
		Short: "Say what Handrail does, what it never does, and how to switch things off",
		Long: `Says what Handrail watches and what it does not, what leaves this computer, how to
switch what off, and what it needs from this desktop: the page that is offered
once after the first login. It is not offered any more after this.`,
		Example: "  handrail welcome",
		Args:    usage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			paths, say, err := pathsAndWords(c)
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(c.Context(), askPatience)
			defer cancel()
			p := card.Panel{System: systems[runtime.GOOS], Coverage: coverage.All(coverage.Blind, coverage.NotWatching), GotIt: true}
			if s, err := local.NewClient(paths.SessionSocket, version).SessionStatus(ctx); err == nil {
				p.Coverage, p.Paused = s.Coverage, s.Paused
			}
			if s, err := local.NewClient(paths.ServiceSocket, version).Status(ctx); err == nil {
				p.Service, p.Server = true, s.Server != nil
			}
			if err := printBlocks(c.OutOrStdout(), view.Welcome(p, say), say); err != nil {
				return err
			}
			return session.NoteWelcome(paths.UserState, false)
		},
	}
}

var systems = map[string]card.System{"linux": card.OnLinux, "windows": card.OnWindows, "darwin": card.OnMac}

// printBlocks prints a page of the panel for a terminal.
func printBlocks(w io.Writer, blocks []view.Block, say text.Printer) error {
	for _, b := range blocks {
		switch b.Kind {
		case view.Heading:
			fmt.Fprintf(w, "\n%s\n", b.Title)
		case view.Bullet:
			fmt.Fprintf(w, "  - %s\n", b.Text)
		default:
			fmt.Fprintln(w, b.Text)
		}
	}
	_, err := fmt.Fprintf(w, "\n%s\n", say.Say(text.WelcomeWindow))
	return err
}
