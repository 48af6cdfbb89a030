-- +goose Up

-- Requests for tools, each about nobody: no table below has anything of a
-- device. Without rowid they are ordered by the digest of a random code: the
-- order in which they came is in no table, only the day.
CREATE TABLE requests (
  claim  BLOB PRIMARY KEY CHECK (length(claim) = 32),
  tool   TEXT NOT NULL, -- of the catalogue, or "" with a host
  host   TEXT NOT NULL,
  task   TEXT NOT NULL,
  kind   TEXT NOT NULL,
  lacked TEXT NOT NULL, -- separated by spaces
  asked  TEXT NOT NULL CHECK (length(asked) = 10),
  CHECK ((tool = '') <> (host = ''))
) STRICT, WITHOUT ROWID;

CREATE INDEX requests_subject ON requests (tool, host);

-- What was decided about a tool is the answer to every request for it, also to
-- one that comes later.
CREATE TABLE decisions (
  tool    TEXT NOT NULL,
  host    TEXT NOT NULL,
  state   TEXT NOT NULL CHECK (state IN ('approved', 'trial', 'declined')),
  reason  TEXT NOT NULL,
  decided TEXT NOT NULL CHECK (length(decided) = 10),
  PRIMARY KEY (tool, host)
) STRICT, WITHOUT ROWID;
