-- +goose Up
-- The weekly overview of an area: on a day of the week (0 is Sunday), at a minute
-- of it by the clocks of the area, of so many days. channel_id 0 is where the
-- area's events go. next_at is when it comes next; NULL when it does not.
CREATE TABLE whats_on (
    area_id    INTEGER PRIMARY KEY REFERENCES area (id),
    guild_id   INTEGER NOT NULL REFERENCES guild (id),
    posted     BOOLEAN NOT NULL,
    weekday    INTEGER NOT NULL,
    minute     INTEGER NOT NULL,
    days       INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    next_at    TEXT
);

-- The post of one week in one area: there is never a second one. message_id 0 has
-- not been sent; over_at is when it was sent, or there turned out to be nothing to
-- send.
CREATE TABLE whats_on_post (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    area_id    INTEGER NOT NULL REFERENCES area (id),
    guild_id   INTEGER NOT NULL REFERENCES guild (id),
    due_at     TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL DEFAULT 0,
    over_at    TEXT,
    UNIQUE (area_id, due_at)
);

-- Who asked for an overview of their own, of what, and in which language.
-- interests and areas are words and numbers with commas between them; no area is
-- all of them. sent_for is the week's time of the last one, unreached how many in a
-- row did not arrive.
CREATE TABLE subscription (
    guild_id     INTEGER NOT NULL REFERENCES guild (id),
    member_id    INTEGER NOT NULL,
    locale       TEXT NOT NULL,
    interests    TEXT NOT NULL,
    areas        TEXT NOT NULL,
    asked_at     TEXT NOT NULL,
    sent_for     TEXT,
    unreached    INTEGER NOT NULL DEFAULT 0,
    unreached_at TEXT,
    PRIMARY KEY (guild_id, member_id)
);
CREATE INDEX subscription_of_member ON subscription (member_id);

ALTER TABLE erasure ADD COLUMN subscriptions INTEGER NOT NULL DEFAULT 0;
