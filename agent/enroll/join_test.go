package enroll

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/agent/ledger"
	"handrail/agent/report"
)

const aSecret = "a-secret-that-lets-one-in"

// world is a server and a computer that wants to join it.
type world struct {
	*httptest.Server
	keys   map[string]report.DeviceID
	asked  int
	status int // answers with this refusal when set
}

func newWorld(t *testing.T) *world {
	w := &world{keys: map[string]report.DeviceID{}}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.asked++
		b, _ := io.ReadAll(r.Body)
		req, err := report.DecodeEnrol(b)
		if err != nil || w.status != 0 {
			rw.WriteHeader(w.status)
			_ = json.NewEncoder(rw).Encode(report.Refusal{Reason: report.UsedUp})
			return
		}
		k := string(req.PublicKey)
		if w.keys[k] == "" {
			w.keys[k] = report.DeviceID("d" + strings.Repeat("0", 31) + string(rune('0'+len(w.keys))))
			rw.WriteHeader(http.StatusCreated)
		}
		_ = json.NewEncoder(rw).Encode(report.EnrolReply{Device: w.keys[k]})
	}))
	t.Cleanup(w.Close)
	return w
}

func (w *world) joining(t *testing.T, dir string) Joining {
	t.Helper()
	book, err := ledger.Open(filepath.Join(dir, "ledger.jsonl"), ledger.Options{Shared: true})
	if err != nil {
		t.Fatal(err)
	}
	return Joining{SecretFiles: []string{filepath.Join(dir, "secret")}, Version: "1.0.0", Platform: report.LinuxAMD64, Ledger: book, HTTP: NewClient()}
}

