package browser

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"handrail/agent/card"
	"handrail/detect/secret"
)

func frame(s string) []byte { return []byte(s) }

func TestMessagesOfTheExtension(t *testing.T) {
	for in, want := range map[string]any{
		`{"kind":"hello","protocol":1,"browser":"firefox","version":"0.1.0","private":true}`: &Hello{1, "firefox", "0.1.0", true},
		`{"kind":"hello","protocol":9,"browser":"netscape","later":[{"a":1}]}`:               &Hello{Protocol: 9, Browser: "other"},
		`{"kind":"answer","id":7,"answer":"safe_paste"}`:                                     &Answer{7, card.SafePaste},
		`{"kind":"done","id":7,"outcome":"again"}`:                                           &Done{7, Again},
		`{"kind":"account","id":7,"account":"work"}`:                                         &Account{7, true},
		`{"kind":"proof","nonce":"00ff"}`:                                                    &Proof{"00ff"},
		`{"kind":"state","tabs_unguarded":3}`:                                                &State{3},
		`{"kind":"from the future","id":"x" }`:                                               error(nil), // id is of another type
		`{"kind":"future"}`:                                                                  nil,
		`{"kind":"answer","id":7,"answer":"yes"}`:                                            error(nil),
		`{"kind":"account","account":"mine"}`:                                                error(nil),
		`{"kind":"done","outcome":""}`:                                                       error(nil),
		`{"kind":"attempt","how":"guess"}`:                                                   error(nil),
		`{"id":1}`:                                                                           error(nil),
		`[]`:                                                                                 error(nil),
		``:                                                                                   error(nil),
	} {
		f := frame(in)
		got, err := Decode(f)
		if (want != nil || in == `{"kind":"future"}`) && (err != nil || !reflect.DeepEqual(got, want)) {
			t.Errorf("%s: got %+v, %v", in, got, err)
		}
		if want == nil && in != `{"kind":"future"}` && !errors.Is(err, ErrGarbage) {
			t.Errorf("%s: got %+v, %v, want garbage", in, got, err)
		}
		if bytes.ContainsFunc(f, func(r rune) bool { return r != 0 }) {
			t.Errorf("%s: the frame was not wiped", in)
		}
	}
}

func TestAnAttemptsTextLeavesTheJSON(t *testing.T) {
	text := "canary \"quoted\" \\ / \n\t\u0001 Köln 日本 😀 end"
	in, _ := json.Marshal(map[string]any{
		"kind": "attempt", "id": 3, "how": "file", "host": "chatgpt.com", "path": "/c", "account": "work", "tenant": "Acme", "text": text,
		"files": []any{
			map[string]any{"kind": "csv", "size": 4, "data": base64.StdEncoding.EncodeToString([]byte("a,b\n"))},
			map[string]any{"kind": "exe", "size": 99},
		},
	})
	m, err := Decode(in)
	if err != nil {
		t.Fatal(err)
	}
	a := m.(*Attempt)
	if string(a.Text.Bytes()) != text || a.How != Files || a.Host != "chatgpt.com" || a.Path != "/c" || a.Tenant != "Acme" {
		t.Errorf("got %q %+v", a.Text.Bytes(), a)
	}
	if len(a.Files) != 2 || string(a.Files[0].Data.Bytes()) != "a,b\n" || a.Files[1].Data != nil || a.Files[1].Kind != "other" || a.Files[1].Size != 99 {
		t.Errorf("got files %+v", a.Files)
	}
	if s := fmt.Sprintf("%v %+v %#v", a, a, a); strings.Contains(s, "canary") || strings.Contains(s, "a,b") {
		t.Errorf("an attempt prints its text: %s", s)
	}
	held := a.Text.Bytes()
	a.Wipe()
	if bytes.Contains(held, []byte("canary")) || a.Files[0].Data.Len() != 0 {
		t.Error("the text is still there")
	}
}

func TestTextOfABrowserIsReadLikeJSON(t *testing.T) {
	for _, in := range []string{
		`"plain"`, `""`, `"\u00e9\u20AC\ud83d\ude00"`, `"lone \ud83d end"`, `"lone \ude00\ud83d"`, `"\ud83d\u0041"`, `"\b\f\n\r\t\"\\\/"`, `"日本"`, `null`,
	} {
		var want string
		if err := json.Unmarshal([]byte(in), &want); err != nil {
			t.Fatal(err)
		}
		var got quoted
		if err := json.Unmarshal([]byte(in), &got); err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v, want %q", in, got, err, want)
		}
	}
}

func TestALongTextIsCutAtACharacter(t *testing.T) {
	m, err := Decode(frame(`{"kind":"attempt","how":"paste","text":"x` + strings.Repeat("é", MaxText/2) + `"}`))
	if err != nil {
		t.Fatal(err)
	}
	a := m.(*Attempt)
	if a.Text.Len() != MaxText-1 || !a.Partial || !utf8.Valid(a.Text.Bytes()) {
		t.Errorf("got %d bytes, partial %v", a.Text.Len(), a.Partial)
	}
}

