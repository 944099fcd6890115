CREATE TABLE interactions (
    id TEXT NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    ask TEXT NOT NULL,
    -- Only the authorization server reads this one, and only the journey the next.
    authorization_request TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    outcome TEXT,
    resumed_at TIMESTAMP
);

CREATE INDEX interactions_created_at ON interactions (created_at);

CREATE TABLE one_time_codes (
    id TEXT NOT NULL PRIMARY KEY,
    interaction_id TEXT NOT NULL REFERENCES interactions (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    purpose TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    tries INTEGER NOT NULL,
    replaced BOOLEAN NOT NULL,
    ended_at TIMESTAMP
);

-- One live code per address and purpose, whoever issues at the same moment.
CREATE UNIQUE INDEX one_time_codes_live ON one_time_codes (address, purpose) WHERE ended_at IS NULL;
CREATE INDEX one_time_codes_interaction_id ON one_time_codes (interaction_id);
CREATE INDEX one_time_codes_created_at ON one_time_codes (created_at);

CREATE TABLE browser_sessions (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    authenticated_at TIMESTAMP NOT NULL,
    methods TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);

CREATE UNIQUE INDEX browser_sessions_token_hash ON browser_sessions (token_hash);
CREATE INDEX browser_sessions_account_id ON browser_sessions (account_id);
CREATE INDEX browser_sessions_expires_at ON browser_sessions (expires_at);

CREATE TABLE grants (
    id TEXT NOT NULL PRIMARY KEY,
    code_hash TEXT NOT NULL,
    client_id TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- Not a foreign key: a grant may outlive the row of the browser session that it came from.
    session_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    scopes TEXT NOT NULL,
    nonce TEXT,
    code_challenge TEXT,
    authenticated_at TIMESTAMP NOT NULL,
    methods TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    code_expires_at TIMESTAMP NOT NULL,
    redeemed_at TIMESTAMP,
    revoked_at TIMESTAMP
);

CREATE UNIQUE INDEX grants_code_hash ON grants (code_hash);
CREATE INDEX grants_account_id ON grants (account_id);
CREATE INDEX grants_created_at ON grants (created_at);

CREATE TABLE signing_keys (
    kid TEXT NOT NULL PRIMARY KEY,
    algorithm TEXT NOT NULL,
    state TEXT NOT NULL,
    public_jwk TEXT NOT NULL,
    sealed_private_key TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- Two servers that start at the same moment on an empty database agree on one key.
CREATE UNIQUE INDEX signing_keys_active ON signing_keys (algorithm) WHERE state = 'active';
