package card

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/detect"
	"handrail/detect/ask"
)

var full = Card{ID: 7, Tool: "ChatGPT", Domain: "chatgpt.com", Unknown: true, Class: detect.ClassContacts, Count: 14, Term: "Project Larch",
	Because: "They have not agreed.", Instead: "Copilot", Advice: "Ask.", Block: true, Held: true, Safe: true, Hotkey: "Ctrl+Alt+H"}

var panel = Panel{
	Tab: TabLedger, Version: "1.2.3", Paused: true, Policy: PolicyManaged, Serial: 7, PolicyOff: true, PolicyBroken: true,
	Coverage: coverage.All(coverage.Partly, coverage.TitlesOnly), Clips: 3, Nudges: 2, Learned: 1, Service: true, Server: true,
	Pages: []Page{{Seq: 1, Title: "Report", At: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), Lines: []string{"In use: ChatGPT"}, Size: 2048, Receipt: Received}},
	Older: 4, Broken: true, Counts: []Count{{Title: "Today", Ends: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC), Lines: []string{"Nudge"}}},
	Health: 9, HealthAt: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC),
	Answers: []ask.Answer{{Verdict: ask.No, Why: ask.ToolUnapproved, Tool: "chatgpt", Name: "ChatGPT", Kind: detect.ClassContacts, Instead: []ask.Way{{Tool: "m365-copilot", Name: "Copilot", Open: "https://copilot.example"}}}},
	Draft:   &Draft{Tool: "ChatGPT", Task: 1, Data: DataItem(detect.ClassContacts), Lacked: []uint32{2, 3}, Bytes: "{}", Due: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)},
	Keys:    &Keys{Tool: "ChatGPT", Issuers: []detect.Issuer{{Name: "GitHub", Page: "https://github.com/settings/tokens"}}}, Contact: "Call 200.",
}

