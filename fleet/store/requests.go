package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"handrail/agent/report"
	"handrail/detect/catalog"
)

// Subject is what is asked for: a tool of the catalogue, or a host.
type Subject struct {
	Tool catalog.ToolID
	Host report.PublicHost
}

// String returns the one of the two that is there.
func (s Subject) String() string { return string(s.Tool) + string(s.Host) }

// Requested is a stored request. It has no claim: nothing here leads from a
// request to its answer but the code that its sender has.
type Requested struct {
	report.Request        // without its Claim
	Asked          string // the day, as 2026-11-24
}

// Subject returns what is asked for.
func (r Requested) Subject() Subject { return Subject{r.Tool, r.Host} }

// maxRequests bounds the requests that are kept, so that nobody can fill the
// disk with invented ones.
const maxRequests = 20_000

// The errors of requests.
var (
	ErrUnknownClaim = errors.New("no request has this code")
	ErrFull         = errors.New("there are too many requests")
	ErrNoRequest    = errors.New("nobody has asked for this")
)

// PutRequest stores a request of a day. The same again is already there; ErrFull
// says that no more are taken. Another request under the same code is refused
// as ErrUnknownClaim.
func (s *Store) PutRequest(ctx context.Context, r report.Request, day string) (already bool, err error) {
	var lacked []string
	for _, l := range r.Lacked {
		lacked = append(lacked, l.String())
	}
	row := []any{string(r.Tool), string(r.Host), r.Task.String(), r.Kind.String(), strings.Join(lacked, " ")}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		var same bool
		err := tx.QueryRowContext(ctx, `SELECT tool = ? AND host = ? AND task = ? AND kind = ? AND lacked = ? FROM requests WHERE claim = ?`,
			append(row, r.Claim[:])...).Scan(&same)
		switch {
		case err == nil && same:
			already = true
			return nil
		case err == nil:
			return ErrUnknownClaim
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM requests`).Scan(&n); err != nil {
			return err
		}
		if n >= maxRequests {
			return ErrFull
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO requests (tool, host, task, kind, lacked, claim, asked) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			append(row, r.Claim[:], day)...)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("storing a request: %w", err)
	}
	return already, nil
}

// Answer returns how far the request with this code has come, or
// ErrUnknownClaim.
func (s *Store) Answer(ctx context.Context, claim report.ClaimDigest) (report.AnswerReply, error) {
	var state, reason, decided sql.NullString
	err := s.db.QueryRowContext(ctx, `SELECT d.state, d.reason, d.decided FROM requests r LEFT JOIN decisions d ON d.tool = r.tool AND d.host = r.host
		WHERE r.claim = ?`, claim[:]).Scan(&state, &reason, &decided)
	if errors.Is(err, sql.ErrNoRows) {
		return report.AnswerReply{}, ErrUnknownClaim
	}
	if err != nil {
		return report.AnswerReply{}, fmt.Errorf("looking up an answer: %w", err)
	}
	return answerOf(state, reason, decided)
}

func answerOf(state, reason, decided sql.NullString) (report.AnswerReply, error) {
	if !state.Valid {
		return report.AnswerReply{State: report.Waiting}, nil
	}
	a := report.AnswerReply{Reason: reason.String, Decided: decided.String}
	if err := a.State.UnmarshalText([]byte(state.String)); err != nil {
		return a, fmt.Errorf("reading a decision: %w", err)
	}
	return a, nil
}

// Requests returns every request, in no order that means anything.
func (s *Store) Requests(ctx context.Context) ([]Requested, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT tool, host, task, kind, lacked, asked FROM requests ORDER BY tool, host, asked, task, kind, lacked`)
	if err != nil {
		return nil, fmt.Errorf("listing requests: %w", err)
	}
	defer rows.Close()
	var all []Requested
	for rows.Next() {
		var r Requested
		var task, kind, lacked string
		if err := rows.Scan(&r.Tool, &r.Host, &task, &kind, &lacked, &r.Asked); err != nil {
			return nil, fmt.Errorf("listing requests: %w", err)
		}
		err := errors.Join(r.Task.UnmarshalText([]byte(task)), r.Kind.UnmarshalText([]byte(kind)))
		for name := range strings.FieldsSeq(lacked) {
			var l report.Lack
			err = errors.Join(err, l.UnmarshalText([]byte(name)))
			r.Lacked = append(r.Lacked, l)
		}
		if err != nil {
			return nil, fmt.Errorf("listing requests: %w", err)
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("listing requests: %w", err)
	}
	return all, nil
}

// Decisions returns what was decided, by what was asked for.
func (s *Store) Decisions(ctx context.Context) (map[Subject]report.AnswerReply, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT tool, host, state, reason, decided FROM decisions`)
	if err != nil {
		return nil, fmt.Errorf("listing decisions: %w", err)
	}
	defer rows.Close()
	all := map[Subject]report.AnswerReply{}
	for rows.Next() {
		var x Subject
		var state, reason, decided sql.NullString
		if err := rows.Scan(&x.Tool, &x.Host, &state, &reason, &decided); err != nil {
			return nil, fmt.Errorf("listing decisions: %w", err)
		}
		if all[x], err = answerOf(state, reason, decided); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("listing decisions: %w", err)
	}
	return all, nil
}

// Decide stores the decision about a tool that somebody has asked for, in place
// of an earlier one. ErrNoRequest says that nobody has.
func (s *Store) Decide(ctx context.Context, x Subject, a report.AnswerReply) error {
	if err := a.Check(); err != nil || a.State == report.Waiting {
		return fmt.Errorf("deciding on a request: %w", errors.Join(err, errors.New("it needs a decision, a reason and a day")))
	}
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM requests WHERE tool = ? AND host = ?`, string(x.Tool), string(x.Host)).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return ErrNoRequest
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO decisions (tool, host, state, reason, decided) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (tool, host) DO UPDATE SET state = excluded.state, reason = excluded.reason, decided = excluded.decided`,
			string(x.Tool), string(x.Host), a.State.String(), a.Reason, a.Decided)
		return err
	})
	if err != nil {
		return fmt.Errorf("deciding on a request: %w", err)
	}
	return nil
}
