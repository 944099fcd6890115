CREATE UNIQUE INDEX grants_code_hash ON grants (code_hash);
