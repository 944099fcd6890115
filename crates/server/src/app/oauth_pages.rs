//! The pages that the authorization server has to show, in the look of all the others.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use identity::client::Client;
use identity::clock::Time;
use identity::key_life::NextStep;
use identity::signing_key::KeyState;
use oidc::{CalendarKey, Documentation, Pages};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::Site;
use super::site::Page;

/// What the page of form_post does by itself; the template has it inline, and the policy names its hash.
pub(super) const SUBMIT: &str = "document.forms[0].submit()";

static SUBMIT_HASH: LazyLock<String> =
    LazyLock::new(|| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(SUBMIT))));

pub(super) struct OauthPages(pub(super) Data<Site>);

impl OauthPages {
    fn page(&self, template: &str, title: &str, client: Option<&Client>, view: Value) -> HttpResponse {
        let policy = govuk::csp::policy(&[]);
        self.0.draw(Page { status: StatusCode::OK, template, title, client, view, policy })
    }
}

impl Pages for OauthPages {
    fn request_error(&self, reference: &str, client: Option<&Client>) -> HttpResponse {
        self.page(
            "oauth/request-error.html",
            "We cannot sign you in from here",
            client,
            json!({"reference": reference}),
        )
    }

    fn unavailable(&self, reference: &str) -> HttpResponse {
        let title = "Sorry, the service is unavailable";
        self.page("errors/unavailable.html", title, None, json!({ "reference": reference }))
    }

    fn form_post(&self, redirect_uri: &str, params: &[(String, String)]) -> HttpResponse {
        let policy = govuk::csp::policy(&[&origin(redirect_uri)]);
        self.0.draw(Page {
            status: StatusCode::OK,
            template: "oauth/form-post.html",
            title: "Continue to the service",
            client: None,
            view: json!({ "redirect_uri": redirect_uri, "hidden": hidden(params) }),
            policy: policy.replacen("script-src 'self'", &format!("script-src 'self' {}", *SUBMIT_HASH), 1),
        })
    }

    fn confirm_sign_out(&self, client: Option<&Client>, fields: &[(String, String)]) -> HttpResponse {
        // Signing out may end at the client, and browsers hold that redirect against the form's page.
        let mut targets = vec!["'self'".to_owned()];
        if let Some(client) = client {
            targets.push(client.service_url.origin().ascii_serialization());
            targets.extend(client.post_logout_redirect_uris.iter().map(|address| origin(address)));
        }
        targets.dedup();
        let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
        self.0.draw(Page {
            status: StatusCode::OK,
            template: "oauth/confirm-sign-out.html",
            title: "Do you want to sign out?",
            client,
            view: json!({ "hidden": hidden(fields) }),
            policy: govuk::csp::policy(&targets),
        })
    }

    fn signed_out(&self, client: Option<&Client>) -> HttpResponse {
        self.page("oauth/signed-out.html", "You have signed out", client, json!({}))
    }

    fn documentation(&self, documentation: &Documentation) -> HttpResponse {
        let endpoints = documentation
            .endpoints
            .iter()
            .map(|(name, address)| json!({ "name": name.replace('_', " "), "address": address }));
        let view = json!({
            "issuer": documentation.issuer,
            "endpoints": endpoints.collect::<Vec<_>>(),
            "kept_for": crate::keys::spelt(documentation.cached_for),
            "keys": documentation.keys.iter().map(calendar_key).collect::<Vec<_>>(),
        });
        self.page("oauth/documentation.html", "Connecting a service", None, view)
    }
}

