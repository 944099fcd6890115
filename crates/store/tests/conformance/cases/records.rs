//! Teaching records: imported, and found by index.

use identity::email::Email;
use identity::matching::{Identifiers, Policy, StatedName, decide};
use identity::name::{PersonName, PreviousName};
use identity::random::Random;
use identity::record::{Records, TeachingRecord, Unlocking};
use store::{StoreError, Upserted};

use crate::sample::{born, date, email, full_record, name, nino, previous, provider, record, trn};
use crate::world::World;

impl World {
    async fn imports(&self, records: &[TeachingRecord]) -> Upserted {
        let records = records.to_vec();
        self.does(move |db| db.records().upsert(&records)).await
    }

    async fn record(&self, of: &'static str) -> Option<TeachingRecord> {
        self.sees(move |db| db.records().by_trn(&trn(of))).await
    }

    /// The TRNs of the candidates.
    async fn finds(&self, stated: Identifiers) -> Vec<String> {
        let candidates = self.sees(move |db| db.records().candidates(&stated)).await;
        candidates.iter().map(|record| record.trn.to_string()).collect()
    }
}

fn upserted(new: usize, changed: usize, unchanged: usize) -> Upserted {
    Upserted { new, changed, unchanged }
}

fn stated(current: PersonName, previous: Option<PreviousName>) -> Option<StatedName> {
    Some(StatedName { current, previous })
}

fn number(number: usize) -> String {
    format!("{:07}", 1_000_000 + number)
}

pub(crate) async fn a_record_comes_back_as_it_was_imported(world: World) {
    let records = [full_record("1234567"), record("0000001")];
    assert_eq!(world.imports(&records).await, upserted(2, 0, 0));
    let [full, bare] = records;
    assert_eq!(world.record("1234567").await, Some(full), "active or not");
    assert_eq!(world.record("0000001").await, Some(bare));
    assert_eq!(world.record("0000002").await, None);
    assert_eq!(world.sees(|db| db.records().count()).await, 2);
}

pub(crate) async fn a_second_import_replaces_what_changed_and_writes_nothing_else(world: World) {
    let records = [record("1000001"), record("1000002"), full_record("1000003")];
    world.imports(&records).await;
    let renamed = TeachingRecord { name: name("Joan", "Smith"), ..record("1000002") };
    let second = [record("1000001"), renamed.clone(), full_record("1000003"), record("1000004")];
    assert_eq!(world.imports(&second).await, upserted(1, 1, 2));
    assert_eq!(world.imports(&second).await, upserted(0, 0, 4));
    assert_eq!(world.record("1000002").await, Some(renamed));
    assert_eq!(world.imports(&[]).await, upserted(0, 0, 0));
    assert_eq!(world.sees(|db| db.records().count()).await, 4, "what an extract does not name stays");
}

pub(crate) async fn a_record_that_changed_is_found_by_what_it_holds_now_and_by_nothing_else(world: World) {
    let old =
        TeachingRecord { nino: Some(nino("AB123456C")), emails: vec![email("old@example.com")], ..record("1000001") };
    let new = TeachingRecord {
        name: name("Jane", "Taylor"),
        date_of_birth: born("1981-03-04"),
        nino: Some(nino("CE123456D")),
        emails: vec![email("New@example.com"), email("new@Example.com")],
        ..old.clone()
    };
    let all = |record: &TeachingRecord| {
        let known = [
            Identifiers { email: record.emails.first().cloned(), ..Identifiers::default() },
            Identifiers { nino: record.nino.clone(), ..Identifiers::default() },
            Identifiers {
                name: stated(record.name.clone(), None),
                date_of_birth: Some(record.date_of_birth),
                ..Identifiers::default()
            },
        ];
        known.to_vec()
    };
    world.imports(std::slice::from_ref(&old)).await;
    world.imports(std::slice::from_ref(&new)).await;
    for identifiers in all(&old) {
        assert!(world.finds(identifiers.clone()).await.is_empty(), "{identifiers:?}");
    }
    for identifiers in all(&new) {
        assert_eq!(world.finds(identifiers.clone()).await, ["1000001"], "{identifiers:?}");
    }
    let keys = ["teaching_record_names", "teaching_record_emails"].map(|table| world.count(table));
    assert_eq!(keys, [1, 1]);
}

pub(crate) async fn more_records_than_one_statement_takes_are_imported(world: World) {
    let mut records: Vec<TeachingRecord> = (0..4_500).map(|n| record(&number(n))).collect();
    assert_eq!(world.imports(&records).await, upserted(4_500, 0, 0));
    for record in records.iter_mut().step_by(3) {
        record.qts_date = Some(date("2005-07-01"));
    }
    assert_eq!(world.imports(&records).await, upserted(0, 1_500, 3_000));
    assert_eq!(world.count("teaching_records"), 4_500);
    assert_eq!(world.count("teaching_record_names"), 4_500);
}

