//! What people ask to be changed of their record, as the register of teachers hears of it.

use std::time::Duration as Wait;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::account::{Account, AccountId, LookupStatus, MatchLevel, RecordLink};
use identity::change_request::{ChangeDecision, ChangeRequest, ChangeRequestId, ChangeState, EvidenceFile, Wanted};
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::evidence::{EvidenceId, EvidenceKind, EvidenceStore, FileName};
use identity::name::{NamePart, PersonName};
use identity::outbox::{OutboxMessage, OutboxState};
use identity::random::Random;
use identity::ticket::{Agent, Reference};
use identity::trn::Trn;
use partners::evidence::Bucket;
use partners::http::{Address, Partner, Repeat};
use partners::simulators::records::{RecordsServer, SAMPLE_KEY};
use partners::simulators::{self, Switch};
use serde_json::{Value, json};
use store::StoreError;

use crate::world::World;

struct Others {
    register: RecordsServer,
    bucket: simulators::Bucket,
}

async fn world() -> (World, Others) {
    let register = RecordsServer::start(([127, 0, 0, 1], 0).into(), Switch::default(), SAMPLE_KEY, []).unwrap();
    let clock = identity::clock::FakeClock::at(chrono::DateTime::from_timestamp(1_790_000_000, 0).unwrap());
    let bucket = simulators::Bucket::start(clock.clock()).await.unwrap();
    let at = bucket.settings();
    let (base, endpoint) = (register.url().to_string(), at.endpoint.to_string());
    let world = World::new(&[
        ("GAI__RECORDS__SOURCE", "api"),
        ("GAI__RECORDS__API_BASE", &base),
        ("GAI__RECORDS__API_KEY", SAMPLE_KEY),
        ("GAI__RECORDS__TELL_CHANGES", "true"),
        ("GAI__EVIDENCE__KEEP_IN", "bucket"),
        ("GAI__EVIDENCE__BUCKET_ENDPOINT", &endpoint),
        ("GAI__EVIDENCE__BUCKET_REGION", &at.region),
        ("GAI__EVIDENCE__BUCKET", &at.bucket),
        ("GAI__EVIDENCE__BUCKET_ACCESS_KEY", &at.access_key),
        ("GAI__EVIDENCE__BUCKET_SECRET", at.secret.expose()),
    ])
    .await;
    (world, Others { register, bucket })
}

fn name(first: &str, last: &str) -> PersonName {
    let part = |text| NamePart::parse(text).unwrap();
    PersonName { first: part(first), middle: None, last: part(last) }
}

impl World {
    /// Jane, who has a record, asks for this, with a file that is in the bucket.
    async fn jane_asks_for(&self, wanted: Wanted, others: &Others) -> ChangeRequestId {
        let (random, now) = (Random::system(), self.clock.clock().now());
        let file = EvidenceId::new(&random);
        let bucket = Bucket::new(others.bucket.settings(), self.clock.clock()).unwrap();
        bucket.put(file, b"a deed").await.unwrap();
        let jane = jane(AccountId::new(&random), now);
        let evidence = EvidenceFile {
            id: Some(file),
            kind: EvidenceKind::Pdf,
            name: FileName::from("deed.pdf".to_owned()),
            size: 6,
        };
        let request = ChangeRequest {
            id: ChangeRequestId::new(&random),
            reference: Reference::new(&random),
            account: jane.id,
            wanted,
            evidence,
            client: None,
            state: ChangeState::Pending,
            created_at: now,
        };
        let id = request.id;
        let asked = self.parts.store.transact(move |db| {
            db.accounts().create(&jane)?;
            db.evidence_files().expect(file, now)?;
            db.change_requests().create(&request)
        });
        asked.await.unwrap();
        id
    }

    /// Until nothing is due any more; what came of it.
    async fn leaves_nothing(&self) -> Vec<OutboxMessage> {
        let running = self.parts.outbox.start(4);
        let all = loop {
            let all: Result<Vec<_>, StoreError> = self.parts.store.read(|db| db.outbox().newest_first(9)).await;
            let all = all.unwrap();
            if all.iter().all(|message| message.state != OutboxState::Due) {
                break all;
            }
            tokio::time::sleep(Wait::from_millis(20)).await;
        };
        running.drain(Wait::from_secs(5)).await;
        all
    }
}

fn jane(id: AccountId, now: identity::clock::Time) -> Account {
    let trn = Trn::parse("1234567").unwrap();
    Account {
        id,
        email: Email::parse("jane@example.com").unwrap(),
        mobile: None,
        official_name: name("Jane", "Smith"),
        preferred_name: None,
        date_of_birth: Some(DateOfBirth::new("1980-02-03".parse().unwrap())),
        nino: None,
        lookup_status: Some(LookupStatus::Found),
        record: Some(RecordLink { trn, level: MatchLevel::Low, policy: "default/1".into(), matched: None }),
        record_seen: None,
        created_at: now,
        updated_at: now,
        last_signed_in_at: Some(now),
        registered_with: None,
    }
}

#[actix_web::test]
async fn the_register_hears_what_a_person_asks_for_and_gets_their_evidence() {
    let (world, others) = world().await;
    world.jane_asks_for(Wanted::OfficialName(name("Jane", "Taylor")), &others).await;
    let told = world.leaves_nothing().await;
    assert!(told.iter().all(|message| message.state == OutboxState::Carried), "{told:?}");
    let [received] = &others.register.received()[..] else { panic!("it is one") };
    assert_eq!(received.what, "name");
    let evidence = received.body["evidenceFileUrl"].as_str().unwrap().to_owned();
    assert_eq!(
        received.body,
        json!({
            "emailAddress": "jane@example.com", "firstName": "Jane", "lastName": "Taylor",
            "evidenceFileName": "deed.pdf", "evidenceFileUrl": evidence,
        })
    );
    let fetcher = Partner::new("fetcher", Address::new(others.register.url(), Wait::from_secs(5))).unwrap();
    let fetch = async |url: &str| fetcher.call("file", Repeat::No, |client| client.get(url)).await.unwrap().status;
    assert_eq!(fetch(&evidence).await, 200);
    assert_eq!(fetch(&evidence.replace("X-Amz-Expires=604800", "X-Amz-Expires=999999")).await, 403);

    let claims: Value = {
        let part = received.token.split('.').nth(1).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    };
    let now = world.clock.clock().now().timestamp();
    assert_eq!(
        claims,
        json!({
            "iss": world.parts.provider.issuer.as_str(), "iat": now, "exp": now + 3_600,
            "scope": "dqt:read", "trn": "1234567",
        })
    );
}

#[actix_web::test]
async fn what_was_taken_back_before_it_went_out_is_told_to_nobody() {
    let (world, others) = world().await;
    let born = DateOfBirth::new("1980-03-02".parse().unwrap());
    let id = world.jane_asks_for(Wanted::DateOfBirth(born), &others).await;
    let (by, at) = (Agent::parse("Jane").unwrap(), world.clock.clock().now());
    let withdrawn: Result<bool, StoreError> =
        world.parts.store.transact(move |db| db.change_requests().decide(id, ChangeDecision::Withdrawn, &by, at)).await;
    assert!(withdrawn.unwrap());
    let told = world.leaves_nothing().await;
    assert!(told.iter().all(|message| message.state == OutboxState::Carried), "{told:?}");
    assert_eq!(others.register.received(), []);
}
