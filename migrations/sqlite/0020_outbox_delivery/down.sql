DROP INDEX outbox_messages_account_id;
DROP INDEX outbox_messages_state;
ALTER TABLE outbox_messages DROP COLUMN reference;
ALTER TABLE outbox_messages DROP COLUMN problem;
ALTER TABLE outbox_messages DROP COLUMN attempts;
ALTER TABLE outbox_messages DROP COLUMN state_at;
ALTER TABLE outbox_messages DROP COLUMN state;
ALTER TABLE outbox_messages DROP COLUMN expires_at;
ALTER TABLE outbox_messages DROP COLUMN account_id;
