package browsertest

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"handrail/agent/desktoptest"
)

//go:embed site
var sources embed.FS

// built returns the folder of the built site: scripts with the editors in
// them, made once for each state of the sources and kept in the user's cache.
func built(t TB) string {
	t.Helper()
	sum := sha256.New()
	err := fs.WalkDir(sources, "site", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := sources.ReadFile(path)
		fmt.Fprintf(sum, "%s %d\n", path, len(b))
		sum.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	cache = filepath.Join(cache, "handrail-browsertest")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		t.Fatal(err)
	}
	// Tests of several packages may want it at once: one builds.
	lock, err := os.OpenFile(filepath.Join(cache, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, hex.EncodeToString(sum.Sum(nil)[:8]))
	if _, err := os.Stat(filepath.Join(dir, "site.js")); err == nil {
		return dir
	}
	desktoptest.Need(t, "npm")
	t.Logf("building the test site: its editors come from npm")
	work := dir + ".work"
	for _, old := range []string{work, dir} {
		if err := os.RemoveAll(old); err != nil {
			t.Fatal(err)
		}
	}
	src, err := fs.Sub(sources, "site")
	if err == nil {
		err = os.CopyFS(work, src)
	}
	if err != nil {
		t.Fatal(err)
	}
	if out, err := run(work, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("npm could not fetch the editors of the test site: %v\n%s", err, out)
		}
		t.Skipf("npm could not fetch the editors of the test site (offline?): %v\n%s", err, out)
	}
	out, err := run(work, "node_modules/.bin/esbuild", "site.js", "--bundle", "--splitting", "--format=esm",
		"--minify", "--outdir=built", "--log-level=warning")
	if err != nil {
		t.Fatalf("building the test site: %v\n%s", err, out)
	}
	if err := os.Rename(filepath.Join(work, "page.html"), filepath.Join(work, "built", "page.html")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(work, "built"), dir); err != nil {
		t.Fatal(err)
	}
	_ = os.RemoveAll(work) // 100 MB of packages that nobody needs any more
	return dir
}

func run(dir, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	return cmd.CombinedOutput()
}
