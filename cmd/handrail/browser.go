package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"handrail/detect/catalog"
	"handrail/installer/browser"
)

func browserCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "browser",
		Short: "Roll the browser extension out: keys, packages and policies for IT",
		Long: `Makes what IT gives to the browsers of a company so that they have Handrail's
extension. Nothing is changed on this computer: the files are yours to place.

  1. Make a key, once, and keep it secret: the extension's id comes from it.
  2. Pack the extension with it, and put the files where browsers find them.
  3. Print the policy and the native messaging manifest of each browser.`,
		Example: `  handrail browser key > key.pem
  handrail browser pack --key key.pem --base-url https://it.example/handrail --out packed
  handrail browser policy --for chrome --os windows --update-url https://it.example/handrail/update.xml > handrail.reg
  handrail browser host --for chromium --os linux`,
	}
	c.AddCommand(browserKeyCommand(), browserPackCommand(), browserPolicyCommand(), browserHostCommand())
	return c
}

func browserKeyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "key",
		Short: "Print a new key to pack the extension with",
		Long: `Prints a new private key in PEM, and says the id that an extension packed with
it has. Keep it as you keep other signing keys: with another key it is another
extension, and whoever has the key can publish in your name.`,
		Example: "  (umask 077; handrail browser key > key.pem)",
		Args:    usage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			key, err := browser.NewKey()
			if err != nil {
				return err
			}
			text, err := key.PEM()
			if err != nil {
				return err
			}
			if _, err := c.OutOrStdout().Write(text); err != nil {
				return fmt.Errorf("printing the key: %w", err)
			}
			fmt.Fprintln(c.ErrOrStderr(), "The extension's id with this key: "+key.ID())
			return nil
		},
	}
}

func browserPolicyCommand() *cobra.Command {
	var (
		t                       target
		file, url               string
		others, private, failed string
		unsigned                bool
	)
	c := &cobra.Command{
		Use:   "policy --for BROWSER --os SYSTEM",
		Short: "Print the policy that makes a browser install the extension",
		Long: `Prints the policy that makes a browser install the extension, and says where it
goes: JSON for Linux, a registry file for Windows, a configuration profile for
macOS. With it the extension runs in private windows (Chromium's family asks the
person for that), reaches its own native messaging host, and pages of AI tools
that the organisation's policy doesn't approve can't read the clipboard by
themselves.

If you already give the browser a policy of the same name, such as
ExtensionSettings, join the two: a browser takes one of them.

With --other-hosts block no extension reaches any program but ours by native
messaging. That stops password managers and smart cards too, unless you add their
hosts to NativeMessagingAllowlist.

Without --extension the id is that of the packed extension on this computer.`,
		Example: `  handrail browser policy --for chromium --os linux > /etc/chromium/policies/managed/handrail.json
  handrail browser policy --for edge --os windows --extension ID --update-url https://it.example/handrail/update.xml > handrail.reg
  handrail browser policy --for firefox --os darwin --update-url https://it.example/handrail/handrail.xpi > handrail.mobileconfig`,
		Args: usage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := t.parse(); err != nil {
				return err
			}
			r := browser.Rollout{Browser: t.browser, System: t.system, Extension: t.extension, UpdateURL: url, Unsigned: unsigned}
			var err error
			if r.BlockOtherHosts, err = choice("--other-hosts", others, "keep", "block"); err != nil {
				return err
			}
			if r.NoPrivate, err = choice("--private", private, "on", "off"); err != nil {
				return err
			}
			if r.FailClosed, err = choice("--fail", failed, "open", "closed"); err != nil {
				return err
			}
			if r.UpdateURL == "" {
				if t.system != browser.Linux {
					return exitError{exitUsage, fmt.Errorf("say where browsers find the extension: --update-url https://...; see %s --help", c.CommandPath())}
				}
				r.UpdateURL = packagedURL + "/" + browser.UpdatesName
				if t.browser == browser.Firefox {
					r.UpdateURL = packagedURL + "/" + browser.XPIName
				}
			}
			p, words, err := policyInForce(c, file)
			if err != nil {
				return err
			}
			r.Sites = browser.ClipboardSites(p, catalog.Default())
			text, err := r.Policy()
			if err != nil {
				return exitError{exitUsage, err}
			}
			note := ""
			if t.browser != browser.Firefox {
				note = fmt.Sprintf(" The clipboard is closed to the pages of %s, by %s.", counted(len(r.Sites), "site", "sites"), words)
			}
			return printFile(c, text, r.PolicyPlace(), note)
		},
	}
	t.flags(c)
	c.Flags().StringVar(&file, "policy", "", "take the organisation's policy from this file")
	c.Flags().StringVar(&url, "update-url", "", "where browsers find the update.xml (Firefox: the xpi); an https address")
	c.Flags().StringVar(&others, "other-hosts", "keep", "other programs that extensions talk to: keep or block")
	c.Flags().StringVar(&private, "private", "on", "private windows: on or off")
	c.Flags().StringVar(&failed, "fail", "open", "a paste that nobody answers for, before a session has said what the policy is: open lets it through, closed keeps it out of AI tools that aren't approved (in Chromium's family pastes go through after the very first start until the first page has come to rest, a minute at most)")
	c.Flags().BoolVar(&unsigned, "unsigned", false, "let Firefox ESR take an xpi without Mozilla's signature (for tests)")
	return c
}

