package x11

import (
	"errors"
	"fmt"
	"time"

	"github.com/jezek/xgb"
)

// WakeAlarm tells, by an event, when somebody comes back to the keyboard or
// pointer. It is an alarm of the SYNC extension on the server's IDLETIME
// counter (X Synchronization Extension Protocol 3.1), so nothing has to ask.
// It is for one goroutine.
type WakeAlarm struct {
	conn    *Conn
	opcode  byte
	event   byte
	alarm   uint32
	counter uint32
	created bool
}

// Requests of the SYNC extension.
const (
	syncInitialize         = 0
	syncListSystemCounters = 1
	syncCreateAlarm        = 8
	syncChangeAlarm        = 9
)

// NewWakeAlarm prepares an alarm, which is not armed yet.
func (c *Conn) NewWakeAlarm() (*WakeAlarm, error) {
	first, err := c.Extension("SYNC")
	if err != nil {
		return nil, err
	}
	a := &WakeAlarm{conn: c, opcode: c.Opcode("SYNC"), event: first + 1}
	if _, err := a.ask(syncInitialize, []byte{3, 1, 0, 0}); err != nil {
		return nil, fmt.Errorf("beginning to use X extension SYNC: %w", gone(err))
	}
	r, err := a.ask(syncListSystemCounters, nil)
	if err != nil {
		return nil, fmt.Errorf("listing the X server's counters: %w", gone(err))
	}
	var ok bool
	if a.counter, ok = findCounter(r, "IDLETIME"); !ok {
		return nil, errors.New("the X server does not count for how long nobody was there")
	}
	id, err := c.NewId()
	if err != nil {
		return nil, gone(err)
	}
	a.alarm = id
	return a, nil
}

// findCounter finds a system counter in a ListSystemCounters reply.
func findCounter(r []byte, name string) (uint32, bool) {
	if len(r) < 32 {
		return 0, false
	}
	n, b := xgb.Get32(r[8:]), r[32:]
	for ; n > 0 && len(b) >= 14; n-- {
		length := int(xgb.Get16(b[12:]))
		size := (14 + length + 3) &^ 3
		if size > len(b) {
			return 0, false
		}
		if string(b[14:14+length]) == name {
			return xgb.Get32(b), true
		}
		b = b[size:]
	}
	return 0, false
}

// Arm asks for one event at the next input, once the idle time is longer than
// idle. Who arms it looks at the idle time afterwards, in case there was input
// just before.
func (a *WakeAlarm) Arm(idle time.Duration) {
	const (
		mask     = 1 | 2 | 4 | 8 | 16 | 32 // counter, value type, value, test, step, events
		absolute = 0
		falls    = 1 // NegativeTransition: to the value or below, from above
	)
	request := byte(syncChangeAlarm)
	if !a.created {
		request, a.created = syncCreateAlarm, true
	}
	b := make([]byte, 44)
	b[0], b[1] = a.opcode, request
	xgb.Put16(b[2:], uint16(len(b)/4))
	xgb.Put32(b[4:], a.alarm)
	xgb.Put32(b[8:], mask)
	xgb.Put32(b[12:], a.counter)
	xgb.Put32(b[16:], absolute)
	ms := uint64(idle.Milliseconds()) // the upper half stands first
	xgb.Put32(b[20:], uint32(ms>>32))
	xgb.Put32(b[24:], uint32(ms))
	xgb.Put32(b[28:], falls)
	// 32 to 39: a step of 0, so that the alarm goes off once.
	xgb.Put32(b[40:], 1) // events: yes
	a.conn.NewRequest(b, a.conn.NewCookie(false, false))
}

// Is reports whether an event is this alarm's.
func (a *WakeAlarm) Is(ev xgb.Event) bool {
	raw, ok := ev.(Raw)
	return ok && raw.Code() == a.event && xgb.Get32(raw[4:]) == a.alarm
}

func (a *WakeAlarm) ask(request byte, body []byte) ([]byte, error) {
	b := make([]byte, 4+len(body))
	b[0], b[1] = a.opcode, request
	xgb.Put16(b[2:], uint16(len(b)/4))
	copy(b[4:], body)
	cookie := a.conn.NewCookie(true, true)
	a.conn.NewRequest(b, cookie)
	return cookie.Reply()
}
