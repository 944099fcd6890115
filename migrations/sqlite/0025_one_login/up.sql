-- By which GOV.UK One Login an account is found.
CREATE TABLE account_one_logins (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    linked_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL
);

CREATE UNIQUE INDEX account_one_logins_subject ON account_one_logins (subject);
CREATE INDEX account_one_logins_account_id ON account_one_logins (account_id);

-- A browser that was sent to One Login. The row stays after its answer has come, to find the journey again.
CREATE TABLE one_login_states (
    -- The hash of the parameter `state`.
    id TEXT NOT NULL PRIMARY KEY,
    interaction_id TEXT NOT NULL REFERENCES interactions (id) ON DELETE CASCADE,
    -- What has to be remembered, in sealed JSON; empty once the answer has come.
    sealed TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE INDEX one_login_states_interaction_id ON one_login_states (interaction_id);
CREATE INDEX one_login_states_expires_at ON one_login_states (expires_at);
