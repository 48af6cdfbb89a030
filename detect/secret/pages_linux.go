package secret

import "golang.org/x/sys/unix"

// hidePages keeps pages out of core dumps (core(5)) and out of children
// (madvise(2)). A kernel that can't is no reason not to work.
func hidePages(b []byte) {
	_ = unix.Madvise(b, unix.MADV_DONTDUMP)
	_ = unix.Madvise(b, unix.MADV_DONTFORK)
}
