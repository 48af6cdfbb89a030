// Package console shows a fleet to the people who look after it: pages of
// plain HTML, no script at all, readable on a narrow screen, in light and
// dark, and by a screen reader.
//
//	http.Serve(loopback, console.Handler(queries, console.Options{Log: log}))
//
// It asks fleet/query and counts nothing itself. A hidden figure reaches this
// package without its number, so no page can give it away. There is no sign-in
// yet: the listener must be on loopback, and a request under any other name
// than this computer's own is refused, so that no web page can reach the
// console by pointing its own name here.
package console

import (
	"bytes"
	"embed"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"handrail/fleet/query"
)

// Options of a console. The zero value works.
type Options struct {
	Log *slog.Logger     // where failures go; nil is nowhere
	Now func() time.Time // nil is time.Now
}

//go:embed templates style.css icon.svg
var files embed.FS

func page(name string) *template.Template {
	return template.Must(template.ParseFS(files, "templates/layout.html", "templates/"+name))
}

var (
	overviewPage = page("overview.html")
	devicesPage  = page("devices.html")
	requestsPage = page("requests.html")
	privacyPage  = page("privacy.html")
	problemPage  = page("problem.html")
)

// policyHeader is the content security policy: our own style sheet and icon,
// and nothing else, from anywhere.
const policyHeader = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

type console struct {
	q    *query.Queries
	opts Options
}

// Handler serves the console at "/". It answers GET and HEAD only.
func Handler(q *query.Queries, o Options) http.Handler {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	c := &console{q: q, opts: o}
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", c.overview)
	mux.HandleFunc("/devices", c.devices)
	mux.HandleFunc("/requests", c.requests)
	mux.HandleFunc("/privacy", c.privacy)
	mux.HandleFunc("/style.css", file("style.css", "text/css; charset=utf-8"))
	mux.HandleFunc("/icon.svg", file("icon.svg", "image/svg+xml"))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		c.problem(w, http.StatusNotFound, "Nothing here", "This console has no such page.")
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policyHeader)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			c.problem(w, http.StatusMethodNotAllowed, "Only for reading", "This console changes nothing.")
		case !onLoopback(r.Host):
			c.problem(w, http.StatusMisdirectedRequest, "Only from this computer", "Open the console as 127.0.0.1 or localhost on the computer that runs it.")
		default:
			mux.ServeHTTP(w, r)
		}
	})
}

// onLoopback says whether a request's Host names this computer itself.
func onLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	} else if len(host) > 2 && host[0] == '[' && host[len(host)-1] == ']' {
		host = host[1 : len(host)-1]
	}
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}

func file(name, kind string) http.HandlerFunc {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the file is embedded
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Write(b)
	}
}

func (c *console) overview(w http.ResponseWriter, r *http.Request) {
	o, err := c.q.Overview(r.Context(), c.opts.Now())
	if err != nil {
		c.failed(w, err)
		return
	}
	c.show(w, http.StatusOK, overviewPage, "Overview", "/", overviewOf(o))
}

func (c *console) devices(w http.ResponseWriter, r *http.Request) {
	number, _ := strconv.Atoi(r.URL.Query().Get("page")) // anything else is the first page
	p, err := c.q.Devices(r.Context(), c.opts.Now(), number)
	if err != nil {
		c.failed(w, err)
		return
	}
	c.show(w, http.StatusOK, devicesPage, "Devices", "/devices", devicesOf(p))
}

func (c *console) requests(w http.ResponseWriter, r *http.Request) {
	all, err := c.q.Requests(r.Context(), c.opts.Now())
	if err != nil {
		c.failed(w, err)
		return
	}
	k, _ := c.q.Thresholds()
	c.show(w, http.StatusOK, requestsPage, "Requests", "/requests", requestsOf(all, k))
}

func (c *console) privacy(w http.ResponseWriter, _ *http.Request) {
	c.show(w, http.StatusOK, privacyPage, "Privacy", "/privacy", privacyOf(c.q.Thresholds()))
}

// failed says that the store could not be read. The cause is for the log, not
// for the page.
func (c *console) failed(w http.ResponseWriter, err error) {
	c.opts.Log.Error("the console could not read the store", "err", err)
	c.problem(w, http.StatusServiceUnavailable, "Not readable just now", "The server could not read its own figures. Its log says why; try again in a minute.")
}

func (c *console) problem(w http.ResponseWriter, status int, title, words string) {
	c.show(w, status, problemPage, title, "", struct{ Title, Words string }{title, words})
}

// link is one entry of the navigation.
type link struct {
	Path, Name string
	Current    bool
}

// show renders a page completely before anything of it is sent.
func (c *console) show(w http.ResponseWriter, status int, t *template.Template, title, path string, data any) {
	nav := []link{{Path: "/", Name: "Overview"}, {Path: "/devices", Name: "Devices"}, {Path: "/requests", Name: "Requests"}, {Path: "/privacy", Name: "Privacy"}}
	for i := range nav {
		nav[i].Current = nav[i].Path == path
	}
	var b bytes.Buffer
	err := t.ExecuteTemplate(&b, "layout", struct {
		Title string
		Nav   []link
		Data  any
	}{title, nav, data})
	if err != nil {
		c.opts.Log.Error("the console could not write a page", "err", err)
		http.Error(w, "This page could not be written. The server's log says why.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}
