CREATE TABLE code_budgets (
    -- A keyed hash: nobody learns from this table whose budget it is.
    key_hash TEXT NOT NULL PRIMARY KEY,
    full_at TIMESTAMP NOT NULL
);

CREATE INDEX code_budgets_full_at ON code_budgets (full_at);
