//! Changes at the account page, by somebody who is signed in.

use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use chrono::Duration;
use identity::account::AccountId;
use identity::browser_session::{BrowserSession, SessionId};
use identity::cookie_names;
use identity::event::{Detail, EventKind};
use identity::interaction::AuthenticationMethod;
use identity::secret::Purpose;
use store::StoreError;

use crate::world::{Seen, World, answer};

const BORN: [&str; 3] = ["14", "3", "1985"];
type Fields<'a> = &'a [(&'a str, &'a str)];

/// Nobody's record.
const MORGAN: &str = "morgan@example.org";

/// Somebody whose browser has a session.
struct Owner<'w> {
    world: &'w World,
    account: AccountId,
    session: BrowserSession,
    cookies: Vec<(&'static str, String)>,
}

impl World {
    /// Makes an account at this service, and signs a browser in to it.
    async fn owner_of(&self, service: &str, email: &str, name: (&str, &str)) -> Owner<'_> {
        let person = self.person_from(service).await;
        person.proves(email).await;
        person.says_who_they_are(name.0, name.1, BORN).await.leads_to("check-answers");
        person.answers("check-answers", &[]).await.creates();
        self.signs_in_a_browser(self.signed_in(&person).await).await
    }

    async fn signs_in_a_browser(&self, account: AccountId) -> Owner<'_> {
        let (token, browser) = (self.journeys.random.token(), self.journeys.random.token());
        let now = self.journeys.clock.now();
        let session = BrowserSession {
            id: SessionId::new(&self.journeys.random),
            token: self.journeys.hash_key.hash(Purpose::BrowserSession, "", &token),
            account,
            authenticated_at: now,
            methods: vec![AuthenticationMethod::Otp],
            expires_at: now + Duration::hours(12),
            ended_at: None,
            device: None,
        };
        let kept = session.clone();
        let create = self.journeys.store.transact(move |db| db.browser_sessions().create(&kept));
        create.await.map_err(|error: StoreError| error).unwrap();
        let session_cookie = (cookie_names::session(false), token.expose().to_owned());
        let cookies = vec![session_cookie, (cookie_names::browser(false), browser.expose().to_owned())];
        Owner { world: self, account, session, cookies }
    }

    async fn newcomer(&self) -> Owner<'_> {
        self.owner_of("no-trn", MORGAN, ("Morgan", "Newcombe")).await
    }
}

impl Owner<'_> {
    async fn call(&self, mut request: TestRequest) -> Seen {
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(*name, value.clone()));
        }
        self.world.clock.advance(Duration::milliseconds(1));
        answer(self.world.journeys.clone(), request).await
    }

    async fn visits(&self, address: &str) -> Seen {
        self.call(TestRequest::get().uri(address)).await
    }

    async fn submits(&self, address: &str, fields: &[(&str, &str)]) -> Seen {
        self.call(TestRequest::post().uri(address).set_form(fields)).await
    }

    /// From the answer to the page that it leads to.
    async fn follows(&self, seen: Seen) -> Seen {
        let location = seen.location.unwrap_or_else(|| panic!("{}: {}", seen.status, seen.html));
        self.visits(&location).await
    }

    async fn code_for(&self, to: &str) -> String {
        let mailbox = self.world.mailbox().await;
        let codes = mailbox.iter().filter(|message| message.to == to);
        codes.filter_map(|message| message.one_time_code.clone()).next().expect("a code was sent")
    }

    async fn kinds_of_events(&self) -> Vec<EventKind> {
        let id = self.account;
        let events = self.world.journeys.store.read(move |db| db.events().of_account(id, 100));
        events.await.map_err(|error: StoreError| error).unwrap().into_iter().map(|event| event.kind).collect()
    }

    async fn changed(&self) -> Vec<Vec<Detail>> {
        let changed = |kind| if let EventKind::DetailsChanged { details } = kind { Some(details) } else { None };
        self.kinds_of_events().await.into_iter().filter_map(changed).collect()
    }

    async fn ends(&self) {
        let (id, now) = (self.session.id, self.world.journeys.clock.now());
        let end = self.world.journeys.store.transact(move |db| db.browser_sessions().end(id, now));
        end.await.map_err(|error: StoreError| error).unwrap();
    }
}

