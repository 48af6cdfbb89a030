package browser

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// indented writes JSON for people.
func indented(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic(err) // only strings, numbers, lists and maps come here
	}
	return b.Bytes()
}

// compact writes JSON in one line.
func compact(v any) string {
	var b bytes.Buffer
	if err := json.Compact(&b, indented(v)); err != nil {
		panic(err)
	}
	return b.String()
}

// firstIndex is the name of a list's first value in the registry. Browsers take
// every name; 1, 2 and 3 would replace what other policies have put there.
const firstIndex = 7301

// registry writes a .reg file: policies as group policies leave them, and the
// native messaging host.
func (r Rollout) registry() []byte {
	policies, hosts := registryKeys(r.Browser)
	var b strings.Builder
	b.WriteString("Windows Registry Editor Version 5.00\n")
	all := r.settings()
	fmt.Fprintf(&b, "\n[%s]\n", policies)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if _, list := all[name].([]string); !list {
			registryValue(&b, name, all[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		list, ok := all[name].([]string)
		if !ok {
			continue
		}
		fmt.Fprintf(&b, "\n[%s\\%s]\n", policies, name)
		for i, v := range list {
			registryValue(&b, fmt.Sprint(firstIndex+i), v)
		}
	}
	if r.Browser == Firefox {
		fmt.Fprintf(&b, "\n[%s\\3rdparty\\Extensions\\%s]\n", policies, r.id())
	} else {
		fmt.Fprintf(&b, "\n[%s\\3rdparty\\extensions\\%s\\policy]\n", policies, r.id())
	}
	managed := r.managed()
	for _, name := range slices.Sorted(maps.Keys(managed)) {
		registryValue(&b, name, managed[name])
	}
	fmt.Fprintf(&b, "\n[%s\\%s]\n@=%s\n", hosts, HostName, registryString(HostPlace(r.Browser, Windows)))
	return []byte(strings.ReplaceAll(b.String(), "\n", "\r\n"))
}

// registryKeys returns where a browser reads its policies and its native
// messaging hosts.
func registryKeys(b Browser) (policies, hosts string) {
	const machine = `HKEY_LOCAL_MACHINE\SOFTWARE\`
	vendor := map[Browser]string{Chromium: "Chromium", Chrome: `Google\Chrome`, Edge: `Microsoft\Edge`, Firefox: `Mozilla\Firefox`}[b]
	hosts = vendor
	if b == Firefox {
		hosts = "Mozilla"
	}
	return machine + `Policies\` + vendor, machine + hosts + `\NativeMessagingHosts`
}

func registryValue(b *strings.Builder, name string, value any) {
	fmt.Fprintf(b, "%s=", registryString(name))
	switch v := value.(type) {
	case bool:
		n := 0
		if v {
			n = 1
		}
		fmt.Fprintf(b, "dword:%08x\n", n)
	case int:
		fmt.Fprintf(b, "dword:%08x\n", v)
	case string:
		b.WriteString(registryString(v) + "\n")
	default: // browsers take an object as JSON
		b.WriteString(registryString(compact(v)) + "\n")
	}
}

func registryString(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// profile writes a configuration profile for macOS: one payload for the
// browser, and one for the extension's managed storage.
func (r Rollout) profile() []byte {
	domain := map[Browser]string{Chromium: "org.chromium.Chromium", Chrome: "com.google.Chrome", Edge: "com.microsoft.Edge", Firefox: "org.mozilla.firefox"}[r.Browser]
	own := r.settings()
	var payloads []any
	if r.Browser == Firefox {
		own["EnterprisePoliciesEnabled"] = true // without it Firefox on macOS reads none
		own["3rdparty"] = map[string]any{"Extensions": map[string]any{r.id(): r.managed()}}
	} else {
		payloads = append(payloads, r.payload(domain+".extensions."+r.id(), r.managed()))
	}
	payloads = append(payloads, r.payload(domain, own))
	outer := r.payload("Configuration", map[string]any{
		"PayloadContent":      payloads,
		"PayloadDescription":  "Installs Handrail's extension in the browser.",
		"PayloadOrganization": "Handrail",
		"PayloadScope":        "System",
	})
	var b strings.Builder
	b.WriteString(xml.Header + `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">` + "\n<plist version=\"1.0\">\n")
	plist(&b, outer, "")
	b.WriteString("</plist>\n")
	return []byte(b.String())
}

// payload returns content with what every payload has. The identifiers are made
// from its type, so that a changed profile replaces the one before.
func (r Rollout) payload(kind string, content map[string]any) map[string]any {
	sum := sha256.Sum256([]byte("handrail " + string(r.Browser) + " " + kind))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // RFC 9562, version 8
	p := map[string]any{
		"PayloadType":        kind,
		"PayloadVersion":     1,
		"PayloadIdentifier":  "dev.handrail." + string(r.Browser) + "." + kind,
		"PayloadUUID":        fmt.Sprintf("%X-%X-%X-%X-%X", id[:4], id[4:6], id[6:8], id[8:10], id[10:]),
		"PayloadDisplayName": "Handrail in " + string(r.Browser),
	}
	maps.Copy(p, content)
	return p
}

func plist(b *strings.Builder, value any, indent string) {
	text := func(element, s string) {
		var escaped bytes.Buffer
		_ = xml.EscapeText(&escaped, []byte(s)) // a buffer takes everything
		fmt.Fprintf(b, "%s<%s>%s</%s>\n", indent, element, escaped.Bytes(), element)
	}
	switch v := value.(type) {
	case bool:
		fmt.Fprintf(b, "%s<%t/>\n", indent, v)
	case int:
		text("integer", fmt.Sprint(v))
	case string:
		text("string", v)
	case []string:
		items := make([]any, len(v))
		for i, s := range v {
			items[i] = s
		}
		plist(b, items, indent)
	case []any:
		b.WriteString(indent + "<array>\n")
		for _, item := range v {
			plist(b, item, indent+"  ")
		}
		b.WriteString(indent + "</array>\n")
	case map[string]any:
		b.WriteString(indent + "<dict>\n")
		inner := indent
		for _, name := range slices.Sorted(maps.Keys(v)) {
			indent = inner + "  "
			text("key", name)
			plist(b, v[name], indent)
		}
		b.WriteString(inner + "</dict>\n")
	default:
		panic(fmt.Sprintf("no form for %T in a property list", value))
	}
}
