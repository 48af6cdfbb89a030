package detect

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// plainForm matches a form the plain way: by the standard regexp on the
// expression it was declared with.
type plainForm struct {
	open, whole *regexp.Regexp
	goesOn      *regexp.Regexp // what may not stand behind a token
}

var lastSet = regexp.MustCompile(`(\[[^\]]*\]|\\w|\\d|[^\\{}\[\]])(\{[\d,]+\})?$`)

func newPlainForm(f *form) plainForm {
	last := lastSet.FindStringSubmatch(f.expr)[1]
	more := regexp.MustCompile(`^(?:\w|(?:` + last + `)\w)`)
	if f.parts[len(f.parts)-1].bytes != "" {
		more = regexp.MustCompile(`^\w`)
	}
	// Go's regexp counts to 1000 only.
	return plainForm{regexp.MustCompile(`^(?:` + f.expr + `)`), regexp.MustCompile(`^(?:` + f.expr + `)$`), more}
}

func (r *plainForm) match(text []byte) int {
	m := r.open.FindIndex(text)
	if m == nil {
		return 0
	}
	end := m[1]
	for (text[end-1] == '.' || text[end-1] == '-') && r.whole.Match(text[:end-1]) {
		end--
	}
	if r.goesOn.Match(text[end:]) {
		return 0
	}
	return end
}

var plainForms = func() (all []plainForm) {
	for i := range tokenForms {
		all = append(all, newPlainForm(&tokenForms[i].form))
	}
	return all
}()

// drawToken draws a token of the form, every byte by chance.
func drawToken(t *rapid.T, f *form) []byte {
	var token []byte
	for _, p := range f.parts {
		token = append(token, p.bytes...)
		var set []byte
		for b := range 256 {
			if byteSets[b]&p.set != 0 {
				set = append(set, byte(b))
			}
		}
		if n := rapid.IntRange(p.min, min(p.max, p.min+40)).Draw(t, "length"); n > 0 {
			token = append(token, rapid.SliceOfN(rapid.SampledFrom(set), n, n).Draw(t, "part")...)
		}
	}
	return token
}

func TestEveryTokenIsFoundInAnySurroundings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := &tokenForms[rapid.IntRange(0, len(tokenForms)-1).Draw(t, "form")]
		token := drawToken(t, &f.form)
		body := token[len(f.prefix):]
		if l := lookAt(body); !varied(body) || isPlaceholder(body) || l.digit == 0 || l.surprises*3 < len(body) || class[token[len(token)-1]]&isAlnum == 0 {
			t.Skip("a placeholder, or ends like a sentence")
		}
		if class[token[0]]&isDigit != 0 && len(regexp.MustCompile(`^\w*`).Find(token)) < minUnmarked {
			t.Skip("begins with a digit, and no long word")
		}
		text, start := surroundings(t, rapid.SampledFrom([]string{"", "key: ", "\"", "'", "=", "(", ", "}).Draw(t, "before it"), string(token))
		if !covers(Scan([]byte(text)).Findings, f.id, start, start+len(token)) {
			t.Fatalf("not found: %q in %q: %+v", token, text, Scan([]byte(text)).Findings)
		}
	})
}

func TestAByteShortIsNoToken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := &tokenForms[rapid.IntRange(0, len(tokenForms)-1).Draw(t, "form")]
		last := f.parts[len(f.parts)-1]
		token := drawToken(t, &f.form)
		if last.bytes != "" || last.min != last.max {
			t.Skip("has no length of its own")
		}
		short := token[:len(token)-1]
		for i := range plainForms {
			if plainForms[i].match(short) > 0 {
				t.Skip("another of its forms")
			}
		}
		for _, x := range Scan(short).Findings {
			if x.Detector == f.id {
				t.Fatalf("found though a byte is missing: %q", short)
			}
		}
	})
}

// FuzzForms compares the matcher with the standard regexp for every form, at
// every byte where one can begin.
func FuzzForms(f *testing.F) {
	for i := range tokenForms {
		token := tokenForms[i].sample(0)
		for _, s := range []string{token, token[:len(token)-1], token + "-", token + ".", token + "-x", token + token, token + strings.Repeat("a", 30)} {
			f.Add([]byte("x " + s))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 900 {
			return // regexp's counts end at 1000
		}
		for at := range text {
			for i := range tokenForms {
				form := &tokenForms[i]
				if !hasPrefix(text, at, form.prefix) {
					continue
				}
				got, _ := form.match(text, at)
				if want := plainForms[i].match(text[at:]); got-at != want {
					t.Errorf("%s at %d of %q: %d bytes, the regexp says %d", form.expr, at, text, got-at, want)
				}
			}
		}
	})
}
