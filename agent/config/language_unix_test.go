//go:build unix && !darwin

package config

import (
	"slices"
	"testing"
)

func TestLanguages(t *testing.T) {
	for _, c := range []struct {
		setting                          string
		all, messages, lang, languageVar string
		want                             []string
	}{
		{},
		{lang: "de_AT.UTF-8", want: []string{"de_AT.UTF-8"}},
		{lang: "de_AT.UTF-8", messages: "fr_FR", want: []string{"fr_FR"}},
		{lang: "de_AT.UTF-8", messages: "fr_FR", all: "C.UTF-8"},
		{lang: "en_GB.UTF-8", languageVar: "fr::de", want: []string{"fr", "de", "en_GB.UTF-8"}},
		{lang: "C", languageVar: "de"},
		{languageVar: "de"},
		{setting: "nl", lang: "de_AT.UTF-8", languageVar: "fr", want: []string{"nl"}},
	} {
		t.Setenv("LC_ALL", c.all)
		t.Setenv("LC_MESSAGES", c.messages)
		t.Setenv("LANG", c.lang)
		t.Setenv("LANGUAGE", c.languageVar)
		if got := (Settings{Language: c.setting}).Languages(); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
