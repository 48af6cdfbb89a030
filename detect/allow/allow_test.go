package allow

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/detect"
)

var (
	key = [32]byte{1, 2, 3}
	day = time.Date(2026, 11, 24, 23, 59, 0, 0, time.FixedZone("", 3600))
)

func TestAListRemembersWhatWasAdded(t *testing.T) {
	l := New(key)
	card := l.Mark(detect.PaymentCard, []byte("4716 2580 5997 0930"))
	if l.Has(card) {
		t.Error("an empty list has something")
	}
	l.Add(card, day)
	l.Add(card, day.AddDate(0, 0, 1))
	if es := l.Entries(); len(es) != 1 || es[0].Added != "2026-11-24" || es[0].Detector != detect.PaymentCard {
		t.Errorf("got %v", es)
	}
	for text, want := range map[string]bool{
		"4716 2580 5997 0930":                true,
		"4716258059970930":                   true,
		"\n4716 2580\r\n5997\u00a00930\t":    true, // other line breaks and spaces
		"4716 2580 5997 0931":                false,
		"4716-2580-5997-0930":                false,
		"4716 2580 5997 0930 4716 2580 5997": false,
		"":                                   false,
	} {
		if got := l.Has(l.Mark(detect.PaymentCard, []byte(text))); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
	if l.Has(l.Mark(detect.IBAN, []byte("4716 2580 5997 0930"))) {
		t.Error("what is no card can still be something else")
	}
	if l.Forget(Digest{}) || !l.Forget(card.Digest) || l.Has(card) || l.Len() != 0 {
		t.Error("not forgotten, or something else was")
	}
}

func TestEachPersonsDigestsAreTheirOwn(t *testing.T) {
	a, b := New(key), New([32]byte{9})
	if a.Mark("x", []byte("text")) == b.Mark("x", []byte("text")) {
		t.Error("two keys give one digest")
	}
}

func TestMarshalKeepsEverythingButTextAndKey(t *testing.T) {
	secretKey := [32]byte(bytes.Repeat([]byte("K"), 32))
	l := New(secretKey)
	l.Add(l.Mark(detect.PrivateKey, []byte("canary-in-the-mine")), day)
	l.Add(l.Mark(detect.EmailBulk, []byte("a@contoso.com b@contoso.com")), day)
	data, err := l.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"canary", "contoso", "KKKK", "4b4b4b"} {
		if bytes.Contains(data, []byte(never)) || strings.Contains(fmt.Sprintf("%v %+v %#v %s %x", l, l, l, l, l), never) {
			t.Errorf("%q can be read in the list: %s", never, data)
		}
	}
	back, err := Unmarshal(secretKey, data)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(back.Entries()) != fmt.Sprint(l.Entries()) || !back.Has(l.Entries()[1].Mark) {
		t.Errorf("got %v, want %v", back.Entries(), l.Entries())
	}
	again, err := back.Marshal()
	if err != nil || !bytes.Equal(again, data) {
		t.Errorf("got %s, %v", again, err)
	}
	if empty, err := New(key).Marshal(); err != nil {
		t.Error(err)
	} else if l, err := Unmarshal(key, empty); err != nil || l.Len() != 0 {
		t.Errorf("an empty list: %v", err)
	}
}

// Damage is told, whatever byte it hits, and never drops or adds an entry.
func TestDamageIsAnError(t *testing.T) {
	l := New(key)
	l.Add(l.Mark(detect.PrivateKey, []byte("one")), day)
	l.Add(l.Mark(detect.PrivateKey, []byte("two")), day)
	data, err := l.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		bad := bytes.Clone(data)
		bad[i] ^= 1
		if got, err := Unmarshal(key, bad); err == nil && fmt.Sprint(got.Entries()) != fmt.Sprint(l.Entries()) {
			t.Errorf("byte %d changed %q to %q, and the list to %v", i, data[i], bad[i], got.Entries())
		}
		if _, err := Unmarshal(key, data[:i]); err == nil && i < len(data)-1 {
			t.Errorf("cut off after %d bytes, and not noticed", i)
		}
	}
	for name, bad := range map[string]string{
		"another key's": strings.Replace(string(data), `"seal": "`, `"seal": "00`, 1),
		"two lists":     string(data) + string(data),
		"unknown field": strings.Replace(string(data), `"version"`, `"text": "", "version"`, 1),
		"less entries":  `{"version":1,"entries":[],"seal":"` + strings.Repeat("0", 64) + `"}`,
		"not a list":    "[]",
		"nothing":       "",
	} {
		if _, err := Unmarshal(key, []byte(bad)); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := Unmarshal([32]byte{7}, data); !errors.Is(err, ErrDamaged) {
		t.Errorf("another key: got %v", err)
	}
	if _, err := Unmarshal(key, []byte(`{"version": 2}`)); err == nil || errors.Is(err, ErrDamaged) {
		t.Errorf("a later version is not damage: got %v", err)
	}
}

func TestAListIsSharedByLookAndEngine(t *testing.T) {
	l := New(key)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j := range 50 {
				m := l.Mark("x", fmt.Appendf(nil, "%d %d", i, j))
				l.Add(m, day)
				if !l.Has(m) || l.Len() == 0 {
					t.Error("added, and not there")
				}
				l.Entries()
				l.Forget(m.Digest)
			}
		})
	}
	wg.Wait()
	if l.Len() != 0 {
		t.Errorf("%d entries are left", l.Len())
	}
}

func FuzzUnmarshal(f *testing.F) {
	l := New(key)
	l.Add(l.Mark("x", []byte("one")), day)
	data, err := l.Marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		if l, err := Unmarshal(key, data); err == nil {
			if _, err := l.Marshal(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
