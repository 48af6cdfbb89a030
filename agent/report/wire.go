package report

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// The paths of the fleet server. Enrolment and check-ins name a device and go
// to one listener; behaviour reports are about nobody and go to another one,
// on a connection of their own.
const (
	EnrolPath   = "/v1/enrol"
	CheckInPath = "/v1/checkin"
	ReportsPath = "/v1/reports"
	// Requests for a tool, and the questions for their answers, travel like
	// behaviour reports and arrive where they do.
	RequestsPath = "/v1/requests"
	AnswersPath  = "/v1/requests/answer"
)

// The headers of a check-in. A behaviour report has none of them.
const (
	DeviceHeader    = "Handrail-Device"
	CounterHeader   = "Handrail-Counter"
	SignatureHeader = "Handrail-Signature"
)

// MaxMessage bounds, in bytes, every request and reply here that is neither a
// health report (MaxHealth) nor a behaviour report (PlainSize). The request for
// a tool has a size of its own (RequestSize).
const MaxMessage = 1024

// MaxCounter is the largest check-in counter: what a signed 64-bit number of
// a database holds.
const MaxCounter = 1<<63 - 1

// EnrolRequest asks to join with a secret that the organisation handed out.
// The device key signs every check-in from then on.
type EnrolRequest struct {
	V         int          `json:"v"`
	Secret    string       `json:"secret"`
	PublicKey []byte       `json:"public_key"` // Ed25519, 32 bytes; base64 on the wire
	Version   AgentVersion `json:"version"`
	Platform  Platform     `json:"platform"`
}

// EnrolReply gives the device its id: 201 for a new device, 200 when this key
// had joined before.
type EnrolReply struct {
	Device DeviceID `json:"device"`
}

// CheckInReply says that a check-in is stored.
type CheckInReply struct {
	// Receipt is the ID of the bytes that were stored.
	Receipt ID `json:"receipt"`
	// NextIn is after how many seconds the server wants the next one.
	NextIn int `json:"next_in"`
}

// ReportReply says that a behaviour report is stored: 202, or 200 when these
// bytes had been stored before.
type ReportReply struct {
	// Receipt is the ID of the bytes that were stored.
	Receipt ID `json:"receipt"`
}

// Refusal is the body of every refusal, so that a client can tell what to do.
type Refusal struct {
	Reason Reason `json:"reason"`
	// Counter is the last counter the server has, with OldCounter only: the
	// device goes on after it.
	Counter uint64 `json:"counter,omitempty"`
}

// Reason is the closed list of why a server refuses.
type Reason uint8

// The reasons.
const (
	Malformed     Reason = iota + 1 // 400, 413, 415: not a request of this version
	UnknownSecret                   // 401: no such enrolment secret
	UsedUp                          // 401: the secret let in as many devices as it may
	ExpiredSecret                   // 401: the secret's time is over
	UnknownDevice                   // 401: no such device; it has to join again
	BadSignature                    // 401: not signed by the device's key
	OldCounter                      // 409: the counter was used before
	ClosedBatch                     // 410: the batch is over, or has not begun
	Busy                            // 503: try again after Retry-After
	UnknownClaim                    // 404: no request with this code
	NotPublic                       // 400: the host of a request is no public one
)

var reasonNames = [...]string{
	"", "malformed", "unknown_secret", "used_up", "expired_secret", "unknown_device",
	"bad_signature", "old_counter", "closed_batch", "busy",
	"unknown_claim", "not_public",
}

// String returns the reason's name on the wire.
func (r Reason) String() string { return nameOf(reasonNames[:], r) }

// MarshalText implements encoding.TextMarshaler.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (r *Reason) UnmarshalText(b []byte) (err error) {
	*r, err = valueOf[Reason](reasonNames[:], b)
	return err
}

// EncodeEnrol writes an enrolment request. It sets the version.
func EncodeEnrol(r EnrolRequest) ([]byte, error) {
	r.V = Version
	if err := r.check(); err != nil {
		return nil, err
	}
	return json.Marshal(r)
}

// DecodeEnrol reads an enrolment request strictly. Its errors wrap
// ErrMalformed and repeat nothing.
func DecodeEnrol(b []byte) (EnrolRequest, error) {
	var r EnrolRequest
	if err := message(b, &r); err != nil {
		return EnrolRequest{}, err
	}
	if r.V != Version {
		return EnrolRequest{}, fmt.Errorf("%w: it is of another version", ErrMalformed)
	}
	return r, r.check()
}