func TestMessagesOfTheSession(t *testing.T) {
	text := "redacted \"[NAME_1]\"\n\u0002 😀"
	for want, m := range map[string]any{
		`{"kind":"clip"}`: Clip{},
		`{"kind":"clip","length":3,"digest":[1,4294967295],"clean":true}`: Clip{3, [2]uint32{1, 1<<32 - 1}, true},
		`{"kind":"verdict","id":4,"do":"allow"}`:                          Verdict{ID: 4, Do: Allow},
		`{"kind":"finish","id":4,"do":"drop"}`:                            Finish{ID: 4, Do: DropIt},
		`{"kind":"finish","id":4,"do":"insert_original"}`:                 Finish{ID: 4, Do: InsertOriginal},
		`{"kind":"selftest","nonce":"0a","text":"x"}`:                     SelfTest{"0a", "x"},
		`{"kind":"nobody"}`:                                               Nobody{},
		`{"kind":"welcome","protocol":1,"key":[1,2],"fail":"open","deadline_ms":1500,"watch":[{"host":"a.test","tool":"a","name":"A"}],"words":null}`: Welcome{1, [2]uint32{1, 2}, FailOpen, 1500, []Watch{{Host: "a.test", Tool: "a", Name: "A"}}, nil},
	} {
		if got, err := Encode(m); err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
	b, err := Encode(Finish{9, InsertText, secret.New([]byte(text))})
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Kind, Do, Text string }
	if err := json.Unmarshal(b, &got); err != nil || got.Text != text || got.Do != "insert_text" || got.Kind != "finish" {
		t.Errorf("got %+v, %v", got, err)
	}
	if len(b) > Size([]byte(text)) {
		t.Errorf("%d bytes, said at most %d", len(b), Size([]byte(text)))
	}
	if _, err := Encode(42); err == nil {
		t.Error("a number was sent")
	}
}

func TestFrames(t *testing.T) {
	var wire bytes.Buffer
	big := bytes.Repeat([]byte("x"), 300<<10)
	for _, b := range [][]byte{[]byte("{}"), {}, big} {
		if err := WriteFrame(&wire, b, 1<<20); err != nil {
			t.Fatal(err)
		}
	}
	var copied bytes.Buffer
	if err := CopyFrames(&copied, iotest.OneByteReader(bytes.NewReader(wire.Bytes())), 1<<20); err != nil || !bytes.Equal(copied.Bytes(), wire.Bytes()) {
		t.Errorf("copied %d of %d bytes: %v", copied.Len(), wire.Len(), err)
	}
	r := iotest.HalfReader(&copied)
	for _, want := range [][]byte{[]byte("{}"), {}, big} {
		if got, err := ReadFrame(r, 1<<20); err != nil || !bytes.Equal(got, want) {
			t.Errorf("got %d bytes, %v, want %d", len(got), err, len(want))
		}
	}
	if _, err := ReadFrame(r, 1<<20); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

func TestBadFrames(t *testing.T) {
	length := func(n uint32, rest string) []byte { return append(binary.LittleEndian.AppendUint32(nil, n), rest...) }
	for name, c := range map[string]struct {
		in   []byte
		want error
	}{
		"too long":        {length(101, ""), ErrTooLong},
		"4 GiB":           {length(1<<32-1, "x"), ErrTooLong},
		"cut in length":   {[]byte{1, 0}, io.ErrUnexpectedEOF},
		"cut in message":  {length(10, "abc"), io.ErrUnexpectedEOF},
		"nothing follows": {length(10, ""), io.ErrUnexpectedEOF},
	} {
		if _, err := ReadFrame(bytes.NewReader(c.in), 100); err != c.want {
			t.Errorf("reading %s: %v, want %v", name, err, c.want)
		}
		if err := CopyFrames(io.Discard, bytes.NewReader(c.in), 100); err != c.want {
			t.Errorf("copying %s: %v, want %v", name, err, c.want)
		}
	}
	if err := WriteFrame(io.Discard, make([]byte, 101), 100); err != ErrTooLong {
		t.Errorf("writing: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"kind":"attempt","id":1,"how":"paste","text":"a\ud83d\ude00b","files":[{"data":"YQ==","size":1}]}`))
	f.Add([]byte(`{"kind":"hello","protocol":1}`))
	f.Add([]byte(`{"kind":"attempt","how":"drop","text":"x","text":null}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		var plain struct{ Kind, Text string }
		valid := json.Unmarshal(in, &plain) == nil
		was := bytes.Clone(in)
		m, err := Decode(in)
		if bytes.ContainsFunc(in, func(r rune) bool { return r != 0 }) {
			t.Fatal("the frame was not wiped")
		}
		if err != nil && err != ErrGarbage {
			t.Fatalf("an error of its own: %v", err)
		}
		a, ok := m.(*Attempt)
		if !ok {
			return
		}
		if !utf8.Valid(a.Text.Bytes()) {
			t.Fatal("text that is not UTF-8")
		}
		// Keys that come twice, or in other letters, aside: it is what JSON says.
		if valid && bytes.Count(bytes.ToLower(was), []byte(`text"`)) == 1 && string(a.Text.Bytes()) != plain.Text {
			t.Fatalf("got %q, want %q", a.Text.Bytes(), plain.Text)
		}
	})
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte{2, 0, 0, 0, '{', '}', 1, 0, 0, 0, 'x'})
	f.Fuzz(func(t *testing.T, in []byte) {
		const limit = 1 << 10
		var out bytes.Buffer
		err := CopyFrames(&out, bytes.NewReader(in), limit)
		if !bytes.HasPrefix(in, out.Bytes()) {
			t.Fatal("copied bytes that did not come")
		}
		r := bytes.NewReader(in)
		var again error
		for again == nil {
			var b []byte
			if b, again = ReadFrame(r, limit); len(b) > limit {
				t.Fatal("a frame over the limit")
			}
		}
		if again == io.EOF {
			again = nil
		}
		if err != again {
			t.Fatalf("copying ends with %v and reading with %v", err, again)
		}
	})
}
