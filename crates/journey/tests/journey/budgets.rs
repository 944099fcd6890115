use chrono::Duration;
use identity::budget::Rate;
use journey::{CodeBudgets, Rates};

use crate::world::{Person, Seen, World, budgets, other_than};

const ASHA: &str = "asha@example.com";

/// So many in an hour.
fn rate(burst: u32) -> Rate {
    Rate::new(burst, Duration::hours(1)).unwrap()
}

async fn sending(change: impl FnOnce(&mut Rates)) -> World {
    let mut budgets = budgets();
    change(&mut budgets.sending);
    World::with(budgets).await
}

async fn trying(change: impl FnOnce(&mut Rates)) -> World {
    let mut budgets = budgets();
    change(&mut budgets.trying);
    World::with(budgets).await
}

impl World {
    /// A stranger on the network of this number, in a journey of their own.
    async fn stranger(&self, network: u8) -> Person<'_> {
        let mut stranger = self.person_from("optional").await;
        stranger.network = [198, 51, network, 1];
        stranger
    }

    async fn waits(&self, seen: &Seen) {
        self.clock.advance(Duration::seconds(seen.retry_after.expect("it is said when to come back")));
    }
}

impl Person<'_> {
    async fn asks_for_a_code(&self, email: &str) -> Seen {
        // Not a double click.
        self.world.clock.advance(Duration::seconds(6));
        self.answers("email", &[("email", email)]).await
    }

    async fn tries_wrongly(&self) -> Seen {
        let sent = self.world.mailbox().await;
        let newest = sent[0].one_time_code.as_deref().unwrap();
        self.answers("email-code", &[("one_time_code", other_than(newest))]).await
    }
}

impl Seen {
    /// Past the budget for sending; so many minutes are left.
    #[track_caller]
    fn refuses_to_send(self, minutes: i64) -> Seen {
        let seen = self.says(429, "We cannot send you a code yet").says(429, &format!("in {minutes} minute"));
        assert_eq!(minutes, (seen.retry_after.unwrap() + 59) / 60);
        seen
    }

    /// Past the budget for trying; so many minutes are left.
    #[track_caller]
    fn refuses_to_look(self, minutes: i64) -> Seen {
        let seen = self.says(429, "You cannot enter a code yet").says(429, &format!("in {minutes} minute"));
        assert_eq!(minutes, (seen.retry_after.unwrap() + 59) / 60);
        seen
    }
}

#[actix_web::test]
async fn an_address_gets_so_many_codes_whoever_asks_and_wherever() {
    let world = sending(|rates| rates.address = rate(3)).await;
    for network in 1..=3 {
        world.stranger(network).await.asks_for_a_code(ASHA).await.leads_to("email-code");
    }
    world.stranger(4).await.asks_for_a_code("ASHA@example.com").await.refuses_to_send(20);
    assert_eq!(world.mailbox().await.len(), 3);
    world.stranger(4).await.asks_for_a_code("gareth@example.com").await.leads_to("email-code");
}

#[actix_web::test]
async fn what_was_answered_is_kept_when_no_code_can_be_sent_yet_and_the_way_on_is_on_the_page() {
    let world = sending(|rates| rates.address = rate(1)).await;
    world.stranger(1).await.asks_for_a_code(ASHA).await.leads_to("email-code");
    let asha = world.person_from("optional").await;
    let refused = asha.asks_for_a_code(ASHA).await.refuses_to_send(60);
    let code_page = asha.address("email-code");
    let refused = refused.says(429, &format!("action=\"{code_page}\"")).says(429, &format!("href=\"{code_page}\""));
    asha.visits("").await.leads_to("email-code");
    asha.visits("email").await.says(200, ASHA);
    asha.answers("email-code", &[("resend", "true")]).await.refuses_to_send(60);
    world.waits(&refused).await;
    asha.answers("email-code", &[("resend", "true")]).await.leads_to("email-code");
    asha.types_the_code("email-code", ASHA).await.leads_to("mobile");
}

