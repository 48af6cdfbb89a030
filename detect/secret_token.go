package detect

import "strings"

// tokenForm is one form with its vendor.
type tokenForm struct {
	form
	id    DetectorID
	title Word
	not   uint16 // what may not stand before it, so that a long token is read once
}

// tokenForms is every form of every vendor.
var tokenForms = func() (all []tokenForm) {
	for _, v := range vendors {
		title := say(v.title + " by its beginning")
		for _, f := range newForms(v.forms) {
			all = append(all, tokenForm{form: f, id: v.id, title: title, not: f.before()})
		}
	}
	return all
}()

// before returns which bytes of words, dashes, dots and base64 the form has, as
// bits of class.
func (f *form) before() (not uint16) {
	for b := range 256 {
		if byteSets[b]&f.chars != 0 {
			not |= class[b] & (isWord | isDash | isDot)
		}
	}
	if byteSets['/']&f.chars != 0 {
		not |= isBase64
	}
	return not
}

func tokenDetectors() []Detector {
	var all []Detector
	index := map[DetectorID]int{}
	detector := func(id DetectorID, title string) *Detector {
		at, known := index[id]
		if !known {
			at = len(all)
			index[id] = at
			all = append(all, Detector{ID: id, Class: ClassSecret, Confidence: High, Title: title})
		}
		return &all[at]
	}
	for _, p := range partsDetectors() {
		*detector(p.ID, p.Title) = p
	}
	for _, v := range vendors {
		d := detector(v.id, v.title)
		for _, f := range newForms(v.forms) {
			hits, misses := f.samples()
			d.Hits, d.Misses = append(d.Hits, hits...), append(d.Misses, misses...)
		}
		if v.id == "aws_access_key" {
			d.Misses = append(d.Misses, "AKIA"+"IOSFODNN7EXAMPLE") // of AWS' documentation
		}
	}
	for i, v := range vendorNames {
		d := detector(v.id, v.title)
		name := strings.Fields(v.words)[0]
		for _, f := range vendorForms[i] {
			value := f.sample(20)
			d.Hits = append(d.Hits, name+"_token = '"+value+"'", strings.ToUpper(name)+"_API_KEY="+value+"\n")
			d.Misses = append(d.Misses, name+"_token = ${"+strings.ToUpper(name)+"_TOKEN}", name+"_token = '"+value[:3]+"'")
			if len(f.parts) == 1 { // of anybody else it's an id
				d.Misses = append(d.Misses, "request_id = '"+value+"'", name+"_url = '"+value+"'")
			}
		}
	}
	return all
}

// samples makes texts in which a token of this form is found, and is not.
func (f *form) samples() (hits, misses []string) {
	token := f.sample(0)
	hits = []string{token, "curl -H 'X-Auth:" + token + "' https://api.host", `{"a":"b\n` + token + `\n"}`, "(" + token + ")."}
	misses = []string{f.prefix, f.prefix + "...", "x" + token, token[:len(token)-1], token[:len(f.prefix)+(len(token)-len(f.prefix))/2]}
	for _, same := range []string{"x", "0", "A"} {
		misses = append(misses, f.prefix+strings.Repeat(same, len(token)-len(f.prefix)))
	}
	return hits, misses
}

// shortPrefix is how short a prefix is that words can have by chance: then it
// takes more than a digit for what follows to look drawn by chance.
const shortPrefix = 3

// token looks for a token of the form f that starts at i.
func (s *scanner) token(i int, f *tokenForm) int {
	text := s.text
	end, looked := f.match(text, i)
	s.steps += max(looked-i, len(f.prefix))
	if end == i {
		return i
	}
	body := text[i+len(f.prefix) : end]
	if !varied(body) || isPlaceholder(body[:min(len(body), 64)]) {
		return end // a placeholder
	}
	if l := lookAt(body); (l.digit == 0 || len(f.prefix) <= shortPrefix && l.surprises*5 < len(body)) && l.surprises*3 < len(body) {
		return i // words
	}
	s.add(f.id, ClassSecret, High, i, end, Why{Length: end - i, Form: f.title})
	return end
}

// varied reports whether b has as many different bytes as chance would give:
// a run of x or 0 is a placeholder.
func varied(b []byte) bool {
	var seen uint64
	for _, c := range b {
		seen |= 1 << (c & 63)
	}
	return ones(seen) >= min(7, len(b)/2)
}
