package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"

	"handrail/agent/report"
)

// PutReport puts a behaviour report into the inbox of an open batch. When it
// returns without an error the report is on disk. The same bytes again are
// already there, and count once; ErrClosed says that the batch has been closed.
func (s *Store) PutReport(ctx context.Context, batch report.BatchID, id report.ID, body []byte) (already bool, err error) {
	key, err := hex.DecodeString(string(id))
	if err != nil {
		return false, errors.New("storing a report: bad id")
	}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM inbox WHERE id = ?`, key).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			already = true
			return nil
		}
		if closed, err := isClosed(ctx, tx, batch); err != nil {
			return err
		} else if closed {
			return ErrClosed
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO inbox (id, batch, body) VALUES (?, ?, ?)`, key, string(batch), body)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("storing a report: %w", err)
	}
	return already, nil
}

// Closed says whether a batch has been closed.
func (s *Store) Closed(ctx context.Context, batch report.BatchID) (bool, error) {
	closed, err := isClosed(ctx, s.db, batch)
	if err != nil {
		return false, fmt.Errorf("looking up a batch: %w", err)
	}
	return closed, nil
}

func isClosed(ctx context.Context, q interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}, batch report.BatchID) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM closed WHERE batch = ?`, string(batch)).Scan(&n)
	return n > 0, err
}

// Inbox returns the batches that have reports waiting. It serves the closing
// only, and is never shown.
func (s *Store) Inbox(ctx context.Context) ([]BatchCount, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT batch, count(*) FROM inbox GROUP BY batch ORDER BY batch`)
	if err != nil {
		return nil, fmt.Errorf("listing waiting batches: %w", err)
	}
	defer rows.Close()
	var all []BatchCount
	for rows.Next() {
		var id string
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, fmt.Errorf("listing waiting batches: %w", err)
		}
		all = append(all, BatchCount{ID: report.BatchID(id), Reports: n})
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("listing waiting batches: %w", err)
	}
	return all, nil
}

// CloseBatch closes a batch for good, or answers ErrClosed. decide gets its
// reports in random order, and how often the oldest of them were merged before,
// and runs inside the one transaction that then publishes, merges or expires
// the batch and takes its reports out of the inbox. It must not call the store.
//
// An error that is not ErrClosed may come after the batch was closed, when the
// log could not be cut: Tidy does it later.
func (s *Store) CloseBatch(ctx context.Context, batch report.BatchID, decide func(bodies [][]byte, merged int) Outcome) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		if closed, err := isClosed(ctx, tx, batch); err != nil {
			return err
		} else if closed {
			return ErrClosed
		}
		bodies, err := bodiesOf(ctx, tx, batch)
		if err != nil {
			return err
		}
		var merged int
		err = tx.QueryRowContext(ctx, `SELECT merged FROM carried WHERE batch = ?`, string(batch)).Scan(&merged)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		rand.Shuffle(len(bodies), func(i, j int) { bodies[i], bodies[j] = bodies[j], bodies[i] })
		return apply(ctx, tx, batch, merged, decide(bodies, merged))
	})
	if err != nil {
		return fmt.Errorf("closing a batch: %w", err)
	}
	return s.cutLog(ctx)
}

// Tidy cuts the write-ahead log, so that nothing of a closed batch is in it.
func (s *Store) Tidy(ctx context.Context) error { return s.cutLog(ctx) }

func bodiesOf(ctx context.Context, tx *sql.Tx, batch report.BatchID) ([][]byte, error) {
	rows, err := tx.QueryContext(ctx, `SELECT body FROM inbox WHERE batch = ?`, string(batch))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][]byte
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, rows.Err()
}

func apply(ctx context.Context, tx *sql.Tx, batch report.BatchID, merged int, o Outcome) error {
	exec := func(query string, args ...any) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	}
	if err := exec(`INSERT INTO closed (batch, state, into_batch) VALUES (?, ?, ?)`, string(batch), o.state, string(o.into)); err != nil {
		return err
	}
	switch o.state {
	case statePublished:
		if err := publish(ctx, tx, batch, o.publish); err != nil {
			return err
		}
	case stateMerged:
		if closed, err := isClosed(ctx, tx, o.into); err != nil {
			return err
		} else if closed {
			return fmt.Errorf("merging into the next: %w", ErrClosed)
		}
		if err := exec(`INSERT INTO carried (batch, merged) VALUES (?, ?) ON CONFLICT (batch) DO UPDATE SET merged = max(merged, excluded.merged)`,
			string(o.into), merged+1); err != nil {
			return err
		}
		if err := exec(`UPDATE inbox SET batch = ? WHERE batch = ?`, string(o.into), string(batch)); err != nil {
			return err
		}
	}
	if err := exec(`DELETE FROM carried WHERE batch = ?`, string(batch)); err != nil {
		return err
	}
	return exec(`DELETE FROM inbox WHERE batch = ?`, string(batch))
}

func publish(ctx context.Context, tx *sql.Tx, batch report.BatchID, p Published) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO published (batch, reports, active) VALUES (?, ?, ?)`, string(batch), p.Reports, p.Active); err != nil {
		return err
	}
	for i, c := range p.Cells {
		count := sql.NullInt64{Int64: int64(c.Count), Valid: !c.Hidden}
		if _, err := tx.ExecContext(ctx, `INSERT INTO cells (batch, place, kind, rule, class, tool, surface, answer, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			string(batch), i, c.Kind, c.Rule, c.Class, c.Tool, c.Surface, c.Answer, count); err != nil {
			return err
		}
	}
	return nil
}

// Published returns at most limit published batches, newest first.
func (s *Store) Published(ctx context.Context, limit int) ([]Published, error) {
	all, err := s.published(ctx, limit)
	if err != nil {
		return nil, fmt.Errorf("reading published batches: %w", err)
	}
	return all, nil
}

func (s *Store) published(ctx context.Context, limit int) ([]Published, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT p.batch, p.reports, p.active, c.kind, c.rule, c.class, c.tool, c.surface, c.answer, c.count
		FROM (SELECT * FROM published ORDER BY seq DESC LIMIT ?) p LEFT JOIN cells c ON c.batch = p.batch
		ORDER BY p.seq DESC, c.place`, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Published
	for rows.Next() {
		var batch string
		var p Published
		var text [6]sql.NullString
		var count sql.NullInt64
		if err := rows.Scan(&batch, &p.Reports, &p.Active, &text[0], &text[1], &text[2], &text[3], &text[4], &text[5], &count); err != nil {
			return nil, err
		}
		p.Batch = report.BatchID(batch)
		if len(all) == 0 || all[len(all)-1].Batch != p.Batch {
			all = append(all, p)
		}
		if !text[0].Valid {
			continue // published without any cell
		}
		last := &all[len(all)-1]
		last.Cells = append(last.Cells, Cell{
			Kind: text[0].String, Rule: text[1].String, Class: text[2].String, Tool: text[3].String,
			Surface: text[4].String, Answer: text[5].String, Count: int(count.Int64), Hidden: !count.Valid,
		})
	}
	return all, rows.Err()
}
