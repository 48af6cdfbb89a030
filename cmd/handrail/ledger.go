package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"handrail/agent/config"
	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/report"
	"handrail/agent/tally"
	"handrail/detect/catalog"
	"handrail/ui/view"
)

func ledgerCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "ledger",
		Short: "Say what was sent, and what was counted so far",
		Long: `Says in plain words what your account sent, entry by entry, and what was counted
since. Every entry was written here before it was sent, byte by byte. With
--device it says what was sent about this computer, the same for everybody on it.

Exit codes: 0 all could be read, 1 the ledger is broken or can't be read.`,
		Example: "  handrail ledger\n  handrail ledger --device\n  handrail ledger show 1\n  handrail ledger verify",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			from, paths, err := ledgerOf(c)
			if err != nil {
				return err
			}
			p, broken := readPages(from)
			if !from.device {
				if p.Running, p.Waiting, err = readTally(paths, p.Entries); err != nil {
					return err
				}
			}
			if asJSON {
				enc := json.NewEncoder(c.OutOrStdout())
				enc.SetIndent("", "  ")
				err = enc.Encode(p)
			} else {
				err = p.print(c.OutOrStdout(), from.device)
			}
			return errors.Join(broken, err)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.PersistentFlags().Bool("device", false, "what was sent about this computer, not about what you did")
	c.AddCommand(
		&cobra.Command{
			Use:     "show N",
			Short:   "Print the exact bytes of entry N",
			Example: "  handrail ledger show 1\n  handrail ledger show 1 | sha256sum",
			Args:    cobra.ExactArgs(1),
			RunE: func(c *cobra.Command, args []string) error {
				seq, err := strconv.ParseUint(args[0], 10, 64)
				if err != nil || seq == 0 {
					return exitError{exitUsage, fmt.Errorf("which entry? it is a number from 1, as handrail ledger lists them")}
				}
				from, _, err := ledgerOf(c)
				if err != nil {
					return err
				}
				return showEntry(c.OutOrStdout(), from, seq)
			},
		},
		&cobra.Command{
			Use:   "verify",
			Short: "Check that nobody changed the ledger",
			Long: `Checks the ledger from its first to its last byte and names the first place
where it is not as Handrail wrote it: edited, removed, reordered or truncated.

Exit codes: 0 the ledger is whole, 1 it is not.`,
			Example: "  handrail ledger verify\n  handrail ledger verify --device",
			Args:    cobra.NoArgs,
			RunE: func(c *cobra.Command, _ []string) error {
				from, _, err := ledgerOf(c)
				if err != nil {
					return err
				}
				s, err := from.verify()
				if b := new(ledger.Break); errors.As(err, &b) {
					return fmt.Errorf("%w. What stands before it is whole. The ledger is %s", err, from.path)
				}
				if err != nil {
					return err
				}
				return printSummary(c.OutOrStdout(), s)
			},
		},
	)
	return c
}

// source is the ledger that a command reads.
type source struct {
	ctx    context.Context
	path   string
	device bool
	client *local.Client // the service, for the device's ledger
}

func ledgerOf(c *cobra.Command) (source, config.Paths, error) {
	paths, err := pathsOf(c)
	if err != nil {
		return source{}, config.Paths{}, err
	}
	device, err := c.Flags().GetBool("device")
	if err != nil {
		return source{}, config.Paths{}, err
	}
	s := source{ctx: c.Context(), path: filepath.Join(paths.UserState, ledger.Name)}
	if device {
		s.device, s.path = true, paths.DeviceLedger()
		s.client = local.NewClient(paths.ServiceSocket, version)
	}
	return s, paths, nil
}

// entries calls fn with each entry. The device's ledger comes from the service,
// and from its file when the service does not run.
func (s source) entries(fn func(ledger.Entry) error) error {
	if s.device {
		_, err := s.fromService(fn)
		if err == nil || !errors.Is(err, local.ErrNotRunning) {
			return err
		}
	}
	return s.readable(ledger.Entries(s.path, fn))
}

func (s source) verify() (ledger.Summary, error) {
	if s.device {
		sum, err := s.fromService(nil)
		if err == nil || !errors.Is(err, local.ErrNotRunning) {
			return sum, err
		}
	}
	sum, err := ledger.Verify(s.path)
	return sum, s.readable(err)
}

func (s source) fromService(fn func(ledger.Entry) error) (ledger.Summary, error) {
	r, err := s.client.DeviceLedger(s.ctx)
	if err != nil {
		return ledger.Summary{}, err
	}
	defer r.Close()
	return ledger.Read(r, fn)
}

// readable adds what to do when the device's ledger can't be opened directly.
func (s source) readable(err error) error {
	if s.device && errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("the service does not run, and only it may read the folder of this computer's ledger: start it with handrail service start (%w)", err)
	}
	return err
}

