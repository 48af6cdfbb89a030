package card

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"handrail/detect"
)

var full = Card{ID: 7, Tool: "ChatGPT", Domain: "chatgpt.com", Unknown: true, Class: detect.ClassContacts, Count: 14,
	Because: "They have not agreed.", Instead: "Copilot", Advice: "Ask.", Block: true, Hotkey: "Ctrl+Alt+H"}

func TestProtocolRoundTrip(t *testing.T) {
	messages := []Message{
		{Kind: Hello, Version: Protocol},
		{Kind: Show, Card: &full},
		{Kind: Withdraw, ID: 7},
		{Kind: Quit},
		{Kind: Ready},
		{Kind: Shown, ID: 7, Hotkey: "Ctrl+Alt+H"},
		{Kind: Answered, ID: 7, Answer: PasteAnyway},
		{Kind: Closed, ID: 7},
		{Kind: Failed, Reason: ReasonDisplay},
		{Kind: Failed, ID: 7, Reason: ReasonWindow},
	}
	var wire bytes.Buffer
	enc := NewEncoder(&wire)
	for _, m := range messages {
		if err := enc.Encode(m); err != nil {
			t.Fatalf("Encode %v: %v", m, err)
		}
	}
	dec := NewDecoder(&wire)
	for _, want := range messages {
		got, err := dec.Decode()
		if err != nil {
			t.Fatalf("Decode, want %v: %v", want, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	if _, err := dec.Decode(); !errors.Is(err, io.EOF) {
		t.Errorf("after the last message: %v, want EOF", err)
	}
}

func TestGarbageIsNamedAndNotRepeated(t *testing.T) {
	const canary = "c4n4ry"
	for name, line := range map[string]string{
		"no JSON":         canary + "\n",
		"binary":          "\x00\xff\xfe" + canary + "\n",
		"empty":           "\n",
		"a list":          `["` + canary + "\"]\n",
		"null":            "null\n",
		"unknown kind":    `{"kind":"` + canary + "\"}\n",
		"unknown field":   `{"kind":"ready","` + canary + "\":1}\n",
		"unknown answer":  `{"kind":"answered","id":1,"answer":"` + canary + "\"}\n",
		"unknown class":   `{"kind":"show","card":{"id":1,"class":"` + canary + "\"}}\n",
		"unknown reason":  `{"kind":"failed","reason":"` + canary + "\"}\n",
		"a foreign field": `{"kind":"quit","hotkey":"` + canary + "\"}\n",
		"no id":           "{\"kind\":\"withdraw\"}\n",
		"no card id":      "{\"kind\":\"show\",\"card\":{\"class\":\"card\"}}\n",
		"no answer":       "{\"kind\":\"answered\",\"id\":1}\n",
		"no version":      "{\"kind\":\"hello\"}\n",
		"two objects":     `{"kind":"ready"}{"kind":"` + canary + "\"}\n",
		"breaks off":      `{"kind":"ready"}`,
		"too long":        `{"kind":"ready"` + strings.Repeat(" ", MaxLine) + "}\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewDecoder(strings.NewReader(line)).Decode()
			if !errors.Is(err, ErrGarbage) {
				t.Fatalf("Decode: %v, want ErrGarbage", err)
			}
			if strings.Contains(err.Error(), canary) {
				t.Errorf("the error repeats what came: %v", err)
			}
		})
	}
}

func TestEncodeRefusesWhatDecodeWould(t *testing.T) {
	long := full
	long.Because = strings.Repeat("x", MaxLine)
	for name, m := range map[string]Message{
		"zero":         {},
		"foreign":      {Kind: Ready, ID: 1},
		"without card": {Kind: Show},
		"too long":     {Kind: Show, Card: &long},
	} {
		var wire bytes.Buffer
		if err := NewEncoder(&wire).Encode(m); !errors.Is(err, ErrGarbage) || wire.Len() > 0 {
			t.Errorf("%s: %v and %d bytes written, want ErrGarbage and none", name, err, wire.Len())
		}
	}
}

func TestGreet(t *testing.T) {
	for name, c := range map[string]struct {
		line string
		want error
		says string
	}{
		"ours":        {"{\"kind\":\"hello\",\"version\":1}\n", nil, ""},
		"newer":       {"{\"kind\":\"hello\",\"version\":2}\n", ErrVersion, "they speak 2, we speak 1"},
		"no hello":    {"{\"kind\":\"ready\"}\n", ErrGarbage, "no hello"},
		"no display":  {"{\"kind\":\"failed\",\"reason\":\"display\"}\n", nil, "display"},
		"gone":        {"", io.EOF, "EOF"},
		"not of ours": {"Usage: handrail-ui [flags]\n", ErrGarbage, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := NewDecoder(strings.NewReader(c.line)).Greet()
			if c.says == "" && c.want == nil {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %v with %q", err, c.want, c.says)
			}
		})
	}
}

// The window process never holds what was copied, so a new string field has to
// be looked at by somebody who then adds it here.
func TestNoMessageHasAFieldForClipText(t *testing.T) {
	known := map[string]bool{
		"Message.Kind": true, "Message.Hotkey": true, "Message.Reason": true,
		"Card.Tool": true, "Card.Domain": true, "Card.Because": true, "Card.Instead": true, "Card.Advice": true, "Card.Hotkey": true,
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[Message](), reflect.TypeFor[Card]()} {
		for i := range typ.NumField() {
			f := typ.Field(i)
			name := typ.Name() + "." + f.Name
			switch f.Type.Kind() {
			case reflect.Bool, reflect.Int, reflect.Uint8, reflect.Uint64:
			case reflect.String:
				if !known[name] {
					t.Errorf("%s is a string: could text of a clip get into it?", name)
				}
			case reflect.Pointer:
				if f.Type.Elem() != reflect.TypeFor[Card]() {
					t.Errorf("%s points to a %v", name, f.Type.Elem())
				}
			default:
				t.Errorf("%s is a %v", name, f.Type)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("{\"kind\":\"hello\",\"version\":1}\n{\"kind\":\"show\",\"card\":{\"id\":1,\"class\":\"card\",\"count\":2}}\n"))
	f.Add([]byte("{\"kind\":\"answered\",\"id\":1,\"answer\":\"dismiss\"}\n\x00"))
	f.Add([]byte("{}\n[]\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		dec := NewDecoder(bytes.NewReader(b))
		for {
			m, err := dec.Decode()
			if err != nil {
				if !errors.Is(err, io.EOF) && !errors.Is(err, ErrGarbage) {
					t.Fatalf("unexpected error: %v", err)
				}
				return
			}
			// What was understood can be said again, and means the same.
			var wire bytes.Buffer
			if err := NewEncoder(&wire).Encode(m); err != nil {
				if strings.Contains(err.Error(), "too long") {
					continue // escapes can make it longer than it was
				}
				t.Fatalf("said %q: %v", b, err)
			}
			again, err := NewDecoder(&wire).Decode()
			if err != nil || !reflect.DeepEqual(again, m) {
				t.Fatalf("%+v became %+v, %v", m, again, err)
			}
		}
	})
}
