//go:build unix

package secret

import "golang.org/x/sys/unix"

// mapPages returns zeroed memory of at least n bytes that belongs to nothing
// else, and says whether it is locked.
func mapPages(n int) (b []byte, locked bool, err error) {
	b, err = unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
	if err != nil {
		return nil, false, err
	}
	hidePages(b)
	return b, unix.Mlock(b) == nil, nil
}

func unmapPages(b []byte) { _ = unix.Munmap(b) }
