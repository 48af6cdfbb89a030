package report

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"handrail/detect"
	"handrail/detect/catalog"
)

// RequestSize is the size in bytes of every request for a tool.
const RequestSize = 512

// PublicHost is the registered name of a public host, such as "newtool.ai".
//
// It is the one string on the wire that is in no list, so it is closed by its
// form. Nothing that is pasted gets into it: a person types it, or picks the
// tool of a nudge, which is in the catalogue and goes by its id. The laptop
// takes no more than the registered name of a public suffix (agent/hostname):
// no path, no query, no name within a company, and nothing before the
// registered name, which is where links hold customers, projects and people.
// The server refuses whatever is not exactly that. And the person reads the
// bytes before they are sent.
type PublicHost string

// Request asks the organisation for a tool. It is about nobody: it names no
// device and no person, says no time, and goes on a connection of its own, like
// a behaviour report. It is sent only when the person says so, who has seen its
// exact bytes.
type Request struct {
	// Either Tool, a catalogue id, or Host, for a tool that the catalogue does
	// not name.
	Tool catalog.ToolID
	Host PublicHost
	Task Task         // what it is for
	Kind detect.Class // the most sensitive data that would go in; ClassNone for none
	// Lacked is what the approved tools lack, sorted, each once.
	Lacked []Lack
	// Claim is the digest of the code that fetches the answer.
	Claim ClaimDigest
}

type requestWire struct {
	V      int            `json:"v"`
	Tool   catalog.ToolID `json:"tool,omitempty"`
	Host   PublicHost     `json:"host,omitempty"`
	Task   Task           `json:"task"`
	Kind   detect.Class   `json:"kind"`
	Lacked []Lack         `json:"lacked"`
	Claim  ClaimDigest    `json:"claim"`
	Pad    padding        `json:"pad"`
}

// Lack is the closed list of what the approved tools may lack.
type Lack uint8

// The lacks.
const (
	NoneApproved   Lack = iota + 1 // there is no approved tool for this
	MissingAbility                 // they can't do it
	PoorResults                    // they do it badly
	TooSlow
	Limits      // on length, files or how often
	FileTypes   // they don't take what is to be worked on
	OwnSystems  // they don't reach the systems that are in use
	Language    // they don't do well in the language that is needed
	NotReceived // they may not receive the data
	NotKnown    // the person hasn't tried them
)

var lackNames = [...]string{"", "none_approved", "missing_ability", "poor_results", "too_slow", "limits", "file_types", "own_systems", "language", "not_received", "not_known"}

// Lacks returns every lack.
func Lacks() []Lack {
	all := make([]Lack, 0, len(lackNames)-1)
	for l := NoneApproved; int(l) < len(lackNames); l++ {
		all = append(all, l)
	}
	return all
}

// String returns the lack's name on the wire.
func (l Lack) String() string { return nameOf(lackNames[:], l) }

// MarshalText implements encoding.TextMarshaler.
func (l Lack) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (l *Lack) UnmarshalText(b []byte) (err error) {
	*l, err = valueOf[Lack](lackNames[:], b)
	return err
}

// Claim is the code that fetches the answer to a request. It is random, made on
// the laptop, and stays there; the server gets only its digest until the answer
// is asked for, so that a thief with the server's files can't fetch answers.
type Claim [16]byte

// ClaimDigest is what the server stores of a Claim.
type ClaimDigest [sha256.Size]byte

// NewClaim returns a random code.
func NewClaim() Claim {
	var c Claim
	rand.Read(c[:]) // never fails, see crypto/rand
	return c
}

// Digest returns what the server stores of the code.
func (c Claim) Digest() ClaimDigest {
	return sha256.Sum256(append([]byte("handrail-claim-v1\n"), c[:]...))
}

// claimText has no letters that are taken for digits.
var claimText = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// String returns the code as 26 letters and digits.
func (c Claim) String() string { return claimText.EncodeToString(c[:]) }

