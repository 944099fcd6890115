//! The pages that the authorization server has to show, in the look of all the others.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use identity::client::Client;
use oidc::Pages;
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
}

fn hidden(params: &[(String, String)]) -> Vec<Value> {
    params.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

/// The origin of a registered address; such an address has been checked, and so has one.
fn origin(address: &str) -> String {
    Url::parse(address).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}
