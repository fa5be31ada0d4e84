-- +goose Up
-- What was erased and when, under the number on the receipt. It does not say
-- for whom.
CREATE TABLE erasure (
    receipt   TEXT PRIMARY KEY,
    erased_at TEXT NOT NULL,
    sign_ups  INTEGER NOT NULL,
    events    INTEGER NOT NULL,
    drafts    INTEGER NOT NULL,
    language  BOOLEAN NOT NULL
);
CREATE INDEX event_of_author ON event (author_id);