func showEntry(w io.Writer, from source, seq uint64) error {
	found, last := errors.New("found"), uint64(0)
	err := from.entries(func(e ledger.Entry) error {
		last = e.Seq
		if e.Seq != seq {
			return nil
		}
		if _, err := w.Write(e.Bytes); err != nil {
			return fmt.Errorf("printing an entry: %w", err)
		}
		return found
	})
	switch {
	case errors.Is(err, found):
		return nil
	case err != nil:
		return err
	case last == 0:
		return errors.New("the ledger has no entries: nothing was sent yet")
	}
	return fmt.Errorf("the ledger has no entry %d, the last one is %d", seq, last)
}

func printSummary(w io.Writer, s ledger.Summary) error {
	if s.Entries == 0 {
		_, err := fmt.Fprintln(w, "The ledger has no entries: nothing was sent yet.")
		return err
	}
	fmt.Fprintf(w, "The ledger is whole: %s sent, %s, in one chain that ends with\n%s\n",
		counted(s.Sent, "entry", "entries"), counted(s.Receipts, "receipt", "receipts"), s.Last)
	if s.Unfinished {
		fmt.Fprintln(w, "Behind it stands a line that was not finished when the computer or program\nstopped. Nothing of it was sent; the next entry takes its place.")
	}
	if !s.Marked {
		fmt.Fprintln(w, "Whether whole entries are missing at its end could not be checked.")
	}
	return nil
}

// pages are a ledger and a tally for people, as handrail ledger --json prints
// them.
type pages struct {
	Entries []page    `json:"entries"`
	Waiting []page    `json:"waiting,omitempty"` // written, not in the ledger yet
	Running []running `json:"running,omitempty"` // counted, no report yet
}

// page is one entry that was sent, or will be.
type page struct {
	Seq     uint64          `json:"seq,omitempty"`
	Kind    ledger.Kind     `json:"kind"`
	At      *time.Time      `json:"at,omitempty"`
	Size    int             `json:"size"`
	SHA256  ledger.Hash     `json:"sha256"`
	Report  *behaviour      `json:"report,omitempty"`
	Health  json.RawMessage `json:"health,omitempty"`
	Words   []string        `json:"words"`
	Receipt *receipt        `json:"receipt,omitempty"`

	batch report.Batch
}

type behaviour struct {
	Batch  report.BatchID `json:"batch"`
	Cohort report.Cohort  `json:"cohort"`
	Policy uint64         `json:"policy"`
	Off    bool           `json:"off,omitempty"`
	More   bool           `json:"more,omitempty"`
	Cells  []report.Cell  `json:"cells"`
}

type receipt struct {
	Seq    uint64      `json:"seq"`
	At     time.Time   `json:"at"`
	SHA256 ledger.Hash `json:"sha256"`
}

type running struct {
	Batch report.BatchID `json:"batch"`
	Ends  time.Time      `json:"ends"`
	Cells []report.Cell  `json:"cells"`
	Words []string       `json:"words"`
}

// readPages reads a ledger. When it is broken, the pages before the break come
// with the error.
func readPages(from source) (pages, error) {
	p := pages{Entries: []page{}}
	at := map[uint64]int{} // index of an entry by its number
	err := from.entries(func(e ledger.Entry) error {
		if e.Kind == ledger.Receipt {
			if i, there := at[e.Of]; there {
				p.Entries[i].Receipt = &receipt{e.Seq, e.At, e.SHA256}
			}
			return nil
		}
		at[e.Seq] = len(p.Entries)
		q := pageOf(e.Kind, e.Bytes)
		q.Seq, q.At = e.Seq, &e.At
		p.Entries = append(p.Entries, q)
		return nil
	})
	return p, err
}

func pageOf(k ledger.Kind, b []byte) page {
	q := page{Kind: k, Size: len(b), SHA256: ledger.HashOf(b), Words: []string{"This version can't read what is in it. The exact bytes are there."}}
	switch k {
	case ledger.Behaviour:
		if r, err := report.Decode(b); err == nil {
			q.Report = &behaviour{r.Batch, r.Cohort, r.Policy, r.Off, r.More, r.Cells}
			q.Words = inWords.ReportLines(r)
			q.batch, _ = report.ParseBatch(r.Batch) // Decode did so, too
		}
	case ledger.Health:
		if h, err := report.DecodeHealth(b); err == nil {
			q.Health, q.Words = b, healthWords(h)
		}
	case ledger.Request:
		if r, err := report.DecodeRequest(b); err == nil {
			q.Words = inWords.RequestLines(r)
		}
	case ledger.Question:
		if _, err := report.DecodeQuestion(b); err == nil {
			q.Words = []string{"You looked for the answer to a request, by its code. It is written here once, and may have been sent more often."}
		}
	}
	return q
}

