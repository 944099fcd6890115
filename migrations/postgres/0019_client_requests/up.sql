-- What is good for one use and has been used: the ids of JWTs that clients send. The id here is a keyed hash.
CREATE TABLE spent_ids (
    id TEXT NOT NULL PRIMARY KEY,
    -- From then on the JWT itself is refused.
    expires_at TIMESTAMP NOT NULL
);

CREATE INDEX spent_ids_expires_at ON spent_ids (expires_at);

-- Authorization requests that clients pushed. The id is a keyed hash of the reference that they got for it.
CREATE TABLE pushed_requests (
    id TEXT NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL,
    authorization_request TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);

CREATE INDEX pushed_requests_expires_at ON pushed_requests (expires_at);

-- The thumbprint of the key that the client has to prove with what the grant brings.
ALTER TABLE grants ADD COLUMN dpop_jkt TEXT;
-- What the access tokens are meant for, where that is not this server.
ALTER TABLE grants ADD COLUMN resources TEXT;
