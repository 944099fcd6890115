-- What kind of browser a session is of, for its person to know it by.
ALTER TABLE browser_sessions ADD COLUMN device TEXT;
