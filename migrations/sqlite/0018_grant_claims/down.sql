ALTER TABLE accounts DROP COLUMN matched_at;
ALTER TABLE accounts DROP COLUMN match_identifiers;
ALTER TABLE grants DROP COLUMN claims;
