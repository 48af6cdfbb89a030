package view

import (
	"strings"
	"testing"

	"handrail/agent/card"
	"handrail/ui/text"
)

// A minute is 200 words for somebody who reads slowly.
func TestACardTakesAMinute(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		for _, r := range card.Roles() {
			n, bullets := 0, 0
			for _, b := range WorkCard(r, text.For(lang)) {
				n += len(strings.Fields(b.Title + " " + b.Text))
				if b.Kind == Bullet {
					bullets++
				}
			}
			if n > 200 || n < 50 || bullets != 6 {
				t.Errorf("%s, %s: %d words, %d bullets", lang, r, n, bullets)
			}
		}
	}
}
