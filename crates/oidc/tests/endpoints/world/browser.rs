//! A browser: it keeps cookies, and its person goes on journeys.

use std::cell::RefCell;
use std::collections::BTreeMap;

use actix_web::cookie::Cookie;
use actix_web::http::header::SET_COOKIE;
use actix_web::test::TestRequest;
use identity::account::AccountId;
use identity::interaction::{AuthenticationMethod, InteractionId, Outcome};
use store::StoreError;

use super::{Answer, AuthorizationRequest, Params, World, encoded};

pub(crate) struct Browser<'w> {
    world: &'w World,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'w> Browser<'w> {
    pub(super) fn new(world: &'w World) -> Browser<'w> {
        Browser { world, cookies: RefCell::default() }
    }

    /// Follows a link, to us or from somewhere else.
    pub(crate) async fn visits(&self, path: &str) -> Answer {
        self.sends(TestRequest::get().uri(path)).await
    }

    /// Posts a form of ours. One of another site's comes without cookies: see [`World::send`].
    pub(crate) async fn posts(&self, path: &str, form: &Params) -> Answer {
        let form_type = ("Content-Type", "application/x-www-form-urlencoded");
        self.sends(TestRequest::post().uri(path).insert_header(form_type).set_payload(encoded(form))).await
    }

    /// Is sent by a client with this request.
    pub(crate) async fn brings(&self, request: &AuthorizationRequest) -> Answer {
        self.visits(&request.address()).await
    }

    /// Is sent on a journey, proves there to be the person, and comes back.
    pub(crate) async fn brings_and_signs_in(&self, request: &AuthorizationRequest, account: AccountId) -> Answer {
        let interaction = self.brings(request).await.interaction();
        self.proves_to_be(interaction, account).await;
        self.resumes(interaction).await
    }

    pub(crate) async fn proves_to_be(&self, interaction: InteractionId, account: AccountId) {
        self.proves_by(&[AuthenticationMethod::Otp], interaction, account).await;
    }

    pub(crate) async fn proves_by(
        &self,
        methods: &[AuthenticationMethod],
        interaction: InteractionId,
        account: AccountId,
    ) {
        let at = self.world.provider.clock.now();
        self.ends(interaction, Outcome::SignedIn { account, at, methods: methods.to_vec() }).await;
    }

    /// The journey's part: it writes how it ended.
    pub(crate) async fn ends(&self, interaction: InteractionId, outcome: Outcome) {
        let store = &self.world.provider.store;
        let finished = store.transact(move |db| db.interactions().finish(&interaction, 0, "{}", &outcome));
        assert!(finished.await.is_ok_and(|finished: bool| finished));
    }

    pub(crate) async fn resumes(&self, interaction: InteractionId) -> Answer {
        self.visits(&format!("/oauth2/authorize/{interaction}")).await
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub(crate) fn has_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.into(), value.into());
    }

    pub(crate) fn loses_cookie(&self, name: &str) {
        assert!(self.cookies.borrow_mut().remove(name).is_some());
    }

    async fn sends(&self, mut request: TestRequest) -> Answer {
        for (name, value) in self.cookies.borrow().iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let answer = self.world.send(request).await;
        for cookie in answer.headers.get_all(SET_COOKIE) {
            self.keep(&Cookie::parse(cookie.to_str().unwrap()).unwrap());
        }
        answer
    }

    fn keep(&self, cookie: &Cookie<'_>) {
        let mut cookies = self.cookies.borrow_mut();
        if cookie.max_age().is_some_and(|age| age.is_zero()) {
            cookies.remove(cookie.name());
        } else {
            cookies.insert(cookie.name().into(), cookie.value().into());
        }
    }
}

impl World {
    /// Is the browser session of this cookie still alive?
    pub(crate) async fn knows_session(&self, cookie: &str) -> bool {
        let token = identity::secret::Plain::new(cookie);
        let token = self.provider.hash_key.hash(identity::secret::Purpose::BrowserSession, "", &token);
        let now = self.provider.clock.now();
        let session = self.provider.store.read(move |db| db.browser_sessions().by_token(&token, now));
        session.await.map_err(|error: StoreError| error).unwrap().is_some()
    }
}
