package browsertest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"handrail/agent/browser"
	"handrail/agent/browsertest"
	"handrail/agent/desktoptest"
)

// What there is to paste beside plain text: HTML, files, and what is dropped.

// htmlOnly pastes a clip without text, as some programs put it there.
func (r *rig) htmlOnly(t *testing.T) {
	r.page.Navigate(t, r.site.URL(host, "contenteditable"))
	r.d.Own(t, desktoptest.Clip{HTML: []byte("<p>Anna <b>Berg</b></p>")})
	r.page.Press(t, "ctrl+v")
	a := r.s.Attempt(t)
	if got := browsertest.Text(a); got != "Anna Berg" || !a.HTML {
		t.Fatalf("asked about %q (html %v)", got, a.HTML)
	}
	r.page.WaitText(t, "")
	r.s.Allow(t, a.ID)
	if d := browsertest.Next[*browser.Done](t, r.s); d.ID != a.ID {
		t.Fatalf("attempt %d ended, want %d", d.ID, a.ID)
	} else if d.Outcome == browser.Again {
		r.page.Press(t, "ctrl+v")
	}
	r.page.WaitText(t, "Anna Berg")
	r.s.Nothing(t)
}

// htmlBeside pastes text that has HTML beside it, as most programs copy. Where
// the HTML says more, only the text that was checked lands, known to be clean or
// not.
func (r *rig) htmlBeside(t *testing.T) {
	text := "Anna Berg"
	paste := func(html string) {
		t.Helper()
		r.page.Navigate(t, r.site.URL(host, "contenteditable"))
		r.over(t, "first") // afterwards the page knows what is clean
		id := r.attempt(t, "first")
		r.s.Allow(t, id)
		r.arrives(t, id, "first")
		r.page.Forget(t)
		r.d.Own(t, desktoptest.Clip{Text: []byte(text), HTML: []byte(html)})
		r.page.Press(t, "ctrl+a", "ctrl+v")
	}
	markup := func() (html string) {
		t.Helper()
		r.page.Eval(t, `document.querySelector("[contenteditable]").innerHTML`, &html)
		return html
	}
	for _, same := range []struct{ text, html string }{
		{"Anna Berg", "<p>Anna <b>Berg</b></p>"},
		// Only the look parts these two, which the browser saw when it made the text.
		{"Anna\nBerg", "<p>Anna<b style='display:block'>Berg</b></p>"},
	} {
		text = same.text
		r.s.Clean(t, text)
		paste(same.html)
		r.page.Wait(t, "the text", `site.text().then(t => /^Anna\s*Berg$/.test(t))`)
		r.s.Nothing(t)
		if html := markup(); !strings.Contains(html, "<b") {
			t.Errorf("a clean paste has lost its form: %s", html)
		}
	}
	text = "Anna Berg"
	r.s.Clean(t, text)
	for _, more := range []string{
		"<p>Anna <b>Berg</b><span style='display:none'> " + canary + "</span></p>",
		"<p>Anna <a href='https://wiki.example/" + canary + "'>Berg</a></p>",
	} {
		paste(more)
		id := r.attempt(t, text)
		r.sawNothing(t)
		r.s.Allow(t, id)
		r.s.Ended(t, id, browser.Inserted)
		r.page.WaitText(t, text)
		if html := markup(); strings.Contains(html, canary) {
			t.Errorf("what nobody has checked is in the page: %s", html)
		}
	}
	r.s.Clean(t, "")
}

// files chooses files in a page's file chooser.
func (r *rig) files(t *testing.T) {
	r.page.Navigate(t, r.site.URL(host, "file"))
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	type file struct {
		Name, Text string
		Size       int
	}
	var got []file
	r.page.Choose(t, write("customers.csv", "name,e-mail\n"))
	a := r.s.Attempt(t)
	if a.How != browser.Files || len(a.Files) != 1 || a.Files[0].Data == nil || string(a.Files[0].Data.Bytes()) != "name,e-mail\n" {
		t.Fatalf("asked about %+v", a)
	}
	r.page.Eval(t, "site.files()", &got)
	if len(got) != 0 {
		t.Fatalf("the page has %+v while they are held", got)
	}
	r.s.Allow(t, a.ID)
	r.s.Ended(t, a.ID, browser.Inserted)
	r.page.Wait(t, "the file", "site.files().then(f => f.length === 1)")
	r.page.Eval(t, "site.files()", &got)
	if got[0] != (file{"customers.csv", "name,e-mail\n", 12}) {
		t.Fatalf("the page got %+v", got)
	}

	r.page.Navigate(t, r.site.URL(host, "file"))
	r.page.Choose(t, write("secret.txt", canary))
	a = r.s.Attempt(t)
	r.s.Hold(t, a.ID, question)
	r.s.Finish(t, a.ID, browser.DropIt, "")
	r.page.Choose(t, write("picture.png", "not inspected"))
	r.page.Wait(t, "the picture", `site.files().then(f => f.length === 1 && f[0].name === "picture.png")`)
	r.s.Nothing(t)
}

// drops lets texts and a file fall onto a field and onto a place of the page's own.
func (r *rig) drops(t *testing.T) {
	text := "dropped: Zoë pays 4,50 €\nline two"
	attempt := func(text string) uint64 {
		t.Helper()
		a := r.s.Attempt(t)
		if browsertest.Text(a) != text || a.How != browser.Drop {
			t.Fatalf("asked about %q (how %d), want %q", browsertest.Text(a), a.How, text)
		}
		r.sawNothing(t)
		return a.ID
	}
	r.page.Navigate(t, r.site.URL(host, "textarea"))
	r.page.DragText(t, "textarea", text)
	id := attempt(text)
	r.s.Allow(t, id)
	r.s.Ended(t, id, browser.Inserted)
	r.page.WaitText(t, text)

	r.page.Forget(t)
	r.page.DragText(t, "textarea", canary)
	id = attempt(canary)
	r.s.Hold(t, id, question)
	r.s.Finish(t, id, browser.DropIt, "")
	r.page.WaitText(t, text)

	// What is no field has to be dropped on once more, and asks nobody then.
	r.page.Navigate(t, r.site.URL(host, "drop"))
	r.page.DragText(t, "#drop", text)
	id = attempt(text)
	r.s.Allow(t, id)
	r.s.Ended(t, id, browser.Again)
	r.page.DragText(t, "#drop", text)
	r.page.WaitText(t, text)

	path := filepath.Join(t.TempDir(), "customers.csv")
	if err := os.WriteFile(path, []byte("name,e-mail\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.page.Forget(t)
	r.page.DragFiles(t, "#drop", path)
	a := r.s.Attempt(t)
	if a.How != browser.Drop || len(a.Files) != 1 || a.Files[0].Data == nil || string(a.Files[0].Data.Bytes()) != "name,e-mail\n" {
		t.Fatalf("asked about %+v", a)
	}
	r.sawNothing(t)
	r.s.Allow(t, a.ID)
	r.s.Ended(t, a.ID, browser.Inserted)
	r.page.Wait(t, "the file", `site.files().then(f => f.length === 1 && f[0].text === "name,e-mail\n")`)
}
