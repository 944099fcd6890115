DROP TABLE signing_keys;
DROP TABLE grants;
DROP TABLE browser_sessions;
DROP TABLE one_time_codes;
DROP TABLE interactions;
