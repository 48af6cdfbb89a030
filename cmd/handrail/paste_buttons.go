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

// pasteButtonsBlocked says whether a browser refuses the paste buttons of all
// AI sites that the policy doesn't approve. Firefox has no such policy.
func pasteButtonsBlocked(kind process.BrowserKind, p *policy.Policy) bool {
	dir := managedFolders[kind]
	return runtime.GOOS == "linux" && dir != "" && blocksClipboard(dir, browser.ClipboardSites(p, catalog.Default()))
}

// blocksClipboard reports whether the policies in a folder name all the sites.
func blocksClipboard(dir string, sites []string) bool {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return false
	}
	var blocked []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		var v struct{ ClipboardBlockedForUrls []string }
		if err == nil && json.Unmarshal(b, &v) == nil {
			blocked = append(blocked, v.ClipboardBlockedForUrls...)
		}
	}
	return !slices.ContainsFunc(sites, func(s string) bool { return !slices.Contains(blocked, s) })
}