fn hidden(params: &[(String, String)]) -> Vec<Value> {
    params.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

/// The origin of a registered address; such an address has been checked, and so has one.
fn origin(address: &str) -> String {
    Url::parse(address).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}

fn calendar_key(key: &CalendarKey) -> Value {
    let state = match key.state {
        KeyState::Pending => "Pending: published, but signs nothing yet",
        KeyState::Active => "Active: signs",
        KeyState::Retiring => "Retiring: signs nothing any more, but what it signed may be in use",
        KeyState::Gone => "Gone",
    };
    let next = key.next.map(|(step, at)| {
        let step = match step {
            NextStep::SuccessorIsMade => "A new key is published",
            NextStep::BecomesActive => "It becomes active",
            NextStep::Retires => "The next key takes its place",
            NextStep::IsGone => "It is gone",
        };
        format!("{step} on {} at the earliest", moment(at))
    });
    let next = next.unwrap_or_else(|| "Nothing by itself".into());
    let algorithm = key.algorithm.as_str();
    json!({ "kid": key.kid, "algorithm": algorithm, "state": state, "since": moment(key.since), "next": next })
}

fn moment(time: Time) -> String {
    time.format("%-d %B %Y at %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;
    use actix_web::http::header::CONTENT_SECURITY_POLICY;
    use identity::client::{ClientId, SigningAlgorithm};

    use super::*;
    use crate::app::tests::site;
    use crate::config::{ClientSettings, Profile};

    fn client() -> Client {
        let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/clients");
        let settings = ClientSettings { directories: vec![directory.into()], reload: false };
        let clients = crate::clients::load(&settings, Profile::Test).unwrap();
        let id = ClientId::parse("demo-trn-optional").unwrap();
        clients.into_iter().find(|client| client.id == id).unwrap()
    }

    /// The page's words and its policy.
    async fn shown(page: HttpResponse) -> (String, String) {
        let policy = page.headers().get(CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap().to_owned();
        let body = to_bytes(page.into_body()).await.unwrap();
        (String::from_utf8(body.to_vec()).unwrap(), policy)
    }

    #[actix_web::test]
    async fn a_page_that_refuses_shows_the_reference_and_the_way_back() {
        let pages = OauthPages(site(&[]));
        let (html, _) = shown(pages.request_error("12345-67890", Some(&client()))).await;
        assert!(html.contains("12345-67890") && html.contains("Start again from Demo: TRN optional"), "{html}");
        assert!(html.contains("href=\"http://localhost:8001/\""), "{html}");
        let (html, _) = shown(pages.request_error("12345-67890", None)).await;
        assert!(html.contains("12345-67890") && html.contains("Go back to the service"), "{html}");
        let (html, _) = shown(pages.unavailable("12345-67890")).await;
        assert!(html.contains("12345-67890") && html.contains("Sorry, the service is unavailable"), "{html}");
    }

    #[actix_web::test]
    async fn form_post_sends_itself_to_the_service_and_nowhere_else() {
        let pages = OauthPages(site(&[]));
        let params = [("code".to_owned(), "abc".to_owned()), ("state".to_owned(), "\"><script>x".to_owned())];
        let (html, policy) = shown(pages.form_post("http://localhost:8001/callback?a=b&c=d", &params)).await;
        assert!(html.contains("action=\"http://localhost:8001/callback?a=b&amp;c=d\""), "{html}");
        assert!(html.contains(&format!("<script>{SUBMIT}</script>")) && html.contains(">\n  Continue\n"), "{html}");
        assert!(html.contains("name=\"code\" value=\"abc\"") && !html.contains("\"><script>x"), "{html}");
        assert!(policy.contains(&format!("script-src 'self' {} 'sha256-", *SUBMIT_HASH)), "{policy}");
        assert!(policy.ends_with("form-action http://localhost:8001"), "{policy}");
    }

    #[actix_web::test]
    async fn the_question_before_signing_out_carries_the_fields_and_may_end_at_the_service() {
        let pages = OauthPages(site(&[]));
        let fields = [("confirm".to_owned(), "yes".to_owned())];
        let (html, policy) = shown(pages.confirm_sign_out(Some(&client()), &fields)).await;
        assert!(
            html.contains("action=\"/oauth2/end-session\"") && html.contains("name=\"confirm\" value=\"yes\""),
            "{html}"
        );
        assert!(html.contains("go back to Demo: TRN optional"), "{html}");
        assert!(policy.ends_with("form-action 'self' http://localhost:8001"), "{policy}");
        let (html, policy) = shown(pages.confirm_sign_out(None, &fields)).await;
        assert!(html.contains("Do you want to sign out?") && policy.ends_with("form-action 'self'"), "{html}");
        let (html, _) = shown(pages.signed_out(Some(&client()))).await;
        assert!(html.contains("You have signed out") && html.contains("Go back to Demo: TRN optional"), "{html}");
        assert!(!shown(pages.signed_out(None)).await.0.contains("Go back to"));
    }

    #[actix_web::test]
    async fn the_documentation_shows_the_endpoints_and_the_calendar_of_the_keys() {
        let at = Time::from_timestamp(1_790_000_000, 0).unwrap();
        let key = |kid: &str, state, next| CalendarKey {
            kid: kid.into(),
            algorithm: SigningAlgorithm::PS256,
            state,
            since: at,
            next,
        };
        let documentation = Documentation {
            issuer: "https://identity.example".into(),
            endpoints: vec![("token_endpoint".into(), "https://identity.example/oauth2/token".into())],
            cached_for: chrono::Duration::minutes(10),
            keys: vec![
                key("first", KeyState::Active, Some((NextStep::Retires, at + chrono::Duration::hours(1)))),
                key("second", KeyState::Retiring, None),
            ],
        };
        let (html, _) = shown(OauthPages(site(&[])).documentation(&documentation)).await;
        for part in [
            "Connecting a service",
            "https://identity.example/oauth2/token",
            "for 10 minutes",
            "Active: signs",
            "21 September 2026 at 14:13 UTC",
            "The next key takes its place on 21 September 2026 at 15:13 UTC at the earliest",
            "Nothing by itself",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
