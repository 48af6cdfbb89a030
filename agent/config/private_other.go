//go:build !unix

package config

import "os"

// On Windows a new folder inherits the access list of the person's profile.
func private(string, os.FileInfo) error { return nil }
