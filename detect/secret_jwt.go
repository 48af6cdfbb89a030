package detect

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
)

// JWT finds signed or encrypted JSON web tokens.
const JWT DetectorID = "jwt"

func jwtDetectors() []Detector {
	const (
		header  = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
		payload = ".eyJjb25maWRlbmNlIjowLjh9"
		sign    = ".kvRPfjAhLhtRTczoRgctVGp7KY1QVH3UBZM-gM0x8ec"
	)
	return []Detector{{
		ID: JWT, Class: ClassSecret, Confidence: High,
		Title: "JSON web token: the header decodes to JSON with an algorithm",
		Hits:  []string{header + payload + sign, "Authorization: Bearer " + header + payload + sign, "?jwt=" + header + payload + sign + "&x=1"},
		Misses: []string{
			header, header + payload, header + ".eyJ.x",
			"eyJub3RoaW5nIjoiaGVyZSJ9" + payload + sign, // no algorithm
			"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ" + payload + sign,
			// The sample of jwt.io.
			header + ".eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ" + ".SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
		},
	}}
}

// sampleJWTs are the signatures of the tokens that jwt.io shows.
var sampleJWTs = [...]string{
	"SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
	"KMUFsIDTnFmyG3nMiGM6H9FNFUROf3wh7SmqJp-QV30",
	"TJVA95OrM7E2cBab30RMHrHDcEfxjoYZgeFONFh7HgQ",
}

var jwtParts = say("header of a JSON web token")

const maxHeader = 1024 // base64 of a JWT header, which is rarely over 200

// jwt looks for a JSON web token that starts at i.
func (s *scanner) jwt(i int) int {
	text := s.text
	h := s.stretch(i, isToken, maxHeader)
	if h-i < 16 || h >= len(text) || text[h] != '.' {
		return i
	}
	var buf [maxHeader]byte
	n, err := base64.RawURLEncoding.Decode(buf[:], text[i:h])
	if err != nil || !bytes.Contains(buf[:n], []byte(`"alg"`)) || !json.Valid(buf[:n]) {
		return i
	}
	p := s.stretch(h+1, isToken, len(text))
	if p-h-1 < 8 || p >= len(text) || text[p] != '.' {
		return i
	}
	end := s.stretch(p+1, isToken, len(text))
	if end-p-1 < 16 {
		return i
	}
	signature := text[p+1 : end]
	for end < len(text) && text[end] == '.' { // the further parts of an encrypted one
		more := s.stretch(end+1, isToken, len(text))
		if more == end+1 {
			break
		}
		end = more
	}
	for _, sample := range sampleJWTs {
		if string(signature) == sample {
			return end
		}
	}
	s.add(JWT, ClassSecret, High, i, end, Why{Length: end - i, Form: jwtParts})
	return end
}
