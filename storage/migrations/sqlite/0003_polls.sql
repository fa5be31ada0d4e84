-- +goose Up
-- A poll that is asked again at each wave. next_at is when the next one opens.
CREATE TABLE series (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id  INTEGER NOT NULL REFERENCES guild (id),
    every     TEXT NOT NULL,
    state     TEXT NOT NULL,
    next_wave INTEGER NOT NULL,
    next_at   TEXT,
    skip_next BOOLEAN NOT NULL
);
CREATE INDEX series_of_guild ON series (guild_id);

-- made_by is the interaction that made the draft: a repeated delivery finds it;
-- NULL where the clock made it. typed is the last refused input of a form, as
-- JSON, or ''; typed_by wrote it. edited counts the changes. vacuumed_at is when
-- the last trace of who answered was gone. step is the n of "more than n answers"
-- on its posts.
CREATE TABLE poll (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id    INTEGER NOT NULL REFERENCES guild (id),
    kind        TEXT NOT NULL,
    state       TEXT NOT NULL,
    author_id   INTEGER NOT NULL,
    made_by     INTEGER UNIQUE,
    locale      TEXT NOT NULL,
    series_id   INTEGER REFERENCES series (id),
    wave        INTEGER NOT NULL,
    background  TEXT NOT NULL,
    named       BOOLEAN NOT NULL,
    opens_at    TEXT,
    closes_at   TEXT,
    closed_at   TEXT,
    vacuumed_at TEXT,
    step        INTEGER NOT NULL DEFAULT 0,
    typed       TEXT NOT NULL,
    typed_by    INTEGER NOT NULL,
    edited      INTEGER NOT NULL,
    UNIQUE (series_id, wave)
);
CREATE INDEX poll_of_guild ON poll (guild_id, state);
CREATE INDEX poll_of_author ON poll (author_id);

-- The key of a secret poll, locked with TALKOOT_SECRET. Sealing deletes it.
CREATE TABLE poll_key (
    poll_id INTEGER PRIMARY KEY REFERENCES poll (id) ON DELETE CASCADE,
    box     BLOB NOT NULL
);

CREATE TABLE poll_area (
    poll_id  INTEGER NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    area_id  INTEGER NOT NULL REFERENCES area (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (poll_id, area_id)
);

CREATE TABLE poll_question (
    poll_id    INTEGER NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    item       TEXT NOT NULL,
    domain     TEXT NOT NULL,
    scale      TEXT NOT NULL,
    favourable TEXT NOT NULL,
    options    INTEGER NOT NULL,
    most       INTEGER NOT NULL,
    PRIMARY KEY (poll_id, position)
);

-- answers are the words of the scale, as a JSON array.
CREATE TABLE poll_text (
    poll_id  INTEGER NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    locale   TEXT NOT NULL,
    question TEXT NOT NULL,
    note     TEXT NOT NULL,
    answers  TEXT NOT NULL,
    status   TEXT NOT NULL,
    PRIMARY KEY (poll_id, position, locale)
);

-- That somebody has answered, while a secret poll is open, and not who: see
-- core.MarkOf. Nothing else may ever be in this table: no time, no number.
CREATE TABLE receipt (
    poll_id INTEGER NOT NULL,
    mark    BLOB NOT NULL,
    PRIMARY KEY (poll_id, mark)
) WITHOUT ROWID;

-- What somebody has answered, while a secret poll is open, and not who. answers
-- are numbers with commas between them; band answers the background question.
-- Nothing else may ever be in this table: no time, no number, no language.
CREATE TABLE response (
    poll_id INTEGER NOT NULL,
    id      TEXT NOT NULL,
    area_id INTEGER NOT NULL,
    answers TEXT NOT NULL,
    band    INTEGER NOT NULL,
    PRIMARY KEY (poll_id, id)
) WITHOUT ROWID;

-- The same once the poll is sealed: other ids, in another order. It is a table
-- of its own so that the two above hold only what is open, and can be wiped and
-- rewritten to the last byte in a moment.
CREATE TABLE sealed_response (
    poll_id INTEGER NOT NULL,
    id      TEXT NOT NULL,
    area_id INTEGER NOT NULL,
    answers TEXT NOT NULL,
    band    INTEGER NOT NULL,
    PRIMARY KEY (poll_id, id)
) WITHOUT ROWID;

-- True counts, made at sealing and never shown as they are.
CREATE TABLE poll_sum (
    poll_id  INTEGER NOT NULL REFERENCES poll (id),
    area_id  INTEGER NOT NULL,
    question INTEGER NOT NULL,
    band     INTEGER NOT NULL,
    answer   INTEGER NOT NULL,
    n        INTEGER NOT NULL,
    PRIMARY KEY (poll_id, area_id, question, band, answer)
);

-- Everything that was ever released, as insight writes it, in order. part is the
-- view that it shows.
CREATE TABLE release (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL REFERENCES guild (id),
    poll_id  INTEGER NOT NULL REFERENCES poll (id),
    part     TEXT NOT NULL,
    entry    TEXT NOT NULL
);
CREATE INDEX release_of_poll ON release (poll_id, part);

-- Open polls: one row per person and answer.
CREATE TABLE vote (
    poll_id   INTEGER NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    question  INTEGER NOT NULL,
    choice    INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    name      TEXT NOT NULL,
    PRIMARY KEY (poll_id, question, choice, member_id)
);
CREATE INDEX vote_of_member ON vote (member_id);

-- A post shows an event, or a part of a poll in an area. Numbers that were given
-- are not given again.
CREATE TABLE new_post (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL REFERENCES guild (id),
    event_id   INTEGER UNIQUE REFERENCES event (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL DEFAULT 0,
    wanted     INTEGER NOT NULL,
    drawn      INTEGER NOT NULL DEFAULT 0,
    drawn_at   TEXT,
    poll_id    INTEGER REFERENCES poll (id) ON DELETE CASCADE,
    area_id    INTEGER REFERENCES area (id),
    part       TEXT NOT NULL DEFAULT '',
    UNIQUE (poll_id, area_id, part),
    CHECK ((event_id IS NULL) <> (poll_id IS NULL))
);
INSERT INTO new_post (id, guild_id, event_id, channel_id, message_id, wanted, drawn, drawn_at)
    SELECT id, guild_id, event_id, channel_id, message_id, wanted, drawn, drawn_at FROM post;
DELETE FROM sqlite_sequence WHERE name = 'new_post';
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_post', seq FROM sqlite_sequence WHERE name = 'post';
DROP TABLE post;
ALTER TABLE new_post RENAME TO post;

ALTER TABLE erasure ADD COLUMN votes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE erasure ADD COLUMN polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE erasure ADD COLUMN acts INTEGER NOT NULL DEFAULT 0;