#[actix_web::test]
async fn each_detail_is_changed_on_a_page_of_its_own_with_an_event_and_a_letter() {
    let world = World::new().await;
    let morgan = world.newcomer().await;
    let date = [("date_of_birth-day", "15"), ("date_of_birth-month", "4"), ("date_of_birth-year", "1986")];
    let name = [("first_name", "Morgana"), ("middle_name", ""), ("last_name", "Hill")];
    let preferred = [("preferred_name", "Mo")];
    let changes: [(&str, Fields<'_>, Detail, &str); 3] = [
        ("preferred-name", &preferred, Detail::PreferredName, "You have changed your preferred name"),
        ("name", &name, Detail::Name, "You have changed your name"),
        ("date-of-birth", &date, Detail::DateOfBirth, "You have changed your date of birth"),
    ];
    for (path, fields, detail, words) in changes {
        let address = format!("/account/change/{path}");
        morgan.visits(&address).await.says(200, "Change your");
        let changed = morgan.submits(&address, fields).await;
        morgan.follows(changed).await.says(200, words);
        assert_eq!(morgan.changed().await[0], [detail]);
        assert_eq!(world.mailbox().await[0].template, "details-changed");
    }
    let account = world.account(MORGAN).await.unwrap();
    assert_eq!(account.official_name.full(), "Morgana Hill");
    assert_eq!(account.preferred_name.unwrap().as_str(), "Mo");
    assert_eq!(account.date_of_birth.unwrap().date().to_string(), "1986-04-15");
}

#[actix_web::test]
async fn looking_at_a_change_has_no_effect_and_what_is_wrong_is_said_on_the_page() {
    let world = World::new().await;
    let morgan = world.newcomer().await;
    morgan.visits("/account/change/preferred-name").await.says(200, "value=\"Morgan\"");
    morgan.submits("/account/change/preferred-name", &[]).await.says(400, "Enter the name that you would like");
    morgan.submits("/account/change/email", &[("email", "office@school.example")]).await.says(400, "not a shared one");
    assert!(morgan.changed().await.is_empty());
    for path in ["nothing", "trn", ""] {
        let away = morgan.visits(&format!("/account/change/{path}")).await;
        assert_ne!(away.status, 200, "{path}");
    }
}

#[actix_web::test]
async fn the_same_again_is_no_change() {
    let world = World::new().await;
    let morgan = world.newcomer().await;
    let sent = world.mailbox().await.len();
    for (path, fields) in
        [("preferred-name", [("preferred_name", "Morgan")]), ("email", [("email", "Morgan@Example.org")])]
    {
        let same = morgan.submits(&format!("/account/change/{path}"), &fields).await;
        morgan.follows(same).await.says(200, "Nothing has changed");
    }
    assert!(morgan.changed().await.is_empty());
    assert_eq!(world.mailbox().await.len(), sent, "nobody is written to, and no code was needed");
}

#[actix_web::test]
async fn an_address_moves_with_a_code_and_both_addresses_are_told() {
    let world = World::new().await;
    let morgan = world.newcomer().await;
    let new = "morgan.new@example.org";
    let code_page = morgan.submits("/account/change/email", &[("email", new)]).await.leads("/change-email-code");
    morgan.visits(&code_page).await.says(200, "Check your new email");
    morgan.submits(&code_page, &[("one_time_code", "1")]).await.says(400, "not entered enough digits");
    assert!(world.account(new).await.is_none(), "nothing has changed yet");
    let code = morgan.code_for(new).await;
    let changed = morgan.submits(&code_page, &[("one_time_code", &code)]).await;
    morgan.follows(changed).await.says(200, "You have changed your email address");
    assert_eq!(world.account(new).await.unwrap().id, morgan.account);
    let letters = world.mailbox().await;
    let mut told: Vec<&str> =
        letters.iter().filter(|letter| letter.template == "email-changed").map(|letter| letter.to.as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, [new, MORGAN]);
    // The back button finds a page that says so.
    morgan.visits(&code_page).await.says(200, "You have finished this change");
}

#[actix_web::test]
async fn whose_address_it_is_is_told_only_once_it_is_proved() {
    let world = World::new().await;
    world.owner_of("no-trn", "asha@example.com", ("Asha", "Bennett")).await;
    let morgan = world.newcomer().await;
    let taken = morgan.submits("/account/change/email", &[("email", "asha@example.com")]).await;
    let taken = taken.leads("/change-email-code");
    let free = morgan.submits("/account/change/email", &[("email", "nobody@example.com")]).await;
    let free = morgan.visits(&free.leads("/change-email-code")).await.says(200, "Check your new email").html;
    let page = morgan.visits(&taken).await.says(200, "Check your new email").html;
    let without = |html: String, address: &str| {
        let ids = |html: String| {
            html.split("/changes/").map(|part| part.get(36..).unwrap_or(part).to_owned()).collect::<String>()
        };
        ids(html.replace(address, "-"))
    };
    assert_eq!(without(page, "asha@example.com"), without(free, "nobody@example.com"), "the two pages are the same");
    let code = morgan.code_for("asha@example.com").await;
    let told = morgan.submits(&taken, &[("one_time_code", &code)]).await.leads("/email-taken");
    morgan.visits(&told).await.says(200, "Another account has this email address");
    let back = morgan.submits(&told, &[]).await;
    let page = morgan.follows(back).await.says(200, "Your account");
    assert!(!page.html.contains("govuk-notification-banner"), "they have been told");
    assert!(morgan.changed().await.is_empty());
}

#[actix_web::test]
async fn with_a_record_name_and_date_of_birth_are_not_theirs_to_change() {
    let world = World::new().await;
    let asha = world.owner_of("optional", "asha@example.com", ("Asha", "Bennett")).await;
    let page = asha.visits("/account").await.says(200, "1000001");
    assert!(page.html.contains("change/preferred-name") && !page.html.contains("change/name"));
    let name = [("first_name", "Ann"), ("last_name", "Hill")];
    for path in ["name", "date-of-birth"] {
        let address = format!("/account/change/{path}");
        assert_eq!(asha.visits(&address).await.location.as_deref(), Some("/account"));
        assert_eq!(asha.submits(&address, &name).await.location.as_deref(), Some("/account"));
    }
    assert!(asha.changed().await.is_empty());
}

#[actix_web::test]
async fn a_change_whose_session_has_ended_goes_no_further() {
    let world = World::new().await;
    let morgan = world.newcomer().await;
    let new = "morgan.new@example.org";
    let code_page = morgan.submits("/account/change/email", &[("email", new)]).await.leads("/change-email-code");
    let code = morgan.code_for(new).await;
    morgan.ends().await;
    for seen in [morgan.visits(&code_page).await, morgan.submits(&code_page, &[("one_time_code", &code)]).await] {
        assert_eq!(seen.location.as_deref(), Some("/account"));
    }
    assert!(world.account(new).await.is_none());
    let again = morgan.visits("/account").await;
    assert!(again.location.unwrap().starts_with("/sign-in/"));
    let posted = morgan.submits("/account/change/preferred-name", &[("preferred_name", "Mo")]).await;
    assert!(posted.location.unwrap().starts_with("/sign-in/"));
}

#[actix_web::test]
async fn a_change_is_the_business_of_the_browser_that_began_it() {
    let world = World::new().await;
    let morgan = world.newcomer().await;
    let code_page = morgan.submits("/account/change/email", &[("email", "m@example.org")]).await;
    let code_page = code_page.leads("/change-email-code");
    let elsewhere = world.signs_in_a_browser(morgan.account).await;
    elsewhere.visits(&code_page).await.says(403, "You cannot use this page");
}

#[actix_web::test]
async fn of_two_tabs_each_makes_its_own_change() {
    let world = World::new().await;
    let morgan = world.newcomer().await;
    let tabs = ["m1@example.org", "m2@example.org"];
    let mut pages = Vec::new();
    for email in tabs {
        pages.push(morgan.submits("/account/change/email", &[("email", email)]).await.leads("/change-email-code"));
    }
    for (page, email) in pages.iter().zip(tabs) {
        let code = morgan.code_for(email).await;
        let changed = morgan.submits(page, &[("one_time_code", &code)]).await;
        morgan.follows(changed).await.says(200, email);
    }
    assert_eq!(morgan.changed().await, [[Detail::Email], [Detail::Email]]);
}

#[actix_web::test]
async fn what_one_person_changed_is_said_to_nobody_else() {
    let world = World::new().await;
    let asha = world.owner_of("no-trn", "asha@example.com", ("Asha", "Bennett")).await;
    let morgan = world.newcomer().await;
    let changed = morgan.submits("/account/change/preferred-name", &[("preferred_name", "Mo")]).await;
    let done = changed.location.unwrap();
    morgan.visits(&done).await.says(200, "You have changed");
    for address in [done.as_str(), "/account?done=1&done=2", "/account?done=6f3c8a46-8a3e-4b52-9d1c-0d9f64b5f0aa"] {
        let page = asha.visits(address).await.says(200, "Your account");
        assert!(!page.html.contains("govuk-notification-banner"), "{address}");
    }
}

#[actix_web::test]
async fn somebody_who_is_still_searched_for_is_searched_with_what_they_put_right() {
    let world = World::new().await;
    let morgan = world.owner_of("no-trn", MORGAN, ("Morgan", "Newcombe")).await;
    let id = morgan.account;
    let stated =
        identity::matching::Identifiers { email: world.account(MORGAN).await.map(|of| of.email), ..Default::default() };
    let now = world.journeys.clock.now();
    let decision = identity::matching::Decision::None;
    let policy = identity::matching::MatchPolicy::Default;
    let search = identity::search::RecordSearch::after(id, stated, policy, &decision, now);
    let put = world.journeys.store.transact(move |db| db.record_searches().put(&search));
    put.await.map_err(|error: StoreError| error).unwrap();
    morgan.submits("/account/change/name", &[("first_name", "Ann"), ("last_name", "Hill")]).await;
    let search = world.journeys.store.read(move |db| db.record_searches().of_account(id));
    let search = search.await.map_err(|error: StoreError| error).unwrap().unwrap();
    assert_eq!(search.stated.name.unwrap().current.full(), "Ann Hill");
}

impl Seen {
    /// Redirected to a page of a change; where that is.
    #[track_caller]
    fn leads(self, page: &str) -> String {
        let location = self.location.clone().unwrap_or_else(|| panic!("{}: {}", self.status, self.html));
        assert!(location.starts_with("/account/changes/") && location.ends_with(page), "{location}");
        location
    }
}
