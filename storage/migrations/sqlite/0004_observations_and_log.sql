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

-- What coordinators and the clock did. by_id 0 is the clock, and -1 somebody who
-- has been erased; name is what they were called. thing is a number of the kind's
-- own table, and may be gone there. press is the interaction: a repeated delivery
-- finds it. Nobody who answers is ever written here.
CREATE TABLE act (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL REFERENCES guild (id),
    at       TEXT NOT NULL,
    by_id    INTEGER NOT NULL,
    name     TEXT NOT NULL,
    deed     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    thing    INTEGER NOT NULL,
    title    TEXT NOT NULL,
    press    INTEGER UNIQUE
);
CREATE INDEX act_of_guild ON act (guild_id, at);
CREATE INDEX act_on_thing ON act (kind, thing);
CREATE INDEX act_of_person ON act (by_id);
