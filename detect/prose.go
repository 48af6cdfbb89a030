package detect

import "strings"

// The detectors of documents that nothing marks: they are known by how they
// are worded.
const (
	ContractText DetectorID = "contract_text"
	FinanceText  DetectorID = "finance_text"
	HRText       DetectorID = "hr_text"
	HealthText   DetectorID = "health_text"
)

func proseDetectors() []Detector {
	const nda = `THIS NON-DISCLOSURE AGREEMENT is made on 7 April 2026 between Ostrava Mills Ltd ("Disclosing Party") and Brandt KG ("Receiving Party"). The Receiving Party shall keep the Confidential Information secret. Governing law: Ireland. IN WITNESS WHEREOF the parties have executed this Agreement.`
	return []Detector{
		{
			ID: ContractText, Class: ClassContract, Confidence: Medium,
			Title:  "Contracts: parties, obligations, term, law and signature in a contract's wording",
			Hits:   []string{nda},
			Misses: []string{"What does an NDA contain? Draft a list of the usual clauses: parties, term, governing law.", "This agreement is governed by the law of the market, he said."},
		},
		{
			ID: FinanceText, Class: ClassFinance, Confidence: Medium,
			Title:  "Finance that isn't public: forecasts, budgets, deals, covenants, prices",
			Hits:   []string{"Q2 forecast: revenue down 9% on churn, EBITDA 1.2m below budget. The board will be told on the 4th, not yet announced."},
			Misses: []string{"The group reported quarterly revenue of $4.2bn, up 8%; analysts had expected less.", "What is an EBITDA bridge?"},
		},
		{
			ID: HRText, Class: ClassHR, Confidence: Medium,
			Title:  "Personnel matters of one person: reviews, warnings, dismissal, pay, absence",
			Hits:   []string{"Dear Ms Fairweather, following our meeting on 4 May 2026 this is a final written warning for misconduct. You have the right to appeal. Human Resources"},
			Misses: []string{"Write a performance review template with an overall rating.", "A performance improvement plan is a formal document."},
		},
		{
			ID: HealthText, Class: ClassHealth, Confidence: Medium,
			Title:  "Health of one patient: diagnosis, medication, findings, letters between doctors",
			Hits:   []string{"Patient: Harold Whitcombe, DOB: 12/03/1951. Diagnosis: pneumonia. Discharge medication: amoxicillin 500 mg three times daily. Follow-up in 6 weeks."},
			Misses: []string{"What is a normal HbA1c?", "Metformin 500 mg twice daily is a common treatment for people with diabetes."},
		},
	}
}

// proseKind is a kind of document: the cues it is worded with, by group, and
// what else has to be there.
type proseKind struct {
	id    DetectorID
	class Class
	name  string
	// groups are what such a document talks of. Texts about such documents
	// talk of it too, so several groups are needed, and something concrete.
	groups []cueGroup
	need   int // points a short text needs
	least  int // different groups it needs
	// concrete weighs what only the document itself has: the names of the
	// parties, amounts, a patient's number. It needs enough.
	concrete func(sg signs, points [maxCueGroups]int8) int
	enough   int
}

// cueGroup is cues that say the same: each counts weight, all of them no more
// than most.
type cueGroup struct {
	name         string
	weight, most int8
	cues         string // separated by bars
}

const (
	maxCueGroups = 10
	maxCues      = 768
	// proseGap is how far apart two cues of one document may be, in bytes.
	proseGap = 2000
	// maxProse is how much of one document is looked at a second time.
	maxProse = 64 << 10
)

var proseKinds = [...]*proseKind{&contractProse, &financeProse, &hrProse, &healthProse}

// public are cues of text that is meant for everybody: each takes points.
const publicKind = uint8(len(proseKinds))

var (
	cues     []cue
	proseSay [len(proseKinds)]map[uint16]Word
	unitCues = say("phrases")
)

var _ = func() bool { // fills the above before any scan
	for k, kind := range proseKinds {
		n := 0
		for g, group := range kind.groups {
			for _, text := range strings.Split(group.cues, "|") {
				addCue(cue{text, uint8(k), uint8(g), uint16(n)})
				n++
			}
		}
		if n > maxCues || len(kind.groups) > maxCueGroups {
			panic("detect: too many cues for " + string(kind.id))
		}
		proseSay[k] = map[uint16]Word{}
		sayGroups(k, 0, 0, kind.name+" prose: ", 0)
	}
	for k, kinds := range publicCues {
		for n, text := range strings.Split(kinds, "|") {
			addCue(cue{text, publicKind, uint8(k), uint16(n)})
		}
	}
	return true
}()

