package session

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"time"

	"handrail/agent/card"
	"handrail/agent/config"
	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/pulse"
	"handrail/agent/tally"
	"handrail/detect"
	"handrail/detect/catalog"
)

const (
	// renewPanel is how often what an open panel says is looked up.
	renewPanel = 2 * time.Second
	// panelPatience is how long the service may take to say its part of it.
	panelPatience = 2 * time.Second
)

// PanelRequest is the body of POST /v1/panel on the session's socket.
type PanelRequest struct {
	Tab card.Tab `json:"tab"`
}

// panel is the account of the one panel there can be.
type panel struct {
	open   bool
	asking bool        // what it says is being looked up
	again  bool        // and has changed since
	tab    card.Tab    // to be opened next, 0 if none
	told   card.Panel  // what it shows
	renew  *time.Timer // set while it is open

	// What the person has done in it, until it is closed.
	checked card.Checked
	bytesOf uint32 // the entry of the ledger that is shown byte by byte
	failed  bool   // what was last asked for could not be done
	learned learnedItems

	answersOld bool // a look for answers failed
}

var errNoPanel = errors.New(`no window can be opened here now: "handrail status" and "handrail ledger" say the same`)

// openPanel opens the panel on a page. The answer comes before it is on the
// screen.
func (e *engine) openPanel(ctx context.Context, tab card.Tab) error {
	if e.windows == nil {
		return errNoPanel
	}
	e.panel.open, e.panel.tab = true, tab
	e.lookedAt()
	if tab == card.TabWelcome {
		if err := e.welcomed(false); err != nil {
			e.trouble("the page about what Handrail does is offered again next time", err)
		}
	}
	e.askForPanel(ctx)
	return nil
}

func (e *engine) shutPanel() {
	e.pulse.draft, e.work.role, e.work.opened = pulse.Answers{}, 0, detect.ClassNone
	e.panel.renew.Stop()
	q := panel{asking: e.panel.asking, renew: e.panel.renew, learned: e.panel.learned}
	q.learned.gone = nil
	e.panel = q
	e.allowed.answers, e.want = nil, want{}
}

// askForPanel looks up what the panel says. Files and service can take time.
func (e *engine) askForPanel(ctx context.Context) {
	if e.panel.asking || !e.panel.open {
		return
	}
	e.panel.asking = true
	s := e.status()
	p := card.Panel{
		Version: s.Version, Paused: s.Paused, Coverage: slices.Clone(s.Coverage),
		Policy: card.PolicyBuiltIn, Serial: s.Policy.Serial, PolicyOff: s.Policy.Off, PolicyBroken: s.Policy.Error != "",
		Clips: s.ClipReads, Nudges: s.Nudges, Service: s.Service, Proof: s.Proof,
	}
	if n, oldest := e.browsers.redactor.Values(); n > 0 {
		p.Values, p.ValuesEnd = n, oldest.Add(e.policy.SafePaste.Keep())
	}
	if e.original.kept() {
		p.BackUntil = e.originalEnd
	}
	for _, b := range s.Browsers {
		if !b.Proof.IsZero() {
			p.Browsers = append(p.Browsers, card.Browser{Kind: card.BrowserKind(b.Kind), Proof: b.Proof})
		}
	}
	switch config.PolicySource(s.Policy.Source) {
	case config.PolicyManaged:
		p.Policy = card.PolicyManaged
	case config.PolicyLastGood:
		p.Policy = card.PolicyLastGood
	}
	for _, o := range e.policy.Own[:min(len(e.policy.Own), card.MaxOwn)] {
		p.Own = append(p.Own, o.Name)
	}
	e.addLearned(&p)
	p.Checked, p.Failed = e.panel.checked, e.panel.failed
	p.Pulse = e.pulseState()
	p.Role, p.CardFor = e.work.role, e.work.opened
	p.Quiet, p.HoldOut = e.heldBack, e.inHoldOut()
	p.PerDay, p.Notices = e.policy.Quiet.NudgesPerDay, card.Notices(e.moment.Told)
	p.System = systems[runtime.GOOS]
	bytesOf := e.panel.bytesOf
	e.start("panel", func() {
		e.addBooks(&p, bytesOf)
		e.addAsked(&p)
		w, _ := ReadWelcome(e.Paths.UserState)
		p.GotIt = w.GotIt
		e.addReceipts(&p)
		e.addService(ctx, &p)
		e.post(ctx, panelReady{p})
	})
}

// onPanel shows what was looked up, if it is news.
func (e *engine) onPanel(ctx context.Context, p card.Panel) {
	e.panel.asking = false
	if !e.panel.open || e.windows == nil {
		return
	}
	if e.panel.again {
		e.panel.again = false
		e.askForPanel(ctx)
	}
	e.panel.renew.Reset(renewPanel)
	e.tellPanel(p)
}

