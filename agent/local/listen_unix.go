//go:build unix

package local

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// listen holds a lock beside the socket for as long as it is open, so that two
// instances that start at once can't both take it. The socket gets its
// permissions under another name first: nobody ever sees it half made.
func listen(path string, mode os.FileMode) (net.Listener, error) {
	lock, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		lock.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, ErrInUse
		}
		return nil, err
	}
	l, err := replace(path, mode)
	if err != nil {
		lock.Close()
		return nil, err
	}
	return &socket{UnixListener: l, path: path, lock: lock}, nil
}

func replace(path string, mode os.FileMode) (*net.UnixListener, error) {
	switch info, err := os.Lstat(path); {
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		return nil, err
	case info.Mode().Type() != os.ModeSocket:
		return nil, errors.New("something that is not a socket is in its place: remove it")
	default:
		// An instance that does not know the lock would still answer.
		if c, err := net.DialTimeout("unix", path, time.Second); err == nil {
			c.Close()
			return nil, ErrInUse
		}
	}
	fresh := path + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: fresh, Net: "unix"})
	if err != nil {
		return nil, err
	}
	l.SetUnlinkOnClose(false)
	if err := errors.Join(os.Chmod(fresh, mode), os.Rename(fresh, path)); err != nil {
		l.Close()
		_ = os.Remove(fresh)
		return nil, err
	}
	return l, nil
}

// socket removes itself when it is closed and then lets go of its lock.
type socket struct {
	*net.UnixListener
	path string
	lock *os.File
	once sync.Once
}

// Close stops listening.
func (s *socket) Close() error {
	err := net.ErrClosed
	s.once.Do(func() {
		_ = os.Remove(s.path)
		err = s.UnixListener.Close()
		s.lock.Close()
	})
	return err
}

// Addr names the socket as clients know it.
func (s *socket) Addr() net.Addr { return &net.UnixAddr{Name: s.path, Net: "unix"} }

func dial(ctx context.Context, path string) (net.Conn, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "unix", filepath.Clean(path))
	if errors.Is(err, unix.ENOENT) || errors.Is(err, unix.ECONNREFUSED) || errors.Is(err, unix.ENOTSOCK) {
		return nil, ErrNotRunning
	}
	if errors.Is(err, unix.EACCES) {
		return nil, ErrRefused
	}
	return c, err
}

// control runs f on the file descriptor of a unix connection.
func control(c net.Conn, f func(fd int) error) error {
	u, ok := c.(*net.UnixConn)
	if !ok {
		return errors.New("not a unix socket")
	}
	raw, err := u.SyscallConn()
	if err != nil {
		return err
	}
	var inner error
	if err := raw.Control(func(fd uintptr) { inner = f(int(fd)) }); err != nil {
		return err
	}
	return inner
}
