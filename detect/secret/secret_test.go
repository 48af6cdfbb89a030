package secret

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const canary = "canary-7Qx"

func TestTextRefusesToPrint(t *testing.T) {
	tx := New([]byte(canary))
	holder := struct{ T *Text }{tx}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("clip", "text", tx, "holder", holder)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("clip", "text", tx, "holder", holder)
	got := log.String() + tx.String()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		got += fmt.Sprintf(verb, tx) + fmt.Sprintf(verb, holder.T)
	}
	if strings.Contains(got, canary) || strings.Contains(got, fmt.Sprintf("%x", canary)) {
		t.Fatalf("the text was printed: %s", got)
	}
}

func TestTextRefusesToMarshal(t *testing.T) {
	tx := New([]byte(canary))
	if _, err := json.Marshal(tx); !errors.Is(err, ErrRefused) {
		t.Errorf("json.Marshal: got %v, want ErrRefused", err)
	}
	if err := gob.NewEncoder(&bytes.Buffer{}).Encode(tx); !errors.Is(err, ErrRefused) {
		t.Errorf("gob: got %v, want ErrRefused", err)
	}
}

func TestWipeOverwritesTheWholeBuffer(t *testing.T) {
	b := append(make([]byte, 0, 64), canary...)
	tx := New(b)
	tx.Wipe()
	if rest := b[:cap(b)]; bytes.Contains(rest, []byte(canary)) || !bytes.Equal(rest, make([]byte, 64)) {
		t.Fatalf("bytes left after Wipe: %q", rest)
	}
	if tx.Len() != 0 {
		t.Fatalf("Len after Wipe = %d", tx.Len())
	}
}
