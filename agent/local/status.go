package local

import (
	"time"

	"handrail/agent/coverage"
)

// PolicyStatus says which policy is in force.
type PolicyStatus struct {
	// Source is "default", "managed" or "last good".
	Source string `json:"source"`
	// Serial is the policy's own number, 0 if it has none.
	Serial int `json:"serial"`
	// Off is true when the policy switches everything off.
	Off bool `json:"off,omitempty"`
	// Error says what is wrong with the managed policy file, "" if nothing.
	Error string `json:"error,omitempty"`
}

// LedgerStatus says whether a ledger is whole. It never says what is in it.
type LedgerStatus struct {
	OK    bool   `json:"ok"`
	Count int    `json:"count"`
	Error string `json:"error,omitempty"`
}

// ServiceStatus is what the background service says about itself to any
// account of this computer.
type ServiceStatus struct {
	Version  string `json:"version"`
	Platform string `json:"platform"`
	// Sessions is how many desktop sessions watch now; Yours says whether one
	// of them belongs to the account that asks.
	Sessions int  `json:"sessions"`
	Yours    bool `json:"yours"`
	// Coverage is the best of all watching sessions, surface by surface.
	Coverage coverage.Table `json:"coverage"`
	Policy   PolicyStatus   `json:"policy"`
	Ledger   LedgerStatus   `json:"ledger"`
	// Waiting is how many handed reports wait to be sent.
	Waiting int `json:"waiting"`
	// Server is how this device is with its organisation's server, nil where the
	// settings name none.
	Server *ServerStatus `json:"server,omitempty"`
	// Errors counts what went wrong since the service started, by kind.
	Errors map[string]uint64 `json:"errors,omitempty"`
}

// ServerStatus is what the service says about the organisation's server. It
// has no times: when a person's report left is nobody's to know.
type ServerStatus struct {
	Address string `json:"address"`
	// Reports is the address that reports about nobody go to, "" for nowhere.
	Reports string `json:"reports,omitempty"`
	// Joined says whether the server knows this device.
	Joined bool `json:"joined"`
	// Error is what went wrong with the last attempt to join or check in, and
	// ReportsError with the last to send a report, in words, "" if nothing.
	Error        string `json:"error,omitempty"`
	ReportsError string `json:"reports_error,omitempty"`
}

// SessionStatus is what a desktop session says about itself, to its own
// account only.
type SessionStatus struct {
	Version  string         `json:"version"`
	Watching bool           `json:"watching"`
	Paused   bool           `json:"paused"`
	Coverage coverage.Table `json:"coverage"`
	// ClipReads is how often a clip's text was read since the session started.
	// Copies for approved tools and other programs never count here.
	ClipReads uint64 `json:"clip_reads"`
	// Nudges is how many nudges were shown since the session started.
	Nudges int          `json:"nudges"`
	Policy PolicyStatus `json:"policy"`
	// Service says whether the session is connected to the service.
	Service bool `json:"service"`
	// LastError is the last thing that went wrong, in plain words, "" if none.
	LastError string `json:"last_error,omitempty"`
	// Proof is when a self-test of copies and windows last went all the way, zero
	// if none did yet.
	Proof time.Time `json:"proof,omitzero"`
	// Browsers are those whose extension is connected.
	Browsers []Browser `json:"browsers,omitempty"`
}

// Browser is a browser whose extension is connected to a session.
type Browser struct {
	Kind    string `json:"kind"`    // chromium, chrome, edge, firefox or other
	Version string `json:"version"` // of the extension
	// Private says whether private windows are watched.
	Private bool `json:"private"`
	// Proof is when a self-test last went all the way, zero if none did yet.
	Proof time.Time `json:"proof,omitzero"`
	// Unguarded is how many tabs are not watched until they are loaded again.
	Unguarded int `json:"unguarded,omitempty"`
}

// PolicyReply is a policy as the service hands it out: the exact bytes, to be
// parsed by the session, with where they come from.
type PolicyReply struct {
	// ETag names this state of the policy; pass it to Policy to wait for another.
	ETag   string       `json:"etag"`
	YAML   []byte       `json:"yaml"`
	Status PolicyStatus `json:"status"`
}

// Receipt says that the service holds a report durably, or that it was sent.
type Receipt struct {
	ID       string `json:"id"`
	SHA256   string `json:"sha256"` // of the handed bytes, hexadecimal
	Accepted bool   `json:"accepted"`
	// Delivered is true once the server has acknowledged the report; Server is
	// the server's receipt, byte by byte.
	Delivered bool   `json:"delivered"`
	Server    []byte `json:"server,omitempty"`
	// Refused is true once the server has said that it will never take the
	// report: no receipt comes.
	Refused bool `json:"refused,omitempty"`
}
