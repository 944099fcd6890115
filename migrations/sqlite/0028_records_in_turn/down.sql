DROP INDEX accounts_record_seen_at;
CREATE INDEX accounts_record_seen_at ON accounts (record_seen_at) WHERE trn IS NOT NULL;
