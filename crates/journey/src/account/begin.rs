//! Interactions that no service asked for: a sign-in to see the account, and a change of one who is signed in.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse};
use identity::client::{Client, MobileRequirement, TrnRequirement};
use identity::cookie_names;
use identity::errand::Errand;
use identity::event::Detail;
use identity::interaction::{Ask, Interaction, InteractionId, LiveSession};
use identity::matching::MatchPolicy;
use identity::secret::{Plain, Purpose};

use super::visitor::Visitor;
use crate::Journeys;
use crate::failure::Failure;
use crate::handlers::{see_other, with_cookie};
use crate::load::Visit;
use crate::render::base;
use crate::state::State;

impl Journeys {
    /// Sends somebody who has to prove who they are on a journey that ends at their account.
    pub(super) async fn begin_sign_in(
        &self,
        request: &HttpRequest,
        (errand, client): (Errand, &Client),
    ) -> Result<HttpResponse, Failure> {
        let (browser, cookie) = self.browser(request);
        let interaction = self.interaction(&browser, client, errand, None);
        let address = base(&interaction);
        self.store.transact(move |db| db.interactions().create(&interaction)).await?;
        Ok(with_cookie(see_other(&address), &cookie))
    }

    /// A change of one of the visitor's details, of which nothing is stored yet; and the cookie of their browser.
    pub(super) fn errand(&self, request: &HttpRequest, visitor: &Visitor, detail: Detail) -> (Visit, Cookie<'static>) {
        let (browser, cookie) = self.browser(request);
        let session = &visitor.session;
        let live = LiveSession {
            id: session.id,
            account: session.account,
            authenticated_at: session.authenticated_at,
            methods: session.methods.clone(),
        };
        let errand = Errand::Change { detail, link: visitor.link.clone() };
        let interaction = self.interaction(&browser, &visitor.client, errand, Some(live));
        let client = visitor.client.clone();
        (
            Visit { interaction, client, state: State::default(), asker: self.asker(request), one_login_trouble: None },
            cookie,
        )
    }

    fn interaction(
        &self,
        browser: &Plain,
        client: &Client,
        errand: Errand,
        session: Option<LiveSession>,
    ) -> Interaction {
        Interaction {
            id: InteractionId::new(&self.random),
            client_id: client.id.clone(),
            browser: self.hash_key.hash(Purpose::BrowserBinding, "", browser),
            ask: Ask {
                wants_record: false,
                trn: TrnRequirement::NotAsked,
                mobile: MobileRequirement::Optional,
                landing_page: false,
                match_policy: MatchPolicy::default(),
                blocks_prohibited: false,
                raises_tickets: false,
                session,
                login_hint: None,
                takes_evidence: self.evidence.is_some(),
                errand,
            },
            authorization: String::new(),
            state: String::new(),
            version: 0,
            created_at: self.clock.now(),
            outcome: None,
            resumed_at: None,
        }
    }

    /// The browser's own token, or a new one where it has none that could be ours; and the cookie that keeps it.
    fn browser(&self, request: &HttpRequest) -> (Plain, Cookie<'static>) {
        let secure = self.settings.secure_cookies;
        let name = cookie_names::browser(secure);
        let ours = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let sent = request.cookie(name).filter(|cookie| cookie.value().len() == 43 && cookie.value().bytes().all(ours));
        let token = sent.map_or_else(|| self.random.token(), |cookie| Plain::new(cookie.value()));
        let cookie = Cookie::build(name, token.expose().to_owned())
            .path("/")
            .secure(secure)
            .http_only(true)
            .same_site(SameSite::Lax)
            .finish();
        (token, cookie)
    }
}
