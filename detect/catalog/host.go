package catalog

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hostNode holds the rows for one name, most specific first.
type hostNode struct {
	rows []hostRow
}

type hostRow struct {
	tool int
	Host
}

// maxHost is the longest host name there is (RFC 1035).
const maxHost = 253

// byHost finds the most specific row for a host and a path, and the name to
// show for it. A row for pages that take no paste hides the rows for the hosts
// above it.
func (c *Catalog) byHost(host, path string) (row *hostRow, domain string, ok bool) {
	var buf [maxHost + 1]byte
	name, ok := appendHost(buf[:0], host)
	if !ok {
		return nil, "", false
	}
	segment := firstSegment(path)
	for rest := name; ; {
		if node := c.hosts[string(rest)]; node != nil {
			for i := range node.rows {
				row := &node.rows[i]
				if !row.match(name, rest, segment) {
					continue
				}
				if row.Role == RoleChat && len(rest) < len(name) && c.docsLabels[string(name[:dot(name)])] {
					return nil, "", false
				}
				domain = row.name
				if row.stars > 0 {
					domain = string(name)
				}
				return row, domain, row.Role == RoleChat || row.Role == RoleAPI
			}
		}
		i := dot(rest)
		if i == len(rest) {
			return nil, "", false
		}
		rest = rest[i+1:]
	}
}

// match reports whether the row, which is kept under the name rest, fits the
// host name that ends in rest.
func (h *hostRow) match(name, rest []byte, segment string) bool {
	if h.path != "" && !equalFold(h.path, segment) {
		return false
	}
	if h.stars > 0 {
		return matchStars(h.name, name)
	}
	return h.below || len(name) == len(rest)
}

// matchStars compares label by label: "*" is any label, and "*-x" one that
// ends in "-x".
func matchStars(pattern string, name []byte) bool {
	for {
		i := strings.IndexByte(pattern, '.')
		if i < 0 {
			i = len(pattern)
		}
		j := dot(name)
		want, got := pattern[:i], name[:j]
		if tail, star := strings.CutPrefix(want, "*"); star {
			if len(got) <= len(tail) || string(got[len(got)-len(tail):]) != tail {
				return false
			}
		} else if string(got) != want {
			return false
		}
		if i == len(pattern) || j == len(name) {
			return i == len(pattern) && j == len(name)
		}
		pattern, name = pattern[i+1:], name[j+1:]
	}
}

// dot returns the index of the first dot, or the length.
func dot(b []byte) int {
	for i, c := range b {
		if c == '.' {
			return i
		}
	}
	return len(b)
}

// firstSegment returns the first part of a URL's path, without slashes.
func firstSegment(path string) string {
	path = strings.TrimLeft(path, "/")
	if i := strings.IndexAny(path, "/?#"); i >= 0 {
		path = path[:i]
	}
	return path
}

// equalFold compares ASCII letters without case.
func equalFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// appendHost appends the one spelling that a host has in the catalogue: lower
// case, without port and trailing dot, and a name in another script as
// punycode. It reports false for what can't be a host's name.
func appendHost(dst []byte, host string) ([]byte, bool) {
	if i := strings.LastIndexByte(host, ':'); i >= 0 {
		for _, d := range []byte(host[i+1:]) {
			if d < '0' || d > '9' {
				return nil, false
			}
		}
		host = host[:i]
	}
	if len(host) > 4*maxHost {
		return nil, false
	}
	for i := range len(host) {
		if host[i] >= utf8.RuneSelf {
			var ok bool
			if host, ok = toASCII(host); !ok {
				return nil, false
			}
			break
		}
	}
	host = strings.TrimSuffix(host, ".")
	if host == "" || len(host) > maxHost {
		return nil, false
	}
	label := 0
	for i := range len(host) {
		c := lower(host[i])
		switch {
		case c == '.':
			if label == 0 {
				return nil, false
			}
			label = -1
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '_':
		default:
			return nil, false
		}
		if label++; label > 63 {
			return nil, false
		}
		dst = append(dst, c)
	}
	return dst, label > 0
}

// toASCII spells a host name in another script as browsers send it: lower
// case, full-width forms narrowed, labels as punycode. It does less than IDNA
// (no normalisation, no check for confusable letters), which is enough: a name
// that only looks like one of the catalogue's must not match it.
func toASCII(host string) (string, bool) {
	if !utf8.ValidString(host) {
		return "", false
	}
	host = strings.Map(func(r rune) rune {
		switch {
		case r == '。' || r == '．' || r == '｡':
			return '.'
		case '！' <= r && r <= '～':
			r -= '！' - '!'
		}
		return unicode.ToLower(r)
	}, host)
	labels := strings.Split(host, ".")
	for i, l := range labels {
		for _, r := range l {
			if r >= utf8.RuneSelf {
				labels[i] = "xn--" + punycode(l)
				break
			}
		}
	}
	return strings.Join(labels, "."), true
}

// ParseHost reads the address that a person gives to "handrail check --to": a
// host, a host with a path, or a URL. Of a URL only host and path are kept.
// What Lookup says of the target has SurfaceBrowser; the command knows better.
func ParseHost(arg string) (Target, error) {
	const example = "write the tool's address, such as chatgpt.com or https://chatgpt.com/"
	rest := strings.TrimSpace(arg)
	if rest == "" {
		return Target{}, errors.New("no address given: " + example)
	}
	if scheme, after, ok := strings.Cut(rest, "://"); ok {
		if !equalFold(scheme, "https") && !equalFold(scheme, "http") {
			return Target{}, fmt.Errorf("address %q is not a web address: %s", arg, example)
		}
		rest = after
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, _, _ = strings.Cut(rest, "?")
	host, path := rest, ""
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	if strings.Contains(host, "@") {
		return Target{}, fmt.Errorf("address %q holds a user name: leave out everything up to the @", arg)
	}
	if strings.HasPrefix(host, "[") {
		return Target{}, fmt.Errorf("address %q is a number: use the host's name, such as chatgpt.com", arg)
	}
	name, ok := appendHost(nil, host)
	if !ok {
		return Target{}, fmt.Errorf("address %q has no valid host name: %s", arg, example)
	}
	if dot(name) == len(name) && string(name) != "localhost" {
		return Target{}, fmt.Errorf("address %q is only a name: %s", arg, example)
	}
	return Target{Host: string(name), Path: path}, nil
}
