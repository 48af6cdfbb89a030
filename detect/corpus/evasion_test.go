package corpus

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
)

// disguises are the ways to write a text so that a careless scanner doesn't
// see what is in it. Some happen by themselves, on web pages and in PDFs.
var disguises = map[string]func(string) string{
	"zero width":  func(s string) string { return strings.Join(strings.Split(s, ""), "\u200b") },
	"word joiner": func(s string) string { return s[:len(s)/2] + "\u2060" + s[len(s)/2:] },
	"soft hyphen": func(s string) string { return s[:len(s)/3] + "\u00ad" + s[len(s)/3:] },
	"bidi":        func(s string) string { return "\u202a" + s[:len(s)/2] + "\u200e" + s[len(s)/2:] + "\u202c" },
	"full width": func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > ' ' && r < 0x7f {
				return r + 0xfee0
			}
			return r
		}, s)
	},
	"nbsp and dashes": func(s string) string { return strings.NewReplacer(" ", "\u00a0", "-", "\u2011").Replace(s) },
	"homoglyphs": func(s string) string {
		return strings.NewReplacer("A", "А", "e", "е", "o", "о", "B", "В").Replace(s)
	},
	"base64":    func(s string) string { return base64.StdEncoding.EncodeToString([]byte("cfg " + s + " end")) },
	"base64url": func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte("note: " + s + " (copy)")) },
	"hex":       func(s string) string { return hex.EncodeToString([]byte("see " + s + " there")) },
	"percent":   func(s string) string { return "q=" + strings.ReplaceAll(url.QueryEscape(s), "+", "%20") + "&x=1" },
	"entities": func(s string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, "&#%d;", r)
		}
		return b.String()
	},
}

func random(r *rand.Rand, alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

const (
	decimal = "0123456789"
	base32  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	base62  = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
)

// cardNumber is a Visa number by its form, in groups of four.
func cardNumber(r *rand.Rand) string {
	s := "45" + random(r, decimal, 13)
	sum := 0
	for i := range s {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	s += strconv.Itoa((10 - sum%10) % 10)
	return s[:4] + " " + s[4:8] + " " + s[8:12] + " " + s[12:]
}

// iban is a German IBAN by its form.
func iban(r *rand.Rand) string {
	account := "3704" + random(r, decimal, 14)
	rest := 0
	for _, d := range account + "131400" { // DE00 behind
		rest = (rest*10 + int(d-'0')) % 97
	}
	return fmt.Sprintf("DE%02d%s", 98-rest, account)
}

// disguised returns texts with something sensitive in each of the disguises,
// and texts in the same disguises that hold nothing.
func disguised() (yes, no []string) {
	r := rand.New(rand.NewPCG(4, 4))
	for _, name := range disguiseNames() {
		d := disguises[name]
		yes = append(yes,
			d("card "+cardNumber(r)),
			d("AKI"+"A"+random(r, base32, 16)),
			d("gh"+"p_"+random(r, base62, 36)),
		)
		no = append(no,
			d("the harbour was quiet when we came to the old bridge"),
			d("card 4111 1111 1111 1111"),
			d("order "+random(r, "123456789", 9)+" of 12 May, invoice "+random(r, decimal, 7)),
		)
		if name == "homoglyphs" {
			yes = yes[:len(yes)-3] // digits have no twins there: only keys are disguised
			yes = append(yes, d("AKI"+"A"+random(r, base32, 16)), d("gh"+"p_"+"e"+random(r, base62, 35)))
			continue
		}
		yes = append(yes, d("IBAN "+iban(r)), d("SSN 5"+random(r, "12345678", 2)+"-"+random(r, "12345678", 2)+"-"+random(r, "123456789", 4)))
	}
	return yes, no
}
