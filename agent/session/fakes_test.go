package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/coverage"
	"handrail/agent/focus"
	"handrail/agent/local"
	"handrail/agent/presence"
	"handrail/agent/report"
	"handrail/detect/secret"
)

// fakeClipboard is a desktop's clipboard. Its changes have no buffer, as the
// real sensor's.
type fakeClipboard struct {
	changes chan clip.Change

	mu      sync.Mutex // guards what follows
	seq     [2]uint64
	content [2]clip.Content
	hanging bool
	reads   uint64
	tries   int
	handed  []*secret.Text
	proofs  proofs
}

// proofs are a sensor's self-tests.
type proofs struct {
	mu    sync.Mutex // guards what follows
	err   error
	hangs bool
	n     int
}

func (p *proofs) Prove(ctx context.Context) error {
	p.mu.Lock()
	p.n++
	err, hangs := p.err, p.hangs
	p.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return ctx.Err()
	}
	return err
}

func (p *proofs) fail(err error) { p.mu.Lock(); defer p.mu.Unlock(); p.err = err }
func (p *proofs) stall(on bool)  { p.mu.Lock(); defer p.mu.Unlock(); p.hangs = on }
func (p *proofs) asked() int     { p.mu.Lock(); defer p.mu.Unlock(); return p.n }

func newFakeClipboard() *fakeClipboard { return &fakeClipboard{changes: make(chan clip.Change)} }

func (f *fakeClipboard) Changes() <-chan clip.Change { return f.changes }
func (f *fakeClipboard) Err() error                  { return errors.New("it broke") }
func (f *fakeClipboard) Close()                      {}

func (f *fakeClipboard) Prove(ctx context.Context) error { return f.proofs.Prove(ctx) }
func (f *fakeClipboard) die()                            { close(f.changes) }

func (f *fakeClipboard) copy(sel clip.Selection, text string) {
	f.put(sel, clip.Content{Kind: clip.Text, Text: secret.New([]byte(text))})
}

func (f *fakeClipboard) put(sel clip.Selection, c clip.Content) {
	f.mu.Lock()
	f.seq[index(sel)]++
	f.content[index(sel)] = c
	seq := f.seq[index(sel)]
	f.mu.Unlock()
	f.changes <- clip.Change{Selection: sel, Seq: seq, At: time.Now(), OwnerPID: owner}
}

// owner is the process that everything is copied by.
const owner = 900

// load puts a text there without telling anybody.
func (f *fakeClipboard) load(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seq[0], f.content[0] = 1, clip.Content{Kind: clip.Text, Text: secret.New([]byte(text))}
}

func index(sel clip.Selection) int {
	if sel == clip.Primary {
		return 1
	}
	return 0
}

func (f *fakeClipboard) Read(ctx context.Context, sel clip.Selection, seq uint64) (clip.Content, error) {
	f.mu.Lock()
	f.tries++
	hanging := f.hanging
	f.mu.Unlock()
	if hanging {
		<-ctx.Done()
		return clip.Content{}, ctx.Err()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if seq != f.seq[index(sel)] {
		return clip.Content{}, errors.New("another clip has come")
	}
	c := f.content[index(sel)]
	if c.Kind == clip.Text {
		f.reads++
		c.Text = secret.New(slices.Clone(c.Text.Bytes()))
		f.handed = append(f.handed, c.Text)
	}
	return c, nil
}

func (f *fakeClipboard) Reads() uint64 { f.mu.Lock(); defer f.mu.Unlock(); return f.reads }
func (f *fakeClipboard) asked() int    { f.mu.Lock(); defer f.mu.Unlock(); return f.tries }
func (f *fakeClipboard) hang(on bool)  { f.mu.Lock(); defer f.mu.Unlock(); f.hanging = on }

func (f *fakeClipboard) unwiped() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, t := range f.handed {
		n += t.Len()
	}
	return n
}

type fakeFocus struct {
	changes chan focus.Change
	proofs  proofs
}

func newFakeFocus() *fakeFocus { return &fakeFocus{changes: make(chan focus.Change)} }

func (f *fakeFocus) Prove(ctx context.Context) error { return f.proofs.Prove(ctx) }