// tellPanel has the panel show this, if it is news.
func (e *engine) tellPanel(p card.Panel) {
	e.addAllowed(&p)
	p.Fit()
	if e.panel.tab == 0 && reflect.DeepEqual(p, e.panel.told) || e.windows == nil {
		return
	}
	e.panel.told = p
	p.Tab, e.panel.tab = e.panel.tab, 0
	w := e.windows
	e.front.do(func() {
		if err := w.Panel(p); err != nil {
			e.Log.Warn("the panel was not shown", "error", err)
		}
	})
}

var systems = map[string]card.System{"linux": card.OnLinux, "windows": card.OnWindows, "darwin": card.OnMac}

// addBooks adds what the person's own files hold, and of one entry the bytes. It
// runs beside the engine.
func (e *engine) addBooks(p *card.Panel, bytesOf uint32) {
	inLedger, at := map[ledger.Hash]bool{}, map[uint64]int{}
	err := ledger.Entries(filepath.Join(e.Paths.UserState, ledger.Name), func(x ledger.Entry) error {
		if x.Kind == ledger.Receipt {
			if i, there := at[x.Of]; there {
				p.Pages[i].Receipt = card.Received
			}
			return nil
		}
		q := e.page(x.Kind, x.Bytes)
		q.Seq, q.At, q.Receipt = x.Seq, x.At, card.NoReceipt
		if x.Kind == ledger.Question {
			q.Receipt = card.NeedsNone
		}
		if x.Seq == uint64(bytesOf) {
			q.Bytes, q.Cut = exact(x.Bytes)
		}
		at[x.Seq], inLedger[x.SHA256] = len(p.Pages), true
		p.Pages = append(p.Pages, q)
		return nil
	})
	if err != nil {
		p.Broken = true
		e.Log.Warn("the ledger can't be read to its end", "error", err)
	}
	counted, due, err := tally.Look(e.books.dir)
	if err != nil {
		e.Log.Warn("the tally could not be read", "error", err)
	}
	for _, d := range due {
		if !inLedger[ledger.HashOf(d.Bytes)] {
			q := e.page(ledger.Behaviour, d.Bytes)
			q.Receipt = card.Unfinished
			p.Pages = append(p.Pages, q)
		}
	}
	slices.Reverse(p.Pages)
	for _, c := range slices.Backward(counted) {
		x := card.Count{Ends: c.Batch.End}
		x.Title, x.Lines = e.LedgerWords.Count(c.Batch, c.Cells)
		p.Counts = append(p.Counts, x)
	}
}

// page is an entry in words.
func (e *engine) page(k ledger.Kind, b []byte) card.Page {
	q := card.Page{Size: len(b)}
	switch k {
	case ledger.Request:
		q.Title, q.Lines = e.LedgerWords.Request(b)
	case ledger.Question:
		q.Title, q.Lines = e.LedgerWords.Question(b)
	default:
		q.Title, q.Lines = e.LedgerWords.Report(b)
	}
	return q
}

func (e *engine) toolName(id catalog.ToolID) string {
	t, _ := e.Catalog.Tool(id)
	return t.Name
}

// addService adds what the service knows. It runs beside the engine.
func (e *engine) addService(ctx context.Context, p *card.Panel) {
	ctx, cancel := context.WithTimeout(ctx, panelPatience)
	defer cancel()
	s, err := e.Service.Status(ctx)
	if p.Service = err == nil; !p.Service {
		return
	}
	p.Server = s.Server != nil
	r, err := e.Service.DeviceLedger(ctx)
	if err != nil {
		return
	}
	defer r.Close()
	_, _ = ledger.Read(r, func(x ledger.Entry) error {
		if x.Kind == ledger.Health {
			p.Health, p.HealthAt = p.Health+1, x.At
		}
		return nil
	})
}

// handlePanel answers POST /v1/panel.
func (e *engine) handlePanel(ctx context.Context, w http.ResponseWriter, r *http.Request) {
	var in PanelRequest
	if err := decode(r, &in); err != nil {
		local.Refuse(w, err)
		return
	}
	if in.Tab == 0 {
		in.Tab = card.TabCoverage
	}
	done := make(chan error, 1)
	if !e.post(ctx, panelAsked{in.Tab, done}) {
		local.Refuse(w, errEnding)
		return
	}
	if err := <-done; err != nil {
		local.Refuse(w, fmt.Errorf("%w: %w", local.ErrBadRequest, err))
		return
	}
	local.Reply(w, struct{}{})
}
