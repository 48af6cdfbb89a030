//go:build !linux

package process

// Foregrounds finds nothing on this system yet: terminals are not watched, and
// coverage says so.
func Foregrounds(int) []Program { return nil }
