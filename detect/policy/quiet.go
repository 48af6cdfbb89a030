package policy

// Quiet says how seldom nudges may interrupt a person. Rules that block, and
// pastes that a warn rule holds until they are answered, are exempt.
type Quiet struct {
	// NudgesPerDay is how many nudges may interrupt in a person's own day.
	// Beyond that a badge in the tray says that there was something.
	NudgesPerDay int `yaml:"nudges_per_day"`
	// CooldownMinutes is how long a rule says nothing more about the same kind of
	// content and the same tool after it has spoken.
	CooldownMinutes int `yaml:"cooldown_minutes"`
	// HoldOut is the percentage of laptops that show no nudges, so that it can be
	// told whether they work. Keys and cards, and what is exempt, are never left
	// out, and everybody can see in the panel whether theirs is one.
	HoldOut int `yaml:"hold_out"`

	position
}

// What holds for the lines that a policy leaves out. Three a day is where people
// still read them: attention to a warning falls from the second time on and
// recovers overnight.
const (
	DefaultNudgesPerDay    = 3
	DefaultCooldownMinutes = 30

	maxNudgesPerDay    = 100
	maxCooldownMinutes = 24 * 60
	maxHoldOut         = 50
	// manyNudges is from where on they are more likely closed than read.
	manyNudges = 10
)

// preset is what holds for the lines that the section leaves out.
func (q *Quiet) preset() {
	q.NudgesPerDay, q.CooldownMinutes = DefaultNudgesPerDay, DefaultCooldownMinutes
}

// checkQuiet says what is wrong with the numbers.
func (r *reader) checkQuiet(q *Quiet) {
	for _, n := range []struct {
		key            string
		value, min, to int
	}{
		{"nudges_per_day", q.NudgesPerDay, 1, maxNudgesPerDay},
		{"cooldown_minutes", q.CooldownMinutes, 0, maxCooldownMinutes},
		{"hold_out", q.HoldOut, 0, maxHoldOut},
	} {
		if q.has(n.key) && !r.blames(q.of(n.key)) && (n.value < n.min || n.value > n.to) {
			r.problems.add(Error, q.of(n.key), "%s must be from %d to %d", n.key, n.min, n.to)
		}
	}
}

func (l *linter) quiet(q *Quiet) {
	if q.NudgesPerDay > manyNudges {
		l.warn(q.of("nudges_per_day"), "%d nudges a day are more than anybody reads: from the second on people look less closely", q.NudgesPerDay)
	}
}
