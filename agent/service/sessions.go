package service

import (
	"sync"

	"handrail/agent/coverage"
	"handrail/agent/local"
)

// sessions knows which desktop sessions watch, from the connections that they
// hold open. The zero value has none.
type sessions struct {
	mu    sync.Mutex // guards watch
	watch map[*session]bool
}

type session struct {
	uid   int
	table coverage.Table
}

// enter counts a session from the first table on. gone is called once.
func (s *sessions) enter(who local.Caller) (update func(coverage.Table), gone func()) {
	one := &session{uid: who.UID}
	update = func(t coverage.Table) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.watch == nil {
			s.watch = map[*session]bool{}
		}
		one.table = t
		s.watch[one] = true
	}
	gone = func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watch, one)
	}
	return update, gone
}

// count returns how many sessions watch, and whether one is of this account.
func (s *sessions) count(uid int) (n int, own bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for one := range s.watch {
		own = own || one.uid == uid
	}
	return len(s.watch), own
}

// coverage returns the best of all sessions, surface by surface. When nobody
// watches, everything is blind for that one reason: whether a session was
// quit, paused or crashed is not for this side to tell apart.
func (s *sessions) coverage() coverage.Table {
	best := coverage.All(coverage.Blind, coverage.NotWatching)
	s.mu.Lock()
	defer s.mu.Unlock()
	for one := range s.watch {
		for _, x := range coverage.Surfaces() {
			e, have := one.table.Of(x), best.Of(x)
			// A blind session still says more than nobody does.
			if e.State > have.State || have.Why == coverage.NotWatching && e.State >= have.State {
				best.Set(x, e.State, e.Why)
			}
		}
	}
	return best
}
