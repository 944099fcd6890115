ALTER TABLE grants DROP COLUMN resources;
ALTER TABLE grants DROP COLUMN dpop_jkt;
DROP TABLE pushed_requests;
DROP TABLE spent_ids;