func (f *fakeFocus) Changes() <-chan focus.Change { return f.changes }
func (f *fakeFocus) Close() error                 { return nil }
func (f *fakeFocus) die()                         { close(f.changes) }

type fakePresence struct {
	mu     sync.Mutex // guards typing
	typing bool
	since  time.Time
}

func (f *fakePresence) Typing(since time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.since = since
	return f.typing
}
func (f *fakePresence) set(on bool)      { f.mu.Lock(); defer f.mu.Unlock(); f.typing = on }
func (f *fakePresence) asked() time.Time { f.mu.Lock(); defer f.mu.Unlock(); return f.since }
func (f *fakePresence) Close() error     { return nil }

// fakeMoments is what a person is in the middle of.
type fakeMoments struct{ changes chan presence.State }

func newFakeMoments() *fakeMoments { return &fakeMoments{make(chan presence.State)} }

func (f *fakeMoments) Changes() <-chan presence.State { return f.changes }
func (f *fakeMoments) Close() error                   { return nil }
func (f *fakeMoments) die()                           { close(f.changes) }

// fakeWindows shows what it is told, at once.
type fakeWindows struct {
	events chan card.Event

	mu     sync.Mutex // guards what follows
	shown  []card.Card
	panels []card.Panel
}

const windowsPID = 777

func newFakeWindows() *fakeWindows {
	f := &fakeWindows{events: make(chan card.Event, 4)}
	f.events <- card.Event{Kind: card.EventReady}
	return f
}

func (f *fakeWindows) Events() <-chan card.Event { return f.events }
func (f *fakeWindows) PID() int                  { return windowsPID }
func (f *fakeWindows) Close() error              { return nil }
func (f *fakeWindows) die()                      { close(f.events) }

func (f *fakeWindows) Show(c card.Card) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shown = append(f.shown, c)
	f.events <- card.Event{Kind: card.EventShown, ID: c.ID}
	return nil
}

func (f *fakeWindows) Withdraw(id card.ID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shown = slices.DeleteFunc(f.shown, func(c card.Card) bool { return c.ID == id })
	return nil
}

func (f *fakeWindows) Panel(p card.Panel) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.panels = append(f.panels, p)
	return nil
}

// told returns the panels that were sent since the last time.
func (f *fakeWindows) told() []card.Panel {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.panels
	f.panels = nil
	return p
}

func (f *fakeWindows) up() (card.Card, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.shown) == 0 {
		return card.Card{}, false
	}
	return f.shown[len(f.shown)-1], true
}

func (f *fakeWindows) answer(id card.ID, a card.Answer) {
	f.events <- card.Event{Kind: card.EventAnswered, ID: id, Answer: a}
}

type fakeNotifier struct {
	mu      sync.Mutex // guards what follows
	card    card.Card
	done    func(card.Answer)
	failing bool
	told    []string
}

func (f *fakeNotifier) Tell(_ context.Context, title, body string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.failing {
		return errors.New("no notification server")
	}
	f.told = append(f.told, title+": "+body)
	return nil
}

func (f *fakeNotifier) Show(_ context.Context, c card.Card, done func(card.Answer)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.failing {
		return errors.New("no notification server")
	}
	f.card, f.done = c, done
	return nil
}

func (f *fakeNotifier) Withdraw(id card.ID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.card.ID == id {
		f.card, f.done = card.Card{}, nil
	}
}

func (f *fakeNotifier) up() (card.Card, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.card, f.done != nil
}

func (f *fakeNotifier) answer(a card.Answer) {
	f.mu.Lock()
	done := f.done
	f.card, f.done = card.Card{}, nil
	f.mu.Unlock()
	done(a)
}

func (f *fakeNotifier) fail(on bool) { f.mu.Lock(); defer f.mu.Unlock(); f.failing = on }

type fakeOpener struct {
	mu        sync.Mutex // guards addresses
	addresses []string
}

func (f *fakeOpener) Open(_ context.Context, address string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.addresses = append(f.addresses, address)
	return nil
}

func (f *fakeOpener) opened() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.addresses)
}

// fakeService is the background service, which can be away.
type fakeService struct {
	mu       sync.Mutex // guards what follows
	policy   string
	version  int
	changed  chan struct{} // closed when anything changes
	gone     bool
	table    coverage.Table
	received map[string][]byte
	// delivered says that the server has acknowledged everything.
	delivered bool
	decision  string // an answer, as the server writes it
}