#[actix_web::test]
async fn a_journey_gets_so_many_codes_to_whatever_addresses() {
    let world = sending(|rates| rates.journey = rate(3)).await;
    let stranger = world.stranger(1).await;
    for number in 1..=3 {
        stranger.asks_for_a_code(&format!("person{number}@example.com")).await.leads_to("email-code");
    }
    stranger.asks_for_a_code(ASHA).await.refuses_to_send(20);
    world.stranger(1).await.asks_for_a_code(ASHA).await.leads_to("email-code");
}

#[actix_web::test]
async fn a_network_gets_so_many_codes_whatever_the_journeys_and_addresses() {
    let world = sending(|rates| rates.prefix = rate(3)).await;
    for number in 1..=3 {
        let mut stranger = world.stranger(1).await;
        stranger.network[3] = number;
        stranger.asks_for_a_code(&format!("person{number}@example.com")).await.leads_to("email-code");
    }
    world.stranger(1).await.asks_for_a_code(ASHA).await.refuses_to_send(20);
    world.stranger(2).await.asks_for_a_code(ASHA).await.leads_to("email-code");
}

#[actix_web::test]
async fn everybody_together_gets_so_many_codes() {
    let world = sending(|rates| rates.global = rate(3)).await;
    for number in 1..=3 {
        let stranger = world.stranger(number).await;
        stranger.asks_for_a_code(&format!("person{number}@example.com")).await.leads_to("email-code");
    }
    world.stranger(4).await.asks_for_a_code(ASHA).await.refuses_to_send(20);
}

#[actix_web::test]
async fn a_double_click_costs_no_budget() {
    let world = sending(|rates| rates.address = rate(1)).await;
    let asha = world.person_from("optional").await;
    asha.asks_for_a_code(ASHA).await.leads_to("email-code");
    asha.answers("email", &[("email", ASHA)]).await.leads_to("email-code");
    asha.asks_for_a_code(ASHA).await.refuses_to_send(60);
}

#[actix_web::test]
async fn a_code_that_expired_is_replaced_only_when_one_may_be_sent() {
    let world = sending(|rates| rates.address = rate(1)).await;
    let asha = world.person_from("optional").await;
    asha.asks_for_a_code(ASHA).await.leads_to("email-code");
    let old = asha.code(ASHA).await;
    world.clock.advance(Duration::minutes(10));
    let refused = asha.answers("email-code", &[("one_time_code", &old)]).await.refuses_to_send(50);
    assert_eq!(world.mailbox().await.len(), 1);
    world.waits(&refused).await;
    asha.answers("email-code", &[("one_time_code", &old)]).await.says(400, "we have sent you a new one");
    asha.types_the_code("email-code", ASHA).await.leads_to("mobile");
}

#[actix_web::test]
async fn codes_for_an_address_are_looked_at_so_often_and_then_not_even_the_right_one_until_the_time_that_is_told() {
    let world = trying(|rates| rates.address = rate(4)).await;
    for network in 1..=4 {
        let thief = world.stranger(network).await;
        thief.asks_for_a_code(ASHA).await.leads_to("email-code");
        thief.tries_wrongly().await.says(400, "not the one that we sent");
    }
    let asha = world.person_from("optional").await;
    asha.asks_for_a_code(ASHA).await.leads_to("email-code");
    let refused = asha.types_the_code("email-code", ASHA).await.refuses_to_look(15);
    let refused = refused.says(429, &format!("href=\"{}\"", asha.address("email-code")));
    assert!(refused.known_browser.is_none());
    world.waits(&refused).await;
    asha.answers("email-code", &[("resend", "true")]).await.leads_to("email-code");
    asha.types_the_code("email-code", ASHA).await.leads_to("mobile");
}