// readTally returns what was counted since, and the reports that are written
// but not in the ledger.
func readTally(paths config.Paths, sent []page) ([]running, []page, error) {
	counted, due, err := tally.Look(filepath.Join(paths.UserState, "tally"))
	if err != nil {
		return nil, nil, err
	}
	var open []running
	for _, c := range counted {
		open = append(open, running{c.Batch.ID, c.Batch.End, c.Cells, inWords.Cells(c.Cells)})
	}
	inLedger := map[ledger.Hash]bool{}
	for _, q := range sent {
		inLedger[q.SHA256] = true
	}
	var waiting []page
	for _, d := range due {
		if q := pageOf(ledger.Behaviour, d.Bytes); !inLedger[q.SHA256] {
			waiting = append(waiting, q)
		}
	}
	return open, waiting, nil
}

// inWords says what reports hold on the command line, which speaks English.
var inWords = view.Ledger{Tool: toolName}

// toolName is a tool's name for people.
func toolName(id catalog.ToolID) string {
	t, _ := catalog.Default().Tool(id)
	return t.Name
}

func healthWords(h report.Health) []string {
	words := []string{fmt.Sprintf("Handrail %s on %s, with policy %d.", h.Agent, h.Platform, h.Policy)}
	for _, e := range h.Coverage {
		line := fmt.Sprintf("What it sees, %s: %s", surfaceWords(e.Surface), stateWords(e.State))
		if why := whyWords(e.Surface, e.Why); why != "" {
			line += ", " + why
		}
		words = append(words, line)
	}
	for _, e := range h.Errors {
		words = append(words, fmt.Sprintf("What went wrong in it: %s (%s)", e.Name, e.Often.Words()))
	}
	return words
}

const (
	dayWords    = "2 January 2006"
	minuteWords = "2 January 2006 15:04"
)

func (p pages) print(w io.Writer, device bool) error {
	whose, nothing := "Your account", "Your account has sent nothing yet."
	if device {
		whose, nothing = "This computer", "Nothing was sent about this computer yet."
	}
	if len(p.Entries) == 0 {
		fmt.Fprintln(w, nothing)
	} else {
		fmt.Fprintf(w, "%s sent %s:\n", whose, counted(len(p.Entries), "entry", "entries"))
	}
	for _, q := range p.Entries {
		state := "waiting, no receipt yet"
		if q.Kind == ledger.Question {
			state = "answered at once, without a receipt"
		}
		if q.Receipt != nil {
			state = "received, receipt of " + q.Receipt.At.Local().Format(minuteWords)
		}
		fmt.Fprintf(w, "\n%d. %s\n   written %s, %s bytes, %s\n", q.Seq, q.title(), q.At.Local().Format(minuteWords), thousands(q.Size), state)
		printWords(w, q.Words)
	}
	for _, q := range p.Waiting {
		fmt.Fprintf(w, "\nWritten and not handed over yet: %s\n", q.title())
		printWords(w, q.Words)
	}
	for _, r := range p.Running {
		b, _ := report.ParseBatch(r.Batch) // it comes from the tally, which parses it
		fmt.Fprintf(w, "\nCounted so far, not sent: %s\n", span(b))
		printWords(w, r.Words)
	}
	flag := ""
	if device {
		flag = " --device"
	}
	if !device {
		fmt.Fprint(w, "\nWhat is never collected, because no field of any report can hold it:\n")
		var never []string
		for _, n := range report.NeverCollected() {
			never = append(never, n.Words())
		}
		printWords(w, never)
	}
	_, err := fmt.Fprintf(w, "\nThe exact bytes: handrail ledger show N%s. That nobody changed them: handrail ledger verify%s.\n", flag, flag)
	return err
}

func printWords(w io.Writer, words []string) {
	for _, line := range words {
		fmt.Fprintf(w, "   - %s\n", line)
	}
}

func (q page) title() string {
	switch {
	case q.Report != nil:
		return "Report about " + span(q.batch)
	case q.Kind == ledger.Behaviour:
		return "Report"
	case q.Kind == ledger.Request:
		return "Request for a tool"
	case q.Kind == ledger.Question:
		return "Question for an answer"
	case q.Kind == ledger.Health:
		return "Health of this computer"
	}
	return "Entry of the kind " + q.Kind.String()
}

// span says when a batch is, in words. Batches are the same for everybody, so
// they are in UTC.
func span(b report.Batch) string {
	if b.Length() == report.Week {
		return fmt.Sprintf("the week of %s (%s)", b.Start.Format(dayWords), b.ID)
	}
	return fmt.Sprintf("%s to %s UTC (%s)", b.Start.Format("2 January 2006 15:04:05"), b.End.Format("15:04:05"), b.ID)
}

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
