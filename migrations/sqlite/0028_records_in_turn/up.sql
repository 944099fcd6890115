-- Accounts whose record was not looked at lately are taken in the order of this index. The one before it knew no order among those seen at
-- one time, and so was passed over for the ids of all accounts.
DROP INDEX accounts_record_seen_at;
CREATE INDEX accounts_record_seen_at ON accounts (record_seen_at, id) WHERE trn IS NOT NULL AND deleted_at IS NULL;
