-- +goose Up

CREATE TABLE secrets (
  hash    BLOB PRIMARY KEY CHECK (length(hash) = 32),
  label   TEXT NOT NULL,
  uses    INTEGER NOT NULL CHECK (uses > 0),
  used    INTEGER NOT NULL CHECK (used BETWEEN 0 AND uses),
  expires INTEGER NOT NULL -- seconds since 1970
) STRICT, WITHOUT ROWID;

-- The health plane: the latest check-in only, and days instead of times.
CREATE TABLE devices (
  id         TEXT PRIMARY KEY,
  public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
  version    TEXT NOT NULL,
  platform   TEXT NOT NULL,
  enrolled   TEXT NOT NULL CHECK (length(enrolled) = 10),
  last_seen  TEXT NOT NULL DEFAULT '' CHECK (length(last_seen) IN (0, 10)),
  counter    INTEGER NOT NULL DEFAULT 0,
  health     BLOB
) STRICT, WITHOUT ROWID;

-- The behaviour plane. No table below has anything of the one above.
--
-- Without rowid the inbox is ordered by the hash of the reports: the order in
-- which they came is in no table.
CREATE TABLE inbox (
  id    BLOB PRIMARY KEY CHECK (length(id) = 32),
  batch TEXT NOT NULL,
  body  BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_batch ON inbox (batch);

-- How often the reports that an open batch took over were merged before.
CREATE TABLE carried (
  batch  TEXT PRIMARY KEY,
  merged INTEGER NOT NULL CHECK (merged > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed (
  batch TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('published', 'merged', 'expired')),
  into_batch TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE published (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  batch   TEXT NOT NULL UNIQUE REFERENCES closed (batch),
  reports INTEGER NOT NULL,
  active  INTEGER NOT NULL
) STRICT;

-- A hidden cell has no count: what is not here can't leak.
CREATE TABLE cells (
  batch   TEXT NOT NULL REFERENCES published (batch),
  place   INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  rule    TEXT NOT NULL,
  class   TEXT NOT NULL,
  tool    TEXT NOT NULL,
  surface TEXT NOT NULL,
  answer  TEXT NOT NULL,
  count   INTEGER CHECK (count > 0),
  PRIMARY KEY (batch, place),
  UNIQUE (batch, kind, rule, class, tool, surface, answer)
) STRICT, WITHOUT ROWID;

-- What is closed or published stays as it is.
-- +goose StatementBegin
CREATE TRIGGER closed_stays BEFORE UPDATE ON closed BEGIN SELECT RAISE(ABORT, 'a closed batch never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER closed_remains BEFORE DELETE ON closed BEGIN SELECT RAISE(ABORT, 'a closed batch never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER published_stays BEFORE UPDATE ON published BEGIN SELECT RAISE(ABORT, 'published figures never change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER published_remains BEFORE DELETE ON published BEGIN SELECT RAISE(ABORT, 'published figures never change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cells_stay BEFORE UPDATE ON cells BEGIN SELECT RAISE(ABORT, 'published figures never change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cells_remain BEFORE DELETE ON cells BEGIN SELECT RAISE(ABORT, 'published figures never change'); END;
-- +goose StatementEnd