// MarshalText implements encoding.TextMarshaler.
func (c Claim) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *Claim) UnmarshalText(b []byte) error {
	d, err := claimText.DecodeString(string(b))
	if err != nil || len(d) != len(c) || claimText.EncodeToString(d) != string(b) {
		return fmt.Errorf("%w: bad claim code", ErrMalformed)
	}
	copy(c[:], d)
	return nil
}

// MarshalText implements encoding.TextMarshaler.
func (d ClaimDigest) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, d[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *ClaimDigest) UnmarshalText(b []byte) error {
	if len(b) != hex.EncodedLen(len(d)) || !isHex(string(b)) {
		return fmt.Errorf("%w: bad claim digest", ErrMalformed)
	}
	_, err := hex.Decode(d[:], b)
	return err
}

// EncodeRequest writes a request as exactly RequestSize bytes of JSON.
func EncodeRequest(r Request) ([]byte, error) {
	r.Lacked = slices.Clone(r.Lacked)
	slices.Sort(r.Lacked)
	if err := r.check(); err != nil {
		return nil, err
	}
	w := requestWire{V: Version, Tool: r.Tool, Host: r.Host, Task: r.Task, Kind: r.Kind, Lacked: r.Lacked, Claim: r.Claim}
	b, err := json.Marshal(w)
	if err != nil {
		return nil, fmt.Errorf("writing a request: %w", err)
	}
	if len(b) > RequestSize {
		return nil, errors.New("writing a request: it is too long")
	}
	w.Pad = padding(strings.Repeat("0", RequestSize-len(b)))
	return json.Marshal(w)
}

// DecodeRequest reads a request. It accepts only the bytes that EncodeRequest
// writes; its errors wrap ErrMalformed and repeat nothing.
func DecodeRequest(b []byte) (Request, error) {
	if len(b) != RequestSize {
		return Request{}, fmt.Errorf("%w: it is not %d bytes long", ErrMalformed, RequestSize)
	}
	var w requestWire
	if err := strictly(b, &w); err != nil {
		return Request{}, err
	}
	if w.V != Version {
		return Request{}, fmt.Errorf("%w: it is of another version", ErrMalformed)
	}
	r := Request{Tool: w.Tool, Host: w.Host, Task: w.Task, Kind: w.Kind, Lacked: w.Lacked, Claim: w.Claim}
	again, err := EncodeRequest(r)
	if err != nil {
		return Request{}, err
	}
	if !bytes.Equal(again, b) {
		return Request{}, fmt.Errorf("%w: it is not written as EncodeRequest writes it", ErrMalformed)
	}
	return r, nil
}

func (r Request) check() error {
	switch {
	case (r.Tool == "") == (r.Host == ""):
		return fmt.Errorf("%w: a request is for a tool or for a host", ErrMalformed)
	case r.Tool != "" && !validID(string(r.Tool)), r.Tool == catalog.Other:
		return fmt.Errorf("%w: bad tool", ErrMalformed)
	case r.Host != "" && !r.Host.valid():
		return fmt.Errorf("%w: bad host", ErrMalformed)
	case r.Task.String() == "":
		return fmt.Errorf("%w: bad task", ErrMalformed)
	case r.Kind != detect.ClassNone && !slices.Contains(detect.Classes(), r.Kind):
		return fmt.Errorf("%w: bad kind of data", ErrMalformed)
	case len(r.Lacked) == 0:
		return fmt.Errorf("%w: a request says what the approved tools lack", ErrMalformed)
	case r.Claim == ClaimDigest{}:
		return fmt.Errorf("%w: no claim digest", ErrMalformed)
	}
	for i, l := range r.Lacked {
		if l.String() == "" || i > 0 && r.Lacked[i-1] >= l {
			return fmt.Errorf("%w: bad list of what is lacking", ErrMalformed)
		}
	}
	return nil
}

// maxHost is how long a PublicHost may be, in bytes; agent/hostname has the
// same limit.
const maxHost = 80

// valid says whether the host has the form of one: two labels or more. Whether
// it is public is for agent/hostname to say.
func (h PublicHost) valid() bool {
	labels := strings.Split(string(h), ".")
	if len(h) > maxHost || len(labels) < 2 {
		return false
	}
	for _, l := range labels {
		if l == "" || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
	}
	return true
}
