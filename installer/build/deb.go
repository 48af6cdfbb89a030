package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/goreleaser/nfpm/v2"
	"github.com/goreleaser/nfpm/v2/deb"
	"github.com/goreleaser/nfpm/v2/files"

	"handrail/installer/browser"
)

const maintainer = "Handrail maintainers <maintainers@handrail.invalid>"

// made is the time that files in the package carry, so that the same programs
// give the same bytes.
var made = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

const description = `makes the safe way to use AI tools the easy one
 Handrail says so before something sensitive goes to an AI tool that the
 organisation has not approved, and offers the approved one. What is copied
 stays on the computer, in the person's own session.
 .
 It is a background service without privileges, a part in each desktop session,
 and the windows of its nudges.`

// parts is what a deb is made of.
type parts struct {
	version   string
	bin       string // the folder of the built programs
	root      string // the repository's root
	extension string // the folder of the browser extension; "" leaves the browser's part out
	key       browser.Key
}

// makeDeb writes the deb into the folder out and returns its path.
func makeDeb(p parts, out string) (string, error) {
	version, root := p.version, p.root
	programs := []string{filepath.Join(p.bin, "handrail"), filepath.Join(p.bin, "handrail-ui")}
	if p.extension != "" {
		programs = append(programs, filepath.Join(p.bin, "handrail-browser"))
	}
	needs, err := inspect(opened, programs...)
	if err != nil {
		return "", err
	}
	recommends := []string{"xdg-utils", "dbus-user-session | dbus-x11"}

	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", fmt.Errorf("making the folder for packages: %w", err)
	}
	drafts, err := os.MkdirTemp(out, ".deb-")
	if err != nil {
		return "", fmt.Errorf("making a folder for drafts: %w", err)
	}
	defer os.RemoveAll(drafts)
	info := nfpm.WithDefaults(&nfpm.Info{
		Name:        "handrail",
		Arch:        needs.arch,
		Version:     version,
		Section:     "utils",
		Priority:    "optional",
		Maintainer:  maintainer,
		Homepage:    "https://handrail.invalid",
		License:     "Apache-2.0",
		MTime:       made,
		Description: description,
		Overridables: nfpm.Overridables{
			Umask:      0o022,
			Depends:    needs.depends,
			Recommends: recommends,
			Suggests:   []string{"notification-daemon"},
			// The highest level takes three times as long to save a thousandth.
			Deb: nfpm.Deb{Compression: "gzip:6"},
			Scripts: nfpm.Scripts{
				PostInstall: filepath.Join(root, "installer/linux/postinst"),
				PreRemove:   filepath.Join(root, "installer/linux/prerm"),
				PostRemove:  filepath.Join(root, "installer/linux/postrm"),
			},
		},
	})

	c := contents{root: root, drafts: drafts}
	for _, path := range programs {
		c.add(path, "/usr/bin/"+filepath.Base(path), 0o755)
	}
	c.part("handrail.service", "/lib/systemd/system/handrail.service")
	c.part("handrail-session.desktop", "/etc/xdg/autostart/handrail-session.desktop").Type = files.TypeConfigNoReplace
	c.part("handrail.desktop", "/usr/share/applications/handrail.desktop")
	c.part("handrail.svg", "/usr/share/icons/hicolor/scalable/apps/handrail.svg")
	c.part("copyright", "/usr/share/doc/handrail/copyright")
	c.part("lintian-overrides", "/usr/share/lintian/overrides/handrail")
	// The maintainer scripts copy it to /etc/handrail, see postinst.
	c.add(filepath.Join(root, "detect/policy/default.yaml"), "/usr/share/handrail/policy.yaml", 0o644)
	c.gzip(filepath.Join(root, "installer/linux/handrail.1"), "/usr/share/man/man1/handrail.1.gz")
	c.link("handrail.1.gz", "/usr/share/man/man1/handrail-ui.1.gz")
	c.changelog(info, "/usr/share/doc/handrail/changelog.gz")
	if p.extension != "" {
		c.link("handrail.1.gz", "/usr/share/man/man1/handrail-browser.1.gz")
		c.browserPart(p)
	}
	if c.err != nil {
		return "", c.err
	}

	info.Contents = c.list

	var b bytes.Buffer
	if err := deb.Default.Package(info, &b); err != nil {
		return "", fmt.Errorf("making the deb: %w", err)
	}
	path := filepath.Join(out, deb.Default.ConventionalFileName(info))
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return "", fmt.Errorf("writing the deb: %w", err)
	}
	return path, nil
}

// contents collects the files of a package. The first error stays.
type contents struct {
	root   string // the repository's root
	drafts string // a folder for files that are made here
	list   files.Contents
	err    error
}

// add puts the file src at dst.
func (c *contents) add(src, dst string, mode os.FileMode) *files.Content {
	f := &files.Content{Source: src, Destination: dst, FileInfo: &files.ContentFileInfo{Mode: mode, MTime: made}}
	c.list = append(c.list, f)
	return f
}

// part puts a file of installer/linux at dst.
func (c *contents) part(name, dst string) *files.Content {
	return c.add(filepath.Join(c.root, "installer/linux", name), dst, 0o644)
}

// link puts a symbolic link to the file target at dst.
func (c *contents) link(target, dst string) {
	c.add(target, dst, 0o777).Type = files.TypeSymlink
}

// gzip puts the file src, compressed, at dst.
func (c *contents) gzip(src, dst string) {
	text, err := os.ReadFile(src)
	if err != nil {
		c.fail(err)
		return
	}
	c.compressed(text, dst)
}

// changelog puts Debian's changelog at dst: what has changed is told in the
// release notes, so it only names the version.
func (c *contents) changelog(info *nfpm.Info, dst string) {
	// Debian's spelling of the version (1.2.3~rc1) is in the file's name only.
	version := strings.Split(deb.Default.ConventionalFileName(info), "_")[1]
	c.compressed(fmt.Appendf(nil, "handrail (%s) stable; urgency=medium\n\n  * See the release notes of this version.\n\n -- %s  %s\n",
		version, maintainer, made.Format(time.RFC1123Z)), dst)
}

func (c *contents) compressed(text []byte, dst string) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression) // no name and no time in its header
	if err != nil {
		c.fail(err)
		return
	}
	if _, err := w.Write(text); err != nil {
		c.fail(err)
		return
	}
	if err := w.Close(); err != nil {
		c.fail(err)
		return
	}
	c.made(b.Bytes(), dst)
}

// made puts a file that is made here at dst.
func (c *contents) made(text []byte, dst string) *files.Content {
	src := filepath.Join(c.drafts, strconv.Itoa(len(c.list)))
	if err := os.WriteFile(src, text, 0o644); err != nil {
		c.fail(err)
	}
	return c.add(src, dst, 0o644)
}

func (c *contents) fail(err error) {
	if c.err == nil {
		c.err = fmt.Errorf("preparing the package's files: %w", err)
	}
}
