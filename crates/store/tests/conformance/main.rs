//! What the store promises, on both databases: one list of cases, each run on SQLite and on PostgreSQL. What concerns
//! one database alone, or both at once, stands in a module of its own.
//!
//! PostgreSQL is found in TEST_POSTGRES_URL; `scripts/with-postgres.sh` gives one and takes it away again.

mod alone;
mod cases;
mod durability;
mod migrations;
mod plans;
mod sample;
mod world;

/// Makes two tests of every case. Clippy finds a case that is not listed: nobody calls it.
macro_rules! on_both_databases {
    ($($module:ident: $($case:ident)*;)*) => {
        on_both_databases!(@on sqlite: $($module: $($case)*;)*);
        on_both_databases!(@on postgres: $($module: $($case)*;)*);
    };
    (@on $database:ident: $($module:ident: $($case:ident)*;)*) => {
        mod $database {
            $(mod $module {
                $(#[tokio::test]
                async fn $case() {
                    crate::cases::$module::$case(crate::world::World::$database().await).await;
                })*
            })*
        }
    };
}

on_both_databases! {
    accounts:
        an_account_comes_back_as_it_was_written
        an_account_is_found_by_its_id_its_address_and_its_trn_and_by_no_other
        an_address_is_found_whatever_the_case_of_its_letters
        an_address_is_taken_whatever_the_case_of_its_letters
        a_trn_is_taken_by_one_account
        any_number_of_accounts_have_no_trn
        a_mobile_number_is_taken_by_one_account_and_many_have_none
        an_account_is_found_by_its_mobile_number_until_it_is_dropped
        an_id_is_taken_by_one_account
        a_deleted_account_is_found_by_nobody_and_gives_up_what_it_held
        two_people_who_take_one_address_at_once_make_one_account
        a_sign_in_is_recorded
        a_search_that_found_a_record_is_written_down
        a_search_that_found_nothing_leaves_the_nino_that_is_kept
        a_search_that_found_the_record_of_another_account_changes_nothing
        a_deleted_account_is_not_settled
        a_record_that_support_found_is_linked_with_its_name
        a_record_is_assigned_to_an_account_without_one_alone
        a_record_of_another_account_is_not_assigned
        a_record_is_denied_to_an_account_without_one_alone
        a_level_is_raised_for_the_record_that_is_linked_alone
        a_level_never_falls
        what_was_seen_of_a_record_is_noted_and_forgotten
        accounts_whose_record_was_not_seen_lately_come_by_their_ids_and_in_pages
        each_detail_is_changed_alone
        a_change_of_nothing_is_no_change
        an_address_of_another_account_is_not_changed_to
        a_deleted_account_is_not_changed;
    browser_sessions:
        a_session_comes_back_as_it_was_written
        a_session_is_not_found_once_it_has_expired
        a_session_is_not_found_once_it_has_ended_and_keeps_the_time_at_which_it_did
        the_sessions_of_one_proof_end_and_no_other
        a_session_is_live_until_it_expires_or_ends
        a_token_belongs_to_one_session
        a_session_belongs_to_an_account;
    code_budgets:
        a_budget_is_counted_until_it_is_spent_and_comes_back
        budgets_are_taken_together_or_not_at_all
        the_first_budget_that_is_spent_is_named_and_the_latest_time_at_which_all_have_room
        a_refusal_changes_nothing
        a_budget_that_many_take_from_at_once_never_gives_more_than_it_has
        budgets_that_many_take_from_in_any_order_hold_up_nobody
        a_budget_that_is_deleted_while_many_take_from_it_never_gives_more_than_it_has
        what_is_counted_goes_with_a_transaction_that_fails;
    events:
        an_event_comes_back_as_it_was_recorded
        the_events_of_an_account_come_newest_first_and_no_more_than_asked_for
        an_event_is_recorded_once;
    grants:
        a_grant_comes_back_as_it_was_written
        a_grant_without_a_nonce_and_a_challenge_comes_back_without
        an_authorization_code_is_redeemed_once
        an_authorization_code_that_many_redeem_at_once_is_redeemed_once
        a_revoked_grant_is_not_redeemed_and_keeps_the_time_at_which_it_was_revoked
        an_authorization_code_belongs_to_one_grant;
    housekeeping:
        interactions_die_by_age_with_their_codes_and_in_batches
        one_time_codes_die_by_age_and_in_batches
        browser_sessions_die_some_time_after_they_expired_and_in_batches
        grants_die_by_age_and_in_batches
        messages_die_by_age_and_in_batches
        code_budgets_die_when_they_are_whole_and_in_batches;
    institution_domains:
        a_domain_that_is_there_already_is_passed_over
        a_domain_is_known_itself_and_nothing_under_it_or_above
        more_domains_than_one_statement_takes_are_inserted
        domains_that_two_import_at_once_are_there_once
        an_address_is_personal_shared_or_an_institutions;
    interactions:
        an_interaction_comes_back_as_it_was_written
        a_state_is_saved_by_who_read_the_last_version
        a_lost_update_is_detected_and_the_retry_works
        an_interaction_that_has_ended_takes_no_other_state
        an_outcome_of_each_kind_comes_back
        an_outcome_is_taken_up_once_and_not_before_it_is_there
        an_outcome_that_many_take_up_at_once_is_taken_up_once;
    likeness:
        an_account_is_alike_by_its_date_of_birth_and_its_name_however_that_was_typed
        at_most_five_accounts_are_alike_and_who_signed_in_last_comes_first
        a_deleted_account_and_one_without_a_date_of_birth_are_like_nobody
        an_account_is_found_by_the_name_that_it_has_now_whoever_wrote_it
        a_search_for_letters_in_another_order_finds_nobody
        keys_of_an_older_version_are_made_again_and_no_others
        keys_that_several_servers_make_again_at_once_are_made
        a_name_that_cannot_be_keeps_no_server_from_starting;
    one_time_codes:
        a_code_comes_back_as_it_was_issued
        the_latest_code_is_that_of_its_journey_and_its_address
        a_new_code_ends_the_live_one_of_its_address_whichever_journey_that_was_sent_for
        codes_that_many_issue_at_once_leave_one_live
        tries_are_counted_until_the_budget_is_spent
        tries_that_many_make_at_once_stay_within_the_budget
        a_code_is_used_once
        a_code_that_many_use_at_once_is_used_once
        a_code_that_a_newer_one_ended_cannot_be_used
        a_code_is_replaced_once
        a_code_belongs_to_an_interaction;
    outbox:
        a_message_comes_back_as_it_was_put
        messages_come_newest_first_and_no_more_than_asked_for
        a_message_is_kept_with_the_fact_that_caused_it_or_not_at_all
        a_message_is_put_once;
    record_finders:
        an_address_has_found_another_record_once_it_has_found_two
        a_record_that_is_found_again_is_noted_once_and_the_transaction_goes_on
        a_record_that_many_find_at_once_is_noted_once;
    record_searches:
        a_search_comes_back_as_it_was_put
        an_account_has_one_search_and_the_last_counts
        searches_that_many_put_at_once_leave_one
        searches_are_due_from_their_time_on_those_that_have_waited_longest_first
        a_search_is_put_off_by_who_read_it_last
        a_search_that_many_put_off_at_once_is_put_off_once
        a_search_that_has_ended_is_due_no_more
        a_search_belongs_to_an_account;
    records:
        a_record_comes_back_as_it_was_imported
        a_second_import_replaces_what_changed_and_writes_nothing_else
        a_record_that_changed_is_found_by_what_it_holds_now_and_by_nothing_else
        more_records_than_one_statement_takes_are_imported
        the_training_providers_are_those_that_the_records_name
        a_candidate_is_found_by_each_identifier_that_a_match_can_rest_on
        a_candidate_is_found_by_a_previous_name
        a_record_is_found_by_the_trn_of_one_that_was_merged_into_it
        a_name_alone_and_a_date_of_birth_alone_find_nobody
        a_value_that_many_records_share_finds_those_that_agree_on_another
        the_candidates_lead_to_the_verdict_that_all_records_would_lead_to
        the_store_is_a_source_of_records
        a_portal_account_is_unlocked_and_nothing_else_changes;
    signing_keys:
        a_key_comes_back_as_it_was_made
        keys_come_oldest_first
        an_algorithm_has_one_active_key
        keys_that_two_servers_make_at_once_end_as_one_set;
    tickets:
        a_ticket_comes_back_as_it_was_raised
        an_account_has_one_open_search_and_who_raises_another_is_given_that_one
        searches_that_many_raise_at_once_leave_one_ticket_that_all_are_given
        an_interaction_asks_about_access_once_whether_or_not_that_was_answered
        questions_that_many_ask_at_once_leave_one_ticket
        a_reference_belongs_to_one_ticket
        each_decision_closes_a_ticket_and_comes_back
        the_first_who_closes_a_ticket_decides_it
        a_ticket_that_many_close_at_once_is_closed_once
        tickets_come_newest_first_in_pages_and_the_open_ones_alone;
    times:
        a_time_is_kept_to_the_microsecond
        times_are_compared_to_the_microsecond;
    transactions:
        a_transaction_that_fails_leaves_nothing
        a_transaction_that_panics_leaves_nothing_and_the_store_goes_on
        a_transaction_goes_on_after_a_broken_rule
        a_read_writes_nothing
        a_read_sees_one_state
        a_read_does_not_wait_for_a_transaction
        a_transaction_may_run_on_the_thread_that_asks_for_it
        a_transaction_that_reads_first_may_write_although_another_server_writes_too
        more_transactions_than_connections_are_all_done
        who_waits_too_long_for_a_connection_is_told_that_the_database_is_unavailable;
    rows_that_cannot_be:
        an_account_that_cannot_be_is_named
        half_a_link_to_a_record_cannot_be_stored
        half_a_sight_of_a_record_cannot_be
        a_search_that_cannot_be_is_named
        an_interaction_that_cannot_be_is_named
        a_one_time_code_that_cannot_be_is_named
        a_browser_session_that_cannot_be_is_named
        a_grant_that_cannot_be_is_named
        a_signing_key_that_cannot_be_is_named
        a_message_that_cannot_be_is_named
        an_event_that_cannot_be_is_named
        a_record_that_cannot_be_is_named_by_the_end_of_its_trn
        a_training_provider_that_cannot_be_is_named
        a_ticket_that_cannot_be_is_named
        half_a_ticket_cannot_be_stored;
}
