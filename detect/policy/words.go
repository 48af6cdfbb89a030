package policy

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Words are a sentence for the person. A policy has it as a text, or as one for
// each language, such as {en: Remove the names., de: Nehmen Sie die Namen heraus.}
type Words struct {
	Text string // in the language that the policy speaks: see Speak
	In   map[string]string
}

// Speech is how a policy speaks to somebody. The zero value is English.
type Speech struct {
	Languages []string // the one they like best first, such as de-AT
	// What the policy says where its rule doesn't, with the hole {tool}.
	AskIT, WorkAccount, UseTool string
}

var english = Speech{
	AskIT:       "Remove the sensitive part first, or ask your IT team which AI tool may receive it.",
	WorkAccount: "Use your work account in {tool} instead.",
	UseTool:     "Use {tool} instead.",
}

// Speak returns the same policy with each sentence in the first of the languages
// that it has it in, else in English, else in the one that comes first by name.
func (p *Policy) Speak(s Speech) *Policy {
	q := *p
	q.speech = s
	q.Contact = q.Contact.speak(s.Languages)
	q.Tools, q.Rules = slices.Clone(p.Tools), slices.Clone(p.Rules)
	for i := range q.Tools {
		q.Tools[i].Record.Logged = q.Tools[i].Record.Logged.speak(s.Languages)
	}
	for i := range q.Rules {
		r := &q.Rules[i]
		r.Because, r.Instead.Advice = r.Because.speak(s.Languages), r.Instead.Advice.speak(s.Languages)
	}
	return &q
}

func (w Words) speak(languages []string) Words {
	if len(w.In) == 0 {
		return w
	}
	// A region's own words come first, and then its language's.
	for _, l := range append(slices.Clone(languages), "en") {
		for l = strings.ToLower(strings.ReplaceAll(l, "_", "-")); l != ""; l = l[:max(strings.LastIndexByte(l, '-'), 0)] {
			if s, ok := w.In[l]; ok {
				w.Text = s
				return w
			}
		}
	}
	first := ""
	for l := range w.In {
		if first == "" || l < first {
			first = l
		}
	}
	w.Text = w.In[first]
	return w
}

// all returns the sentence in each language it has.
func (w Words) all() []string {
	if len(w.In) == 0 {
		return []string{w.Text}
	}
	var list []string
	for _, s := range w.In {
		list = append(list, s)
	}
	return list
}

// ask is the advice where a rule names none that fits: nobody is left without
// a way forward.
func (p *Policy) ask() string { return or(p.speech.AskIT, english.AskIT) }

func (p *Policy) workAccount(tool string) string {
	return strings.ReplaceAll(or(p.speech.WorkAccount, english.WorkAccount), "{tool}", tool)
}

func (p *Policy) use(tool string) string {
	return strings.ReplaceAll(or(p.speech.UseTool, english.UseTool), "{tool}", tool)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// languageName is what a language is called in a policy: lower case.
var languageName = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})?$`)

// words reads a text, or one for each language.
func (r *reader) words(n *yaml.Node, what string, v reflect.Value) {
	w := v.Addr().Interface().(*Words)
	if n.Kind != yaml.MappingNode {
		r.scalar(n, what, reflect.ValueOf(&w.Text).Elem())
		return
	}
	w.In = map[string]string{}
	for i := 0; i+1 < len(n.Content) && len(r.problems) < maxProblems; i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode || !languageName.MatchString(key.Value) {
			r.errorf(key, "%s has a language that is none: write it as en or de-at", what)
			continue
		}
		if _, there := w.In[key.Value]; there {
			r.errorf(key, "%s is already there in %q: remove one of them", what, key.Value)
			continue
		}
		var s string
		r.read(value, what+" in "+key.Value, reflect.ValueOf(&s).Elem())
		w.In[key.Value] = s
	}
	if len(n.Content) == 0 {
		r.errorf(n, "%s is empty: give it a value or remove the line", what)
	}
	*w = w.speak(nil)
}
