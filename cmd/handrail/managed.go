package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"handrail/agent/process"
	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/installer/browser"
)

// managedFolders are where Chromium's family reads IT's policies on Linux.
var managedFolders = map[process.BrowserKind]string{
	process.Chromium: "/etc/chromium/policies/managed",
	process.Chrome:   "/etc/opt/chrome/policies/managed",
	process.Edge:     "/etc/opt/edge/policies/managed",
}

// managed is what IT's policies for a browser say, as far as it matters here.
type managed struct {
	ClipboardBlockedForUrls                   []string
	IncognitoModeAvailability                 int
	InPrivateModeAvailability                 int // Edge's
	MandatoryExtensionsForIncognitoNavigation []string
	MandatoryExtensionsForInPrivateNavigation []string // Edge's
}

// pasteButtonsBlocked says whether a browser refuses the paste buttons of all
// AI sites that the policy doesn't approve. Firefox has no such policy.
func pasteButtonsBlocked(kind process.BrowserKind, p *policy.Policy) bool {
	dir := managedFolders[kind]
	return runtime.GOOS == "linux" && dir != "" && blocksClipboard(dir, browser.ClipboardSites(p, catalog.Default()))
}

// blocksClipboard reports whether the policies in a folder name all the sites.
func blocksClipboard(dir string, sites []string) bool {
	var blocked []string
	for _, m := range readManaged(dir) {
		blocked = append(blocked, m.ClipboardBlockedForUrls...)
	}
	return !slices.ContainsFunc(sites, func(s string) bool { return !slices.Contains(blocked, s) })
}

// privateClosed says whether a browser has no private windows, or opens no page
// in them before the person has allowed the extension there.
func privateClosed(kind process.BrowserKind) bool {
	dir := managedFolders[kind]
	if runtime.GOOS != "linux" || dir == "" {
		return false
	}
	manifest, err := os.ReadFile(browser.HostPlace(browser.Browser(kind), browser.Linux))
	return err == nil && closesPrivate(dir, browser.Origins(manifest))
}

// closesPrivate reports the same of the policies in a folder, where the
// extension has one of these origins.
func closesPrivate(dir string, origins []string) bool {
	return slices.ContainsFunc(readManaged(dir), func(m managed) bool {
		required := slices.Concat(m.MandatoryExtensionsForIncognitoNavigation, m.MandatoryExtensionsForInPrivateNavigation)
		return m.IncognitoModeAvailability == 1 || m.InPrivateModeAvailability == 1 ||
			slices.ContainsFunc(required, func(id string) bool { return slices.Contains(origins, "chrome-extension://"+id+"/") })
	})
}

// readManaged reads the policies in a folder. A file that is not one says
// nothing.
func readManaged(dir string) []managed {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil
	}
	var all []managed
	for _, f := range files {
		var m managed
		if b, err := os.ReadFile(f); err == nil && json.Unmarshal(b, &m) == nil {
			all = append(all, m)
		}
	}
	return all
}
