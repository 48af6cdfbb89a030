// Package hostname tells a public host from everything else that looks like
// one. It is for the one string in all that leaves a laptop that is in no list
// of ours: the host of a tool that somebody asks for.
package hostname

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Max is how long a public host may be, in bytes.
const Max = 80

// Public returns what may be said of a host that no list of ours names:
// the name that its owner registered, such as "newtool.ai" for
// "app.newtool.ai". It is false for anything that is no public domain: an
// address, a name without a dot, a name below no public suffix ("wiki.corp"),
// a bare suffix, and whatever holds more than letters, digits and hyphens. The
// path, the port and what stands before the registered name are dropped,
// because that is where a link holds names of people, customers and documents.
func Public(s string) (string, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, scheme := range []string{"https://", "http://"} {
		s = strings.TrimPrefix(s, scheme)
	}
	if i := strings.IndexAny(s, "/?#:"); i >= 0 {
		s = s[:i]
	}
	s = strings.TrimSuffix(s, ".")
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' ||
			strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return "", false
		}
	}
	// A suffix of the list is managed by ICANN, or private with a dot in it
	// (github.io); for a name that ends in none the package returns its last part.
	suffix, icann := publicsuffix.PublicSuffix(s)
	if !icann && !strings.Contains(suffix, ".") || suffix == "arpa" || strings.HasSuffix(suffix, ".arpa") {
		return "", false
	}
	host, err := publicsuffix.EffectiveTLDPlusOne(s)
	if err != nil || len(host) > Max {
		return "", false
	}
	return host, true
}
