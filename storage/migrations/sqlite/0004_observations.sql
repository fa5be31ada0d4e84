-- +goose Up
-- What coordinators note of what they have seen. made_by is the interaction that
-- made it: a repeated delivery finds it. author_id 0 is somebody who has been
-- erased. typed is the last refused input of its form, as JSON, or ''; typed_by
-- wrote it. edited counts the changes.
CREATE TABLE observation (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id  INTEGER NOT NULL REFERENCES guild (id),
    area_id   INTEGER NOT NULL REFERENCES area (id),
    state     TEXT NOT NULL,
    author_id INTEGER NOT NULL,
    made_by   INTEGER NOT NULL UNIQUE,
    source    TEXT NOT NULL,
    domain    TEXT NOT NULL,
    mood      INTEGER NOT NULL,
    sentence  TEXT NOT NULL,
    link      TEXT NOT NULL,
    seen_at   TEXT,
    typed     TEXT NOT NULL,
    typed_by  INTEGER NOT NULL,
    edited    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX observation_of_guild ON observation (guild_id, state, seen_at);
CREATE INDEX observation_of_author ON observation (author_id);

ALTER TABLE erasure ADD COLUMN observations INTEGER NOT NULL DEFAULT 0;
