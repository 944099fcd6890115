//! Accounts.

use identity::account::{Account, AccountId, DetailChanges, LookupStatus, MatchLevel, Matched, RecordLink, RecordSeen};
use identity::matching::Identifier;
use identity::mobile::Mobile;
use store::{Constraint, Turn};

use super::{at_once, broken};
use crate::sample::{account, born, email, full_account, link, mobile, name, nino, noon, seconds, trn};
use crate::world::World;

impl World {
    pub(super) async fn has(&self, account: &Account) {
        let account = account.clone();
        self.does(move |db| db.accounts().create(&account)).await;
    }

    pub(super) async fn account(&self, id: AccountId) -> Option<Account> {
        self.sees(move |db| db.accounts().by_id(id)).await
    }

    pub(super) async fn account_of(&self, address: &str) -> Option<Account> {
        let address = email(address);
        self.sees(move |db| db.accounts().by_email(&address)).await
    }
}

pub(crate) async fn an_account_comes_back_as_it_was_written(world: World) {
    let full = full_account(&world.random, "Jane.Smith+x@Example.com", "1234567");
    let bare = account(&world.random, "o@example.com");
    world.has(&full).await;
    world.has(&bare).await;
    assert_eq!(world.account(full.id).await, Some(full));
    assert_eq!(world.account(bare.id).await, Some(bare));
}

pub(crate) async fn an_account_is_found_by_its_id_its_address_and_its_trn_and_by_no_other(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    world.has(&jane).await;
    assert_eq!(world.account_of("jane@example.com").await.as_ref(), Some(&jane));
    assert_eq!(world.sees(|db| db.accounts().by_trn(&trn("1234567"))).await, Some(jane));
    assert_eq!(world.account(AccountId::new(&world.random)).await, None);
    assert_eq!(world.account_of("jan@example.com").await, None);
    assert_eq!(world.sees(|db| db.accounts().by_trn(&trn("1234568"))).await, None);
}

pub(crate) async fn an_address_is_found_whatever_the_case_of_its_letters(world: World) {
    let jane = account(&world.random, "Jane@Example.com");
    world.has(&jane).await;
    let found = world.account_of("jANE@example.COM").await.expect("it is the same address");
    assert_eq!(found.email.as_str(), "Jane@Example.com", "the address is shown as it was typed");
}

pub(crate) async fn an_address_is_taken_whatever_the_case_of_its_letters(world: World) {
    world.has(&account(&world.random, "jane@example.com")).await;
    let second = account(&world.random, "JANE@example.com");
    assert_eq!(broken(&world.store, move |db| db.accounts().create(&second)).await, Constraint::AccountEmail);
    world.has(&account(&world.random, "j.ane@example.com")).await;
    assert_eq!(world.count("accounts"), 2);
}

pub(crate) async fn a_trn_is_taken_by_one_account(world: World) {
    world.has(&full_account(&world.random, "jane@example.com", "1234567")).await;
    let second = Account { mobile: None, ..full_account(&world.random, "joan@example.com", "1234567") };
    assert_eq!(broken(&world.store, move |db| db.accounts().create(&second)).await, Constraint::AccountTrn);
    world.has(&full_account(&world.random, "joan@example.com", "1234568")).await;
}

pub(crate) async fn any_number_of_accounts_have_no_trn(world: World) {
    for address in ["a@example.com", "b@example.com", "c@example.com"] {
        world.has(&account(&world.random, address)).await;
    }
    assert_eq!(world.count("accounts"), 3);
}

pub(crate) async fn a_mobile_number_is_taken_by_one_account_and_many_have_none(world: World) {
    for address in ["a@example.com", "b@example.com"] {
        world.has(&account(&world.random, address)).await;
    }
    let with = |address| Account { mobile: Some(mobile("07700 900123")), ..account(&world.random, address) };
    let (jane, joan) = (with("jane@example.com"), with("joan@example.com"));
    world.has(&jane).await;
    assert_eq!(broken(&world.store, move |db| db.accounts().create(&joan)).await, Constraint::AccountMobile);
    let third = account(&world.random, "c@example.com");
    world.has(&third).await;
    let change = DetailChanges { mobile: jane.mobile, ..DetailChanges::default() };
    let taken = broken(&world.store, move |db| db.accounts().change_details(third.id, &change, noon())).await;
    assert_eq!(taken, Constraint::AccountMobile);
}

