// Package asked keeps what a person has asked their organisation for: a file in
// their own folder with each request, the code that fetches its answer, and the
// answer once there is one. It sends nothing.
package asked

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"handrail/agent/durable"
	"handrail/agent/hostname"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
)

// name is the file's, in the person's folder.
const name = "requests.json"

// Tool is one request for a tool.
type Tool struct {
	Claim  report.Claim      `json:"claim"`
	Tool   catalog.ToolID    `json:"tool,omitempty"` // or Host
	Host   report.PublicHost `json:"host,omitempty"`
	Task   report.Task       `json:"task"`
	Kind   detect.Class      `json:"kind"`
	Lacked []report.Lack     `json:"lacked"`
	Asked  string            `json:"asked"` // the day, as 2026-11-24
	// Handed says that the background service has it.
	Handed bool `json:"handed,omitempty"`
	// Answer is the last one that was fetched; Waiting before that.
	Answer report.AnswerReply `json:"answer"`
}

// Draft makes a request of today, with a new code: for a tool of the catalogue,
// or for the host that an address names. An address of no public host is
// refused.
func Draft(tool catalog.ToolID, address string, task report.Task, kind detect.Class, lacked []report.Lack, now time.Time) (Tool, error) {
	t := Tool{Claim: report.NewClaim(), Tool: tool, Task: task, Kind: kind, Lacked: slices.Clone(lacked), Asked: now.Format(time.DateOnly),
		Answer: report.AnswerReply{State: report.Waiting}}
	slices.Sort(t.Lacked)
	t.Lacked = slices.Compact(t.Lacked)
	if tool == "" {
		host, ok := hostname.Public(address)
		if !ok {
			return Tool{}, ErrNotPublic
		}
		t.Host = report.PublicHost(host)
	}
	_, err := t.Bytes()
	return t, err
}

// ErrNotPublic says that an address has no public host.
var ErrNotPublic = errors.New("this is no public address: use the name of the tool's web site, such as newtool.ai")

// Bytes returns exactly what is sent.
func (t Tool) Bytes() ([]byte, error) {
	return report.EncodeRequest(report.Request{Tool: t.Tool, Host: t.Host, Task: t.Task, Kind: t.Kind, Lacked: t.Lacked, Claim: t.Claim.Digest()})
}

// Due is the day by which there should be an answer.
func (t Tool) Due() string { return report.AnswerDue(t.Asked) }

// Late says whether that day has passed without one.
func (t Tool) Late(now time.Time) bool {
	return t.Answer.State == report.Waiting && now.Format(time.DateOnly) > t.Due()
}

// Book is the file. The zero value is not usable.
type Book struct{ path string }

// In returns the book of a person's folder.
func In(dir string) Book { return Book{filepath.Join(dir, name)} }

// List returns the requests, the oldest first. No file is an empty book.
func (b Book) List() ([]Tool, error) {
	raw, err := os.ReadFile(b.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what you asked for: %w", err)
	}
	var all []Tool
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, fmt.Errorf("reading what you asked for: %s is %w", b.path, errDamaged)
	}
	return all, nil
}

var errDamaged = errors.New("damaged")

// Add adds a request, once however often it is called with it. When it returns
// the request is on the disk. A damaged book is set aside, as
// requests.json.damaged, and begins anew: the error says so, and the request is
// in the new one.
func (b Book) Add(t Tool) error {
	return b.change(func(all []Tool) []Tool {
		if slices.ContainsFunc(all, func(x Tool) bool { return x.Claim == t.Claim }) {
			return all
		}
		return append(all, t)
	})
}

// Change changes the request with this code, if it is there.
func (b Book) Change(c report.Claim, how func(*Tool)) error {
	return b.change(func(all []Tool) []Tool {
		for i := range all {
			if all[i].Claim == c {
				how(&all[i])
			}
		}
		return all
	})
}

func (b Book) change(how func([]Tool) []Tool) error {
	unlock, err := durable.Lock(b.path+".lock", 0o600)
	if err != nil {
		return fmt.Errorf("writing what you asked for: %w", err)
	}
	defer unlock()
	all, err := b.List()
	if errors.Is(err, errDamaged) {
		var moved bool
		if err, moved = durable.SetAside(b.path, err); !moved {
			return err
		}
	} else if err != nil {
		return err
	}
	raw, wrote := json.MarshalIndent(how(all), "", "  ")
	if wrote == nil {
		wrote = durable.Replace(b.path, raw, 0o600)
	}
	if wrote != nil {
		wrote = fmt.Errorf("writing what you asked for: %w", wrote)
	}
	return errors.Join(err, wrote)
}
