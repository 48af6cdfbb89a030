package browser

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Encode writes a message of the session, or the relay's Nobody, without its
// length. The bytes of a Finish hold text: the caller wipes them.
func Encode(m any) ([]byte, error) {
	switch m := m.(type) {
	case Welcome:
		return withKind("welcome", m)
	case Clip:
		if !m.Clean {
			return []byte(`{"kind":"clip"}`), nil
		}
		return withKind("clip", m)
	case Verdict:
		return withKind("verdict", m)
	case Finish:
		return m.encode(), nil
	case SelfTest:
		return withKind("selftest", m)
	case Nobody:
		return []byte(`{"kind":"nobody"}`), nil
	}
	return nil, fmt.Errorf("%T is no message to a browser", m)
}

// Size is at most how long the frame of a Finish with this text is, in bytes:
// what is over MaxToBrowser can't be sent.
func Size(text []byte) int { return 6*len(text) + 100 }

func withKind(kind string, m any) ([]byte, error) {
	b, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return append([]byte(`{"kind":"`+kind+`",`), b[1:]...), nil
}

// encode writes the message by hand: no string is made of the text, and the
// buffer is large enough from the start, so that nothing is left behind.
func (f Finish) encode() []byte {
	b := make([]byte, 0, Size(f.Text.Bytes()))
	b = strconv.AppendUint(append(b, `{"kind":"finish","id":`...), f.ID, 10)
	b = append(b, `,"do":"`...)
	b = append(append(b, f.Do...), '"')
	if f.Do == InsertText {
		b = appendQuoted(append(b, `,"text":`...), f.Text.Bytes())
	}
	return append(b, '}')
}
