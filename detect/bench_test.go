package detect

import (
	"fmt"
	"strings"
	"testing"
)

// sampleText makes about n bytes of a kind of text people paste.
func sampleText(kind string, n int) []byte {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		if kind == "clean" || kind == "mixed" && i%3 != 0 {
			b.WriteString(cleanText)
			continue
		}
		// A customer table, and now and then something secret.
		for row := range 8 {
			fmt.Fprintf(&b, "%d,Ana Rossi,ana.rossi%d@contoso.com,+44 7700 900%03d,Gold,%d.00,2026-%02d-%02d\n", i*8+row, i*8+row, row, 1000+i, i%12+1, row+1)
		}
		if i%2 == 0 {
			b.WriteString("refund to card 4716 2580 5997 0930, iban GB97 LOWW 4688 8763 1960 59, SSN 853-37-1694\n")
			b.WriteString("DATABASE_URL=postgres://crm:S72tGL6fUMtg@10.2.3.4/crm\napi_key: rq5xndkcod8zccid7z2f57kquwsub8ga\n")
		}
	}
	return []byte(b.String()[:n])
}

func benchmarkScan(b *testing.B, n int) {
	for _, kind := range []string{"clean", "mixed", "dense"} {
		text := sampleText(kind, n)
		b.Run(kind, func(b *testing.B) {
			b.SetBytes(int64(n))
			b.ReportAllocs()
			for b.Loop() {
				Scan(text)
			}
		})
	}
}

// The budgets: 64 KB in 1 ms and 1 MB in 15 ms, at the 95th percentile.
func BenchmarkScan64K(b *testing.B) { benchmarkScan(b, 64<<10) }
func BenchmarkScan1M(b *testing.B)  { benchmarkScan(b, 1<<20) }

// BenchmarkScanOtherLetters64K has a budget of 5 ms at the 95th percentile:
// ordinary text in many languages, and text in which every letter changes.
func BenchmarkScanOtherLetters64K(b *testing.B) {
	for name, text := range map[string]string{
		"languages": strings.Join(manyLanguages, "\n"), "French": manyLanguages[0], "Russian": manyLanguages[4], "Chinese": manyLanguages[6], "Arabic": manyLanguages[9],
		"full width": "ＡＢＣ　１２３４，", "zero width": "c\u200ba\u200br\u200bd\u200b \u200b", "mixed": "pаsswоrd ",
	} {
		text := repeat(text, 64<<10)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(64 << 10)
			b.ReportAllocs()
			for b.Loop() {
				Scan(text)
			}
		})
	}
}

// BenchmarkHostile1M shows that no text costs much more than another.
func BenchmarkHostile1M(b *testing.B) {
	for name, pattern := range hostile {
		text := repeat(pattern, 1<<20)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(1 << 20)
			for b.Loop() {
				Scan(text)
			}
		})
	}
}
