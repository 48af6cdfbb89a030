package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/oklog/run"
	"github.com/spf13/cobra"

	"handrail/agent/report"
	"handrail/fleet/console"
	"handrail/fleet/intake"
	"handrail/fleet/query"
	"handrail/fleet/store"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	data                     string
	devices, reports, front  string // addresses to listen on
	batch, grace, checkIn    time.Duration
	certificate, certKeyFile string
}

func serveCommand() *cobra.Command {
	var o serveOptions
	c := &cobra.Command{
		Use:   "serve",
		Short: "Run the server",
		Long: `Runs the server in the foreground. Laptops join and check in at --listen; what
people do is reported, about nobody, to --reports-listen. The console and these
two take plain HTTP on this computer only; from elsewhere they need a
certificate, and the console stays on this computer.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return serve(c, o) },
	}
	f := c.Flags()
	f.StringVar(&o.data, "data", "", "the server's folder")
	f.StringVar(&o.devices, "listen", "127.0.0.1:8443", "where laptops join and check in")
	f.StringVar(&o.reports, "reports-listen", "127.0.0.1:8444", "where reports about nobody arrive")
	f.StringVar(&o.front, "console-listen", "127.0.0.1:8445", "where the console is, on this computer")
	f.DurationVar(&o.batch, "batch", report.Week, "how long a batch is; the same as on the laptops")
	f.DurationVar(&o.grace, "grace", 24*time.Hour, "how long after its end a batch takes reports")
	f.DurationVar(&o.checkIn, "check-in", time.Hour, "how often laptops check in")
	f.StringVar(&o.certificate, "tls-cert", "", "certificate file (PEM)")
	f.StringVar(&o.certKeyFile, "tls-key", "", "the certificate's key file (PEM)")
	return c
}

// storeFile makes the server's folder and returns the store's file in it.
func storeFile(data string) (string, error) {
	if data == "" {
		return "", errors.New("say where the server's folder is: --data DIR")
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return "", fmt.Errorf("making the server's folder: %w", err)
	}
	return filepath.Join(data, "fleet.db"), nil
}

func (o serveOptions) check() error {
	switch {
	case o.batch < time.Second || o.batch%time.Second != 0:
		return errors.New("--batch must be whole seconds, at least one")
	case o.grace <= 0:
		return errors.New("--grace must be more than nothing, or no report arrives in time")
	case o.checkIn < time.Second:
		return errors.New("--check-in must be at least 1s")
	case (o.certificate == "") != (o.certKeyFile == ""):
		return errors.New("--tls-cert and --tls-key go together")
	case !loopback(o.front):
		return errors.New("--console-listen must be an address of this computer, such as 127.0.0.1:8445: the console has no sign-in")
	case o.certificate == "" && (!loopback(o.devices) || !loopback(o.reports)):
		return errors.New("plain HTTP is for this computer only: give --tls-cert and --tls-key, or listen on 127.0.0.1")
	}
	return nil
}

// loopback says whether an address is this computer's own. A name, or none,
// is not: it could become another.
func loopback(addr string) bool {
	a, err := netip.ParseAddrPort(addr)
	return err == nil && a.Addr().IsLoopback()
}

func serve(c *cobra.Command, o serveOptions) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(c.ErrOrStderr(), nil))
	path, err := storeFile(o.data)
	if err != nil {
		return err
	}
	s, err := store.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()

	devices, reports, front, err := o.listen()
	if err != nil {
		return err
	}
	scheme := "http"
	if o.certificate != "" {
		scheme = "https"
	}
	var g run.Group
	serving := func(l net.Listener, h http.Handler) {
		srv := newServer(h)
		g.Add(func() error { return ended(srv.Serve(l)) }, func(error) { shutDown(srv) })
	}
	serving(devices, withState(s, intake.Devices(intake.DeviceOptions{Store: s, CheckIn: o.checkIn, Log: log})))
	serving(reports, intake.Reports(intake.ReportOptions{Store: s, Batch: o.batch, Grace: o.grace, Log: log}))
	serving(front, console.Handler(query.New(s, query.Options{Batch: o.batch, Grace: o.grace}), console.Options{Log: log}))

	closing, stop := context.WithCancel(context.WithoutCancel(c.Context()))
	g.Add(func() error {
		return intake.Closer{Store: s, Grace: o.grace, Log: log}.Run(closing)
	}, func(error) { stop() })
	asked, heard := context.WithCancel(c.Context())
	g.Add(func() error { <-asked.Done(); return nil }, func(error) { heard() })

	if _, err := fmt.Fprintf(c.OutOrStdout(), "listening devices=%s://%s reports=%s://%s console=http://%s\n",
		scheme, devices.Addr(), scheme, reports.Addr(), front.Addr()); err != nil {
		return errors.Join(err, devices.Close(), reports.Close(), front.Close())
	}
	return g.Run()
}

// listen opens the three listeners. The console never needs the certificate.
func (o serveOptions) listen() (devices, reports, front net.Listener, err error) {
	var open []net.Listener
	var config *tls.Config
	if o.certificate != "" {
		cert, err := tls.LoadX509KeyPair(o.certificate, o.certKeyFile)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("reading the certificate: %w", err)
		}
		// No session tickets: one would tie two connections of a laptop.
		config = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS13, SessionTicketsDisabled: true, NextProtos: []string{"http/1.1"}}
	}
	for _, addr := range []string{o.devices, o.reports, o.front} {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			for _, x := range open {
				_ = x.Close()
			}
			return nil, nil, nil, fmt.Errorf("listening: %w", err)
		}
		if config != nil && len(open) < 2 {
			l = tls.NewListener(l, config)
		}
		open = append(open, l)
	}
	return open[0], open[1], open[2], nil
}

// newServer returns a server that waits for nobody for long. Its own messages
// are dropped: they hold addresses of clients.
func newServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       20 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    8 << 10,
		ErrorLog:          slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
}

func ended(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// shutDown lets requests finish, for a while.
func shutDown(srv *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if srv.Shutdown(ctx) != nil {
		_ = srv.Close()
	}
}

// withState adds the two questions that a supervisor asks: whether the process
// lives, and whether it can do its work.
func withState(s *store.Store, h http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", h)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if s.Ready(r.Context()) != nil {
			http.Error(w, "the store does not answer", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
	return mux
}
