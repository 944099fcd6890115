-- What becomes of what leaves. The defaults are for servers of the last version, which know nothing of it: what they put is due.
ALTER TABLE outbox_messages ADD COLUMN account_id TEXT;
ALTER TABLE outbox_messages ADD COLUMN expires_at TIMESTAMP;
-- due, carried, arrived, returned or given_up
ALTER TABLE outbox_messages ADD COLUMN state TEXT NOT NULL DEFAULT 'due';
-- While it is due, when it is tried next.
ALTER TABLE outbox_messages ADD COLUMN state_at TIMESTAMP NOT NULL DEFAULT '2000-01-01 00:00:00';
ALTER TABLE outbox_messages ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox_messages ADD COLUMN problem TEXT;
ALTER TABLE outbox_messages ADD COLUMN reference TEXT;

CREATE INDEX outbox_messages_state ON outbox_messages (state, channel, state_at);
CREATE INDEX outbox_messages_account_id ON outbox_messages (account_id);
