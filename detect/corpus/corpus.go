// Package corpus measures detect: precision and recall on a labelled corpus,
// and false alarms on ordinary pastes. Its tests print the figures, hold them
// to gates, and generate detect/README.md from them.
//
//	go test -v ./detect/corpus
//
// What it is not: part of the product. Nothing imports it but its tests.
package corpus

//go:generate go test -count=1 -run TestReadmeIsCurrent -update .

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// Item is one labelled text.
type Item struct {
	ID        string   `json:"id"`
	Text      string   `json:"text"`
	Labels    []string `json:"labels"`
	Sensitive bool     `json:"sensitive"`
	Source    string   `json:"source"` // origin:detail
	Slice     string   `json:"slice"`
	// Weak says that the item is negative only for the rule it was written
	// for, so that headline figures leave it out.
	Weak bool `json:"weak"`
}

// Origin is where the item is from, without the detail.
func (it Item) Origin() string {
	origin, _, _ := strings.Cut(it.Source, ":")
	return origin
}

// Half is one of the two halves of the corpus: detectors are tuned on one, and
// the gates hold for both.
type Half string

// The halves.
const (
	Tune  Half = "tune"
	Check Half = "check"
)

// HalfOf says which half an item with this id is in: the last bit of its
// hash's first byte.
func HalfOf(id string) Half {
	if sha256.Sum256([]byte(id))[0]&1 == 0 {
		return Tune
	}
	return Check
}

//go:embed testdata/tune.jsonl.gz testdata/check.jsonl.gz
var files embed.FS

// Load reads one half.
func Load(h Half) ([]Item, error) {
	packed, err := files.ReadFile("testdata/" + string(h) + ".jsonl.gz")
	if err != nil {
		return nil, fmt.Errorf("opening the half %q: %w", h, err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpacking the half %q: %w", h, err)
	}
	var items []Item
	for dec := json.NewDecoder(z); ; {
		var it Item
		if err := dec.Decode(&it); errors.Is(err, io.EOF) {
			return items, nil
		} else if err != nil {
			return nil, fmt.Errorf("item %d of the half %q: %w", len(items)+1, h, err)
		}
		items = append(items, it)
	}
}

// unknownTool is an AI tool that no policy names.
var unknownTool = catalog.Destination{Tool: catalog.Other, Surface: catalog.SurfaceBrowser, Role: catalog.RoleChat}

var defaultPolicy = sync.OnceValue(policy.Default)

// Alarms says whether Handrail's own policy would at least nudge if what was
// found went to a tool that isn't approved. handrail scan --jsonl says the same.
func Alarms(res detect.Result) bool {
	return defaultPolicy().Decide(res, unknownTool).Do >= policy.Nudge
}
