//! The unique rules, by name, so that a caller can tell which of them an insert would have broken.

/// A rule that no two live rows may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Constraint {
    /// Another account has this email address, whatever the case.
    AccountEmail,
    /// Another account is linked to this TRN.
    AccountTrn,
    /// Another account has this mobile number.
    AccountMobile,
    /// Another code of this address and purpose is live.
    LiveOneTimeCode,
    /// Another browser session has this token.
    BrowserSessionToken,
    /// Another grant has this authorization_code.
    /// Another refresh token is the same.
    RefreshToken,
    /// Another key of this algorithm is active.
    ActiveSigningKey,
    /// Another key of this algorithm is pending.
    PendingSigningKey,
    /// Another ticket that asks the same about this account is open.
    OpenTicket,
    /// Another ticket asks for access on behalf of this interaction.
    InteractionTicket,
    /// Another ticket has this reference.
    TicketReference,
    /// The subject of GOV.UK One Login leads to an account already.
    OneLoginSubject,
    /// Another passkey has this credential id.
    PasskeyCredential,
    /// Another request of this subject waits for this account.
    PendingChange,
    /// Another request has this reference.
    ChangeReference,
    /// Another request rests on this file.
    ChangeEvidence,
    /// The id is taken.
    Id,
}

/// The index behind each rule, and its columns: PostgreSQL reports the one, SQLite the other.
const INDEXES: [(Constraint, &str, &str); 17] = [
    (Constraint::AccountEmail, "accounts_email_canonical", "accounts.email_canonical"),
    (Constraint::AccountTrn, "accounts_trn", "accounts.trn"),
    (Constraint::AccountMobile, "accounts_mobile_e164", "accounts.mobile_e164"),
    (Constraint::LiveOneTimeCode, "one_time_codes_live", "one_time_codes.address, one_time_codes.purpose"),
    (Constraint::BrowserSessionToken, "browser_sessions_token_hash", "browser_sessions.token_hash"),
    (Constraint::RefreshToken, "refresh_tokens_token_hash", "refresh_tokens.token_hash"),
    (Constraint::ActiveSigningKey, "signing_keys_active", "signing_keys.algorithm"),
    (Constraint::PendingSigningKey, "signing_keys_pending", "signing_keys.algorithm, signing_keys.state"),
    (Constraint::OpenTicket, "tickets_open", "tickets.account_id"),
    (Constraint::OpenTicket, "tickets_open_deletion", "tickets.account_id"),
    (Constraint::InteractionTicket, "tickets_interaction", "tickets.interaction_id"),
    (Constraint::TicketReference, "tickets_reference", "tickets.reference"),
    (Constraint::OneLoginSubject, "account_one_logins_subject", "account_one_logins.subject"),
    (Constraint::PasskeyCredential, "passkeys_credential_id", "passkeys.credential_id"),
    (Constraint::PendingChange, "change_requests_pending", "change_requests.account_id, change_requests.subject"),
    (Constraint::ChangeReference, "change_requests_reference", "change_requests.reference"),
    (Constraint::ChangeEvidence, "change_requests_evidence", "change_requests.evidence_id"),
];

impl Constraint {
    /// From the name of an index (PostgreSQL). What is no index of ours is a primary key.
    pub(crate) fn of_index(name: &str) -> Constraint {
        INDEXES.iter().find(|(_, index, _)| *index == name).map_or(Constraint::Id, |(rule, ..)| *rule)
    }

    /// From a message such as "UNIQUE constraint failed: accounts.trn" (SQLite).
    pub(crate) fn of_message(message: &str) -> Constraint {
        let columns = message.rsplit_once(": ").map_or("", |(_, columns)| columns);
        INDEXES.iter().find(|(.., listed)| *listed == columns).map_or(Constraint::Id, |(rule, ..)| *rule)
    }
}

impl std::fmt::Display for Constraint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Constraint::AccountEmail => "one live account per email address",
            Constraint::AccountTrn => "one live account per TRN",
            Constraint::AccountMobile => "one live account per mobile number",
            Constraint::LiveOneTimeCode => "one live one-time code per address and purpose",
            Constraint::BrowserSessionToken => "one browser session per token",
            Constraint::RefreshToken => "one row per refresh token",
            Constraint::ActiveSigningKey => "one active signing key per algorithm",
            Constraint::PendingSigningKey => "one pending signing key per algorithm",
            Constraint::OpenTicket => "one open ticket of a kind per account",
            Constraint::InteractionTicket => "one ticket about access per interaction",
            Constraint::TicketReference => "one ticket per reference",
            Constraint::OneLoginSubject => "one account per subject of GOV.UK One Login",
            Constraint::PasskeyCredential => "one passkey per credential id",
            Constraint::PendingChange => "one pending request per account and subject",
            Constraint::ChangeReference => "one request per reference",
            Constraint::ChangeEvidence => "one request per file of evidence",
            Constraint::Id => "one row per id",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;

    /// "index columns" of every unique index that the migrations of a database make and do not drop again.
    fn made(database: &str) -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(database);
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("up.sql"));
        let sql: String =
            files.collect::<BTreeSet<_>>().iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
        let mut made = BTreeMap::new();
        for statement in sql.split(';') {
            if let Some((_, index)) = statement.split_once("DROP INDEX ") {
                made.remove(index.trim());
            }
            if let Some((_, statement)) = statement.split_once("CREATE UNIQUE INDEX ") {
                let (index, on) = statement.split_once(" ON ").unwrap();
                let (table, columns) = on.split_once(" (").unwrap();
                let (columns, _) = columns.split_once(')').unwrap();
                let columns: Vec<String> = columns.split(", ").map(|column| format!("{table}.{column}")).collect();
                made.insert(index.to_owned(), columns.join(", "));
            }
        }
        made.into_iter().map(|(index, columns)| format!("{index} {columns}")).collect()
    }

    #[test]
    fn every_unique_index_has_a_rule_and_every_rule_its_index() {
        let known: BTreeSet<String> = INDEXES.iter().map(|(_, index, columns)| format!("{index} {columns}")).collect();
        assert_eq!(made("sqlite"), known);
        assert_eq!(made("postgres"), known);
        for (rule, index, columns) in INDEXES {
            assert_eq!(Constraint::of_index(index), rule);
            assert_eq!(Constraint::of_message(&format!("UNIQUE constraint failed: {columns}")), rule);
        }
    }

    #[test]
    fn what_is_no_index_of_ours_is_an_id() {
        assert_eq!(Constraint::of_index("accounts_pkey"), Constraint::Id);
        assert_eq!(Constraint::of_message("UNIQUE constraint failed: accounts.id"), Constraint::Id);
    }
}
