package detect

import (
	"crypto/sha256"

	"golang.org/x/crypto/sha3"
)

// Cryptocurrency: where money is, and the keys that move it.
const (
	CryptoAddress DetectorID = "crypto_address"
	CryptoKey     DetectorID = "crypto_private_key"
)

func cryptoDetectors() []Detector {
	return []Detector{{
		ID: CryptoAddress, Class: ClassBank, Confidence: High,
		Title: "Cryptocurrency address: Bitcoin and its kin by checksum, Ethereum by EIP-55 or context",
		Hits: []string{
			"16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ", "pay 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy now", "wallet:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
			"BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ", "send to 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
			"ETH wallet 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297",
		},
		Misses: []string{
			"16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ2", "16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyX", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdz",
			"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
			"bc1 and 1A are no addresses", "x16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ",
			"wallet 0x0000000000000000000000000000000000000000", // nobody's
			"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",                // the first block's, in every article
		},
	}, {
		ID: CryptoKey, Class: ClassSecret, Confidence: High,
		Title: "Cryptocurrency private key (WIF, xprv) or recovery phrase of 12 to 24 words",
		Hits: []string{
			"L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1", "5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss",
			"my seed phrase: ladder hotel ocean brisk velvet cactus royal spoon amateur wedding harvest dune",
			"mnemonic = \"ladder hotel ocean brisk velvet cactus royal spoon amateur wedding harvest dune\"",
			"recovery phrase is 1. ladder 2. hotel 3. ocean 4. brisk 5. velvet 6. cactus 7. royal 8. spoon 9. amateur 10. wedding 11. harvest 12. dune",
		},
		Misses: []string{
			"L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY2", "ladder hotel ocean brisk velvet cactus royal spoon amateur wedding harvest dune",
			"seed phrase: abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
			"mnemonic: test test test test test test test test test test test junk", "recovery phrase: ladder hotel ocean brisk velvet cactus",
			"Your recovery phrase unlocks the wallet, and whoever knows these words from the list owns the coins", "mnemonic for the planets: many very early",
			"seed phrase: ladder hotel ocean brisk velvet cactus royal spoon amateur wedding harvest dune castle",
			"a seed phrase which somebody wrote down long before they were asked about what could happen",
		},
	}}
}

var (
	walletNames = newTopic("wallet", "eth", "ethereum", "erc20", "erc 20", "metamask", "crypto", "address", "usdt", "usdc", "btc", "bitcoin", "polygon", "bnb", "deposit",
		"withdraw", "recipient", "adresse", "dirección", "кошелек", "кошелёк", "钱包", "地址", "ウォレット", "지갑")
	formBase58  = say("a Bitcoin or kindred address")
	formBech32  = say("a segwit address")
	formEther   = say("an Ethereum address")
	formWIF     = say("a private key for import")
	formXprv    = say("an extended private key")
	formSeed    = say("as many words as a recovery phrase has")
	unitWords   = say("words")
	eip55OK     = say("EIP-55 capitals ok")
	sampleCoins = [...]string{
		"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",         // the genesis block's
		"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",         // en.bitcoin.it's
		"1BoatSLRHtKNngkdXEeobR76b53LETtpyT",         // likewise
		"1111111111111111111114oLvT2",                // to burn coins
		"0x000000000000000000000000000000000000dEaD", // likewise
	}
)

// shortestCoin is the length of the shortest word that coin looks at.
const shortestCoin = 26

// coin looks at the word text[i:end], of shortestCoin bytes or more with
// letters and digits, for an address or a key.
func (s *scanner) coin(i, end int) {
	w := s.text[i:end]
	n := len(w)
	if n > 112 || i > 0 && class[s.text[i-1]]&isWord != 0 {
		return
	}
	switch c := w[0]; {
	case c == '0' && n == 42 && w[1] == 'x':
		s.ether(i, end)
	case (c == 'b' || c == 'B' || c == 'l' || c == 'L' || c == 'a') && n >= 42 && (hasPrefixFold(w, 0, "bc1") || hasPrefixFold(w, 0, "ltc1") || hasPrefixFold(w, 0, "addr1")):
		s.steps += n
		if isBech32(w) {
			s.add(CryptoAddress, ClassBank, High, i, end, Why{Length: n, Form: formBech32, Check: checksumOK})
		}
	case n <= 35 && (c == '1' || c == '3' || c == 'L' || c == 'M' || c == 'D' || c == 'T' || c == 'X' || c == 't'):
		s.base58(i, end, 25, 26, CryptoAddress, formBase58)
	case n >= 51 && n <= 52 && (c == '5' || c == 'K' || c == 'L'):
		s.base58(i, end, 37, 38, CryptoKey, formWIF)
	case n == 111 && (hasPrefix(w, 1, "prv") && (c == 'x' || c == 'y' || c == 'z')):
		s.base58(i, end, 82, 82, CryptoKey, formXprv)
	}
}

