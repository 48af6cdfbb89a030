package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"handrail/agent/config"
	"handrail/agent/coverage"
	"handrail/agent/local"
)

// askPatience is how long status waits for the service and for the session.
const askPatience = 5 * time.Second

// wholeStatus is what status --json prints. Absent parts did not answer.
type wholeStatus struct {
	Version string `json:"version"`
	// Watching says whether this account's desktop session watches now.
	Watching bool                 `json:"watching"`
	Coverage coverage.Table       `json:"coverage"`
	Policy   *local.PolicyStatus  `json:"policy,omitempty"`
	Session  *local.SessionStatus `json:"session,omitempty"`
	Service  *local.ServiceStatus `json:"service,omitempty"`
	// Problems says in plain words what is missing.
	Problems []string `json:"problems,omitempty"`
}

func statusCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "status",
		Short: "Say what Handrail sees now, and what it does not",
		Long: `Says whether your desktop session is watched, surface by surface and with the
reason for each gap, and how service, policy and ledger are.

Exit codes: 0 your session is watched, 1 it is not.`,
		Example: "  handrail status\n  handrail status --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			paths, err := pathsOf(c)
			if err != nil {
				return err
			}
			st := askEverybody(c.Context(), paths)
			if asJSON {
				enc := json.NewEncoder(c.OutOrStdout())
				enc.SetIndent("", "  ")
				err = enc.Encode(st)
			} else {
				err = printStatus(c.OutOrStdout(), st)
			}
			if err != nil {
				return fmt.Errorf("printing the status: %w", err)
			}
			if !st.Watching {
				return exitError{code: exitFailed}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// askEverybody puts together what session and service say. Either may be away.
func askEverybody(ctx context.Context, paths config.Paths) wholeStatus {
	ctx, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	st := wholeStatus{Version: version, Coverage: coverage.All(coverage.Blind, coverage.NotWatching)}
	problem := func(who string, err error, away string) {
		if errors.Is(err, local.ErrNotRunning) {
			st.Problems = append(st.Problems, away)
			return
		}
		st.Problems = append(st.Problems, who+": "+err.Error())
	}
	switch s, err := local.NewClient(paths.SessionSocket, version).SessionStatus(ctx); {
	case err != nil:
		problem("session", err, "no session of yours runs: start Handrail from the launcher, or log in again")
	default:
		st.Session, st.Policy = &s, &s.Policy
		st.Watching = s.Watching && !s.Paused
		if len(s.Coverage) > 0 {
			st.Coverage = s.Coverage
		}
		if s.LastError != "" {
			st.Problems = append(st.Problems, "session: "+s.LastError)
		}
	}
	switch s, err := local.NewClient(paths.ServiceSocket, version).Status(ctx); {
	case err != nil:
		problem("service", err, "the service does not answer: a session works without it, and nothing is reported meanwhile")
	default:
		st.Service = &s
		if st.Policy == nil {
			st.Policy = &s.Policy
		}
	}
	if st.Policy != nil && st.Policy.Error != "" {
		st.Problems = append(st.Problems, st.Policy.Error)
	}
	if st.Service != nil && !st.Service.Ledger.OK {
		st.Problems = append(st.Problems, "the device's ledger: "+st.Service.Ledger.Error)
	}
	if st.Service != nil && st.Service.Server != nil {
		st.Problems = append(st.Problems, serverProblems(*st.Service.Server)...)
	}
	return st
}

func printStatus(w io.Writer, st wholeStatus) error {
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintf(t, "Handrail\t%s\n", st.Version)
	fmt.Fprintf(t, "Your session\t%s\n", sessionWords(st.Session))
	if st.Session != nil && len(st.Session.Browsers) > 0 {
		fmt.Fprintf(t, "Browsers\t%s\n", browserWords(st.Session.Browsers))
	}
	if st.Session != nil {
		fmt.Fprintf(t, "Last self-test\t%s\n", proofWords(*st.Session, time.Now()))
	}
	fmt.Fprintf(t, "Service\t%s\n", serviceWords(st.Service))
	if st.Policy != nil {
		fmt.Fprintf(t, "Policy\t%s\n", policyWords(*st.Policy))
	}
	if st.Service != nil {
		fmt.Fprintf(t, "Server\t%s\n", serverWords(st.Service.Server))
		fmt.Fprintf(t, "Device ledger\t%s\n", ledgerWords(st.Service.Ledger))
	}
	fmt.Fprintf(t, "\nWhat is seen\t\n")
	for _, x := range coverage.Surfaces() {
		e := st.Coverage.Of(x)
		line := stateWords(e.State)
		if why := whyWords(x, e.Why); why != "" {
			line += ": " + why
		}
		fmt.Fprintf(t, "  %s\t%s\n", surfaceWords(x), line)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, p := range st.Problems {
		fmt.Fprintf(w, "\n! %s", p)
	}
	if len(st.Problems) > 0 {
		fmt.Fprintln(w)
	}
	return nil
}

func sessionWords(s *local.SessionStatus) string {
	switch {
	case s == nil:
		return "not watching"
	case s.Paused:
		return "paused by you"
	case !s.Watching:
		return "running, but not watching"
	default:
		return fmt.Sprintf("watching (%s; clips read since login: %d, nudges: %d)", s.Version, s.ClipReads, s.Nudges)
	}
}

// browserWords names the browsers whose extension is connected.
func browserWords(list []local.Browser) string {
	var words []string
	for _, b := range list {
		w := b.Kind + " (extension " + b.Version
		if b.Unguarded > 0 {
			w += ", " + counted(b.Unguarded, "tab has to be loaded again", "tabs have to be loaded again")
		}
		words = append(words, w+")")
	}
	return strings.Join(words, ", ")
}

// proofWords says when a self-test last went all the way.
func proofWords(s local.SessionStatus, now time.Time) string {
	when := func(at time.Time) string {
		switch {
		case at.IsZero():
			return "none yet"
		case now.Sub(at) < 12*time.Hour:
			return at.Local().Format("15:04")
		}
		return at.Local().Format("2 January 15:04")
	}
	words := []string{"copies and windows " + when(s.Proof)}
	for _, b := range s.Browsers {
		words = append(words, b.Kind+" "+when(b.Proof))
	}
	return strings.Join(words, ", ")
}

func serviceWords(s *local.ServiceStatus) string {
	if s == nil {
		return "does not answer"
	}
	words := fmt.Sprintf("running (%s), %s", s.Version, counted(s.Sessions, "session watches", "sessions watch"))
	if s.Waiting > 0 {
		words += ", " + counted(s.Waiting, "report waits to be sent", "reports wait to be sent")
	}
	return words
}

func serverWords(s *local.ServerStatus) string {
	switch {
	case s == nil:
		return "none: Handrail works by itself and reports to nobody"
	case s.Joined:
		return s.Address + ", this device has joined"
	default:
		return s.Address + ", this device has not joined"
	}
}

// serverProblems says what keeps this device or its reports from the server.
func serverProblems(s local.ServerStatus) []string {
	var all []string
	if s.Error != "" {
		all = append(all, "server: "+s.Error)
	}
	switch {
	case s.Reports == "":
		all = append(all, "server: the settings name no report_server, so no reports are sent")
	case s.ReportsError != "":
		all = append(all, "server: "+s.ReportsError)
	}
	return all
}

func policyWords(p local.PolicyStatus) string {
	var words string
	switch config.PolicySource(p.Source) {
	case config.PolicyManaged:
		words = fmt.Sprintf("your organisation's, serial %d", p.Serial)
	case config.PolicyLastGood:
		words = fmt.Sprintf("your organisation's, serial %d, the last good one", p.Serial)
	default:
		words = "built in"
	}
	if p.Off {
		words += "; it switches Handrail off"
	}
	return words
}

func ledgerWords(l local.LedgerStatus) string {
	if !l.OK {
		return "broken"
	}
	return "whole, " + counted(l.Count, "entry", "entries")
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func surfaceWords(s coverage.Surface) string {
	switch s {
	case coverage.Clipboard:
		return "copies"
	case coverage.Windows:
		return "active window"
	case coverage.Browser:
		return "AI sites in browsers"
	case coverage.Terminal:
		return "AI command line tools"
	case coverage.Apps:
		return "AI desktop apps"
	case coverage.Nudge:
		return "showing nudges"
	}
	return s.String()
}

func stateWords(s coverage.State) string {
	switch s {
	case coverage.Seen:
		return "yes"
	case coverage.Partly:
		return "partly"
	default:
		return "no"
	}
}

func whyWords(s coverage.Surface, w coverage.Why) string {
	switch w {
	case coverage.NotWatching:
		return "nobody's session watches"
	case coverage.Wayland:
		return "this desktop (Wayland) shows programs neither clipboard nor windows"
	case coverage.NoDisplay:
		return "there is no display"
	case coverage.Unsupported:
		return "not built for this system yet"
	case coverage.TitlesOnly:
		if s == coverage.Terminal {
			return "a tab is known by its title; not files that a tool reads by itself, nor what runs in tmux, screen or ssh"
		}
		return "known by the window's title, without the browser extension"
	case coverage.TextOnly:
		return "text only, images and files are not inspected"
	case coverage.NoWindow:
		return "by native notification, no window can be opened"
	case coverage.SensorFailed:
		return "the sensor stopped and is being restarted"
	case coverage.SwitchedOff:
		return "the policy switches Handrail off"
	case coverage.NoExtension:
		return "a browser runs without the extension, known by the window's title there"
	case coverage.Confined:
		return "a Snap or Flatpak browser can't reach Handrail, known by the window's title there"
	case coverage.NotProven:
		if s != coverage.Browser {
			return "watched, but the last self-test did not go through"
		}
		return "the extension's last self-test did not go through"
	case coverage.PasteButtons:
		return "pastes are held, a page's own paste button is not"
	case coverage.Unguarded:
		return "some tabs or private windows are without the extension"
	}
	return w.String()
}
