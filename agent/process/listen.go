package process

import (
	"context"
	"net/netip"
)

// Listener is a program that waits for connections from this computer.
type Listener struct {
	Program Program
	// Addresses are those on the loopback interface that it can be asked at.
	Addresses []netip.AddrPort
}

// Listeners returns the programs that may be meant, by name and the name of
// their working folder, and that listen for TCP connections.
//
// Which socket is whose is known of this user's own programs. Of a program that
// runs as a service's account the addresses are those of the account, a few at
// most; of root's there are none. Programs in containers can't be seen.
func Listeners(ctx context.Context, meant func(name, folder string) bool) ([]Listener, error) {
	return listeners(ctx, meant)
}
