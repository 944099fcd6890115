-- What the linked record said when it was last seen, and when that was.
ALTER TABLE accounts ADD COLUMN record_date_of_birth DATE;
ALTER TABLE accounts ADD COLUMN record_prohibited BOOLEAN;
ALTER TABLE accounts ADD COLUMN record_seen_at TIMESTAMP;

CREATE INDEX accounts_record_seen_at ON accounts (record_seen_at) WHERE trn IS NOT NULL;

-- A search that found no record, to be repeated with what was stated. It goes when a record is linked.
CREATE TABLE record_searches (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    stated TEXT NOT NULL,
    policy TEXT NOT NULL,
    unanswered INTEGER NOT NULL,
    next_at TIMESTAMP NOT NULL
);

CREATE INDEX record_searches_next_at ON record_searches (next_at);

-- Which records an address has found, the address as a keyed hash.
CREATE TABLE record_finders (
    address_hash TEXT NOT NULL,
    trn TEXT NOT NULL,
    PRIMARY KEY (address_hash, trn)
);
