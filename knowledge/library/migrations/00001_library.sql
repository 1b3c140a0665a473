-- The same statements serve SQLite and PostgreSQL. Times are Unix milliseconds.

-- +goose Up

-- A server of Discord that something is kept of; '' is the operator's shelf, and direct messages.
CREATE TABLE guilds (
    guild    TEXT   NOT NULL PRIMARY KEY,
    edition  TEXT   NOT NULL, -- changes with every change of its articles, and never comes back
    settings TEXT   NOT NULL, -- JSON
    left_at  BIGINT           -- when the bot was removed from it
);

CREATE TABLE articles (
    guild      TEXT   NOT NULL REFERENCES guilds ON DELETE CASCADE,
    id         TEXT   NOT NULL,
    source     TEXT   NOT NULL, -- '' for none
    revision   BIGINT NOT NULL, -- from 1
    hash       TEXT   NOT NULL, -- of all that is below but the times
    bytes      BIGINT NOT NULL, -- of the text
    paragraphs BIGINT NOT NULL,
    sentences  BIGINT NOT NULL,
    added_at   BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    meta       TEXT   NOT NULL, -- JSON, with the ID
    headings   TEXT   NOT NULL, -- JSON
    text       TEXT   NOT NULL,
    PRIMARY KEY (guild, id)
);

CREATE UNIQUE INDEX articles_source ON articles (guild, source) WHERE source <> '';

-- How often answers were found helpful or not. Nobody's votes in particular.
CREATE TABLE votes (
    guild   TEXT   NOT NULL REFERENCES guilds ON DELETE CASCADE,
    article TEXT   NOT NULL,
    kind    TEXT   NOT NULL,
    helpful BIGINT NOT NULL, -- 1 or 0
    count   BIGINT NOT NULL,
    PRIMARY KEY (guild, article, kind, helpful)
);

-- Questions that found no answer, where the moderators turned that on. Nobody's in particular.
CREATE TABLE questions (
    id       TEXT   NOT NULL PRIMARY KEY, -- random: it tells nothing
    guild    TEXT   NOT NULL REFERENCES guilds ON DELETE CASCADE,
    text     TEXT   NOT NULL,
    expected TEXT   NOT NULL,
    kind     TEXT   NOT NULL,
    outcome  TEXT   NOT NULL,
    asked_at BIGINT NOT NULL
);

CREATE INDEX questions_asked ON questions (guild, asked_at);
