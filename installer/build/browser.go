package main

import (
	"maps"
	"os"
	"slices"

	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/installer/browser"
)

// Where browsers find the packed extension.
const packedFolder = "/usr/share/handrail/browser"

// browserPart packs the extension, and names the relay to each browser. That
// alone changes no browser: the policies that install the extension are
// examples, for whoever decides about it.
func (c *contents) browserPart(p parts) {
	packed, err := browser.Pack(os.DirFS(p.extension), p.key, p.version)
	if err != nil {
		c.fail(err)
		return
	}
	made := packed.Files("file://" + packedFolder)
	for _, name := range slices.Sorted(maps.Keys(made)) {
		c.made(made[name], packedFolder+"/"+name)
	}
	sites := browser.ClipboardSites(policy.Default(), catalog.Default())
	for _, b := range browser.Browsers() {
		host, err := browser.Host(b, packed.ID, browser.Relay(browser.Linux))
		if err != nil {
			c.fail(err)
			return
		}
		if b == browser.Firefox {
			c.made(host, browser.HostPlace(b, browser.Linux))
		} else if b == browser.Chromium {
			// Chrome and Edge take the same. postinst links to it from where the
			// three look, below /etc: as files of the package they would take
			// /etc/opt, which is nobody's, along when they go.
			c.made(host, packedFolder+"/host.json")
		}
		r := browser.Rollout{Browser: b, System: browser.Linux, Extension: packed.ID, Sites: sites, UpdateURL: "file://" + packedFolder + "/" + browser.UpdatesName}
		if b == browser.Firefox {
			r.UpdateURL = "file://" + packedFolder + "/" + browser.XPIName
		}
		example, err := r.Policy()
		if err != nil {
			c.fail(err)
			return
		}
		c.made(example, "/usr/share/doc/handrail/examples/browser/"+string(b)+"-policy.json")
	}
}
