-- +goose Up
CREATE TABLE guild (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    languages TEXT NOT NULL,
    left_at   TEXT
);

CREATE TABLE coordinator_role (
    guild_id INTEGER NOT NULL REFERENCES guild (id),
    role_id  INTEGER NOT NULL,
    PRIMARY KEY (guild_id, role_id)
);

CREATE TABLE area (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL REFERENCES guild (id),
    name     TEXT NOT NULL,
    zone     TEXT NOT NULL,
    UNIQUE (guild_id, name)
);

CREATE TABLE area_channel (
    area_id    INTEGER NOT NULL REFERENCES area (id),
    kind       TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    PRIMARY KEY (area_id, kind)
);

-- locale '' means: offered a language, and has not chosen yet.
CREATE TABLE person (
    id     INTEGER PRIMARY KEY,
    locale TEXT NOT NULL
);

-- made_by is the interaction that made the draft: a repeated delivery finds it.
-- typed is the last refused input of a form, as JSON, or ''; typed_by wrote it.
-- edited counts the changes.
CREATE TABLE event (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id  INTEGER NOT NULL REFERENCES guild (id),
    area_id   INTEGER NOT NULL REFERENCES area (id),
    kind      TEXT NOT NULL,
    state     TEXT NOT NULL,
    author_id INTEGER NOT NULL,
    made_by   INTEGER NOT NULL UNIQUE,
    locale    TEXT NOT NULL,
    revision  INTEGER NOT NULL,
    typed     TEXT NOT NULL,
    typed_by  INTEGER NOT NULL DEFAULT 0,
    edited    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX event_of_guild ON event (guild_id, state);

CREATE TABLE event_text (
    event_id    INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    locale      TEXT NOT NULL,
    title       TEXT NOT NULL,
    place       TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (event_id, locale)
);

-- A draft may have no time yet. over_at is the end, or the assumed one where
-- none was given.
CREATE TABLE session (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id  INTEGER NOT NULL UNIQUE REFERENCES event (id) ON DELETE CASCADE,
    starts_at TEXT,
    ends_at   TEXT,
    over_at   TEXT,
    mirror_id INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX session_by_end ON session (over_at);

CREATE TABLE slot (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    least      INTEGER NOT NULL,
    most       INTEGER NOT NULL,
    UNIQUE (session_id, position)
);

CREATE TABLE slot_text (
    slot_id INTEGER NOT NULL REFERENCES slot (id) ON DELETE CASCADE,
    locale  TEXT NOT NULL,
    task    TEXT NOT NULL,
    PRIMARY KEY (slot_id, locale)
);

CREATE TABLE sign_up (
    session_id   INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    member_id    INTEGER NOT NULL,
    slot_id      INTEGER NOT NULL REFERENCES slot (id) ON DELETE CASCADE,
    guild_id     INTEGER NOT NULL,
    state        TEXT NOT NULL,
    turn         INTEGER NOT NULL,
    name         TEXT NOT NULL,
    locale       TEXT NOT NULL,
    unreached_at TEXT,
    PRIMARY KEY (session_id, member_id)
);
CREATE INDEX sign_up_of_slot ON sign_up (slot_id, state, turn);
CREATE INDEX sign_up_of_member ON sign_up (member_id);

CREATE TABLE post (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL REFERENCES guild (id),
    event_id   INTEGER NOT NULL UNIQUE REFERENCES event (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL DEFAULT 0,
    wanted     INTEGER NOT NULL,
    drawn      INTEGER NOT NULL DEFAULT 0,
    drawn_at   TEXT
);

-- What the program notes for itself, such as the commands it last registered.
CREATE TABLE note (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL
);
