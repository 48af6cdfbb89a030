package detect

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// read returns text in plain letters, and the way back of a part of it.
func read(t interface{ Fatal(...any) }, text string) (plain string, back func(start, end int) (int, int)) {
	steps := 0
	r, err := normalise(background, []byte(text), 0, &steps)
	if err != nil {
		t.Fatal(err)
	}
	if r == nil {
		return text, func(start, end int) (int, int) { return start, end }
	}
	return string(r.text), r.back
}

func TestTextIsReadInPlainLetters(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"ＡＫＩＡ　７Ｔ：＝", "AKIA 7T:="},
		{"4\u200b7\u200c1\u200d6\u2060\ufeff", "4716"},
		{"pass\u00adword", "password"},
		{"GB97\u00a0LOWW\u20094688", "GB97 LOWW 4688"},
		{"856‑45–6789 −5", "856-45-6789 -5"},
		{"token = “abc” ‘d’", `token = "abc" 'd'`},
		{"٤٧١٦ ४७१६ ๔๗๑๖ ４７１６", "4716 4716 4716 4716"},
		{"𝟒𝟕𝟏𝟔 𝖠𝖪𝖨𝖠 𝒸𝒶𝓇𝒹 ℎ", "4716 AKIA card h"},
		{"④⑦①⑥ ⑫ ⓐⒷ 🄰🅱", "4716 12 aB AB"},
		{"4\ufe0f\u20e37\ufe0f\u20e3", "47"},
		{"conﬁdential aﬀair № 5", "confidential affair No 5"},
		{"nu\u0301mero fu\u0308r Ha\u030amal vie\u0323\u0302t", "número für Håmal việt"},
		{"4\u03367\u03361\u03366", "4716"},
		{"10² kg/m³ text⁷", "10² kg/m³ text⁷"}, // powers and footnotes
		{"card ⁴⁷¹⁶", "card 4716"},
		{"АKIАE7TF", "AKIAE7TF"},
		{"pаsswоrd: x", "password: x"},
		{"сор Москва СССР", "сор Москва СССР"},       // words of their own language
		{"ΑΒΓ και ΟΧΙ", "ΑΒΓ και ΟΧΙ"},               // likewise
		{"COVIDом USB-кабель", "COVIDом USB-кабель"}, // not all of its letters look like ASCII's
		{"müller@exämple.de;straße", "müller@exämple.de;straße"},
		{"a;\"b\"\r\nc\t1,5", "a;\"b\"\r\nc\t1,5"},
		{"\xff\xfeЖ\xc3", "\xff\xfeЖ\xc3"},
		{"\u0301\u0301a\u200b\u0301", "\u0301\u0301á"},
	} {
		if got, _ := read(t, c.text); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.text, got, c.want)
		}
	}
}

// What is folded is what NFKC, the confusables and the named exceptions say.
func TestFoldsAgreeWithUnicode(t *testing.T) {
	// Ours beyond NFKC: what looks alike to a person but has a meaning of its
	// own to Unicode.
	ours := func(c rune) bool {
		return c >= 0x2010 && c <= 0x2015 || c == 0x2043 || c == 0x2212 || c == 0xfe58 || // dashes
			strings.ContainsRune("‘’‚‛“”„‟′″«»\u0085\u2028\u2029\u1680\u2800", c) ||
			c >= 0x2776 && c <= 0x2792 || c >= 0x24f5 && c <= 0x24ff || // digits in black circles
			c >= 0x1f110 && c < 0x1f18a
	}
	for c := rune(0x80); c <= 0x1ffff; c++ {
		f, plain := foldOf(c), norm.NFKC.String(string(c))
		if !unicode.IsPrint(c) && !unicode.IsSpace(c) {
			continue // not given to any character
		}
		var got string
		switch {
		case f == foldNone:
			// Every way to write a letter or digit is covered, but for these.
			left := strings.ContainsRune("ªº", c) || // ordinals
				c >= 0x2c7c && c <= 0x2c7d || c >= 0x1d2c && c <= 0x1dbf || c >= 0x2b0 && c <= 0x2e4 || c >= 0x2071 && c <= 0x209c || // letters above or below the line
				c >= 0x2160 && c <= 0x217f || // Roman numerals
				c == 0x17f || c >= 0xa7f2 && c <= 0xa7f4 || c >= 0x10780 && c <= 0x107ba || // long s, modifier letters
				c >= 0x1f12a && c <= 0x1f12f // in brackets and circles, as trademarks
			if len(plain) == 1 && class[plain[0]]&isAlnum != 0 && !left {
				t.Errorf("%U %c: NFKC makes it %q", c, c, plain)
			}
			continue
		case f < foldDrop:
			got = string(rune(f))
		case f&foldRaised != 0:
			got = string(rune(byte(f)))
		case f&foldLonger != 0:
			got = string(longer[f&^foldLonger])
		default:
			continue
		}
		digit := len(got) == 1 && class[got[0]]&isDigit != 0 && unicode.Is(unicode.Nd, c) // of another script
		if got != plain && !digit && !ours(c) {
			t.Errorf("%U %c is folded to %q, NFKC makes it %q", c, c, got, plain)
		}
	}
	for _, m := range marks {
		p := []rune(m.pairs)
		for i := 0; i+1 < len(p); i += 2 {
			if want := norm.NFC.String(string([]rune{p[i], m.mark})); string(p[i+1]) != want {
				t.Errorf("%c and %U make %s, not %c", p[i], m.mark, want, p[i+1])
			}
		}
	}
}

