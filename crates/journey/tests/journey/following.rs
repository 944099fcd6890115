//! The record of an account changes, ends, or is merged into another: the account follows at the next sign-in, or at night.

use chrono::Duration;
use identity::account::{Account, AccountId, LookupStatus, RecordLink};
use identity::date_of_birth::DateOfBirth;
use identity::event::EventKind;
use identity::follow::RecordChange;
use identity::matching::MatchPolicy;
use identity::record::TeachingRecord;

use crate::records::{Mood, born, email, merged, name, record, trn};
use crate::world::World;

const ASHA: &str = "asha@example.com";

#[derive(Clone, Copy, Debug)]
enum Way {
    SignIn,
    Nightly,
}

const WAYS: [Way; 2] = [Way::SignIn, Way::Nightly];

impl World {
    async fn has_asha(&self) -> Account {
        self.registers("optional", ASHA, "Asha", "Bennett").await
    }

    /// The account follows its record, one way or the other.
    async fn follows(&self, account: &Account, way: Way) -> Account {
        match way {
            Way::SignIn => {
                let address = account.email.as_str();
                self.signs_in("optional", address).await;
            }
            Way::Nightly => {
                self.clock.advance(Duration::days(1));
                self.journeys.follow_records(self.journeys.clock.now(), None).await.unwrap();
            }
        }
        self.account_with(account.id).await
    }

    /// What the account learned from its record, the newest first.
    async fn learned(&self, account: &Account) -> Vec<Vec<RecordChange>> {
        let events = self.events(account).await.into_iter();
        let changes = |kind| if let EventKind::RecordFollowed { changes } = kind { Some(changes) } else { None };
        events.filter_map(changes).collect()
    }

    /// Nothing is linked any more, and somebody finds out.
    async fn is_left_to_support(&self, account: &Account, trn: &str) {
        let account = self.account_with(account.id).await;
        assert_eq!((account.lookup_status, &account.record), (Some(LookupStatus::Pending), &None));
        assert_eq!(account.record_seen, None);
        let ticket = self.open_ticket_of(&account).await.unwrap();
        assert_eq!(ticket.stated.trn.as_ref().map(|trn| trn.as_str()), Some(trn));
        assert!(self.search_of(&account).await.is_some());
        assert_eq!(self.learned(&account).await, [vec![RecordChange::Ended]]);
        assert_eq!(self.letters(account.email.as_str()).await, ["record-ended"]);
        let letter = self.letter(account.email.as_str(), "record-ended").await;
        assert!(letter.body.contains(trn) && letter.body.contains(ticket.reference.as_str()), "{}", letter.body);
    }
}

#[actix_web::test]
async fn a_name_that_changes_in_the_record_is_the_accounts_from_then_on() {
    for way in WAYS {
        let world = World::new().await;
        let account = world.has_asha().await;
        world.has_records([TeachingRecord { name: name("Asha", "Rao"), ..world.record("1000001").await }]).await;
        let followed = world.follows(&account, way).await;
        assert_eq!(followed.official_name, name("Asha", "Rao"), "{way:?}");
        assert_eq!(followed.record, account.record);
        assert_eq!(world.learned(&account).await, [[RecordChange::Name]]);
        world.follows(&account, way).await;
        assert_eq!(world.learned(&account).await.len(), 1, "it is learned once");
        assert!(world.letters(ASHA).await.is_empty());
    }
}

#[actix_web::test]
async fn a_date_of_birth_of_the_persons_own_is_kept_until_the_records_changes() {
    for way in WAYS {
        let world = World::new().await;
        let gareth = world.person_from("optional").await;
        gareth.proves("old.address@example.com").await;
        gareth.says_who_they_are("Gareth", "Pugh", ["1", "1", "1990"]).await.leads_to("has-nino");
        gareth.gives_nino("AB123456C").await.leads_to("check-answers");
        gareth.answers("check-answers", &[]).await.creates();
        let account = world.account("old.address@example.com").await.unwrap();
        let date = |account: &Account| account.date_of_birth.map(DateOfBirth::date);
        assert_eq!(date(&account), Some(born("1990-01-01").date()), "{way:?}");
        assert_eq!(world.follows(&account, way).await.date_of_birth, account.date_of_birth);
        assert!(world.learned(&account).await.is_empty());

        let corrected = TeachingRecord { date_of_birth: born("1990-01-02"), ..world.record("1000002").await };
        world.has_records([corrected]).await;
        let followed = world.follows(&account, way).await;
        assert_eq!(followed.date_of_birth, Some(born("1990-01-02")), "{way:?}");
        assert_eq!(world.learned(&account).await, [[RecordChange::DateOfBirth]]);
        assert_eq!(world.follows(&account, way).await.date_of_birth, Some(born("1990-01-02")));
    }
}

