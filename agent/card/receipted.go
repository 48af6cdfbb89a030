package card

import "time"

// MaxReceipts is how many receipts for checked answers a panel lists.
const MaxReceipts = 10

// Receipted is a receipt for an AI's answer that the person has had checked. Stake
// and How are numbers of agent/report, which knows what they mean.
type Receipted struct {
	At    time.Time `json:"at"`
	Stake uint32    `json:"stake"`
	How   uint32    `json:"how"`
}
