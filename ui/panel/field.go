package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"handrail/agent/card"
	"handrail/ui/popup"
	"handrail/ui/view"
)

// field is a line to type in. Each change of it is told at once. Its text is the
// window's own: no renewal of the page touches it.
type field struct {
	widget.Entry

	p      *Panel
	key    partKey
	shown  view.Control
	title  string
	themed *container.ThemeOverride // what is drawn: the field in the panel's colours
	look   *popup.Look              // of themed
}

var _ part = (*field)(nil)

func newField(p *Panel, k partKey) *field {
	f := &field{p: p, key: k}
	f.ExtendBaseWidget(f)
	f.Wrapping = fyne.TextWrap(fyne.TextTruncateClip) // one line
	f.OnChanged = func(s string) {
		if typed := card.Typed(s); typed != s {
			f.SetText(typed) // which comes here again
			return
		}
		f.p.act(f.shown.Action, f.shown.Item, s)
	}
	return f
}

func (f *field) id() partKey { return f.key }

// TypedKey leaves to the page what a line has no use for.
func (f *field) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape, fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		f.p.TypedKey(e)
	default:
		f.Entry.TypedKey(e)
	}
}

func (f *field) FocusGained() { f.Entry.FocusGained(); f.p.reveal(f) }

// AccessibilityLabel implements fyne.Accessible, for screen readers.
func (f *field) AccessibilityLabel() string { return f.title }

// AccessibilityRole implements fyne.Accessible.
func (f *field) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (f *field) lay(width float32) fyne.Size {
	if f.themed == nil || f.look != f.p.look {
		f.look = f.p.look
		f.themed = container.NewThemeOverride(f, colours{theme.DefaultTheme(), f.look})
	}
	size := fyne.NewSize(width, f.themed.MinSize().Height)
	f.themed.Resize(size)
	return size
}

// colours are Fyne's theme with the panel's look.
type colours struct {
	fyne.Theme
	look *popup.Look
}

func (c colours) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	l := c.look
	switch n {
	case theme.ColorNameInputBackground, theme.ColorNameBackground:
		return l.Ground
	case theme.ColorNameInputBorder:
		return l.Outline
	case theme.ColorNamePrimary, theme.ColorNameFocus:
		return l.Ring // the border of the field that has the keyboard, and the cursor
	case theme.ColorNameForeground:
		return l.Text
	case theme.ColorNamePlaceHolder:
		return l.Muted
	case theme.ColorNameSelection:
		return l.Hover
	}
	return c.Theme.Color(n, v)
}

func (c colours) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return titleSize
	case theme.SizeNameInputBorder:
		return controlRing
	}
	return c.Theme.Size(n)
}
