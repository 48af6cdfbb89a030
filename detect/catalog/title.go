package catalog

import "strings"

// place is where in a title a pattern's text stands.
type place uint8

const (
	whole  place = iota
	last         // after the last separator
	first        // before the first separator
	places = 3
)

// titleKey is what titles are looked up by: the text, and the kind of
// separator beside it, "" for a whole title.
type titleKey struct{ sep, text string }

// separators between the parts of a title. Sites write any of three dashes,
// so those are one kind.
var separators = [...]struct{ text, kind string }{
	{" - ", " - "}, {" – ", " - "}, {" — ", " - "},
	{" | ", " | "}, {": ", ": "}, {" · ", " · "}, {" • ", " • "},
}

// brands are what browsers add to the title of a page, after a dash. Chromium
// 156 and Firefox 153 were looked at; the others are as their makers' code and
// users' reports have them. Edge has a zero-width space in its name.
var brands = [...]struct {
	name    string
	profile bool // the part before the brand may be the name of a profile
}{
	{"Chromium", false}, {"Google Chrome", false},
	{"Mozilla Firefox", true}, {"Firefox Developer Edition", true}, {"Firefox Nightly", true},
	{"Microsoft Edge", true}, {"Microsoft\u200b Edge", true},
	{"Brave", false}, {"Opera", false}, {"Vivaldi", false}, {"LibreWolf", true},
}

// browsers are the names of browsers' programs and windows, lower case. Of
// their windows only the title says what is in them.
var browsers = map[string]bool{
	"chromium": true, "chromium-browser": true,
	"chrome": true, "google-chrome": true, "google-chrome-stable": true, "google-chrome-beta": true, "google chrome": true,
	"firefox": true, "firefox-esr": true, "firefox-bin": true, "navigator": true, "org.mozilla.firefox": true,
	"firefox-developer-edition": true, "firefox-nightly": true, "librewolf": true, "waterfox": true,
	"msedge": true, "microsoft-edge": true, "microsoft-edge-stable": true, "microsoft edge": true,
	"brave": true, "brave-browser": true, "brave browser": true,
	"opera": true, "vivaldi": true, "vivaldi-bin": true, "vivaldi-stable": true, "safari": true,
}

// isBrowser reports whether a process or class is a browser's. Chromium adds
// the folder of an unusual profile to its class: "chromium (/tmp/profile)".
func isBrowser(name string) bool {
	if i := strings.Index(name, " ("); i > 0 {
		name = name[:i]
	}
	var buf [maxName]byte
	return browsers[string(appendName(buf[:0], name))]
}

// InBrowser says whether the window is a browser's.
func (t Target) InBrowser() bool { return isBrowser(t.Process) || isBrowser(t.Class) }

// byTitle finds the tool whose tab has that window title.
func (c *Catalog) byTitle(window string) (tool int, ok bool) {
	page, mayHaveProfile := stripBrowser(window)
	page = stripCount(page)
	if !mayHaveProfile {
		return c.matchTitle(page)
	}
	// "New chat - Claude - Work - Microsoft Edge": with and without "Work".
	without := ""
	if i, _ := lastDash(page); i >= 0 && !c.about[lastPart(page)] {
		without = page[:i]
	}
	if c.about[lastPart(without)] {
		return 0, false
	}
	if tool, ok = c.matchTitle(page); ok {
		return tool, ok
	}
	return c.matchTitle(stripMorePages(without))
}

// matchTitle compares whole parts only, so that a page about a tool, such as
// "How to use ChatGPT at work - Blog", is not taken for the tool.
func (c *Catalog) matchTitle(title string) (tool int, ok bool) {
	if tool, ok = c.titles[whole][titleKey{"", title}]; ok {
		return tool, true
	}
	for _, s := range separators {
		i := strings.LastIndex(title, s.text)
		if i < 0 {
			continue
		}
		if tool, ok = c.titles[last][titleKey{s.kind, title[i+len(s.text):]}]; ok {
			return tool, true
		}
		i = strings.Index(title, s.text)
		if tool, ok = c.titles[first][titleKey{s.kind, title[:i]}]; ok && !c.about[lastPart(title)] {
			return tool, true
		}
	}
	return 0, false
}

// lastPart returns what stands after the last separator of any kind.
func lastPart(title string) string {
	from := 0
	for _, s := range separators {
		if i := strings.LastIndex(title, s.text); i >= 0 {
			from = max(from, i+len(s.text))
		}
	}
	return title[from:]
}

// stripBrowser takes the browser's own part off a window's title. A web app's
// window has none, and its title comes back as it is.
func stripBrowser(title string) (page string, mayHaveProfile bool) {
	end := -1
	for _, b := range brands {
		i := strings.LastIndex(title, b.name)
		if i <= end {
			continue
		}
		before := title[:i]
		j, n := lastDash(before)
		if j < 0 || j+n != i {
			continue
		}
		if brandTail(b.name, title[i+len(b.name):]) {
			end, page, mayHaveProfile = i, title[:j], b.profile
		}
	}
	if end < 0 {
		return title, false
	}
	return page, mayHaveProfile
}

// brandTail reports whether a browser may add that after its name: nothing,
// "(Incognito)" in whatever language, words such as "Private Browsing" after
// Firefox, or a profile after Google Chrome.
func brandTail(brand, tail string) bool {
	switch {
	case tail == "", strings.HasPrefix(tail, " (") && strings.HasSuffix(tail, ")"):
		return true
	case strings.HasSuffix(brand, "Firefox"):
		return strings.HasPrefix(tail, " ") && len(tail) < 40 && lastPart(tail) == tail
	case brand == "Google Chrome":
		return strings.HasPrefix(tail, " - ") || strings.HasPrefix(tail, " – ")
	}
	return false
}

// lastDash returns the index and length of the last dash between two parts.
func lastDash(s string) (i, n int) {
	i = -1
	for _, sep := range separators[:3] {
		if j := strings.LastIndex(s, sep.text); j > i {
			i, n = j, len(sep.text)
		}
	}
	return i, n
}

// stripCount removes the number of unread things: "(2) Gemini".
func stripCount(s string) string {
	if !strings.HasPrefix(s, "(") {
		return s
	}
	for i := 1; i < len(s) && i < 6; i++ {
		switch {
		case s[i] >= '0' && s[i] <= '9':
		case i > 1 && strings.HasPrefix(s[i:], ") "):
			return s[i+2:]
		default:
			return s
		}
	}
	return s
}

// stripMorePages removes what Edge says of its other tabs: "ChatGPT and 3 more
// pages".
func stripMorePages(s string) string {
	i := strings.LastIndex(s, " and ")
	if i < 0 {
		return s
	}
	rest := strings.TrimLeft(s[i+len(" and "):], "0123456789")
	if rest == " more page" || rest == " more pages" {
		return s[:i]
	}
	return s
}
