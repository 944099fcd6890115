DROP INDEX accounts_keys_version;
DROP INDEX accounts_likeness;
ALTER TABLE accounts DROP COLUMN keys_version;
ALTER TABLE accounts DROP COLUMN given_key;
ALTER TABLE accounts DROP COLUMN family_key;
