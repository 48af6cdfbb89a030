package text

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"handrail/detect/policy"
)

const (
	// maxGrade is the school year whose pupils can read every sentence.
	maxGrade = 8
	// fewWords are too few for a formula of averages: one long word decides
	// then. Such labels are held to words that are known to everybody.
	fewWords = 8
	// longWord is how many syllables a label's word may have.
	longWord = 4
)

// blaming are words that say that somebody did wrong, or that threaten.
var blaming = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(violat\w*|forbidden|illegal|wrong(ly|doing)?|fault|blame\w*|careless\w*|you (must|should|failed|forgot)|your (mistake|fault)|not allowed|breach\w*|offen[cs]e\w*|offender|caught|warning|punish\w*|comply|compliance|suspicious|incident|leaked)\b`),
	"de": regexp.MustCompile(`(?i)(verstoß|verstöß|verboten|illegal|schuld|ihr fehler|unachtsam|leichtsinn|sie (müssen|sollten|dürfen nicht|haben vergessen)|unerlaubt|verletz|vergehen|erwischt|warnung|straf|verdächtig|vorfall)`),
}

// hard are messages over the grade, and why they stay so.
var hard = map[string]string{}

// known are words that everybody who works somewhere knows, however long; they
// count as short ones.
var known = regexp.MustCompile(`\borganisation(’s)?\b`)

// Every sentence can be read by everybody, and blames nobody.
func TestMessagesAreReadable(t *testing.T) {
	check := func(lang, name, s string, grade func([]string, int) float64) {
		if w := blaming[lang].FindString(s); w != "" {
			t.Errorf("%s: %s blames (%q): %s", lang, name, w, s)
		}
		words, sentences := wordsOf(known.ReplaceAllString(s, "team"))
		if len(words) == 0 || name == Months.name {
			return
		}
		if len(words) < fewWords {
			for _, w := range words {
				if n := english(w); lang == "en" && n > longWord {
					t.Errorf("%s: %s has a word of %d syllables, %q: %s", lang, name, n, w, s)
				}
			}
			return
		}
		g := grade(words, sentences)
		if _, stays := hard[name]; stays != (g > maxGrade) {
			t.Errorf("%s: %s is grade %.1f (an exception: %v): %s", lang, name, g, stays, s)
		}
	}
	for _, k := range all {
		for _, s := range k.english {
			check("en", k.name, s, fleschKincaid)
		}
	}
	german, ok := in("de")
	if !ok {
		t.Fatal("there is no German")
	}
	for name, f := range german.messages {
		for _, s := range f {
			check("de", name, s, wiener)
		}
	}
	for _, r := range policy.Default().Rules {
		for what, w := range map[string]policy.Words{"because": r.Because, "advice": r.Instead.Advice} {
			check("en", what+" of "+string(r.ID), w.In["en"], fleschKincaid)
			check("de", what+" of "+string(r.ID), w.In["de"], wiener)
		}
	}
}

// fleschKincaid returns the American school grade of an English text
// (J. P. Kincaid and others, 1975).
func fleschKincaid(words []string, sentences int) float64 {
	n := 0
	for _, w := range words {
		n += english(w)
	}
	return 0.39*float64(len(words))/float64(sentences) + 11.8*float64(n)/float64(len(words)) - 15.59
}

// wiener returns the school year of a German text by the first Wiener
// Sachtextformel (R. Bamberger and E. Vanecek, 1984).
func wiener(words []string, sentences int) float64 {
	var many, long, one float64
	for _, w := range words {
		switch n := syllables(w); {
		case n >= 3:
			many++
		case n == 1:
			one++
		}
		if utf8.RuneCountInString(w) > 6 {
			long++
		}
	}
	percent := 100 / float64(len(words))
	return 0.1935*many*percent + 0.1672*float64(len(words))/float64(sentences) + 0.1297*long*percent - 0.0327*one*percent - 0.875
}

var (
	sentenceEnd = regexp.MustCompile(`[.?!:;]+(\s|$)|\s·\s|\n`)
	command     = regexp.MustCompile(`\bhandrail( --?[a-z]+| [a-z]+)*( N)?`)
)

// wordsOf takes a text apart. A hole counts as one short word, a command as one
// too: nobody reads it aloud.
func wordsOf(s string) (words []string, sentences int) {
	s = command.ReplaceAllString(hole.ReplaceAllString(s, "it"), "it")
	sentences = len(slices.DeleteFunc(sentenceEnd.Split(s, -1), func(p string) bool { return strings.TrimSpace(p) == "" }))
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '’' && r != '\'' }) {
		words = append(words, strings.ToLower(w))
	}
	return words, max(sentences, 1)
}

var (
	vowels = regexp.MustCompile(`[aeiouyäöü]+`)
	silent = regexp.MustCompile(`([^aeiouyl]e|[^dit]ed|[^csxzg]es)$`)
)

// syllables counts groups of vowels.
func syllables(w string) int { return max(len(vowels.FindAllString(w, -1)), 1) }

// english leaves out the e that isn't spoken.
func english(w string) int {
	n := syllables(w)
	if n > 1 && silent.MatchString(w) {
		n--
	}
	return n
}

func TestReadability(t *testing.T) {
	for w, want := range map[string]int{"paste": 1, "approved": 2, "organisation": 5, "the": 1, "windows": 2, "keyboard": 2, "copied": 2, "table": 2, "names": 1, "pages": 2} {
		if got := english(w); got != want {
			t.Errorf("%s has %d syllables, counted %d", w, want, got)
		}
	}
	for s, hard := range map[string]bool{
		"A small window opens before you paste. It never takes the keyboard.":                                               false,
		"Utilisation of unauthorised artificial intelligence applications necessitates organisational authorisation first.": true,
	} {
		if g := fleschKincaid(wordsOf(s)); (g > maxGrade) != hard {
			t.Errorf("%s: grade %.1f", s, g)
		}
	}
	for s, hard := range map[string]bool{
		"Ein kleines Fenster geht auf, bevor Sie einfügen. Es nimmt Ihnen nie die Tastatur weg.":                                                     false,
		"Die Verarbeitung personenbezogener Informationen durch nichtgenehmigte Anwendungen beeinträchtigt unternehmensinterne Geheimhaltungsziele.": true,
	} {
		if g := wiener(wordsOf(s)); (g > maxGrade) != hard {
			t.Errorf("%s: Schulstufe %.1f", s, g)
		}
	}
	for _, s := range []string{"You must not do this.", "This is a violation."} {
		if !blaming["en"].MatchString(s) {
			t.Errorf("%q passes as blaming nobody", s)
		}
	}
}