#[actix_web::test]
async fn asking_again_and_again_past_a_budget_does_not_put_off_the_time_that_is_told() {
    let world = trying(|rates| rates.address = rate(1)).await;
    let thief = world.stranger(1).await;
    thief.asks_for_a_code(ASHA).await.leads_to("email-code");
    thief.tries_wrongly().await.says(400, "not the one that we sent");
    for minute in (1..60).rev() {
        world.clock.advance(Duration::minutes(1));
        thief.tries_wrongly().await.refuses_to_look(minute);
    }
}

#[actix_web::test]
async fn a_journey_may_try_so_often_whatever_the_addresses() {
    let world = trying(|rates| rates.journey = rate(3)).await;
    let thief = world.stranger(1).await;
    for number in 1..=3 {
        thief.asks_for_a_code(&format!("person{number}@example.com")).await.leads_to("email-code");
        thief.tries_wrongly().await.says(400, "not the one that we sent");
    }
    thief.asks_for_a_code(ASHA).await.leads_to("email-code");
    thief.types_the_code("email-code", ASHA).await.refuses_to_look(20);
    let asha = world.person_from("optional").await;
    asha.proves(ASHA).await.leads_to("official-name");
}

#[actix_web::test]
async fn a_network_may_try_so_often_whatever_the_journeys_and_addresses() {
    let world = trying(|rates| rates.prefix = rate(3)).await;
    for number in 1..=3 {
        let thief = world.stranger(1).await;
        thief.asks_for_a_code(&format!("person{number}@example.com")).await.leads_to("email-code");
        thief.tries_wrongly().await.says(400, "not the one that we sent");
    }
    let beside = world.stranger(1).await;
    beside.asks_for_a_code(ASHA).await.leads_to("email-code");
    beside.types_the_code("email-code", ASHA).await.refuses_to_look(20);
    world.stranger(2).await.proves(ASHA).await.leads_to("official-name");
}

#[actix_web::test]
async fn everybody_together_may_try_so_often() {
    let world = trying(|rates| rates.global = rate(3)).await;
    for number in 1..=3 {
        let thief = world.stranger(number).await;
        thief.asks_for_a_code(&format!("person{number}@example.com")).await.leads_to("email-code");
        thief.tries_wrongly().await.says(400, "not the one that we sent");
    }
    let asha = world.person_from("optional").await;
    asha.asks_for_a_code(ASHA).await.leads_to("email-code");
    asha.types_the_code("email-code", ASHA).await.refuses_to_look(20);
}

#[actix_web::test]
async fn a_code_that_is_none_costs_no_budget() {
    let world = trying(|rates| rates.address = rate(1)).await;
    let asha = world.person_from("optional").await;
    asha.asks_for_a_code(ASHA).await.leads_to("email-code");
    for typed in ["", "abc", "12345", "1234567"] {
        asha.answers("email-code", &[("one_time_code", typed)]).await.says(400, "error-message");
    }
    asha.types_the_code("email-code", ASHA).await.leads_to("mobile");
}

/// One of everything that strangers share, and more of what is one's own.
fn little_for_strangers() -> CodeBudgets {
    let rates = Rates { address: rate(1), prefix: rate(1), global: rate(1), known_browser: rate(3), journey: rate(10) };
    CodeBudgets { sending: rates, trying: rates, ..budgets() }
}

/// Somebody who proved the address a while ago, and comes back in the same browser.
async fn known_browser(world: &World) -> Person<'_> {
    let before = world.person_from("optional").await;
    before.answers("email", &[("email", ASHA)]).await.leads_to("email-code");
    let cookie = before.types_the_code("email-code", ASHA).await.leads_to("mobile").known_browser;
    let mut asha = world.person_from("optional").await;
    asha.known_browser = Some(cookie.expect("whoever proves an address is known from then on"));
    world.clock.advance(Duration::hours(1));
    asha
}

