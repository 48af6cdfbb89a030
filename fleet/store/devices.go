package store

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"handrail/agent/report"
)

// AddSecret stores an enrolment secret.
func (s *Store) AddSecret(ctx context.Context, x Secret) error {
	if x.Uses < 1 {
		return errors.New("storing an enrolment secret: it must allow at least one use")
	}
	_, err := s.db.ExecContext(ctx, `INSERT INTO secrets (hash, label, uses, used, expires) VALUES (?, ?, ?, 0, ?)`,
		x.Hash[:], x.Label, x.Uses, x.Expires.Unix())
	if err != nil {
		return fmt.Errorf("storing an enrolment secret: %w", err)
	}
	return nil
}

// Enrol lets a device join with the secret of this hash, or refuses with
// ErrUnknownSecret, ErrUsedUp or ErrExpired. A key that has joined before is
// the same device, which uses nothing up: fresh is false then. day is today,
// as 2026-11-24; a secret serves until the end of its last day in UTC.
func (s *Store) Enrol(ctx context.Context, secret [32]byte, key ed25519.PublicKey, version report.AgentVersion, platform report.Platform, day string) (d Device, fresh bool, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		var uses, used int
		var expires int64
		row := tx.QueryRowContext(ctx, `SELECT uses, used, expires FROM secrets WHERE hash = ?`, secret[:])
		switch err := row.Scan(&uses, &used, &expires); {
		case errors.Is(err, sql.ErrNoRows):
			return ErrUnknownSecret
		case err != nil:
			return err
		}
		// Who knows a secret that was once good and has the key's public half
		// is told the device's id again: the answer to its first request may
		// have been lost, and the id alone lets nobody do anything.
		d, err = scanDevice(tx.QueryRowContext(ctx, selectDevice+` WHERE public_key = ?`, []byte(key)))
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, sql.ErrNoRows):
			return err
		case day > time.Unix(expires, 0).UTC().Format(time.DateOnly):
			return ErrExpired
		case used >= uses:
			return ErrUsedUp
		}
		var random [16]byte
		rand.Read(random[:]) // never fails, see crypto/rand
		d = Device{
			ID: report.DeviceID("d" + hex.EncodeToString(random[:])), PublicKey: bytes.Clone(key),
			Version: string(version), Platform: platform, Enrolled: day,
		}
		fresh = true
		if _, err := tx.ExecContext(ctx, `UPDATE secrets SET used = used + 1 WHERE hash = ?`, secret[:]); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO devices (id, public_key, version, platform, enrolled) VALUES (?, ?, ?, ?, ?)`,
			string(d.ID), []byte(d.PublicKey), d.Version, d.Platform.String(), d.Enrolled)
		return err
	})
	if err != nil {
		return Device{}, false, fmt.Errorf("enrolling a device: %w", err)
	}
	return d, fresh, nil
}

const selectDevice = `SELECT id, public_key, version, platform, enrolled, last_seen, counter, health FROM devices`

func scanDevice(row interface{ Scan(...any) error }) (Device, error) {
	var d Device
	var id, platform string
	var key, health []byte
	var counter int64
	if err := row.Scan(&id, &key, &d.Version, &platform, &d.Enrolled, &d.LastSeen, &counter, &health); err != nil {
		return Device{}, err
	}
	d.ID, d.PublicKey, d.Counter = report.DeviceID(id), key, uint64(counter)
	if err := d.Platform.UnmarshalText([]byte(platform)); err != nil {
		return Device{}, fmt.Errorf("reading a device: %w", err)
	}
	if health == nil {
		return d, nil
	}
	h, err := report.DecodeHealth(health)
	if err != nil {
		return Device{}, fmt.Errorf("reading a device's check-in: %w", err)
	}
	d.Health = &h
	return d, nil
}

// Device returns one device, or ErrUnknownDevice.
func (s *Store) Device(ctx context.Context, id report.DeviceID) (Device, error) {
	d, err := scanDevice(s.db.QueryRowContext(ctx, selectDevice+` WHERE id = ?`, string(id)))
	if errors.Is(err, sql.ErrNoRows) {
		return Device{}, ErrUnknownDevice
	}
	if err != nil {
		return Device{}, fmt.Errorf("looking up a device: %w", err)
	}
	return d, nil
}

// Devices returns every device, by id.
func (s *Store) Devices(ctx context.Context) ([]Device, error) {
	rows, err := s.db.QueryContext(ctx, selectDevice+` ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("listing devices: %w", err)
	}
	defer rows.Close()
	var all []Device
	for rows.Next() {
		d, err := scanDevice(rows)
		if err != nil {
			return nil, fmt.Errorf("listing devices: %w", err)
		}
		all = append(all, d)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("listing devices: %w", err)
	}
	return all, nil
}

// Active returns how many devices have checked in on the given day or later.
func (s *Store) Active(ctx context.Context, since string) (int, error) {
	var n int
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM devices WHERE last_seen >= ?`, since).Scan(&n); err != nil {
		return 0, fmt.Errorf("counting active devices: %w", err)
	}
	return n, nil
}

// CheckIn replaces a device's latest check-in. The counter must be larger than
// any before, else ErrOldCounter. day is today, as 2026-11-24: no time is kept.
func (s *Store) CheckIn(ctx context.Context, id report.DeviceID, counter uint64, h report.Health, day string) error {
	if counter > report.MaxCounter {
		return fmt.Errorf("storing a check-in: %w", report.ErrMalformed)
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return errors.New("storing a check-in: the day is not a day")
	}
	body, err := report.EncodeHealth(h)
	if err != nil {
		return fmt.Errorf("storing a check-in: %w", err)
	}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE devices SET version = ?, platform = ?, last_seen = ?, counter = ?, health = ? WHERE id = ? AND counter < ?`,
			string(h.Agent), h.Platform.String(), day, int64(counter), body, string(id), int64(counter))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
		var known int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM devices WHERE id = ?`, string(id)).Scan(&known); err != nil {
			return err
		}
		if known == 0 {
			return ErrUnknownDevice
		}
		return ErrOldCounter
	})
	if err != nil {
		return fmt.Errorf("storing a check-in: %w", err)
	}
	return nil
}