func device(t *testing.T, dir, server string) *Device {
	t.Helper()
	d, err := Open(filepath.Join(dir, "device"), server)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestJoinOnceAndStay(t *testing.T) {
	w, dir := newWorld(t), t.TempDir()
	j, d := w.joining(t, dir), device(t, dir, w.URL)
	if err := d.Join(t.Context(), j); !errors.Is(err, ErrNoSecret) || w.asked != 0 {
		t.Fatalf("without a secret: %v, asked %d times", err, w.asked)
	}
	put(t, j.SecretFiles[0], aSecret+"\n")
	if err := d.Join(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	id := d.ID()
	d = device(t, dir, w.URL)
	if d.ID() != id || id == "" {
		t.Errorf("after a restart %q, before %q", d.ID(), id)
	}
	// The same secret again, from a file that could not be removed.
	put(t, j.SecretFiles[0], aSecret)
	if err := d.Join(t.Context(), j); !errors.Is(err, ErrNoSecret) || strings.Contains(err.Error(), aSecret) {
		t.Errorf("used again: %v", err)
	}
	d.Tidy(j.SecretFiles)
	if _, err := os.Stat(j.SecretFiles[0]); !errors.Is(err, os.ErrNotExist) {
		t.Error("the used secret is still there")
	}
	put(t, j.SecretFiles[0], "another-"+aSecret)
	if err := d.Join(t.Context(), j); err != nil || d.ID() != id {
		t.Errorf("with a new secret: %v, %q", err, d.ID())
	}
	for _, f := range []string{"key", "device.json"} {
		if info, err := os.Stat(filepath.Join(dir, "device", f)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f, info, err)
		}
	}
	if other := device(t, dir, "https://other.example"); other.ID() != "" || other.key.Equal(d.key) {
		t.Error("another server gets the same key or id")
	}
}

// The computer stops after the server has answered and before that is kept.
func TestInterruptedJoinGivesTheSameDevice(t *testing.T) {
	w, dir := newWorld(t), t.TempDir()
	j, d := w.joining(t, dir), device(t, dir, w.URL)
	put(t, j.SecretFiles[0], aSecret)
	if err := d.Join(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	id := d.ID()
	if err := d.save(state{Server: w.URL}); err != nil { // as it was before
		t.Fatal(err)
	}
	put(t, j.SecretFiles[0], aSecret)
	d = device(t, dir, w.URL)
	if err := d.Join(t.Context(), j); err != nil || d.ID() != id || len(w.keys) != 1 {
		t.Errorf("%v, %q, %d devices", err, d.ID(), len(w.keys))
	}
	n := 0
	if err := ledger.Entries(filepath.Join(dir, "ledger.jsonl"), func(e ledger.Entry) error {
		if e.Kind == ledger.Enrolment {
			n++
			if req, err := report.DecodeEnrol(e.Bytes); err != nil || req.Secret != LeftOut {
				t.Errorf("the entry says %+v, %v", req, err)
			}
		}
		return nil
	}); err != nil || n != 1 {
		t.Errorf("%d entries for joining, %v", n, err)
	}
}

func TestRefusedSecretStays(t *testing.T) {
	w, dir := newWorld(t), t.TempDir()
	w.status = 401
	j, d := w.joining(t, dir), device(t, dir, w.URL)
	put(t, j.SecretFiles[0], aSecret)
	var no *Refused
	if err := d.Join(t.Context(), j); !errors.As(err, &no) || no.Reason != report.UsedUp {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(j.SecretFiles[0]); err != nil {
		t.Error(err)
	}
	put(t, j.SecretFiles[0], "canary not a secret")
	if err := d.Join(t.Context(), j); !errors.Is(err, ErrNoSecret) || strings.Contains(err.Error(), "canary") {
		t.Errorf("got %v", err)
	}
}

func TestCountersNeverRepeat(t *testing.T) {
	w, dir := newWorld(t), t.TempDir()
	j, d := w.joining(t, dir), device(t, dir, w.URL)
	if _, err := d.Sign([]byte("x")); err == nil {
		t.Error("signed before joining")
	}
	put(t, j.SecretFiles[0], aSecret)
	if err := d.Join(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	last := uint64(0)
	sign := func() {
		t.Helper()
		h, err := d.Sign([]byte("x"))
		if err != nil {
			t.Fatal(err)
		}
		n, err := report.ParseCounter(h.Get(report.CounterHeader))
		if err != nil || n <= last {
			t.Errorf("counter %d after %d, %v", n, last, err)
		}
		for key := range w.keys {
			if !report.VerifyCheckIn([]byte(key), d.ID(), n, []byte("x"), h.Get(report.SignatureHeader)) {
				t.Error("the signature is not the key's")
			}
		}
		last = n
	}
	sign()
	d = device(t, dir, w.URL) // a restart
	sign()
	if err := d.GoOnAfter(40); err != nil {
		t.Fatal(err)
	}
	last = 40
	sign()
	if err := d.GoOnAfter(3); err != nil { // the past
		t.Fatal(err)
	}
	sign()
	if err := d.GoOnAfter(report.MaxCounter + 1); err == nil {
		t.Error("a counter that is too large was kept")
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	for after, want := range map[string]time.Duration{"": 0, "5": 5 * time.Second, "-5": 0, "soon": 0,
		"999999999": maxRetryAfter, "Mon, 02 Jan 2006 15:04:05 GMT": 0} {
		if got := retryAfter(after); got != want {
			t.Errorf("Retry-After %q is %v, want %v", after, got, want)
		}
	}
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/large" {
			_, _ = w.Write(make([]byte, 1<<20))
			return
		}
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	}))
	defer s.Close()
	if a, err := Post(t.Context(), NewClient(), s.URL, nil, []byte("x")); err != nil || a.Status != http.StatusTemporaryRedirect || elsewhere != 0 {
		t.Errorf("a redirect: %+v, %v, followed %d times", a, err, elsewhere)
	}
	if a, err := Post(t.Context(), NewClient(), s.URL+"/large", nil, []byte("x")); err != nil || len(a.Body) != 0 {
		t.Errorf("a large answer: %d bytes, %v", len(a.Body), err)
	}
	// A certificate that nobody vouches for.
	tls := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer tls.Close()
	if _, err := Post(t.Context(), NewClient(), tls.URL, nil, []byte("x")); err == nil || elsewhere != 0 {
		t.Errorf("a stranger's certificate: %v, asked %d times", err, elsewhere)
	}
}
