//go:build !linux && !darwin

package local

import "net"

func peer(net.Conn) (Caller, error) { return Caller{}, ErrUnsupported }
