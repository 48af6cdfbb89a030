// Command handrail-demo plays Handrail's main job on real parts: an X server, a
// window manager, a real Chromium, the service, the session and its windows.
// It prints each step with its figure, keeps screenshots, cleans up after
// itself, and exits 0 only if every step was seen. On a desktop it starts
// everything there instead and says what to try; HEADLESS=1 prevents that. With
// -bench it measures.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"

	"handrail/agent/desktoptest"
)

var version = "0.1.0-dev"

func main() {
	bin := flag.String("bin", "bin", "the folder of Handrail's built programs")
	shots := flag.String("shots", "build/demo", "the folder for the screenshots")
	measure := flag.Bool("bench", false, "measure instead, and print the figures beside their budgets")
	flag.Parse()
	run := func() error { return demo(*bin, *shots) }
	switch {
	case *measure:
		run = func() error { return bench(*bin) }
	case haveDesktop():
		run = func() error { return onYourDesktop(*bin) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "demo: "+err.Error())
		os.Exit(1)
	}
}

func demo(bin, shots string) error {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(shots, 0o755); err != nil {
		return err
	}
	fmt.Println("Handrail's main job, on an X server, a desktop and a Chromium of its own.")
	step := 0
	say := func(what, figure string) {
		step++
		fmt.Printf("%3d. %-74s %s\n", step, what, figure)
	}
	err = play(func(t desktoptest.TB) {
		s := &story{t: t, say: say, bin: bin, shots: shots, withFleet: true}
		s.start()
		s.openPages()
		s.mainJob()
		s.quiet()
		s.reported()
		s.panel()
		s.noCanary()
	})
	if err != nil {
		return err
	}
	fmt.Printf("Every step was seen. The screenshots are in %s.\n", shots)
	return nil
}

// play runs f with a stage that cleans up whatever happens, Ctrl-C included.
func play(f func(desktoptest.TB)) (err error) {
	st := &stage{}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	done := make(chan error, 1)
	go func() {
		defer func() {
			switch r := recover().(type) {
			case nil:
				done <- nil
			case failure:
				done <- errors.New(string(r))
			default:
				st.clean()
				panic(r)
			}
		}()
		f(st)
	}()
	select {
	case err = <-done:
	case <-interrupted:
		err = errors.New("interrupted; everything that was started is being ended")
	}
	st.clean()
	return err
}

// failure is how a stage leaves the story.
type failure string

// stage is the harness's idea of a test, outside of one.
type stage struct {
	mu       sync.Mutex // guards cleanups
	cleanups []func()
}

var _ desktoptest.TB = (*stage)(nil)

func (s *stage) Helper()                    {}
func (s *stage) Logf(f string, args ...any) { fmt.Printf("     "+f+"\n", args...) }
func (s *stage) Fatal(args ...any)          { panic(failure(fmt.Sprint(args...))) }
func (s *stage) Fatalf(f string, args ...any) {
	panic(failure(fmt.Sprintf(f, args...)))
}
func (s *stage) Skipf(f string, args ...any) { s.Fatalf(f, args...) }

func (s *stage) Cleanup(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cleanups = append(s.cleanups, f)
}

func (s *stage) TempDir() string {
	dir, err := os.MkdirTemp("", "handrail-demo-")
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func (s *stage) clean() {
	s.mu.Lock()
	list := s.cleanups
	s.cleanups = nil
	s.mu.Unlock()
	for i := len(list) - 1; i >= 0; i-- {
		list[i]()
	}
}
