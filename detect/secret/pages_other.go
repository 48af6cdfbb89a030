//go:build !unix && !windows

package secret

// mapPages returns ordinary memory, where the operating system has no other.
func mapPages(n int) (b []byte, locked bool, err error) { return make([]byte, n), false, nil }

func unmapPages([]byte) {}
