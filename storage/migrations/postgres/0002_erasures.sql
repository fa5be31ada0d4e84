-- +goose Up
-- What was erased and when, under the number on the receipt. It does not say
-- for whom.
CREATE TABLE erasure (
    receipt   TEXT PRIMARY KEY,
    erased_at TIMESTAMPTZ NOT NULL,
    sign_ups  BIGINT NOT NULL,
    events    BIGINT NOT NULL,
    drafts    BIGINT NOT NULL,
    language  BOOLEAN NOT NULL
);
CREATE INDEX event_of_author ON event (author_id);
