package browser

import (
	"encoding/json"
	"errors"
	"strings"
)

// Host returns the native messaging manifest that lets the extension, and no
// other, start the relay at the path program. HostPlace says where it goes.
// id is the extension's in Chromium's family; Firefox has FirefoxID.
func Host(b Browser, id, program string) ([]byte, error) {
	if !strings.HasPrefix(program, "/") && !strings.Contains(program, `:\`) {
		return nil, errors.New("the relay's path must start at the root, as in /usr/bin/handrail-browser")
	}
	m := map[string]any{
		"name":        HostName,
		"description": "Handrail",
		"path":        program,
		"type":        "stdio",
	}
	if b == Firefox {
		m["allowed_extensions"] = []string{FirefoxID}
		return indented(m), nil
	}
	if err := CheckID(id); err != nil {
		return nil, err
	}
	m["allowed_origins"] = []string{"chrome-extension://" + id + "/"}
	return indented(m), nil
}

// Origins returns the origins that a native messaging manifest lets in: none
// when it can't be read.
func Origins(manifest []byte) []string {
	var m struct {
		Origins []string `json:"allowed_origins"`
	}
	if json.Unmarshal(manifest, &m) != nil {
		return nil
	}
	return m.Origins
}

// Relay returns where the relay is installed.
func Relay(s System) string {
	switch s {
	case Windows:
		return `C:\Program Files\Handrail\handrail-browser.exe`
	case Darwin:
		return "/usr/local/bin/handrail-browser"
	}
	return "/usr/bin/handrail-browser"
}

// HostPlace returns the path at which the browser looks for the manifest of the
// native messaging host. On Windows the registry names it, so any will do.
func HostPlace(b Browser, s System) string {
	file := HostName + ".json"
	switch s {
	case Windows:
		return `C:\Program Files\Handrail\` + HostName + "." + string(b) + ".json"
	case Darwin:
		return map[Browser]string{
			Chromium: "/Library/Application Support/Chromium/NativeMessagingHosts/",
			Chrome:   "/Library/Google/Chrome/NativeMessagingHosts/",
			Edge:     "/Library/Microsoft/Edge/NativeMessagingHosts/",
			Firefox:  "/Library/Application Support/Mozilla/NativeMessagingHosts/",
		}[b] + file
	}
	return map[Browser]string{
		Chromium: "/etc/chromium/native-messaging-hosts/",
		Chrome:   "/etc/opt/chrome/native-messaging-hosts/",
		Edge:     "/etc/opt/edge/native-messaging-hosts/",
		Firefox:  "/usr/lib/mozilla/native-messaging-hosts/",
	}[b] + file
}
