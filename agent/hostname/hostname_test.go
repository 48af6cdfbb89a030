package hostname

import "testing"

func TestPublic(t *testing.T) {
	for in, want := range map[string]string{
		"newtool.ai": "newtool.ai",
		"https://App.NewTool.ai/chat/jane-doe?q=x#y": "newtool.ai",
		" chat.newtool.co.uk:8443 ":                  "newtool.co.uk",
		"jane.doe.project.newtool.ai.":               "newtool.ai",
		"tool.vercel.app":                            "tool.vercel.app",
		"a.tool.github.io":                           "tool.github.io",
		"xn--bcher-kva.example.de":                   "example.de",

		"":                         "",
		"newtool":                  "",
		"localhost":                "",
		"wiki.corp":                "",
		"ai.intranet.local":        "",
		"printer.lan":              "",
		"10.0.0.7":                 "",
		"[::1]":                    "",
		"::1":                      "",
		"co.uk":                    "",
		"ai":                       "",
		"github.io":                "",
		"7.0.0.10.in-addr.arpa":    "",
		"home.arpa":                "",
		"jane doe.ai":              "",
		"jane@newtool.ai":          "",
		"new_tool.ai":              "",
		"-x.ai":                    "",
		"new..ai":                  "",
		"büro.de":                  "",
		"customer list of jane.ai": "",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.ai": "",
	} {
		got, ok := Public(in)
		if got != want || ok != (want != "") {
			t.Errorf("Public(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}
