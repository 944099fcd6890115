//! Rows that this program never writes: each is told by its table, its id and what is wrong, and by nothing that it
//! holds.

use identity::change_request::{ChangeDecision, ChangeRequest};
use identity::email::Email;
use identity::grant::Grant;
use identity::logout_notice::NoticeState;
use identity::one_time_code::CodePurpose;
use identity::outbox::{OutboxMessage, Problem};
use identity::ticket::Decision;
use store::{Db, StoreError};

use super::change_requests::make;
use super::refused_requests::refused;
use crate::sample::{
    access_ticket, account, agent, change_request, client, code, event, full_account, full_record, full_search,
    full_ticket, grant, interaction, message, noon, passkey, session, signing_key, trn,
};
use crate::world::World;

impl World {
    /// For each column: spoils it, reads the row, and mends it again.
    async fn names<T: std::fmt::Debug + Send + 'static>(
        &self,
        (table, id): (&'static str, &str),
        columns: &[&'static str],
        read: impl Fn(&mut Db<'_>) -> Result<T, StoreError> + Clone + Send + 'static,
    ) {
        for column in columns {
            let kept = self.texts(&format!("SELECT {column} AS value FROM {table}")).remove(0);
            self.sql(&format!("UPDATE {table} SET {column} = '\u{1}?'"));
            match self.store.read(read.clone()).await {
                Err(StoreError::Impossible { table: told, id: of, what }) => {
                    assert_eq!((told, of.as_str(), what), (table, id, *column));
                }
                other => panic!("{table}.{column} cannot be, but: {other:?}"),
            }
            self.sql(&format!("UPDATE {table} SET {column} = '{}'", kept.replace('\'', "''")));
        }
        self.store.read(read).await.expect("the row is as it was");
    }
}

pub(crate) async fn an_account_that_cannot_be_is_named(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    let id = jane.id;
    world.does(move |db| db.accounts().create(&jane)).await;
    let columns = [
        "email",
        "mobile_e164",
        "first_name",
        "middle_name",
        "last_name",
        "preferred_name",
        "nino",
        "trn",
        "match_identifiers",
        "registered_with",
    ];
    world.names(("accounts", &id.to_string()), &columns, move |db| db.accounts().by_id(id)).await;
    let address = Email::parse("jane@example.com").unwrap();
    world.sql("UPDATE accounts SET id = 'x'");
    let read = world.store.read(move |db| db.accounts().by_email(&address)).await;
    let error = read.expect_err("it is no id");
    assert_eq!(error.to_string(), "row x of accounts cannot be read: id");
}

pub(crate) async fn half_a_sight_of_a_record_cannot_be(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    let id = jane.id;
    world.does(move |db| db.accounts().create(&jane)).await;
    for column in ["record_date_of_birth", "record_prohibited", "record_seen_at"] {
        world.sql(&format!("UPDATE accounts SET {column} = NULL"));
        let read = world.store.read(move |db| db.accounts().by_id(id)).await;
        let error = read.expect_err(column).to_string();
        assert_eq!(error, format!("row {id} of accounts cannot be read: half of a sight of a teaching record"));
        let jane = full_account(&world.random, "jane@example.com", "1234567");
        world.does(move |db| db.accounts().see_record(id, jane.record_seen.as_ref())).await;
    }
    assert!(world.sees(move |db| db.accounts().by_id(id)).await.is_some());
}

pub(crate) async fn half_of_what_made_a_match_cannot_be(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    let id = jane.id;
    world.does(move |db| db.accounts().create(&jane)).await;
    world.sql("UPDATE accounts SET matched_at = NULL");
    let error = world.store.read(move |db| db.accounts().by_id(id)).await.expect_err("when is not known").to_string();
    assert_eq!(error, format!("row {id} of accounts cannot be read: half of what made a match"));
}

pub(crate) async fn a_search_that_cannot_be_is_named(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let (id, search) = (jane.id, full_search(&jane));
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.record_searches().put(&search)
        })
        .await;
    let read = move |db: &mut Db<'_>| db.record_searches().of_account(id);
    world.names(("record_searches", &id.to_string()), &["stated", "policy"], read).await;
    world.sql("UPDATE record_searches SET unanswered = -1");
    let error = world.store.read(read).await.expect_err("nobody counts below nothing");
    assert_eq!(error.to_string(), format!("row {id} of record_searches cannot be read: unanswered"));
}

