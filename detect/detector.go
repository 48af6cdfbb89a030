package detect

// Detector describes one detector. The detectors are declared once, in the
// file of their family, with samples beside them; tests and documentation are
// made from this table.
type Detector struct {
	ID    DetectorID
	Class Class
	// Confidence is the highest this detector gives. A weaker sign of the same
	// thing, such as a card number without grouping or context, gets less.
	Confidence Confidence
	Title      string // what it finds, in a few words for documentation
	// Hits are texts in which exactly this detector finds something at Medium
	// or more, or at its highest if that is Low; Misses are texts in which it finds nothing. All are invented.
	Hits   []string
	Misses []string
}

// Detectors returns every detector, in a fixed order.
func Detectors() []Detector {
	var all []Detector
	for _, family := range [][]Detector{
		cardDetectors(),
		bankDetectors(),
		bicDetectors(),
		cryptoDetectors(),
		emailDetectors(),
		peopleDetectors(),
		idDetectors(),
		markingDetectors(),
		privateKeyDetectors(),
		jwtDetectors(),
		urlDetectors(),
		assignDetectors(),
		tokenDetectors(),
		hashDetectors(),
		proseDetectors(),
		codeDetectors(),
	} {
		all = append(all, family...)
	}
	return all
}
