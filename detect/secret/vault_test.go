package secret

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

func TestVaultKeeps(t *testing.T) {
	var v Vault
	var places []Place
	value := func(i int) []byte { return bytes.Repeat([]byte{byte(i)}, i*i%9000) }
	for i := range 200 {
		p, ok := v.Keep(value(i))
		if !ok || p.Len() != len(value(i)) {
			t.Fatalf("value %d: %v, %d bytes", i, ok, p.Len())
		}
		places = append(places, p)
	}
	long, ok := v.Keep(bytes.Repeat([]byte{7}, 3*chunkSize))
	if !ok || !bytes.Equal(v.Bytes(long), bytes.Repeat([]byte{7}, 3*chunkSize)) {
		t.Error("a long value was not kept")
	}
	for i, p := range places {
		if !bytes.Equal(v.Bytes(p), value(i)) {
			t.Errorf("value %d is another", i)
		}
	}
}

func TestWipeLeavesZerosInTheVaultsPages(t *testing.T) {
	var v Vault
	v.Wipe() // of nothing
	p, _ := v.Keep([]byte(canary))
	page := v.pages.chunks[0]
	if !bytes.Contains(page, []byte(canary)) {
		t.Fatal("the page does not hold the value")
	}
	v.Wipe()
	if !bytes.Equal(page, make([]byte, len(page))) || bytes.Contains(v.Bytes(p), []byte(canary)) {
		t.Error("the page is not zero")
	}
	if q, ok := v.Keep([]byte("next")); !ok || &v.Bytes(q)[0] != &page[0] {
		t.Error("the page is not used again")
	}
}

func TestVaultPrintsNothing(t *testing.T) {
	var v Vault
	p, _ := v.Keep([]byte(canary))
	if got := fmt.Sprintf("%v %+v %#v %s %+v", &v, &v, &v, &v, p); strings.Contains(got, canary) {
		t.Errorf("printed %s", got)
	}
	runtime.KeepAlive(&v)
}
