-- What the client asked for by name, in JSON; nothing where it asked for nothing by name.
ALTER TABLE grants ADD COLUMN claims TEXT;

-- Which identifiers agreed with the record that an account is linked to, in JSON, and when. Nothing for the links that were
-- made before this was kept.
ALTER TABLE accounts ADD COLUMN match_identifiers TEXT;
ALTER TABLE accounts ADD COLUMN matched_at TIMESTAMP;
