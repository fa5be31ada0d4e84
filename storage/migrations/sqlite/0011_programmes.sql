-- +goose Up
-- Guilds that share campaigns. The lead guild gives the code to those it invites.
-- made_by is the interaction that made it: a repeated delivery finds it.
CREATE TABLE programme (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id INTEGER NOT NULL REFERENCES guild (id),
    name    TEXT NOT NULL,
    code    TEXT NOT NULL UNIQUE,
    made_by INTEGER NOT NULL UNIQUE
);
CREATE INDEX programme_of_lead ON programme (lead_id);

-- A guild that belongs to a programme, or did. mode says whether it approves each
-- campaign; by_id is who said so, 0 for somebody who has been erased. handover is
-- the code by which another guild takes its place, or ''; successor_id took it.
CREATE TABLE programme_member (
    programme_id INTEGER NOT NULL REFERENCES programme (id),
    guild_id     INTEGER NOT NULL REFERENCES guild (id),
    mode         TEXT NOT NULL,
    state        TEXT NOT NULL,
    since        TEXT,
    until        TEXT,
    by_id        INTEGER NOT NULL,
    handover     TEXT NOT NULL,
    successor_id INTEGER REFERENCES guild (id),
    PRIMARY KEY (programme_id, guild_id)
);
CREATE INDEX programme_of_member ON programme_member (guild_id, state);
CREATE INDEX programme_joined_by ON programme_member (by_id);

-- A campaign of a programme, and the lead's campaign that it was made from.
ALTER TABLE campaign ADD COLUMN programme_id INTEGER REFERENCES programme (id);
ALTER TABLE campaign ADD COLUMN origin_id INTEGER REFERENCES campaign (id);
CREATE UNIQUE INDEX campaign_from_origin ON campaign (origin_id, guild_id);