pub(crate) async fn an_account_is_found_by_its_mobile_number_until_it_is_dropped(world: World) {
    let number = mobile("07700 900123");
    let jane = Account { mobile: Some(number.clone()), ..account(&world.random, "jane@example.com") };
    world.has(&jane).await;
    let of = async |number: Mobile| world.sees(move |db| db.accounts().by_mobile(&number)).await;
    assert_eq!(of(mobile("+44 7700 900123")).await.as_ref(), Some(&jane));
    assert_eq!(of(mobile("07700 900124")).await, None);

    let (id, at) = (jane.id, noon() + seconds(9));
    assert!(!world.does(move |db| db.accounts().drop_mobile(id, &mobile("07700 900124"), at)).await, "another number");
    assert_eq!(world.account(id).await.as_ref(), Some(&jane));
    assert!(world.does(move |db| db.accounts().drop_mobile(id, &mobile("07700 900123"), at)).await);
    assert_eq!(of(number).await, None);
    assert_eq!(world.account(id).await, Some(Account { mobile: None, updated_at: at, ..jane }));
    assert!(!world.does(move |db| db.accounts().drop_mobile(id, &mobile("07700 900123"), at)).await, "it is gone");
}

pub(crate) async fn an_id_is_taken_by_one_account(world: World) {
    let jane = account(&world.random, "jane@example.com");
    world.has(&jane).await;
    let joan = Account { email: email("joan@example.com"), ..jane };
    assert_eq!(broken(&world.store, move |db| db.accounts().create(&joan)).await, Constraint::Id);
}

pub(crate) async fn a_deleted_account_is_found_by_nobody_and_gives_up_what_it_held(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    world.has(&jane).await;
    world.sql("UPDATE accounts SET deleted_at = '2026-01-31 12:00:00'");
    assert_eq!(world.account(jane.id).await, None);
    assert_eq!(world.account_of("jane@example.com").await, None);
    assert_eq!(world.sees(|db| db.accounts().by_trn(&trn("1234567"))).await, None);
    let number = jane.mobile.clone().expect("a full account has one");
    assert_eq!(world.sees(move |db| db.accounts().by_mobile(&number)).await, None);
    let again = full_account(&world.random, "jane@example.com", "1234567");
    world.has(&again).await;
    assert_eq!(world.account_of("jane@example.com").await, Some(again));
}

pub(crate) async fn two_people_who_take_one_address_at_once_make_one_account(world: World) {
    let nodes = [world.store.clone(), world.another_node()];
    for round in 0..10 {
        let address = format!("jane{round}@example.com");
        let people = [account(&world.random, &address), account(&world.random, &address)];
        let results = at_once(&nodes, move |number, db| db.accounts().create(&people[number])).await;
        let made = results.iter().filter(|result| result.is_ok()).count();
        let refused = results.into_iter().filter_map(Result::err).map(|error| error.to_string());
        assert_eq!(made, 1);
        assert_eq!(refused.collect::<Vec<_>>(), ["it would break the rule of one live account per email address"]);
    }
}

pub(crate) async fn a_sign_in_is_recorded(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let joan = account(&world.random, "joan@example.com");
    world.has(&jane).await;
    world.has(&joan).await;
    let id = jane.id;
    let now = RecordSeen { date_of_birth: born("1999-12-31"), prohibited: true, at: noon() + seconds(7) };
    for (later, seen) in [(8, None), (9, Some(now)), (10, None)] {
        let at = noon() + seconds(later);
        world.does(move |db| db.accounts().record_sign_in(id, seen.as_ref(), at)).await;
        let record_seen = if later == 8 { jane.record_seen } else { Some(now) };
        let expected = Account { last_signed_in_at: Some(at), record_seen, ..jane.clone() };
        assert_eq!(world.account(id).await, Some(expected));
    }
    assert_eq!(world.account(joan.id).await, Some(joan));
}

pub(crate) async fn a_search_that_found_a_record_is_written_down(world: World) {
    let jane = account(&world.random, "jane@example.com");
    let joan = account(&world.random, "joan@example.com");
    world.has(&jane).await;
    world.has(&joan).await;
    let (id, at) = (jane.id, noon() + seconds(9));
    world
        .does(move |db| {
            let (link, nino) = (link("1234567"), nino("AB123456C"));
            db.accounts().settle_record(id, LookupStatus::Found, Some(&link), Some(&nino), at)
        })
        .await;
    let expected = Account {
        lookup_status: Some(LookupStatus::Found),
        record: Some(link("1234567")),
        nino: Some(nino("AB123456C")),
        updated_at: at,
        ..jane
    };
    assert_eq!(world.account(id).await, Some(expected));
    assert_eq!(world.account(joan.id).await, Some(joan));
}

pub(crate) async fn a_search_that_found_nothing_leaves_the_nino_that_is_kept(world: World) {
    let jane = Account { nino: Some(nino("AB123456C")), ..account(&world.random, "jane@example.com") };
    world.has(&jane).await;
    let id = jane.id;
    for status in [LookupStatus::None, LookupStatus::Pending, LookupStatus::Failed] {
        world.does(move |db| db.accounts().settle_record(id, status, None, None, noon())).await;
        assert_eq!(world.account(id).await, Some(Account { lookup_status: Some(status), ..jane.clone() }));
    }
}

