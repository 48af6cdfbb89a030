package ordinary

import (
	"slices"
	"strings"
	"testing"
)

func TestTextsAreTheSameForTheSameSeedOnly(t *testing.T) {
	a, b, c := Texts(1, 500), Texts(1, 500), Texts(2, 500)
	if !slices.Equal(a, b) {
		t.Error("the same seed gave different texts")
	}
	if slices.Equal(a, c) {
		t.Error("different seeds gave the same texts")
	}
}

func TestTextsHaveNoGapsAndFewTwins(t *testing.T) {
	seen := map[string]bool{}
	twins := 0
	for _, text := range Texts(1, 5000) {
		if text.Body == "" {
			t.Errorf("%s: an empty text", text.Kind)
		}
		if seen[text.Body] {
			twins++
		}
		seen[text.Body] = true
		for part := range strings.SplitSeq(text.Body, "~") {
			if _, gap := values[part]; gap && part != "key" {
				t.Errorf("%s: the gap %q was not filled", text.Kind, part)
			}
		}
	}
	if twins > 100 {
		t.Errorf("%d of 5000 texts are there twice", twins)
	}
}
