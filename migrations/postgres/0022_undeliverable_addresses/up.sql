-- Addresses from which the last message came back, or that were refused: as keyed hashes, since the list would tell who has one.
CREATE TABLE undeliverable_addresses (
    address_hash TEXT NOT NULL PRIMARY KEY,
    noted_at TIMESTAMP NOT NULL
);

CREATE INDEX undeliverable_addresses_noted_at ON undeliverable_addresses (noted_at);