pub(crate) async fn the_training_providers_are_those_that_the_records_name(world: World) {
    let of = |trn: &str, names: &[&str]| TeachingRecord {
        training_providers: names.iter().map(|name| provider(name)).collect(),
        ..record(trn)
    };
    world.imports(&[of("1000001", &["Leeds", "St Mary's"]), of("1000002", &["ST MARYS"]), of("1000003", &[])]).await;
    assert_eq!(world.sees(|db| db.records().training_providers()).await, [], "nothing was refreshed yet");
    let refreshes = || world.does(|db| db.records().refresh_training_providers());
    assert_eq!(refreshes().await, 2);
    let listed = world.sees(|db| db.records().training_providers()).await;
    assert_eq!(listed, [provider("Leeds"), provider("ST MARYS")], "of two spellings the first one of the alphabet");
    world.imports(&[of("1000001", &["Durham"]), of("1000002", &[])]).await;
    assert_eq!(refreshes().await, 1);
    assert_eq!(world.sees(|db| db.records().training_providers()).await, [provider("Durham")]);
}

pub(crate) async fn a_candidate_is_found_by_each_identifier_that_a_match_can_rest_on(world: World) {
    let jane = TeachingRecord {
        nino: Some(nino("AB123456C")),
        emails: vec![email("other@example.com"), email("Jane@Example.com")],
        ..record("1000002")
    };
    let stranger = TeachingRecord { name: name("Li", "Wei"), date_of_birth: born("1990-01-01"), ..record("1000001") };
    world.imports(&[stranger, jane]).await;
    let by = Identifiers::default;
    let name = stated(name("jane", "SMITH"), None);
    let found = [
        Identifiers { email: Some(email("jane@example.COM")), ..by() },
        Identifiers { nino: Some(nino("ab 12 34 56 c")), ..by() },
        Identifiers { trn: Some(trn("1000002")), ..by() },
        Identifiers { name: name.clone(), date_of_birth: Some(born("1980-02-03")), ..by() },
    ];
    for identifiers in found {
        assert_eq!(world.finds(identifiers.clone()).await, ["1000002"], "{identifiers:?}");
    }
    let both = Identifiers { email: Some(email("jane@example.com")), trn: Some(trn("1000001")), ..by() };
    assert_eq!(world.finds(both).await, ["1000001", "1000002"], "in the order of their TRNs");
    let nobody = [
        by(),
        Identifiers { email: Some(email("jan@example.com")), ..by() },
        Identifiers { nino: Some(nino("AB123456D")), ..by() },
        Identifiers { trn: Some(trn("1000003")), ..by() },
        Identifiers { name, date_of_birth: Some(born("1990-01-01")), ..by() },
        Identifiers { provider: Some(provider("Leeds")), ..by() },
    ];
    for identifiers in nobody {
        assert!(world.finds(identifiers.clone()).await.is_empty(), "{identifiers:?}");
    }
}

pub(crate) async fn a_candidate_is_found_by_a_previous_name(world: World) {
    let siân = TeachingRecord {
        name: name("Siân", "O'Neill"),
        previous_names: vec![previous(None, Some("Jones")), previous(Some("Sara"), Some("Price"))],
        ..record("1000001")
    };
    world.imports(&[siân]).await;
    let smith = || name("Sian", "Smith");
    for (current, before, found) in [
        (name("SIAN", "ONeill"), None, true),
        (name("Sian", "Jones"), None, true),
        (name("Sara", "Price"), None, true),
        (smith(), Some(previous(None, Some("O\u{2019}Neill"))), true),
        (smith(), Some(previous(Some("Sara"), Some("Price"))), true),
        (smith(), None, false),
        (name("Sara", "Jones"), None, false),
    ] {
        let stated = stated(current, before);
        let born = Some(born("1980-02-03"));
        let identifiers = Identifiers { name: stated, date_of_birth: born, ..Identifiers::default() };
        assert_eq!(!world.finds(identifiers.clone()).await.is_empty(), found, "{identifiers:?}");
    }
}

/// Each may find thousands, and no match can rest on either.
pub(crate) async fn a_name_alone_and_a_date_of_birth_alone_find_nobody(world: World) {
    world.imports(&[record("1000001")]).await;
    let name = Identifiers { name: stated(name("Jane", "Smith"), None), ..Identifiers::default() };
    let born = Identifiers { date_of_birth: Some(born("1980-02-03")), ..Identifiers::default() };
    assert!(world.finds(name).await.is_empty());
    assert!(world.finds(born).await.is_empty());
}

