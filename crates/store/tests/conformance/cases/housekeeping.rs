//! Housekeeping: rows of five ages, of which the oldest three die, two at a time.

use identity::browser_session::BrowserSession;
use identity::budget::Rate;
use identity::grant::Grant;
use identity::interaction::Interaction;
use identity::one_time_code::OneTimeCode;
use identity::outbox::{OutboxMessage, OutboxState};
use identity::passkey::Ceremony;
use identity::pushed_request::PushedRequest;
use identity::refused_request::RefusedRequest;
use store::{Housekeeping, StoreError};

use super::refused_requests::refused;
use crate::sample::{
    account, ceremony, code, grant, hashed, interaction, message, noon, pushed_request, seconds, session,
};
use crate::world::World;

/// Youngest first, so that the order of writing is not that of dying.
const AGES: [i64; 5] = [0, 1, 2, 3, 4];
/// Whoever is older than this dies; who is just as old lives.
const OLD: i64 = 1;

impl World {
    async fn deletes(
        &self,
        what: impl Fn(&mut Housekeeping<'_>) -> Result<usize, StoreError> + Copy + Send + 'static,
        table: &str,
    ) {
        for (deleted, left) in [(2, 3), (1, 2), (0, 2)] {
            assert_eq!(self.does(move |db| what(&mut db.housekeeping())).await, deleted);
            assert_eq!(self.count(table), left);
        }
    }
}

pub(crate) async fn interactions_die_by_age_with_their_codes_and_in_batches(world: World) {
    let rows = AGES.map(|age| {
        let row = Interaction { created_at: noon() - seconds(age), ..interaction(&world.random) };
        let code = code(&world.random, &row, &format!("jane{age}@example.com"));
        (row, code)
    });
    world
        .does(move |db| {
            rows.iter().try_for_each(|(row, code)| {
                db.interactions().create(row)?;
                db.one_time_codes().issue(code)
            })
        })
        .await;
    world.deletes(|housekeeping| housekeeping.delete_interactions(noon() - seconds(OLD), 2), "interactions").await;
    let codes = world.texts("SELECT address AS value FROM one_time_codes ORDER BY address");
    assert_eq!(codes, ["jane0@example.com", "jane1@example.com"]);
}

pub(crate) async fn one_time_codes_die_by_age_and_in_batches(world: World) {
    let interaction = interaction(&world.random);
    let codes = AGES.map(|age| OneTimeCode {
        created_at: noon() - seconds(age),
        ..code(&world.random, &interaction, &format!("jane{age}@example.com"))
    });
    world
        .does(move |db| {
            db.interactions().create(&interaction)?;
            codes.iter().try_for_each(|code| db.one_time_codes().issue(code))
        })
        .await;
    world.deletes(|housekeeping| housekeeping.delete_one_time_codes(noon() - seconds(OLD), 2), "one_time_codes").await;
    assert_eq!(world.count("interactions"), 1);
}

pub(crate) async fn browser_sessions_die_some_time_after_they_expired_and_in_batches(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let sessions =
        AGES.map(|age| BrowserSession { expires_at: noon() - seconds(age), ..session(&world.random, &jane) });
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            sessions.iter().try_for_each(|session| db.browser_sessions().create(session))
        })
        .await;
    world
        .deletes(|housekeeping| housekeeping.delete_browser_sessions(noon() - seconds(OLD), 2), "browser_sessions")
        .await;
    assert_eq!(world.count("accounts"), 1);
}

pub(crate) async fn grants_die_by_age_and_in_batches(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let grants = AGES.map(|age| Grant { created_at: noon() - seconds(age), ..grant(&world.random, &jane) });
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            grants.iter().try_for_each(|grant| db.grants().create(grant))
        })
        .await;
    world.deletes(|housekeeping| housekeeping.delete_grants(noon() - seconds(OLD), 2), "grants").await;
}

pub(crate) async fn messages_die_by_age_and_in_batches(world: World) {
    let messages = AGES.map(|age| OutboxMessage { created_at: noon() - seconds(age), ..message(&world.random) });
    world.does(move |db| messages.iter().try_for_each(|message| db.outbox().put(message))).await;
    world
        .deletes(|housekeeping| housekeeping.delete_outbox_messages(noon() - seconds(OLD), 2), "outbox_messages")
        .await;
}

