package policy

import (
	"reflect"
	"time"

	"go.yaml.in/yaml/v3"
)

// Record is what the organisation knows about a tool it approves or tries, and
// tells staff when the tool is offered to them.
type Record struct {
	// Logged says who keeps what is pasted there, and for how long.
	Logged Words `yaml:"logged"`
	// Until is the last day that the decision is meant to hold, "" if nobody has
	// said. It is told; nothing stops by itself on that day.
	Until Date `yaml:"until"`

	position
}

// Date is a day, written as 2027-03-31.
type Date string

// Time returns the day's beginning in UTC, and whether there is one.
func (d Date) Time() (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	return t, err == nil
}

// date reads a day. YAML takes one without quotes for a time.
func (r *reader) date(n *yaml.Node, what string, v reflect.Value) {
	if _, ok := Date(n.Value).Time(); n.Kind != yaml.ScalarNode || !ok {
		r.errorf(n, "%s must be a day such as 2027-03-31", what)
		return
	}
	v.SetString(n.Value)
}

// maxLogged is how many words a record may have: it is read beside a nudge.
const maxLogged = 20

func (l *linter) record(t *Tool) {
	rec := &t.Record
	if n := longest(rec.Logged); n > maxLogged {
		l.warn(rec.of("logged"), "the record of %q takes %d words: %d is the most that is read beside a nudge", t.ID, n, maxLogged)
	}
}