pub(crate) async fn a_value_that_many_records_share_finds_those_that_agree_on_another(world: World) {
    let shared = |number: usize, email: Option<Email>, has_nino: bool| TeachingRecord {
        name: name("Li", &format!("Wei{number}")),
        date_of_birth: born("1990-01-01"),
        emails: email.into_iter().collect(),
        nino: has_nino.then(|| nino("AB123456C")),
        ..record(&self::number(number))
    };
    let office = || Some(email("office@example.com"));
    let mut records: Vec<TeachingRecord> = (0..60).map(|number| shared(number, office(), false)).collect();
    records.extend((60..120).map(|number| shared(number, None, true)));
    records[7].date_of_birth = born("1980-02-03");
    records[67].date_of_birth = born("1980-02-03");
    records[8].nino = Some(nino("CE123456D"));
    world.imports(&records).await;
    let by_email = || Identifiers { email: office(), ..Identifiers::default() };
    let by_nino = || Identifiers { nino: Some(nino("AB123456C")), ..Identifiers::default() };
    assert!(world.finds(by_email()).await.is_empty());
    assert!(world.finds(by_nino()).await.is_empty());
    for (stated, found) in [
        (Identifiers { date_of_birth: Some(born("1980-02-03")), ..by_email() }, number(7)),
        (Identifiers { nino: Some(nino("CE123456D")), ..by_email() }, number(8)),
        (Identifiers { name: stated(name("li", "wei9"), None), ..by_email() }, number(9)),
        (Identifiers { date_of_birth: Some(born("1980-02-03")), ..by_nino() }, number(67)),
        (Identifiers { name: stated(name("li", "wei69"), None), ..by_nino() }, number(69)),
        (Identifiers { trn: Some(trn("1000070")), ..by_nino() }, number(70)),
    ] {
        assert_eq!(world.finds(stated.clone()).await, [found], "{stated:?}");
    }
}

