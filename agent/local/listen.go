package local

import (
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"sync/atomic"
)

// ErrInUse: another Handrail already serves on this socket.
var ErrInUse = errors.New("another Handrail already serves here")

// maxPath is the longest path of a unix socket: sun_path holds 108 bytes on
// Linux and 104 on macOS, with the final zero.
const maxPath = 103

// Listen opens the socket at path with the given permissions, 0o666 for
// everybody and 0o600 for one's own account. The folder must exist. What a
// crashed instance left is removed; when another instance is alive the error
// wraps ErrInUse and its socket is left alone. Closing removes the socket.
func Listen(path string, mode os.FileMode) (net.Listener, error) {
	if len(path)+len(".new") > maxPath {
		return nil, fmt.Errorf("the socket's path %s is longer than the system allows (%d bytes): choose a shorter folder", path, maxPath)
	}
	l, err := listen(path, mode)
	if err != nil {
		return nil, fmt.Errorf("opening the socket %s: %w", path, err)
	}
	return l, nil
}

// limited counts the connections of each account and turns away those over
// the limit, so that one account can't keep the others out.
type limited struct {
	net.Listener
	stranger func() // called for a connection that spoke but never said hello

	mu    sync.Mutex // guards the counts
	total int
	byUID map[int]int
}

// Accept returns the next connection whose caller is known and below the
// limits. Others are closed without a word.
func (l *limited) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		who, err := peer(c)
		if err != nil || !l.enter(who.UID) {
			c.Close()
			continue
		}
		known := &conn{Conn: c, caller: who}
		known.leave = sync.OnceFunc(func() {
			l.exit(who.UID)
			if known.spoke.Load() && !known.greeted.Load() {
				l.stranger()
			}
		})
		return known, nil
	}
}

func (l *limited) enter(uid int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.total >= maxConns || l.byUID[uid] >= maxConnsAccount {
		return false
	}
	if l.byUID == nil {
		l.byUID = map[int]int{}
	}
	l.total++
	l.byUID[uid]++
	return true
}

func (l *limited) exit(uid int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total--
	if l.byUID[uid]--; l.byUID[uid] == 0 {
		delete(l.byUID, uid)
	}
}

// conn is a connection with a known caller.
type conn struct {
	net.Conn
	caller         Caller
	leave          func()
	spoke, greeted atomic.Bool
}

// Read notes that something was sent.
func (c *conn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 0 {
		c.spoke.Store(true)
	}
	return n, err
}

// Close closes the connection and frees its place.
func (c *conn) Close() error {
	defer c.leave()
	return c.Conn.Close()
}
