//! One sound value of each kind, to be changed where a test wants it otherwise.

use chrono::{Duration, NaiveDate};
use identity::account::{Account, AccountId, LookupStatus, MatchLevel, Matched, RecordLink, RecordSeen};
use identity::browser_session::{BrowserSession, SessionId};
use identity::change_request::{ChangeRequest, ChangeRequestId, ChangeState, EvidenceFile, Wanted};
use identity::claims_request::ClaimsRequest;
use identity::client::{ClientId, MobileRequirement, SigningAlgorithm, TrnRequirement};
use identity::clock::Time;
use identity::date_of_birth::DateOfBirth;
use identity::device::Device;
use identity::email::Email;
use identity::errand::Errand;
use identity::event::{Detail, Event, EventKind};
use identity::evidence::{EvidenceId, EvidenceKind, FileName};
use identity::grant::{Grant, GrantId};
use identity::interaction::{Ask, AuthenticationMethod, Interaction, InteractionId};
use identity::matching::{Identifier, Identifiers, MatchPolicy, Policy, StatedName, decide};
use identity::mobile::Mobile;
use identity::name::{NamePart, PersonName, PreviousName};
use identity::nino::Nino;
use identity::one_time_code::{CodePurpose, OneTimeCode};
use identity::outbox::{Channel, OutboxMessage};
use identity::passkey::{Ceremony, CeremonyId, CeremonyOwner, Passkey, PasskeyId, PasskeyName};
use identity::preferred_name::PreferredName;
use identity::provider::TrainingProvider;
use identity::pushed_request::PushedRequest;
use identity::random::Random;
use identity::record::{Alert, TeachingRecord};
use identity::scope::Scopes;
use identity::search::RecordSearch;
use identity::secret::Hashed;
use identity::signing_key::{KeyState, SigningKey};
use identity::ticket::{Agent, Reference, Ticket, TicketId, TicketKind, TicketState};
use identity::trn::Trn;

/// A moment to the microsecond.
pub(crate) fn noon() -> Time {
    Time::from_timestamp_micros(1_769_860_800_123_456).expect("it is a moment")
}

pub(crate) fn seconds(count: i64) -> Duration {
    Duration::seconds(count)
}

pub(crate) fn email(text: &str) -> Email {
    Email::parse(text).expect("it is an address")
}

pub(crate) fn trn(text: &str) -> Trn {
    Trn::parse(text).expect("it is a TRN")
}

pub(crate) fn nino(text: &str) -> Nino {
    Nino::parse(text).expect("it is a NINO")
}

pub(crate) fn client(text: &str) -> ClientId {
    ClientId::parse(text).expect("it is a client's id")
}

pub(crate) fn provider(text: &str) -> TrainingProvider {
    TrainingProvider::parse(text).expect("it is a name")
}

pub(crate) fn born(text: &str) -> DateOfBirth {
    DateOfBirth::new(date(text))
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect("it is a date")
}

fn part(text: &str) -> NamePart {
    NamePart::parse(text).expect("it is a name")
}

pub(crate) fn name(first: &str, last: &str) -> PersonName {
    PersonName { first: part(first), middle: None, last: part(last) }
}

pub(crate) fn previous(first: Option<&str>, last: Option<&str>) -> PreviousName {
    PreviousName { first: first.map(part), last: last.map(part) }
}

pub(crate) fn hashed(random: &Random) -> Hashed {
    Hashed::from_stored(random.token().expose())
}

/// An account that nobody has looked up a record for.
pub(crate) fn account(random: &Random, address: &str) -> Account {
    Account {
        id: AccountId::new(random),
        email: email(address),
        mobile: None,
        official_name: name("Jane", "Smith"),
        preferred_name: None,
        date_of_birth: None,
        nino: None,
        lookup_status: None,
        record: None,
        record_seen: None,
        registered_with: None,
        created_at: noon(),
        updated_at: noon(),
        last_signed_in_at: None,
    }
}

pub(crate) fn link(to: &str) -> RecordLink {
    let matched = Matched { on: vec![Identifier::Email, Identifier::Name], at: noon() + seconds(4) };
    RecordLink { trn: trn(to), level: MatchLevel::Low, policy: "default/1".into(), matched: Some(matched) }
}

pub(crate) fn mobile(typed: &str) -> Mobile {
    Mobile::parse(typed).expect("it is a mobile number")
}

/// An account in which no field is empty.
pub(crate) fn full_account(random: &Random, address: &str, of: &str) -> Account {
    Account {
        // Another for each record.
        mobile: Some(Mobile::from_e164(&format!("+44770{of}")).expect("it is a number")),
        official_name: PersonName { middle: Some(part("Ann Mai")), ..name("Siân", "O'Neill") },
        preferred_name: Some(PreferredName::parse("Siân").expect("it is a name")),
        date_of_birth: Some(born("1980-02-03")),
        nino: Some(nino("AB123456C")),
        lookup_status: Some(LookupStatus::Found),
        record: Some(RecordLink { level: MatchLevel::Medium, policy: "strict/1".into(), ..link(of) }),
        record_seen: Some(RecordSeen { date_of_birth: born("1980-03-02"), prohibited: true, at: noon() + seconds(3) }),
        registered_with: Some(client("npq")),
        updated_at: noon() + seconds(1),
        last_signed_in_at: Some(noon() + seconds(2)),
        ..account(random, address)
    }
}