pub(crate) async fn half_a_link_to_a_record_cannot_be_stored(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    let joan = account(&world.random, "joan@example.com");
    let (with, without) = (jane.id, joan.id);
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.accounts().create(&joan)
        })
        .await;
    for (change, id) in [
        ("trn = NULL", with),
        ("match_level = NULL", with),
        ("match_policy = NULL", with),
        ("lookup_status = 'Pending'", with),
        ("lookup_status = NULL", with),
        ("lookup_status = 'Lost'", without),
        ("lookup_status = 'Found'", without),
        ("trn = '7654321'", without),
        ("match_level = 'Low'", without),
    ] {
        let refused = world.raw().run(&format!("UPDATE accounts SET {change} WHERE id = '{id}'"));
        let error = refused.expect_err(change).to_string();
        assert!(error.contains("accounts_"), "the rule has a name: {error}");
    }
}

pub(crate) async fn an_interaction_that_cannot_be_is_named(world: World) {
    let interaction = interaction(&world.random);
    let id = interaction.id;
    world
        .does(move |db| {
            db.interactions().create(&interaction)?;
            let outcome = identity::interaction::Outcome::WithoutTrn { account: account_id() };
            db.interactions().finish(&id, 0, "", &outcome)
        })
        .await;
    let read = move |db: &mut Db<'_>| db.interactions().by_id(&id);
    world.names(("interactions", &id.to_string()), &["client_id", "ask", "outcome"], read).await;
}

fn account_id() -> identity::account::AccountId {
    identity::account::AccountId::new(&identity::random::Random::seeded(9))
}

pub(crate) async fn a_one_time_code_that_cannot_be_is_named(world: World) {
    let interaction = interaction(&world.random);
    let code = code(&world.random, &interaction, "jane@example.com");
    let id = interaction.id;
    let read = move |db: &mut Db<'_>| db.one_time_codes().latest(&id, "jane@example.com", CodePurpose::SignIn);
    let uuid = code.id;
    world
        .does(move |db| {
            db.interactions().create(&interaction)?;
            db.one_time_codes().issue(&code)
        })
        .await;
    world.sql("UPDATE one_time_codes SET tries = -1");
    let error = world.store.read(read).await.expect_err("nobody tries less than never");
    assert_eq!(error.to_string(), format!("row {uuid} of one_time_codes cannot be read: tries"));
    world.sql("UPDATE one_time_codes SET tries = 0, id = 'x'");
    let error = world.store.read(read).await.expect_err("it is no id");
    assert_eq!(error.to_string(), "row x of one_time_codes cannot be read: id");
}

pub(crate) async fn a_logout_notice_that_cannot_be_is_named(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let session = session(&world.random, &jane);
    let grant = Grant { session: session.id, ..grant(&world.random, &jane) };
    let (id, of) = (format!("{}.npq", session.id), session.id);
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.browser_sessions().create(&session)?;
            db.grants().create(&grant)?;
            db.browser_sessions().end(of, noon())
        })
        .await;
    let read = move |db: &mut Db<'_>| db.logout_notices().in_states(&[NoticeState::Due], 10);
    world.names(("logout_notices", &id), &["session_id", "client_id"], read).await;
    for column in ["attempts", "last_status"] {
        world.sql(&format!("UPDATE logout_notices SET {column} = -1"));
        let error = world.store.read(read).await.expect_err("nothing counts below nothing");
        assert_eq!(error.to_string(), format!("row {id} of logout_notices cannot be read: {column}"));
        world.sql(&format!("UPDATE logout_notices SET {column} = 0"));
    }
}

