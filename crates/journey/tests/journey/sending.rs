//! What becomes of a code: it is carried, it is refused, or it takes its time.

use chrono::Duration;
use identity::address::Address;
use identity::carrier::{Fate, Refusal};
use identity::email::Email;
use identity::mobile::Mobile;
use identity::outbox::OutboxMessage;

use crate::world::World;

const EMAIL: &str = "asha@example.com";
const REFUSED: Fate = Fate::Refused(Refusal::Address);
const WRONG_EMAIL: &str = "Enter an email address in the correct format, like name@example.com";
const WRONG_NUMBER: &str = "We cannot text this number: enter a mobile number";
const CAME_BACK: &str = "Our last message to this address came back";
const LATE: &str = "Sending takes longer than usual";

impl World {
    async fn messages(&self) -> Vec<OutboxMessage> {
        self.journeys.store.read(|db| db.outbox().newest_first(10)).await.unwrap()
    }

    async fn knows_that_messages_come_back_from(&self, address: Address) {
        let (hash, now) = (address.undeliverable_hash(&self.journeys.hash_key), self.journeys.clock.now());
        self.journeys.store.transact(move |db| db.undeliverable_addresses().note(&hash, now)).await.unwrap();
    }
}

fn email(text: &str) -> Address {
    Address::Email(Email::parse(text).unwrap())
}

#[actix_web::test]
async fn a_code_is_hurried_once_it_is_kept_and_no_code_is_hurried_twice() {
    let world = World::new().await;
    let asha = world.person_from("no-trn").await;
    asha.answers("email", &[("email", EMAIL)]).await.leads_to("email-code");
    assert_eq!(world.post.hurried(), [world.messages().await[0].id]);
    asha.answers("email", &[("email", EMAIL)]).await.leads_to("email-code");
    assert_eq!(world.post.hurried().len(), 1, "none was sent a moment later");
    world.clock.advance(Duration::minutes(1));
    asha.answers("email-code", &[("resend", "true")]).await.leads_to("email-code");
    assert_eq!(world.post.hurried()[1], world.messages().await[0].id);
}

#[actix_web::test]
async fn an_address_that_is_refused_is_an_error_of_its_field_and_another_one_goes_on() {
    let world = World::new().await;
    let asha = world.person_from("no-trn").await;
    world.post.turns(REFUSED);
    let seen = asha.answers("email", &[("email", "Nobody@example.com")]).await.says(400, WRONG_EMAIL);
    assert!(seen.html.contains("value=\"Nobody@example.com\"") && seen.html.contains("id=\"email-error\""));
    asha.answers("email", &[("email", "nobody@example.com")]).await.leads_to("email-code");
    world.clock.advance(Duration::minutes(1));
    asha.answers("resend-email-code", &[("email", "nobody@example.org")]).await.says(400, WRONG_EMAIL);

    world.post.turns(Fate::Carried);
    asha.proves(EMAIL).await.leads_to("official-name");
}

#[actix_web::test]
async fn a_number_that_is_refused_is_an_error_of_its_field_and_one_may_go_on_without() {
    let world = World::new().await;
    let asha = world.person_from("no-trn").await;
    asha.answers("email", &[("email", EMAIL)]).await.leads_to("email-code");
    asha.types_the_code("email-code", EMAIL).await.leads_to("mobile");
    world.post.turns(REFUSED);
    let seen = asha.answers("mobile", &[("mobile", "07700 900 123")]).await.says(400, WRONG_NUMBER);
    assert!(seen.html.contains("value=\"07700 900 123\"") && seen.html.contains("id=\"mobile-error\""));
    asha.visits("mobile").await.says(200, "What is your mobile number?");
    asha.has_no_mobile().await.leads_to("official-name");
}

