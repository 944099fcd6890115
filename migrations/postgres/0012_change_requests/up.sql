-- Files of evidence, each written down before it is kept: one that no request names is swept. The file itself is elsewhere.
CREATE TABLE evidence_files (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TIMESTAMP NOT NULL
);

CREATE INDEX evidence_files_created_at ON evidence_files (created_at);

-- Requests to change what a teaching record says, and what support decided.
CREATE TABLE change_requests (
    id TEXT NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    subject TEXT NOT NULL,
    wanted TEXT NOT NULL,
    -- Nothing once the file has outlived its use.
    evidence_id TEXT REFERENCES evidence_files (id),
    evidence_kind TEXT NOT NULL,
    evidence_name TEXT NOT NULL,
    evidence_size INTEGER NOT NULL,
    client_id TEXT,
    created_at TIMESTAMP NOT NULL,
    decision TEXT,
    decided_at TIMESTAMP,
    decided_by TEXT,
    CONSTRAINT change_requests_decided_whole
        CHECK ((decided_at IS NOT NULL) = (decision IS NOT NULL) AND (decided_at IS NOT NULL) = (decided_by IS NOT NULL))
);

CREATE UNIQUE INDEX change_requests_reference ON change_requests (reference);
CREATE UNIQUE INDEX change_requests_evidence ON change_requests (evidence_id);
-- One of a subject waits for each account, whoever asks at the same moment.
CREATE UNIQUE INDEX change_requests_pending ON change_requests (account_id, subject) WHERE decided_at IS NULL;
CREATE INDEX change_requests_created_at ON change_requests (created_at, id);
