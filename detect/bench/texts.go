package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
)

type text struct {
	name string
	body []byte
}

// mixed64 is the text that the wanted ratios are about.
const mixed64 = "mixed, 64 KB"

func texts() []text {
	var all []text
	for _, size := range []struct {
		name string
		n    int
	}{{"64 KB", 64 << 10}, {"1 MB", 1 << 20}} {
		for _, kind := range []string{"clean", "mixed", "dense"} {
			all = append(all, text{kind + ", " + size.name, write(kind, size.n)})
		}
	}
	return append(all, text{"no ASCII, 64 KB", write("no ASCII", 64<<10)})
}

// write makes n bytes of a kind of text: clean is documents and code, mixed has
// a customer table and a few secrets in every third part, dense has nothing
// else.
func write(kind string, n int) []byte {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		switch {
		case kind == "no ASCII":
			b.WriteString(foreign)
		case kind == "clean", kind == "mixed" && i%3 != 0:
			b.WriteString(clean)
		default:
			table(&b, i)
		}
	}
	return []byte(b.String()[:n])
}

func table(b *strings.Builder, i int) {
	for row := range 8 {
		fmt.Fprintf(b, "%d,Ana Rossi,ana.rossi%d@contoso.com,+44 7700 900%03d,Gold,%d.00,2026-%02d-%02d\n", i*8+row, i*8+row, row, 1000+i, i%12+1, row+1)
	}
	if i%2 == 0 {
		b.WriteString("refund to card 4716 2580 5997 0930, iban GB97 LOWW 4688 8763 1960 59, SSN 853-37-1694\n")
		b.WriteString("DATABASE_URL=postgres://crm:S72tGL6fUMtg@10.2.3.4/crm\napi_key: rq5xndkcod8zccid7z2f57kquwsub8ga\n")
	}
}

const clean = `Hi Yusuf, thanks for the call on 21.1.2026 at 10:30. Order #9833998302 arrives between 6 and 13 May.
func main() { token := getToken(ctx); password := os.Getenv("DB_PASSWORD"); fmt.Println(len(token) == 12, password) }
{"lodash": {"version": "4.17.7", "url": "https://registry.example/lodash.tgz"}, "id": "1c906b10-6eb5-44ed-a212-40c17947fd4e"}
Contact: Noah Haddad, noah.haddad95@northwind-traders.co.uk, +49 30 2644248. 0.9552803630671191, 2,350.00 EUR, 12 of 40 --- done
`

const foreign = `Als wir ankamen, lag der Hafen still; die Rechnung über 1.250,00 € war längst bezahlt – „gut so“, sagte Jürgen.
Когда мы приехали, порт был тих. Заказ № 4471902 от 12 мая оплачен, посылка придёт завтра.
会議は５月十二日、午後三時からです。注文番号 8830021 の件、よろしくお願いします。
الميناء هادئ، والسعر ٤٥ يورو. L’élève a reçu sa carte 4716 2580 5997 0930 à Noël.
`

// pattern is a hostile text: something repeated.
type pattern struct{ name, what string }

func (p pattern) of(n int) []byte { return bytes.Repeat([]byte(p.what), n/len(p.what)+1)[:n] }

func hostileTexts() []pattern {
	nested := "the harbour was quiet"
	for len(nested) < 1<<20 {
		nested = base64.StdEncoding.EncodeToString([]byte(nested))
	}
	return []pattern{
		{"one letter", "a"},
		{"one base64 line", "TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQ"},
		{"sk-", "sk-"},
		{"a_", "a_"},
		{"redis://a:b", "redis://a:b"},
		{"PEM header", "-----BEGIN " + "PRIVATE KEY-----"},
		{"a million digits", "4716258059970930"},
		{"nested base64", nested},
		{"nested percent", "%25252541"},
		{"entities", "&#65;"},
		{"zero width", "a\u200b"},
	}
}
