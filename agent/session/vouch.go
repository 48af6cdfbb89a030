package session

import (
	"slices"
	"time"

	"handrail/agent/card"
	"handrail/agent/nudge"
	"handrail/agent/receipts"
	"handrail/agent/report"
	"handrail/detect/policy"
)

// stakeOf is a stake as reports name it: the names are the same.
func stakeOf(s policy.Stake) (r report.Stake) {
	_ = r.UnmarshalText([]byte(s.String())) // a test holds that each has one
	return r
}

// vouch keeps a receipt that the person has had an AI's answer checked. It goes
// nowhere, also while reports are on.
func (e *engine) vouch(v nudge.Vouch) {
	if err := receipts.In(e.Paths.UserState).Add(time.Now(), v.Stake, v.How); err != nil {
		e.trouble("a receipt for a checked answer could not be kept", err)
	}
}

// addReceipts adds the newest receipts. It runs beside the engine.
func (e *engine) addReceipts(p *card.Panel) {
	all, err := receipts.In(e.Paths.UserState).List()
	if err != nil {
		e.Log.Warn("the receipts can't be read", "error", err)
	}
	for _, r := range slices.Backward(all) {
		if len(p.Receipts) == card.MaxReceipts {
			p.OlderReceipts = len(all) - card.MaxReceipts
			break
		}
		p.Receipts = append(p.Receipts, card.Receipted{At: r.At, Stake: uint32(r.Stake), How: uint32(r.How)})
	}
}
