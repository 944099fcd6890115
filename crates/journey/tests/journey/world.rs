//! A server, a fake clock, a mailbox, teaching records, and people who use them.

use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, RETRY_AFTER};
use actix_web::test::{TestRequest, init_service, read_body};
use actix_web::web::Data;
use actix_web::{App, ResponseError};
use chrono::Duration;
use govuk::Templates;
use identity::account::{Account, AccountId};
use identity::budget::Rate;
use identity::client::{Client, ClientId, Clients, MobileRequirement, TrnRequirement};
use identity::clock::{FakeClock, Time};
use identity::cookie_names;
use identity::email::Email;
use identity::errand::Errand;
use identity::interaction::{Ask, Interaction, InteractionId, Outcome};
use identity::key_ring::{KeyRing, SealingKey};
use identity::mailbox::SharedMailboxes;
use identity::matching::MatchPolicy;
use identity::message::Message;
use identity::outbox::SEAL_PURPOSE;
use identity::random::Random;
use identity::scope::Scopes;
use identity::secret::{HashKey, Purpose};
use journey::{CodeBudgets, Journeys, Rates, Settings, TextRates, WebAuthn};
use store::{PoolSettings, Store, StoreError};

use crate::database::Database;
use crate::post::Post;
use crate::records::{Source, records};
use crate::register::Register;

pub(crate) struct World {
    pub journeys: Data<Journeys>,
    pub clock: FakeClock,
    pub source: Arc<Source>,
    pub register: Register,
    pub post: Arc<Post>,
    database: Database,
}

/// Somebody at a browser, in the middle of signing in.
pub(crate) struct Person<'w> {
    pub world: &'w World,
    pub id: InteractionId,
    /// The cookie that the browser sends, if any.
    pub cookie: Option<String>,
    /// The cookie of a browser that has proved an address.
    pub known_browser: Option<String>,
    /// Where they are.
    pub network: [u8; 4],
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Seen {
    pub status: StatusCode,
    pub location: Option<String>,
    /// After so many seconds.
    pub retry_after: Option<i64>,
    /// The cookie that was set for a browser that has proved an address.
    pub known_browser: Option<String>,
    pub html: String,
}

impl World {
    pub(crate) async fn new() -> World {
        World::with(budgets()).await
    }

    pub(crate) async fn with(code_budgets: CodeBudgets) -> World {
        World::on(Database::sqlite(), code_budgets).await
    }

    pub(crate) async fn on(database: Database, code_budgets: CodeBudgets) -> World {
        let store = Store::open(&database.url, PoolSettings::default()).unwrap();
        store.migrate().await.unwrap();
        let register = Register::new(&store);
        register.has(records()).await;
        let clock = FakeClock::at(Time::from_timestamp(1_790_000_000, 0).unwrap());
        let keys = vec![SealingKey { id: "test".into(), key: [7; 32] }];
        let source = Arc::new(Source::of(register.source()));
        let post = Arc::new(Post::default());
        let journeys = Journeys {
            courier: post.clone(),
            records: source.clone(),
            store,
            clients: Clients::new(clients()).with_ourselves(ourselves()),
            clock: clock.clock(),
            random: Random::seeded(1),
            hash_key: HashKey::new(&[9; 32]),
            key_ring: KeyRing::new(keys).unwrap(),
            templates: Templates::new(journey::templates()).unwrap(),
            shared_mailboxes: Arc::new(SharedMailboxes::parse("office\nheadteacher").unwrap()),
            evidence: None,
            one_login: None,
            settings: Settings { code_budgets, ..settings() },
        };
        World { journeys: Data::new(journeys), clock, source, register, post, database }
    }

    /// The same service on another server, with the same database.
    pub(crate) fn another_node(&self) -> Journeys {
        let store = Store::open(&self.database.url, PoolSettings::default()).unwrap();
        Journeys { store, ..self.journeys.get_ref().clone() }
    }