/// Few values, so that much agrees: what was left out must never have counted. One address and one NINO are on more
/// records than an arm takes whole.
pub(crate) async fn the_candidates_lead_to_the_verdict_that_all_records_would_lead_to(world: World) {
    let draw = Draw(Random::seeded(42));
    let all: Vec<TeachingRecord> = (0..300).map(|place| draw.record(place)).collect();
    let shared = |of: fn(&TeachingRecord) -> bool| all.iter().filter(|record| of(record)).count();
    assert!(shared(|record| record.emails == [email("person0@example.com")]) > 60);
    assert!(shared(|record| record.nino == Some(nino("AB123400C"))) > 60);
    world.imports(&all).await;
    let asked: Vec<Identifiers> = (0..200).map(|_| draw.identifiers()).collect();
    let questions = asked.clone();
    let answers = world
        .sees(move |db| questions.iter().map(|stated| db.records().candidates(stated)).collect::<Result<Vec<_>, _>>())
        .await;
    let mut seen = [0, 0, 0];
    for (stated, candidates) in asked.iter().zip(&answers) {
        for policy in [&Policy::DEFAULT, &Policy::STRICT] {
            let expected = decide(policy, stated, &all).decision;
            assert_eq!(decide(policy, stated, candidates).decision, expected, "{stated:?}");
            use identity::matching::Decision::{None, One, Several, Unsure};
            match expected {
                One(_) => seen[0] += 1,
                Several(_) => seen[1] += 1,
                None | Unsure => seen[2] += 1,
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 20), "the sample shows every kind of verdict: {seen:?}");
}

struct Draw(Random);

impl Draw {
    fn below(&self, bound: u32) -> u32 {
        u32::from_be_bytes(self.0.bytes()) % bound
    }

    fn name(&self) -> PersonName {
        let pick = |from: [&'static str; 4]| from[self.below(4) as usize];
        name(pick(["Jane", "Mary-Jane", "Siân", "O"]), pick(["Smith", "Jones", "O'Neill", "Li"]))
    }

    fn previous_name(&self) -> PreviousName {
        let PersonName { first, last, .. } = self.name();
        PreviousName { first: (self.below(2) == 0).then_some(first), last: Some(last) }
    }

    fn born(&self) -> identity::date_of_birth::DateOfBirth {
        born(
            ["1980-02-03", "1980-03-02", "1990-01-01", "2000-02-29", "1999-12-31", "1970-01-01"]
                [self.below(6) as usize],
        )
    }

    /// Number 0 is drawn often.
    fn common(&self) -> u32 {
        if self.below(3) == 0 { 0 } else { self.below(60) }
    }

    fn nino(&self) -> identity::nino::Nino {
        nino(&format!("AB1234{:02}C", self.common()))
    }

    fn email(&self) -> Email {
        email(&format!("person{}@example.com", self.common()))
    }

    fn maybe<T>(&self, value: impl Fn(&Self) -> T) -> Option<T> {
        (self.below(4) > 0).then(|| value(self))
    }

    fn provider(&self) -> identity::provider::TrainingProvider {
        provider(["Leeds", "Durham", "St Mary's"][self.below(3) as usize])
    }

    fn record(&self, place: usize) -> TeachingRecord {
        TeachingRecord {
            name: self.name(),
            previous_names: (self.below(3) == 0).then(|| self.previous_name()).into_iter().collect(),
            date_of_birth: self.born(),
            nino: self.maybe(Draw::nino),
            emails: self.maybe(Draw::email).into_iter().collect(),
            training_providers: self.maybe(Draw::provider).into_iter().collect(),
            active: self.below(10) > 0,
            ..record(&number(place))
        }
    }

    fn identifiers(&self) -> Identifiers {
        let before = (self.below(3) == 0).then(|| self.previous_name());
        Identifiers {
            email: self.maybe(Draw::email),
            name: self.maybe(|draw| StatedName { current: draw.name(), previous: before.clone() }),
            date_of_birth: self.maybe(Draw::born),
            nino: self.maybe(Draw::nino),
            trn: (self.below(3) == 0).then(|| trn(&number(self.below(300) as usize))),
            provider: self.maybe(Draw::provider),
        }
    }
}

pub(crate) async fn the_store_is_a_source_of_records(world: World) {
    let jane = TeachingRecord { training_providers: vec![provider("Leeds")], ..record("1000001") };
    world.imports(std::slice::from_ref(&jane)).await;
    world.does(|db| db.records().refresh_training_providers()).await;
    let source: &dyn Records = &world.store;
    let stated = Identifiers { trn: Some(trn("1000001")), ..Identifiers::default() };
    assert_eq!(source.candidates(&stated).await.unwrap(), std::slice::from_ref(&jane));
    assert_eq!(source.by_trn(&trn("1000001")).await.unwrap(), Some(jane));
    assert_eq!(source.by_trn(&trn("1000002")).await.unwrap(), None);
    assert_eq!(source.training_providers().await.unwrap(), [provider("Leeds")]);
    world.sql("DROP TABLE training_providers");
    let gone = source.training_providers().await.map_err(|error| error.to_string());
    assert_eq!(gone, Err("the teaching records are unavailable".to_owned()));
    let error: Result<_, StoreError> = world.store.read(|db| db.records().training_providers()).await;
    assert!(matches!(error, Err(StoreError::Other(_))), "{error:?}");
}

pub(crate) async fn a_portal_account_is_unlocked_and_nothing_else_changes(world: World) {
    let (locked, other) = (full_record("1000001"), full_record("1000002"));
    assert!(locked.portal_locked);
    world.imports(&[locked.clone(), other.clone()]).await;
    let source: &dyn Records = &world.store;
    for (number, became) in
        [("1000001", Unlocking::Unlocked), ("1000001", Unlocking::WasNotLocked), ("1000003", Unlocking::WasNotLocked)]
    {
        assert_eq!(source.unlock_portal(&trn(number)).await.unwrap(), became, "{number}");
    }
    let unlocked = TeachingRecord { portal_locked: false, ..locked };
    assert_eq!(source.by_trn(&trn("1000001")).await.unwrap(), Some(unlocked));
    assert_eq!(source.by_trn(&trn("1000002")).await.unwrap(), Some(other));
}

pub(crate) async fn a_record_is_found_by_the_trn_of_one_that_was_merged_into_it(world: World) {
    let merged = |of: &str, into: &str| TeachingRecord { active: false, merged_into: Some(trn(into)), ..record(of) };
    let records =
        [merged("1000001", "1000002"), merged("1000002", "1000003"), record("1000003"), merged("1000004", "1000004")];
    world.imports(&records).await;
    let by_trn = |of: &str| Identifiers { trn: Some(trn(of)), ..Identifiers::default() };
    assert_eq!(world.finds(by_trn("1000001")).await, ["1000001", "1000002", "1000003"]);
    assert_eq!(world.finds(by_trn("1000003")).await, ["1000003"]);
    assert_eq!(world.finds(by_trn("1000004")).await, ["1000004"], "a circle ends");
}
