package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestUnderKeepsEverythingInOneFolder(t *testing.T) {
	home := t.TempDir()
	p, err := Find(home)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{p.Policy, p.Settings, p.ServiceState, p.ServiceSocket, p.UserState, p.UserRuntime,
		p.SessionSocket, p.KeptPolicy(), p.DeviceLedger(), p.Spool(), p.DeviceKey()} {
		if !strings.HasPrefix(path, home+string(filepath.Separator)) {
			t.Errorf("%q is not below %q", path, home)
		}
	}
}

func TestSettings(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     Settings
	}{
		{"nothing", "", Settings{Batch: 168 * time.Hour, CheckIn: time.Hour, Cohort: "all"}},
		{"a comment", "# nothing\n", Settings{Batch: 168 * time.Hour, CheckIn: time.Hour, Cohort: "all"}},
		{"a server", "server: https://h.example\n", Settings{Server: "https://h.example",
			Batch: 168 * time.Hour, CheckIn: time.Hour, Cohort: "all"}},
		{"everything", "server: http://127.0.0.1:8080\nreport_server: https://relay.example/in\nenrol_secret_file: /etc/handrail/secret\nbatch: 20s\ncheck_in: 2s\ncohort: sales\n",
			Settings{Server: "http://127.0.0.1:8080", ReportServer: "https://relay.example/in", EnrolSecretFile: "/etc/handrail/secret",
				Batch: 20 * time.Second, CheckIn: 2 * time.Second, Cohort: "sales"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseSettings([]byte(tt.in))
			if err != nil || got != tt.want {
				t.Errorf("got %+v, %v\nwant %+v", got, err, tt.want)
			}
		})
	}
}

func TestSettingsErrorsSayWhere(t *testing.T) {
	for in, want := range map[string]string{
		"server: https://h.example\nbatsch: 1h\n": `line 2: unknown key "batsch"`,
		"batch: soon\n":                      "line 1",
		"batch: 1ms\n":                       "batch",
		"check_in: -1h\n":                    "check_in",
		"server: h.example\n":                "server",
		"server: http://h.example\n":         "https",
		"server: https://me:pw@h.example\n":  "password",
		"report_server: https://h.example\n": "needs a server",
		"server: https://h.example/\nreport_server: https://h.example\n": "another address",
		"cohort: Sales Team\n":                       "cohort",
		"enrol_secret_file: secret\n":                "enrol_secret_file",
		"server: [\n":                                "line",
		"cohort: a\n---\ncohort: b\n":                "more than one",
		"server: https://h.example\nserver: x\n":     "line 2",
		"- server\n":                                 "line 1",
		"server: {a: b}\n":                           "line 1",
		"cohort: a\n\x00":                            "control",
		"server: https://h.example\nreport_server: ": "",
	} {
		_, err := ParseSettings([]byte(in))
		if want == "" {
			if err != nil {
				t.Errorf("%q: %v", in, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q in it", in, err, want)
		}
	}
}

func TestLoadSettings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "handrail.yaml")
	if s, err := LoadSettings(path); err != nil || s.Cohort != "all" {
		t.Errorf("no file: %+v, %v", s, err)
	}
	if err := os.WriteFile(path, []byte("x: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := LoadSettings(path); err == nil || !strings.Contains(err.Error(), path) || s.Batch != 168*time.Hour {
		t.Errorf("a broken file: %+v, %v", s, err)
	}
	if _, err := LoadSettings(filepath.Dir(path)); err == nil {
		t.Error("a folder was read as settings")
	}
}

func FuzzSettings(f *testing.F) {
	f.Add([]byte("server: https://h.example\nbatch: 1h\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := ParseSettings(b); err == nil && (s.Batch < minBatch || s.CheckIn < minCheckIn || s.Cohort == "") {
			t.Errorf("%q: %+v", b, s)
		}
	})
}
