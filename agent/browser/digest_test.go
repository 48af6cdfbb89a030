package browser

import (
	"encoding/json"
	"os"
	"testing"
)

// The vectors were computed by JavaScript, and the extension's own test reads
// them too.
func TestDigestIsTheScripts(t *testing.T) {
	b, err := os.ReadFile("testdata/digest.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Text   string
		Key    [2]uint32
		Length int
		Digest [2]uint32
	}
	if err := json.Unmarshal(b, &vectors); err != nil || len(vectors) < 10 {
		t.Fatal(err, len(vectors))
	}
	for _, v := range vectors {
		n, d := Digest([]byte(v.Text), v.Key)
		if n != v.Length || d != v.Digest {
			t.Errorf("%.20q under %v: got %d %v, want %d %v", v.Text, v.Key, n, d, v.Length, v.Digest)
		}
	}
}

func BenchmarkDigest(b *testing.B) {
	text := make([]byte, 1<<20)
	for i := range text {
		text[i] = "lorem ipsum "[i%12]
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Digest(text, [2]uint32{1, 2})
	}
}