pub(crate) fn interaction(random: &Random) -> Interaction {
    Interaction {
        id: InteractionId::new(random),
        client_id: client("npq"),
        browser: hashed(random),
        ask: Ask {
            wants_record: true,
            mobile: MobileRequirement::Optional,
            landing_page: false,
            trn: TrnRequirement::Optional,
            match_policy: MatchPolicy::Default,
            blocks_prohibited: true,
            raises_tickets: false,
            session: None,
            login_hint: Some(email("jane@example.com")),
            takes_evidence: false,
            errand: Errand::Change { detail: Detail::Email, link: None },
        },
        authorization: r#"{"state":"😀"}"#.into(),
        state: String::new(),
        version: 0,
        created_at: noon(),
        outcome: None,
        resumed_at: None,
    }
}

pub(crate) fn code(random: &Random, of: &Interaction, address: &str) -> OneTimeCode {
    OneTimeCode {
        id: random.uuid(),
        interaction: of.id,
        address: email(address).canonical().into(),
        purpose: CodePurpose::SignIn,
        code: hashed(random),
        created_at: noon(),
        expires_at: noon() + Duration::minutes(10),
        tries: 0,
        ended_at: None,
    }
}

pub(crate) fn session(random: &Random, of: &Account) -> BrowserSession {
    BrowserSession {
        id: SessionId::new(random),
        token: hashed(random),
        account: of.id,
        authenticated_at: noon(),
        methods: vec![AuthenticationMethod::Otp],
        expires_at: noon() + Duration::hours(8),
        ended_at: None,
        device: Some(Device::parse("Chrome on Android").expect("it is a device")),
    }
}

pub(crate) fn passkey(random: &Random, of: &Account) -> Passkey {
    Passkey {
        id: PasskeyId::new(random),
        account: of.id,
        credential_id: random.token().expose().into(),
        credential: r#"{"counter":1}"#.into(),
        name: PasskeyName::parse("Work laptop 😀").expect("it is a name"),
        created_at: noon(),
        last_used_at: None,
    }
}

pub(crate) fn ceremony(random: &Random) -> Ceremony {
    Ceremony {
        id: CeremonyId::new(random),
        owner: CeremonyOwner::Interaction(InteractionId::new(random)),
        state: r#"{"challenge":"😀"}"#.into(),
        expires_at: noon() + Duration::minutes(5),
    }
}

