package detect

import "unicode"

// What becomes of a character: nothing, an ASCII byte, or one of these.
const (
	foldNone   uint16 = 0
	foldDrop   uint16 = 1 << (7 + iota) // it isn't seen
	foldMark                            // it belongs to the letter before it
	foldLike                            // with an ASCII letter: it looks like it, in another script
	foldRaised                          // with an ASCII digit: it is that, above or below the line
	foldLonger                          // with an index in longer: it becomes several bytes
)

// folds is what becomes of the characters of the basic plane, in pages of 256.
var folds [256]*[256]uint16

// longer is what becomes of characters that become several bytes.
var longer [][]byte

// foldOf says what becomes of c.
func foldOf(c rune) uint16 {
	if c < 0x10000 {
		if p := folds[c>>8]; p != nil {
			return p[c&0xff]
		}
		return foldNone
	}
	return foldHigh(c)
}

// foldHigh is foldOf beyond the basic plane: Unicode's mathematical
// alphanumerics, letters in circles and squares, digits of further scripts,
// and the tags and variation selectors that no one sees.
func foldHigh(c rune) uint16 {
	switch {
	case c >= 0x1f300 && c < 0x1fb00, c >= 0x20000 && c < 0xe0000:
		return foldNone // pictures, rare ideographs
	case c >= 0x1d400 && c < 0x1d6a4:
		if k := (c - 0x1d400) % 52; k >= 26 {
			return 'a' + uint16(k-26)
		} else {
			return 'A' + uint16(k)
		}
	case c >= 0x1f110 && c < 0x1f18a:
		if k := (c - 0x1f110) % 32; k < 26 {
			return 'A' + uint16(k)
		}
	case c >= 0xe0000 && c < 0xe1000:
		return foldDrop
	}
	for _, r := range unicode.Nd.R32 {
		if c >= rune(r.Lo) && c <= rune(r.Hi) {
			return '0' + uint16(c-rune(r.Lo))%10
		}
	}
	return foldNone
}

// marks are the combining marks that make letters of European languages and
// Vietnamese, each with pairs of a letter and what the two make (NFC).
var marks = []struct {
	mark  rune
	pairs string
}{
	{0x300, "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"},
	{0x301, "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώГЃКЌгѓкќÇḈçḉKḰkḱMḾmḿPṔpṕWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ"},
	{0x302, "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"},
	{0x303, "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"},
	{0x304, "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟYȲyȳGḠgḡ"},
	{0x306, "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўẠẶạặ"},
	{0x307, "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡTṪtṫWẆwẇXẊxẋYẎyẏ"},
	{0x308, "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋЕЁІЇеёіїWẄwẅ"},
	{0x309, "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"},
	{0x30a, "AÅaåUŮuů"},
	{0x30b, "OŐoőUŰuű"},
	{0x30c, "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔGǦgǧ"},
	{0x31b, "OƠoơUƯuư"},
	{0x323, "DḌdḍHḤhḥSṢsṣTṬtṭZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"},
	{0x326, "SȘsșTȚtț"},
	{0x327, "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţ"},
	{0x328, "AĄaąEĘeęIĮiįUŲuųOǪoǫ"},
}

var composed = map[[2]rune]rune{}

// compose returns the letter that c and the mark behind it make, or 0.
func compose(c, mark rune) rune { return composed[[2]rune{c, mark}] }

func init() {
	set := func(c rune, f uint16) {
		if folds[c>>8] == nil {
			folds[c>>8] = new([256]uint16)
		}
		folds[c>>8][c&0xff] = f
	}
	span := func(lo, hi rune, f uint16) {
		for c := lo; c <= hi; c++ {
			set(c, f)
		}
	}
	// each sets c and the characters behind it to those of to.
	each := func(c rune, to string) {
		for i := range len(to) {
			if to[i] != '.' {
				set(c+rune(i), uint16(to[i]))
			}
		}
	}
	several := func(c rune, to string) {
		set(c, foldLonger|uint16(len(longer)))
		longer = append(longer, []byte(to))
	}
	all := func(chars string, f uint16) {
		for _, c := range chars {
			set(c, f)
		}
	}
	// Not seen: zero-width, directions, soft hyphen, joiners, fillers and the
	// selectors of a variant (Unicode's Default_Ignorable_Code_Point).
	for _, r := range [...][2]rune{{0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c}, {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f},
		{0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}} {
		span(r[0], r[1], foldDrop)
	}
	span(0x300, 0x34e, foldMark)
	span(0x350, 0x36f, foldMark)
	span(0x20d0, 0x20f0, foldMark) // circles and key caps around a digit
	for _, m := range marks {
		p := []rune(m.pairs)
		for i := 0; i+1 < len(p); i += 2 {
			composed[[2]rune{p[i], m.mark}] = p[i+1]
		}
	}
	// Spaces (Zs), the empty pattern of Braille, and the ends of lines.
	all("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000", ' ')
	all("\u0085\u2028\u2029", '\n')
	all("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63", '-')
	all("‘’‚‛′", '\'')
	all("“”„‟″«»", '"')
	// Digits (Nd); each script has ten in order.
	for _, r := range unicode.Nd.R16 {
		if r.Lo >= 0x80 {
			for c := r.Lo; c <= r.Hi; c++ {
				set(rune(c), '0'+(c-r.Lo)%10)
			}
		}
	}
	for c := rune(0xff01); c <= 0xff5e; c++ { // full-width
		set(c, uint16(c-0xff01+'!'))
	}
	// The forms that NFKC makes plain.
	each(0xfe50, ",...;:?!-(){}..#&*+-<>=.\\$%@")
	set(0xfe52, '.')
	for i, c := range []rune{0x2070, 0xb9, 0xb2, 0xb3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079} {
		set(c, foldRaised|'0'+uint16(i))
		set(0x2080+rune(i), foldRaised|'0'+uint16(i))
	}
	each(0x2102, "C.......gHHHh.IILl.N...PQRRR......Z...Z.K.BC.eEF.Mo....i")
	each(0x2145, "Ddeij")
	several(0x2116, "No")
	each(0x2460, "123456789")
	each(0x2776, "123456789")
	each(0x2780, "123456789")
	each(0x278a, "123456789")
	each(0x24f5, "123456789")
	set(0x24ea, '0')
	set(0x24ff, '0')
	for i := range rune(11) {
		several(0x2469+i, string([]byte{'1' + byte(i/10), '0' + byte(i%10)}))
	}
	for i := range rune(9) {
		several(0x2474+i, "("+string('1'+i)+")")
	}
	for i := range rune(26) {
		several(0x249c+i, "("+string('a'+i)+")")
		set(0x24b6+i, 'A'+uint16(i))
		set(0x24d0+i, 'a'+uint16(i))
	}
	for i, l := range [...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"} {
		several(0xfb00+rune(i), l)
	}
	// Letters of other scripts that look like ASCII's (Unicode's confusables).
	like := func(pairs string) {
		p := []rune(pairs)
		for i := 0; i+1 < len(p); i += 2 {
			set(p[i], foldLike|uint16(p[i+1]))
		}
	}
	like("АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXԌGԚQԜWҺHӀI" + "аaеeѕsіiјjкkоoрpсcуyхxԁdԛqԝwһhӏlһhѵvүyҮY") // Cyrillic
	like("ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX" + "αaιiκkνvοoρpυuχx")                                     // Greek
	like("ɑaɡgɩiʏY")                                                                              // phonetic
}
