package local

import (
	"net"

	"golang.org/x/sys/unix"
)

// peer asks the kernel who connected (LOCAL_PEERCRED and LOCAL_PEERPID,
// sys/un.h).
func peer(c net.Conn) (who Caller, err error) {
	err = control(c, func(fd int) error {
		cred, err := unix.GetsockoptXucred(fd, unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
		if err != nil {
			return err
		}
		pid, err := unix.GetsockoptInt(fd, unix.SOL_LOCAL, unix.LOCAL_PEERPID)
		who = Caller{UID: int(cred.Uid), PID: pid}
		return err
	})
	return who, err
}