// sayGroups makes the Word for every choice of up to three of a kind's groups.
func sayGroups(k, from int, set uint16, text string, n int) {
	if n > 0 {
		proseSay[k][set] = say(text)
		text += ", "
	}
	for g := from; n < 3 && g < len(proseKinds[k].groups); g++ {
		sayGroups(k, g+1, set|1<<g, text+proseKinds[k].groups[g].name, n+1)
	}
}

// addCue adds a cue. The pass takes a letter that isn't ASCII for no word, so a
// cue begins behind one.
func addCue(c cue) {
	for c.text[0] >= 0x80 {
		c.text = c.text[1:]
	}
	cues = append(cues, c)
}

// section is a stretch of text in which the cues of one kind stand close.
type section struct {
	start, end int // of the cues
	hits       int // different cues
	seen       [maxCues / 64]uint64
	points     [maxCueGroups]int8
	public     int8
}

// cue counts a cue if it stands at i.
func (s *scanner) cue(i int, at uint16) {
	c := &cues[at]
	end := matchCue(s.text, i, c.text)
	s.steps += 1 + end - i
	if end == i {
		return
	}
	if c.kind == publicKind {
		for k := range s.sections {
			if c.group == 0 || int(c.group) == k+1 {
				s.published(k, i)
			}
		}
		return
	}
	d := s.section(int(c.kind), i)
	if bit := uint64(1) << (c.number & 63); d.seen[c.number>>6]&bit == 0 {
		d.seen[c.number>>6] |= bit
		g := &proseKinds[c.kind].groups[c.group]
		d.points[c.group] = min(g.most, d.points[c.group]+g.weight)
		d.hits++
	}
	d.end = max(d.end, end)
}

// section returns the section of a kind that a cue at i belongs to.
func (s *scanner) section(kind, i int) *section {
	d := &s.sections[kind]
	if i-d.end > proseGap {
		s.judge(kind)
		*d = section{}
	}
	if d.hits == 0 {
		d.start = i
	}
	return d
}

// published counts a sign at i that the text near it is meant for everybody. It
// may stand before what it is about.
func (s *scanner) published(kind, i int) {
	d := &s.sections[kind]
	if i-d.end > proseGap {
		s.judge(kind)
		*d = section{}
	}
	if d.hits == 0 {
		d.end = i
	}
	d.public = min(d.public+1, 100)
}

// judgeProse looks at the last section of each kind.
func (s *scanner) judgeProse() {
	for k := range s.sections {
		s.judge(k)
	}
}

// judge makes a finding of the section of a kind if it is such a document.
func (s *scanner) judge(kind int) {
	d, k := &s.sections[kind], proseKinds[kind]
	sum, groups := 0, 0
	for _, p := range d.points {
		sum += int(p)
		if p > 0 {
			groups++
		}
	}
	// A long text has some of everything, so it needs more.
	need := k.need + min((d.end-d.start)/2000, 10) + 4*int(d.public)
	if groups < k.least { // one fewer, if they say much
		need++
	}
	if groups < k.least-1 || sum < need {
		return
	}
	const margin = 160
	var sg signs
	at := s.text[max(0, d.start-margin):min(len(s.text), d.start+maxProse, d.end+margin)]
	s.steps += len(at)
	sg.read(at)
	if sg.blanks >= 3 || k.concrete(sg, d.points) < k.enough {
		return // a form to be filled in, or a text about such documents
	}
	// The reason names the three groups that gave most.
	var set uint16
	for range 3 {
		best := -1
		for g, p := range d.points {
			if p > 0 && set>>g&1 == 0 && (best < 0 || p > d.points[best]) {
				best = g
			}
		}
		if best >= 0 {
			set |= 1 << best
		}
	}
	s.add(k.id, k.class, Medium, d.start, d.end, Why{Length: d.hits, Unit: unitCues, Form: proseSay[kind][set]})
}
