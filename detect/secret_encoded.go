package detect

import (
	"bytes"
	"encoding/base64"
)

// encodedKeys is how a private key in base64 without the lines of PEM around
// it can begin, and PEM and JWTs in base64: the first bytes of DER with 30 and
// a length, "-----BEGIN" and "eyJ".
var encodedKeys = []string{"MII", "MIG", "MHc", "MHQ", "MC4", "MFE", "LS0tLS1CRUdJTi", "ZXlK", "PuTTY-User-Key-File-"}

const (
	// minEncodedKey is the shortest private key in base64, an Ed25519 one.
	minEncodedKey = 60
	// maxEncoded is how much of an encoded token is decoded.
	maxEncoded = 4096
)

var (
	derOfKey     = say("base64 of a private key")
	encodedPEM   = say("base64 of a private key in PEM form")
	encodedToken = say("base64 of a JSON web token")
)

// encodedKey looks at the base64 that starts at i.
func (s *scanner) encodedKey(i int) int {
	text := s.text
	if text[i] == 'P' {
		return s.putty(i)
	}
	end := s.stretch(i, isBase64, len(text))
	if end-i < minEncodedKey {
		return i
	}
	why := Why{Length: end - i}
	switch {
	case text[i] == 'M':
		if why.Form = derOfKey; !isPrivateDER(text[i:end]) || !varied(text[i:end]) {
			return i
		}
		// The further lines of one that is broken into lines.
		for k := 0; k < 200; k++ {
			line := s.stretch(end, isSpace, 4)
			if line == end || s.stretch(line, isBase64, 20) < line+20 {
				break
			}
			end = s.stretch(line, isBase64, 512)
		}
		why.Length = end - i
		s.add(PrivateKey, ClassSecret, High, i, end, why)
	case text[i] == 'L':
		if why.Form = encodedPEM; !encodedPrivate.in(text[i:min(end, i+80)]) {
			return i
		}
		s.add(PrivateKey, ClassSecret, High, i, end, why)
	default:
		if why.Form = encodedToken; !s.encodedJWT(text[i:min(end, i+maxEncoded)]) {
			return i
		}
		s.add(JWT, ClassSecret, High, i, end, why)
	}
	return end
}

// encodedPrivate is "PRIVATE KEY-" at each of the three places it can have in
// a group of base64, in lower case: lexicons don't tell cases apart.
var encodedPrivate = newLexicon("ufjjvkfursblrvkt", "quklwqvrfietfws0t", "quklwqvrfiefwst", "fbssvzbveugs0vz")

// isPrivateDER tells by the first bytes of a DER structure whether it's a
// private key: PKCS #1, PKCS #8 and SEC 1 begin with a small version number
// (RFC 8017, 5208, 5915), PKCS #12 with version 3; a certificate or public key
// doesn't. An encrypted PKCS #8 key begins with PKCS #5's identifier.
func isPrivateDER(v []byte) bool {
	var buf [24]byte
	n, err := base64.StdEncoding.Decode(buf[:], v[:32])
	if err != nil || n < 24 || buf[0] != 0x30 {
		return false
	}
	at := 2
	if buf[1] > 0x80 {
		at += int(buf[1] & 0x7f)
	}
	if at > 5 {
		return false
	}
	b := buf[at:]
	if b[0] == 0x02 && b[1] == 1 { // INTEGER of one byte
		// Behind it: the modulus, the algorithm, the key, or PKCS #12's content.
		next := b[3]
		return b[2] <= 1 && (next == 0x02 || next == 0x30 || next == 0x04) || b[2] == 3 && next == 0x30
	}
	const pkcs5 = "\x2a\x86\x48\x86\xf7\x0d\x01\x05"
	for k := 0; k+len(pkcs5) <= len(b); k++ {
		if string(b[k:k+len(pkcs5)]) == pkcs5 {
			return true
		}
	}
	return false
}

// encodedJWT reports whether base64 text holds a JSON web token.
func (s *scanner) encodedJWT(v []byte) bool {
	r := newRewrite() // it is wiped
	defer r.release()
	r.reserve(maxEncoded)
	n, err := base64.RawStdEncoding.Decode(r.text[:maxEncoded], v[:len(v)/4*4])
	if err != nil {
		return false
	}
	inner := scanner{text: r.text[:n:n]}
	return inner.jwt(0) > 0 && len(inner.findings) > 0
}

// keyReach is how far a key's parts may be from each other, in bytes.
const keyReach = 4096

var (
	puttyLines = say("PuTTY's private lines")
	webKeyPart = say("the private part of a JSON web key")
)

// putty looks at a key file of PuTTY that starts at i.
func (s *scanner) putty(i int) int {
	text := s.text
	const mark = "\nPrivate-Lines: "
	if i < s.ahead {
		return i
	}
	s.ahead = i + keyReach
	k := bytes.Index(text[i:min(len(text), i+keyReach)], []byte(mark))
	s.steps += min(keyReach, len(text)-i)
	if k < 0 {
		return i
	}
	line := s.stretch(s.stretch(i+k+len(mark), isDigit, 4), isSpace, 4)
	end := s.stretch(line, isBase64, 80)
	if end-line < minKeyLine || !varied(text[line:end]) {
		return i
	}
	for more := end; ; end = more {
		if more = s.stretch(s.stretch(end, isSpace, 4), isBase64, 80); more-end < minKeyLine {
			break
		}
	}
	s.add(PrivateKey, ClassSecret, High, i, end, Why{Length: end - i, Form: puttyLines})
	return end
}

// webKey looks at "d": "...", or "k", of a JSON web key (RFC 7517), whose name
// is at start and whose value begins behind i.
func (s *scanner) webKey(start, i int) bool {
	text := s.text
	if text[start] != 'd' && text[start] != 'k' {
		return false
	}
	if i < len(text) && text[i] == ' ' {
		i++
	}
	if i >= len(text) || text[i] != '"' && text[i] != '\'' {
		return false
	}
	end := s.stretch(i+1, isToken, 1400)
	around := text[max(0, start-keyReach/4):min(len(text), end+keyReach/4)]
	if end-i < 22 || !varied(text[i+1:end]) {
		return false
	}
	s.steps += len(around)
	if !bytes.Contains(around, []byte(`"kty"`)) || text[start] == 'k' && !bytes.Contains(around, []byte(`"oct"`)) {
		return false
	}
	s.add(PrivateKey, ClassSecret, High, i+1, end, Why{Length: end - i - 1, Form: webKeyPart})
	return true
}
