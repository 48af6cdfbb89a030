package browsertest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"handrail/agent/desktoptest"
)

// TB is what the harness needs of a test, as in desktoptest.
type TB = desktoptest.TB

// Targets are the pages of the site that hold text, by the name in their
// address. Each is a kind of field that AI tools have.
var Targets = []string{
	"textarea", "input", "contenteditable", "shadow",
	"prosemirror", "quill", "codemirror", "lexical", "ckeditor",
	"frame-same", "frame-cross", "frame-blank", "frame-srcdoc",
}

// Site is the test site and the proxy through which alone it is reached.
type Site struct {
	Proxy string // "127.0.0.1:40123"
	Pin   string // of the certificate's key, as Chromium's --ignore-certificate-errors-spki-list takes it

	hosts []string
}

// Serve serves the site under these hosts until the test ends. The editors on
// it come from npm; the test is skipped where they can't be fetched.
func Serve(t TB, hosts ...string) *Site {
	t.Helper()
	dir := built(t)
	cert, pin := certificate(t, hosts)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listening: %v", err)
	}
	s := &Site{Proxy: ln.Addr().String(), Pin: pin, hosts: hosts}
	tunnels := newTunnels(ln.Addr())
	quiet := log.New(io.Discard, "", 0)
	pages := &http.Server{Handler: pages(dir), ErrorLog: quiet, TLSConfig: &tls.Config{Certificates: []tls.Certificate{cert}}}
	go func() { _ = pages.ServeTLS(tunnels, "", "") }()
	proxy := &http.Server{ErrorLog: quiet, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, port, _ := net.SplitHostPort(r.Host)
		if r.Method != http.MethodConnect || port != "443" || !slices.Contains(hosts, host) {
			http.Error(w, "only the test site is reached", http.StatusForbidden)
			return
		}
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		if _, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n"); err != nil {
			conn.Close()
			return
		}
		tunnels.give(conn)
	})}
	go func() { _ = proxy.Serve(ln) }()
	t.Cleanup(func() {
		proxy.Close()
		pages.Close()
	})
	return s
}

// URL is the address of a target's page under a host of the site.
func (s *Site) URL(host, target string) string {
	q := url.Values{"target": {target}}
	if target == "frame-cross" {
		q.Set("other", s.hosts[len(s.hosts)-1])
	}
	return "https://" + host + "/c/f00d?" + q.Encode()
}

// pages answers for the page of each target and the scripts.
func pages(dir string) http.Handler {
	files := http.FileServer(http.Dir(dir))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if strings.HasSuffix(r.URL.Path, ".js") {
			files.ServeHTTP(w, r)
			return
		}
		http.ServeFile(w, r, dir+"/page.html")
	})
}

// tunnels is a listener whose connections are the tunnels that the proxy opens.
type tunnels struct {
	addr  net.Addr
	conns chan net.Conn
	once  sync.Once
	done  chan struct{}
}

func newTunnels(addr net.Addr) *tunnels {
	return &tunnels{addr: addr, conns: make(chan net.Conn), done: make(chan struct{})}
}

func (t *tunnels) give(c net.Conn) {
	select {
	case t.conns <- c:
	case <-t.done:
		c.Close()
	}
}

func (t *tunnels) Accept() (net.Conn, error) {
	select {
	case c := <-t.conns:
		return c, nil
	case <-t.done:
		return nil, net.ErrClosed
	}
}

func (t *tunnels) Close() error {
	t.once.Do(func() { close(t.done) })
	return nil
}

func (t *tunnels) Addr() net.Addr { return t.addr }

// certificate makes a certificate for the hosts, and the pin by which this
// browser, and no other, trusts it.
func certificate(t TB, hosts []string) (cert tls.Certificate, pin string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()),
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.Add(24 * time.Hour),
		DNSNames:     hosts,
	}, &x509.Certificate{SerialNumber: big.NewInt(1)}, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(spki)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, base64.StdEncoding.EncodeToString(sum[:])
}
