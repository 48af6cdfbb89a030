package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"handrail/detect"
	"handrail/ui/text"
	"handrail/ui/view"
)

func leakedCommand() *cobra.Command {
	var policyFile string
	c := &cobra.Command{
		Use:   "leaked [VENDOR]",
		Short: "Say what to do when a key or password got out",
		Long: `Says what to do when a key or password went where it should not: end it at the
vendor's page, put a new one in its place, and whom to tell, as your organisation's
policy has it. Without a vendor it lists those whose page is known. It works
without a network, and asks for no key.`,
		Example: "  handrail leaked github\n  handrail leaked",
		Args:    usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			known := detect.Issuers()
			var of []detect.Issuer
			if len(args) == 1 {
				i := slices.IndexFunc(known, func(i detect.Issuer) bool { return letters(i.Name) == letters(args[0]) })
				if i < 0 {
					return exitError{exitUsage, errors.New(`no page of that vendor is known: "handrail leaked" says what to do anywhere, and lists those that are known`)}
				}
				of = known[i : i+1]
			}
			p, _, err := policyInForce(c, policyFile)
			if err != nil {
				return err
			}
			_, say, err := pathsAndWords(c)
			if err != nil {
				return err
			}
			out := c.OutOrStdout()
			a := view.Keys("", of, p.Speak(view.Speech(say)).Contact.Text, say)
			fmt.Fprintf(out, "%s\n\n%s\n", a.Lead, say.Say(text.KeysHeading))
			for i, step := range a.Steps {
				fmt.Fprintf(out, "  %d. %s\n", i+1, step)
				if i == 0 {
					for _, v := range of {
						fmt.Fprintf(out, "     %s\n", v.Page)
					}
				}
			}
			fmt.Fprintf(out, "\n%s\n  %s\n", say.Say(text.KeysTell), a.Tell)
			if len(of) == 0 {
				fmt.Fprintf(out, "\n%s\n", say.Say(text.KeysVendors))
				for _, v := range known {
					fmt.Fprintf(out, "  %s\n", say.Say(text.KeysPage, "vendor", v.Name, "page", v.Page))
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&policyFile, "policy", "", "a policy file to use instead of this computer's")
	return c
}

// letters is a name as people type it: Hugging Face, huggingface, hugging-face.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.", r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
}
