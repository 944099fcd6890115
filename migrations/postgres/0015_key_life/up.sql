-- When a key came to its state, and when it may leave it. A key that is active already stays so.
ALTER TABLE signing_keys ADD COLUMN changed_at TIMESTAMP;
ALTER TABLE signing_keys ADD COLUMN due_at TIMESTAMP;

-- Two servers that find at the same moment that a successor is due make one.
CREATE UNIQUE INDEX signing_keys_pending ON signing_keys (algorithm, state) WHERE state = 'pending';

-- What one server at a time does for all: who does it, and until when nobody else may.
CREATE TABLE elections (
    task TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    held_until TIMESTAMP NOT NULL
);
