package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"handrail/agent/hostname"
	"handrail/detect/ask"
	"handrail/detect/catalog"
	"handrail/ui/text"
	"handrail/ui/view"
)

func allowedCommand() *cobra.Command {
	var asJSON bool
	var policyFile string
	c := &cobra.Command{
		Use:   "allowed QUESTION...",
		Short: "Say whether a kind of data may go into an AI tool",
		Long: `Answers "am I allowed?" from your organisation's policy, with the reason and the
approved way. Ask about a tool, a kind of data or your kind of work, in your own
words. It works without a network, and what you ask is kept nowhere. What the
policy does not say, or the question leaves open, is "not decided", never "yes".`,
		Example: "  handrail allowed customer list in chatgpt\n  handrail allowed credit cards\n  handrail allowed what may marketing use",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return exitError{exitUsage, errors.New(`ask something, such as "handrail allowed customer list in chatgpt"`)}
			}
			p, _, err := policyInForce(c, policyFile)
			if err != nil {
				return err
			}
			_, say, err := pathsAndWords(c)
			if err != nil {
				return err
			}
			answers := ask.New(p.Speak(view.Speech(say)), catalog.Default(), hostname.Public).Ask(strings.Join(args, " "))
			out := c.OutOrStdout()
			if asJSON {
				enc := json.NewEncoder(out)
				enc.SetIndent("", "  ")
				return enc.Encode(answers)
			}
			for i, x := range answers {
				if i > 0 {
					fmt.Fprintln(out)
				}
				v := view.Asked(x, say)
				fmt.Fprintln(out, v.Title)
				for _, line := range v.Lines {
					fmt.Fprintln(out, "  "+line)
				}
				if v.Request != "" {
					fmt.Fprintln(out, "  "+say.Say(text.AskedRequest, "tool", v.Request))
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.Flags().StringVar(&policyFile, "policy", "", "a policy file to use instead of this computer's")
	return c
}