pub(crate) async fn messages_that_were_taken_die_sooner_than_the_others(world: World) {
    let states = OutboxState::ALL.map(|state| OutboxMessage { state, ..message(&world.random) });
    let old = states.map(|message| OutboxMessage { state_at: noon() - seconds(OLD + 1), ..message });
    let lately =
        OutboxMessage { created_at: noon() - seconds(OLD + 1), state: OutboxState::Carried, ..message(&world.random) };
    world.does(move |db| old.iter().chain([&lately]).try_for_each(|message| db.outbox().put(message))).await;
    let deleted = world.does(|db| db.housekeeping().delete_carried_messages(noon() - seconds(OLD), 10)).await;
    assert_eq!(deleted, 2);
    let left = world.sees(|db| db.outbox().newest_first(10)).await;
    let taken = |message: &&OutboxMessage| [OutboxState::Carried, OutboxState::Arrived].contains(&message.state);
    assert_eq!(left.iter().filter(taken).count(), 1, "who took one lately has it here still");
    assert_eq!(left.len(), 4);
}

pub(crate) async fn logout_notices_die_by_age_and_in_batches(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let sessions = AGES.map(|age| (session(&world.random, &jane), noon() - seconds(age)));
    let grants = sessions.each_ref().map(|(session, _)| Grant { session: session.id, ..grant(&world.random, &jane) });
    world
        .does(move |db| {
            db.accounts().create(&jane)?;
            grants.iter().try_for_each(|grant| db.grants().create(grant))?;
            sessions.iter().try_for_each(|(session, at)| {
                db.browser_sessions().create(session)?;
                db.browser_sessions().end(session.id, *at)
            })
        })
        .await;
    world.deletes(|housekeeping| housekeeping.delete_logout_notices(noon() - seconds(OLD), 2), "logout_notices").await;
}

pub(crate) async fn refused_requests_die_by_age_and_in_batches(world: World) {
    let rows = AGES.map(|age| {
        let reference = format!("00000-0000{age}");
        RefusedRequest { at: noon() - seconds(age), ..refused(&reference) }
    });
    world.does(move |db| rows.iter().try_for_each(|row| db.refused_requests().keep(row))).await;
    let delete = |housekeeping: &mut Housekeeping<'_>| housekeeping.delete_refused_requests(noon() - seconds(OLD), 2);
    world.deletes(delete, "refused_requests").await;
}

pub(crate) async fn challenges_for_passkeys_die_some_time_after_they_expired_and_in_batches(world: World) {
    let rows = AGES.map(|age| Ceremony { expires_at: noon() - seconds(age), ..ceremony(&world.random) });
    world.does(move |db| rows.iter().try_for_each(|row| db.passkey_ceremonies().begin(row))).await;
    let delete = |housekeeping: &mut Housekeeping<'_>| housekeeping.delete_passkey_ceremonies(noon() - seconds(OLD), 2);
    world.deletes(delete, "passkey_ceremonies").await;
}

pub(crate) async fn spent_ids_and_pushed_requests_die_some_time_after_they_expired_and_in_batches(world: World) {
    let rows = AGES.map(|age| PushedRequest { expires_at: noon() - seconds(age), ..pushed_request(&world.random) });
    world
        .does(move |db| {
            rows.iter().try_for_each(|row| {
                db.spent_ids().spend(&row.reference, row.expires_at)?;
                db.pushed_requests().create(row)
            })
        })
        .await;
    world.deletes(|housekeeping| housekeeping.delete_spent_ids(noon() - seconds(OLD), 2), "spent_ids").await;
    let delete = |housekeeping: &mut Housekeeping<'_>| housekeeping.delete_pushed_requests(noon() - seconds(OLD), 2);
    world.deletes(delete, "pushed_requests").await;
}

pub(crate) async fn code_budgets_die_when_they_are_whole_and_in_batches(world: World) {
    // One in a second: taken at noon, less its age and the second, it is whole at noon less its age.
    let rate = Rate::new(1, seconds(1)).unwrap();
    let budgets = AGES.map(|age| (hashed(&world.random), noon() - seconds(age + 1)));
    world
        .does(move |db| {
            budgets.into_iter().try_for_each(|(key, at)| db.code_budgets().take(&[(key, rate)], at).map(drop))
        })
        .await;
    world.deletes(|housekeeping| housekeeping.delete_code_budgets(noon() - seconds(OLD), 2), "code_budgets").await;
}