// spelling is a character as it is written and as it is read.
type spelling struct{ as, plain string }

var writings = []spelling{
	{"a", "a"}, {"7", "7"}, {" ", " "}, {"\n", "\n"}, {"ü", "ü"}, {"漢", "漢"}, {"😀", "😀"}, {"Ａ", "A"}, {"７", "7"}, {"\u200b", ""}, {"\u00ad", ""}, {"\u00a0", " "},
	{"–", "-"}, {"“", `"`}, {"𝟕", "7"}, {"\U000e0041", ""}, {"ﬃ", "ffi"}, {"⑫", "12"}, {"①", "1"}, {"٣", "3"}, {"Ж", "Ж"}, {"u\u0308", "ü"},
}

func TestEveryPartLeadsBackToWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(writings), 1, 60).Draw(t, "parts")
		var text, plain strings.Builder
		type edge struct{ plain, from, to int }
		var edges []edge // of each part that is seen
		for _, p := range parts {
			if p.plain != "" {
				edges = append(edges, edge{plain.Len(), text.Len(), text.Len() + len(p.as)})
			}
			text.WriteString(p.as)
			plain.WriteString(p.plain)
		}
		got, back := read(t, text.String())
		if got != plain.String() {
			t.Fatalf("%q is read as %q, want %q", text.String(), got, plain.String())
		}
		edges = append(edges, edge{plain: plain.Len()})
		for a := 0; a < len(edges)-1; a++ {
			for b := a + 1; b < len(edges); b++ {
				if from, to := back(edges[a].plain, edges[b].plain); from != edges[a].from || to != edges[b-1].to {
					t.Fatalf("%q: %d to %d leads back to %d and %d, want %d and %d", text.String(), edges[a].plain, edges[b].plain, from, to, edges[a].from, edges[b-1].to)
				}
			}
		}
	})
}

func FuzzNormalise(f *testing.F) {
	for _, w := range writings {
		f.Add("pаss" + w.as + "x\xff" + w.as + w.as)
	}
	f.Add("a\u0301\u0301e\u0302\u0301АKIА\u200bА²")
	f.Fuzz(func(t *testing.T, text string) {
		plain, back := read(t, text)
		if len(plain) > len(text) {
			t.Fatalf("%q got longer: %q", text, plain)
		}
		last := 0
		for i := 0; i < len(plain); {
			_, n := utf8.DecodeRuneInString(plain[i:])
			from, to := back(i, i+n)
			if from < last || to <= from || to > len(text) {
				t.Fatalf("%q: %d leads back to %d and %d, behind %d", text, i, from, to, last)
			}
			if utf8.ValidString(text) && (!utf8.RuneStart(text[from]) || to < len(text) && !utf8.RuneStart(text[to])) {
				t.Fatalf("%q: %d leads back into a character, %d to %d", text, i, from, to)
			}
			last, i = from, i+n
		}
	})
}

