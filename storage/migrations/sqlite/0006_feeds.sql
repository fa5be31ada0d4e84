-- +goose Up
-- Calendars of towns that areas are subscribed to. author_id 0 is somebody who
-- has been erased. made_by is the interaction that subscribed: a repeated
-- delivery finds it. etag and modified are what the last answer had; failing_at
-- is when it began to fail.
CREATE TABLE feed (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL REFERENCES guild (id),
    area_id    INTEGER NOT NULL REFERENCES area (id),
    author_id  INTEGER NOT NULL,
    made_by    INTEGER NOT NULL,
    address    TEXT NOT NULL,
    kind       TEXT NOT NULL,
    mode       TEXT NOT NULL,
    per_day    INTEGER NOT NULL,
    etag       TEXT NOT NULL,
    modified   TEXT NOT NULL,
    read_at    TEXT,
    failing_at TEXT,
    failures   INTEGER NOT NULL,
    trouble    TEXT NOT NULL,
    told_at    TEXT,
    next_at    TEXT NOT NULL,
    UNIQUE (guild_id, address)
);
CREATE INDEX feed_by_next ON feed (next_at);
CREATE INDEX feed_of_author ON feed (author_id);

-- What their entries are, and what became of them. hash is of content, which is
-- the entry as it was last taken, as JSON; alike is the same for what is the same
-- under another uid. auto_at is when it was published by itself.
CREATE TABLE feed_entry (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id   INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    uid       TEXT NOT NULL,
    hash      TEXT NOT NULL,
    alike     TEXT NOT NULL,
    state     TEXT NOT NULL,
    starts_at TEXT,
    content   TEXT NOT NULL,
    gone      BOOLEAN NOT NULL,
    auto_at   TEXT,
    event_id  INTEGER REFERENCES event (id) ON DELETE SET NULL,
    UNIQUE (feed_id, uid)
);
CREATE INDEX feed_entry_waiting ON feed_entry (feed_id, state, starts_at);
CREATE INDEX feed_entry_of_event ON feed_entry (event_id);

ALTER TABLE erasure ADD COLUMN feeds INTEGER NOT NULL DEFAULT 0;