#[actix_web::test]
async fn a_record_that_is_deactivated_is_no_longer_linked_and_support_finds_out() {
    for way in WAYS {
        let world = World::new().await;
        let account = world.has_asha().await;
        world.has_records([TeachingRecord { active: false, ..world.record("1000001").await }]).await;
        world.follows(&account, way).await;
        world.is_left_to_support(&account, "1000001").await;
        world.follows(&account, way).await;
        world.is_left_to_support(&account, "1000001").await;
    }
}

#[actix_web::test]
async fn a_client_that_requires_a_trn_hears_of_a_deactivated_record_at_the_very_sign_in() {
    let world = World::new().await;
    let account = world.has_asha().await;
    world.has_records([TeachingRecord { active: false, ..world.record("1000001").await }]).await;
    let asha = world.person_from("required").await;
    asha.proves(ASHA).await.leads_to("your-details");
    asha.confirms_their_details().await.leads_to("finished");
    let reference = world.open_ticket_of(&account).await.unwrap().reference;
    asha.visits("finished").await.says(200, "We are checking your details").says(200, reference.as_str());
}

#[actix_web::test]
async fn a_record_that_was_merged_into_another_is_left_for_that_one_and_the_level_stays() {
    for way in WAYS {
        let world = World::new().await;
        let asha = world.person_from("strict").await;
        asha.starts(ASHA, "Asha", "Bennett").await.leads_to("has-nino");
        asha.gives_trn("1000001").await.leads_to("check-answers");
        asha.answers("check-answers", &[]).await.creates();
        let account = world.account(ASHA).await.unwrap();
        let successor = record("1000011", "Asha", "Rao", ASHA);
        world.has_records([merged(world.record("1000001").await, "1000011"), successor]).await;

        let followed = world.follows(&account, way).await;
        let matched = account.record.as_ref().unwrap().matched.clone();
        assert!(matched.is_some());
        let link = RecordLink { matched, ..RecordLink::searched(trn("1000011"), MatchPolicy::Strict) };
        assert_eq!((followed.record, followed.lookup_status), (Some(link), Some(LookupStatus::Found)), "{way:?}");
        assert_eq!(followed.official_name, name("Asha", "Rao"));
        assert_eq!(world.learned(&account).await, [[RecordChange::ReplacedBy(trn("1000011"))]]);
        assert_eq!(world.letters(ASHA).await, ["record-replaced"]);
        let letter = world.letter(ASHA, "record-replaced").await;
        assert!(letter.body.contains("1000001") && letter.body.contains("1000011"), "{}", letter.body);
        world.follows(&account, way).await;
        assert_eq!(world.letters(ASHA).await, ["record-replaced"]);
        assert!(world.tickets().await.is_empty());
    }
}

#[actix_web::test]
async fn a_record_that_was_merged_twice_is_left_for_the_last() {
    for way in WAYS {
        let world = World::new().await;
        let account = world.has_asha().await;
        let second = merged(record("1000011", "Asha", "Bennett", ASHA), "1000012");
        let last = record("1000012", "Asha", "Bennett", ASHA);
        world.has_records([merged(world.record("1000001").await, "1000011"), second, last]).await;
        let followed = world.follows(&account, way).await;
        assert_eq!(followed.trn(), Some(&trn("1000012")), "{way:?}");
        let letter = world.letter(ASHA, "record-replaced").await;
        assert!(letter.body.contains("1000012") && !letter.body.contains("1000011"), "{}", letter.body);
        assert_eq!(world.learned(&account).await, [[RecordChange::ReplacedBy(trn("1000012"))]]);
    }
}

#[actix_web::test]
async fn a_record_that_was_merged_into_one_that_another_account_holds_is_left_to_support() {
    for way in WAYS {
        let world = World::new().await;
        let account = world.has_asha().await;
        let holder = world.person_from("optional").await;
        holder.starts("gareth@example.com", "Gareth", "Pugh").await.leads_to("has-nino");
        holder.gives_nino("AB123456C").await.leads_to("check-answers");
        holder.answers("check-answers", &[]).await.creates();
        world.has_records([merged(world.record("1000001").await, "1000002")]).await;
        world.follows(&account, way).await;
        world.is_left_to_support(&account, "1000001").await;
        assert_eq!(world.account("gareth@example.com").await.unwrap().trn(), Some(&trn("1000002")));
    }
}