pub(crate) async fn a_search_that_found_the_record_of_another_account_changes_nothing(world: World) {
    world.has(&full_account(&world.random, "joan@example.com", "1234567")).await;
    let jane = account(&world.random, "jane@example.com");
    world.has(&jane).await;
    let id = jane.id;
    let rule = broken(&world.store, move |db| {
        db.accounts().settle_record(id, LookupStatus::Found, Some(&link("1234567")), None, noon() + seconds(9))
    });
    assert_eq!(rule.await, Constraint::AccountTrn);
    assert_eq!(world.account(id).await, Some(jane));
}

pub(crate) async fn a_deleted_account_is_not_settled(world: World) {
    let jane = account(&world.random, "jane@example.com");
    world.has(&jane).await;
    world.sql("UPDATE accounts SET deleted_at = '2026-01-31 12:00:00'");
    let id = jane.id;
    world
        .does(move |db| db.accounts().settle_record(id, LookupStatus::Found, Some(&link("1234567")), None, noon()))
        .await;
    assert_eq!(world.texts("SELECT COALESCE(trn, 'none') AS value FROM accounts"), ["none"]);
}

fn by_support(to: &str) -> RecordLink {
    RecordLink { level: MatchLevel::Medium, policy: "support/1".into(), matched: None, ..link(to) }
}

impl World {
    async fn assigns(&self, id: AccountId, to: &'static str) -> bool {
        let at = noon() + seconds(9);
        self.does(move |db| db.accounts().assign_record(id, &by_support(to), &name("Renée", "François"), at)).await
    }

    async fn denies(&self, id: AccountId) -> bool {
        self.does(move |db| db.accounts().deny_record(id, noon() + seconds(9))).await
    }
}

pub(crate) async fn a_record_that_support_found_is_linked_with_its_name(world: World) {
    let full = full_account(&world.random, "jane@example.com", "7654321");
    let jane = Account { lookup_status: Some(LookupStatus::Pending), record: None, ..full };
    let joan = account(&world.random, "joan@example.com");
    world.has(&jane).await;
    world.has(&joan).await;
    assert!(world.assigns(jane.id, "1234567").await);
    let expected = Account {
        official_name: name("Renée", "François"),
        lookup_status: Some(LookupStatus::Found),
        record: Some(by_support("1234567")),
        updated_at: noon() + seconds(9),
        ..jane
    };
    assert_eq!(world.account(expected.id).await, Some(expected));
    assert_eq!(world.account(joan.id).await, Some(joan));
}

pub(crate) async fn a_record_is_assigned_to_an_account_without_one_alone(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "7654321");
    world.has(&jane).await;
    assert!(!world.assigns(jane.id, "1234567").await);
    assert_eq!(world.account(jane.id).await, Some(jane));
    let joan = account(&world.random, "joan@example.com");
    world.has(&joan).await;
    world.sql(&format!("UPDATE accounts SET deleted_at = '2026-01-31 12:00:00' WHERE id = '{}'", joan.id));
    assert!(!world.assigns(joan.id, "1234567").await, "it is deleted");
    assert!(!world.assigns(AccountId::new(&world.random), "1234567").await, "there is no such account");
}

pub(crate) async fn a_record_of_another_account_is_not_assigned(world: World) {
    world.has(&full_account(&world.random, "joan@example.com", "1234567")).await;
    let jane = account(&world.random, "jane@example.com");
    world.has(&jane).await;
    let id = jane.id;
    let rule = broken(&world.store, move |db| {
        db.accounts().assign_record(id, &by_support("1234567"), &name("Renée", "François"), noon())
    });
    assert_eq!(rule.await, Constraint::AccountTrn);
    assert_eq!(world.account(id).await, Some(jane));
}

pub(crate) async fn a_record_is_denied_to_an_account_without_one_alone(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    let joan = account(&world.random, "joan@example.com");
    world.has(&jane).await;
    world.has(&joan).await;
    assert!(world.denies(joan.id).await);
    let expected = Account { lookup_status: Some(LookupStatus::Failed), updated_at: noon() + seconds(9), ..joan };
    assert_eq!(world.account(expected.id).await, Some(expected));
    assert!(!world.denies(jane.id).await);
    assert_eq!(world.account(jane.id).await, Some(jane));
    assert!(!world.denies(AccountId::new(&world.random)).await, "there is no such account");
}

impl World {
    pub(super) async fn raises_level(&self, id: AccountId, link: &RecordLink) -> bool {
        let link = link.clone();
        self.does(move |db| db.accounts().raise_level(id, &link, noon() + seconds(9))).await
    }

    pub(super) async fn changes(&self, id: AccountId, details: &DetailChanges) {
        let details = details.clone();
        self.does(move |db| db.accounts().change_details(id, &details, noon() + seconds(9))).await;
    }
}

