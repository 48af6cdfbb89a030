package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/config"
	"handrail/agent/focus"
	"handrail/agent/local"
	"handrail/agent/nodump"
	"handrail/agent/presence"
	"handrail/agent/probe"
	"handrail/agent/process"
	"handrail/agent/session"
	"handrail/agent/tools"
	"handrail/agent/window"
	"handrail/detect/catalog"
	"handrail/ui/notify"
	"handrail/ui/text"
	"handrail/ui/tray"
	"handrail/ui/view"
)

func sessionCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "session",
		Short: "Watch this desktop session (the desktop starts it)",
		Long: `Watches the desktop session it runs in, as you and for you: what you copy is
looked at here and nowhere else, and only when an AI tool that is not approved
has the keyboard. It runs until you log out. There is one in each account.`,
		Example: "  handrail session\n  handrail session --home /tmp/try   # with everything in one folder",
		Args:    cobra.NoArgs,
		RunE:    runSession,
	}
	c.Flags().String("ui", "", "the program that draws windows (handrail-ui beside this one if not given)")
	return c
}

func runSession(c *cobra.Command, _ []string) error {
	paths, err := pathsOf(c)
	if err != nil {
		return err
	}
	ui, err := uiOf(c)
	if err != nil {
		return err
	}
	out, log, settings := begin(paths)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	nodump.Run(log, "session", func() { err = watch(ctx, log, paths, settings, ui) })
	if err != nil {
		// Standard error is no longer the process's own.
		fmt.Fprintln(out, "handrail: "+err.Error())
		return exitError{code: exitFailed}
	}
	return nil
}

// watch puts a session together from its real parts and runs it.
func watch(ctx context.Context, log *slog.Logger, paths config.Paths, settings config.Settings, ui string) error {
	words := text.For(settings.Languages()...)
	notifier := notify.New(words, log)
	defer notifier.Close()
	icon := tray.New(version, words, log)
	defer icon.Close()
	var own clip.Owner
	defer own.Close()
	return session.Run(ctx, session.Options{
		Version: version, Paths: paths, Settings: settings, Log: log,
		Catalog:   catalog.Default(),
		Clipboard: func() (session.Clipboard, error) { return clip.Open() },
		Focus:     func() (session.Focus, error) { return focus.Open() },
		Presence:  func() (session.Presence, error) { return presence.Open() },
		Moments:   func() (session.Moments, error) { return presence.OpenMoments() },
		Windows: func(ctx context.Context) (session.Windows, error) {
			return window.Start(ctx, window.Options{Path: ui, Args: []string{"--language", words.Language()}, Log: log})
		},
		Notifier: notifier,
		Tray:     icon,
		Opener:   session.Desktop{},
		SetClip:  own.Set,
		Service:  local.NewClient(paths.ServiceSocket, version),
		Running:  process.Running,
		Servers:  probe.Servers,
		Connectors: func() (session.Connectors, error) {
			folders, err := tools.UserFolders()
			if err != nil {
				return nil, err
			}
			return tools.Open(folders)
		},
		LedgerWords: view.Ledger{P: words, Tool: toolName},
		ConnectorWords: func(n session.ConnectorNews) (title, body string) {
			return view.Connector(view.ConnectorNews(n), words)
		},

		RunningBrowsers:     process.Browsers,
		BrowserOf:           process.BrowserOf,
		PasteButtonsBlocked: pasteButtonsBlocked,
		PrivateClosed:       privateClosed,

		Greet:        true,
		Speech:       view.Speech(words),
		BrowserCard:  func(c card.Card) browser.Card { return browser.Card(view.Web(c, words)) },
		BrowserWords: view.WebWords(words),
	})
}

// uiOf is the program that draws windows.
func uiOf(c *cobra.Command) (string, error) {
	if path, err := c.Flags().GetString("ui"); err != nil || path != "" {
		return path, err
	}
	self, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("finding handrail-ui: %w: name it with --ui", err)
	}
	if real, err := filepath.EvalSymlinks(self); err == nil {
		self = real
	}
	return filepath.Join(filepath.Dir(self), "handrail-ui"+filepath.Ext(self)), nil
}

func pauseCommand() *cobra.Command {
	var length time.Duration
	c := &cobra.Command{
		Use:     "pause",
		Short:   "Watch nothing for a while, for a presentation",
		Long:    "Until the pause ends nothing is read and no nudge is shown. Nobody is told.",
		Example: "  handrail pause\n  handrail pause --for 20m",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if length < time.Second || length > session.MaxPause {
				return exitError{exitUsage, fmt.Errorf("--for %v: a pause lasts up to %v", length, session.MaxPause)}
			}
			in := session.PauseRequest{Seconds: int(length / time.Second)}
			if err := askSession(c, "/v1/pause", in); err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "Paused until %s. End it sooner: handrail resume\n", time.Now().Add(length).Format("15:04"))
			return nil
		},
	}
	c.Flags().DurationVar(&length, "for", time.Hour, "how long, such as 20m or 2h")
	return c
}

func resumeCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "resume",
		Short:   "End a pause",
		Example: "  handrail resume",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := askSession(c, "/v1/resume", nil); err != nil {
				return err
			}
			fmt.Fprintln(c.OutOrStdout(), "Handrail watches again.")
			return nil
		},
	}
}

// answerWords are the answers as people type them.
var answerWords = map[string]card.Answer{
	"open":          card.OpenApproved,
	"safe-paste":    card.SafePaste,
	"not-sensitive": card.NotSensitive,
	"allowed":       card.Allowed,
	"paste-anyway":  card.PasteAnyway,
	"dismiss":       card.Dismiss,
	"request":       card.RequestTool,
	"read":          card.CheckedRead,
	"looked-up":     card.CheckedSource,
	"by-other":      card.CheckedOther,
	"not-yet":       card.NotChecked,
	"no-ai":         card.NotAI,
	"put-back":      card.PutBack,
	"undo":          card.Undo,
}

func answerCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "answer open|safe-paste|not-sensitive|allowed|paste-anyway|dismiss|request|read|looked-up|by-other|not-yet|no-ai|put-back|undo",
		Short: "Answer the nudge that is up, where it has no buttons",
		Long: `For desktops that show notifications without buttons.

  open            open the approved tool
  safe-paste      paste it without the sensitive parts, where that is offered
  not-sensitive   what was found is not sensitive; don't say it again
  allowed         this use is allowed: the text is public, or the way of working approved
  paste-anyway    paste it all the same
  dismiss         close the nudge
  request         close it and ask your organisation for this tool, in the panel

To "was this AI answer checked by a person?":

  read            yes, read it through
  looked-up       yes, tried it out or compared it with a source
  by-other        yes, and a second person has
  not-yet         not yet
  no-ai           it is no AI answer

After Safe Paste, at any time:

  put-back        put the values back in the answer that you copied
  undo            bring back what Handrail took off the clipboard`,
		Example: "  handrail answer open",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				if _, ok := answerWords[args[0]]; ok {
					return nil
				}
			}
			return exitError{exitUsage, errors.New("say one of open, safe-paste, not-sensitive, allowed, paste-anyway, dismiss, request, read, looked-up, by-other, not-yet, no-ai, put-back or undo")}
		},
		RunE: func(c *cobra.Command, args []string) error {
			return askSession(c, "/v1/answer", session.AnswerRequest{Answer: answerWords[args[0]]})
		},
	}
}

func forgetCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "forget",
		Short: "Wipe what Safe Paste keeps: its tokens stand for nothing then",
		Long: `Safe Paste keeps what it took out of a text, in memory only, so that you can put
it back into an AI tool's answer. It is wiped after eight hours or as many as your
organisation's policy says, when the screen is locked, when you log out, and by
this. So is what you copied, which Undo brings back.`,
		Example: "  handrail forget",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var out session.Forgot
			if err := askSessionFor(c, "/v1/safe-paste/forget", nil, &out); err != nil {
				return err
			}
			switch out.Values {
			case 0:
				fmt.Fprintln(c.OutOrStdout(), "There was nothing to forget.")
			case 1:
				fmt.Fprintln(c.OutOrStdout(), "Forgotten: one value. Its token can't be put back any more.")
			default:
				fmt.Fprintf(c.OutOrStdout(), "Forgotten: %d values. Their tokens can't be put back any more.\n", out.Values)
			}
			return nil
		},
	}
}

var errNoSession = errors.New("no Handrail session of yours is running: log in again, or start one with \"handrail session\"")

// askSession asks the session of this account to do something.
func askSession(c *cobra.Command, path string, in any) error {
	return askSessionFor(c, path, in, nil)
}

// askSessionFor is askSession with an answer to it.
func askSessionFor(c *cobra.Command, path string, in, out any) error {
	paths, err := pathsOf(c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Context(), askPatience)
	defer cancel()
	err = local.NewClient(paths.SessionSocket, version).Do(ctx, http.MethodPost, path, in, out)
	if errors.Is(err, local.ErrNotRunning) {
		return errNoSession
	}
	if errors.Is(err, local.ErrBadRequest) {
		return errors.New(strings.TrimPrefix(err.Error(), "asking "+paths.SessionSocket+": "+local.ErrBadRequest.Error()+": "))
	}
	return err
}
