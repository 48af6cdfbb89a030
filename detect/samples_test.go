package detect

import "testing"

// A number on the list that fails its check would be found by nothing, and
// tells of a slip in writing it down.
func TestSampleNumbersPassTheirChecks(t *testing.T) {
	odd := map[string]bool{"76009244561": true, "135412345678911": true} // Dankort's and UATP's, as PayPal and Worldpay print them
	for i, pan := range sampleCards {
		if !luhn([]byte(pan)) && !odd[pan] {
			t.Errorf("%s doesn't pass Luhn", pan)
		}
		if i > 0 && sampleCards[i-1] == pan {
			t.Errorf("%s is listed twice", pan)
		}
	}
	for _, iban := range sampleIBANs {
		if mod97([]byte(iban)) != 1 {
			t.Errorf("%s doesn't pass mod 97", iban)
		}
	}
}
