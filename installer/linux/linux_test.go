package linux

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestUnitNamesTheProgram(t *testing.T) {
	for path, want := range map[string]string{
		"/usr/bin/handrail":    "ExecStart=/usr/bin/handrail service run\n",
		"/opt/a b/handrail":    "ExecStart=\"/opt/a b/handrail\" service run\n",
		"/opt/100%$x/handrail": "ExecStart=/opt/100%%$$x/handrail service run\n",
	} {
		if got := Unit(path); strings.Count(got, want) != 1 {
			t.Errorf("%s: no line %q in\n%s", path, want, got)
		}
	}
}

// The promises that the unit makes, by name.
func TestUnitIsSandboxed(t *testing.T) {
	lines := map[string]bool{}
	for line := range strings.Lines(Unit(packaged)) {
		lines[strings.TrimSpace(line)] = true
	}
	for _, want := range []string{
		"DynamicUser=yes", "User=handrail", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes",
		"RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", "SystemCallFilter=@system-service",
		"MemoryDenyWriteExecute=yes", "CapabilityBoundingSet=", "StateDirectory=handrail", "RuntimeDirectory=handrail", "LimitCORE=0",
		"LoadCredential=enrol-secret:/etc/handrail/enrol-secret",
	} {
		if !lines[want] {
			t.Errorf("the unit does not say %s", want)
		}
	}
}

// systemd's own opinion: the unit is well-formed and its exposure is low.
func TestSystemdLikesTheUnit(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "handrail")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "handrail.service")
	if err := os.WriteFile(path, []byte(Unit(program)), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(analyze, "verify", "--man=no", path).CombinedOutput(); err != nil || strings.Contains(string(out), "handrail.service") {
		t.Errorf("verify: %v\n%s", err, out)
	}
	// The threshold is systemd's exposure level times ten; 9.6 is an ordinary
	// service, 2.0 and less is "OK" for one that needs the network.
	if out, err := exec.Command(analyze, "security", "--offline=true", "--threshold=20", path).CombinedOutput(); err != nil {
		t.Errorf("security: %v\n%s", err, out)
	}
}
