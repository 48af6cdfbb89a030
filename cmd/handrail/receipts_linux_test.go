package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/agent/config"
	"handrail/agent/receipts"
	"handrail/agent/report"
)

func TestReceipts(t *testing.T) {
	t.Setenv("LC_ALL", "C")
	home, file := t.TempDir(), filepath.Join(t.TempDir(), "checked.json")
	paths := config.Under(home)
	want := func(what, says string, args ...string) {
		t.Helper()
		out, err := handrail(home, append([]string{"receipts"}, args...)...)
		if err != nil {
			out += err.Error()
		}
		if !strings.Contains(out, says) {
			t.Errorf("%s: %q, want %q", what, out, says)
		}
	}
	if err := os.MkdirAll(paths.UserState, 0o700); err != nil {
		t.Fatal(err)
	}
	want("none", "You have no receipts.", "list")
	want("none", "You have no receipts.", "export", file)
	if _, err := os.Stat(file); err == nil {
		t.Error("a file of nothing")
	}
	if err := receipts.In(paths.UserState).Add(time.Now(), report.CustomerMail, report.CheckedPerson); err != nil {
		t.Fatal(err)
	}
	want("one", "mail to customers: by a second person", "list")
	want("export", "One receipt is in "+file, "export", file)
	want("again", file+" is there already: choose another name", "export", file)
	want("verify", "One receipt, as it was signed. Signed with your key.", "verify", file)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(raw, []byte("customer_mail"), []byte("hiring"), 1)
	if err := os.WriteFile(file+".changed", changed, 0o600); err != nil {
		t.Fatal(err)
	}
	want("changed", "receipt 1 is not as it was signed", "verify", file+".changed")
	if err := os.WriteFile(file+".none", []byte("[]"), 0o600); err != nil {
		t.Fatal(err)
	}
	want("empty", "there is no receipt in it", "verify", file+".none")
	want("nothing", "reading receipts", "verify", file+".nowhere")
	want("forget", "are erased", "forget")
	want("after that", "You have no receipts.", "list")
	want("of somebody", "Whose it is, the file can’t say", "verify", file)
}
