package browser

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The names of what Pack makes, in a folder or on a server.
const (
	CRXName     = "handrail.crx"
	XPIName     = "handrail.xpi"
	UpdatesName = "update.xml"
)

// packedAt is the time that packed files carry, so that the same files give the
// same bytes. Zip can't tell a time before 1980.
var packedAt = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

// Packed is an extension ready to be installed.
type Packed struct {
	ID      string // in Chromium's family
	Version string // as browsers compare it
	CRX     []byte // for Chromium's family, signed with the key
	XPI     []byte // for Firefox, not signed: Mozilla signs, see README.md
}

// Pack packs the extension whose source is in src: its manifest gets the key's
// public half and the version; tests and what only developers need are left
// out. The same input gives the same bytes.
func Pack(src fs.FS, key Key, version string) (Packed, error) {
	if key.private == nil {
		return Packed{}, errors.New("packing the extension: there is no key")
	}
	short, err := browserVersion(version)
	if err != nil {
		return Packed{}, err
	}
	names, err := shipped(src)
	if err != nil {
		return Packed{}, fmt.Errorf("listing the extension's files: %w", err)
	}
	if !slices.Contains(names, "manifest.json") {
		return Packed{}, errors.New("the folder has no manifest.json, so it is no extension")
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		data, err := fs.ReadFile(src, name)
		if err != nil {
			return Packed{}, fmt.Errorf("reading the extension: %w", err)
		}
		if name == "manifest.json" {
			if data, err = manifest(data, names, key, short); err != nil {
				return Packed{}, err
			}
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: packedAt})
		if err != nil {
			return Packed{}, fmt.Errorf("packing %s: %w", name, err)
		}
		if _, err := f.Write(data); err != nil {
			return Packed{}, fmt.Errorf("packing %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return Packed{}, fmt.Errorf("packing the extension: %w", err)
	}
	signed, err := crx(b.Bytes(), key)
	if err != nil {
		return Packed{}, err
	}
	return Packed{ID: key.ID(), Version: short, CRX: signed, XPI: b.Bytes()}, nil
}

// Files returns what Pack made by file name, and the update manifest that leads
// Chromium's family to the crx: all are served from the folder at base, a file
// or https address.
func (p Packed) Files(base string) map[string][]byte {
	return map[string][]byte{
		CRXName:     p.CRX,
		XPIName:     p.XPI,
		UpdatesName: p.updates(strings.TrimSuffix(base, "/") + "/" + CRXName),
	}
}

func (p Packed) updates(crx string) []byte {
	var address bytes.Buffer
	_ = xml.EscapeText(&address, []byte(crx)) // a buffer takes everything
	return fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="%s">
    <updatecheck codebase="%s" version="%s"/>
  </app>
</gupdate>
`, p.ID, address.Bytes(), p.Version)
}

// UpdatesID returns the extension's id in an update manifest.
func UpdatesID(updates []byte) (string, error) {
	var m struct {
		App []struct {
			ID string `xml:"appid,attr"`
		} `xml:"app"`
	}
	if err := xml.Unmarshal(updates, &m); err != nil {
		return "", fmt.Errorf("reading the update manifest: %w", err)
	}
	if len(m.App) != 1 {
		return "", fmt.Errorf("the update manifest is about %d extensions, not one", len(m.App))
	}
	return m.App[0].ID, CheckID(m.App[0].ID)
}

// shipped returns the names of the files that belong into a package, sorted.
func shipped(src fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(src, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != "." && !shipsFolder(e.Name()):
			return fs.SkipDir
		case e.Type().IsRegular() && shipsFile(e.Name()):
			names = append(names, name)
		}
		return nil
	})
	slices.Sort(names)
	return names, err
}

func shipsFolder(name string) bool {
	return !strings.HasPrefix(name, ".") && !slices.Contains([]string{"node_modules", "test", "tests", "testdata", "types"}, name)
}

// shipsFile keeps what a browser reads, and no more.
func shipsFile(name string) bool {
	if strings.HasPrefix(name, ".") || slices.Contains([]string{"package.json", "package-lock.json", "tsconfig.json", "jsconfig.json"}, name) {
		return false
	}
	stem := strings.TrimSuffix(name, path.Ext(name))
	if strings.HasSuffix(stem, ".test") || strings.HasSuffix(stem, "_test") || strings.HasSuffix(stem, ".config") {
		return false
	}
	return slices.Contains([]string{".js", ".html", ".css", ".json", ".png", ".svg", ".wasm"}, path.Ext(name))
}

// manifest returns the manifest with the key and the version, after a look
// whether everything that it names is there.
func manifest(data []byte, files []string, key Key, version string) ([]byte, error) {
	var named struct {
		Background struct {
			Worker  string   `json:"service_worker"`
			Scripts []string `json:"scripts"`
		} `json:"background"`
		Content []struct {
			JS  []string `json:"js"`
			CSS []string `json:"css"`
		} `json:"content_scripts"`
		Icons    map[string]string `json:"icons"`
		Specific struct {
			Gecko struct {
				ID string `json:"id"`
			} `json:"gecko"`
		} `json:"browser_specific_settings"`
	}
	var all map[string]any
	if err := errors.Join(json.Unmarshal(data, &named), json.Unmarshal(data, &all)); err != nil {
		return nil, fmt.Errorf("reading the extension's manifest.json: %w", err)
	}
	if named.Specific.Gecko.ID != FirefoxID {
		return nil, fmt.Errorf("the extension's manifest.json has the Firefox id %q, want %s", named.Specific.Gecko.ID, FirefoxID)
	}
	wanted := named.Background.Scripts
	if named.Background.Worker != "" {
		wanted = append(wanted, named.Background.Worker)
	}
	for _, c := range named.Content {
		wanted = slices.Concat(wanted, c.JS, c.CSS)
	}
	for _, icon := range named.Icons {
		wanted = append(wanted, icon)
	}
	slices.Sort(wanted)
	for _, name := range wanted {
		if !slices.Contains(files, strings.TrimPrefix(name, "/")) {
			return nil, fmt.Errorf("the extension's manifest.json names %s, which is not among its files", name)
		}
	}
	all["key"] = base64.StdEncoding.EncodeToString(key.public)
	all["version"] = version
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // <all_urls>
	enc.SetIndent("", "  ")
	if err := enc.Encode(all); err != nil {
		return nil, fmt.Errorf("writing the extension's manifest.json: %w", err)
	}
	return b.Bytes(), nil
}

// browserVersion returns a build's version as browsers want it: one to four
// numbers. What follows them, such as -dev, is left out.
func browserVersion(version string) (string, error) {
	end := strings.IndexFunc(version, func(r rune) bool { return r != '.' && (r < '0' || r > '9') })
	if end < 0 {
		end = len(version)
	}
	short := strings.TrimRight(version[:end], ".")
	parts := strings.Split(short, ".")
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil || i > 3 {
			return "", fmt.Errorf("version %q can't be an extension's: start it with one to four numbers up to 65535, as in 1.2.0", version)
		}
		parts[i] = strconv.FormatUint(n, 10) // no zeros in front
	}
	return strings.Join(parts, "."), nil
}
