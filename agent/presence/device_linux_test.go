package presence

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestDevicesInUse(t *testing.T) {
	dev, asound := t.TempDir(), t.TempDir()
	mic, camera := filepath.Join(dev, "snd", "pcmC0D0c"), filepath.Join(dev, "video0")
	status := filepath.Join(asound, "card0", "pcm0c", "sub0", "status")
	for _, path := range []string{mic, camera, filepath.Join(dev, "snd", "pcmC0D0p"), status} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("closed\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := openDevicesIn(dev, asound)
	defer d.close()
	want := func(on bool) {
		t.Helper()
		for timeout := time.After(patience); ; {
			if now, told := d.inUse(); now == on && told {
				return
			}
			select {
			case n := <-d.changed():
				d.moved(n)
			case <-timeout:
				t.Fatalf("in use is not %v", on)
			}
		}
	}
	want(false)
	a, err := os.Open(mic)
	if err != nil {
		t.Fatal(err)
	}
	want(true)
	b, err := os.Open(camera)
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	d.moved(<-d.changed())
	want(true)
	b.Close()
	want(false)
	// What plays sound is no call.
	sound, err := os.Open(filepath.Join(dev, "snd", "pcmC0D0p"))
	if err != nil {
		t.Fatal(err)
	}
	defer sound.Close()
	a, err = os.Open(mic)
	if err != nil {
		t.Fatal(err)
	}
	want(true)
	a.Close()
	want(false)
}

func TestAMicrophoneThatWasInUse(t *testing.T) {
	asound := t.TempDir()
	status := filepath.Join(asound, "card0", "pcm0c", "sub0", "status")
	if err := os.MkdirAll(filepath.Dir(status), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(status, []byte("state: RUNNING\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := openDevicesIn(t.TempDir(), asound)
	defer d.close()
	if on, told := d.inUse(); !on || told {
		t.Errorf("in use %v, told %v", on, told)
	}
}

func TestNoDevices(t *testing.T) {
	var none *devices
	if on, told := none.inUse(); on || told || none.changed() != nil {
		t.Error("somebody is in a call without a microphone")
	}
	none.close()
}
