-- +goose Up
-- Roles whose members coordinate certain areas only.
CREATE TABLE area_coordinator_role (
    area_id BIGINT NOT NULL REFERENCES area (id),
    role_id BIGINT NOT NULL,
    PRIMARY KEY (area_id, role_id)
);

-- The areas of what something was done to, as they were then. What is done to a
-- whole guild has none.
CREATE TABLE act_area (
    act_id  BIGINT NOT NULL REFERENCES act (id) ON DELETE CASCADE,
    area_id BIGINT NOT NULL REFERENCES area (id),
    PRIMARY KEY (act_id, area_id)
);
CREATE INDEX act_area_of ON act_area (area_id);

-- Of an observation the log has always had the area's name for a title.
INSERT INTO act_area (act_id, area_id)
SELECT act.id, event.area_id FROM act JOIN event ON event.id = act.thing WHERE act.kind = 'event'
UNION
SELECT act.id, poll_area.area_id FROM act JOIN poll_area ON poll_area.poll_id = act.thing WHERE act.kind = 'poll'
UNION
SELECT act.id, area.id FROM act JOIN area ON area.guild_id = act.guild_id AND area.name = act.title WHERE act.kind = 'observation'
UNION
SELECT act.id, area.id FROM act JOIN area ON area.id = act.thing WHERE act.kind = 'setup';
