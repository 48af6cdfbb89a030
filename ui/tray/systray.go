//go:build linux || windows

package tray

import (
	"context"

	"fyne.io/systray"
)

// drawing is a face in the library's terms. The library keeps one tray a
// process in its own variables; its menu is built once and then only changed,
// because taking items out of it while somebody clicks can fail.
type drawing struct {
	tray  *Tray
	items []*line
}

// line is an item of the menu that was built; nil where there is a separator.
type line struct {
	item    *systray.MenuItem
	submenu []*line
}

// build makes the icon and the whole menu.
func (t *Tray) build(ctx context.Context, f Face) *drawing {
	d := &drawing{tray: t}
	systray.SetTitle("Handrail")
	systray.SetTooltip(f.Tooltip)
	systray.SetIcon(iconFile(f.Icon))
	for _, it := range f.Menu {
		if it.separator {
			systray.AddSeparator()
			d.items = append(d.items, nil)
			continue
		}
		l := &line{item: systray.AddMenuItem(escape(it.Label), "")}
		t.prepare(ctx, l.item, it)
		for _, sub := range it.Submenu {
			s := &line{item: l.item.AddSubMenuItem(escape(sub.Label), "")}
			t.prepare(ctx, s.item, sub)
			l.submenu = append(l.submenu, s)
		}
		d.items = append(d.items, l)
	}
	return d
}

func (t *Tray) prepare(ctx context.Context, m *systray.MenuItem, it Item) {
	if it.Inert {
		m.Disable()
	}
	if it.Hidden {
		m.Hide()
	}
	if it.Choice == 0 {
		return
	}
	t.helpers.Go(func() {
		for {
			select {
			case <-m.ClickedCh:
				select {
				case t.events <- it.Choice:
				case <-ctx.Done():
					return
				}
			case <-ctx.Done():
				return
			}
		}
	})
}

// change draws what differs, and nothing else.
func (d *drawing) change(before, now Face) {
	if before.Icon != now.Icon {
		systray.SetIcon(iconFile(now.Icon))
	}
	if before.Tooltip != now.Tooltip {
		systray.SetTooltip(now.Tooltip)
	}
	changeLines(d.items, before.Menu, now.Menu)
}

func changeLines(lines []*line, before, now []Item) {
	for i, l := range lines {
		if l == nil {
			continue
		}
		if before[i].Label != now[i].Label {
			l.item.SetTitle(escape(now[i].Label))
		}
		switch {
		case before[i].Hidden == now[i].Hidden:
		case now[i].Hidden:
			l.item.Hide()
		default:
			l.item.Show()
		}
		changeLines(l.submenu, before[i].Submenu, now[i].Submenu)
	}
}