#[actix_web::test]
async fn records_that_were_merged_in_a_circle_lead_nowhere() {
    for way in WAYS {
        let world = World::new().await;
        let account = world.has_asha().await;
        let other = merged(record("1000011", "Asha", "Bennett", ASHA), "1000001");
        world.has_records([merged(world.record("1000001").await, "1000011"), other]).await;
        world.follows(&account, way).await;
        world.is_left_to_support(&account, "1000001").await;
    }
}

#[actix_web::test]
async fn a_record_that_the_source_cannot_tell_about_changes_nothing() {
    for way in WAYS {
        let world = World::new().await;
        let account = world.has_asha().await;
        world.has_records([TeachingRecord { active: false, ..world.record("1000001").await }]).await;
        world.source.is_in(Mood::Fails);
        let after = world.follows(&account, way).await;
        assert_eq!((after.record, after.record_seen), (account.record, account.record_seen), "{way:?}");
        assert!(world.letters(ASHA).await.is_empty());
    }
}

/// So many accounts with a record each, none of which has been looked at yet.
async fn world_of(accounts: u32) -> World {
    let world = World::new().await;
    let sample = world.has_asha().await;
    world.clock.advance(Duration::hours(1));
    let numbered = |number: u32| (format!("{}", 2_000_000 + number), format!("person{number}@example.com"));
    let records = (0..accounts).map(numbered).map(|(trn, address)| record(&trn, "Asha", "Rao", &address));
    world.register.has(records.collect()).await;
    let random = world.journeys.random.clone();
    let done = world.journeys.store.transact(move |db| {
        for number in 0..accounts {
            let (trn, address) = numbered(number);
            let link = RecordLink::searched(crate::records::trn(&trn), MatchPolicy::Default);
            db.accounts().create(&Account {
                id: AccountId::new(&random),
                email: email(&address),
                record: Some(link),
                record_seen: None,
                ..sample.clone()
            })?;
        }
        Ok::<_, store::StoreError>(())
    });
    done.await.unwrap();
    world
}

#[actix_web::test]
async fn every_account_that_is_due_follows_its_record_however_many_rounds_it_takes() {
    let world = world_of(210).await;
    // Asha's has been looked at an hour ago, which is recent enough.
    let before = world.journeys.clock.now() - Duration::minutes(61);
    let (mut after, mut looked_at, mut changed, mut rounds) = (None, 0, 0, 0);
    loop {
        let (round, last) = world.journeys.follow_records(before, after).await.unwrap();
        (looked_at, changed, rounds) = (looked_at + round.looked_at, changed + round.changed, rounds + 1);
        if !round.is_full() {
            break;
        }
        after = last;
    }
    assert_eq!((looked_at, changed, rounds), (210, 210, 3));
    for number in [0, 99, 100, 209] {
        let account = world.account(&format!("person{number}@example.com")).await.unwrap();
        assert_eq!(account.official_name, name("Asha", "Rao"));
    }
    let (round, last) = world.journeys.follow_records(before, None).await.unwrap();
    assert_eq!((round.looked_at, last), (0, None), "nobody is due twice");
}

#[actix_web::test]
async fn a_source_that_does_not_answer_is_not_asked_about_every_account() {
    let world = world_of(3).await;
    world.source.is_in(Mood::Fails);
    let asked = world.source.asked();
    let (round, _) = world.journeys.follow_records(world.journeys.clock.now(), None).await.unwrap();
    assert_eq!((round.looked_at, round.changed, round.is_full()), (1, 0, false));
    assert_eq!(world.source.asked(), asked + 1);
    world.source.is_in(Mood::Answers);
    let (round, _) = world.journeys.follow_records(world.journeys.clock.now(), None).await.unwrap();
    assert_eq!(round.looked_at, 4, "they have kept their turn");
}

#[actix_web::test]
async fn a_record_that_has_gone_from_the_source_keeps_no_other_account_from_following() {
    let world = world_of(3).await;
    let random = world.journeys.random.clone();
    let sample = world.account(ASHA).await.unwrap();
    let lost = Account {
        id: AccountId::new(&random),
        email: email("lost@example.com"),
        record: Some(RecordLink::searched(trn("3000000"), MatchPolicy::Default)),
        record_seen: None,
        ..sample
    };
    world.journeys.store.transact(move |db| db.accounts().create(&lost)).await.unwrap();
    let (round, _) = world.journeys.follow_records(world.journeys.clock.now(), None).await.unwrap();
    assert_eq!((round.looked_at, round.changed), (5, 3));
    assert_eq!(world.account("lost@example.com").await.unwrap().trn(), Some(&trn("3000000")));
}