#[actix_web::test]
async fn a_code_that_was_sent_again_from_its_own_page_and_refused_leads_back_there() {
    let world = World::new().await;
    let asha = world.person_from("no-trn").await;
    asha.answers("email", &[("email", EMAIL)]).await.leads_to("email-code");
    world.clock.advance(Duration::minutes(1));
    world.post.turns(REFUSED);
    asha.answers("email-code", &[("resend", "true")]).await.leads_to("email-code");
    world.clock.advance(Duration::minutes(10));
    let old = [("one_time_code", asha.code(EMAIL).await)];
    let old = old.each_ref().map(|(name, code)| (*name, code.as_str()));
    asha.answers("email-code", &old).await.says(400, "we could not send you a new one");
}

#[actix_web::test]
async fn a_code_that_waits_or_cannot_be_used_by_its_carrier_leads_to_its_page_all_the_same() {
    let world = World::new().await;
    for fate in [Fate::Waits, Fate::Refused(Refusal::Content)] {
        world.post.turns(fate);
        world.person_from("no-trn").await.answers("email", &[("email", EMAIL)]).await.leads_to("email-code");
        world.clock.advance(Duration::minutes(1));
    }
}

#[actix_web::test]
async fn the_page_says_when_a_code_takes_its_time_until_it_is_on_its_way() {
    let world = World::new().await;
    let asha = world.person_from("no-trn").await;
    asha.answers("email", &[("email", EMAIL)]).await.leads_to("email-code");
    assert!(!asha.visits("email-code").await.html.contains(LATE), "nobody has tried it yet");
    let sent = world.messages().await.remove(0);
    let until = sent.created_at + Duration::seconds(60);
    let taken =
        world.journeys.store.transact(move |db| db.outbox().take_untried(sent.id, until)).await.unwrap().unwrap();
    asha.visits("email-code").await.says(200, LATE);
    asha.visits("email-code").await.says(200, "We are sending a 6 digit code to");
    let (now, random) = (world.journeys.clock.now(), world.journeys.random.clone());
    let carried = taken.clone().tried(&Ok(Default::default()), now, Duration::days(3), &random);
    world.journeys.store.transact(move |db| db.outbox().replace(&taken, &carried)).await.unwrap();
    assert!(!asha.visits("email-code").await.html.contains(LATE));
    asha.visits("email-code").await.says(200, "We have sent a 6 digit code to");
}

#[actix_web::test]
async fn the_page_says_that_messages_came_back_whoever_has_the_address_until_a_code_proves_it() {
    let world = World::new().await;
    let owner = world.person_from("no-trn").await;
    owner.proves(EMAIL).await;
    owner.says_who_they_are("Asha", "Patel", ["14", "3", "1985"]).await.leads_to("check-answers");
    owner.answers("check-answers", &[]).await.creates();
    let mut pages = Vec::new();
    for address in [EMAIL, "nobody@example.com"] {
        let asha = world.person_from("no-trn").await;
        asha.answers("email", &[("email", address)]).await.leads_to("email-code");
        assert!(!asha.visits("email-code").await.html.contains(CAME_BACK));
        world.knows_that_messages_come_back_from(email(address)).await;
        let seen = asha.visits("email-code").await.says(200, CAME_BACK);
        pages.push(seen.html.replace(address, "").replace(&asha.id.to_string(), ""));
        asha.types_the_code("email-code", address).await;
        let again = world.person_from("no-trn").await;
        world.clock.advance(Duration::minutes(1));
        again.answers("email", &[("email", address)]).await.leads_to("email-code");
        assert!(!again.visits("email-code").await.html.contains(CAME_BACK), "{address}");
    }
    assert_eq!(pages[0], pages[1]);
}

#[actix_web::test]
async fn what_came_back_from_a_number_is_said_of_a_number() {
    let world = World::new().await;
    let asha = world.person_from("no-trn").await;
    asha.answers("email", &[("email", EMAIL)]).await.leads_to("email-code");
    asha.types_the_code("email-code", EMAIL).await.leads_to("mobile");
    let number = Mobile::parse("07700 900 123").unwrap();
    world.knows_that_messages_come_back_from(Address::Mobile(number)).await;
    asha.answers("mobile", &[("mobile", "07700 900 123")]).await.leads_to("mobile-code");
    asha.visits("mobile-code").await.says(200, "Our last message to this number came back");
}
