-- What a name is found by when it was typed otherwise. The program makes the keys, and makes them again where they are of
-- an older version; 0 is none.
ALTER TABLE accounts ADD COLUMN family_key TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN given_key TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN keys_version INTEGER NOT NULL DEFAULT 0;

CREATE INDEX accounts_likeness ON accounts (date_of_birth, family_key, given_key) WHERE deleted_at IS NULL;
CREATE INDEX accounts_keys_version ON accounts (keys_version, id);
