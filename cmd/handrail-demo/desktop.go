package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"handrail/agent/config"
	"handrail/agent/desktoptest"
	"handrail/agent/local"
	"handrail/agent/report"
)

// haveDesktop tells whether there is a desktop on which a person can try
// Handrail: an X11 session, unless HEADLESS=1 says otherwise.
func haveDesktop() bool {
	return os.Getenv("HEADLESS") != "1" && os.Getenv("DISPLAY") != "" && os.Getenv("XDG_SESSION_TYPE") != "wayland"
}

// onYourDesktop starts everything on the desktop it is called from, below a
// folder that goes away again, says what to try, and keeps it running until
// Ctrl-C.
func onYourDesktop(bin string) error {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return err
	}
	fmt.Println("Handrail on this desktop, until Ctrl-C. Nothing of it stays.")
	return play(func(t desktoptest.TB) {
		say := func(what, figure string) { fmt.Printf("  %s: %s\n", what, figure) }
		s := &story{t: t, say: say, bin: bin, env: os.Environ(), withFleet: true, perDay: many}
		dir := t.TempDir()
		s.startPrograms(filepath.Join(dir, "handrail"))
		list := filepath.Join(dir, "customers.csv")
		if err := os.WriteFile(list, []byte(customers()), 0o600); err != nil {
			t.Fatalf("writing the customer list: %v", err)
		}
		status := s.until("the session watches", func(st local.SessionStatus) bool { return st.Watching && st.Service })
		say("Service and session are up and watch", coverageWords(status.Coverage))
		fmt.Printf(`
Try this:
  1. Open %s, mark everything and copy it.
  2. Open an AI chat in your browser that is not approved, such as
     https://chat.deepseek.com or https://chatgpt.com. The nudge comes before you paste.
  3. Answer it, with the mouse or with the hotkey that it names.
  4. Read what was counted:   %s=%s %s ledger
     and what is seen:        %s=%s %s status
  5. See what IT sees:        %s  (30 simulated colleagues report every %s)

Ctrl-C ends everything.
`, list, config.HomeVar, s.paths.Home, filepath.Join(bin, "handrail"),
			config.HomeVar, s.paths.Home, filepath.Join(bin, "handrail"), s.fleet.console, storyBatch)
		for {
			batch := report.BatchOf(time.Now(), storyBatch)
			time.Sleep(time.Until(batch.End.Add(time.Second)))
			if err := s.fleet.report(batch.ID); err != nil {
				t.Logf("%v", err)
			}
		}
	})
}
