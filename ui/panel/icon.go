package panel

import (
	_ "embed" // the icon

	"fyne.io/fyne/v2"
)

//go:embed handrail.svg
var icon []byte

// Icon is Handrail's own, the same as the launcher's.
var Icon fyne.Resource = fyne.NewStaticResource("handrail.svg", icon)