// base58 records text[i:end] if it is base58check of so many bytes.
func (s *scanner) base58(i, end, from, to int, id DetectorID, form Word) {
	w := s.text[i:end]
	var buf [82]byte
	s.steps += len(w) * from / 2 // each character is multiplied into all bytes before it
	raw := decodeBase58(w, &buf)
	if len(raw) < from || len(raw) > to || !isCoinVersion(raw) || isSampleCoin(w) {
		return
	}
	body, check := raw[:len(raw)-4], raw[len(raw)-4:]
	sum := sha256.Sum256(body)
	if sum = sha256.Sum256(sum[:]); string(sum[:4]) != string(check) {
		return
	}
	class := ClassBank
	if id == CryptoKey {
		class = ClassSecret
	}
	s.add(id, class, High, i, end, Why{Length: len(w), Form: form, Check: checksumOK})
}

// isCoinVersion knows the first bytes of Bitcoin, Litecoin, Dogecoin, Dash,
// Tron and Zcash addresses, and of keys (the coins' chainparams and SLIP-132).
func isCoinVersion(raw []byte) bool {
	switch len(raw) {
	case 25:
		switch raw[0] {
		case 0x00, 0x05, 0x30, 0x32, 0x1e, 0x16, 0x4c, 0x10, 0x41:
			return true
		}
	case 26:
		return raw[0] == 0x1c && (raw[1] == 0xb8 || raw[1] == 0xbd)
	case 37, 38:
		return raw[0] == 0x80
	case 82:
		return raw[0] == 0x04
	}
	return false
}

func isSampleCoin(w []byte) bool {
	for _, x := range sampleCoins {
		if string(w) == x {
			return true
		}
	}
	return false
}

var base58Digits = digitsOf("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")

// digitsOf is the value of each byte, -1 for what isn't in it.
func digitsOf(digits string) (t [256]int8) {
	for i := range t {
		t[i] = -1
	}
	for i := range len(digits) {
		t[digits[i]] = int8(i)
	}
	return t
}

// decodeBase58 returns the bytes that w stands for, at the end of buf, nil if
// it isn't base58 or is longer than buf.
func decodeBase58(w []byte, buf *[82]byte) []byte {
	for _, c := range w {
		if base58Digits[c] < 0 {
			return nil
		}
	}
	used := 0
	for _, c := range w {
		carry := int(base58Digits[c])
		for k := 0; k < used || carry > 0; k++ {
			if k == len(buf) {
				return nil
			}
			carry += int(buf[len(buf)-1-k]) * 58
			buf[len(buf)-1-k] = byte(carry)
			carry >>= 8
			used = max(used, k+1)
		}
	}
	for k := 0; k < len(w) && w[k] == '1' && used < len(buf); k++ {
		used++ // each leading 1 is a byte 0
	}
	return buf[len(buf)-used:]
}

var bech32Digits = digitsOf("qpzry9x8gf2tvdw0s3jn54khce6mua7l")

// isBech32 checks a whole bech32 (BIP 173) or bech32m (BIP 350) string, in
// small letters or capitals throughout.
func isBech32(w []byte) bool {
	var seen uint16
	sep := -1
	for i, c := range w {
		seen |= class[c] & isAlpha
		if c == '1' {
			sep = i
		}
	}
	if seen == isAlpha || sep < 1 || len(w)-sep < 7 {
		return false
	}
	chk := uint32(1)
	step := func(v byte) {
		top := chk >> 25
		chk = chk&0x1ffffff<<5 ^ uint32(v)
		for k, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>k&1 != 0 {
				chk ^= g
			}
		}
	}
	for _, c := range w[:sep] {
		step(lower(c) >> 5)
	}
	step(0)
	for _, c := range w[:sep] {
		step(lower(c) & 31)
	}
	for _, c := range w[sep+1:] {
		v := bech32Digits[lower(c)]
		if v < 0 {
			return false
		}
		step(byte(v))
	}
	return chk == 1 || chk == 0x2bc830a3
}

