package main

import (
	"strings"
	"testing"

	"handrail/detect/allow"
)

func TestMeantNeedsEnoughDigits(t *testing.T) {
	entries := make([]allow.Entry, 3)
	entries[0].Digest = allow.Digest{0xab, 0xcd}
	entries[1].Digest = allow.Digest{0xab, 0xce}
	entries[2].Digest = allow.Digest{0x12}
	for _, c := range []struct {
		ids  string
		want int
		err  string
	}{
		{"", 3, ""},
		{"abcd", 1, ""},
		{"ABCE", 1, ""},
		{"abcd abce", 2, ""},
		{"12 1200", 1, ""},
		{"ab", 0, "2 entries have an id that begins with"},
		{"abcf", 0, "there is nothing with the id"},
	} {
		got, err := meant(entries, strings.Fields(c.ids))
		if len(got) != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%q: %d entries, %v; want %d, %q", c.ids, len(got), err, c.want, c.err)
		}
	}
	if _, err := meant(entries, []string{""}); err == nil {
		t.Error("an empty id means something")
	}
}
