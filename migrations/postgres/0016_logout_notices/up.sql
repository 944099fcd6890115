-- Clients that are to be told that a browser session has ended. A row comes with the end of the session, for each client that
-- it led to, and is told until the client has heard.
CREATE TABLE logout_notices (
    -- session_id.client_id
    id TEXT NOT NULL PRIMARY KEY,
    -- Not a foreign key: the row of the session may be gone before the client has heard.
    session_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    last_status INTEGER,
    -- due, heard or given_up
    state TEXT NOT NULL,
    -- While it is due, when it is told next.
    state_at TIMESTAMP NOT NULL
);

CREATE INDEX logout_notices_state ON logout_notices (state, state_at);
CREATE INDEX logout_notices_created_at ON logout_notices (created_at);
CREATE INDEX grants_session_id ON grants (session_id);
