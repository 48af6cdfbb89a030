package main

import (
	"os"
	"os/exec"
	"testing"
)

// programs builds our programs once for the tests of this package.
var programs string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "handrail-story-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		programs = dir
		for program, cgo := range map[string]string{"handrail": "0", "handrail-fleet": "0", "handrail-ui": "1"} {
			build := exec.Command("go", "build", "-trimpath", "-tags", "x11,no_emoji,no_metadata", "-o", dir+"/", "handrail/cmd/"+program)
			build.Env = append(os.Environ(), "CGO_ENABLED="+cgo)
			if out, err := build.CombinedOutput(); err != nil {
				panic("building " + program + ": " + err.Error() + "\n" + string(out))
			}
		}
		return m.Run()
	}())
}

func newStory(t *testing.T) *story {
	return &story{t: t, bin: programs, shots: os.Getenv("HANDRAIL_SHOTS"),
		say: func(step, figure string) { t.Logf("%s: %s", step, figure) }}
}

func TestStory(t *testing.T) {
	s := newStory(t)
	s.perDay = many
	s.start()
	s.openPages()
	s.mainJob()
	s.quiet()
	s.killed()
	s.noCanary()
}

func TestStoryOfTheFleet(t *testing.T) {
	s := newStory(t)
	s.withFleet = true
	s.start()
	s.openPages()
	s.mainJob()
	s.reported()
	s.panel()
	s.noCanary()
}
