-- One person's sign-in with us. A deleted account keeps its row, and gives up its address, TRN and number.
CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    -- As typed, for display; every comparison goes by the canonical form.
    email TEXT NOT NULL,
    email_canonical TEXT NOT NULL,
    first_name TEXT NOT NULL,
    middle_name TEXT,
    last_name TEXT NOT NULL,
    preferred_name TEXT,
    date_of_birth DATE,
    nino TEXT,
    mobile_e164 TEXT,
    lookup_status TEXT CONSTRAINT accounts_lookup_status
        CHECK (lookup_status IN ('None', 'Pending', 'Found', 'Failed')),
    trn TEXT,
    match_level TEXT CONSTRAINT accounts_match_level CHECK (match_level IN ('Low', 'Medium')),
    match_policy TEXT,
    registered_with TEXT,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    last_signed_in_at TIMESTAMP,
    deleted_at TIMESTAMP,
    CONSTRAINT accounts_trn_when_found
        CHECK ((trn IS NOT NULL) = (lookup_status IS NOT NULL AND lookup_status = 'Found')),
    CONSTRAINT accounts_link_whole
        CHECK ((trn IS NOT NULL) = (match_level IS NOT NULL) AND (trn IS NOT NULL) = (match_policy IS NOT NULL))
);

CREATE UNIQUE INDEX accounts_email_canonical ON accounts (email_canonical) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX accounts_trn ON accounts (trn) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX accounts_mobile_e164 ON accounts (mobile_e164) WHERE deleted_at IS NULL;
