//go:build cgo

// Command handrail-ui draws Handrail's windows. The session starts it and
// speaks with it over standard input and output (agent/card); it is of no use
// by itself. It never holds what was copied.
package main

import (
	"flag"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/go-gl/glfw/v3.4/glfw"

	"handrail/agent/card"
	"handrail/agent/nodump"
	"handrail/agent/window"
	"handrail/ui"
	"handrail/ui/text"
)

// version is set by the linker.
var version = "dev"

func main() {
	language := flag.String("language", "", "the language that the windows speak, such as de")
	about := flag.Bool("version", false, "print the version")
	flag.Parse()
	if *about {
		fmt.Println("handrail-ui", version)
		return
	}
	// Standard output is the protocol's; what libraries print goes elsewhere.
	out := os.Stdout
	os.Stdout = os.Stderr
	logs, err := nodump.Start()
	log := slog.New(slog.NewTextHandler(logs, nil))
	if err != nil {
		log.Warn("memory is not fully kept out of core files", "error", err)
	}
	nodump.Run(log, "main", func() { run(log, out, text.For(*language)) })
}

func run(log *slog.Logger, out *os.File, words text.Printer) {
	// A window that is shown now and then needs little: give memory back early.
	debug.SetGCPercent(50)

	stage, err := window.OpenStage()
	if err != nil {
		log.Error("no window can be shown", "error", err)
		_ = card.NewEncoder(out).Encode(card.Message{Kind: card.Failed, Reason: card.ReasonDisplay})
		os.Exit(1)
	}
	// Without an id Fyne keeps no files of ours.
	a := app.NewWithID("")
	// No splash window, although it has no border: Fyne puts that in the middle
	// of the screen, last thing before it is seen.
	w := a.NewWindow("Handrail")
	glfw.WindowHint(glfw.FocusOnShow, glfw.False)
	u := ui.Start(ui.Options{
		In: os.Stdin, Out: out,
		App: a, Window: w, Native: native{w}, Stage: stage, Words: words, Strong: window.HighContrast(),
		Exit: os.Exit,
	})
	nodump.Go(log, "desktop", func() {
		err := stage.Watch(u.Pressed)
		log.Info("the desktop has ended", "error", err)
		os.Exit(0)
	})
	a.Run()
}

// native reaches below Fyne's portable window.
type native struct{ w fyne.Window }

func (n native) Handle() (h uintptr) {
	n.w.(driver.NativeWindow).RunNative(func(c any) {
		if x, ok := c.(driver.X11WindowContext); ok {
			h = x.WindowHandle
		}
	})
	return h
}

func (n native) Move(x, y int) { n.w.(desktop.Window).RequestPosition(x, y) }
