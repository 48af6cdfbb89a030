package intake

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"handrail/agent/report"
	"handrail/fleet/store"
)

// DeviceOptions are those of Devices.
type DeviceOptions struct {
	Store *store.Store
	// CheckIn is how often a device checks in; 0 is an hour.
	CheckIn time.Duration
	Now     func() time.Time // nil: time.Now
	Log     *slog.Logger
}

// Devices takes enrolments and check-ins.
func Devices(o DeviceOptions) http.Handler {
	if o.CheckIn <= 0 {
		o.CheckIn = time.Hour
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+report.EnrolPath, o.enrol)
	mux.HandleFunc("POST "+report.CheckInPath, o.checkIn)
	return mux
}

func (o DeviceOptions) today() string { return o.Now().UTC().Format(time.DateOnly) }

func (o DeviceOptions) enrol(w http.ResponseWriter, r *http.Request) {
	b, ok := body(w, r, report.MaxMessage)
	if !ok {
		return
	}
	q, err := report.DecodeEnrol(b)
	if err != nil {
		refuse(w, http.StatusBadRequest, report.Malformed)
		return
	}
	d, fresh, err := o.Store.Enrol(r.Context(), sha256.Sum256([]byte(q.Secret)), ed25519.PublicKey(q.PublicKey), q.Version, q.Platform, o.today())
	switch {
	case errors.Is(err, store.ErrUnknownSecret):
		refuse(w, http.StatusUnauthorized, report.UnknownSecret)
	case errors.Is(err, store.ErrUsedUp):
		refuse(w, http.StatusUnauthorized, report.UsedUp)
	case errors.Is(err, store.ErrExpired):
		refuse(w, http.StatusUnauthorized, report.ExpiredSecret)
	case err != nil:
		o.Log.Error("a device could not be enrolled", "error", err)
		busy(w)
	case fresh:
		answer(w, http.StatusCreated, report.EnrolReply{Device: d.ID})
	default:
		answer(w, http.StatusOK, report.EnrolReply{Device: d.ID})
	}
}

// checkIn reads nothing of the body before the signature has been verified.
func (o DeviceOptions) checkIn(w http.ResponseWriter, r *http.Request) {
	b, ok := body(w, r, report.MaxHealth)
	if !ok {
		return
	}
	id := report.DeviceID(r.Header.Get(report.DeviceHeader))
	counter, err := report.ParseCounter(r.Header.Get(report.CounterHeader))
	if err != nil || !report.ValidDevice(id) {
		refuse(w, http.StatusBadRequest, report.Malformed)
		return
	}
	d, err := o.Store.Device(r.Context(), id)
	switch {
	case errors.Is(err, store.ErrUnknownDevice):
		refuse(w, http.StatusUnauthorized, report.UnknownDevice)
		return
	case err != nil:
		o.Log.Error("a check-in could not be taken", "error", err)
		busy(w)
		return
	}
	if !report.VerifyCheckIn(d.PublicKey, id, counter, b, r.Header.Get(report.SignatureHeader)) {
		refuse(w, http.StatusUnauthorized, report.BadSignature)
		return
	}
	h, err := report.DecodeHealth(b)
	if err != nil || h.Device != id {
		refuse(w, http.StatusBadRequest, report.Malformed)
		return
	}
	switch err := o.Store.CheckIn(r.Context(), id, counter, h, o.today()); {
	case errors.Is(err, store.ErrOldCounter):
		// Asked again: another check-in may have come in between.
		if d, err = o.Store.Device(r.Context(), id); err != nil {
			busy(w)
			return
		}
		answer(w, http.StatusConflict, report.Refusal{Reason: report.OldCounter, Counter: d.Counter})
	case err != nil:
		o.Log.Error("a check-in could not be stored", "error", err)
		busy(w)
	default:
		answer(w, http.StatusOK, report.CheckInReply{Receipt: report.IDOf(b), NextIn: max(1, int(o.CheckIn/time.Second))})
	}
}
