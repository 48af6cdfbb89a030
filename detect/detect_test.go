package detect

import (
	"strings"
	"testing"
)

func TestEveryDetectorKeepsItsWord(t *testing.T) {
	seen := map[DetectorID]bool{}
	label := map[DetectorID]bool{} // what is Low at most may stand beside anything
	for _, d := range Detectors() {
		label[d.ID] = d.Confidence == Low
	}
	for _, d := range Detectors() {
		if seen[d.ID] {
			t.Errorf("%s is declared twice", d.ID)
		}
		seen[d.ID] = true
		if d.Title == "" || d.Class == ClassNone || len(d.Hits) == 0 || len(d.Misses) == 0 {
			t.Errorf("%s: a detector needs a title, a class, hits and misses", d.ID)
		}
		for _, text := range d.Hits {
			found := false
			for _, f := range Scan([]byte(text)).Findings {
				if f.Detector != d.ID && label[f.Detector] {
					continue
				}
				switch {
				case f.Detector != d.ID:
					t.Errorf("%s: hit %q is also found as %s (%d to %d)", d.ID, text, f.Detector, f.Start, f.End)
				case f.Confidence >= min(Medium, d.Confidence):
					found = true
				}
				if f.Class != d.Class || f.Confidence > d.Confidence {
					t.Errorf("%s: %q gives class %s and confidence %s, which is not what is declared", d.ID, text, f.Class, f.Confidence)
				}
			}
			if !found {
				t.Errorf("%s: hit not found: %q", d.ID, text)
			}
		}
		for _, text := range d.Misses {
			for _, f := range Scan([]byte(text)).Findings {
				t.Errorf("%s: miss %q is found as %s: %q", d.ID, text, f.Detector, text[f.Start:f.End])
			}
		}
	}
}

// repeat fills n bytes with s.
func repeat(s string, n int) []byte { return []byte(strings.Repeat(s, n/len(s)+1)[:n]) }

// hostile are texts that make careless scanners look at each byte again and
// again (guard.js took 16 s for the second at 128 KB).
var hostile = map[string]string{
	"letter":        "a",
	"base64 line":   "TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQ",
	"sk-":           "sk-",
	"a_":            "a_",
	"redis url":     "redis://a:b",
	"PEM header":    "-----BEGIN PRIVATE KEY-----",
	"PEM body":      "-----BEGIN PRIVATE KEY-----\nabc ",
	"a@":            "a@",
	"a.":            "a.",
	"a@b.":          "a@b.",
	"digits":        "4716258059970930",
	"digit groups":  "4716 ",
	"single digits": "1 ",
	"GB82":          "GB82 ",
	"dashes":        "-",
	"backslashes":   `\`,
	"password=":     "password=",
	"token: ":       "token: ",
	"quotes":        `token="`,
	"eyJ.":          "eyJhbGciOiJIUzI1NiJ9.",
	"eyJ":           "eyJ",
	"SG.":           "SG.",
	"AccountKey":    "AccountKey=",
	"password;":     "Server=a;Password=b;",
	"marking":       "confidential ",
	"nul":           "\x00",
	"call":          `password("`,
	"crypt":         "$6$",
	"DER":           "MIIEvQIBADANBg",
	"base64 token":  "glc_a/",
	"manifest":      "kind: Secret ",
	"PuTTY":         "PuTTY-User-Key-File-",
	"JWK":           `"d":"`,
	"curl":          "curl -u a:b ",
	"id/pw":         "id/pw: a ",
	"bad utf-8":     "\xff\xfe\xc3",
	"base64 text":   "TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQg",
	"base64 values": "TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQ ",
	"base64 paths":  "/a/b/TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQ",
	"base64 twice":  "Vkc5eVpXMGdhWEJ6ZFcwZ1pHOXNiM0lnYzJsMElHRnRaWFFn",
	"hex text":      "6361726420",
	"hex pairs":     "63 61 72 64 20 ",
	"hex and words": "63 61 72 64 20 add bed ",
	"%41":           "%41",
	"%25":           "%25",
	"%":             "%",
	"far %41":       "%41 " + strings.Repeat("abcd ", 60),
	"&#65;":         "&#65;",
	"&amp;":         "&amp;",
	"&":             "&",
	`\u0041`:        `\u0041`,
	"=41":           "=41",
	"soft breaks":   strings.Repeat("a", 75) + "=\n",
	"card in %":     "%34716258059970930 ",
	"zero width":    "a\u200b",
	"full width":    "Ａ",
	"mixed letters": "аa",
	"look-alikes":   "аео",
	"marks":         "a\u0301\u0301",
	"only marks":    "\u0301",
}

func TestHostileTextIsLinear(t *testing.T) {
	perByte := func(pattern string, n int) float64 {
		s := scanner{text: repeat(pattern, n)}
		_ = s.scan(t.Context(), nil)
		return float64(s.steps) / float64(n)
	}
	for name, pattern := range hostile {
		small, large := perByte(pattern, 32<<10), perByte(pattern, 1<<20)
		if large > 1.1*small {
			t.Errorf("%s: %.2f looks a byte at 32 KB, %.2f at 1 MB", name, small, large)
		}
		if large > 64 {
			t.Errorf("%s: %.2f looks a byte are too many", name, large)
		}
	}
}

