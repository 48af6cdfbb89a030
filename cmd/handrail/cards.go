package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"handrail/agent/card"
	"handrail/ui/text"
	"handrail/ui/view"
)

func cardsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "cards [ROLE]",
		Short: "A minute to read: how AI helps at your job, and what to keep out",
		Long: `Without a word it lists the cards. Which one you read is not kept and not counted.

Roles: ` + listOf(card.Roles()) + `.`,
		Example: "  handrail cards\n  handrail cards support",
		Args:    usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			_, words, err := pathsAndWords(c)
			if err != nil {
				return err
			}
			out := c.OutOrStdout()
			if len(args) == 0 {
				fmt.Fprintln(out, words.Say(text.WorkLead))
				for _, r := range card.Roles() {
					fmt.Fprintf(out, "  handrail cards %-10s %s\n", r, words.Say(view.RoleName(r)))
				}
				return nil
			}
			for _, r := range card.Roles() {
				if r.String() != args[0] {
					continue
				}
				for _, b := range view.WorkCard(r, words) {
					switch b.Kind {
					case view.Heading:
						fmt.Fprintf(out, "%s\n", b.Title)
					case view.Bullet:
						fmt.Fprintf(out, "  * %s\n", b.Text)
					default:
						fmt.Fprintf(out, "\n%s\n", b.Text)
					}
				}
				return nil
			}
			return exitError{exitUsage, fmt.Errorf("there is no card %q: say one of %s", args[0], listOf(card.Roles()))}
		},
	}
}
