// Package linux holds the files that put Handrail on a Linux computer. Each
// exists once: packages take them from this folder, and "handrail service
// install" from here.
package linux

import (
	_ "embed" // the unit
	"strings"
)

//go:embed handrail.service
var unit string

const packaged = "/usr/bin/handrail"

// Unit returns the systemd unit of the background service for the program at
// path.
func Unit(path string) string { return strings.Replace(unit, packaged, quote(path), 1) }

// quote writes a path as systemd's ExecStart wants it, see systemd.service(5).
func quote(path string) string {
	path = strings.NewReplacer(`%`, `%%`, `$`, `$$`).Replace(path)
	if strings.ContainsAny(path, " \t\"'\\;") {
		path = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(path) + `"`
	}
	return path
}
