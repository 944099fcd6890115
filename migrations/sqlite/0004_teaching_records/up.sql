-- The embedded extract of the register of teachers. An import writes these tables and nothing else does, one whole
-- record at a time, so the two tables of look-up keys need no foreign key (an extract has a million records).
CREATE TABLE teaching_records (
    trn TEXT NOT NULL PRIMARY KEY,
    first_name TEXT NOT NULL,
    middle_name TEXT,
    last_name TEXT NOT NULL,
    previous_names TEXT NOT NULL,
    date_of_birth DATE NOT NULL,
    nino TEXT,
    emails TEXT NOT NULL,
    training_providers TEXT NOT NULL,
    qts_date DATE,
    alerts TEXT NOT NULL,
    portal_locked BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    merged_into TEXT
);

CREATE INDEX teaching_records_nino ON teaching_records (nino);

CREATE TABLE teaching_record_names (
    trn TEXT NOT NULL,
    date_of_birth DATE NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (trn, name_key)
) WITHOUT ROWID;

CREATE INDEX teaching_record_names_date_of_birth ON teaching_record_names (date_of_birth, name_key);

CREATE TABLE teaching_record_emails (
    trn TEXT NOT NULL,
    canonical TEXT NOT NULL,
    PRIMARY KEY (trn, canonical)
) WITHOUT ROWID;

CREATE INDEX teaching_record_emails_canonical ON teaching_record_emails (canonical);

CREATE TABLE training_providers (
    -- The name as it is compared: without case, accents, punctuation and spaces.
    name_key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);
