-- What kind of browser a session is of, for its person to know it by.
ALTER TABLE browser_sessions ADD COLUMN device TEXT;

-- A ticket may also ask for an account to be deleted.
ALTER TABLE tickets DROP CONSTRAINT tickets_account_of_kind;
ALTER TABLE tickets ADD CONSTRAINT tickets_account_of_kind
        CHECK ((account_id IS NOT NULL) = (kind IN ('record_search', 'account_deletion'))
            AND (holder_id IS NOT NULL) = (kind = 'account_access'));

DROP INDEX tickets_open;
-- One open search and one open wish to be deleted per account, whoever raises them at the same moment.
CREATE UNIQUE INDEX tickets_open ON tickets (account_id) WHERE closed_at IS NULL AND kind = 'record_search';
CREATE UNIQUE INDEX tickets_open_deletion ON tickets (account_id) WHERE closed_at IS NULL AND kind = 'account_deletion';
CREATE INDEX tickets_account_id ON tickets (account_id);
