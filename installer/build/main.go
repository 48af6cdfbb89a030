// Command build makes Handrail's packages from built programs. So far that is
// the deb: what an MDM pushes to a Debian or Ubuntu laptop.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/goreleaser/nfpm/v2"
	"github.com/goreleaser/nfpm/v2/deb"
	"github.com/goreleaser/nfpm/v2/files"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("build: ")
	version := flag.String("version", "0.1.0", "the package's version")
	bin := flag.String("bin", "bin", "the folder of the built programs")
	out := flag.String("out", "build", "the folder for the packages")
	flag.Parse()
	path, err := makeDeb(*version, *bin, "installer/linux", *out)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(path)
}

// made is the time that files in the package carry, so that the same programs
// give the same bytes.
var made = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

// makeDeb writes the deb and returns its path. parts is the folder of the
// unit, the autostart entry and the maintainer scripts.
func makeDeb(version, bin, parts, out string) (string, error) {
	file := func(src, dst string, mode os.FileMode) *files.Content {
		return &files.Content{Source: src, Destination: dst, FileInfo: &files.ContentFileInfo{Mode: mode, MTime: made}}
	}
	managed := file("detect/policy/default.yaml", "/etc/handrail/policy.yaml", 0o644)
	managed.Type = files.TypeConfigNoReplace
	info := nfpm.WithDefaults(&nfpm.Info{
		Name:        "handrail",
		Arch:        "amd64",
		Version:     version,
		Section:     "utils",
		Priority:    "optional",
		Maintainer:  "Handrail maintainers <maintainers@handrail.invalid>",
		Homepage:    "https://handrail.invalid",
		License:     "Apache-2.0",
		MTime:       made,
		Description: "makes the safe way to use AI tools the easy one\n Says so before something sensitive goes to an AI tool that the organisation\n has not approved, and offers the approved one. What is copied stays on the\n computer.",
		Overridables: nfpm.Overridables{
			// What handrail-ui links to; everything else is static.
			Depends:    []string{"libc6", "libgl1", "libx11-6", "libxcursor1", "libxi6", "libxinerama1", "libxrandr2", "libxxf86vm1"},
			Recommends: []string{"libgl1-mesa-dri", "xdg-utils", "dbus-user-session | dbus-x11"},
			Contents: files.Contents{
				file(filepath.Join(bin, "handrail"), "/usr/bin/handrail", 0o755),
				file(filepath.Join(bin, "handrail-ui"), "/usr/bin/handrail-ui", 0o755),
				file(filepath.Join(parts, "handrail.service"), "/lib/systemd/system/handrail.service", 0o644),
				file(filepath.Join(parts, "handrail-session.desktop"), "/etc/xdg/autostart/handrail-session.desktop", 0o644),
				file(filepath.Join(parts, "copyright"), "/usr/share/doc/handrail/copyright", 0o644),
				file(filepath.Join(parts, "lintian-overrides"), "/usr/share/lintian/overrides/handrail", 0o644),
				managed,
			},
			Scripts: nfpm.Scripts{
				PostInstall: filepath.Join(parts, "postinst"),
				PreRemove:   filepath.Join(parts, "prerm"),
				PostRemove:  filepath.Join(parts, "postrm"),
			},
		},
	})
	if err := nfpm.PrepareForPackager(info, "deb"); err != nil {
		return "", fmt.Errorf("preparing the deb: %w", err)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", err
	}
	path := filepath.Join(out, deb.Default.ConventionalFileName(info))
	w, err := os.Create(path)
	if err != nil {
		return "", err
	}
	if err := deb.Default.Package(info, w); err != nil {
		w.Close()
		return "", fmt.Errorf("writing %s: %w", path, err)
	}
	return path, w.Close()
}
