//go:build !unix

package local

import (
	"context"
	"net"
	"os"
)

// On Windows this will be a named pipe. Until then, nobody is told that it
// works.
func listen(string, os.FileMode) (net.Listener, error) { return nil, ErrUnsupported }

func dial(context.Context, string) (net.Conn, error) { return nil, ErrUnsupported }
