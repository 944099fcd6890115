//! A client and a simulator that know each other, and a person between them.

use std::time::Duration;

use identity::clock::FakeClock;
use identity::one_login::{Level, NotProved, OneLogin as _, Proved, Remembered};
use identity::random::Random;
use identity::secret::Plain;
use partners::one_login::{ClientKey, OneLoginClient, Settings};
use partners::simulators::one_login::{OneLogin, Person, Registration, SAMPLE_PRIVATE_KEY, SAMPLE_PUBLIC_KEY};
use partners::simulators::{Fault, Switch};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::redirect::Policy;
use url::{Url, form_urlencoded};

pub(crate) const CALLBACK: &str = "http://127.0.0.1:1/one-login/callback";
/// Slow enough for a busy machine, and quick enough to wait for.
pub(crate) const BUDGET: Duration = Duration::from_millis(700);

pub(crate) struct World {
    pub simulator: OneLogin,
    pub client: OneLoginClient,
    pub clock: FakeClock,
    pub random: Random,
}

impl World {
    pub(crate) fn new() -> World {
        World::with_budget(Duration::from_secs(20))
    }

    pub(crate) fn with_budget(budget: Duration) -> World {
        World::with(budget, |settings| settings)
    }

    pub(crate) fn with(budget: Duration, change: impl FnOnce(Settings) -> Settings) -> World {
        let clock = FakeClock::at("2026-03-02T10:00:00Z".parse().unwrap());
        let registration =
            Registration { client_id: "teachers".into(), public_key: SAMPLE_PUBLIC_KEY.into(), people: vec![asha()] };
        let around = (clock.clock(), Random::system());
        let listen = "127.0.0.1:0".parse().unwrap();
        let simulator = OneLogin::start(listen, Switch::default(), registration, around).unwrap();
        let settings = change(Settings {
            issuer: simulator.running.url(),
            identity_base: simulator.running.url(),
            client_id: "teachers".into(),
            key: key(SAMPLE_PRIVATE_KEY),
            redirect_uri: CALLBACK.parse().unwrap(),
            time_budget: budget,
            authorities: Vec::new(),
        });
        let client = OneLoginClient::new(settings, clock.clock(), Random::system()).unwrap();
        World { simulator, client, clock, random: Random::system() }
    }

    pub(crate) fn remembers(&self, level: Level) -> Remembered {
        Remembered::new(level, &self.random)
    }

    /// The person goes to the page and says who they are: what comes back to us.
    pub(crate) async fn comes_back(&self, remembered: &Remembered, person: &Person) -> Vec<(String, String)> {
        let page = self.client.authorize(remembered).await.unwrap();
        let fields = [
            ("subject", &person.subject),
            ("email", &person.email),
            ("given_names", &person.given_names),
            ("family_name", &person.family_name),
            ("previous_family_name", &person.previous_family_name),
            ("date_of_birth", &person.date_of_birth),
        ];
        submits(&page, &fields.map(|(name, value)| (name, value.as_str()))).await
    }

    pub(crate) async fn code(&self, remembered: &Remembered, person: &Person) -> Plain {
        let back = self.comes_back(remembered, person).await;
        assert!(back.contains(&("state".into(), remembered.state.clone())));
        Plain::new(back.into_iter().find(|(name, _)| name == "code").expect("there is a code").1)
    }

    pub(crate) async fn signs_in(&self, level: Level, person: &Person) -> Result<Proved, NotProved> {
        let remembered = self.remembers(level);
        let code = self.code(&remembered, person).await;
        self.client.redeem(&code, &remembered).await
    }

    pub(crate) fn turns(&self, fault: Fault) {
        self.simulator.running.switch.turn(fault);
    }
}

pub(crate) fn asha() -> Person {
    Person::new("asha.okonkwo-bennett@example.com", ("Asha Chidinma", "Okonkwo-Bennett"), "1987-04-12")
}

pub(crate) fn key(pem: &str) -> ClientKey {
    ClientKey::from_pem(&Plain::new(pem), Some("key-1".into())).unwrap()
}

/// Presses a button of the page: the query of where that leads.
pub(crate) async fn submits(page: &Url, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let browser = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    assert_eq!(browser.get(page.clone()).send().await.unwrap().status(), 200);
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = browser.post(page.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let back: Url = answer.headers()[LOCATION].to_str().unwrap().parse().unwrap();
    assert!(back.as_str().starts_with(CALLBACK));
    back.query_pairs().into_owned().collect()
}
