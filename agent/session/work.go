package session

import (
	"context"
	"slices"

	"handrail/agent/card"
	"handrail/detect"
)

// work is what is offered of the cards about AI at a kind of work, and read. It is
// in memory only: which card somebody reads is nobody's business.
type work struct {
	told    []detect.Class // that a line in the tray was about since the person logged in
	offered detect.Class   // what the line is about, ClassNone for no line
	opened  detect.Class   // what the page was opened about
	role    card.Role      // whose card is shown
}

// offerCard puts a line into the tray's menu after a nudge about a class that a
// card speaks of, once for a class.
func (e *engine) offerCard(c detect.Class) {
	if len(card.RolesFor(c)) == 0 || slices.Contains(e.work.told, c) {
		return
	}
	e.work.told, e.work.offered = append(e.work.told, c), c
}

// openCards opens the page that the line in the tray leads to. The line has done
// its work then.
func (e *engine) openCards(ctx context.Context) {
	e.work.opened, e.work.offered = e.work.offered, detect.ClassNone
	e.handle(ctx, openPanel{card.TabWork})
	e.showTray()
}

func (e *engine) readCard(_ context.Context, role uint32) error {
	if role > 0xff || card.Role(role).String() == "" {
		return errNoItem
	}
	e.work.role = card.Role(role)
	return nil
}
