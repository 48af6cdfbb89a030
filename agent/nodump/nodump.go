// Package nodump keeps what is in a process's memory from ending up elsewhere
// by accident: no core files, no debugger of the same account, and no values
// in what is printed when something goes wrong inside.
//
// A long-running program begins like this:
//
//	logs, err := nodump.Start()
//	log := slog.New(slog.NewTextHandler(logs, nil))
//	nodump.Run(log, "session", func() { ... })
//
// It is no protection from root, and none from a program that may replace
// ours.
package nodump

import (
	"log/slog"
	"os"
	"path"
	"runtime"
	"strconv"
	"strings"
)

// ExitPanic is the exit code of a program that failed inside.
const ExitPanic = 70 // EX_SOFTWARE, sysexits.h

// Start calls Seal and then moves the process's standard error away: what the
// Go runtime prints when a library's goroutine fails holds values, and the
// runtime prints it to file descriptor 2. The returned file is the old
// standard error, for the logger. Call it once, before any content is read.
// After an error, protection is partial and the returned file is usable.
func Start() (*os.File, error) {
	sealed := Seal()
	logs, err := moveStderr()
	if err != nil {
		return logs, err
	}
	return logs, sealed
}

// Seal forbids core files and, on Linux, reading this process's memory by
// others of the same account. It suits short commands, which still need their
// standard error. Where the system offers less, that is no error.
func Seal() error { return seal() }

// Go starts f in a goroutine. When f panics, the log gets name and the names
// of the functions, never the value, and the process exits with ExitPanic.
func Go(log *slog.Logger, name string, f func()) { go Run(log, name, f) }

// Run is Go in the goroutine of the caller.
func Run(log *slog.Logger, name string, f func()) {
	done := false
	defer func() {
		if done {
			return
		}
		// Either a panic or runtime.Goexit, which nothing of ours calls. The
		// value stays unread: it may hold anything.
		_ = recover()
		log.Error("failed inside", "goroutine", name, "where", where())
		os.Exit(ExitPanic)
	}()
	f()
	done = true
}

// where lists the functions on the stack of a failing goroutine, innermost
// first, with the last part of their file's name and the line.
func where() []string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	var out []string
	for {
		f, more := frames.Next()
		if f.Function != "" && !strings.HasPrefix(f.Function, "runtime.") {
			out = append(out, f.Function+" "+path.Base(f.File)+":"+strconv.Itoa(f.Line))
		}
		if !more {
			return out
		}
	}
}
