package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"handrail/installer/browser"
)

func browserPackCommand() *cobra.Command {
	var from, keyFile, out, base, as string
	c := &cobra.Command{
		Use:   "pack --key KEY --out DIR",
		Short: "Pack the extension with your key",
		Long: `Packs the extension with your key and writes handrail.crx with its update.xml
for Chromium's family, and handrail.xpi for Firefox, into a folder. The same
input gives the same bytes. Without --from it is the extension that the Debian
package brings.

Firefox but for its ESR takes only an xpi that Mozilla has signed: have it signed
as self-distributed on addons.mozilla.org.`,
		Example: `  handrail browser pack --key key.pem --base-url https://it.example/handrail --out packed`,
		Args:    usage(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if keyFile == "" || out == "" {
				return exitError{exitUsage, errors.New("give a key and a folder to write to: --key KEY --out DIR; handrail browser key makes a key")}
			}
			key, err := readKey(keyFile)
			if err != nil {
				return err
			}
			src, done, err := extensionSource(from)
			if err != nil {
				return err
			}
			defer done()
			packed, err := browser.Pack(src, key, as)
			if err != nil {
				return err
			}
			if err := os.MkdirAll(out, 0o755); err != nil {
				return fmt.Errorf("making the folder: %w", err)
			}
			files := packed.Files(base)
			for _, name := range slices.Sorted(maps.Keys(files)) {
				if err := os.WriteFile(filepath.Join(out, name), files[name], 0o644); err != nil {
					return fmt.Errorf("writing the packed extension: %w", err)
				}
			}
			fmt.Fprintf(c.OutOrStdout(), "id %s, version %s\n", packed.ID, packed.Version)
			return nil
		},
	}
	c.Flags().StringVar(&from, "from", filepath.Join(packagedFolder, browser.XPIName), "the extension: a folder, or an xpi")
	c.Flags().StringVar(&keyFile, "key", "", "the private key in PEM")
	c.Flags().StringVar(&out, "out", "", "the folder for the packed files")
	c.Flags().StringVar(&base, "base-url", packagedURL, "where browsers will find the files")
	c.Flags().StringVar(&as, "as", version, "the extension's version")
	return c
}

// extensionSource opens the extension's files: those of a folder, or of an
// extension that is packed already.
func extensionSource(path string) (src fs.FS, done func() error, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, fmt.Errorf("there is no extension at %s: name its folder or xpi with --from", path)
	case err != nil:
		return nil, nil, fmt.Errorf("reading the extension: %w", err)
	case info.IsDir():
		return os.DirFS(path), func() error { return nil }, nil
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the extension %s: %w", path, err)
	}
	return z, z.Close, nil
}
