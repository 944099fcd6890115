-- The refresh tokens of a grant: each that was ever issued, until it has outlived its use. A used one that comes again
-- tells that somebody else has it.
CREATE TABLE refresh_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL,
    grant_id TEXT NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
    -- The one that was given for it; nothing for the first.
    parent_id TEXT,
    created_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);

CREATE UNIQUE INDEX refresh_tokens_token_hash ON refresh_tokens (token_hash);
CREATE INDEX refresh_tokens_grant_id ON refresh_tokens (grant_id);
CREATE INDEX refresh_tokens_parent_id ON refresh_tokens (parent_id);
CREATE INDEX refresh_tokens_created_at ON refresh_tokens (created_at);
