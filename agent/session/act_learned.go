package session

import (
	"cmp"
	"context"
	"slices"
	"time"

	"handrail/agent/card"
	"handrail/detect"
	"handrail/detect/allow"
)

// learnedItems numbers what is on the learned list, from 1 and for as long as the
// session lasts, so that a number never means another entry. gone is what was
// removed while the panel is open.
type learnedItems struct {
	marks []allow.Mark
	items map[allow.Mark]uint32
	gone  []allow.Entry
}

// of returns the number of an entry.
func (l *learnedItems) of(m allow.Mark) uint32 {
	if n, ok := l.items[m]; ok {
		return n
	}
	if l.items == nil {
		l.items = map[allow.Mark]uint32{}
	}
	l.marks = append(l.marks, m)
	l.items[m] = uint32(len(l.marks))
	return l.items[m]
}

// is says whether an entry has this number; every entry has 0.
func (l *learnedItems) is(x allow.Entry, item uint32) bool {
	return item == 0 || l.items[x.Mark] == item
}

// addLearned adds the learned list to the panel, the newest first.
func (e *engine) addLearned(p *card.Panel) {
	if e.learned == nil {
		return
	}
	p.Learned = e.learned.Len()
	add := func(x allow.Entry, gone bool) {
		on, _ := time.ParseInLocation(time.DateOnly, x.Added, time.Local)
		p.List = append(p.List, card.Learned{Item: e.panel.learned.of(x.Mark), Class: classOf(x.Detector), On: on, Gone: gone})
	}
	for _, x := range e.learned.Entries() {
		add(x, false)
	}
	for _, x := range e.panel.learned.gone {
		if !e.learned.Has(x.Mark) { // else it was learned again meanwhile
			add(x, true)
		}
	}
	slices.SortFunc(p.List, func(a, b card.Learned) int {
		return cmp.Or(b.On.Compare(a.On), cmp.Compare(b.Item, a.Item))
	})
	p.List = p.List[:min(len(p.List), card.MaxLearned)]
}

// classOf is the class of what a detector finds; the organisation's own terms have
// none of ours.
func classOf(id detect.DetectorID) detect.Class {
	if c, ok := classes[id]; ok {
		return c
	}
	return detect.ClassOwn
}

var classes = func() map[detect.DetectorID]detect.Class {
	m := map[detect.DetectorID]detect.Class{}
	for _, d := range detect.Detectors() {
		m[d.ID] = d.Class
	}
	return m
}()

// unlearn takes an entry out of the learned list, or all of them.
func (e *engine) unlearn(ctx context.Context, item uint32) error {
	if e.learned == nil {
		return errNoLearned
	}
	l := &e.panel.learned
	var ids []allow.Digest
	for _, x := range e.learned.Entries() {
		if l.is(x, item) {
			ids, l.gone = append(ids, x.Digest), append(l.gone, x)
		}
	}
	if item != 0 && len(ids) == 0 {
		return errNoItem
	}
	return e.forget(ctx, ids)
}

// relearn takes back the removal of an entry, or of all.
func (e *engine) relearn(ctx context.Context, item uint32) error {
	if e.learned == nil {
		return errNoLearned
	}
	l, n := &e.panel.learned, len(e.panel.learned.gone)
	l.gone = slices.DeleteFunc(l.gone, func(x allow.Entry) bool {
		back := l.is(x, item)
		if back {
			e.learned.Restore(x)
		}
		return back
	})
	if item != 0 && len(l.gone) == n {
		return errNoItem
	}
	e.play(ctx, e.policyChanged())
	return e.saveLearned()
}
