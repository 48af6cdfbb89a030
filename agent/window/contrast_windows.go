package window

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// highContrast is HIGHCONTRASTW of winuser.h.
type highContrast struct {
	size, flags uint32
	scheme      *uint16
}

const (
	getHighContrast = 0x42 // SPI_GETHIGHCONTRAST
	highContrastOn  = 1    // HCF_HIGHCONTRASTON
)

// HighContrast says whether the person's desktop is set to high contrast.
func HighContrast() bool {
	h := highContrast{}
	h.size = uint32(unsafe.Sizeof(h))
	ask := windows.NewLazySystemDLL("user32.dll").NewProc("SystemParametersInfoW")
	ok, _, _ := ask.Call(getHighContrast, uintptr(h.size), uintptr(unsafe.Pointer(&h)), 0)
	return ok != 0 && h.flags&highContrastOn != 0
}