func browserHostCommand() *cobra.Command {
	var t target
	var program string
	c := &cobra.Command{
		Use:   "host --for BROWSER --os SYSTEM",
		Short: "Print the manifest that lets the extension reach this computer's session",
		Long: `Prints the native messaging manifest that lets the extension, and no other, start
handrail-browser, and says where it goes. The Debian package brings those for
the extension that is in it; you need your own when you pack with your own key.`,
		Example: "  handrail browser host --for chrome --os linux > /etc/opt/chrome/native-messaging-hosts/" + browser.HostName + ".json",
		Args:    usage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := t.parse(); err != nil {
				return err
			}
			if program == "" {
				program = browser.Relay(t.system)
			}
			text, err := browser.Host(t.browser, t.extension, program)
			if err != nil {
				return exitError{exitUsage, err}
			}
			return printFile(c, text, browser.HostPlace(t.browser, t.system), "")
		},
	}
	t.flags(c)
	c.Flags().StringVar(&program, "program", "", "where handrail-browser is installed")
	return c
}

// Where the Debian package puts the packed extension.
const (
	packagedFolder = "/usr/share/handrail/browser"
	packagedURL    = "file://" + packagedFolder
)

// target is which browser a file is for.
type target struct {
	browserName, systemName string
	extension               string

	browser browser.Browser
	system  browser.System
}

func (t *target) flags(c *cobra.Command) {
	c.Flags().StringVar(&t.browserName, "for", "", "the browser: chromium, chrome, edge or firefox")
	c.Flags().StringVar(&t.systemName, "os", "", "the system: linux, windows or darwin")
	c.Flags().StringVar(&t.extension, "extension", "", "the extension's id in Chromium's family")
}

func (t *target) parse() error {
	if t.browserName == "" || t.systemName == "" {
		return exitError{exitUsage, errors.New("say which browser and system it is for, as in --for chromium --os linux")}
	}
	var err error
	if t.browser, err = browser.ParseBrowser(t.browserName); err != nil {
		return exitError{exitUsage, err}
	}
	if t.system, err = browser.ParseSystem(t.systemName); err != nil {
		return exitError{exitUsage, err}
	}
	if t.extension != "" || t.browser == browser.Firefox {
		return nil
	}
	updates, err := os.ReadFile(filepath.Join(packagedFolder, browser.UpdatesName))
	if errors.Is(err, os.ErrNotExist) {
		return exitError{exitUsage, errors.New("say which extension: --extension ID, as handrail browser pack said it")}
	} else if err != nil {
		return fmt.Errorf("reading the packed extension's id: %w", err)
	}
	t.extension, err = browser.UpdatesID(updates)
	return err
}

// choice says whether a flag has its second word and not its first.
func choice(flag, value, first, second string) (bool, error) {
	if value != first && value != second {
		return false, exitError{exitUsage, fmt.Errorf("%s %q: use %s or %s", flag, value, first, second)}
	}
	return value == second, nil
}

// printFile prints a file, and beside it where it goes.
func printFile(c *cobra.Command, text []byte, place, note string) error {
	if _, err := c.OutOrStdout().Write(text); err != nil {
		return fmt.Errorf("printing the file: %w", err)
	}
	fmt.Fprintf(c.ErrOrStderr(), "It goes to %s.%s\n", place, note)
	return nil
}

// readKey reads a key file; no key is longer than the limit.
func readKey(name string) (browser.Key, error) {
	f, err := os.Open(name)
	if err != nil {
		return browser.Key{}, fmt.Errorf("reading the key: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return browser.Key{}, fmt.Errorf("reading the key: %w", err)
	}
	key, err := browser.ParseKey(text)
	if err != nil {
		return browser.Key{}, fmt.Errorf("%s: %w", strings.TrimSpace(name), err)
	}
	return key, nil
}