// TestOrdinaryTextIsNotCopied keeps what most people paste cheap.
func TestOrdinaryTextIsNotCopied(t *testing.T) {
	for _, text := range []string{
		"Ça a été décidé à Orléans, où l'équipe \"Façade\" fête Noël.", "Größe, Übung, Maße: 3,5 m", "mañana, año, ¿qué tal?", "żółć, świeca",
		"Привет, как дела? Всё хорошо, спасибо; отчёт готов.", "Καλημέρα σας, η συνάντηση είναι στις 15:30.", "会议改到下午三点半。请把报告发给我。", "会議は木曜日です。",
		"안녕하세요, 회의는 오후 3시입니다.", "مرحبا، الاجتماع يوم الخميس", "नमस्ते, बैठक गुरुवार को होगी।", "สวัสดีครับ การประชุม", "Họp lúc 15:30 thứ Năm", "😀 ok 👍",
	} {
		steps := 0
		if r, err := normalise(background, []byte(text), 0, &steps); r != nil || err != nil {
			t.Errorf("%q is copied: %q", text, r.text)
		}
	}
}

// manyLanguages are ordinary sentences as people write them.
var manyLanguages = []string{
	"Bonjour à tous, la réunion du 12 mai est décalée à 15 h 30 : merci de prévenir l’équipe « Façade », salle n° 214, avant jeudi. Numéro de commande 4711-208.",
	"Sehr geehrte Frau Müller, die Lieferung Nr. 48210 verzögert sich um 3–4 Tage; über die „Grüße“ haben wir uns gefreut. Rückfragen: 030 2644248.",
	"¿Podrías enviarme el informe de mañana? El año pasado vendimos 1.250 unidades más que en 2024, según la señora Núñez.",
	"Dzień dobry, proszę o przesłanie faktury nr 17/05/2026 na kwotę 1 250,00 zł. Spotkanie przenosimy na środę, godzina 14:00.",
	"Здравствуйте! Встреча отдела перенесена на 15:30, комната 214. Пожалуйста, пришлите отчёт до четверга; вопросы — по телефону 8 (495) 123-45-67.",
	"Καλημέρα σας, η συνάντηση μεταφέρθηκε στις 15:30. Παρακαλώ στείλτε την αναφορά έως την Πέμπτη, αριθμός παραγγελίας 4711.",
	"各位同事：下周三的会议改到下午三点半，地点在二楼会议室（214）。请在周四之前把报告发给我，谢谢！订单号4711，数量１２件。",
	"お疲れ様です。来週の会議は１５時３０分に変更になりました。資料は木曜日までに共有フォルダへお願いします。ご質問は内線２１４まで。",
	"안녕하세요, 다음 주 회의는 오후 3시 30분으로 변경되었습니다. 목요일까지 보고서를 보내 주세요. 내선 214번입니다.",
	"مرحبا، تم تأجيل الاجتماع إلى الساعة ١٥:٣٠ يوم الخميس. يرجى إرسال التقرير قبل ٢٠٢٦/٠٥/١٢، رقم الطلب ٤٧١١.",
	"नमस्ते, बैठक अब गुरुवार को १५:३० बजे होगी। कृपया रिपोर्ट १२ मई तक भेजें, ऑर्डर संख्या ४७११।",
	"สวัสดีครับ การประชุมเลื่อนไปเป็นวันพฤหัสบดี เวลา ๑๕:๓๐ น. ห้อง ๒๑๔ กรุณาส่งรายงานก่อนวันที่ ๑๒ พฤษภาคม",
	"Xin chào, cuộc họp được dời sang thứ Năm lúc 15:30. Vui lòng gửi báo cáo trước ngày 12 tháng 5, mã đơn hàng 4711.",
	"سلام، جلسه به پنج\u200cشنبه ساعت ۱۵:۳۰ منتقل شد. لطفاً گزارش را تا ۱۲ اردیبهشت بفرستید، شماره سفارش ۴۷۱۱.",
}

func TestOrdinaryTextInManyLanguagesHasNoFindings(t *testing.T) {
	for _, text := range manyLanguages {
		for _, text := range []string{text, norm.NFD.String(text), strings.Repeat(text+"\n", 40)} {
			if fs := Scan([]byte(text)).Findings; len(fs) != 0 {
				t.Errorf("%.60q: %+v", text, fs)
			}
		}
	}
}

func TestWhatWasCopiedIsWiped(t *testing.T) {
	r := newRewrite()
	r.reserve(4)
	first := r.text[:4:4]
	r.keep([]byte("4716 2580"), 0, 4, Plain)
	r.keep([]byte("4716 2580"), 4, 9, Plain) // needs a bigger place
	all := r.text[:cap(r.text)]
	r.release()
	if slices.ContainsFunc(append(first, all...), func(b byte) bool { return b != 0 }) {
		t.Errorf("what was copied is still there: %q %q", first, all)
	}
}
