package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"handrail/agent/config"
	"handrail/agent/durable"
	"handrail/agent/local"
	"handrail/detect"
	"handrail/detect/allow"
)

// The person's files about what they have called not sensitive, as the session
// keeps them: a key that never leaves the folder, and the list under it.
const (
	learnedKey  = "learned.key"
	learnedFile = "learned.json"
)

// shortID is how many digits of an id are shown; forget takes as many as it
// needs to know which one is meant.
const shortID = 12

// forgetRequest is the body of POST /v1/forget on the session's socket. The
// session holds the list while it runs, so it must do the forgetting then.
type forgetRequest struct {
	IDs []allow.Digest `json:"ids"`
}

func learnedCommand() *cobra.Command {
	var asJSON, all bool
	c := &cobra.Command{
		Use:   "learned",
		Short: "List what you called not sensitive, and forget it",
		Long: `Lists what you called not sensitive and are not asked about any more. Handrail
keeps no text of it, only a digest under a key of your own, so it can say which
detector found it and since when, but not what it was.`,
		Example: "  handrail learned\n  handrail learned forget 3fa85f6451a2\n  handrail learned forget --all",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			paths, err := pathsOf(c)
			if err != nil {
				return err
			}
			list, err := readLearned(paths.UserState)
			if err != nil {
				return err
			}
			return printLearned(c.OutOrStdout(), list.Entries(), asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	forget := &cobra.Command{
		Use:     "forget ID...",
		Short:   "Forget some of it, or all: you are asked about it again",
		Example: "  handrail learned forget 3fa85f6451a2\n  handrail learned forget --all",
		RunE: func(c *cobra.Command, args []string) error {
			if all == (len(args) > 0) {
				return exitError{exitUsage, errors.New("which ones? name their ids, or say --all")}
			}
			paths, err := pathsOf(c)
			if err != nil {
				return err
			}
			list, err := readLearned(paths.UserState)
			if err != nil {
				return err
			}
			ids, err := meant(list.Entries(), args)
			if err != nil {
				return err
			}
			if err := forgetLearned(c.Context(), paths, list, ids); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "Forgotten: %s.\n", counted(len(ids), "entry", "entries"))
			return err
		},
	}
	forget.Flags().BoolVar(&all, "all", false, "forget everything")
	c.AddCommand(forget)
	return c
}

// readLearned reads the list and changes nothing. No file is an empty list.
func readLearned(dir string) (*allow.List, error) {
	b, err := os.ReadFile(filepath.Join(dir, learnedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return allow.New([32]byte{}), nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the learned list: %w", err)
	}
	key, err := os.ReadFile(filepath.Join(dir, learnedKey))
	if err == nil && len(key) != 32 {
		err = fmt.Errorf("%s is damaged", learnedKey)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the key of the learned list: %w; the list can't be used without it and begins anew with the next session", err)
	}
	l, err := allow.Unmarshal([32]byte(key), b)
	if err != nil {
		return nil, fmt.Errorf("reading the learned list: %w; the next session sets it aside and begins anew", err)
	}
	return l, nil
}

// meant returns the digests that the ids, or the beginnings of ids, name; all
// of them if there are no ids.
func meant(entries []allow.Entry, ids []string) ([]allow.Digest, error) {
	var digests []allow.Digest
	if len(ids) == 0 {
		for _, e := range entries {
			digests = append(digests, e.Digest)
		}
	}
	for _, id := range ids {
		var found []allow.Digest
		for _, e := range entries {
			if id != "" && strings.HasPrefix(idOf(e), strings.ToLower(id)) {
				found = append(found, e.Digest)
			}
		}
		switch len(found) {
		case 0:
			return nil, fmt.Errorf("there is nothing with the id %q: handrail learned lists the ids", id)
		case 1:
			digests = append(digests, found[0])
		default:
			return nil, fmt.Errorf("%d entries have an id that begins with %q: give more of its digits", len(found), id)
		}
	}
	slices.SortFunc(digests, func(a, b allow.Digest) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(digests), nil
}

// forgetLearned has the running session forget, or changes the file if there is
// none.
func forgetLearned(ctx context.Context, paths config.Paths, list *allow.List, ids []allow.Digest) error {
	if len(ids) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	err := local.NewClient(paths.SessionSocket, version).Do(ctx, http.MethodPost, "/v1/forget", forgetRequest{ids}, nil)
	if err == nil {
		return nil
	}
	if !errors.Is(err, local.ErrNotRunning) {
		return fmt.Errorf("your session runs and keeps the list, but it did not forget: %w; quit it from the tray and try again", err)
	}
	for _, id := range ids {
		list.Forget(id)
	}
	b, err := list.Marshal()
	if err == nil {
		err = durable.Replace(filepath.Join(paths.UserState, learnedFile), b, 0o600)
	}
	if err != nil {
		return fmt.Errorf("writing the learned list: %w", err)
	}
	return nil
}

// learnedLine is an entry as handrail learned --json prints it.
type learnedLine struct {
	ID       string            `json:"id"`
	Detector detect.DetectorID `json:"detector"`
	Added    string            `json:"added"`
}

func printLearned(w io.Writer, entries []allow.Entry, asJSON bool) error {
	lines := []learnedLine{}
	for _, e := range entries {
		lines = append(lines, learnedLine{idOf(e), e.Detector, e.Added})
	}
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(lines)
	}
	if len(lines) == 0 {
		_, err := fmt.Fprintln(w, "There is nothing that you called not sensitive.")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintln(t, "ID\tFOUND BY\tSINCE")
	for _, l := range lines {
		fmt.Fprintf(t, "%s\t%s\t%s\n", l.ID[:shortID], l.Detector, l.Added)
	}
	return t.Flush()
}

func idOf(e allow.Entry) string { return fmt.Sprintf("%x", e.Digest[:]) }