pub(crate) fn grant(random: &Random, of: &Account) -> Grant {
    Grant {
        id: GrantId::new(random),
        code: hashed(random),
        client_id: client("npq"),
        account: of.id,
        session: SessionId::new(random),
        redirect_uri: "https://npq.example/callback?a=b".into(),
        scopes: Scopes::parse("openid email profile").expect("they are scopes"),
        nonce: Some("nonce \u{1F600}".into()),
        claims: ClaimsRequest::parse(r#"{"userinfo":{"name":{"value":"😀"}}}"#).expect("it is a request"),
        code_challenge: Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".into()),
        authenticated_at: noon(),
        methods: vec![AuthenticationMethod::Otp],
        created_at: noon() + seconds(1),
        code_expires_at: noon() + seconds(60),
        redeemed_at: None,
        revoked_at: None,
        dpop_jkt: Some("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I".into()),
        resources: vec!["https://api.example/".into()],
    }
}

pub(crate) fn pushed_request(random: &Random) -> PushedRequest {
    PushedRequest {
        reference: hashed(random),
        client_id: client("npq"),
        authorization: r#"{"state":"😀"}"#.into(),
        expires_at: noon() + seconds(60),
        used_at: None,
    }
}

pub(crate) fn signing_key(random: &Random, algorithm: SigningAlgorithm) -> SigningKey {
    SigningKey {
        kid: random.uuid().to_string(),
        algorithm,
        state: KeyState::Active,
        public_jwk: r#"{"kty":"RSA"}"#.into(),
        sealed_private_key: random.token().expose().into(),
        created_at: noon(),
        changed_at: None,
        due_at: None,
    }
}

pub(crate) fn message(random: &Random) -> OutboxMessage {
    OutboxMessage::new(random.uuid(), Channel::Email, random.token().expose().into(), noon())
}

pub(crate) fn event(random: &Random, of: &Account) -> Event {
    Event { id: random.uuid(), at: noon(), kind: EventKind::SignedIn, account: of.id, client: Some(client("npq")) }
}

pub(crate) fn agent() -> Agent {
    Agent::parse("Nadia").expect("it is a name")
}

/// A search for a record of which nothing is known.
pub(crate) fn ticket(random: &Random, of: &Account) -> Ticket {
    Ticket {
        id: TicketId::new(random),
        reference: Reference::new(random),
        kind: TicketKind::RecordSearch,
        account: Some(of.id),
        holder: None,
        interaction: None,
        client: None,
        contact: of.email.clone(),
        name: name("Jane", "Smith"),
        preferred_name: None,
        stated: Identifiers::default(),
        claims_qts: None,
        verdict: None,
        state: TicketState::Open,
        created_at: noon(),
    }
}

/// A search for a record in which no field is empty but the holder.
pub(crate) fn full_ticket(random: &Random, of: &Account) -> Ticket {
    let stated = Identifiers {
        email: Some(of.email.clone()),
        name: Some(StatedName { current: name("Jane", "Smith"), previous: Some(previous(None, Some("Price"))) }),
        date_of_birth: Some(born("1980-02-03")),
        nino: Some(nino("AB123456C")),
        trn: Some(trn("7654321")),
        provider: Some(provider("St Mary's")),
    };
    Ticket {
        interaction: Some(InteractionId::new(random)),
        client: Some(client("npq")),
        name: PersonName { middle: Some(part("Ann Mai")), ..name("Siân", "O'Neill") },
        preferred_name: Some(PreferredName::parse("Siân").expect("it is a name")),
        verdict: Some(decide(&Policy::DEFAULT, &stated, &[record("1234567"), record("1234568")])),
        stated,
        claims_qts: Some(true),
        ..ticket(random, of)
    }
}

/// A question about access to the account of somebody.
pub(crate) fn access_ticket(random: &Random, of: &Account) -> Ticket {
    Ticket {
        kind: TicketKind::AccountAccess,
        account: None,
        holder: Some(of.id),
        interaction: Some(InteractionId::new(random)),
        claims_qts: Some(false),
        ..ticket(random, of)
    }
}

/// A record that holds no more than it must.
pub(crate) fn record(of: &str) -> TeachingRecord {
    TeachingRecord {
        trn: trn(of),
        name: name("Jane", "Smith"),
        previous_names: Vec::new(),
        date_of_birth: born("1980-02-03"),
        nino: None,
        emails: Vec::new(),
        training_providers: Vec::new(),
        qts_date: None,
        alerts: Vec::new(),
        portal_locked: false,
        active: true,
        merged_into: None,
    }
}

/// A record in which no field is empty.
pub(crate) fn full_record(of: &str) -> TeachingRecord {
    let alert = |kind: &str, end| Alert { kind: kind.into(), start: date("2010-01-02"), end };
    TeachingRecord {
        name: PersonName { middle: Some(part("Mai")), ..name("Siân", "O'Neill-Jones") },
        previous_names: vec![previous(Some("Sian"), Some("Jones")), previous(None, Some("Price"))],
        nino: Some(nino("AB123456C")),
        emails: vec![email("Sian@Example.com"), email("s.jones@school.example")],
        training_providers: vec![provider("University of Leeds"), provider("St Mary's")],
        qts_date: Some(date("2005-07-01")),
        alerts: vec![alert("prohibition", None), alert("warning", Some(date("2011-01-01")))],
        portal_locked: true,
        active: false,
        merged_into: Some(trn("7654321")),
        ..record(of)
    }
}

/// A search of which nothing is known.
pub(crate) fn search(of: &Account) -> RecordSearch {
    RecordSearch {
        account: of.id,
        stated: Identifiers::default(),
        policy: MatchPolicy::Default,
        unanswered: 0,
        next_at: noon(),
    }
}

/// A search in which no field is empty.
pub(crate) fn full_search(of: &Account) -> RecordSearch {
    let stated = full_ticket(&Random::seeded(1), of).stated;
    RecordSearch { stated, policy: MatchPolicy::Strict, unanswered: 7, next_at: noon() + seconds(60), ..search(of) }
}

/// A pending request for another name, that came from no service.
pub(crate) fn change_request(random: &Random, of: &Account) -> ChangeRequest {
    ChangeRequest {
        id: ChangeRequestId::new(random),
        reference: Reference::new(random),
        account: of.id,
        wanted: Wanted::OfficialName(name("Jane", "Taylor")),
        evidence: EvidenceFile {
            id: Some(EvidenceId::new(random)),
            kind: EvidenceKind::Pdf,
            name: FileName::from("deed.pdf".to_owned()),
            size: 3_145_728,
        },
        client: None,
        state: ChangeState::Pending,
        created_at: noon(),
    }
}

/// A pending request for another date of birth.
pub(crate) fn date_request(random: &Random, of: &Account) -> ChangeRequest {
    let request = change_request(random, of);
    ChangeRequest {
        wanted: Wanted::DateOfBirth(born("1981-02-03")),
        evidence: EvidenceFile { kind: EvidenceKind::Jpeg, name: FileName::from("é".to_owned()), ..request.evidence },
        client: Some(client("npq")),
        ..request
    }
}
