package intake

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/detect/catalog"
	"handrail/fleet/store"
)

const (
	length = time.Hour
	grace  = 10 * time.Minute
	secret = "hre_0123456789abcdefghij"
)

var begin = report.BatchOf(time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), length)

// server is both handlers on real sockets, with a clock that the test sets.
type server struct {
	store            *store.Store
	devices, reports string
	now              atomic.Pointer[time.Time]
	log              bytes.Buffer // read it when no request runs
}

func serve(t *testing.T, dir string) *server {
	t.Helper()
	s, err := store.Open(filepath.Join(dir, "fleet.db"))
	if err != nil {
		t.Fatal(err)
	}
	x := &server{store: s}
	x.set(begin.Start.Add(30 * time.Minute))
	log := slog.New(slog.NewTextHandler(&x.log, nil))
	now := func() time.Time { return *x.now.Load() }
	d := httptest.NewServer(Devices(DeviceOptions{Store: s, Now: now, Log: log}))
	r := httptest.NewServer(Reports(ReportOptions{Store: s, Batch: length, Grace: grace, Now: now, Log: log}))
	x.devices, x.reports = d.URL, r.URL
	t.Cleanup(func() { d.Close(); r.Close(); _ = s.Close() })
	if err := s.AddSecret(t.Context(), store.Secret{Label: "test", Hash: sha256.Sum256([]byte(secret)), Uses: 1, Expires: begin.Start.Add(48 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	return x
}

func (x *server) set(t time.Time) { x.now.Store(&t) }

func post(t *testing.T, url string, body []byte, header map[string]string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, b
}

var octets = map[string]string{"Content-Type": "application/octet-stream"}

func (x *server) report(t *testing.T, body []byte) (int, []byte) {
	t.Helper()
	res, b := post(t, x.reports+report.ReportsPath, body, octets)
	return res.StatusCode, b
}

func newReport(t *testing.T, id report.BatchID) []byte {
	t.Helper()
	c := report.UseCell("chatgpt", catalog.SurfaceBrowser)
	c.Often = report.Once
	b, err := report.Encode(report.Report{Batch: id, Cohort: report.Everybody, Cells: []report.Cell{c}}, report.NewNonce())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func wantRefusal(t *testing.T, what string, status int, body []byte, wantStatus int, want report.Reason) report.Refusal {
	t.Helper()
	r, err := report.DecodeRefusal(body)
	if status != wantStatus || err != nil || r.Reason != want {
		t.Errorf("%s: got %d %s, want %d %v", what, status, body, wantStatus, want)
	}
	return r
}

func (x *server) waiting(t *testing.T) (n int) {
	t.Helper()
	in, err := x.store.Inbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range in {
		n += b.Reports
	}
	return n
}

func TestReports(t *testing.T) {
	x := serve(t, t.TempDir())
	good := newReport(t, begin.ID)
	wrong := bytes.Clone(good)
	wrong[20] ^= 0x20
	for what, c := range map[string]struct {
		body   []byte
		status int
		why    report.Reason
	}{
		"nothing":        {nil, 400, report.Malformed},
		"garbage":        {bytes.Repeat([]byte("secret-looking garbage "), 90)[:report.PlainSize], 400, report.Malformed},
		"too short":      {good[:report.PlainSize-1], 400, report.Malformed},
		"too long":       {append(bytes.Clone(good), '\n'), 413, report.Malformed},
		"one byte wrong": {wrong, 400, report.Malformed},
		"next batch":     {newReport(t, begin.Next().ID), 410, report.ClosedBatch},
		"an old batch":   {newReport(t, begin.Before().ID), 410, report.ClosedBatch},
		"another length": {newReport(t, report.BatchOf(begin.Start, report.Week).ID), 410, report.ClosedBatch},
	} {
		status, b := x.report(t, c.body)
		wantRefusal(t, what, status, b, c.status, c.why)
	}
	for _, h := range []string{"Cookie", "Authorization", report.DeviceHeader, report.CounterHeader, report.SignatureHeader} {
		res, b := post(t, x.reports+report.ReportsPath, good, map[string]string{"Content-Type": octets["Content-Type"], h: "x=1"})
		wantRefusal(t, h, res.StatusCode, b, 400, report.Malformed)
	}
	res, b := post(t, x.reports+report.ReportsPath, good, map[string]string{"Content-Type": "application/json"})
	wantRefusal(t, "JSON", res.StatusCode, b, 415, report.Malformed)
	res, _ = post(t, x.devices+report.ReportsPath, good, octets)
	if res.StatusCode != 404 {
		t.Errorf("the devices' listener takes reports: %d", res.StatusCode)
	}
	if n := x.waiting(t); n != 0 {
		t.Fatalf("%d refused reports are stored", n)
	}

	for i, want := range []int{202, 200, 200} {
		status, b := x.report(t, good)
		if r, err := report.DecodeReportReply(b); status != want || err != nil || r.Receipt != report.IDOf(good) {
			t.Errorf("time %d: got %d %s, want %d", i+1, status, b, want)
		}
	}
	if n := x.waiting(t); n != 1 {
		t.Errorf("the same report three times counts %d", n)
	}
	x.set(begin.End.Add(grace - time.Second))
	if status, b := x.report(t, newReport(t, begin.ID)); status != 202 {
		t.Errorf("at the end of the grace: %d %s", status, b)
	}
	x.set(begin.End.Add(grace))
	status, b := x.report(t, newReport(t, begin.ID))
	wantRefusal(t, "after the grace", status, b, 410, report.ClosedBatch)
	// A clock that goes back opens no batch that was closed.
	c := Closer{Store: x.store, Grace: grace, Now: func() time.Time { return *x.now.Load() }, Log: slog.New(slog.DiscardHandler)}
	if err := c.CloseDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	x.set(begin.Start)
	status, b = x.report(t, newReport(t, begin.ID))
	wantRefusal(t, "after closing", status, b, 410, report.ClosedBatch)
	if x.log.Len() != 0 {
		t.Errorf("it was logged: %s", &x.log)
	}
}

func TestEnrolAndCheckIn(t *testing.T) {
	x := serve(t, t.TempDir())
	pub, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	enrol := func(secret string, pub ed25519.PublicKey) (int, []byte) {
		b, err := report.EncodeEnrol(report.EnrolRequest{Secret: secret, PublicKey: pub, Version: "1.4.2", Platform: report.LinuxAMD64})
		if err != nil {
			t.Fatal(err)
		}
		res, b := post(t, x.devices+report.EnrolPath, b, nil)
		return res.StatusCode, b
	}
	status, b := enrol(secret+"x", pub)
	wantRefusal(t, "another secret", status, b, 401, report.UnknownSecret)
	status, b = enrol(secret, pub)
	first, err := report.DecodeEnrolReply(b)
	if status != 201 || err != nil {
		t.Fatalf("got %d %s", status, b)
	}
	status, b = enrol(secret, pub)
	if again, err := report.DecodeEnrolReply(b); status != 200 || err != nil || again != first {
		t.Errorf("again: %d %s", status, b)
	}
	pub2, key2, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	status, b = enrol(secret, pub2)
	wantRefusal(t, "a second device", status, b, 401, report.UsedUp)
	for _, garbage := range []string{"", "{}", "[", strings.Repeat("x", report.MaxMessage), `{"v":1,"more":true}`} {
		res, b := post(t, x.devices+report.EnrolPath, []byte(garbage), nil)
		wantRefusal(t, "garbage", res.StatusCode, b, 400, report.Malformed)
	}
	res, b := post(t, x.devices+report.EnrolPath, bytes.Repeat([]byte("x"), report.MaxMessage+1), nil)
	wantRefusal(t, "too much", res.StatusCode, b, 413, report.Malformed)

	health := report.Health{Device: first.Device, Agent: "1.4.2", Platform: report.LinuxAMD64, Coverage: coverage.All(coverage.Seen, coverage.None)}
	body, err := report.EncodeHealth(health)
	if err != nil {
		t.Fatal(err)
	}
	checkIn := func(device report.DeviceID, counter uint64, body []byte, signature string) (int, []byte) {
		res, b := post(t, x.devices+report.CheckInPath, body, map[string]string{
			report.DeviceHeader: string(device), report.CounterHeader: report.FormatCounter(counter), report.SignatureHeader: signature,
		})
		return res.StatusCode, b
	}
	sign := func(counter uint64) string { return report.SignCheckIn(key, first.Device, counter, body) }
	status, b = checkIn(first.Device, 5, body, report.SignCheckIn(key2, first.Device, 5, body))
	wantRefusal(t, "another key", status, b, 401, report.BadSignature)
	status, b = checkIn(first.Device, 6, body, sign(5))
	wantRefusal(t, "another counter", status, b, 401, report.BadSignature)
	status, b = checkIn(first.Device, 5, []byte("not signed, not read"), sign(5))
	wantRefusal(t, "another body", status, b, 401, report.BadSignature)
	status, b = checkIn(report.DeviceID("d"+strings.Repeat("0", 32)), 5, body, sign(5))
	wantRefusal(t, "another device", status, b, 401, report.UnknownDevice)
	status, b = checkIn(first.Device, 0, body, sign(0))
	wantRefusal(t, "no counter", status, b, 400, report.Malformed)

	status, b = checkIn(first.Device, 5, body, sign(5))
	if in, err := report.DecodeCheckInReply(b); status != 200 || err != nil || in.Receipt != report.IDOf(body) || in.NextIn != 3600 {
		t.Fatalf("got %d %s", status, b)
	}
	status, b = checkIn(first.Device, 5, body, sign(5))
	if r := wantRefusal(t, "sent again", status, b, 409, report.OldCounter); r.Counter != 5 {
		t.Errorf("the device would go on after %d", r.Counter)
	}
	// Signed, and yet about another device.
	other := health
	other.Device = "d" + report.DeviceID(strings.Repeat("1", 32))
	if body, err = report.EncodeHealth(other); err != nil {
		t.Fatal(err)
	}
	status, b = checkIn(first.Device, 7, body, sign(7))
	wantRefusal(t, "about another device", status, b, 400, report.Malformed)
	d, err := x.store.Device(t.Context(), first.Device)
	if err != nil || d.Counter != 5 || d.LastSeen != "2026-11-24" {
		t.Errorf("stored: %+v, %v", d, err)
	}
	if x.log.Len() != 0 {
		t.Errorf("it was logged: %s", &x.log)
	}
}

// What is refused is never said back.
func FuzzReportsEchoNothing(f *testing.F) {
	f.Add([]byte(`{"v":1,"batch":"2026-W48"}`))
	h := Reports(ReportOptions{Batch: length, Grace: grace, Now: func() time.Time { return time.Unix(0, 0) }})
	f.Fuzz(func(t *testing.T, b []byte) {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, report.ReportsPath, bytes.NewReader(b))
		r.Header.Set("Content-Type", octets["Content-Type"])
		h.ServeHTTP(w, r)
		var x report.Refusal
		if err := json.Unmarshal(w.Body.Bytes(), &x); err != nil || w.Code < 400 || w.Code >= 500 || x.Counter != 0 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	})
}
