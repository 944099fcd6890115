//! Sending the person on a journey: what it has to know is kept as an interaction, bound to this browser.

use actix_web::{HttpRequest, HttpResponse};
use identity::client::Client;
use identity::cookie_names;
use identity::interaction::{Ask, Interaction, InteractionId, LiveSession};
use identity::secret::Purpose;

use super::decision::SignedIn;
use super::request::AuthorizationRequest;
use crate::response::{see_other, unavailable_page};
use crate::{Provider, cookies, routes};

pub(super) async fn begin(
    http: &HttpRequest,
    provider: &Provider,
    client: &Client,
    (request, signed_in): (AuthorizationRequest, Option<&SignedIn>),
) -> HttpResponse {
    let secure = provider.issuer.is_https();
    let name = cookie_names::browser(secure);
    let browser = cookies::read(http, name).unwrap_or_else(|| provider.random.token());
    let interaction = Interaction {
        id: InteractionId::new(&provider.random),
        client_id: client.id.clone(),
        browser: provider.hash_key.hash(Purpose::BrowserBinding, "", &browser),
        ask: Ask { session: signed_in.map(live), ..request.ask(client) },
        authorization: serde_json::to_string(&request).expect("a request is plain JSON"),
        state: String::new(),
        version: 0,
        created_at: provider.clock.now(),
        outcome: None,
        resumed_at: None,
    };
    let location = format!("{}{}", routes::SIGN_IN, interaction.id);
    if let Err(error) = provider.store.stroke(move |db| db.interactions().create(&interaction)).await {
        return unavailable_page(provider, &error);
    }
    let mut response = see_other(&location);
    response.add_cookie(&cookies::set(name, &browser, secure)).expect("a cookie of ours is a valid header");
    response
}

fn live(SignedIn { session, .. }: &SignedIn) -> LiveSession {
    LiveSession {
        id: session.id,
        account: session.account,
        authenticated_at: session.authenticated_at,
        methods: session.methods.clone(),
    }
}