#[actix_web::test]
async fn who_spends_the_budgets_of_strangers_keeps_nobody_out_of_a_browser_that_is_known() {
    let world = World::with(little_for_strangers()).await;
    let asha = known_browser(&world).await;
    let mut thief = world.stranger(1).await;
    // Even from the room next door.
    thief.network = asha.network;
    thief.asks_for_a_code(ASHA).await.leads_to("email-code");
    thief.tries_wrongly().await.says(400, "not the one that we sent");
    thief.tries_wrongly().await.refuses_to_look(60);
    thief.asks_for_a_code(ASHA).await.refuses_to_send(60);
    asha.proves(ASHA).await.leads_to("official-name");
}

#[actix_web::test]
async fn a_known_browser_has_a_budget_too_and_no_other_after_it() {
    let world = World::with(little_for_strangers()).await;
    let asha = known_browser(&world).await;
    for _ in 0..3 {
        asha.asks_for_a_code(ASHA).await.leads_to("email-code");
        asha.tries_wrongly().await.says(400, "not the one that we sent");
    }
    asha.types_the_code("email-code", ASHA).await.refuses_to_look(20);
    asha.asks_for_a_code(ASHA).await.refuses_to_send(20);
}

#[actix_web::test]
async fn a_browser_is_known_for_what_it_proved_and_a_cookie_that_was_tampered_with_counts_as_absent() {
    let world = World::with(little_for_strangers()).await;
    let mut asha = known_browser(&world).await;
    world.stranger(1).await.asks_for_a_code(ASHA).await.leads_to("email-code");
    let good = asha.known_browser.clone().unwrap();
    let (token, proved) = good.split_once('.').unwrap();
    let other_token = world.journeys.random.token();
    for bad in [
        String::new(),
        "\u{1f642}".into(),
        token.into(),
        proved.into(),
        format!("{}.{proved}", other_token.expose()),
        format!("{token}.{}", other_token.expose()),
        format!("{good}{good}"),
    ] {
        asha.known_browser = Some(bad);
        asha.asks_for_a_code(ASHA).await.refuses_to_send(60);
    }
    asha.known_browser = Some(good);
    asha.asks_for_a_code("gareth@example.com").await.refuses_to_send(60);
    asha.asks_for_a_code(ASHA).await.leads_to("email-code");
}

#[actix_web::test]
async fn a_browser_stays_known_for_one_address_when_it_proves_another() {
    let world = World::new().await;
    let mut asha = known_browser(&world).await;
    asha.answers("email", &[("email", "gareth@example.com")]).await.leads_to("email-code");
    let seen = asha.types_the_code("email-code", "gareth@example.com").await.leads_to("mobile");
    let both = seen.known_browser.unwrap();
    assert!(both.starts_with(asha.known_browser.as_deref().unwrap().split('.').next().unwrap()), "it keeps its token");
    assert_eq!(both.split('.').count(), 3);
    asha.known_browser = Some(both.clone());
    asha.answers("email", &[("email", ASHA)]).await.leads_to("email-code");
    let again = asha.types_the_code("email-code", ASHA).await.known_browser.unwrap();
    assert_eq!(again.split('.').count(), 3);
}

#[actix_web::test]
async fn past_a_budget_the_page_is_the_same_whether_we_know_the_address_or_not() {
    let world = World::with(little_for_strangers()).await;
    let asha = world.person_from("no-trn").await;
    asha.proves(ASHA).await;
    asha.says_who_they_are("Asha", "Bennett", ["14", "3", "1985"]).await;
    asha.answers("check-answers", &[]).await.creates();
    let mut pages = Vec::new();
    for email in [ASHA, "else@example.com"] {
        let stranger = world.stranger(1).await;
        let page = stranger.answers("email", &[("email", email)]).await.refuses_to_send(60);
        pages.push(page.html.replace(&stranger.id.to_string(), ""));
    }
    assert_eq!(pages[0], pages[1]);
}
