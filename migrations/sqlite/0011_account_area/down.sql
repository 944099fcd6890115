ALTER TABLE browser_sessions DROP COLUMN device;

DELETE FROM tickets WHERE kind = 'account_deletion';

CREATE TABLE tickets_rebuilt (
    id TEXT NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    holder_id TEXT REFERENCES accounts (id),
    -- Not a foreign key: a ticket outlives the row of the interaction that it came from.
    interaction_id TEXT,
    client_id TEXT,
    contact TEXT NOT NULL,
    first_name TEXT NOT NULL,
    middle_name TEXT,
    last_name TEXT NOT NULL,
    preferred_name TEXT,
    stated TEXT NOT NULL,
    claims_qts BOOLEAN,
    verdict TEXT,
    created_at TIMESTAMP NOT NULL,
    decision TEXT,
    closed_at TIMESTAMP,
    closed_by TEXT,
    CONSTRAINT tickets_account_of_kind
        CHECK ((account_id IS NOT NULL) = (kind = 'record_search') AND (holder_id IS NOT NULL) = (kind = 'account_access')),
    CONSTRAINT tickets_closed_whole
        CHECK ((closed_at IS NOT NULL) = (decision IS NOT NULL) AND (closed_at IS NOT NULL) = (closed_by IS NOT NULL))
);

INSERT INTO tickets_rebuilt (
    id, reference, kind, account_id, holder_id, interaction_id, client_id, contact, first_name, middle_name,
    last_name, preferred_name, stated, claims_qts, verdict, created_at, decision, closed_at, closed_by
)
SELECT
    id, reference, kind, account_id, holder_id, interaction_id, client_id, contact, first_name, middle_name,
    last_name, preferred_name, stated, claims_qts, verdict, created_at, decision, closed_at, closed_by
FROM tickets;

DROP TABLE tickets;
ALTER TABLE tickets_rebuilt RENAME TO tickets;

CREATE UNIQUE INDEX tickets_reference ON tickets (reference);
CREATE UNIQUE INDEX tickets_interaction ON tickets (interaction_id) WHERE kind = 'account_access';
CREATE INDEX tickets_created_at ON tickets (created_at, id);
CREATE UNIQUE INDEX tickets_open ON tickets (account_id) WHERE closed_at IS NULL;