    /// Somebody whom the authorization server just sent here, for the client.
    pub(crate) async fn person_from(&self, client: &str) -> Person<'_> {
        let client = self.journeys.clients.find(&ClientId::parse(client).unwrap()).unwrap();
        self.person_with(&client, World::ask(&client)).await
    }

    /// What the authorization server asks of a journey for this client.
    pub(crate) fn ask(client: &Client) -> Ask {
        Ask {
            wants_record: client.trn != TrnRequirement::NotAsked,
            mobile: client.mobile,
            landing_page: client.landing_page,
            trn: client.trn,
            match_policy: client.match_policy,
            blocks_prohibited: client.blocks_prohibited,
            raises_tickets: client.raises_tickets,
            session: None,
            login_hint: None,
            takes_evidence: false,
            errand: Errand::SignIn,
        }
    }

    pub(crate) async fn person_with(&self, client: &Client, ask: Ask) -> Person<'_> {
        let cookie = self.journeys.random.token();
        let interaction = Interaction {
            id: InteractionId::new(&self.journeys.random),
            client_id: client.id.clone(),
            browser: self.journeys.hash_key.hash(Purpose::BrowserBinding, "", &cookie),
            ask,
            authorization: "{}".into(),
            state: String::new(),
            version: 0,
            created_at: self.journeys.clock.now(),
            outcome: None,
            resumed_at: None,
        };
        let id = interaction.id;
        self.journeys.store.transact(move |db| db.interactions().create(&interaction)).await.unwrap();
        let cookie = Some(cookie.expose().to_owned());
        Person { world: self, id, cookie, known_browser: None, network: [192, 0, 2, 1] }
    }

    /// Every message that was sent, the newest first.
    pub(crate) async fn mailbox(&self) -> Vec<Message> {
        let rows = self.journeys.store.read(|db| db.outbox().newest_first(100)).await.unwrap();
        let open = |sealed: &str| self.journeys.key_ring.open(SEAL_PURPOSE, sealed).unwrap();
        rows.iter().map(|row| serde_json::from_slice(&open(&row.sealed)).unwrap()).collect()
    }

    pub(crate) async fn account(&self, email: &str) -> Option<Account> {
        let email = Email::parse(email).unwrap();
        self.journeys.store.read(move |db| db.accounts().by_email(&email)).await.unwrap()
    }

    /// The account that somebody was signed in to.
    pub(crate) async fn signed_in(&self, person: &Person<'_>) -> AccountId {
        match self.interaction(person.id).await.outcome {
            Some(Outcome::SignedIn { account, .. }) => account,
            other => panic!("not signed in: {other:?}"),
        }
    }

    pub(crate) async fn interaction(&self, id: InteractionId) -> Interaction {
        let found: Result<_, StoreError> = self.journeys.store.read(move |db| db.interactions().by_id(&id)).await;
        found.unwrap().unwrap()
    }

    /// A page that belongs to no journey.
    pub(crate) async fn looks_at(&self, path: &str) -> Seen {
        self.call(TestRequest::get().uri(path)).await
    }

    pub(crate) async fn presses_at(&self, path: &str) -> Seen {
        self.call(TestRequest::post().uri(path)).await
    }

    pub(crate) async fn call(&self, request: TestRequest) -> Seen {
        // No two things happen at the same moment.
        self.clock.advance(Duration::milliseconds(1));
        answer(self.journeys.clone(), request).await
    }
}

/// What a server answers.
pub(crate) async fn answer(journeys: Data<Journeys>, request: TestRequest) -> Seen {
    let app = init_service(App::new().app_data(journeys).configure(journey::configure)).await;
    let answer = match actix_web::dev::Service::call(&app, request.to_request()).await {
        Ok(answer) => answer,
        Err(error) => {
            let status = ResponseError::status_code(error.as_response_error());
            return Seen { status, location: None, retry_after: None, known_browser: None, html: String::new() };
        }
    };
    let status = answer.status();
    let header = |name| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let location = header(LOCATION);
    let retry_after = header(RETRY_AFTER).map(|seconds| seconds.parse().unwrap());
    let mut cookies = answer.response().cookies();
    let known_browser = cookies.find(|cookie| cookie.name() == journey::known_browser_cookie_name(false));
    let known_browser = known_browser.map(|cookie| cookie.value().to_owned());
    let html = String::from_utf8(read_body(answer).await.to_vec()).unwrap();
    Seen { status, location, retry_after, known_browser, html }
}

