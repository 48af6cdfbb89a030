package probe

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handrail/detect/catalog"
)

// The test's own program serves as a stand-in for a model server, under that
// one's name.
func TestMain(m *testing.M) {
	if path := os.Getenv("PROBE_TEST_PATH"); path != "" {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet && r.URL.Path == path {
				fmt.Fprint(w, os.Getenv("PROBE_TEST_ANSWER"))
				return
			}
			http.NotFound(w, r)
		}))
		fmt.Println(s.URL)
		_, _ = io.ReadAll(os.Stdin) // until the test ends
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// serve starts a stand-in called name, and returns where it listens.
func serve(t *testing.T, name, path, answer string) netip.AddrPort {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.Link(self, file); err != nil { // another file system
		b, err := os.ReadFile(self)
		if err == nil {
			err = os.WriteFile(file, b, 0o700)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(file)
	cmd.Env = append(os.Environ(), "PROBE_TEST_PATH="+path, "PROBE_TEST_ANSWER="+answer)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return netip.MustParseAddrPort(strings.TrimPrefix(strings.TrimSpace(line), "http://"))
}

func TestServers(t *testing.T) {
	ollama := serve(t, "ollama", "/", "Ollama is running")
	vllm := serve(t, "vllm", "/version", `{"version":"0.9"}`)
	serve(t, "jan", "/", "a program that happens to be called so")
	serve(t, "webserver", "/", "Ollama is running") // the answer without the program
	found, err := Servers(t.Context(), catalog.Default())
	if err != nil {
		t.Fatal(err)
	}
	at := map[catalog.ToolID]Found{}
	for _, f := range found {
		at[f.Destination.Tool] = f
	}
	if f := at["ollama"]; f.Address != ollama || !f.Destination.Local || !f.Destination.AskOrganisation || f.PID == 0 {
		t.Errorf("ollama at %v: got %+v", ollama, f)
	}
	if f := at["vllm"]; f.Address != vllm {
		t.Errorf("vllm at %v: got %+v", vllm, f)
	}
	if f, ok := at["jan"]; ok {
		t.Errorf("taken for Jan by its name: %+v", f)
	}
	if !slices.IsSortedFunc(found, func(a, b Found) int {
		return strings.Compare(string(a.Destination.Tool), string(b.Destination.Tool))
	}) {
		t.Errorf("not sorted: %+v", found)
	}
}

func TestAnswers(t *testing.T) {
	want := catalog.Probe{Get: "/ask", Has: "it is me"}
	for name, c := range map[string]struct {
		h    http.HandlerFunc
		want bool
	}{
		"yes":            {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "yes, it is me") }, true},
		"another answer": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") }, false},
		"not found":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404); fmt.Fprint(w, "it is me") }, false},
		"elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/ask" {
				http.Redirect(w, r, "/there", http.StatusFound)
				return
			}
			t.Error("a redirect was followed")
		}, false},
		"too far in": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, strings.Repeat("x", maxAnswer), "it is me")
		}, false},
		"never": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, false},
		"nothing of ours": {func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet || r.ContentLength > 0 || r.Header.Get("Cookie")+r.Header.Get("Authorization")+r.URL.RawQuery != "" {
				t.Errorf("more than a question: %v", r)
			}
			fmt.Fprint(w, "it is me")
		}, true},
	} {
		s := httptest.NewServer(c.h)
		at := netip.MustParseAddrPort(s.Listener.Addr().String())
		if got := answers(t.Context(), at, want); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
		s.Close()
	}
	if answers(t.Context(), netip.MustParseAddrPort("192.0.2.1:80"), want) {
		t.Error("another computer was asked")
	}
}
