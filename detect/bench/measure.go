package main

import (
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// sink keeps the compiler from leaving out what is measured.
var sink int

// cpuTime is what the process has used of the machine so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// sample is the CPU times of the repeats, sorted.
type sample []time.Duration

// measure calls f again and again, after a first time that doesn't count.
func measure(repeats int, f func()) sample {
	return compare(repeats, f)[0]
}

// compare measures several things in turns, so that what else the machine does
// hits each of them alike.
func compare(repeats int, fs ...func()) []sample {
	all := make([]sample, len(fs))
	for n := range repeats + 1 {
		for i, f := range fs {
			start := cpuTime()
			f()
			if took := cpuTime() - start; n > 0 || repeats == 1 {
				all[i] = append(all[i], took)
			}
		}
		if repeats == 1 {
			break
		}
	}
	for i := range all {
		slices.Sort(all[i])
	}
	return all
}

// at returns a percentile in milliseconds.
func (s sample) at(percent int) float64 {
	return float64(s[min(len(s)-1, len(s)*percent/100)]) / 1e6
}

// rate is the median in MB per second.
func (s sample) rate(text []byte) float64 {
	return float64(len(text)) / 1e3 / max(s.at(50), 1e-3)
}

// machine says what this runs on.
func machine() string {
	cores := strconv.Itoa(runtime.NumCPU()) + " cores"
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOOS + " on " + runtime.GOARCH + ", " + cores
	}
	for line := range strings.Lines(string(info)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.Trim(name, "\t :\n") + ", " + cores
		}
	}
	return runtime.GOARCH + ", " + cores
}
