package detect

import (
	"net/url"
	"slices"
	"testing"
)

// Each page belongs to a detector of keys, is one that a browser opens safely,
// and one name has one page.
func TestIssuers(t *testing.T) {
	pages := map[string]string{}
	for id, i := range keyIssuers {
		if !slices.ContainsFunc(Detectors(), func(d Detector) bool { return d.ID == id && d.Class == ClassSecret }) {
			t.Errorf("there is no detector %s of keys", id)
		}
		u, err := url.Parse(i.Page)
		if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || i.Name == "" {
			t.Errorf("%s: %+v is no page to open", id, i)
		}
		if other, there := pages[i.Name]; there && other != i.Page {
			t.Errorf("%s has two pages", i.Name)
		}
		pages[i.Name] = i.Page
	}
	all := Issuers()
	if len(all) != len(pages) || all[0].Name != "Anthropic" || all[len(all)-1].Name != "Vercel" {
		t.Errorf("%d issuers with %d names: %+v", len(all), len(pages), all)
	}
	if i, ok := IssuerOf("github_token"); !ok || i.Name != "GitHub" {
		t.Errorf("GitHub: %+v, %v", i, ok)
	}
	if i, ok := IssuerOf(PrivateKey); ok {
		t.Errorf("a private key is %+v's", i)
	}
}
