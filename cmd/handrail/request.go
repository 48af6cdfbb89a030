package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"handrail/agent/asked"
	"handrail/agent/config"
	"handrail/agent/local"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
)

// answersPatience is how long a look for the answers at the server may take.
const answersPatience = 40 * time.Second

func requestCommand() *cobra.Command {
	var task, data string
	var lacks []string
	var send bool
	c := &cobra.Command{
		Use:   "request TOOL --for TASK --lacks WHAT",
		Short: "Ask your organisation for an AI tool",
		Long: `Asks your organisation for an AI tool, by its name in the catalogue or its public
address. It shows you the exact bytes before anything is sent: what you want it
for, the kind of data and what the approved tools lack, each from a list, and no
word of who you are. "handrail requests" shows the answer and when it is due.

Tasks: ` + listOf(report.Tasks()) + `.
Kinds of data: none, ` + listOf(detect.Classes()) + `.
What may be lacking: ` + listOf(report.Lacks()) + `.`,
		Example: "  handrail request newtool.ai --for translating --data contacts --lacks language,file_types",
		Args:    usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			t, err := draftOf(args[0], task, data, lacks)
			if err != nil {
				return exitError{exitUsage, err}
			}
			body, err := t.Bytes()
			if err != nil {
				return err
			}
			out := c.OutOrStdout()
			fmt.Fprintf(out, "This is sent, byte by byte, and nothing else:\n\n%s\n\nIt names neither you nor this computer. An answer is due by %s.\n", body, dayOf(t.Due()))
			if !send {
				fmt.Fprint(out, "Send it? Type yes: ")
				line, err := bufio.NewReader(c.InOrStdin()).ReadString('\n')
				if err != nil && !errors.Is(err, io.EOF) {
					return fmt.Errorf("reading your answer: %w", err)
				}
				if strings.ToLower(strings.TrimSpace(line)) != "yes" {
					fmt.Fprintln(out, "Nothing was sent.")
					return nil
				}
			}
			if err := askSession(c, "/v1/requests", t); err != nil {
				return err
			}
			fmt.Fprintln(out, "It is in your ledger, and leaves within the hour. See what becomes of it: handrail requests")
			return nil
		},
	}
	c.Flags().StringVar(&task, "for", "", "what you want it for: a task of the list")
	c.Flags().StringVar(&data, "data", "none", "the most sensitive kind of data that would go in")
	c.Flags().StringSliceVar(&lacks, "lacks", nil, "what the approved tools lack, separated by commas")
	c.Flags().BoolVar(&send, "send", false, "send it without asking")
	return c
}

func listOf[T interface{ String() string }](values []T) string {
	var names []string
	for _, v := range values {
		names = append(names, v.String())
	}
	return strings.Join(names, ", ")
}

// draftOf makes a request of what was typed. A tool of the catalogue goes by its
// id, also when its address was typed.
func draftOf(name, task, data string, lacks []string) (asked.Tool, error) {
	var id catalog.ToolID
	if t, ok := catalog.Default().Tool(catalog.ToolID(strings.ToLower(name))); ok {
		id = t.ID
	} else if d, ok := catalog.Default().Lookup(catalog.Target{Host: strings.TrimPrefix(strings.ToLower(name), "https://")}); ok {
		id = d.Tool
	}
	var of report.Task
	if of.UnmarshalText([]byte(task)) != nil {
		return asked.Tool{}, fmt.Errorf("--for: say one of %s", listOf(report.Tasks()))
	}
	var kind detect.Class
	if kind.UnmarshalText([]byte(data)) != nil {
		return asked.Tool{}, fmt.Errorf("--data: say none or one of %s", listOf(detect.Classes()))
	}
	lacked := make([]report.Lack, len(lacks))
	for i, l := range lacks {
		if lacked[i].UnmarshalText([]byte(l)) != nil {
			return asked.Tool{}, fmt.Errorf("--lacks: say some of %s", listOf(report.Lacks()))
		}
	}
	if len(lacked) == 0 {
		return asked.Tool{}, fmt.Errorf("--lacks: say what the approved tools lack: some of %s", listOf(report.Lacks()))
	}
	return asked.Draft(id, name, of, kind, lacked, time.Now())
}

func requestsCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "requests",
		Short: "Show the tools you asked for, and the answers",
		Long: `Shows what you asked your organisation for, since when, until when an answer is
due, and the answer with its reason once there is one. It looks for new answers at
the server where it can; without it you see what was known last.`,
		Example: "  handrail requests\n  handrail requests --json",
		Args:    usage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			paths, err := pathsOf(c)
			if err != nil {
				return err
			}
			old := lookForAnswers(c.Context(), paths)
			all, err := asked.In(paths.UserState).List()
			if err != nil {
				return err
			}
			if asJSON {
				enc := json.NewEncoder(c.OutOrStdout())
				enc.SetIndent("", "  ")
				if all == nil {
					all = []asked.Tool{}
				}
				return enc.Encode(all)
			}
			printAsked(c.OutOrStdout(), all, old)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// lookForAnswers has the session look, and says why it could not.
func lookForAnswers(ctx context.Context, paths config.Paths) error {
	ctx, cancel := context.WithTimeout(ctx, answersPatience)
	defer cancel()
	err := local.NewClient(paths.SessionSocket, version).Do(ctx, http.MethodPost, "/v1/requests/answers", nil, nil)
	if errors.Is(err, local.ErrNotRunning) {
		return errNoSession
	}
	return err
}

func printAsked(w io.Writer, all []asked.Tool, old error) {
	if len(all) == 0 {
		fmt.Fprintln(w, "You have asked for no tool.")
		return
	}
	for i, t := range all {
		if i > 0 {
			fmt.Fprintln(w)
		}
		name := string(t.Host)
		if t.Tool != "" {
			name = toolName(t.Tool)
		}
		fmt.Fprintf(w, "%s, for %s\n   asked on %s\n", name, t.Task.Words(), dayOf(t.Asked))
		switch t.Answer.State {
		case report.Waiting:
			fmt.Fprintf(w, "   answer due by %s", dayOf(t.Due()))
			if t.Late(time.Now()) {
				fmt.Fprint(w, ": that day has passed, so ask your IT team")
			} else if !t.Handed {
				fmt.Fprint(w, ", not sent yet")
			}
			fmt.Fprintln(w)
		default:
			fmt.Fprintf(w, "   %s on %s: %s\n", stateNames[t.Answer.State], dayOf(t.Answer.Decided), t.Answer.Reason)
		}
	}
	if old != nil {
		fmt.Fprintf(w, "\nThis is what was known last. New answers could not be looked for: %v\n", old)
	}
}

var stateNames = map[report.State]string{report.Approved: "approved", report.OnTrial: "on trial", report.Declined: "declined"}

// dayOf is a stored day for people.
func dayOf(s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return s
	}
	return t.Format("Monday, 2 January 2006")
}
