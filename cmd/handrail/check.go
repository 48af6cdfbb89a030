package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/paste"
	"handrail/detect/policy"
	"handrail/detect/secret"
)

// checked is what check --json prints. It holds nothing of the text.
type checked struct {
	Tool     catalog.ToolID  `json:"tool"`
	Name     string          `json:"name"`
	Domain   string          `json:"domain,omitempty"`
	Standing policy.Standing `json:"standing"`
	// Looked is false where no rule could act, so that the text was not looked at.
	Looked   bool             `json:"looked"`
	Partial  bool             `json:"partial"`
	Findings []detect.Finding `json:"findings"`
	Decision string           `json:"decision"`
	Rule     policy.RuleID    `json:"rule,omitempty"`
	Because  string           `json:"because,omitempty"`
	Instead  *instead         `json:"instead,omitempty"`
}

type instead struct {
	Tool   catalog.ToolID `json:"tool,omitempty"`
	Name   string         `json:"name,omitempty"`
	Open   string         `json:"open,omitempty"`
	Advice string         `json:"advice,omitempty"`
}

func checkCommand() *cobra.Command {
	var to, policyFile string
	var asJSON bool
	c := &cobra.Command{
		Use:   "check --to HOST [FILE]",
		Short: "Ask before you paste: may this text go to that AI tool?",
		Long: `Says what is sensitive in a text, and what your organisation's policy says about
giving it to an AI tool. Without FILE it reads what is piped in. The text is
never printed, kept or sent.

Exit codes: 0 nothing speaks against it, 1 it could not be done, 2 wrong command
line, 3 the policy would at least nudge.`,
		Example: `  handrail check --to chatgpt.com letter.txt
  xclip -o -selection clipboard | handrail check --to claude.ai`,
		Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if to == "" {
				return exitError{exitUsage, errors.New("say where the text would go, such as --to chatgpt.com")}
			}
			target, err := catalog.ParseHost(to)
			if err != nil {
				return exitError{exitUsage, err}
			}
			p, words, err := policyInForce(c, policyFile)
			if err != nil {
				return err
			}
			d, ok := catalog.Default().Lookup(target)
			if !ok {
				if asJSON {
					return printJSON(c.OutOrStdout(), checked{Findings: []detect.Finding{}, Decision: policy.Nothing.String()})
				}
				fmt.Fprintf(c.OutOrStdout(), "%s is no AI tool that Handrail knows, so it says nothing about texts that go there.\n", target.Host)
				return nil
			}
			text, err := readText(c, args)
			if err != nil {
				return err
			}
			defer text.Wipe()
			a, err := paste.Assess(c.Context(), paste.Attempt{Text: text, Destination: d, Via: paste.Command}, p, nil)
			if err != nil {
				return fmt.Errorf("looking at the text: %w", err)
			}
			if asJSON {
				err = printJSON(c.OutOrStdout(), checkedOf(a, d, p))
			} else {
				err = printCheck(c.OutOrStdout(), a, d, p, words)
			}
			if err != nil {
				return fmt.Errorf("printing the answer: %w", err)
			}
			if a.Decision.Do >= policy.Nudge {
				return exitError{code: exitFinding}
			}
			return nil
		},
	}
	c.Flags().StringVar(&to, "to", "", "the AI tool's address, such as chatgpt.com")
	c.Flags().StringVar(&policyFile, "policy", "", "a policy file to use instead of this computer's")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// readText reads what a person wants looked at, from the file they name or
// from what is piped in. It stops just after what a scan looks at.
func readText(c *cobra.Command, args []string) (*secret.Text, error) {
	in := c.InOrStdin()
	if len(args) == 1 && args[0] != "-" {
		f, err := os.Open(args[0])
		if err != nil {
			return nil, fmt.Errorf("reading the text: %w", err)
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, detect.MaxText+1))
	text := secret.New(b)
	if err != nil {
		text.Wipe()
		return nil, fmt.Errorf("reading the text: %w", err)
	}
	if !utf8.Valid(b[:len(b)-cutRune(b)]) {
		fmt.Fprintln(c.ErrOrStderr(), "handrail: this is not UTF-8 text, so something in it may be missed: save it as UTF-8 to be sure")
	}
	return text, nil
}

// cutRune returns how many bytes at the end of b are a rune whose rest was not
// read.
func cutRune(b []byte) int {
	if len(b) <= detect.MaxText {
		return 0
	}
	for n := 1; n < utf8.UTFMax; n++ {
		if utf8.RuneStart(b[len(b)-n]) {
			if utf8.FullRune(b[len(b)-n:]) {
				return 0
			}
			return n
		}
	}
	return 0
}

func checkedOf(a paste.Assessment, d catalog.Destination, p *policy.Policy) checked {
	out := checked{
		Tool: d.Tool, Name: d.Name, Domain: d.Domain, Standing: a.Decision.Standing,
		Looked: p.MustRead(d), Partial: a.Partial, Findings: a.Findings,
		Decision: a.Decision.Do.String(), Rule: a.Decision.Rule, Because: a.Decision.Because,
	}
	if out.Findings == nil {
		out.Findings = []detect.Finding{}
	}
	if alt := a.Decision.Instead; alt != (policy.Alternative{}) {
		out.Instead = &instead{alt.Tool, alt.Name, alt.Open, alt.Advice}
	}
	return out
}