pub(crate) async fn a_refused_request_that_cannot_be_is_named(world: World) {
    world.does(|db| db.refused_requests().keep(&refused("12345-67890"))).await;
    let read = |db: &mut Db<'_>| db.refused_requests().by_reference("12345-67890");
    world.names(("refused_requests", "12345-67890"), &["client_id"], read).await;
}

pub(crate) async fn a_browser_session_that_cannot_be_is_named(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let session = session(&world.random, &jane);
    let (id, token) = (session.id.to_string(), session.token.clone());
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.browser_sessions().create(&session)
        })
        .await;
    let read = move |db: &mut Db<'_>| db.browser_sessions().by_token(&token, noon());
    world.names(("browser_sessions", &id), &["methods"], read).await;
}

pub(crate) async fn a_grant_that_cannot_be_is_named(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let grant = grant(&world.random, &jane);
    let id = grant.id;
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.grants().create(&grant)
        })
        .await;
    let columns = ["client_id", "session_id", "scopes", "methods", "claims"];
    world.names(("grants", &id.to_string()), &columns, move |db| db.grants().by_id(id)).await;
}

pub(crate) async fn a_signing_key_that_cannot_be_is_named(world: World) {
    let key = signing_key(&world.random, identity::client::SigningAlgorithm::ES256);
    let id = key.kid.clone();
    world.does(move |db| db.signing_keys().create(&key)).await;
    world.names(("signing_keys", &id), &["algorithm", "state"], |db| db.signing_keys().all()).await;
}

pub(crate) async fn a_message_that_cannot_be_is_named(world: World) {
    let message = message(&world.random);
    let message = OutboxMessage { problem: Some(Problem::NoAnswer), ..message };
    let id = message.id.to_string();
    world.does(move |db| db.outbox().put(&message)).await;
    let columns = ["channel", "state", "problem"];
    world.names(("outbox_messages", &id), &columns, |db| db.outbox().newest_first(1)).await;
}

pub(crate) async fn an_event_that_cannot_be_is_named(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let event = event(&world.random, &jane);
    let id = event.id.to_string();
    world.does(move |db| db.events().record(&event)).await;
    let of_jane = move |db: &mut Db<'_>| db.events().of_account(jane.id, 1);
    world.names(("events", &id), &["detail", "client_id"], of_jane).await;
}

/// A whole TRN says who it is.
pub(crate) async fn a_record_that_cannot_be_is_named_by_the_end_of_its_trn(world: World) {
    world.does(|db| db.records().upsert(&[full_record("1234567")])).await;
    let read = |db: &mut Db<'_>| db.records().by_trn(&trn("1234567"));
    let columns = [
        "first_name",
        "middle_name",
        "last_name",
        "previous_names",
        "nino",
        "emails",
        "training_providers",
        "alerts",
        "merged_into",
    ];
    world.names(("teaching_records", "....567"), &columns, read).await;
    world.sql("UPDATE teaching_records SET training_providers = 'x'");
    let refreshed = world.store.transact(|db| db.records().refresh_training_providers()).await;
    assert!(matches!(refreshed, Err(StoreError::Impossible { table: "teaching_records", .. })), "{refreshed:?}");
}

pub(crate) async fn a_training_provider_that_cannot_be_is_named(world: World) {
    world.sql("INSERT INTO training_providers (name_key, name) VALUES ('leeds', '')");
    let error = world.store.read(|db| db.records().training_providers()).await.expect_err("it has no name");
    assert_eq!(error.to_string(), "row leeds of training_providers cannot be read: name");
}

