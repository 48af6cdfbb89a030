package report

// Task is a kind of work that people use AI for.
type Task uint8

// The tasks.
const (
	Drafting Task = iota + 1
	Summarising
	Translating
	Coding
	Analysing
	Researching
	Answering
	OtherWork
)

var taskNames = [...]string{"", "drafting", "summarising", "translating", "coding", "analysing", "researching", "answering", "other"}

// Tasks returns every task.
func Tasks() []Task {
	return []Task{Drafting, Summarising, Translating, Coding, Analysing, Researching, Answering, OtherWork}
}

// String returns the task's name in reports.
func (t Task) String() string { return nameOf(taskNames[:], t) }

// MarshalText implements encoding.TextMarshaler.
func (t Task) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (t *Task) UnmarshalText(b []byte) (err error) {
	*t, err = valueOf[Task](taskNames[:], b)
	return err
}

// Stake is what a system decides about where a wrong answer hurts somebody.
type Stake uint8

// The stakes.
const (
	Hiring Stake = iota + 1
	Lending
	Pricing
	CustomerMail
)

var stakeNames = [...]string{"", "hiring", "lending", "pricing", "customer_mail"}

// Stakes returns every stake.
func Stakes() []Stake { return []Stake{Hiring, Lending, Pricing, CustomerMail} }

// String returns the stake's name in policies and reports.
func (s Stake) String() string { return nameOf(stakeNames[:], s) }

// MarshalText implements encoding.TextMarshaler.
func (s Stake) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (s *Stake) UnmarshalText(b []byte) (err error) {
	*s, err = valueOf[Stake](stakeNames[:], b)
	return err
}

// Question is what people are asked after the moment. Each question has its
// own answers, of which a person gives one.
type Question uint8

// The questions. The first three are the pulse's.
const (
	AskedSaved   Question = iota + 1 // how much time did it save?
	AskedChecked                     // was the answer checked, and how?
	AskedError                       // was an error found?
	AskedPerson                      // has a person checked it?
)

var questionNames = [...]string{"", "saved", "checked", "error", "person"}

// Questions returns every question.
func Questions() []Question { return []Question{AskedSaved, AskedChecked, AskedError, AskedPerson} }

// String returns the question's name in figures.
func (q Question) String() string { return nameOf(questionNames[:], q) }

// Answers returns the question's answers. The first says no.
func (q Question) Answers() (all []Said) {
	for s := SavedNothing; s.String() != ""; s++ {
		if s.Question() == q {
			all = append(all, s)
		}
	}
	return all
}

// Said is an answer to a Question.
type Said uint8

// The answers.
const (
	SavedNothing  Said = iota + 1 // no time, or it cost some
	SavedUpToHour                 // up to an hour
	SavedMore                     // more than an hour
	CheckedNot                    // used as it came
	CheckedRead                   // read through
	CheckedRan                    // tried out, or compared with a source
	CheckedPerson                 // looked at by a second person
	ErrorNone                     // no error was found
	ErrorFound                    // one was found
	PersonNotYet                  // no person has checked it yet
	PersonHas                     // a person has
)

var saidNames = [...]string{"", "saved_nothing", "saved_up_to_hour", "saved_more", "checked_not", "checked_read", "checked_ran",
	"checked_person", "error_none", "error_found", "person_not_yet", "person_has"}

// String returns the answer's name in reports.
func (s Said) String() string { return nameOf(saidNames[:], s) }

// MarshalText implements encoding.TextMarshaler.
func (s Said) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (s *Said) UnmarshalText(b []byte) (err error) {
	*s, err = valueOf[Said](saidNames[:], b)
	return err
}

// Question returns the question that s answers, 0 if s is none of the answers.
func (s Said) Question() Question {
	switch {
	case s >= SavedNothing && s <= SavedMore:
		return AskedSaved
	case s >= CheckedNot && s <= CheckedPerson:
		return AskedChecked
	case s == ErrorNone, s == ErrorFound:
		return AskedError
	case s == PersonNotYet, s == PersonHas:
		return AskedPerson
	}
	return 0
}

func (s Said) ofPulse() bool { return s.Question() != 0 && s.Question() != AskedPerson }
