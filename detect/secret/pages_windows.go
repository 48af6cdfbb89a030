package secret

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// mapPages returns zeroed memory of n bytes that belongs to nothing else, and
// says whether it is locked.
func mapPages(n int) (b []byte, locked bool, err error) {
	at, err := windows.VirtualAlloc(0, uintptr(n), windows.MEM_COMMIT|windows.MEM_RESERVE, windows.PAGE_READWRITE)
	if err != nil {
		return nil, false, err
	}
	// The address is not of Go's heap, so that it may be made a pointer of.
	b = unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&at))), n)
	return b, windows.VirtualLock(at, uintptr(n)) == nil, nil
}

func unmapPages(b []byte) {
	_ = windows.VirtualFree(uintptr(unsafe.Pointer(unsafe.SliceData(b))), 0, windows.MEM_RELEASE)
}
