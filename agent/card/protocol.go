package card

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// Protocol is the version of the language that the session (the parent) and
// handrail-ui (its child) speak over the child's standard input and output:
// one JSON object a line, Hello first from both. Versions have to be equal,
// because both programs come in one package; a half-done upgrade ends with a
// clear error and native notifications serve meanwhile. It is raised once in a
// release whose messages are others than those of the one before.
const Protocol = 8

// MaxLine is how long a line may be, in bytes, the newline included. A longer
// one is an error: no card comes near it, and a panel is cut to it.
const MaxLine = 64 << 10

// Kind is what a message says.
type Kind string

// The messages from the session to handrail-ui.
const (
	Show      Kind = "show"     // Card: show it, instead of the one that is shown
	Withdraw  Kind = "withdraw" // ID: take it away, if it is still there
	ShowPanel Kind = "panel"    // Panel: open the panel with it, or renew it
	Quit      Kind = "quit"     // end; the end of standard input says the same
)

// The messages from handrail-ui to the session.
const (
	Ready     Kind = "ready"      // the windows are warm: the next Show is quick
	Shown     Kind = "shown"      // ID, Hotkey: it is on the screen
	Answered  Kind = "answered"   // ID, Answer: the person's answer; the card is gone
	Closed    Kind = "closed"     // ID: it went away without an answer
	Acted     Kind = "acted"      // Action, Item, Text: a control of the panel was used
	PanelShut Kind = "panel_shut" // the person has closed the panel
	Failed    Kind = "failed"     // ID, Reason: it can't be shown; ID 0: nothing can
)

// Hello is the first message of both.
const Hello Kind = "hello"

// Reason is the closed list of why a window can't be shown.
type Reason string

// The reasons.
const (
	ReasonVersion Reason = "version" // the other side speaks another Protocol
	ReasonDisplay Reason = "display" // there is no display for us, or not of a kind where a window can keep off the keyboard
	ReasonWindow  Reason = "window"  // there is a display, but no window opens on it
	ReasonGarbage Reason = "garbage" // the other side says what is no message
)

// Message is any message of the protocol; Kind says which of the other fields
// are used. There is no field for text of a clip: the only strings are a card's,
// a panel's, those of closed lists, and what the person types into a search
// field of the panel, which goes to their own session and no further.
type Message struct {
	Kind    Kind   `json:"kind"`
	Version int    `json:"version,omitempty"` // Hello
	Card    *Card  `json:"card,omitempty"`    // Show
	Panel   *Panel `json:"panel,omitempty"`   // ShowPanel
	ID      ID     `json:"id,omitempty"`
	Answer  Answer `json:"answer,omitzero"` // Answered
	Action  Action `json:"action,omitzero"` // Acted; 0 is one that is not known here
	Item    uint32 `json:"item,omitempty"`  // Acted: what of several it is about
	Text    string `json:"text,omitempty"`  // Acted: what stands in a field, as Typed returns it
	Hotkey  string `json:"hotkey,omitempty"`
	Reason  Reason `json:"reason,omitempty"`
}

// ErrGarbage is wrapped by errors about bytes that are no message. Such an
// error says what is wrong and never repeats what came.
var ErrGarbage = errors.New("not a message of the window protocol")

// ErrVersion is wrapped by the error of a Hello with another version.
var ErrVersion = errors.New("another version of the window protocol")

func garbage(why string) error { return fmt.Errorf("%w: %s", ErrGarbage, why) }