func (r EnrolRequest) check() error {
	switch {
	case !ValidSecret(r.Secret):
		return fmt.Errorf("%w: bad enrolment secret", ErrMalformed)
	case len(r.PublicKey) != ed25519.PublicKeySize:
		return fmt.Errorf("%w: bad public key", ErrMalformed)
	case !validVersion(string(r.Version)):
		return fmt.Errorf("%w: bad agent version", ErrMalformed)
	case r.Platform.String() == "":
		return fmt.Errorf("%w: bad platform", ErrMalformed)
	}
	return nil
}

// ValidSecret says whether s can be an enrolment secret: 20 to 100 letters,
// digits, "_" and "-".
func ValidSecret(s string) bool {
	if len(s) < 20 || len(s) > 100 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return true
}

// DecodeEnrolReply reads the answer to an enrolment. This and the other
// answers are read strictly; errors wrap ErrMalformed.
func DecodeEnrolReply(b []byte) (EnrolReply, error) {
	var r EnrolReply
	if err := message(b, &r); err != nil {
		return EnrolReply{}, err
	}
	if !ValidDevice(r.Device) {
		return EnrolReply{}, fmt.Errorf("%w: bad device id", ErrMalformed)
	}
	return r, nil
}

// maxNextIn bounds what a server can ask a device to wait: 30 days in seconds.
const maxNextIn = 30 * 24 * 60 * 60

// DecodeCheckInReply reads the answer to a check-in.
func DecodeCheckInReply(b []byte) (CheckInReply, error) {
	var r CheckInReply
	if err := message(b, &r); err != nil {
		return CheckInReply{}, err
	}
	if !validReceipt(r.Receipt) || r.NextIn < 1 || r.NextIn > maxNextIn {
		return CheckInReply{}, fmt.Errorf("%w: bad receipt or next time", ErrMalformed)
	}
	return r, nil
}

// DecodeReportReply reads the answer to a behaviour report.
func DecodeReportReply(b []byte) (ReportReply, error) {
	var r ReportReply
	if err := message(b, &r); err != nil {
		return ReportReply{}, err
	}
	if !validReceipt(r.Receipt) {
		return ReportReply{}, fmt.Errorf("%w: bad receipt", ErrMalformed)
	}
	return r, nil
}

// DecodeRefusal reads a refusal.
func DecodeRefusal(b []byte) (Refusal, error) {
	var r Refusal
	if err := message(b, &r); err != nil {
		return Refusal{}, err
	}
	if r.Reason.String() == "" || r.Counter > MaxCounter {
		return Refusal{}, fmt.Errorf("%w: bad refusal", ErrMalformed)
	}
	return r, nil
}

func message(b []byte, to any) error {
	if len(b) > MaxMessage {
		return fmt.Errorf("%w: it is longer than %d bytes", ErrMalformed, MaxMessage)
	}
	return strictly(b, to)
}

// ValidDevice says whether id has the form of the ids that a fleet server
// gives: "d" and 32 hexadecimal digits.
func ValidDevice(id DeviceID) bool {
	s, ok := strings.CutPrefix(string(id), "d")
	return ok && len(s) == 32 && isHex(s)
}

func validReceipt(id ID) bool { return len(id) == 2*sha256.Size && isHex(string(id)) }

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdef") == "" }

// SignCheckIn returns the SignatureHeader of a check-in with exactly this
// body. The signature covers device, counter and body, so none can be
// exchanged or used again.
func SignCheckIn(key ed25519.PrivateKey, device DeviceID, counter uint64, body []byte) string {
	return base64.StdEncoding.EncodeToString(ed25519.Sign(key, checkInMessage(device, counter, body)))
}

// VerifyCheckIn says whether a SignatureHeader is that of the device's key.
func VerifyCheckIn(key ed25519.PublicKey, device DeviceID, counter uint64, body []byte, signature string) bool {
	sig, err := base64.StdEncoding.Strict().DecodeString(signature)
	return err == nil && len(key) == ed25519.PublicKeySize && ed25519.Verify(key, checkInMessage(device, counter, body), sig)
}

func checkInMessage(device DeviceID, counter uint64, body []byte) []byte {
	sum := sha256.Sum256(body)
	return []byte("handrail-checkin-v1\n" + string(device) + "\n" + FormatCounter(counter) + "\n" + hex.EncodeToString(sum[:]))
}

// FormatCounter writes a CounterHeader.
func FormatCounter(n uint64) string { return strconv.FormatUint(n, 10) }

// ParseCounter reads a CounterHeader: a decimal from 1 to MaxCounter, written
// as FormatCounter writes it.
func ParseCounter(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil || n == 0 || FormatCounter(n) != s {
		return 0, fmt.Errorf("%w: bad counter", ErrMalformed)
	}
	return n, nil
}
