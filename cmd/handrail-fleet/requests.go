package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"handrail/agent/report"
	"handrail/detect/catalog"
	"handrail/fleet/query"
	"handrail/fleet/store"
)

func requestsCommand() *cobra.Command {
	c := &cobra.Command{Use: "requests", Short: "List the tools that people ask for, and answer"}
	c.AddCommand(requestsListCommand(), requestsDecideCommand())
	return c
}

// withStore calls do with the store in a folder.
func withStore(data string, do func(*store.Store) error) error {
	path, err := storeFile(data)
	if err != nil {
		return err
	}
	s, err := store.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Close())
}

func requestsListCommand() *cobra.Command {
	var data string
	var asJSON bool
	c := &cobra.Command{
		Use:   "list",
		Short: "List what is asked for, and until when an answer is due",
		Long: `Lists the tools that people ask for: first what waits for an answer, the oldest
first, then what was answered. Requests for the same tool are merged; how many
there are is said once enough people ask. Nobody is named.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withStore(data, func(s *store.Store) error {
				all, err := query.New(s, query.Options{}).Requests(c.Context(), time.Now())
				if err != nil {
					return err
				}
				return printRequests(c.OutOrStdout(), all, asJSON)
			})
		},
	}
	c.Flags().StringVar(&data, "data", "", "the server's folder")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// requestLine is what list --json prints of a tool.
type requestLine struct {
	Tool     catalog.ToolID     `json:"tool,omitempty"`
	Host     report.PublicHost  `json:"host,omitempty"`
	Asked    string             `json:"asked"`
	Due      string             `json:"due"`
	Late     bool               `json:"late,omitempty"`
	Requests int                `json:"requests,omitempty"` // absent while it is hidden
	Tasks    []report.Task      `json:"tasks"`
	Kinds    []string           `json:"kinds"`
	Lacked   []report.Lack      `json:"lacked"`
	Answer   report.AnswerReply `json:"answer"`
}

func printRequests(w io.Writer, all []query.ToolRequest, asJSON bool) error {
	if asJSON {
		lines := []requestLine{}
		for _, r := range all {
			x := requestLine{Tool: r.Tool, Host: r.Host, Asked: r.Since, Due: r.Due, Late: r.Late, Requests: r.Requests.Count, Tasks: r.Tasks, Lacked: r.Lacked, Answer: r.Answer}
			for _, k := range r.Kinds {
				x.Kinds = append(x.Kinds, k.String())
			}
			lines = append(lines, x)
		}
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(lines)
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(w, "Nobody has asked for a tool.")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintln(t, "TOOL\tASKED\tDUE\tREQUESTS\tANSWER")
	for _, r := range all {
		n, due := "few", r.Due
		if !r.Requests.Hidden {
			n = strconv.Itoa(r.Requests.Count)
		}
		if r.Late {
			due += " (late)"
		}
		said := r.Answer.State.String()
		if r.Answer.State != report.Waiting {
			said = fmt.Sprintf("%s on %s: %s", said, r.Answer.Decided, r.Answer.Reason)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", r.Subject, r.Since, due, n, said)
	}
	return t.Flush()
}

func requestsDecideCommand() *cobra.Command {
	var data, reason string
	var approve, trial, decline bool
	c := &cobra.Command{
		Use:   "decide TOOL",
		Short: "Answer everybody who asks for a tool",
		Long: `Stores the answer for a tool, as "requests list" names it. Everybody who has asked
for it can read the answer, its reason and its date, also who asks later. The
policy stays as it is: write an approved tool into it too.`,
		Example: `  handrail-fleet requests decide newtool.ai --decline --reason "It keeps what it gets. Copilot does the same." --data DIR`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			a := report.AnswerReply{Reason: strings.TrimSpace(reason), Decided: time.Now().UTC().Format(time.DateOnly)}
			n := 0
			for state, said := range map[report.State]bool{report.Approved: approve, report.OnTrial: trial, report.Declined: decline} {
				if said {
					a.State = state
					n++
				}
			}
			if n != 1 {
				return errors.New("say one of --approve, --trial and --decline")
			}
			if a.Reason == "" {
				return errors.New("whoever asked reads why: give a --reason")
			}
			if err := a.Check(); err != nil {
				return fmt.Errorf("--reason: use one line of up to %d letters", report.MaxReason)
			}
			x := store.Subject{Tool: catalog.ToolID(args[0])}
			if strings.Contains(args[0], ".") {
				x = store.Subject{Host: report.PublicHost(args[0])}
			}
			err := withStore(data, func(s *store.Store) error { return s.Decide(c.Context(), x, a) })
			if errors.Is(err, store.ErrNoRequest) {
				return fmt.Errorf("nobody has asked for %q: \"handrail-fleet requests list\" has the names", args[0])
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "Answered: %s, %s. Everybody who asks for it can read that now.\n", x, a.State)
			return err
		},
	}
	c.Flags().StringVar(&data, "data", "", "the server's folder")
	c.Flags().StringVar(&reason, "reason", "", "why, in a sentence for whoever asked")
	c.Flags().BoolVar(&approve, "approve", false, "it is approved")
	c.Flags().BoolVar(&trial, "trial", false, "it is tried out first")
	c.Flags().BoolVar(&decline, "decline", false, "it is declined")
	return c
}