pub(crate) async fn a_ticket_that_cannot_be_is_named(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let ticket = full_ticket(&world.random, &jane);
    let (id, kept) = (ticket.id, ticket.clone());
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.tickets().raise(&kept)?;
            db.tickets().close(id, &Decision::NoRecord, &agent(), noon())
        })
        .await;
    let columns = [
        "reference",
        "interaction_id",
        "client_id",
        "contact",
        "first_name",
        "middle_name",
        "last_name",
        "preferred_name",
        "stated",
        "verdict",
        "decision",
        "closed_by",
    ];
    world.names(("tickets", &id.to_string()), &columns, move |db| db.tickets().by_id(id)).await;
    world.sql("UPDATE tickets SET id = 'x'");
    let read = world.store.read(move |db| db.tickets().by_reference(&ticket.reference)).await;
    assert_eq!(read.expect_err("it is no id").to_string(), "row x of tickets cannot be read: id");
}

pub(crate) async fn half_a_ticket_cannot_be_stored(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let (search, question) = (full_ticket(&world.random, &jane), access_ticket(&world.random, &jane));
    let (searching, asking) = (search.id, question.id);
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.tickets().raise(&search)?;
            db.tickets().raise(&question)
        })
        .await;
    for (change, id) in [
        ("account_id = NULL", searching),
        ("holder_id = account_id", searching),
        ("kind = 'account_access'", searching),
        ("kind = 'lost'", searching),
        ("holder_id = NULL", asking),
        ("account_id = holder_id", asking),
        ("closed_by = 'Nadia'", asking),
        ("decision = '\"answered\"'", asking),
        ("closed_at = '2026-01-31 12:00:00'", asking),
    ] {
        let refused = world.raw().run(&format!("UPDATE tickets SET {change} WHERE id = '{id}'"));
        let error = refused.expect_err(change).to_string();
        assert!(error.contains("tickets_account_of_kind") || error.contains("tickets_closed_whole"), "{error}");
    }
    let unknown = "UPDATE tickets SET holder_id = 'x' WHERE holder_id IS NOT NULL";
    assert!(world.raw().run(unknown).is_err(), "there is no such account");
}

pub(crate) async fn a_passkey_that_cannot_be_is_named(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let passkey = passkey(&world.random, &jane);
    let (id, key) = (passkey.id, passkey.credential_id.clone());
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            db.passkeys().add(&passkey)
        })
        .await;
    let read = move |db: &mut Db<'_>| db.passkeys().by_credential_id(&key);
    world.names(("passkeys", &id.to_string()), &["name"], read).await;
}

pub(crate) async fn a_change_request_that_cannot_be_is_named(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let request = ChangeRequest { client: Some(client("npq")), ..change_request(&world.random, &jane) };
    let (id, kept) = (request.id, request.clone());
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            make(db, &kept)?;
            db.change_requests().decide(id, ChangeDecision::Rejected, &agent(), noon())
        })
        .await;
    let columns = ["reference", "subject", "wanted", "evidence_kind", "client_id", "decision", "decided_by"];
    let read = move |db: &mut Db<'_>| db.change_requests().by_id(id);
    world.names(("change_requests", &id.to_string()), &columns, read).await;
    for (column, impossible) in [("subject", "'date_of_birth'"), ("evidence_size", "-1")] {
        world.sql(&format!("UPDATE change_requests SET {column} = {impossible}"));
        let error = world.store.read(read).await.expect_err(column);
        assert_eq!(error.to_string(), format!("row {id} of change_requests cannot be read: {column}"));
        world.sql("UPDATE change_requests SET subject = 'official_name', evidence_size = 1");
    }
    world.sql("UPDATE change_requests SET id = 'x'");
    let read = world.store.read(move |db| db.change_requests().by_reference(&request.reference)).await;
    assert_eq!(read.expect_err("it is no id").to_string(), "row x of change_requests cannot be read: id");
}

pub(crate) async fn half_a_decision_about_a_change_cannot_be_stored(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let request = change_request(&world.random, &jane);
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            make(db, &request)
        })
        .await;
    for change in ["decided_by = 'Nadia'", "decision = 'approved'", "decided_at = '2026-01-31 12:00:00'"] {
        let refused = world.raw().run(&format!("UPDATE change_requests SET {change}"));
        let error = refused.expect_err(change).to_string();
        assert!(error.contains("change_requests_decided_whole"), "{error}");
    }
}
