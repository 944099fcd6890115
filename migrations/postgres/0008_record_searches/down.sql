DROP TABLE record_finders;
DROP TABLE record_searches;
DROP INDEX accounts_record_seen_at;
ALTER TABLE accounts DROP COLUMN record_seen_at;
ALTER TABLE accounts DROP COLUMN record_prohibited;
ALTER TABLE accounts DROP COLUMN record_date_of_birth;