func printCheck(w io.Writer, a paste.Assessment, d catalog.Destination, p *policy.Policy, words string) error {
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	row := func(key, format string, args ...any) { fmt.Fprintf(t, "%s\t%s\n", key, fmt.Sprintf(format, args...)) }
	name := d.Name
	if d.Domain != "" {
		name += " (" + d.Domain + ")"
	}
	row("Going to", "%s, %s", name, standingWords(d, p))
	if !p.MustRead(d) {
		row("Found", "not looked at, because no rule could act on it")
		row("Policy", "%s says nothing about texts that go there", words)
		return t.Flush()
	}
	found := foundWords(a.Findings)
	if a.Partial {
		found += fmt.Sprintf(" in the first %d MB; the rest was not looked at", detect.MaxText>>20)
	}
	row("Found", "%s", found)
	if a.Decision.Term != "" {
		row("Listed as", "%s", a.Decision.Term)
	}
	for i, why := range reasons(a) {
		row([...]string{"Why", ""}[min(i, 1)], "%s", why)
	}
	dec := a.Decision
	if dec.Do == policy.Nothing {
		row("Policy", "%s says nothing against it", words)
		return t.Flush()
	}
	row("Policy", "%s, rule %s: %s", words, dec.Rule, doWords(dec.Do))
	if dec.Because != "" {
		row("Because", "%s", dec.Because)
	}
	if alt := dec.Instead; alt.Open != "" {
		row("Instead", "%s, %s", alt.Name, alt.Open)
	} else if alt.Advice != "" {
		row("Instead", "%s", alt.Advice)
	}
	return t.Flush()
}

// maxReasons is how many reasons are printed: the first say enough.
const maxReasons = 3

// reasons says why there are findings of the decision's class.
func reasons(a paste.Assessment) (all []string) {
	for _, f := range a.Findings {
		if w := whyOf(f); f.Class == a.Decision.Class && w != "" && !slices.Contains(all, w) && len(all) < maxReasons {
			all = append(all, w)
		}
	}
	return all
}

func standingWords(d catalog.Destination, p *policy.Policy) string {
	t, named := p.Tool(d.Tool)
	var classes []string
	for _, c := range t.Receives {
		classes = append(classes, classWords(c, 2))
	}
	list := strings.Join(classes, ", ")
	switch {
	case !named && d.AskOrganisation:
		return "which many organisations run themselves; the policy has no word on it"
	case !named:
		return "which the policy has no word on yet"
	case t.Standing == policy.Unapproved:
		return "which is not approved"
	case t.Standing == policy.Approved && t.Receives == nil:
		return "which is approved"
	}
	words := "which is approved"
	if t.Standing == policy.Trial {
		words = "which is on trial"
	}
	if list == "" {
		return words + ", for nothing sensitive"
	}
	return words + " for " + list + ", and for nothing else that is sensitive"
}

func doWords(d policy.Do) string {
	switch d {
	case policy.Observe:
		return "this is counted, and nothing is said"
	case policy.Nudge:
		return "a nudge says so before you paste"
	case policy.Warn:
		return "you are asked before it is pasted"
	case policy.Block:
		return "it is not pasted, and stays on your clipboard"
	}
	return ""
}

// foundWords says how much of what was found, class by class.
func foundWords(fs []detect.Finding) string {
	count := map[detect.Class]int{}
	unsure := map[detect.Class]bool{}
	for _, f := range fs {
		if _, seen := count[f.Class]; !seen {
			unsure[f.Class] = true
		}
		count[f.Class] += max(f.Count, 1)
		unsure[f.Class] = unsure[f.Class] && f.Confidence == detect.Low
	}
	var parts []string
	for _, c := range detect.Classes() {
		if n := count[c]; n > 0 {
			part := fmt.Sprintf("%d %s", n, classWords(c, n))
			if unsure[c] {
				part += " (unsure)"
			}
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return "nothing sensitive"
	}
	return strings.Join(parts, ", ")
}

var classNames = map[detect.Class][2]string{
	detect.ClassCard:     {"payment card number", "payment card numbers"},
	detect.ClassBank:     {"bank account number", "bank account numbers"},
	detect.ClassGovID:    {"government identity number", "government identity numbers"},
	detect.ClassSecret:   {"key or password", "keys or passwords"},
	detect.ClassContacts: {"person's contact details", "people's contact details"},
	detect.ClassMarking:  {"classification marking", "classification markings"},
	detect.ClassHR:       {"personnel record", "personnel records"},
	detect.ClassHealth:   {"health record", "health records"},
	detect.ClassContract: {"contract text", "contract texts"},
	detect.ClassFinance:  {"text with unpublished figures", "texts with unpublished figures"},
	detect.ClassCode:     {"piece of source code", "pieces of source code"},
	detect.ClassOwn:      {"term of your organisation", "terms of your organisation"},
}

func classWords(c detect.Class, n int) string {
	return classNames[c][min(max(n, 1), 2)-1]
}