// ether records the Ethereum address text[i:end]: by its capitals (EIP-55) if
// it has both kinds of letters, else where a word names it.
func (s *scanner) ether(i, end int) {
	w := s.text[i+2 : end]
	l := lookAt(w)
	s.steps += len(w)
	if l.hex != len(w) || isSampleCoin(s.text[i:end]) {
		return
	}
	var seen uint16
	zeros := 0
	for _, c := range w {
		seen |= class[c] & isAlpha
		if c == '0' {
			zeros++
		}
	}
	if zeros > 20 {
		return // precompiled contracts, and nobody
	}
	why, named := s.about(i, end, walletNames)
	conf := Medium
	switch {
	case seen == isAlpha && !isEIP55(w):
		return // no address: a hash, or misspelt
	case seen == isAlpha:
		why.Check = eip55OK
		if named {
			conf = High
		}
	case !named || why.Where == After:
		return
	}
	why.Length, why.Form = end-i, formEther
	s.add(CryptoAddress, ClassBank, conf, i, end, why)
}

// isEIP55 reports whether those of the 40 digits are capitals of which the
// Keccak-256 of the small ones has a high half byte.
func isEIP55(w []byte) bool {
	var small [40]byte
	for i, c := range w {
		small[i] = lower(c)
	}
	h := sha3.NewLegacyKeccak256()
	h.Write(small[:])
	sum := h.Sum(nil)
	for i, c := range w {
		high := sum[i/2]>>(4*(1-i%2))&8 != 0
		if class[c]&isAlpha != 0 && (class[c]&isUpper != 0) != high {
			return false
		}
	}
	return true
}

// seedNames name a recovery phrase (BIP 39).
var seedNames = func() (all []seedName) {
	for _, w := range [...]string{"seed phrase", "seedphrase", "seed words", "recovery phrase", "recovery seed", "backup phrase", "secret phrase",
		"mnemonic phrase", "mnemonic", "bip39", "wallet seed"} {
		all = append(all, seedName{w, say(w)})
	}
	return all
}()

type seedName struct {
	text string
	say  Word
}

// noSeedWords are frequent words of three letters or more that BIP 39 has not.
var noSeedWords = map[string]bool{"the": true, "and": true, "for": true, "with": true, "you": true, "your": true, "are": true, "from": true, "not": true, "have": true,
	"has": true, "was": true, "were": true, "but": true, "which": true, "who": true, "they": true, "them": true, "these": true, "those": true, "been": true, "would": true,
	"could": true, "should": true, "its": true, "his": true, "her": true, "our": true, "der": true, "die": true, "das": true, "und": true, "ist": true, "les": true, "des": true}

// seed looks behind the name of a recovery phrase at i for the phrase.
func (s *scanner) seed(i int, name *seedName) int {
	text := s.text
	j, _ := s.words(i, name.text)
	if j == i {
		return i
	}
	// The name may go on: "words (12):", "is", an opening quote.
	for k := j; k < len(text) && k-j < 24; k++ {
		if text[k] == ':' || text[k] == '=' || hasPrefix(text, k, "is ") {
			if j = k + 1; text[k] == 'i' {
				j = k + 2
			}
			break
		}
		if text[k] == '.' {
			break
		}
	}
	start, end, n, distinct := -1, j, 0, uint64(0)
	for k := j; n < 25 && k < len(text); {
		// Between two words: spaces, lines, commas, quotes and numbers.
		gap := s.stretch(k, isSpace|isDigit|isDot, 8)
		for gap < len(text) && gap-k < 8 && (text[gap] == ',' || text[gap] == '"' || text[gap] == '\'' || text[gap] == '[' || text[gap] == ')' || class[text[gap]]&(isSpace|isDigit) != 0) {
			gap++
		}
		e := s.stretch(gap, isLower, 9)
		if e-gap < 3 || e-gap > 8 || e < len(text) && class[text[e]]&isWord != 0 || noSeedWords[string(text[gap:e])] {
			break
		}
		if start < 0 {
			start = gap
		}
		h := uint32(0)
		for _, c := range text[gap:e] {
			h = h*31 + uint32(c)
		}
		distinct |= 1 << (h * 2654435761 >> 26)
		n++
		k, end = e, e
	}
	if n != 12 && n != 15 && n != 18 && n != 21 && n != 24 || ones(distinct) < 7 {
		return i // too few, or the test vectors of BIP 39, which repeat a word
	}
	s.add(CryptoKey, ClassSecret, High, start, end, Why{Length: n, Unit: unitWords, Form: formSeed, Near: name.say, Where: Before, Distance: characters(text[j:start])})
	return end
}
