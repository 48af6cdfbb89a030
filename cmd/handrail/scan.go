package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// maxLine is the longest line that scan --jsonl reads, in bytes.
const maxLine = 64 << 20

func scanCommand() *cobra.Command {
	var asJSON, lines bool
	c := &cobra.Command{
		Use:   "scan [FILE]",
		Short: "Say what is sensitive in a text, and where",
		Long: `Lists what Handrail finds in a text: which detector, which class, from and to
which byte, how sure it is, and why. Without FILE it reads what is piped in. The text
is never printed, kept or sent.

With --jsonl every line of the input is {"id": …, "text": "…"}, and every line of
the output is {"id", "findings", "sensitive"}, in the same order. Offsets are in
bytes of the text as UTF-8. "sensitive" says whether Handrail's own policy would
at least nudge if the text went to a tool that isn't approved. A line that can't
be read ends it, after the lines before it were answered.

Exit codes: 0 nothing found (with --jsonl: every line answered), 1 it could not
be done, 2 wrong command line, 3 something found.`,
		Example: `  handrail scan letter.txt
  handrail scan --json < letter.txt
  handrail scan --jsonl corpus.jsonl > answers.jsonl`,
		Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if lines && asJSON {
				return exitError{exitUsage, errors.New("use --json or --jsonl, not both")}
			}
			if lines {
				return scanLines(c, args)
			}
			text, err := readText(c, args)
			if err != nil {
				return err
			}
			defer text.Wipe()
			res, err := detect.ScanWith(c.Context(), text.Bytes(), nil)
			if err != nil {
				return fmt.Errorf("looking at the text: %w", err)
			}
			if asJSON {
				err = printJSON(c.OutOrStdout(), scannedOf(nil, res, policy.Default()))
			} else {
				err = printScan(c.OutOrStdout(), res)
			}
			if err != nil {
				return fmt.Errorf("printing the findings: %w", err)
			}
			if len(res.Findings) > 0 {
				return exitError{code: exitFinding}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&lines, "jsonl", false, "read and print one JSON object a line")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func printScan(w io.Writer, res detect.Result) error {
	if len(res.Findings) == 0 {
		fmt.Fprintln(w, "Nothing sensitive was found.")
	} else {
		t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
		fmt.Fprintln(t, "DETECTOR\tCLASS\tSTART\tEND\tCONFIDENCE\tCOUNT\tWHY")
		for _, f := range res.Findings {
			fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%s\t%d\t%s\n", f.Detector, f.Class, f.Start, f.End, f.Confidence, f.Count, whyOf(f))
		}
		if err := t.Flush(); err != nil {
			return err
		}
	}
	if res.Partial {
		fmt.Fprintf(w, "Only the first %d MB were looked at.\n", detect.MaxText>>20)
	}
	return nil
}

// scanned is what scan prints of one text as JSON.
type scanned struct {
	ID        json.RawMessage `json:"id,omitempty"`
	Findings  []foundAt       `json:"findings"`
	Sensitive bool            `json:"sensitive"`
	Partial   bool            `json:"partial,omitempty"` // only the first detect.MaxText bytes were looked at
}

type foundAt struct {
	Detector   detect.DetectorID `json:"detector"`
	Class      detect.Class      `json:"class"`
	Start      int               `json:"start"`
	End        int               `json:"end"`
	Confidence detect.Confidence `json:"confidence"`
	// Said of one text, and not line by line.
	Why string `json:"why,omitempty"`
}

// whyOf says why there is a finding, in words that hold nothing of the text.
func whyOf(f detect.Finding) string {
	var parts []string
	if w := f.Why.String(); w != "" {
		parts = append(parts, w)
	}
	if f.Decoded != detect.Plain {
		parts = append(parts, "inside "+f.Decoded.String())
	}
	return strings.Join(parts, "; ")
}

// nowhereApproved is an AI tool that no policy names.
var nowhereApproved = catalog.Destination{Tool: catalog.Other, Surface: catalog.SurfaceBrowser, Role: catalog.RoleChat}

func scannedOf(id json.RawMessage, res detect.Result, p *policy.Policy) scanned {
	out := scanned{ID: id, Findings: make([]foundAt, len(res.Findings)), Partial: res.Partial}
	for i, f := range res.Findings {
		out.Findings[i] = foundAt{Detector: f.Detector, Class: f.Class, Start: f.Start, End: f.End, Confidence: f.Confidence}
		if id == nil {
			out.Findings[i].Why = whyOf(f)
		}
	}
	out.Sensitive = p.Decide(res, nowhereApproved).Do >= policy.Nudge
	return out
}

// scanLines answers one JSON object a line.
func scanLines(c *cobra.Command, args []string) error {
	in := c.InOrStdin()
	if len(args) == 1 && args[0] != "-" {
		f, err := os.Open(args[0])
		if err != nil {
			return fmt.Errorf("reading the texts: %w", err)
		}
		defer f.Close()
		in = f
	}
	r, w := bufio.NewReaderSize(in, 64<<10), bufio.NewWriter(c.OutOrStdout())
	err := answerLines(r, w)
	if flushed := w.Flush(); flushed != nil && err == nil {
		err = fmt.Errorf("printing the findings: %w", flushed)
	}
	return err
}

func answerLines(r *bufio.Reader, w *bufio.Writer) error {
	p := policy.Default()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	var line []byte
	for n := 1; ; n++ {
		var err error
		line, err = readLine(r, line[:0])
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		id, text, err := parseLine(line)
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if err := enc.Encode(scannedOf(id, detect.Scan(text), p)); err != nil {
			return fmt.Errorf("printing the findings of line %d: %w", n, err)
		}
		if r.Buffered() == 0 {
			// Whoever writes line by line waits for the answer.
			if err := w.Flush(); err != nil {
				return fmt.Errorf("printing the findings of line %d: %w", n, err)
			}
		}
	}
}

// parseLine reads one object. Its errors say nothing of what is in the line.
func parseLine(line []byte) (id json.RawMessage, text []byte, err error) {
	if !utf8.Valid(line) {
		return nil, nil, errors.New("this is not UTF-8")
	}
	var v struct {
		ID   json.RawMessage `json:"id"`
		Text *string         `json:"text"`
	}
	if err := json.Unmarshal(line, &v); err != nil {
		if x := (*json.SyntaxError)(nil); errors.As(err, &x) {
			return nil, nil, fmt.Errorf("this is not JSON from byte %d on", x.Offset)
		}
		return nil, nil, errors.New(`this is no object of the form {"id": …, "text": "…"}`)
	}
	if v.ID == nil || v.Text == nil {
		return nil, nil, errors.New(`an "id" and a "text" are needed`)
	}
	return v.ID, []byte(*v.Text), nil
}

// readLine appends the next line to buf, without its end. io.EOF means that
// there is none.
func readLine(r *bufio.Reader, buf []byte) ([]byte, error) {
	for {
		part, err := r.ReadSlice('\n')
		buf = append(buf, part...)
		if len(buf) > maxLine+1 {
			return buf, fmt.Errorf("the line is longer than %d MB", maxLine>>20)
		}
		switch {
		case err == nil:
			return buf[:len(buf)-1], nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(buf) > 0:
			return buf, nil
		default:
			return buf, err
		}
	}
}
