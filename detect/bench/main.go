// Command bench measures how fast detect is beside what else could be used,
// in one run and on the same texts: gitleaks as a library, forty standard
// regular expressions, and what this machine needs for one table lookup per
// byte, which is the least that any scanner does.
//
//	make bench-detect
//
// It is a module of its own, so that the product does not depend on gitleaks.
// Times are CPU time of the process, because machines are shared. It fails when
// a wanted ratio is missed; times depend on the machine, so they are printed
// only.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"handrail/detect"
)

// Figures are what a run found, as it is saved for detect/README.md.
type Figures struct {
	Date    string   `json:"date"`
	Machine string   `json:"machine"`
	Rows    []Row    `json:"rows"`
	Missed  []string `json:"missed,omitempty"`
}

// Row is one text and how fast each engine read it.
type Row struct {
	Text     string  `json:"text"`
	Ours     float64 `json:"ours_mb_s"`
	Gitleaks float64 `json:"gitleaks_mb_s,omitempty"`
	Regexps  float64 `json:"regexps_mb_s"`
	Limit    float64 `json:"limit_mb_s"`
	P50      float64 `json:"p50_ms"`
	P95      float64 `json:"p95_ms"`
}

// The ratios that are wanted on 64 KB of mixed text.
const (
	wantTimesGitleaks = 100
	wantShareOfLimit  = 0.15
)

func main() {
	save := flag.String("save", "", "write the figures to this `file`, as JSON")
	quick := flag.Bool("quick", false, "leave out gitleaks at 1 MB, which takes most of the time")
	flag.Parse()
	if err := run(*save, *quick); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(save string, quick bool) error {
	leaks, err := newGitleaks()
	if err != nil {
		return fmt.Errorf("starting gitleaks: %w", err)
	}
	fig := Figures{Date: time.Now().Format("2 January 2006"), Machine: machine()}
	fmt.Printf("%s, %s, %s\n%d detectors of ours; gitleaks v8.30.1 with its own rules; %d standard regular expressions\n\n",
		fig.Machine, runtime.Version(), fig.Date, len(detect.Detectors()), len(patterns))
	fmt.Printf("%-16s %10s %10s %10s %10s %10s %10s %9s %9s\n", "MB/s of CPU time", "ours", "gitleaks", "regexps", "limit", "x gitleaks", "of limit", "p50 ms", "p95 ms")
	for _, t := range texts() {
		row := Row{Text: t.name}
		small := len(t.body) <= 64<<10
		fast := compare(pick(small, 400, 60), func() { sink += lookups(t.body) }, func() { sink += len(detect.Scan(t.body).Findings) })
		limit, ours := fast[0], fast[1]
		regexps := measure(pick(small, 5, 2), func() { sink += matchAll(t.body) })
		row.Ours, row.Regexps, row.Limit = ours.rate(t.body), regexps.rate(t.body), limit.rate(t.body)
		row.P50, row.P95 = ours.at(50), ours.at(95)
		x := "-"
		if small || !quick {
			g := measure(pick(small, 7, 1), func() { sink += leaks(t.body) })
			row.Gitleaks = g.rate(t.body)
			x = fmt.Sprintf("%.0f", row.Ours/row.Gitleaks)
		}
		fmt.Printf("%-16s %10.1f %10.2f %10.2f %10.1f %10s %10.2f %9.3f %9.3f\n", row.Text, row.Ours, row.Gitleaks, row.Regexps, row.Limit, x, row.Ours/row.Limit, row.P50, row.P95)
		fig.Rows = append(fig.Rows, row)
	}
	fmt.Println("\nWanted on this machine or a better one: p95 of 64 KB <= 1 ms, of 1 MB <= 15 ms, of 64 KB that isn't ASCII <= 5 ms")
	hostile()
	fig.Missed = missed(fig.Rows)
	if save != "" {
		b, err := json.MarshalIndent(fig, "", "  ")
		if err == nil {
			err = os.WriteFile(save, append(b, '\n'), 0o644)
		}
		if err != nil {
			return fmt.Errorf("saving the figures: %w", err)
		}
	}
	if len(fig.Missed) > 0 {
		return errors.New("MISSED: " + strings.Join(fig.Missed, "; "))
	}
	fmt.Println("\nAll wanted ratios are met.")
	return nil
}

// missed says which of the wanted ratios were not met.
func missed(rows []Row) (out []string) {
	for _, r := range rows {
		if r.Text != mixed64 {
			continue
		}
		if x := r.Ours / r.Gitleaks; x < wantTimesGitleaks {
			out = append(out, fmt.Sprintf("%s: %.0f x gitleaks, wanted %d x", r.Text, x, wantTimesGitleaks))
		}
		if s := r.Ours / r.Limit; s < wantShareOfLimit {
			out = append(out, fmt.Sprintf("%s: %.2f of the limit, wanted %.2f", r.Text, s, wantShareOfLimit))
		}
	}
	clean := texts()[0].body
	if n := testing.AllocsPerRun(10, func() { detect.Scan(clean) }); n != 0 {
		out = append(out, fmt.Sprintf("a scan of clean text allocates %v times, wanted 0", n))
	}
	return out
}

// hostile prints how long the texts take that make careless scanners look at
// each byte again and again. That the looks are counted and bounded is a test
// in package detect.
func hostile() {
	fmt.Printf("\n%-18s %12s %12s %14s\n", "hostile texts", "32 KB, ms", "1 MB, ms", "1 MB, MB/s")
	for _, h := range hostileTexts() {
		small, large := h.of(32<<10), h.of(1<<20)
		a := measure(20, func() { sink += len(detect.Scan(small).Findings) })
		b := measure(5, func() { sink += len(detect.Scan(large).Findings) })
		fmt.Printf("%-18s %12.3f %12.3f %14.1f\n", h.name, a.at(50), b.at(50), b.rate(large))
	}
}

func pick(small bool, a, b int) int {
	if small {
		return a
	}
	return b
}
