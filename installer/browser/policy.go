package browser

import (
	"fmt"
	"net/url"
	"strings"
)

// Rollout describes what IT gives to one browser so that it has the extension.
type Rollout struct {
	Browser   Browser
	System    System
	Extension string // its id in Chromium's family; Firefox has FirefoxID
	// UpdateURL is where the browser finds the extension: of the update manifest
	// for Chromium's family, of the xpi for Firefox. https; on Linux it may be a
	// file.
	UpdateURL string
	// Sites are those of AI tools that aren't approved, see ClipboardSites. Their
	// pages may not read the clipboard by themselves (Firefox has no such policy),
	// and FailClosed is about them.
	Sites []string
	// BlockOtherHosts makes the extension's own native messaging host the only
	// one that extensions may talk to. Password managers, smart cards and others
	// stop working then, so it is for those who know their hosts.
	BlockOtherHosts bool
	// NoPrivate switches private windows off. Otherwise Firefox runs the
	// extension in them, and Chromium's family opens no page there before the
	// person has allowed the extension: its policies can't do that for them.
	NoPrivate bool
	// FailClosed keeps a paste into one of the Sites back when nobody answers for
	// it in time and no session has said yet what the policy is. Afterwards its
	// block rules decide.
	FailClosed bool
	// Unsigned lets Firefox ESR take an xpi that Mozilla has not signed; the
	// other editions of Firefox take none in any case. It is for tests.
	Unsigned bool
}

// check says what is wrong with a description.
func (r Rollout) check() error {
	if r.Browser != Firefox {
		if err := CheckID(r.Extension); err != nil {
			return err
		}
	}
	u, err := url.Parse(r.UpdateURL)
	switch {
	case err != nil:
		return fmt.Errorf("reading the update URL: %w", err)
	case u.Scheme == "https" && u.Host != "":
	case u.Scheme == "file" && r.System == Linux && u.Host == "" && strings.HasPrefix(u.Path, "/"):
	case r.System == Linux:
		return fmt.Errorf("update URL %q: use an https address or a file, as in file:///usr/share/handrail/browser/update.xml", r.UpdateURL)
	default:
		return fmt.Errorf("update URL %q: on %s browsers want an https address", r.UpdateURL, r.System)
	}
	return nil
}

// managed is what the extension finds in its managed storage. It is for the
// time until the session has told it the policy.
func (r Rollout) managed() map[string]any {
	if r.FailClosed {
		return map[string]any{"fail": "closed", "sites": r.Sites}
	}
	return map[string]any{"fail": "open"}
}

// id returns the extension's id in the browser.
func (r Rollout) id() string {
	if r.Browser == Firefox {
		return FirefoxID
	}
	return r.Extension
}

// settings returns the browser's policies by name, without the managed
// storage, which each system keeps elsewhere. Values are bool, int, string,
// []string and map[string]any.
func (r Rollout) settings() map[string]any {
	if r.Browser == Firefox {
		return r.firefox()
	}
	return r.chromium()
}

// chromium is for Chromium, Chrome and Edge, whose policies have the same names
// but for private windows (https://chromeenterprise.google/policies/ and
// https://learn.microsoft.com/deployedge/microsoft-edge-policies). All of them
// were run on Chromium 156; Edge's own names were only read.
func (r Rollout) chromium() map[string]any {
	extension := map[string]any{
		"installation_mode": "force_installed",
		"update_url":        r.UpdateURL,
		// Else updates would be looked for where the manifest says, which is
		// nowhere.
		"override_update_url": true,
	}
	private, required := "IncognitoModeAvailability", "MandatoryExtensionsForIncognitoNavigation"
	if r.Browser == Edge {
		private, required = "InPrivateModeAvailability", "MandatoryExtensionsForInPrivateNavigation"
		extension["toolbar_state"] = "force_shown"
	} else {
		extension["toolbar_pin"] = "force_pinned" // people see that it is there
	}
	p := map[string]any{
		"ExtensionSettings":         map[string]any{r.Extension: extension},
		"ExtensionInstallForcelist": []string{r.Extension + ";" + r.UpdateURL},
		// Does nothing by itself, and lets ours through where all are blocked.
		"NativeMessagingAllowlist": []string{HostName},
	}
	if r.BlockOtherHosts {
		p["NativeMessagingBlocklist"] = []string{"*"}
		p["NativeMessagingUserLevelHosts"] = false
	}
	if r.NoPrivate {
		p[private] = 1
	} else {
		p[required] = []string{r.Extension}
	}
	if len(r.Sites) > 0 {
		p["ClipboardBlockedForUrls"] = r.Sites
	}
	return p
}

// firefox's policies: https://mozilla.github.io/policy-templates/. Never among
// them is ContentAnalysis: on Linux and macOS its client is a stub, and every
// paste is silently dropped.
func (r Rollout) firefox() map[string]any {
	p := map[string]any{
		"ExtensionSettings": map[string]any{FirefoxID: map[string]any{
			"installation_mode": "force_installed",
			"install_url":       r.UpdateURL,
			"private_browsing":  !r.NoPrivate,
		}},
	}
	if r.NoPrivate {
		p["DisablePrivateBrowsing"] = true
	}
	if r.Unsigned {
		p["Preferences"] = map[string]any{"xpinstall.signatures.required": map[string]any{"Value": false, "Status": "locked"}}
	}
	return p
}

// Policy returns the file to give to the browser: JSON on Linux, a registry
// file on Windows, a configuration profile on macOS. PolicyPlace says where it
// goes.
func (r Rollout) Policy() ([]byte, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	switch r.System {
	case Windows:
		return r.registry(), nil
	case Darwin:
		return r.profile(), nil
	}
	p := r.settings()
	if r.Browser == Firefox {
		p["3rdparty"] = map[string]any{"Extensions": map[string]any{r.id(): r.managed()}}
		p = map[string]any{"policies": p}
	} else {
		p["3rdparty"] = map[string]any{"extensions": map[string]any{r.id(): r.managed()}}
	}
	return indented(p), nil
}

// PolicyPlace says where the policy goes: a path on Linux, else words.
func (r Rollout) PolicyPlace() string {
	switch r.System {
	case Windows:
		return "the registry: reg import FILE, as an administrator or by your MDM"
	case Darwin:
		return "your MDM, as a configuration profile for devices"
	}
	switch r.Browser {
	case Chrome:
		return "/etc/opt/chrome/policies/managed/handrail.json"
	case Edge:
		return "/etc/opt/edge/policies/managed/handrail.json"
	case Firefox:
		return "/etc/firefox/policies/policies.json"
	}
	return "/etc/chromium/policies/managed/handrail.json"
}
