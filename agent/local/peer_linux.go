package local

import (
	"net"

	"golang.org/x/sys/unix"
)

// peer asks the kernel who connected (SO_PEERCRED, unix(7)). The answer is of
// the moment of connect(2): a later change of account doesn't change it.
func peer(c net.Conn) (who Caller, err error) {
	err = control(c, func(fd int) error {
		cred, err := unix.GetsockoptUcred(fd, unix.SOL_SOCKET, unix.SO_PEERCRED)
		if err == nil {
			who = Caller{UID: int(cred.Uid), PID: int(cred.Pid)}
		}
		return err
	})
	return who, err
}
