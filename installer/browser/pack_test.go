package browser

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// source is the extension's own.
var source = os.DirFS("../../ui/extension")

func newKeyFor(t *testing.T) Key {
	t.Helper()
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// copyOf returns the files as a map that a test can change.
func copyOf(t *testing.T, src fs.FS) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	err := fs.WalkDir(src, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && e.Name() == "node_modules":
			return fs.SkipDir
		case e.IsDir():
			return nil
		}
		data, err := fs.ReadFile(src, name)
		m[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPackIsReproducible(t *testing.T) {
	key := newKeyFor(t)
	text, err := key.PEM()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	// The second time from other files with other times, with the key as it is
	// kept.
	a, err := Pack(source, key, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	b, err := Pack(copyOf(t, source), again, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	if a.ID != b.ID || !bytes.Equal(a.CRX, b.CRX) || !bytes.Equal(a.XPI, b.XPI) {
		t.Error("two packings differ")
	}
	other, err := Pack(source, newKeyFor(t), "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	if other.ID == a.ID {
		t.Error("another key gives the same id")
	}
}

func TestOnlyWhatBrowsersReadIsPacked(t *testing.T) {
	src := copyOf(t, source)
	want := []string{"managed.json", "manifest.json"}
	for name := range src {
		if ext := path.Ext(name); path.Dir(name) == "." && (ext == ".js" || ext == ".html") {
			want = append(want, name)
		}
	}
	for _, name := range []string{
		"package.json", "package-lock.json", "tsconfig.json", "guard.test.js", "eslint.config.js", "extension.go", "README.md", "types.d.ts",
		"node_modules/left-pad/index.js", "test/load.js", "testdata/page.html", ".github/x.json", ".eslintrc.json",
	} {
		src[name] = &fstest.MapFile{Data: []byte("{}")}
	}
	src["icons/48.png"] = &fstest.MapFile{Data: []byte("png")}
	want = append(want, "icons/48.png")
	slices.Sort(want)
	p, err := Pack(src, newKeyFor(t), "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range open(t, p.XPI).File {
		got = append(got, f.Name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("packed %q\nwant   %q", got, want)
	}
}

func open(t *testing.T, data []byte) *zip.Reader {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestManifestHasKeyAndVersion(t *testing.T) {
	key := newKeyFor(t)
	p, err := Pack(source, key, "1.2.3~rc1")
	if err != nil {
		t.Fatal(err)
	}
	f, err := open(t, p.XPI).Open("manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Version string
		Key     []byte
		Hosts   []string `json:"host_permissions"`
	}
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	if m.Version != "1.2.3" || p.Version != "1.2.3" || !bytes.Equal(m.Key, key.public) || !slices.Equal(m.Hosts, []string{"<all_urls>"}) {
		t.Errorf("got the manifest\n%s", text)
	}
}

func TestVersions(t *testing.T) {
	for version, want := range map[string]string{
		"0.1.0": "0.1.0", "0.1.0-dev": "0.1.0", "1.2.3~rc1": "1.2.3", "7": "7", "1.02.3.4": "1.2.3.4", "1.2.rc": "1.2",
		"": "", "dev": "", "1.2.3.4.5": "", "1.65536": "", "1..2": "",
	} {
		got, err := browserVersion(version)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", version, got, err, want)
		}
	}
}

func TestBadSourcesAreRefused(t *testing.T) {
	key := newKeyFor(t)
	without := copyOf(t, source)
	delete(without, "guard.js")
	broken := copyOf(t, source)
	broken["manifest.json"] = &fstest.MapFile{Data: []byte("{")}
	stranger := copyOf(t, source)
	stranger["manifest.json"] = &fstest.MapFile{Data: []byte(`{"browser_specific_settings": {"gecko": {"id": "other@example.com"}}}`)}
	empty := fstest.MapFS{}
	for _, c := range []struct {
		src  fs.FS
		want string
	}{
		{without, "names guard.js, which is not among its files"},
		{broken, "reading the extension's manifest.json"},
		{stranger, `has the Firefox id "other@example.com"`},
		{empty, "has no manifest.json"},
	} {
		if _, err := Pack(c.src, key, "1.2.3"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want an error with %q", err, c.want)
		}
	}
	if _, err := Pack(source, Key{}, "1.2.3"); err == nil {
		t.Error("it was packed without a key")
	}
}

func TestBadKeysAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":      "no key in PEM",
		"hello": "no key in PEM",
		"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n": "holds a CERTIFICATE",
		"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n": "reading the key",
	} {
		if _, err := ParseKey([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want an error with %q", text, err, want)
		}
	}
}

func TestUpdateManifest(t *testing.T) {
	p, err := Pack(source, newKeyFor(t), "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	files := p.Files("https://it.example/a&b/")
	if id, err := UpdatesID(files[UpdatesName]); err != nil || id != p.ID {
		t.Errorf("got the id %q, %v, want %q", id, err, p.ID)
	}
	if want := `codebase="https://it.example/a&amp;b/handrail.crx" version="1.2.3"`; !bytes.Contains(files[UpdatesName], []byte(want)) {
		t.Errorf("no %s in\n%s", want, files[UpdatesName])
	}
	for _, bad := range []string{"", "<gupdate/>", `<gupdate><app appid="x"/></gupdate>`, strings.Repeat("<gupdate>", 3)} {
		if id, err := UpdatesID([]byte(bad)); err == nil {
			t.Errorf("%q: got the id %q and no error", bad, id)
		}
	}
}

// Chromium's own packer is the judge: with the same key over the same zip its
// file and ours are equal to the byte.
func TestCRXIsWhatChromiumMakes(t *testing.T) {
	chromium := program(t, "chromium", "chromium")
	key := newKeyFor(t)
	text, err := key.PEM()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	p, err := Pack(source, key, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "x"), open(t, p.XPI)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "key.pem"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), chromium, "--no-sandbox", "--user-data-dir="+filepath.Join(dir, "profile"),
		"--pack-extension="+filepath.Join(dir, "x"), "--pack-extension-key="+filepath.Join(dir, "key.pem"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("chromium: %v\n%s", err, out)
	}
	want, err := os.ReadFile(filepath.Join(dir, "x.crx"))
	if err != nil {
		t.Fatal(err)
	}
	if len(want) < 12 || string(want[:4]) != "Cr24" {
		t.Fatalf("Chromium made no crx: %q", want[:min(len(want), 12)])
	}
	zipped := want[12+binary.LittleEndian.Uint32(want[8:]):]
	got, err := crx(zipped, key)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the headers differ: got %d bytes, want %d\n%x\n%x", len(got), len(want), got[:len(got)-len(zipped)], want[:len(want)-len(zipped)])
	}
}

// program returns the path of a program; CI must have it.
func program(t *testing.T, name, pkg string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("CI") != "" {
		t.Fatalf("%s is missing: install the Debian package %s", name, pkg)
	} else if err != nil {
		t.Skipf("%s is missing: install the Debian package %s to run this test", name, pkg)
	}
	return path
}
