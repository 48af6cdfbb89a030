package tray

import (
	"context"
	"encoding/binary"
	"runtime"
	"strings"

	"fyne.io/systray"
)

// run shows the icon until ctx ends. The library's window and its messages
// belong to one thread; Explorer, when it comes up later or again, is told of
// the icon by the library.
func (t *Tray) run(ctx context.Context) error {
	face, err := t.first(ctx)
	if err != nil {
		return err
	}
	runtime.LockOSThread() // and never unlocked: the thread ends with this goroutine
	systray.Run(func() {
		d := t.build(ctx, face)
		t.follow(ctx, face, d.change)
		systray.Quit()
	}, nil)
	return nil
}

// iconFile wraps the picture in the icon format that Windows reads from files:
// a header of 6 bytes, one entry of 16, then the PNG as it is,
// https://devblogs.microsoft.com/oldnewthing/20101018-00/?p=12513
func iconFile(i Icon) []byte {
	picture := i.PNG()
	b := []byte{0, 0, 1, 0, 1, 0} // an icon, one picture
	b = append(b, 64, 64, 0, 0, 1, 0, 32, 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(picture)))
	b = binary.LittleEndian.AppendUint32(b, 6+16)
	return append(b, picture...)
}

// escape is for menus that take an ampersand for the sign of a key.
func escape(label string) string { return strings.ReplaceAll(label, "&", "&&") }
