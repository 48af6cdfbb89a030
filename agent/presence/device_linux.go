package presence

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// devices hears when a microphone or a camera is opened and closed, of
// whichever program: inotify(7) on the device files. Nothing is opened or read
// of them. A microphone that was in use before is known by what ALSA says of
// it; a camera that was is not.
type devices struct {
	file  *os.File
	moves chan int // by how many the number of open devices has changed
	open  int
	told  bool
}

// openDevices is nil where nothing can be heard.
func openDevices() *devices { return openDevicesIn("/dev", "/proc/asound") }

func openDevicesIn(dev, asound string) *devices {
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC | unix.IN_NONBLOCK)
	if err != nil {
		return nil
	}
	// "c" is for capture: https://docs.kernel.org/sound/designs/procfile.html
	mics, _ := filepath.Glob(filepath.Join(dev, "snd", "pcmC*c"))
	cameras, _ := filepath.Glob(filepath.Join(dev, "video*"))
	d := &devices{file: os.NewFile(uintptr(fd), "inotify"), moves: make(chan int)}
	for _, path := range append(mics, cameras...) {
		if _, err := unix.InotifyAddWatch(fd, path, unix.IN_OPEN|unix.IN_CLOSE); err == nil {
			d.told = true
		}
	}
	states, _ := filepath.Glob(filepath.Join(asound, "card*", "pcm*c", "sub*", "status"))
	for _, path := range states {
		if s, err := os.ReadFile(path); err == nil && !strings.HasPrefix(string(s), "closed") {
			d.open++
		}
	}
	go d.listen()
	return d
}

// listen counts until the file is closed.
func (d *devices) listen() {
	defer close(d.moves)
	buf := make([]byte, 4096)
	for {
		n, err := d.file.Read(buf)
		if err != nil {
			return
		}
		sum := 0
		for b := buf[:n]; len(b) >= unix.SizeofInotifyEvent; {
			mask := binary.NativeEndian.Uint32(b[4:])
			if mask&unix.IN_OPEN != 0 {
				sum++
			}
			if mask&unix.IN_CLOSE != 0 {
				sum--
			}
			b = b[unix.SizeofInotifyEvent+int(binary.NativeEndian.Uint32(b[12:])):]
		}
		d.moves <- sum
	}
}

// changed is nil, and never read from, where nothing can be heard.
func (d *devices) changed() <-chan int {
	if d == nil {
		return nil
	}
	return d.moves
}

// moved counts. What was open before the watch began, and is closed in it, was
// never counted.
func (d *devices) moved(n int) { d.open = max(0, d.open+n) }

func (d *devices) inUse() (on, told bool) {
	if d == nil {
		return false, false
	}
	return d.open > 0, d.told
}

func (d *devices) close() {
	if d == nil {
		return
	}
	d.file.Close()
	for range d.moves { // until the listener has ended
	}
}