impl Person<'_> {
    pub(crate) async fn visits(&self, page: &str) -> Seen {
        self.world.call(self.with_cookie(TestRequest::get().uri(&self.address(page)))).await
    }

    /// Submits the page's form.
    pub(crate) async fn answers(&self, page: &str, fields: &[(&str, &str)]) -> Seen {
        self.world.call(self.form(page, fields)).await
    }

    /// A form as the browser sends it.
    pub(crate) fn form(&self, page: &str, fields: &[(&str, &str)]) -> TestRequest {
        self.with_cookie(TestRequest::post().uri(&self.address(page)).set_form(fields))
    }

    /// The code that was last sent to the address.
    pub(crate) async fn code(&self, to: &str) -> String {
        let mailbox = self.world.mailbox().await;
        let message = mailbox.iter().find(|message| message.to == to).expect("a message was sent");
        message.one_time_code.clone().expect("the message has a code")
    }

    pub(crate) async fn types_the_code(&self, page: &str, to: &str) -> Seen {
        let code = self.code(to).await;
        self.answers(page, &[("one_time_code", &code)]).await
    }

    /// Types the code, and goes on without a mobile number where one is asked.
    pub(crate) async fn types_the_code_and_has_no_mobile(&self, page: &str, to: &str) -> Seen {
        let seen = self.types_the_code(page, to).await;
        let asked = seen.location.as_deref().is_some_and(|location| location.ends_with("/mobile"));
        if !asked {
            return seen;
        }
        let next = self.has_no_mobile().await;
        Seen { known_browser: seen.known_browser, ..next }
    }

    pub(crate) async fn has_no_mobile(&self) -> Seen {
        self.answers("mobile", &[("without", "true")]).await
    }

    pub(crate) async fn proves(&self, email: &str) -> Seen {
        self.answers("email", &[("email", email)]).await.leads_to("email-code");
        self.types_the_code_and_has_no_mobile("email-code", email).await
    }

    /// Name, preferred name and date of birth. Accounts of people who say the same are not theirs.
    pub(crate) async fn says_who_they_are(&self, first: &str, last: &str, born: [&str; 3]) -> Seen {
        let seen = self.says_a_name_and(first, last, born).await;
        let offered = seen.location.as_deref().is_some_and(|location| location.ends_with("/existing-account"));
        if offered { self.answers("existing-account", &[("account", "none")]).await } else { seen }
    }

    /// The same, to whatever page that leads.
    pub(crate) async fn says_a_name_and(&self, first: &str, last: &str, born: [&str; 3]) -> Seen {
        let name = [("first_name", first), ("last_name", last), ("has_previous_name", "no")];
        self.answers("official-name", &name).await.leads_to("preferred-name");
        self.answers("preferred-name", &[("preferred_name", first)]).await.leads_to("date-of-birth");
        let [day, month, year] = born;
        let date = [("date_of_birth-day", day), ("date_of_birth-month", month), ("date_of_birth-year", year)];
        self.answers("date-of-birth", &date).await
    }

    /// Looks at the details that we hold, and goes on.
    pub(crate) async fn confirms_their_details(&self) -> Seen {
        self.visits("your-details").await.says(200, "Your details");
        self.answers("your-details", &[]).await
    }

    pub(crate) fn address(&self, page: &str) -> String {
        format!("/sign-in/{}/{page}", self.id).trim_end_matches('/').to_owned()
    }

    pub(crate) fn with_cookie(&self, mut request: TestRequest) -> TestRequest {
        request = request.peer_addr((self.network, 4711).into());
        if let Some(cookie) = &self.cookie {
            request = request.cookie(Cookie::new(cookie_names::browser(false), cookie.clone()));
        }
        if let Some(cookie) = &self.known_browser {
            request = request.cookie(Cookie::new(journey::known_browser_cookie_name(false), cookie.clone()));
        }
        request
    }
}

