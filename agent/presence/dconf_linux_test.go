package presence

import (
	"os"
	"path/filepath"
	"testing"
)

// The file is one that dconf 0.40 wrote.
func TestDconf(t *testing.T) {
	const file = "testdata/dconf-0.40.gvdb"
	for _, c := range []struct {
		key     string
		on, set bool
	}{
		{"/org/gnome/desktop/notifications/show-banners", false, true},
		{"/org/gnome/desktop/notifications/show-in-lock-screen", true, true},
		{"/org/gnome/desktop/notifications/show", false, false},
		{"/gnome/desktop/notifications/show-banners", false, false},
		{"/", false, false},
		{"", false, false},
	} {
		if on, set, err := dconfBool(file, c.key); on != c.on || set != c.set || err != nil {
			t.Errorf("%q is %v, set %v, %v", c.key, on, set, err)
		}
	}
	if _, _, err := dconfBool(file, "/org/gnome/desktop/interface/cursor-size"); err == nil {
		t.Error("a number was taken for a switch")
	}
	if _, set, err := dconfBool(filepath.Join(t.TempDir(), "none"), "/a"); set || err != nil {
		t.Errorf("no file: set %v, %v", set, err)
	}
}

func FuzzDconf(f *testing.F) {
	b, err := os.ReadFile("testdata/dconf-0.40.gvdb")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:100])
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, set, err := gvdbBool(b, "/org/gnome/desktop/notifications/show-banners"); set && err != nil {
			t.Error("set, and an error")
		}
	})
}
