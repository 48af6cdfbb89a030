package report

var oftenWords = map[Often]string{
	Once: "once",
	Few:  "2 to 4 times",
	Many: "5 times or more",
}

var taskWords = map[Task]string{
	Drafting:    "writing",
	Summarising: "summing up",
	Translating: "translating",
	Coding:      "code",
	Analysing:   "figures and tables",
	Researching: "looking things up",
	Answering:   "answers to customers",
	OtherWork:   "other work",
}

var stakeWords = map[Stake]string{
	Hiring:       "hiring",
	Lending:      "lending",
	Pricing:      "prices",
	CustomerMail: "mail to customers",
}

// Words says for people what the task is, such as "looking things up".
func (t Task) Words() string { return taskWords[t] }

// Words says for people what the stake is about, such as "mail to customers".
func (s Stake) Words() string { return stakeWords[s] }

// Words says how often, for people.
func (o Often) Words() string {
	if w := oftenWords[o]; w != "" {
		return w
	}
	return "not counted yet"
}