// What looks most like something makes the validators work most.
func TestRepeatedSamplesAreLinear(t *testing.T) {
	perByte := func(text string, n int) float64 {
		s := scanner{text: repeat(text, n)}
		_ = s.scan(t.Context(), nil)
		return float64(s.steps) / float64(n)
	}
	for _, d := range Detectors() {
		for _, text := range []string{d.Hits[0], d.Hits[len(d.Hits)-1], d.Misses[0], d.Misses[len(d.Misses)-1]} {
			if text = text + "\n"; len(text) > 400 {
				continue
			}
			small, large := perByte(text, 4<<10), perByte(text, 64<<10)
			if large > 1.2*small+0.5 {
				t.Errorf("%s: %q: %.2f looks a byte at 4 KB, %.2f at 64 KB", d.ID, text, small, large)
			}
		}
	}
}

const cleanText = `Hi Yusuf, thanks for the call on 21.1.2026 at 10:30. Order #9833998302 arrives between 6 and 13 May.
func main() { token := getToken(ctx); password := os.Getenv("DB_PASSWORD"); fmt.Println(len(token) == 12, password) }
{"lodash": {"version": "4.17.7", "url": "https://registry.example/lodash.tgz"}, "id": "1c906b10-6eb5-44ed-a212-40c17947fd4e"}
Contact: Noah Haddad, noah.haddad95@northwind-traders.co.uk, +49 30 2644248. 0.9552803630671191, 2,350.00 EUR, 12 of 40 --- done
`

func TestCleanTextCostsNoMemory(t *testing.T) {
	text := repeat(cleanText, 64<<10)
	if fs := Scan(text).Findings; len(fs) != 0 {
		t.Fatalf("the clean text has findings: %v", fs)
	}
	if n := allocations(text); n != 0 {
		t.Errorf("a scan of clean text allocates %v times", n)
	}
}

// allocations returns how often a scan of text allocates when what earlier
// scans put back is still there. It is the fewest of some scans: the collector
// empties a sync.Pool when it likes, and the race detector drops every fourth
// thing that is put into one.
func allocations(text []byte) float64 {
	fewest := testing.AllocsPerRun(1, func() { Scan(text) })
	for i := 0; i < 50 && fewest > 0; i++ {
		fewest = min(fewest, testing.AllocsPerRun(1, func() { Scan(text) }))
	}
	return fewest
}

func TestOnlyTheFirstMaxTextIsScanned(t *testing.T) {
	const card = " 4716 2580 5997 0930 "
	text := append(repeat("x ", MaxText-len(card)), card...)
	text = append(text, card...)
	r := Scan(text)
	if len(r.Findings) != 1 || !r.Partial {
		t.Errorf("got %d findings, partial %v; want 1, true", len(r.Findings), r.Partial)
	}
	if r := Scan(text[:MaxText]); r.Partial || len(r.Findings) != 1 {
		t.Errorf("at exactly MaxText: got %d findings, partial %v; want 1, false", len(r.Findings), r.Partial)
	}
	if r := Scan(nil); r.Partial || r.Findings != nil {
		t.Errorf("empty text: got %+v", r)
	}
}

func TestAListOfContactsIsOneFindingWithItsCount(t *testing.T) {
	text := "name,mail\n"
	for i := range 14 {
		text += "x,ana" + string(rune('a'+i)) + "@contoso.com\n"
	}
	text += "again,anaa@contoso.com,4716 2580 5997 0930\n"
	fs := Scan([]byte(text)).Findings
	if len(fs) != 2 {
		t.Fatalf("got %v, want a list and a card", fs)
	}
	list := fs[0]
	if list.Detector != EmailBulk || list.Count != 14 || !strings.HasPrefix(text[list.Start:], "anaa@") || !strings.HasSuffix(text[:list.End], "anaa@contoso.com") {
		t.Errorf("got %+v, %q", list, text[list.Start:list.End])
	}
	if fs[1].Detector != PaymentCard {
		t.Errorf("got %+v, want the card", fs[1])
	}
}

func TestALongSecretLeavesNoTail(t *testing.T) {
	for _, n := range []int{20, 500, 512, 600, 5000} {
		secret := alnum(n)
		text := "token: " + secret + "\nend"
		fs := Scan([]byte(text)).Findings
		if len(fs) != 1 || text[fs[0].Start:fs[0].End] != secret {
			t.Errorf("%d bytes: got %+v", n, fs)
		}
	}
}

func TestTheStrongerOfTwoFindingsStays(t *testing.T) {
	jwt := jwtDetectors()[0].Hits[0]
	key := privateKeyDetectors()[0].Hits[0]
	for _, c := range []struct {
		text string
		want DetectorID
	}{
		{"token=" + jwt, JWT},
		{"secret: 'gh" + "p_" + alnum(36) + "'", "github_token"},
		{"private_key = \"" + key + "\"", PrivateKey},
		{"password=postgres://crm:S72tGL6fUMtg@10.2.3.4/crm", ConnectionString},
	} {
		fs := Scan([]byte(c.text)).Findings
		if len(fs) != 1 || fs[0].Detector != c.want {
			t.Errorf("%q: got %+v, want one %s", c.text, fs, c.want)
		}
	}
}
