package browsertest

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/net/websocket"

	"handrail/agent/desktoptest"
)

// wire is a browser's debugging connection. CDP and WebDriver BiDi both send
// commands with a number, answers with the same number, and events without.
type wire struct {
	conn *websocket.Conn

	mu      sync.Mutex
	last    int
	waiting map[int]chan answer
	gone    chan struct{} // closed when the browser has hung up
}

type answer struct {
	ID      int             `json:"id"`
	Result  json.RawMessage `json:"result"`
	Error   json.RawMessage `json:"error"`   // CDP: an object; BiDi: a word
	Message string          `json:"message"` // BiDi
}

var errGone = errors.New("the browser has closed the debugging connection")

func dial(url string) (*wire, error) {
	config, err := websocket.NewConfig(url, "http://127.0.0.1")
	if err != nil {
		return nil, err
	}
	conn, err := config.DialContext(timeout(desktoptest.Patience))
	if err != nil {
		return nil, err
	}
	conn.MaxPayloadBytes = 64 << 20
	w := &wire{conn: conn, waiting: map[int]chan answer{}, gone: make(chan struct{})}
	go w.listen()
	return w, nil
}

func (w *wire) listen() {
	defer close(w.gone)
	for {
		var a answer
		if err := websocket.JSON.Receive(w.conn, &a); err != nil {
			return
		}
		w.mu.Lock()
		c := w.waiting[a.ID]
		delete(w.waiting, a.ID)
		w.mu.Unlock()
		if c != nil {
			c <- a
		}
	}
}

// call sends one command and waits for its answer. session is CDP's: the page
// that the command is for.
func (w *wire) call(session, method string, params, result any) error {
	return w.callWithin(desktoptest.Patience, session, method, params, result)
}

// callWithin is call for what may take that long.
func (w *wire) callWithin(patience time.Duration, session, method string, params, result any) error {
	c := make(chan answer, 1)
	w.mu.Lock()
	w.last++
	id := w.last
	w.waiting[id] = c
	err := websocket.JSON.Send(w.conn, struct {
		ID        int    `json:"id"`
		Method    string `json:"method"`
		Params    any    `json:"params"`
		SessionID string `json:"sessionId,omitempty"`
	}{id, method, params, session})
	w.mu.Unlock()
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case a := <-c:
		if len(a.Error) > 0 {
			return fmt.Errorf("%s: %s %s", method, a.Error, a.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(a.Result, result)
	case <-w.gone:
		return fmt.Errorf("%s: %w", method, errGone)
	case <-time.After(patience):
		return fmt.Errorf("%s: no answer", method)
	}
}
