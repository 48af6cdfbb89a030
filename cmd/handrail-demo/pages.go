package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"strings"
	"time"
)

//go:embed pages/*.html
var pageFiles embed.FS

var pageTemplates = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// The hosts of the story. The browser is told that they are this computer;
// nothing is asked of the real ones.
const (
	crmHost      = "crm.kestrel-freight.test"
	chatHost     = "chat.deepseek.com"
	approvedHost = "m365.cloud.microsoft"
)

type chatPage struct{ Title, Name, Greeting, Back, Ink string }

var chatPages = map[string]chatPage{
	chatHost:     {"DeepSeek", "DeepSeek", "How can I help you today?", "#ffffff", "#26324a"},
	approvedHost: {"Microsoft 365 Copilot", "Copilot", "Welcome back. What shall we work on?", "#f3f0fa", "#2b2140"},
}

// customers is the list that somebody copies in the story. The people and
// addresses are invented.
func customers() string {
	names := strings.Fields("Anna.Berg Tom.Okafor Lucia.Ferri Jan.Kowal Mia.Lind Omar.Haddad Eva.Novak Paul.Martin Sofia.Reyes Erik.Dahl Nina.Petrov Leo.Brandt Ruth.Adler Ivan.Horak")
	var b strings.Builder
	b.WriteString("name,e-mail,account,last order\n")
	for i, n := range names {
		first, last, _ := strings.Cut(n, ".")
		fmt.Fprintf(&b, "%s %s,%s.%s@northport-%s.com,KF-%d,2026-10-%02d\n", first, last, strings.ToLower(first), strings.ToLower(last), []string{"steel", "foods", "textil"}[i%3], 20400+i*7, i+3)
	}
	return b.String()
}

// servePages serves the stand-in pages by TLS on a loopback port, until the
// server is closed.
func servePages(ln net.Listener, cert tls.Certificate) *http.Server {
	srv := &http.Server{TLSConfig: &tls.Config{Certificates: []tls.Certificate{cert}}, ErrorLog: log.New(io.Discard, "", 0), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		host, _, _ := strings.Cut(r.Host, ":")
		var err error
		if page, ok := chatPages[host]; ok {
			err = pageTemplates.ExecuteTemplate(w, "chat.html", page)
		} else {
			err = pageTemplates.ExecuteTemplate(w, "customers.html", customers())
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})}
	go func() { _ = srv.ServeTLS(ln, "", "") }()
	return srv
}

// certificate makes a certificate for the stand-in pages, and the pin by which
// the story's browser, and no other, trusts it.
func certificate() (cert tls.Certificate, pin string, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return cert, "", err
	}
	now := time.Now()
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()),
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.Add(24 * time.Hour),
		DNSNames:     []string{crmHost, chatHost, approvedHost},
	}, &x509.Certificate{SerialNumber: big.NewInt(1)}, key.Public(), key)
	if err != nil {
		return cert, "", err
	}
	spki, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return cert, "", err
	}
	sum := sha256.Sum256(spki)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, base64.StdEncoding.EncodeToString(sum[:]), nil
}
