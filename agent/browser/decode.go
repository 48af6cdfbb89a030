package browser

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"unicode/utf8"

	"handrail/agent/card"
	"handrail/detect/secret"
)

// ErrGarbage ends a connection on which something comes that is no message.
var ErrGarbage = errors.New("not a message of the browser extension")

// Limits of what a message may hold beside text and files. A host is at most
// 253 bytes long (RFC 1035).
const (
	maxHost  = 253
	maxShort = 200
	maxFiles = 100
)

// wire is any message of the extension. Kinds differ in which fields they use.
type wire struct {
	Kind     string
	Protocol int
	Browser  string
	Version  string
	Private  bool
	ID       uint64
	How      string
	Host     string
	Path     string
	Account  string
	Tenant   string
	Text     quoted
	HTML     bool
	Partial  bool
	Files    []wireFile
	Answer   string
	Outcome  string
	Nonce    string
	Unguard  int `json:"tabs_unguarded"`
}

type wireFile struct {
	Kind string
	Size int64
	Data quoted
}

// Decode returns a message of the extension: *Hello, *Attempt, *Answer, *Done,
// *Account, *Proof or *State, or nil for a kind that this version doesn't know.
// It wipes the frame, whatever comes of it.
func Decode(frame []byte) (any, error) {
	defer clear(frame)
	var w wire
	if err := json.Unmarshal(frame, &w); err != nil {
		w.wipe()
		return nil, ErrGarbage // the decoder's own error repeats values
	}
	m, ok := w.message()
	if _, attempt := m.(*Attempt); !attempt || !ok {
		w.wipe()
	}
	if !ok {
		return nil, ErrGarbage
	}
	return m, nil
}

func (w *wire) wipe() {
	clear(w.Text)
	for _, f := range w.Files {
		clear(f.Data)
	}
}

func (w *wire) message() (m any, ok bool) {
	for _, s := range []string{w.Browser, w.Version, w.Path, w.Account, w.Tenant, w.Answer, w.Outcome, w.Nonce} {
		if len(s) > maxShort {
			return nil, false
		}
	}
	switch w.Kind {
	case "":
		return nil, false
	case "hello":
		return &Hello{Protocol: w.Protocol, Browser: known(w.Browser, "chromium", "chrome", "edge", "firefox"), Version: w.Version, Private: w.Private}, true
	case "attempt":
		return w.attempt()
	case "answer":
		a := &Answer{ID: w.ID}
		return a, a.Answer.UnmarshalText([]byte(w.Answer)) == nil && a.Answer != card.Answer(0)
	case "done":
		i := slices.Index([]string{"inserted", "again", "gone"}, w.Outcome)
		return &Done{w.ID, Outcome(i + 1)}, i >= 0
	case "account":
		return &Account{w.ID, w.Account == "work"}, w.Account == "work" || w.Account == "personal"
	case "proof":
		return &Proof{w.Nonce}, true
	case "state":
		return &State{w.Unguard}, w.Unguard >= 0
	}
	return nil, true
}

// known returns a word of a closed list, "other" for any other.
func known(s string, list ...string) string {
	if slices.Contains(list, s) {
		return s
	}
	return "other"
}

func (w *wire) attempt() (*Attempt, bool) {
	how := slices.Index([]string{"paste", "drop", "file"}, w.How)
	if how < 0 || len(w.Host) > maxHost || len(w.Files) > maxFiles {
		return nil, false
	}
	a := &Attempt{
		ID: w.ID, How: How(how + 1), Host: w.Host, Path: w.Path,
		Account: w.Account, Tenant: w.Tenant, HTML: w.HTML, Partial: w.Partial,
	}
	text := []byte(w.Text)
	if len(text) > MaxText {
		end := MaxText
		for !utf8.RuneStart(text[end]) {
			end--
		}
		clear(text[end:])
		text, a.Partial = text[:end], true
	}
	a.Text = secret.New(text)
	for _, f := range w.Files {
		if f.Size < 0 || len(f.Kind) > maxShort {
			return nil, false
		}
		file := File{Kind: known(f.Kind, "txt", "csv", "md", "json", "code", "docx", "xlsx"), Size: f.Size}
		if f.Data != nil {
			// In place: what is decoded is shorter than what it is decoded from.
			n, err := base64.StdEncoding.Decode(f.Data, f.Data)
			if err != nil {
				return nil, false
			}
			clear(f.Data[n:])
			file.Data = secret.New(f.Data[:n])
		}
		a.Files = append(a.Files, file)
	}
	return a, true
}
