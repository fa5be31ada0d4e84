-- +goose Up
-- Of a training: who gives it, and what it is about. attendance is how people
-- say that they are there: '' for not at all, or 'button', or 'code', which is
-- then what they type. feedback says that they are asked afterwards.
ALTER TABLE event ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN attendance TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN feedback BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE event_text ADD COLUMN topic TEXT NOT NULL DEFAULT '';

-- Those who came without signing up: how many, and not who.
ALTER TABLE session ADD COLUMN walk_ins INTEGER NOT NULL DEFAULT 0;

-- presence is '' while nobody has said whether they were there; guesses counts
-- wrong codes.
ALTER TABLE sign_up ADD COLUMN presence TEXT NOT NULL DEFAULT '';
ALTER TABLE sign_up ADD COLUMN guesses INTEGER NOT NULL DEFAULT 0;

-- A poll that asks only the people of a session what they think of it.
ALTER TABLE poll ADD COLUMN session_id INTEGER REFERENCES session (id);
CREATE UNIQUE INDEX poll_of_session ON poll (session_id);
