// Command handrail-browser carries messages between the browser extension and
// the person's session. The browser starts it (native messaging) and owns its
// standard input and output; it looks into no message and logs nothing. Where
// no session runs it starts one, and where it can't it says that nobody
// watches.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"handrail/agent/browser"
	"handrail/agent/config"
	"handrail/agent/durable"
	"handrail/agent/local"
	"handrail/agent/nodump"
	rollout "handrail/installer/browser"
)

// sourceOrigin is our extension in Chromium's family where a developer has
// loaded its source. Packed, it has the id of the key that it was packed with.
const sourceOrigin = "chrome-extension://kiofelpnplndiknmfegahejfnhhpnlmn/"

const (
	// startEvery is how often a session is started at most, by all relays.
	startEvery = time.Minute
	// startPatience is how long a session that was started may take to answer,
	// and startCheck how often it is asked meanwhile.
	startPatience = 10 * time.Second
	startCheck    = 50 * time.Millisecond
	// askPatience bounds the dialling of a session that runs.
	askPatience = 5 * time.Second
)

// version is set by the linker.
var version = "0.0.0-dev"

func main() {
	if !ours(os.Args[1:], manifests()) {
		fmt.Fprintln(os.Stderr, "handrail-browser: it is for the Handrail browser extension, which the browser starts it for; see \"handrail status\"")
		os.Exit(2)
	}
	_ = nodump.Seal() // a crash leaves nothing of a paste behind
	paths, err := config.Find(os.Getenv(config.HomeVar))
	if err != nil || relay(context.Background(), paths, os.Stdin, os.Stdout) != nil {
		os.Exit(1)
	}
}

// manifests returns where the native messaging manifests of this computer are.
// Only an administrator writes there; those in a person's own folders are not
// asked.
func manifests() []string {
	var places []string
	for _, b := range rollout.Browsers() {
		places = append(places, rollout.HostPlace(b, rollout.System(runtime.GOOS)))
	}
	return places
}

// ours checks who the browser says is calling: Chromium gives the extension's
// origin, which must be the source's or in a manifest, and Firefox the
// manifest's path and the add-on's id.
func ours(args, manifests []string) bool {
	if len(args) == 0 {
		return false
	}
	if args[0] == sourceOrigin || slices.Contains(args[1:], rollout.FirefoxID) {
		return true
	}
	return slices.ContainsFunc(manifests, func(name string) bool {
		data, err := os.ReadFile(name)
		return err == nil && slices.Contains(rollout.Origins(data), args[0])
	})
}

// relay carries frames until either side ends.
func relay(ctx context.Context, paths config.Paths, in io.Reader, out io.Writer) error {
	conn, err := session(ctx, paths)
	if err != nil {
		b, _ := browser.Encode(browser.Nobody{})
		return errors.Join(err, browser.WriteFrame(out, b, browser.MaxToBrowser))
	}
	defer conn.Close()
	done := make(chan error, 2)
	go func() { done <- browser.CopyFrames(conn, in, browser.MaxFromBrowser) }()
	go func() { done <- browser.CopyFrames(out, conn, browser.MaxToBrowser) }()
	return <-done
}

// session connects to the person's session, and starts one if there is none.
func session(ctx context.Context, paths config.Paths) (net.Conn, error) {
	c := local.NewClient(paths.SessionSocket, version)
	conn, err := dial(ctx, c)
	if !errors.Is(err, local.ErrNotRunning) {
		return conn, err
	}
	if err := start(paths); err != nil {
		return nil, err
	}
	for end := time.Now().Add(startPatience); errors.Is(err, local.ErrNotRunning) && time.Now().Before(end); {
		time.Sleep(startCheck)
		conn, err = dial(ctx, c)
	}
	return conn, err
}

func dial(ctx context.Context, c *local.Client) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	return c.Upgrade(ctx, "/v1/browser", "handrail-browser")
}

// start starts the session program beside this one. Within a minute of an
// earlier try, this or another relay's, it doesn't, and that one is waited for.
func start(paths config.Paths) error {
	if err := durable.PrivateDir(paths.UserRuntime); err != nil {
		return err
	}
	mark := filepath.Join(paths.UserRuntime, "browser-started")
	if info, err := os.Stat(mark); err == nil && time.Since(info.ModTime()).Abs() < startEvery {
		return nil
	}
	if err := os.WriteFile(mark, []byte("\n"), 0o600); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(self); err == nil {
		self = real
	}
	// A home of its own comes by the environment, as here.
	cmd := exec.Command(filepath.Join(filepath.Dir(self), "handrail"+filepath.Ext(self)), "session")
	apart(cmd)
	return cmd.Start()
}