func TestProtocolRoundTrip(t *testing.T) {
	messages := []Message{
		{Kind: Hello, Version: Protocol},
		{Kind: Show, Card: &full},
		{Kind: Withdraw, ID: 7},
		{Kind: ShowPanel, Panel: &panel},
		{Kind: PanelShut},
		{Kind: Quit},
		{Kind: Ready},
		{Kind: Shown, ID: 7, Hotkey: "Ctrl+Alt+H"},
		{Kind: Answered, ID: 7, Answer: PasteAnyway},
		{Kind: Closed, ID: 7},
		{Kind: Acted, Action: ForgetValues, Item: 3, Text: "what fits in a line"},
		{Kind: Acted},
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
		"a long text":     `{"kind":"acted","text":"` + canary + strings.Repeat("x", MaxText) + "\"}\n",
		"two lines":       `{"kind":"acted","text":"` + canary + "\\n\"}\n",
		"a big item":      `{"kind":"acted","item":4294967296}` + "\n",
		"no version":      "{\"kind\":\"hello\"}\n",
		"two objects":     `{"kind":"ready"}{"kind":"` + canary + "\"}\n",
		"no panel":        "{\"kind\":\"panel\"}\n",
		"unknown page":    `{"kind":"panel","panel":{"tab":"` + canary + "\"}}\n",
		"no surface":      "{\"kind\":\"panel\",\"panel\":{\"coverage\":[{}]}}\n",
		"too many pages":  `{"kind":"panel","panel":{"pages":[{}` + strings.Repeat(",{}", MaxPages) + "]}}\n",
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

// A window program of another build may have a control that this session does
// not know: that is no reason to end it.
func TestAnUnknownActionIsNone(t *testing.T) {
	m, err := NewDecoder(strings.NewReader(`{"kind":"acted","action":"from_tomorrow","item":3,"text":"x"}` + "\n")).Decode()
	if want := (Message{Kind: Acted, Item: 3, Text: "x"}); err != nil || m != want {
		t.Errorf("got %+v, %v", m, err)
	}
	for a := Action(1); int(a) < len(actionNames); a++ {
		var got Action
		if b, _ := a.MarshalText(); got.UnmarshalText(b) != nil || got != a || len(b) == 0 {
			t.Errorf("action %d is called %q, which is %d", a, b, got)
		}
	}
}

func TestTyped(t *testing.T) {
	for s, want := range map[string]string{
		"":                             "",
		"Kundenliste für ChatGPT":      "Kundenliste für ChatGPT",
		"two\nlines\tand\x00":          "two lines and ",
		"not \xff text":                "not  text",
		strings.Repeat("ä", MaxText):   strings.Repeat("ä", MaxText/2),
		"x" + strings.Repeat("€", 100): "x" + strings.Repeat("€", 66),
	} {
		if got := Typed(s); got != want || Typed(got) != got {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
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
		"ours":        {"{\"kind\":\"hello\",\"version\":8}\n", nil, ""},
		"newer":       {"{\"kind\":\"hello\",\"version\":9}\n", ErrVersion, "they speak 9, we speak 8"},
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
		"Message.Text": true, // what somebody types into the panel's own search, bounded
		"Message.Kind": true, "Message.Hotkey": true, "Message.Reason": true,
		"Card.Tool": true, "Card.Domain": true, "Card.Term": true, "Card.Because": true, "Card.Instead": true, "Card.Advice": true, "Card.Logged": true, "Card.Until": true, "Card.Hotkey": true, "Card.Left": true, "Card.System": true,
		"Page.Bytes":    true, // what left: types of agent/report, which have no field for it either
		"Panel.Version": true, "Panel.Own": true, "Browser.Kind": true, "Page.Title": true, "Page.Lines": true, "Count.Title": true, "Asked.Tool": true, "Asked.Task": true, "Asked.Reason": true, "Count.Lines": true, "Quiet.Tool": true,
		// Of the person's own question, the policy and the catalogue.
		"Answer.Tool": true, "Answer.Name": true, "Answer.Host": true, "Answer.Term": true, "Answer.Because": true, "Answer.Accounts": true, "Answer.Logged": true,
		"Answer.Until": true, "Answer.Advice": true, "Answer.Unknown": true, "Way.Tool": true, "Way.Name": true, "Way.Open": true,
		"Draft.Tool": true, "Draft.Bytes": true, // the request that the person reads before it is sent
		"Keys.Tool": true, "Issuer.Name": true, "Issuer.Page": true, "Panel.Contact": true,
	}
	seen := map[reflect.Type]bool{}
	var look func(name string, typ reflect.Type)
	look = func(name string, typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Bool, reflect.Int, reflect.Uint8, reflect.Uint32, reflect.Uint64:
		case reflect.String:
			if !known[name] {
				t.Errorf("%s is a string: could text of a clip get into it?", name)
			}
		case reflect.Pointer, reflect.Slice:
			look(name, typ.Elem())
		case reflect.Struct:
			if typ == reflect.TypeFor[time.Time]() || seen[typ] {
				return
			}
			seen[typ] = true
			for i := range typ.NumField() {
				look(typ.Name()+"."+typ.Field(i).Name, typ.Field(i).Type)
			}
		default:
			t.Errorf("%s is a %v", name, typ)
		}
	}
	look("Message", reflect.TypeFor[Message]())
	for _, typ := range []reflect.Type{reflect.TypeFor[Card](), reflect.TypeFor[Panel](), reflect.TypeFor[Page](), reflect.TypeFor[Count]()} {
		if !seen[typ] {
			t.Errorf("%v was not looked at", typ)
		}
	}
}

// However much there is, the newest of it fits into a message.
func TestAPanelFits(t *testing.T) {
	for name, lines := range map[string]int{"short": 1, "long": 60, "longer than a message": 2000} {
		p := Panel{Tab: TabLedger}
		for i := range 200 {
			q := Page{Seq: uint64(200 - i), Title: "Report of 24 November 2026", Size: 4096, Receipt: Received}
			for range lines {
				q.Lines = append(q.Lines, "Nudge about contacts going to DeepSeek in the browser: you opened the approved tool (once)")
			}
			p.Pages = append(p.Pages, q)
		}
		p.Counts = []Count{{Lines: slices.Clone(p.Pages[0].Lines)}}
		p.Fit()
		if got := len(p.Pages) + p.Older; got != 200 {
			t.Errorf("%s: %d pages are accounted for, want 200", name, got)
		}
		if len(p.Pages) > 0 && p.Pages[0].Seq != 200 {
			t.Errorf("%s: the newest page is %d", name, p.Pages[0].Seq)
		}
		if name == "short" && len(p.Pages) != MaxPages {
			t.Errorf("%s: %d pages, want %d", name, len(p.Pages), MaxPages)
		}
		if err := NewEncoder(io.Discard).Encode(Message{Kind: ShowPanel, Panel: &p}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("{\"kind\":\"hello\",\"version\":2}\n{\"kind\":\"show\",\"card\":{\"id\":1,\"class\":\"card\",\"count\":2}}\n"))
	f.Add([]byte("{\"kind\":\"answered\",\"id\":1,\"answer\":\"dismiss\"}\n\x00"))
	f.Add([]byte("{\"kind\":\"panel\",\"panel\":{\"tab\":\"ledger\",\"coverage\":[{\"surface\":\"nudge\",\"state\":\"seen\"}],\"pages\":[{\"lines\":[]}]}}\n"))
	f.Add([]byte("{\"kind\":\"acted\",\"action\":\"forget_values\",\"item\":3}\n{\"kind\":\"acted\",\"action\":\"new\",\"text\":\"x\"}\n"))
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
			said := wire.String()
			again, err := NewDecoder(&wire).Decode()
			if err != nil {
				t.Fatalf("%+v: %v", m, err)
			}
			var second bytes.Buffer
			if err := NewEncoder(&second).Encode(again); err != nil || second.String() != said {
				t.Fatalf("%q became %q, %v", said, second.String(), err)
			}
		}
	})
}
