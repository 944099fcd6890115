ALTER TABLE browser_sessions DROP COLUMN device;

DELETE FROM tickets WHERE kind = 'account_deletion';
ALTER TABLE tickets DROP CONSTRAINT tickets_account_of_kind;
ALTER TABLE tickets ADD CONSTRAINT tickets_account_of_kind
        CHECK ((account_id IS NOT NULL) = (kind = 'record_search') AND (holder_id IS NOT NULL) = (kind = 'account_access'));

DROP INDEX tickets_account_id;
DROP INDEX tickets_open_deletion;
DROP INDEX tickets_open;
CREATE UNIQUE INDEX tickets_open ON tickets (account_id) WHERE closed_at IS NULL;
