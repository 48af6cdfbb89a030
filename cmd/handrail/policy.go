package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"handrail/detect/catalog"
	"handrail/detect/policy"
)

func policyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "policy",
		Short: "Check a policy file, list what it looks for, or print the schema of one",
		Example: `  handrail policy lint policy.yaml
  handrail policy schema > policy.schema.json`,
	}
	c.AddCommand(policyLintCommand(), policySchemaCommand(), policyTermsCommand(), policyDictionaryCommand())
	return c
}

func policyLintCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "lint FILE",
		Short: "Say what is wrong or unwise in a policy file, line by line",
		Long: `Says what is wrong in a policy file, or unwise: unknown keys and names, rules
without an alternative, rules that can never act. FILE may be - for what is
piped in.

Exit codes: 0 no errors (there may be warnings), 1 errors or no such file.`,
		Example: "  handrail policy lint policy.yaml\n  handrail policy lint --json - < policy.yaml",
		Args:    usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			name := args[0]
			data, err := readPolicy(c.InOrStdin(), name)
			if err != nil {
				return err
			}
			problems := []policy.Problem{}
			p, err := policy.Parse(data)
			if ps := (policy.Problems{}); errors.As(err, &ps) {
				problems = ps
			} else if err != nil {
				return err
			} else {
				problems = append(problems, policy.Lint(p, catalog.Default())...)
			}
			out := c.OutOrStdout()
			if asJSON {
				if err := printJSON(out, problems); err != nil {
					return err
				}
			}
			failed := 0
			for _, x := range problems {
				if x.Severity == policy.Error {
					failed++
				}
				if !asJSON {
					fmt.Fprintf(out, "%s:%d: %s: %s\n", name, max(x.Line, 1), x.Severity, x.Message)
				}
			}
			if !asJSON && len(problems) == 0 {
				fmt.Fprintf(out, "%s: no problems in %s and %s, serial %d\n", name, counted(len(p.Tools), "tool", "tools"), counted(len(p.Rules), "rule", "rules"), p.Serial)
			}
			if failed > 0 {
				return exitError{exitFailed, fmt.Errorf("%s in %s", counted(failed, "error", "errors"), name)}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func policySchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of a policy, for your editor",
		Example: "  handrail policy schema > policy.schema.json",
		Args:    usage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if _, err := c.OutOrStdout().Write(policy.Schema()); err != nil {
				return fmt.Errorf("printing the schema: %w", err)
			}
			return nil
		},
	}
}

// readPolicy reads a policy's bytes from a file, or from in for "-". It reads
// no more than shows that a file is too large.
func readPolicy(in io.Reader, name string) ([]byte, error) {
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("reading the policy: %w", err)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, policy.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	return data, nil
}

// policyInForce returns the policy of a file the person names, else the
// managed one of this computer, else the built-in one; and words for which.
func policyInForce(c *cobra.Command, file string) (*policy.Policy, string, error) {
	words := "the policy " + file
	if file == "" {
		paths, err := pathsOf(c)
		if err != nil {
			return nil, "", err
		}
		file, words = paths.Policy, "this computer's policy "+paths.Policy
		if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
			return policy.Default(), "Handrail's own policy", nil
		}
	}
	data, err := readPolicy(c.InOrStdin(), file)
	if err != nil {
		return nil, "", err
	}
	p, err := policy.Parse(data)
	if err != nil {
		return nil, "", fmt.Errorf("%s can't be used:\n%w", words, err)
	}
	return p, words, nil
}

// usage turns a wrong number of arguments into a usage error.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return exitError{exitUsage, fmt.Errorf("%w: see %s --help", err, c.CommandPath())}
		}
		return nil
	}
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("printing JSON: %w", err)
	}
	return nil
}
