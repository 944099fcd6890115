CREATE TABLE outbox_messages (
    id TEXT NOT NULL PRIMARY KEY,
    channel TEXT NOT NULL,
    sealed TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE INDEX outbox_messages_created_at ON outbox_messages (created_at);

CREATE TABLE events (
    id TEXT NOT NULL PRIMARY KEY,
    happened_at TIMESTAMP NOT NULL,
    kind TEXT NOT NULL,
    -- Not a foreign key: the audit trail outlives what it tells of.
    account_id TEXT NOT NULL,
    client_id TEXT,
    detail TEXT NOT NULL
);

CREATE INDEX events_account_id ON events (account_id, happened_at);
