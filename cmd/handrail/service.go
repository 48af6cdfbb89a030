package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	daemon "github.com/kardianos/service"
	"github.com/spf13/cobra"

	"handrail/agent/config"
	"handrail/agent/nodump"
	"handrail/agent/service"
	"handrail/ui/text"
)

const serviceName = "handrail"

func serviceCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "service",
		Short: "Install, control or run the background service",
		Long: `The background service holds the policy and hands on reports. It runs as an
account that owns nothing, and never meets what you copy.`,
		Example: "  handrail service status\n  sudo handrail service install\n  handrail service run --home /tmp/try   # in the foreground, without root",
	}
	simple := func(use, short string, do func(*cobra.Command) error) *cobra.Command {
		return &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return do(c) }}
	}
	uninstall := simple("uninstall", "Remove it from this computer", uninstallService)
	uninstall.Flags().Bool("purge", false, "delete its data too (reports that wait, the device's ledger)")
	c.AddCommand(
		simple("run", "Run it in the foreground", runService),
		simple("install", "Install it, to be started with the computer", installService),
		uninstall,
		simple("start", "Start the installed service", func(c *cobra.Command) error { return control(c, "started", daemon.Service.Start) }),
		simple("stop", "Stop the installed service", func(c *cobra.Command) error { return control(c, "stopped", daemon.Service.Stop) }),
		simple("status", "Say whether it is installed and runs", serviceState),
	)
	return c
}

// runner is the service as kardianos/service sees it, and the one place where
// its life is tied to signals.
type runner struct {
	log  *slog.Logger
	svc  *service.Service
	end  context.CancelFunc
	done chan error
	err  error
}

// Start implements daemon.Interface.
func (r *runner) Start(daemon.Service) error {
	ctx, end := context.WithCancel(context.Background())
	r.end, r.done = end, make(chan error, 1)
	nodump.Go(r.log, "service", func() { r.done <- r.svc.Run(ctx) })
	return nil
}

// Stop implements daemon.Interface.
func (r *runner) Stop(daemon.Service) error {
	if r.end == nil {
		return nil
	}
	r.end()
	if r.done != nil {
		r.err = errors.Join(r.err, <-r.done)
		r.done = nil
	}
	return nil
}

// wait returns when somebody asks the process to end, or the service has.
func (r *runner) wait() {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(asked)
	select {
	case <-asked:
	case r.err = <-r.done:
		r.done = nil
	}
}

func runService(c *cobra.Command) error {
	paths, err := pathsOf(c)
	if err != nil {
		return err
	}
	_, log, settings := begin(paths)
	r := &runner{log: log, svc: service.New(service.Options{Paths: paths, Settings: settings, Version: version, Log: log})}
	d, err := daemon.New(r, daemonConfig(r.wait))
	if err != nil { // no service manager that it knows: the foreground needs none
		if err := r.Start(nil); err != nil {
			return err
		}
		r.wait()
		err = r.Stop(nil)
		return said(log, errors.Join(err, r.err))
	}
	err = d.Run()
	return said(log, errors.Join(err, r.err))
}

// begin protects the memory of a program that stays, and reads the settings.
// The log goes to out, what was standard error until now.
func begin(paths config.Paths) (out io.Writer, log *slog.Logger, settings config.Settings) {
	out, sealed := nodump.Start()
	log = slog.New(slog.NewTextHandler(out, nil))
	if sealed != nil {
		log.Warn("this process's memory is not fully protected", "error", sealed)
	}
	settings, err := config.LoadSettings(paths.Settings)
	if err != nil {
		log.Error("the settings file is broken, the defaults are used", "error", err)
	}
	return out, log, settings
}

// said logs what ended the service: standard error is no longer its own.
func said(log *slog.Logger, err error) error {
	if err == nil {
		return nil
	}
	log.Error("the service could not go on", "error", err)
	return exitError{code: exitFailed}
}

func daemonConfig(wait func()) *daemon.Config {
	return &daemon.Config{
		Name:        serviceName,
		DisplayName: "Handrail",
		Description: "Handrail, the safe way to use AI tools",
		Arguments:   []string{"service", "run"},
		Option:      daemon.KeyValue{"RunWait": wait},
	}
}

func control(c *cobra.Command, done string, do func(daemon.Service) error) error {
	d, err := manager()
	if err != nil {
		return err
	}
	if err := do(d); err != nil {
		return explain(err)
	}
	fmt.Fprintf(c.OutOrStdout(), "The service is %s.\n", done)
	return nil
}

func installService(c *cobra.Command) error {
	d, err := manager()
	if err != nil {
		return err
	}
	if err := packaged(); err != nil {
		return err
	}
	if err := d.Install(); err != nil {
		return explain(err)
	}
	fmt.Fprintln(c.OutOrStdout(), "The service is installed and starts with the computer. Start it now: handrail service start")
	return nil
}

func uninstallService(c *cobra.Command) error {
	purge, _ := c.Flags().GetBool("purge")
	d, err := manager()
	if err != nil {
		return err
	}
	if err := packaged(); err != nil {
		return err
	}
	_ = d.Stop() // it may not run
	if err := d.Uninstall(); err != nil {
		return explain(err)
	}
	if !purge {
		fmt.Fprintln(c.OutOrStdout(), "The service is removed. Its data stays; uninstall --purge deletes that too.")
		return nil
	}
	paths, err := config.System()
	if err != nil {
		return err
	}
	if err := deleteState(paths); err != nil {
		return fmt.Errorf("deleting the service's data: %w", err)
	}
	fmt.Fprintln(c.OutOrStdout(), "The service and its data are removed.")
	return nil
}

func serviceState(c *cobra.Command) error {
	d, err := manager()
	if err != nil {
		return err
	}
	switch st, err := d.Status(); {
	case errors.Is(err, daemon.ErrNotInstalled):
		fmt.Fprintln(c.OutOrStdout(), "The service is not installed.")
	case err != nil:
		return explain(err)
	case st == daemon.StatusRunning:
		fmt.Fprintln(c.OutOrStdout(), "The service runs.")
		return nil
	default:
		fmt.Fprintln(c.OutOrStdout(), "The service is installed and does not run.")
	}
	return exitError{code: exitFailed}
}

func manager() (daemon.Service, error) {
	if err := manageable(); err != nil {
		return nil, err
	}
	d, err := daemon.New(&runner{log: slog.New(slog.DiscardHandler)}, managedConfig())
	if err != nil {
		return nil, fmt.Errorf("asking the service manager: %w", err)
	}
	return d, nil
}

// explain adds what to do to an error of the service manager.
func explain(err error) error {
	if os.Getuid() > 0 {
		return fmt.Errorf("%w: this needs root, try sudo", err)
	}
	return err
}

// pathsOf returns where files are, by the flag --home.
func pathsOf(c *cobra.Command) (config.Paths, error) {
	home, err := c.Flags().GetString("home")
	if err != nil {
		return config.Paths{}, err
	}
	return config.Find(home)
}

// pathsAndWords returns the same, and the person's language.
func pathsAndWords(c *cobra.Command) (config.Paths, text.Printer, error) {
	paths, err := pathsOf(c)
	settings, _ := config.LoadSettings(paths.Settings) // without them it is the desktop's language
	return paths, text.For(settings.Languages()...), err
}
