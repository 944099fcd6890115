DROP TABLE elections;
DROP INDEX signing_keys_pending;
ALTER TABLE signing_keys DROP COLUMN due_at;
ALTER TABLE signing_keys DROP COLUMN changed_at;