// check says whether the message holds what its kind needs, and nothing else.
func (m Message) check() error {
	want := Message{Kind: m.Kind}
	switch m.Kind {
	case Hello:
		want.Version = m.Version
		if m.Version == 0 {
			return garbage("a hello without a version")
		}
	case Show:
		want.Card = m.Card
		if m.Card == nil || m.Card.ID == 0 {
			return garbage("a show without a card or its id")
		}
	case ShowPanel:
		want.Panel = m.Panel
		if err := m.Panel.check(); err != nil {
			return err
		}
	case Withdraw, Closed:
		want.ID = m.ID
	case Shown:
		want.ID, want.Hotkey = m.ID, m.Hotkey
	case Answered:
		want.ID, want.Answer = m.ID, m.Answer
		if m.Answer == 0 {
			return garbage("an answer without the answer")
		}
	case Acted:
		want.Action, want.Item, want.Text = m.Action, m.Item, m.Text
		if m.Text != Typed(m.Text) {
			return garbage("a text that is too long, or more than a line")
		}
	case Failed:
		want.ID, want.Reason = m.ID, m.Reason
		switch m.Reason {
		case ReasonVersion, ReasonDisplay, ReasonWindow, ReasonGarbage:
		default:
			return garbage("a failure without a known reason")
		}
	case Ready, Quit, PanelShut:
	default:
		return garbage("no known kind")
	}
	switch m.Kind {
	case Withdraw, Closed, Shown, Answered:
		if m.ID == 0 {
			return garbage("no card id")
		}
	}
	if m != want {
		return garbage("fields that do not belong to its kind")
	}
	return nil
}

// Decoder reads messages.
type Decoder struct{ r *bufio.Reader }

// NewDecoder returns a decoder of the messages in r.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{bufio.NewReaderSize(r, MaxLine)} }

// Decode returns the next message, or io.EOF after the last. Any other error
// is final: who says garbage once can't be trusted to be in step afterwards.
func (d *Decoder) Decode() (Message, error) {
	line, err := d.r.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return Message{}, garbage("a line that is too long")
	case errors.Is(err, io.EOF) && len(line) > 0:
		return Message{}, garbage("a line that breaks off")
	case err != nil:
		return Message{}, err
	}
	var m Message
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if dec.Decode(&m) != nil {
		// The library's error quotes what it met; ours does not.
		return Message{}, garbage("no JSON object of known fields")
	}
	if len(bytes.TrimSpace(line[dec.InputOffset():])) > 0 {
		return Message{}, garbage("more than one object on a line")
	}
	return m, m.check()
}

// Greet reads the other side's Hello.
func (d *Decoder) Greet() error {
	m, err := d.Decode()
	switch {
	case err != nil:
		return err
	case m.Kind == Failed && m.ID == 0:
		return fmt.Errorf("handrail-ui can't show windows: %s", m.Reason)
	case m.Kind != Hello:
		return garbage("no hello at the beginning")
	case m.Version != Protocol:
		return fmt.Errorf("%w: they speak %d, we speak %d; finish the upgrade and start Handrail again", ErrVersion, m.Version, Protocol)
	}
	return nil
}

// Encoder writes messages. It may be used by more than one goroutine.
type Encoder struct {
	mu sync.Mutex // guards w
	w  io.Writer
}

// NewEncoder returns an encoder that writes to w, one Write a message.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w} }

// Encode writes a message. One that the other side would refuse is an error
// and is not written.
func (e *Encoder) Encode(m Message) error {
	if err := m.check(); err != nil {
		return fmt.Errorf("writing to the window protocol: %w", err)
	}
	b, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("writing to the window protocol: %w", err)
	}
	if len(b) >= MaxLine {
		return fmt.Errorf("writing to the window protocol: %w", garbage("a line that is too long"))
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, err := e.w.Write(append(b, '\n')); err != nil {
		return fmt.Errorf("writing to the window protocol: %w", err)
	}
	return nil
}

// EventKind is what the window process tells the session.
type EventKind uint8

// The events.
const (
	EventReady     EventKind = iota + 1 // the windows are warm
	EventShown                          // the card is on the screen
	EventFailed                         // the card can't be shown
	EventAnswered                       // the person answered; the card is gone
	EventClosed                         // the card went away without an answer
	EventActed                          // a control of the panel was used
	EventPanelShut                      // the person has closed the panel
	EventGone                           // the process has ended by itself; Err says why. It is the last event
)

// Event is something that happened in the window process.
type Event struct {
	Kind   EventKind
	ID     ID     // of EventShown, EventFailed, EventAnswered and EventClosed
	Answer Answer // of EventAnswered
	Action Action // of EventActed, with Item and Text; 0 is one that is not known here
	Item   uint32
	Text   string
	Hotkey string // of EventShown: the key that moves the keyboard to the nudge
	Err    error  // of EventGone
}
