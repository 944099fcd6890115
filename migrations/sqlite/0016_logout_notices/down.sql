DROP INDEX grants_session_id;
DROP TABLE logout_notices;
