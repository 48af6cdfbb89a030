package report

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"
)

func TestEnrolRequestIsReadStrictly(t *testing.T) {
	good := EnrolRequest{Secret: "hre_0123456789abcdefghij", PublicKey: make([]byte, ed25519.PublicKeySize), Version: "1.4.2", Platform: LinuxAMD64}
	b, err := EncodeEnrol(good)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := DecodeEnrol(b); err != nil || got.Secret != good.Secret || !bytes.Equal(got.PublicKey, good.PublicKey) {
		t.Fatalf("got %+v, %v", got, err)
	}
	for _, change := range [][2]string{
		{`"v":1`, `"v":2`}, {`"v":1`, `"v":1,"user":"x"`}, {"hre_", "hre "}, {"1.4.2", "1.4"}, {"linux_amd64", "beos"}, {"AAAA", ""},
		{"}", "}{}"}, {"}", "}" + strings.Repeat(" ", MaxMessage)},
	} {
		bad := strings.Replace(string(b), change[0], change[1], 1)
		if _, err := DecodeEnrol([]byte(bad)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestCheckInSignatureCoversEverything(t *testing.T) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	pub := key.Public().(ed25519.PublicKey)
	sig := SignCheckIn(key, "d1", 12, []byte("body"))
	for _, c := range []struct {
		device  DeviceID
		counter uint64
		body    string
		sig     string
		want    bool
	}{
		{"d1", 12, "body", sig, true}, {"d2", 12, "body", sig, false}, {"d1", 13, "body", sig, false},
		{"d1", 12, "Body", sig, false}, {"d1", 12, "body", "", false}, {"d1", 12, "body", sig + "A", false},
	} {
		if got := VerifyCheckIn(pub, c.device, c.counter, []byte(c.body), c.sig); got != c.want {
			t.Errorf("%+v: got %v", c, got)
		}
	}
	for _, s := range []string{"", "0", "-1", "+1", "01", "9223372036854775808", "x"} {
		if _, err := ParseCounter(s); !errors.Is(err, ErrMalformed) {
			t.Errorf("counter %q: %v", s, err)
		}
	}
}

func TestRepliesAreReadStrictly(t *testing.T) {
	id := string(IDOf(nil))
	for _, bad := range []string{``, `{}`, `{"receipt":"` + id + `","next_in":0}`, `{"receipt":"x","next_in":5}`, `{"receipt":"` + id + `","next_in":5,"x":1}`} {
		if _, err := DecodeCheckInReply([]byte(bad)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if r, err := DecodeCheckInReply([]byte(`{"receipt":"` + id + `","next_in":5}`)); err != nil || r.NextIn != 5 {
		t.Errorf("got %+v, %v", r, err)
	}
	for r := Malformed; r <= NotPublic; r++ {
		if got, err := DecodeRefusal([]byte(`{"reason":"` + r.String() + `"}`)); err != nil || got.Reason != r {
			t.Errorf("%v: %+v, %v", r, got, err)
		}
	}
	if _, err := DecodeRefusal([]byte(`{"reason":"because"}`)); !errors.Is(err, ErrMalformed) {
		t.Errorf("got %v", err)
	}
}
