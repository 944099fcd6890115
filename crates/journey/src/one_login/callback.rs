//! The way back (OpenID Connect Core, section 3.1.2.5). It comes by GET, since One Login redirects; so it counts only with a
//! state that we gave, once, and in the browser that we gave it to.

use actix_web::HttpRequest;
use actix_web::web::Data;
use identity::one_login::{Distrust, NotProved, Proved, Remembered, SEAL_PURPOSE};
use identity::secret::{Hashed, Plain};
use store::StoreError;
use url::form_urlencoded;

use super::start::back;
use super::{OneLoginWay, Trouble, asks_who, enter};
use crate::Journeys;
use crate::failure::Failure;
use crate::handlers::{ATTEMPTS, Answer, see_other, to_frontier};
use crate::load::Refusal;
use crate::metrics;
use crate::render::address;

/// What the address says.
#[derive(Default)]
struct Said {
    state: String,
    code: Option<Plain>,
    error: Option<String>,
}

impl Said {
    fn read(query: &str) -> Said {
        let mut said = Said::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "state" => said.state = value.into_owned(),
                "code" => said.code = Some(Plain::new(value)),
                "error" => said.error = Some(value.into_owned()),
                _ => {}
            }
        }
        said
    }
}

/// What came of an answer of One Login.
enum Came {
    Proved(Box<Proved>),
    InVain(Trouble),
    /// It has come before.
    Again,
}

pub(crate) async fn come_back(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    let said = Said::read(request.query_string());
    let state = journeys.hash_of_state(&said.state);
    let known = state.clone();
    let found = journeys.store.read(move |db| db.one_logins().interaction_of(&known)).await?;
    let (Some(way), Some(id)) = (&journeys.one_login, found) else {
        return Ok(journeys.refuse(Refusal::NotYours(None)).await?);
    };
    let id = id.to_string();
    let mut came = None;
    for _ in 0..ATTEMPTS {
        let mut visit = match journeys.visit(&request, &id).await? {
            Ok(visit) => visit,
            Err(Refusal::Finished(interaction, _)) => return Ok(see_other(&address(&interaction, "finished"))),
            Err(refusal) => return Ok(journeys.refuse(refusal).await?),
        };
        let progress = journeys.follow(&mut visit).await?;
        // A state is taken once, however often the journey has to be taken up.
        let came = match &mut came {
            Some(came) => came,
            None => came.insert(journeys.came(way, &state, &said).await?),
        };
        match came {
            Came::Again => return Ok(to_frontier(&visit, &progress)),
            _ if !asks_who(&progress) => return Ok(to_frontier(&visit, &progress)),
            Came::InVain(trouble) => return Ok(back(&visit, *trouble)),
            Came::Proved(proved) => enter(&mut visit.state, (**proved).clone()),
        }
        if let Some(answer) = journeys.go_on(visit, false, None).await? {
            metrics::count_one_login("proved");
            return Ok(answer);
        }
    }
    Err(Failure::Busy)
}

impl Journeys {
    async fn came(&self, way: &OneLoginWay, state: &Hashed, said: &Said) -> Result<Came, StoreError> {
        let (taken, now) = (state.clone(), self.clock.now());
        let Some(sealed) = self.store.transact(move |db| db.one_logins().take(&taken, now)).await? else {
            return Ok(Came::Again);
        };
        if let Some(error) = &said.error {
            return Ok(Came::InVain(refused(error)));
        }
        let (Some(code), Some(remembered)) = (&said.code, self.remembered(&sealed)) else {
            return Ok(Came::InVain(Trouble::Refused));
        };
        match way.client.redeem(code, &remembered).await {
            Ok(proved) if self.leads_somewhere(&proved).await? => Ok(Came::Proved(Box::new(proved))),
            Ok(_) => Ok(Came::InVain(Trouble::Unconfirmed)),
            Err(error) => {
                noted(&error);
                Ok(Came::InVain(Trouble::from(&error)))
            }
        }
    }

    fn remembered(&self, sealed: &str) -> Option<Remembered> {
        let json = self.key_ring.open(SEAL_PURPOSE, sealed).ok()?;
        serde_json::from_slice(&json).ok()
    }

    /// Somebody whom we do not know needs an address that was confirmed.
    async fn leads_somewhere(&self, proved: &Proved) -> Result<bool, StoreError> {
        if proved.email.is_some() {
            return Ok(true);
        }
        let subject = proved.subject.clone();
        Ok(self.store.read(move |db| db.one_logins().by_subject(&subject)).await?.is_some())
    }
}

/// RFC 6749, section 4.1.2.1, and OpenID Connect Core, section 3.1.2.6.
fn refused(error: &str) -> Trouble {
    match error {
        "access_denied" | "login_required" | "interaction_required" => Trouble::Declined,
        "server_error" | "temporarily_unavailable" => Trouble::Unavailable,
        _ => {
            tracing::error!("GOV.UK One Login refuses our authorization request");
            Trouble::Unavailable
        }
    }
}

fn noted(error: &NotProved) {
    let cause: &dyn std::error::Error = error;
    match error {
        NotProved::Distrusted(distrust) => {
            metrics::count_distrust(Distrust::as_str(*distrust));
            tracing::warn!(error = cause, "GOV.UK One Login is not believed");
        }
        NotProved::CodeRefused | NotProved::Unavailable(_) => {
            tracing::warn!(error = cause, "GOV.UK One Login was asked in vain");
        }
    }
}
