// Package local is the API between Handrail's own programs on one computer:
// HTTP/1.1 and JSON over a unix socket. The background service has one socket,
// which every account of the computer may use; each desktop session has
// another, for its own account only. Both know who is asking from the kernel
// (peer credentials), never from what the caller says.
//
// Every connection begins with a handshake, GET /v1/hello, so that a half-done
// upgrade ends in a message that names both versions and never in a wrong
// guess. No message of this API has a field for clip text.
//
//	c := local.NewClient(paths.ServiceSocket, version)
//	status, err := c.Status(ctx)
package local

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"
)

// Protocol is the version of this API. It changes when a program of the old
// version would misunderstand one of the new.
const Protocol = 1

// Role says who is behind a socket.
type Role string

// The roles.
const (
	RoleService Role = "service"
	RoleSession Role = "session"
)

// Limits of the API. They protect each program from the others and from
// garbage; none is reached in normal use.
const (
	MaxBody   = 64 << 10 // bytes of a request's body
	MaxReport = 8 << 10  // bytes of a handed report
	MaxTable  = 4 << 10  // bytes of one line of a watch
	maxAnswer = 4 << 20  // bytes of an answer: a policy with its status

	maxConns        = 256 // connections of one socket
	maxConnsAccount = 32  // of which one account may hold

	headerTimeout = 10 * time.Second
	bodyTimeout   = 15 * time.Second
	writeTimeout  = 15 * time.Second
	idleTimeout   = 2 * time.Minute
	helloTimeout  = 10 * time.Second
	stopTimeout   = 3 * time.Second
)

// Caller is who is at the other end of a connection, as the kernel says.
type Caller struct {
	UID int
	PID int
}

type callerKey struct{}

// Peer returns who made the request that ctx belongs to. It is false outside
// of a request.
func Peer(ctx context.Context) (Caller, bool) {
	c, ok := ctx.Value(callerKey{}).(Caller)
	return c, ok
}

// Hello is the answer to a handshake.
type Hello struct {
	Protocol int    `json:"protocol"`
	Version  string `json:"version"`
	Role     Role   `json:"role"`
}

// The errors that a caller may want to tell apart. The client's errors wrap
// them and add the words of the other side.
var (
	// ErrNotRunning: there is no socket, or nobody answers on it.
	ErrNotRunning = errors.New("nobody answers")
	// ErrRefused: this account may not do this.
	ErrRefused = errors.New("refused")
	// ErrTooBig: the body is over its limit.
	ErrTooBig = errors.New("too big")
	// ErrDiskFull: the service could not store a report. Keep it and try again.
	ErrDiskFull = errors.New("disk full")
	// ErrOtherBytes: a report with this id was handed in with other bytes.
	ErrOtherBytes = errors.New("other bytes under this id")
	// ErrUnknownReport: this account handed in no report with this id.
	ErrUnknownReport = errors.New("unknown report")
	// ErrBusy: too much at once. Try again later.
	ErrBusy = errors.New("busy")
	// ErrBadRequest: the request makes no sense.
	ErrBadRequest = errors.New("bad request")
	// ErrUnsupported: this system has no local API yet.
	ErrUnsupported = errors.New("the local API is not built for this system yet")
)

// VersionError says that the two ends are of versions that can't talk. Both
// ends make one: the client returns it, the server logs it.
type VersionError struct {
	Role           Role // who is behind the socket
	ServerProtocol int
	ServerVersion  string
	ClientProtocol int
	ClientVersion  string
}

// Error names both versions and what to do.
func (e *VersionError) Error() string {
	fix := "restart the service (handrail service stop, then start)"
	if e.Role == RoleSession {
		fix = "log out and in again"
	}
	if e.ClientProtocol < e.ServerProtocol {
		fix = "start this program again, it was updated meanwhile"
	}
	return fmt.Sprintf("the %s is Handrail %s (protocol %d) and this program is Handrail %s (protocol %d): %s",
		e.Role, e.ServerVersion, e.ServerProtocol, e.ClientVersion, e.ClientProtocol, fix)
}

// reportID is what ids of reports look like: at least 128 random bits, because
// the id also proves to the service that a question is about one's own report.
var reportID = regexp.MustCompile(`^[0-9a-f]{32,64}$`)

// ValidReportID reports whether id can name a report: 32 to 64 lower-case
// hexadecimal digits. Make them at random.
func ValidReportID(id string) bool { return reportID.MatchString(id) }