pub(super) fn strict(to: &str) -> RecordLink {
    let matched = Matched { on: vec![Identifier::Nino], at: noon() + seconds(5) };
    RecordLink { level: MatchLevel::Medium, policy: "strict/1".into(), matched: Some(matched), ..link(to) }
}

pub(crate) async fn a_level_is_raised_for_the_record_that_is_linked_alone(world: World) {
    let low = Account { record: Some(link("1234567")), ..full_account(&world.random, "jane@example.com", "1234567") };
    let without = account(&world.random, "joan@example.com");
    world.has(&low).await;
    world.has(&without).await;
    assert!(!world.raises_level(low.id, &strict("7654321")).await, "another record is linked");
    assert!(!world.raises_level(without.id, &strict("1234567")).await, "none is linked");
    assert!(!world.raises_level(AccountId::new(&world.random), &strict("1234567")).await, "there is no such account");
    assert_eq!(world.account(low.id).await.as_ref(), Some(&low));
    assert!(world.raises_level(low.id, &strict("1234567")).await);
    let raised = Account { record: Some(strict("1234567")), updated_at: noon() + seconds(9), ..low };
    assert_eq!(world.account(raised.id).await, Some(raised));
    assert_eq!(world.account(without.id).await, Some(without));
}

pub(crate) async fn what_made_a_match_goes_with_the_link(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    world.has(&jane).await;
    let id = jane.id;
    for link in [strict("1234567"), by_support("1234567"), link("7654321")] {
        let (kept, status) = (link.clone(), LookupStatus::Found);
        world.does(move |db| db.accounts().settle_record(id, status, Some(&kept), None, noon() + seconds(1))).await;
        assert_eq!(world.account(id).await, Some(Account { record: Some(link), ..jane.clone() }));
    }
    world.does(move |db| db.accounts().settle_record(id, LookupStatus::Pending, None, None, noon())).await;
    assert_eq!(world.texts("SELECT COALESCE(match_identifiers, 'none') AS value FROM accounts"), ["none"]);
}

pub(crate) async fn a_level_never_falls(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    let medium = Account { record: Some(by_support("1234567")), ..jane };
    world.has(&medium).await;
    for other in [link("1234567"), strict("1234567")] {
        assert!(!world.raises_level(medium.id, &other).await);
        assert_eq!(world.account(medium.id).await.as_ref(), Some(&medium));
    }
}

pub(crate) async fn what_was_seen_of_a_record_is_noted_and_forgotten(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    let joan = full_account(&world.random, "joan@example.com", "7654321");
    world.has(&jane).await;
    world.has(&joan).await;
    let id = jane.id;
    let now = RecordSeen { date_of_birth: born("1999-12-31"), prohibited: false, at: noon() + seconds(7) };
    for seen in [Some(now), None, Some(now)] {
        world.does(move |db| db.accounts().see_record(id, seen.as_ref())).await;
        assert_eq!(world.account(id).await, Some(Account { record_seen: seen, ..jane.clone() }));
    }
    assert_eq!(world.account(joan.id).await, Some(joan));
}

pub(crate) async fn accounts_whose_record_was_not_seen_lately_come_in_their_turn_and_in_pages(world: World) {
    let seen = |at| Some(RecordSeen { date_of_birth: born("1980-02-03"), prohibited: false, at: noon() + seconds(at) });
    let mut due = Vec::new();
    let sights = [None, seen(-9), seen(-1), None, seen(-9), seen(-9), seen(0), seen(9)];
    for (number, record_seen) in (1..).zip(sights) {
        let (address, of) = (format!("person{number}@example.com"), format!("100000{number}"));
        let person = Account { record_seen, ..full_account(&world.random, &address, &of) };
        world.has(&person).await;
        if number <= 6 {
            due.push(person);
        }
    }
    world.has(&account(&world.random, "without@example.com")).await;
    let gone = full_account(&world.random, "gone@example.com", "1000009");
    world.has(&Account { record_seen: None, ..gone.clone() }).await;
    world.sql(&format!("UPDATE accounts SET deleted_at = '2026-01-31 12:00:00' WHERE id = '{}'", gone.id));
    due.sort_by_key(|account| (account.record_seen.map(|seen| seen.at), account.id.to_string()));
    let lists = |after, limit| world.sees(move |db| db.accounts().with_record_unseen_since(noon(), after, limit));
    assert_eq!(lists(None, 10).await, due);
    assert_eq!(lists(None, 1).await, due[..1]);
    for last in 0..due.len() {
        let after = Some(Turn::from(&due[last]));
        assert_eq!(lists(after, 10).await, due[last + 1..], "after {last}");
        assert_eq!(lists(after, 2).await, due[last + 1..due.len().min(last + 3)], "two after {last}");
    }
}
