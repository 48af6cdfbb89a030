// Package popup draws a nudge: title, body and buttons of a view, with
// Handrail's own look. It knows neither windows nor the protocol; it is given
// a view and says which answer was chosen.
//
// It works from the keyboard in every state: Tab and Shift+Tab go round the
// buttons, Return and Space press the one that has the focus, Esc answers
// Dismiss whatever has it.
package popup

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"handrail/agent/card"
	"handrail/ui/view"
)

// Width is how wide every nudge is, in Fyne's units. The height follows from
// the words.
const Width = 400

// Popup is one nudge as a Fyne object.
type Popup struct {
	widget.BaseWidget

	view    view.View
	look    *Look
	answer  func(card.Answer)
	done    bool
	buttons []*button
	closer  *button
}

var _ fyne.Widget = (*Popup)(nil)

// New returns the popup of a view. answer is called once, on Fyne's goroutine.
func New(v view.View, l *Look, answer func(card.Answer)) *Popup {
	p := &Popup{view: v, look: l, answer: answer}
	for _, b := range v.Buttons {
		p.buttons = append(p.buttons, newButton(b.Label, b.Style, l, func() { p.say(b.Answer) }, p.dismiss))
	}
	p.closer = newButton("×", view.Quiet, l, p.dismiss, p.dismiss)
	p.closer.textSize = 18
	p.ExtendBaseWidget(p)
	return p
}

func (p *Popup) say(a card.Answer) {
	if p.done {
		return // a second press before the window is away
	}
	p.done = true
	p.answer(a)
}

func (p *Popup) dismiss() { p.say(card.Dismiss) }

// TypedKey is for keys that arrive while no button has the focus: hand it to
// the canvas with SetOnTypedKey. Return presses nothing then, because nobody
// could see what.
func (p *Popup) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		p.dismiss()
	}
}

// AccessibilityLabel implements fyne.Accessible: what a screen reader says
// before it comes to the buttons.
func (p *Popup) AccessibilityLabel() string {
	return strings.TrimSpace(p.view.Title + ". " + p.view.Body + " " + p.view.Record)
}

// AccessibilityRole implements fyne.Accessible.
func (p *Popup) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// Focus gives the focus to the big button.
func (p *Popup) Focus(c fyne.Canvas) {
	if len(p.buttons) > 0 {
		c.Focus(p.buttons[0])
	}
}

// CreateRenderer implements fyne.Widget.
func (p *Popup) CreateRenderer() fyne.WidgetRenderer {
	l := p.look
	r := &renderer{p: p,
		border: canvas.NewRectangle(l.Border),
		ground: canvas.NewRectangle(l.Ground),
		bar:    canvas.NewRectangle(l.Bar),
		brand:  canvas.NewText("Handrail", l.Muted),
	}
	r.brand.TextSize, r.brand.TextStyle.Bold = 12, true
	inner := float32(Width - left - right)
	r.title = Lines(p.view.Title, titleSize, fyne.TextStyle{Bold: true}, l.Text, inner)
	r.body, r.advice = paragraphs(p.view.Body, l, inner)
	if p.view.Record != "" {
		r.record = Lines(p.view.Record, recordSize, fyne.TextStyle{}, l.Muted, inner)
	}
	r.hint = canvas.NewText(p.view.Hint, l.Muted)
	r.hint.TextSize = hintSize
	return r
}
