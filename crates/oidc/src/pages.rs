//! The pages that the specs make an authorization server show. What they look like is not known here.

use actix_web::HttpResponse;
use identity::client::Client;

use crate::Documentation;

/// Draws them. Whoever implements it sets status 200 or whatever it likes: the endpoint puts the right one on, and the
/// headers against caching and leaking. The page's own Content-Security-Policy is the implementer's.
pub trait Pages: Send + Sync {
    /// The request is wrong in a way that must not be sent back to the client, because we cannot be sure who that is.
    /// `reference` stands in the log beside the reason; nothing else about the reason may be shown.
    fn request_error(&self, reference: &str, client: Option<&Client>) -> HttpResponse;

    /// Our own fault, and likely a passing one: try again. `reference` as above.
    fn unavailable(&self, reference: &str) -> HttpResponse;

    /// A form of hidden fields that posts itself to the client (OAuth 2.0 Form Post Response Mode, section 2), with a
    /// button for when scripts are off. Its Content-Security-Policy must let `form-action` reach `redirect_uri`.
    fn form_post(&self, redirect_uri: &str, params: &[(String, String)]) -> HttpResponse;

    /// Asks "Sign out?". Yes is a POST to `/oauth2/end-session` of these hidden fields and no others.
    fn confirm_sign_out(&self, client: Option<&Client>, hidden: &[(String, String)]) -> HttpResponse;

    /// "You have signed out", with a way on to the client when it is known.
    fn signed_out(&self, client: Option<&Client>) -> HttpResponse;

    /// For developers: the endpoints, what may be kept for how long, and the calendar of the keys.
    fn documentation(&self, documentation: &Documentation) -> HttpResponse;
}
