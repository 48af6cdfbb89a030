package main

import (
	"regexp"

	gitleaks "github.com/zricethezav/gitleaks/v8/detect"
)

// newGitleaks returns gitleaks with its own rules, as a library: how many
// findings it has in a text.
func newGitleaks() (func([]byte) int, error) {
	d, err := gitleaks.NewDetectorDefaultConfig()
	if err != nil {
		return nil, err
	}
	return func(text []byte) int { return len(d.DetectBytes(text)) }, nil
}

// class is what a scanner looks up for each byte: here, whether something may
// begin at it.
var class = func() (t [256]uint16) {
	for _, b := range []byte("0123456789@+:=-") {
		t[b] = 4
	}
	return t
}()

// lookups looks up each byte's class and asks one question of it: a scanner
// does at least that. (To add the classes up without asking takes half as long,
// but says nothing.)
func lookups(text []byte) int {
	n := 0
	for i := 0; i < len(text); i++ {
		if class[text[i]]&4 != 0 {
			n++
		}
	}
	return n
}

func matchAll(text []byte) int {
	n := 0
	for _, p := range patterns {
		n += len(p.FindAllIndex(text, -1))
	}
	return n
}

// patterns are forty common detectors, written plainly.
var patterns = func() (out []*regexp.Regexp) {
	for _, p := range []string{
		`\b4\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b`,
		`\b5[1-5]\d{2}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b`,
		`\b3[47]\d{2}[ -]?\d{6}[ -]?\d{5}\b`,
		`\b6(?:011|5\d{2})[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b`,
		`\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b`,
		`\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b`,
		`\b\d{3}-\d{2}-\d{4}\b`,
		`\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b`,
		`\b\d{3} ?\d{3} ?\d{4}\b`,
		`\b\d{4} ?\d{4} ?\d{4}\b`,
		`\b[A-Z]{5}\d{4}[A-Z]\b`,
		`\b\d{8}[A-Z]\b`,
		`\b[XYZ]\d{7}[A-Z]\b`,
		`\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b`,
		`\b[12]\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}\d{3}\d{2}\b`,
		`\b\d{6}[-+]?\d{4}\b`,
		`\b\d{3}\.\d{3}\.\d{3}-\d{2}\b`,
		`\b[A-Z]\d{8}\b`,
		`[\w.+-]+@[\w-]+\.[\w.-]+`,
		`\+\d{1,3}[ -]?\(?\d{1,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}`,
		`\b(?:\d{1,3}\.){3}\d{1,3}\b`,
		`\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}`,
		`-----BEGIN [A-Z ]*PRIVATE KEY-----`,
		`\bAKIA[A-Z0-9]{16}\b`,
		`\bgh[pousr]_[A-Za-z0-9]{36}\b`,
		`\bgithub_pat_\w{82}\b`,
		`\bglpat-[\w-]{20}\b`,
		`\bxox[abprs]-[A-Za-z0-9-]{10,}`,
		`\bsk-[A-Za-z0-9]{20,}\b`,
		`\bsk_live_[A-Za-z0-9]{24,}\b`,
		`\bAIza[\w-]{35}\b`,
		`\bSG\.[\w-]{22}\.[\w-]{43}\b`,
		`\bnpm_[A-Za-z0-9]{36}\b`,
		`\bhf_[A-Za-z]{34}\b`,
		`\b\d{8,10}:[\w-]{35}\b`,
		`(?i)(?:postgres|mysql|mongodb|redis|amqp)://[^:\s]+:[^@\s]+@`,
		`(?i)(?:password|passwd|pwd)\s*[:=]\s*\S{6,}`,
		`(?i)(?:api[_-]?key|token|secret)\s*[:=]\s*["']?[\w/+-]{16,}`,
		`(?i)\b(?:strictly confidential|internal use only|do not distribute)\b`,
		`\bTLP:(?:RED|AMBER)\b`,
	} {
		out = append(out, regexp.MustCompile(p))
	}
	return out
}()
