//! The tables, by hand: the same for both databases, which a test holds against what the migrations make.

use diesel::table;

table! {
    accounts (id) {
        id -> Text,
        email -> Text,
        email_canonical -> Text,
        first_name -> Text,
        middle_name -> Nullable<Text>,
        last_name -> Text,
        preferred_name -> Nullable<Text>,
        date_of_birth -> Nullable<Date>,
        nino -> Nullable<Text>,
        mobile_e164 -> Nullable<Text>,
        lookup_status -> Nullable<Text>,
        trn -> Nullable<Text>,
        match_level -> Nullable<Text>,
        match_policy -> Nullable<Text>,
        registered_with -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        last_signed_in_at -> Nullable<Timestamp>,
        deleted_at -> Nullable<Timestamp>,
        record_date_of_birth -> Nullable<Date>,
        record_prohibited -> Nullable<Bool>,
        record_seen_at -> Nullable<Timestamp>,
        family_key -> Text,
        given_key -> Text,
        keys_version -> Integer,
        match_identifiers -> Nullable<Text>,
        matched_at -> Nullable<Timestamp>,
    }
}

table! {
    interactions (id) {
        id -> Text,
        client_id -> Text,
        browser_hash -> Text,
        ask -> Text,
        authorization_request -> Text,
        state -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        outcome -> Nullable<Text>,
        resumed_at -> Nullable<Timestamp>,
    }
}

table! {
    one_time_codes (id) {
        id -> Text,
        interaction_id -> Text,
        address -> Text,
        purpose -> Text,
        code_hash -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        tries -> Integer,
        replaced -> Bool,
        ended_at -> Nullable<Timestamp>,
    }
}

table! {
    code_budgets (key_hash) {
        key_hash -> Text,
        full_at -> Timestamp,
    }
}

table! {
    browser_sessions (id) {
        id -> Text,
        token_hash -> Text,
        account_id -> Text,
        authenticated_at -> Timestamp,
        methods -> Text,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        device -> Nullable<Text>,
    }
}

table! {
    grants (id) {
        id -> Text,
        code_hash -> Text,
        client_id -> Text,
        account_id -> Text,
        session_id -> Text,
        redirect_uri -> Text,
        scopes -> Text,
        nonce -> Nullable<Text>,
        code_challenge -> Nullable<Text>,
        authenticated_at -> Timestamp,
        methods -> Text,
        created_at -> Timestamp,
        code_expires_at -> Timestamp,
        redeemed_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
        dpop_jkt -> Nullable<Text>,
        resources -> Nullable<Text>,
        claims -> Nullable<Text>,
    }
}

