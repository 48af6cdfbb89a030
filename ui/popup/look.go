package popup

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Look is the palette of a nudge. Every text has a contrast of 4.5 and more on
// what is behind it (WCAG 2.2, 1.4.3), and every line that means something 3
// (1.4.11); a test computes both.
type Look struct {
	Ground, Border, Bar              color.NRGBA
	Text, Muted                      color.NRGBA
	Primary, PrimaryHover, OnPrimary color.NRGBA
	Outline, Hover, Ring             color.NRGBA
}

// Light and Dark are the two usual looks. The bar is amber and not red: a nudge is
// no alarm.
var (
	Light = &Look{
		Ground: rgb(0xffffff), Border: rgb(0xb9c1cc), Bar: rgb(0xd98a00),
		Text: rgb(0x1a1f27), Muted: rgb(0x5a6472),
		Primary: rgb(0x0f6b5c), PrimaryHover: rgb(0x0b574b), OnPrimary: rgb(0xffffff),
		Outline: rgb(0x858f9d), Hover: rgb(0xeef1f4), Ring: rgb(0x1f5fd0),
	}
	Dark = &Look{
		Ground: rgb(0x20252d), Border: rgb(0x4a5361), Bar: rgb(0xf0aa2c),
		Text: rgb(0xf0f3f7), Muted: rgb(0xa4aebc),
		Primary: rgb(0x45c2a8), PrimaryHover: rgb(0x5fd3bb), OnPrimary: rgb(0x0b1a17),
		Outline: rgb(0x7c8797), Hover: rgb(0x2c333d), Ring: rgb(0x8ab4ff),
	}
)

// StrongLight and StrongDark are for people whose desktop has high contrast:
// texts have 7 and more (1.4.6), lines 4.5, and nothing is muted.
var (
	StrongLight = &Look{
		Ground: rgb(0xffffff), Border: rgb(0x000000), Bar: rgb(0x000000),
		Text: rgb(0x000000), Muted: rgb(0x000000),
		Primary: rgb(0x003c32), PrimaryHover: rgb(0x000000), OnPrimary: rgb(0xffffff),
		Outline: rgb(0x000000), Hover: rgb(0xe4e4e4), Ring: rgb(0x0000c8),
	}
	StrongDark = &Look{
		Ground: rgb(0x000000), Border: rgb(0xffffff), Bar: rgb(0xffe000),
		Text: rgb(0xffffff), Muted: rgb(0xffffff),
		Primary: rgb(0xffe000), PrimaryHover: rgb(0xffffff), OnPrimary: rgb(0x000000),
		Outline: rgb(0xffffff), Hover: rgb(0x2a2a2a), Ring: rgb(0x00e5ff),
	}
)

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

// LookFor returns the look for Fyne's light or dark variant, with high contrast
// or without.
func LookFor(v fyne.ThemeVariant, strong bool) *Look {
	switch light := v == theme.VariantLight; {
	case light && strong:
		return StrongLight
	case light:
		return Light
	case strong:
		return StrongDark
	default:
		return Dark
	}
}
