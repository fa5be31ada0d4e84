-- +goose Up
-- A plan of posts. made_by is the interaction that made the draft: a repeated
-- delivery finds it; NULL where the clock made it. starts_on and ends_on are
-- days, as YYYY-MM-DD, or ''. typed is the last refused input of a form, as JSON,
-- or ''; typed_by wrote it. edited counts the changes.
CREATE TABLE campaign (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id  INTEGER NOT NULL REFERENCES guild (id),
    state     TEXT NOT NULL,
    author_id INTEGER NOT NULL,
    made_by   INTEGER UNIQUE,
    template  TEXT NOT NULL,
    locale    TEXT NOT NULL,
    aim       TEXT NOT NULL,
    domain    TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on   TEXT NOT NULL,
    typed     TEXT NOT NULL,
    typed_by  INTEGER NOT NULL,
    edited    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX campaign_of_guild ON campaign (guild_id, state);
CREATE INDEX campaign_of_author ON campaign (author_id);

CREATE TABLE campaign_text (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    locale      TEXT NOT NULL,
    name        TEXT NOT NULL,
    about       TEXT NOT NULL,
    PRIMARY KEY (campaign_id, locale)
);

CREATE TABLE campaign_area (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    area_id     INTEGER NOT NULL REFERENCES area (id),
    position    INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, area_id)
);

-- What belongs to a campaign: thing is an event's or a poll's number.
CREATE TABLE campaign_thing (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,
    thing       INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, kind, thing)
);
CREATE INDEX campaign_with_thing ON campaign_thing (kind, thing);

-- A post of a campaign in each of its areas: days from its first day, or from the
-- day of an event, at clock minutes after midnight.
CREATE TABLE campaign_step (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
    event_id    INTEGER,
    days        INTEGER NOT NULL,
    clock       INTEGER NOT NULL,
    result      BOOLEAN NOT NULL
);
CREATE INDEX step_of_campaign ON campaign_step (campaign_id);
CREATE INDEX step_from_event ON campaign_step (event_id);

CREATE TABLE campaign_step_text (
    step_id INTEGER NOT NULL REFERENCES campaign_step (id) ON DELETE CASCADE,
    locale  TEXT NOT NULL,
    text    TEXT NOT NULL,
    PRIMARY KEY (step_id, locale)
);

CREATE TABLE campaign_step_thing (
    step_id  INTEGER NOT NULL REFERENCES campaign_step (id) ON DELETE CASCADE,
    kind     TEXT NOT NULL,
    thing    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (step_id, kind, thing)
);

-- A step that was due in an area and was not posted there: why, or that a
-- coordinator has left it out.
CREATE TABLE campaign_miss (
    step_id INTEGER NOT NULL REFERENCES campaign_step (id) ON DELETE CASCADE,
    area_id INTEGER NOT NULL REFERENCES area (id),
    why     TEXT NOT NULL,
    PRIMARY KEY (step_id, area_id)
);

ALTER TABLE erasure ADD COLUMN campaigns INTEGER NOT NULL DEFAULT 0;

-- A post shows an event, or a part of a poll or a step of a campaign in an area.
-- presses counts how often somebody opened something from it. Numbers that were
-- given are not given again.
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
    step_id    INTEGER REFERENCES campaign_step (id) ON DELETE CASCADE,
    presses    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (poll_id, area_id, part),
    UNIQUE (step_id, area_id),
    CHECK ((event_id IS NOT NULL) + (poll_id IS NOT NULL) + (step_id IS NOT NULL) = 1)
);
INSERT INTO new_post (id, guild_id, event_id, channel_id, message_id, wanted, drawn, drawn_at, poll_id, area_id, part)
    SELECT id, guild_id, event_id, channel_id, message_id, wanted, drawn, drawn_at, poll_id, area_id, part FROM post;
DELETE FROM sqlite_sequence WHERE name = 'new_post';
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_post', seq FROM sqlite_sequence WHERE name = 'post';
DROP TABLE post;
ALTER TABLE new_post RENAME TO post;
