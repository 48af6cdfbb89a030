// Package store keeps what the fleet server knows, in one SQLite file.
//
//	s, err := store.Open("/var/lib/handrail-fleet/fleet.db")
//
// It holds two things that no key joins: devices with their latest check-in,
// rounded to a day, and a raw inbox of behaviour reports that name nobody. The
// inbox has no order of arrival and no time. A batch is closed once, in one
// transaction that writes its figures and deletes its reports; then the
// write-ahead log, which would give single reports back, is cut to nothing.
// There is no running tally, and published figures can't be changed.
//
// Reports lie in the inbox as plain bytes until their batch closes: whoever
// can read the server's disk until then can read reports, though not whose.
package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // registers the driver "sqlite"

	"handrail/agent/report"
	"handrail/fleet/aggregate"
)

// What the methods answer when they refuse.
var (
	ErrUnknownSecret = errors.New("no such enrolment secret")
	ErrUsedUp        = errors.New("the enrolment secret is used up")
	ErrExpired       = errors.New("the enrolment secret has expired")
	ErrUnknownDevice = errors.New("no such device")
	ErrOldCounter    = errors.New("the check-in's counter was used before")
	ErrClosed        = errors.New("the batch has been closed")
)

// Secret lets devices join. The secret itself is not stored.
type Secret struct {
	Label   string
	Hash    [32]byte // SHA-256 of the secret
	Uses    int      // how many devices may join with it
	Expires time.Time
}

// Device is one enrolled device, with its latest check-in only.
type Device struct {
	ID        report.DeviceID
	PublicKey ed25519.PublicKey
	// Version and Platform are those of the latest check-in, or of the
	// enrolment before there was one.
	Version  string
	Platform report.Platform
	Enrolled string // the day, as 2026-11-24
	LastSeen string // the day of the latest check-in, "" before the first
	Counter  uint64 // the latest check-in's, 0 before the first
	Health   *report.Health
}

// BatchCount says how many reports wait for a batch to close. It serves the
// closing only: a count that grows tells when somebody reported.
type BatchCount struct {
	ID      report.BatchID
	Reports int
}

// Cell is one published figure.
type Cell = aggregate.Cell

// Published is what is left of a closed batch. It never changes.
type Published struct {
	Batch   report.BatchID
	Reports int
	Active  int // devices that were active when it closed
	Cells   []Cell
}

// Outcome is what becomes of a batch when it closes. Make it with Publish,
// Merge or Expire.
type Outcome struct {
	state   string
	publish Published
	into    report.BatchID
}

// Publish writes the figures; the reports are deleted.
func Publish(p Published) Outcome { return Outcome{state: statePublished, publish: p} }

// Merge moves the reports to a later batch that is still open.
func Merge(into report.BatchID) Outcome { return Outcome{state: stateMerged, into: into} }

// Expire deletes the reports: too few ever came together.
func Expire() Outcome { return Outcome{state: stateExpired} }

const (
	statePublished = "published"
	stateMerged    = "merged"
	stateExpired   = "expired"
)

// Store is the fleet's store. Its methods may be called from any number of
// goroutines.
type Store struct {
	// One connection: SQLite has one writer anyway, and without other readers
	// the log can be cut as soon as a batch has closed.
	db *sql.DB
}

//go:embed migrations/*.sql
var migrations embed.FS

// Open opens the store at path, and makes or migrates it first if needed. The
// file is readable by its owner only.
func Open(path string) (*Store, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	dsn, err := dsnOf(path)
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	db.SetMaxOpenConns(1)
	s := &Store{db: db}
	if err := s.prepare(context.Background()); err != nil {
		return nil, errors.Join(fmt.Errorf("preparing the store: %w", err), db.Close())
	}
	return s, nil
}

// Close closes the store.
func (s *Store) Close() error { return s.db.Close() }

// Ready says whether the store answers.
func (s *Store) Ready(ctx context.Context) error {
	var n int
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM closed`).Scan(&n); err != nil {
		return fmt.Errorf("asking the store: %w", err)
	}
	return nil
}

func (s *Store) prepare(ctx context.Context) error {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.db, sub)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return err
	}
	// A server that was killed between closing a batch and cutting the log
	// has left the batch's reports there.
	return s.cutLog(ctx)
}

// dsnOf returns the driver's name of the file, with the settings of every
// connection: deleted rows are overwritten, temporary data stays in memory,
// and what was acknowledged survives a power cut.
func dsnOf(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") {
		abs = "/" + abs // C:/...
	}
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)",
		"secure_delete(ON)", "foreign_keys(ON)", "temp_store(MEMORY)",
	}}
	return (&url.URL{Scheme: "file", Path: abs, RawQuery: q.Encode()}).String(), nil
}

// inTx runs do in one transaction.
func (s *Store) inTx(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// cutLog writes the write-ahead log into the file and cuts it to no bytes.
func (s *Store) cutLog(ctx context.Context) error {
	var busy, frames, moved int
	if err := s.db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &frames, &moved); err != nil {
		return fmt.Errorf("cutting the write-ahead log: %w", err)
	}
	if busy != 0 {
		return errors.New("cutting the write-ahead log: another program is reading the store")
	}
	return nil
}
