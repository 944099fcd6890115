//! Somebody who answers whatever page they are led to, until the journey lets them go.

use chrono::Duration;

use crate::world::{Seen, World};

/// What they know of themselves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    pub email: &'static str,
    pub name: (&'static str, &'static str),
    pub nino: Option<&'static str>,
    /// Says that they have a TRN, and does not know it.
    pub claims_trn: bool,
    /// Says that they have QTS, and not from a university, SCITT or school.
    pub claims_qts: bool,
}

/// Where a journey came to its end.
pub(crate) enum End {
    /// At the service, with what its address says.
    Service(Vec<(String, String)>),
    /// On a page of ours, from which a link leads back.
    Page(Seen, String),
}

type Fields = Vec<(&'static str, String)>;

impl Person {
    pub(crate) async fn walks(&self, world: &World, mut seen: Seen) -> End {
        // No journey has as many pages.
        for _ in 0..40 {
            let Some(location) = seen.location().map(str::to_owned) else { panic!("no way on: {}", seen.text) };
            if let Some(query) = location.strip_prefix("http://localhost:8001/callback?") {
                return End::Service(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect());
            }
            let parts: Vec<&str> = location.trim_matches('/').split('/').collect();
            seen = match parts.as_slice() {
                // The journey of somebody who is kept out while they are signed in rests where it would end.
                ["sign-in", _, "finish"] => {
                    return End::Page(world.visits(&location).await, "http://localhost:8001/".into());
                }
                ["sign-in", id, "finished"] => {
                    let back = format!("/oauth2/authorize/{id}");
                    let page = world.visits(&location).await;
                    if !page.text.contains("You have created your account") {
                        return End::Page(page, back);
                    }
                    self.answers(world, &location).await
                }
                _ => self.answers(world, &location).await,
            };
        }
        panic!("a journey without an end");
    }

    /// A number that nobody else has who has another address.
    fn mobile(&self) -> String {
        let sum = self.email.bytes().fold(0_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 1000);
        format!("+447700900{sum:03}")
    }

    /// Submits the page of a journey, goes on from its last, and looks at any other.
    pub(crate) async fn answers(&self, world: &World, location: &str) -> Seen {
        let parts: Vec<&str> = location.trim_matches('/').split('/').collect();
        // No two things happen at the same moment.
        world.clock.advance(Duration::milliseconds(1));
        match parts.as_slice() {
            ["sign-in", id, "finished"] => return world.visits(&format!("/oauth2/authorize/{id}")).await,
            ["sign-in", _, _] => {}
            _ => return world.visits(location).await,
        }
        let fields = self.fields(world, location).await;
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        world.submits(location, &fields).await
    }

    async fn fields(&self, world: &World, location: &str) -> Fields {
        let page = location.rsplit('/').next().unwrap_or_default();
        let one = |name, value: &str| vec![(name, value.to_owned())];
        let yes_or_no = |name, is| one(name, if is { "yes" } else { "no" });
        match page {
            "email" => one("email", self.email),
            "email-code" => {
                let sent = world.outbox(self.email).await;
                let code = sent.iter().find_map(|message| message["one_time_code"].as_str());
                one("one_time_code", code.expect("a code was sent"))
            }
            "start" => one("intent", "create"),
            "mobile" => {
                let asked = world.visits(location).await;
                let may_skip = asked.text.contains("Continue without a mobile");
                if may_skip { one("without", "true") } else { one("mobile", &self.mobile()) }
            }
            "mobile-code" => {
                let sent = world.outbox(&self.mobile()).await;
                let code = sent.iter().find_map(|message| message["one_time_code"].as_str());
                one("one_time_code", code.expect("a code was sent"))
            }
            "existing-account" => one("account", "none"),
            "official-name" => {
                [one("first_name", self.name.0), one("last_name", self.name.1), one("has_previous_name", "no")].concat()
            }
            "preferred-name" => one("preferred_name", self.name.0),
            "date-of-birth" => {
                [one("date_of_birth-day", "14"), one("date_of_birth-month", "3"), one("date_of_birth-year", "1985")]
                    .concat()
            }
            "has-nino" => yes_or_no("has_nino", self.nino.is_some()),
            "nino" => self.nino.map_or_else(|| one("unknown", "true"), |nino| one("nino", nino)),
            "has-trn" => yes_or_no("has_trn", self.claims_trn),
            "trn" => one("unknown", "true"),
            "has-qts" => yes_or_no("has_qts", self.claims_qts),
            "has-provider" => one("has_provider", "no"),
            "account-exists" | "check-answers" | "no-match" | "your-details" | "your-trn" | "elevate" => Vec::new(),
            other => panic!("nobody expected the page {other}"),
        }
    }
}
