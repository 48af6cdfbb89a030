package catalog

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the extension's copy of the account resolvers")

// The extension ships what accounts.yaml says, as a script.
func TestResolversOfTheExtension(t *testing.T) {
	const file = "../../ui/extension/accounts-data.js"
	rs, err := ParseResolvers(embeddedResolvers)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.MarshalIndent(rs, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	want := "// Made from detect/catalog/accounts.yaml, which says what it means. Do not edit:\n" +
		"// go test ./detect/catalog -run Resolvers -update\n" +
		"/* exported accountData */\nvar accountData = " + string(data) + ";\n"
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != want {
		t.Errorf("%s is not what accounts.yaml says (%v): run go test ./detect/catalog -run Resolvers -update", file, err)
	}
}

func TestResolversAreForToolsThatThereAre(t *testing.T) {
	rs, err := ParseResolvers(embeddedResolvers)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rs.Resolvers {
		for _, id := range r.Tools {
			if _, ok := Default().Tool(id); !ok {
				t.Errorf("resolver %s is for %q, which is not in the catalogue", r.ID, id)
			}
			if got := ResolverFor(id); got != r.ID {
				t.Errorf("ResolverFor(%s) = %q", id, got)
			}
		}
	}
	for _, id := range []ToolID{"chatgpt", "claude", "gemini", "copilot", "m365-copilot"} {
		if ResolverFor(id) == "" {
			t.Errorf("%s has no resolver", id)
		}
	}
	if got := ResolverFor(Other); got != "" {
		t.Errorf("other tools have the resolver %q", got)
	}
}

func TestParseResolversRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"resolver: []": "not found",
		"resolvers: [{id: a, signs: [{says: work}]}]":                                 "name one of",
		"resolvers: [{id: a, signs: [{says: work, path: a, at: b}]}]":                 "name one of",
		"resolvers: [{id: a, signs: [{at: b}]}]":                                      "either",
		"resolvers: [{id: a, signs: [{says: ours, path: b}]}]":                        "can't say",
		"resolvers: [{id: a, signs: [{says: work, at: b}]}]":                          "must not say work",
		"resolvers: [{id: a, signs: [{tenant: name, path: b}]}]":                      "about an element",
		"resolvers: [{id: a, signs: [{tenant: person, at: b}]}]":                      "name or domain",
		"resolvers: [{id: a, signs: [{says: none, query: auth}]}]":                    "name=value",
		"resolvers: [{id: a, signs: []}, {id: a, signs: []}]":                         "id of its own",
		"resolvers: [{id: a, tools: [t], signs: []}, {id: b, tools: [t], signs: []}]": "one already",
	} {
		if _, err := ParseResolvers([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
}
