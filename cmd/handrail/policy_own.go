package main

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"handrail/detect/own"
	"handrail/detect/policy"
)

// ownEntry is what staff are shown of one entry of their organisation's list.
type ownEntry struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"` // words, pattern, label or dictionary
	What  string `json:"what"`
	Count int    `json:"count"` // of words or names
}

func ownEntries(p *policy.Policy) []ownEntry {
	entries := []ownEntry{}
	for _, o := range p.Own {
		e := ownEntry{Name: o.Name, Kind: "words", What: strings.Join(o.Words, ", "), Count: len(o.Words)}
		switch {
		case o.Pattern != "":
			e.Kind, e.What, e.Count = "pattern", string(o.Pattern), 1
		case len(o.Names) > 0:
			n := len(o.Names) / own.RecordBytes
			e.Kind, e.What, e.Count = "dictionary", counted(n, "name", "names")+", held as digests", n
		}
		if o.Label {
			e.Kind = "label"
		}
		entries = append(entries, e)
	}
	return entries
}

func policyTermsCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "terms [FILE]",
		Short: "List the words, patterns and names that your organisation added itself",
		Long: `Lists what your organisation's policy looks for besides what Handrail knows: its
own words, patterns, labels and dictionaries. Nobody's terms are secret from the
people whose pastes are checked for them; of a dictionary the policy itself
holds digests only, so its names can't be shown.

Without FILE it is the policy in force on this computer.`,
		Example: "  handrail policy terms\n  handrail policy terms policy.yaml",
		Args:    usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			p, words, err := policyInForce(c, strings.Join(args, ""))
			if err != nil {
				return err
			}
			entries, out := ownEntries(p), c.OutOrStdout()
			if asJSON {
				return printJSON(out, entries)
			}
			if len(entries) == 0 {
				fmt.Fprintf(out, "%s adds nothing of its own to what Handrail looks for.\n", upperFirst(words))
				return nil
			}
			t := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
			fmt.Fprintln(t, "NAME\tKIND\tLOOKS FOR")
			for _, e := range entries {
				fmt.Fprintf(t, "%s\t%s\t%s\n", e.Name, e.Kind, e.What)
			}
			return t.Flush()
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// maxNameLine is the longest line that a list of names can have, in bytes.
const maxNameLine = 1000

func policyDictionaryCommand() *cobra.Command {
	var name string
	c := &cobra.Command{
		Use:   "dictionary --name NAME [FILE]",
		Short: "Turn a list of names into a dictionary that a policy can hold",
		Long: `Reads names, one a line, and prints an entry for the own: list of a policy that
finds them without spelling them out: a new key, and a digest of each name under
it. Case, white space and punctuation make no difference.

Whoever reads the policy can't read the names, but can test a guess, as with any
list that a laptop searches with. Only customers, projects and the like belong
into it, never staff.`,
		Example: "  handrail policy dictionary --name Customers customers.txt >> policy.yaml",
		Args:    usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if name == "" {
				return exitError{exitUsage, errors.New("say what staff are shown, such as --name Customers")}
			}
			in := c.InOrStdin()
			if len(args) == 1 && args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return fmt.Errorf("reading the names: %w", err)
				}
				defer f.Close()
				in = f
			}
			key, records, err := digestNames(in)
			if err != nil {
				return err
			}
			entry := struct {
				Name  string `yaml:"name"`
				Key   string `yaml:"key"`
				Names string `yaml:"names"`
			}{name, base64.StdEncoding.EncodeToString(key), wrapped(base64.StdEncoding.EncodeToString(records))}
			b, err := yaml.Marshal([]any{entry})
			if err != nil {
				return fmt.Errorf("printing the entry: %w", err)
			}
			// Indented as policies are written, so that it can be put behind one.
			for line := range strings.Lines(string(b)) {
				if _, err := io.WriteString(c.OutOrStdout(), "  "+line); err != nil {
					return fmt.Errorf("printing the entry: %w", err)
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&name, "name", "", "what staff are shown when one of the names is found")
	return c
}

func digestNames(in io.Reader) (key, records []byte, err error) {
	key = own.NewKey()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxNameLine)
	n := 0
	for n = 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		if records, err = own.Digest(records, key, lines.Text()); err != nil {
			return nil, nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, nil, fmt.Errorf("line %d: %w", n, err)
	}
	switch names := len(records) / own.RecordBytes; {
	case names == 0:
		return nil, nil, errors.New("there are no names: write one a line")
	case names > own.MaxNames:
		return nil, nil, fmt.Errorf("there are %d names: %d is the most", names, own.MaxNames)
	}
	return key, records, nil
}

// wrapped breaks base64 into lines that an editor shows.
func wrapped(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\n")
		s = s[76:]
	}
	return b.String() + s + "\n"
}