table! {
    refresh_tokens (id) {
        id -> Text,
        token_hash -> Text,
        grant_id -> Text,
        parent_id -> Nullable<Text>,
        created_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

table! {
    logout_notices (id) {
        id -> Text,
        session_id -> Text,
        client_id -> Text,
        account_id -> Text,
        created_at -> Timestamp,
        attempts -> Integer,
        last_status -> Nullable<Integer>,
        state -> Text,
        state_at -> Timestamp,
    }
}

table! {
    refused_requests (reference) {
        reference -> Text,
        refused_at -> Timestamp,
        client_id -> Nullable<Text>,
        sealed -> Text,
    }
}

table! {
    signing_keys (kid) {
        kid -> Text,
        algorithm -> Text,
        state -> Text,
        public_jwk -> Text,
        sealed_private_key -> Text,
        created_at -> Timestamp,
        changed_at -> Nullable<Timestamp>,
        due_at -> Nullable<Timestamp>,
    }
}

table! {
    elections (task) {
        task -> Text,
        holder -> Text,
        held_until -> Timestamp,
    }
}

table! {
    outbox_messages (id) {
        id -> Text,
        channel -> Text,
        sealed -> Text,
        created_at -> Timestamp,
        account_id -> Nullable<Text>,
        expires_at -> Nullable<Timestamp>,
        state -> Text,
        state_at -> Timestamp,
        attempts -> Integer,
        problem -> Nullable<Text>,
        reference -> Nullable<Text>,
    }
}

table! {
    events (id) {
        id -> Text,
        happened_at -> Timestamp,
        kind -> Text,
        account_id -> Text,
        client_id -> Nullable<Text>,
        detail -> Text,
    }
}

table! {
    teaching_records (trn) {
        trn -> Text,
        first_name -> Text,
        middle_name -> Nullable<Text>,
        last_name -> Text,
        previous_names -> Text,
        date_of_birth -> Date,
        nino -> Nullable<Text>,
        emails -> Text,
        training_providers -> Text,
        qts_date -> Nullable<Date>,
        alerts -> Text,
        portal_locked -> Bool,
        active -> Bool,
        merged_into -> Nullable<Text>,
    }
}

table! {
    teaching_record_names (trn, name_key) {
        trn -> Text,
        date_of_birth -> Date,
        name_key -> Text,
    }
}

table! {
    teaching_record_emails (trn, canonical) {
        trn -> Text,
        canonical -> Text,
    }
}

table! {
    training_providers (name_key) {
        name_key -> Text,
        name -> Text,
    }
}

table! {
    tickets (id) {
        id -> Text,
        reference -> Text,
        kind -> Text,
        account_id -> Nullable<Text>,
        holder_id -> Nullable<Text>,
        interaction_id -> Nullable<Text>,
        client_id -> Nullable<Text>,
        contact -> Text,
        first_name -> Text,
        middle_name -> Nullable<Text>,
        last_name -> Text,
        preferred_name -> Nullable<Text>,
        stated -> Text,
        claims_qts -> Nullable<Bool>,
        verdict -> Nullable<Text>,
        created_at -> Timestamp,
        decision -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        help_desk_id -> Nullable<Text>,
    }
}

table! {
    evidence_files (id) {
        id -> Text,
        created_at -> Timestamp,
    }
}

table! {
    change_requests (id) {
        id -> Text,
        reference -> Text,
        account_id -> Text,
        subject -> Text,
        wanted -> Text,
        evidence_id -> Nullable<Text>,
        evidence_kind -> Text,
        evidence_name -> Text,
        evidence_size -> Integer,
        client_id -> Nullable<Text>,
        created_at -> Timestamp,
        decision -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
    }
}

table! {
    record_searches (account_id) {
        account_id -> Text,
        stated -> Text,
        policy -> Text,
        unanswered -> Integer,
        next_at -> Timestamp,
    }
}

table! {
    institution_domains (domain) {
        domain -> Text,
    }
}

table! {
    record_finders (address_hash, trn) {
        address_hash -> Text,
        trn -> Text,
    }
}

table! {
    undeliverable_addresses (address_hash) {
        address_hash -> Text,
        noted_at -> Timestamp,
    }
}

table! {
    passkeys (id) {
        id -> Text,
        account_id -> Text,
        credential_id -> Text,
        credential -> Text,
        name -> Text,
        created_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
    }
}

table! {
    passkey_ceremonies (id) {
        id -> Text,
        owner -> Text,
        state -> Text,
        expires_at -> Timestamp,
    }
}

table! {
    account_one_logins (id) {
        id -> Text,
        subject -> Text,
        account_id -> Text,
        linked_at -> Timestamp,
        last_used_at -> Timestamp,
    }
}

table! {
    one_login_states (id) {
        id -> Text,
        interaction_id -> Text,
        sealed -> Text,
        expires_at -> Timestamp,
    }
}

table! {
    spent_ids (id) {
        id -> Text,
        expires_at -> Timestamp,
    }
}

table! {
    pushed_requests (id) {
        id -> Text,
        client_id -> Text,
        authorization_request -> Text,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(teaching_records, teaching_record_names);
diesel::allow_tables_to_appear_in_same_query!(teaching_records, teaching_record_emails);
diesel::allow_tables_to_appear_in_same_query!(evidence_files, change_requests);
diesel::allow_tables_to_appear_in_same_query!(grants, refresh_tokens);
diesel::allow_tables_to_appear_in_same_query!(accounts, grants);
diesel::allow_tables_to_appear_in_same_query!(accounts, browser_sessions);