func (f *fakeService) change(how func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	how()
	f.version++
	close(f.changed)
	f.changed = make(chan struct{})
}

// set puts a policy in force; when it returns a session in the same bubble has
// it.
func (f *fakeService) set(policy string) {
	f.change(func() { f.policy = policy })
	synctest.Wait()
}

func (f *fakeService) away(on bool) { f.change(func() { f.gone = on }) }

func (f *fakeService) state() (changed <-chan struct{}, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.gone {
		err = local.ErrNotRunning
	}
	return f.changed, err
}

func (f *fakeService) Policy(ctx context.Context, have string) (local.PolicyReply, error) {
	for {
		changed, err := f.state()
		if err != nil {
			return local.PolicyReply{}, err
		}
		f.mu.Lock()
		reply := local.PolicyReply{ETag: strconv.Itoa(f.version), YAML: []byte(f.policy), Status: local.PolicyStatus{Source: "managed", Serial: serialIn(f.policy)}}
		f.mu.Unlock()
		if reply.ETag != have {
			return reply, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return local.PolicyReply{}, ctx.Err()
		}
	}
}

func serialIn(policy string) int {
	for i := range 10 {
		if strings.Contains(policy, "serial: "+strconv.Itoa(i)) {
			return i
		}
	}
	return 0
}

func (f *fakeService) Watch(ctx context.Context, tables <-chan coverage.Table) error {
	for {
		changed, err := f.state()
		if err != nil {
			return err
		}
		select {
		case t := <-tables:
			f.mu.Lock()
			f.table = t
			f.mu.Unlock()
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (f *fakeService) watched() coverage.Table { f.mu.Lock(); defer f.mu.Unlock(); return f.table }

func (f *fakeService) HandReport(_ context.Context, id string, body []byte) (local.Receipt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.gone {
		return local.Receipt{}, local.ErrNotRunning
	}
	if f.received == nil {
		f.received = map[string][]byte{}
	}
	f.received[id] = slices.Clone(body)
	sum := sha256.Sum256(body)
	return local.Receipt{ID: id, SHA256: hex.EncodeToString(sum[:]), Accepted: true}, nil
}

func (f *fakeService) Report(_ context.Context, id string) (local.Receipt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.gone {
		return local.Receipt{}, local.ErrNotRunning
	}
	if _, ok := f.received[id]; !ok {
		return local.Receipt{}, local.ErrUnknownReport
	}
	r := local.Receipt{ID: id, Accepted: true}
	if f.delivered {
		r.Delivered, r.Server = true, []byte("thanks for "+id)
	}
	return r, nil
}

func (f *fakeService) decide(answer string) { f.mu.Lock(); defer f.mu.Unlock(); f.decision = answer }

func (f *fakeService) got(id string) []byte { f.mu.Lock(); defer f.mu.Unlock(); return f.received[id] }

// Answer says what was decided about the tool of a question, once it is.
func (f *fakeService) Answer(_ context.Context, question []byte) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.gone {
		return nil, local.ErrNotRunning
	}
	q, err := report.DecodeQuestion(question)
	if err != nil {
		return nil, err
	}
	for _, b := range f.received {
		if r, err := report.DecodeRequest(b); err == nil && r.Claim == q.Claim.Digest() {
			return []byte(f.decision), nil
		}
	}
	return nil, local.ErrUnknownReport
}

func (f *fakeService) Status(context.Context) (local.ServiceStatus, error) {
	_, err := f.state()
	return local.ServiceStatus{Server: &local.ServerStatus{}}, err
}

func (f *fakeService) DeviceLedger(context.Context) (io.ReadCloser, error) {
	_, err := f.state()
	return io.NopCloser(strings.NewReader("")), err
}

func (f *fakeService) deliver() { f.mu.Lock(); defer f.mu.Unlock(); f.delivered = true }

func (f *fakeService) reports() (all []report.Report) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, b := range f.received {
		if len(b) == report.RequestSize {
			continue // not a report, but a request for a tool
		}
		r, err := report.Decode(b)
		if err != nil {
			panic(err)
		}
		all = append(all, r)
	}
	return all
}
