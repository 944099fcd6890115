-- What kind of browser a session is of, for its person to know it by.
ALTER TABLE browser_sessions ADD COLUMN device TEXT;

-- A ticket may also ask for an account to be deleted. SQLite changes no rule of a table that is there: it is made anew.
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
        CHECK ((account_id IS NOT NULL) = (kind IN ('record_search', 'account_deletion'))
            AND (holder_id IS NOT NULL) = (kind = 'account_access')),
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
-- One open search and one open wish to be deleted per account, whoever raises them at the same moment.
CREATE UNIQUE INDEX tickets_open ON tickets (account_id) WHERE closed_at IS NULL AND kind = 'record_search';
CREATE UNIQUE INDEX tickets_open_deletion ON tickets (account_id) WHERE closed_at IS NULL AND kind = 'account_deletion';
CREATE INDEX tickets_account_id ON tickets (account_id);
