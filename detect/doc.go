// Package detect says what is in a text: payment cards, keys, customer
// lists, classification markings. It is pure knowledge: no network, no file,
// no clock, no goroutine, no logger, and it never keeps or returns the text.
//
//	for _, f := range detect.Scan(clip).Findings {
//		fmt.Println(f.Detector, f.Class, f.Start, f.End)
//	}
//
// What it is not: a decision. Whether a finding matters depends on where the
// text is going, which is detect/policy's question.
package detect
