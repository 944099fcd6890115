//! The Content-Security-Policy that the layout can live with: nothing inline but one hashed script, nothing from
//! another origin. <https://www.w3.org/TR/CSP3/>

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Runs before the body is drawn, so that parts that need JavaScript do not flicker: GOV.UK Frontend's style sheet and
/// modules look for these two classes. It must be inline, so the policy names its hash.
pub(crate) const JS_ENABLED: &str = "document.body.classList.add('js-enabled');\
     if('noModule' in HTMLScriptElement.prototype)document.body.classList.add('govuk-frontend-supported')";

static JS_ENABLED_HASH: LazyLock<String> =
    LazyLock::new(|| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(JS_ENABLED))));

/// The value of the header for a page of ours.
///
/// `form_action` lists the places that a form of the page may lead to, such as `'self'` or an origin; an empty list
/// allows none. Many browsers hold not only the form's own address against it but every redirect that answers the
/// submission, so a page whose form ends a sign-in must also name the origin that the person is sent back to. Which
/// places those are is the caller's decision.
///
/// A source with a character that could end the directive (white space, `;`, `,`, anything but printable ASCII) is
/// left out, which makes the policy stricter, never looser.
pub fn policy(form_action: &[&str]) -> String {
    let sources: Vec<&str> = form_action.iter().copied().filter(|source| is_source(source)).collect();
    let form_action = if sources.is_empty() { "'none'".to_owned() } else { sources.join(" ") };
    format!(
        "default-src 'none'; script-src 'self' {}; style-src 'self'; img-src 'self'; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action {form_action}",
        *JS_ENABLED_HASH
    )
}

fn is_source(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && c != ';' && c != ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_send_its_forms_only_where_it_says() {
        assert!(policy(&[]).ends_with("form-action 'none'"));
        assert!(policy(&["'self'", "https://a.example"]).ends_with("form-action 'self' https://a.example"));
    }

    #[test]
    fn a_source_cannot_smuggle_in_a_directive() {
        let policy = policy(&["'self'", "https://a.example; script-src *", "x y", "a,b", "a\r\nSet-Cookie:b"]);
        assert!(policy.ends_with("form-action 'self'"), "{policy}");
    }

    #[test]
    fn nothing_inline_is_allowed_but_by_hash() {
        let policy = policy(&["'self'"]);
        assert!(!policy.contains("unsafe"));
        assert_eq!(policy.matches("sha256-").count(), 1);
    }
}