impl Seen {
    /// Redirected to this page of the journey.
    #[track_caller]
    pub(crate) fn leads_to(self, page: &str) -> Seen {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.main());
        let location = self.location.as_deref().unwrap();
        assert!(location.starts_with("/sign-in/") && location.ends_with(&format!("/{page}")), "{location}");
        self
    }

    /// Told that there is a new account.
    #[track_caller]
    pub(crate) fn creates(self) -> Seen {
        self.leads_to("finished")
    }

    /// Redirected to the authorization server, which takes the outcome up.
    #[track_caller]
    pub(crate) fn ends(self) -> Seen {
        let location = self.location.as_deref().unwrap_or_else(|| panic!("{}: {}", self.status, self.main()));
        assert!(location.starts_with("/oauth2/authorize/"), "{location}");
        self
    }

    /// The page between its header and its footer.
    fn main(&self) -> &str {
        let from = self.html.find("<main").unwrap_or_default();
        let to = self.html.find("</main>").unwrap_or(self.html.len());
        &self.html[from..to]
    }

    /// A page with this status and these words.
    #[track_caller]
    pub(crate) fn says(self, status: u16, words: &str) -> Seen {
        assert_eq!(self.status.as_u16(), status, "{}", self.main());
        assert!(self.html.contains(words), "not on the page: {words}\n{}", self.main());
        self
    }
}

fn settings() -> Settings {
    Settings {
        secure_cookies: false,
        one_time_code_lifetime: Duration::minutes(10),
        code_budgets: budgets(),
        trusted_proxies: Vec::new(),
        passkeys: WebAuthn::of(&"https://identity.example.com/".parse().unwrap(), "Get an Identity"),
        journey_lifetime: Duration::hours(2),
        prefill_one_time_codes: false,
        account_url: "https://gai.example.com/account".parse().unwrap(),
        issuer: "https://identity.example".into(),
        support_email: "help@example.com".into(),
        phase_banner: None,
        footer_links: Vec::new(),
    }
}

/// More than any test uses up but those that bring their own.
pub(crate) fn budgets() -> CodeBudgets {
    let rate = Rate::new(1_000, Duration::hours(1)).unwrap();
    let rates = Rates { address: rate, known_browser: rate, journey: rate, prefix: rate, global: rate };
    CodeBudgets { sending: rates, trying: rates, texts: TextRates { all: rate, abroad: rate } }
}

fn ourselves() -> Client {
    Client::ourselves("Our own account".into(), settings().account_url)
}

fn clients() -> Vec<Client> {
    let client = |id: &str, trn, match_policy| {
        let address = format!("https://{id}.example.com/").parse().unwrap();
        Client {
            redirect_uris: vec![format!("https://{id}.example.com/callback")],
            scopes: Scopes::parse("openid profile email").unwrap(),
            mobile: if id == "needs-mobile" { MobileRequirement::Required } else { MobileRequirement::Optional },
            landing_page: id == "landing",
            trn,
            match_policy,
            blocks_prohibited: id == "blocking",
            raises_tickets: id != "no-tickets",
            ..Client::new(ClientId::parse(id).unwrap(), format!("The {id} service"), address)
        }
    };
    vec![
        client("optional", TrnRequirement::Optional, MatchPolicy::Default),
        client("required", TrnRequirement::Required, MatchPolicy::Default),
        client("strict", TrnRequirement::Optional, MatchPolicy::Strict),
        client("strict-required", TrnRequirement::Required, MatchPolicy::Strict),
        client("blocking", TrnRequirement::Required, MatchPolicy::Default),
        client("no-tickets", TrnRequirement::Required, MatchPolicy::Default),
        client("no-trn", TrnRequirement::NotAsked, MatchPolicy::Default),
        client("landing", TrnRequirement::NotAsked, MatchPolicy::Default),
        client("needs-mobile", TrnRequirement::NotAsked, MatchPolicy::Default),
    ]
}

/// A code that nobody was sent.
pub(crate) fn other_than(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}
