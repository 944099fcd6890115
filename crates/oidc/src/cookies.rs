//! Our two cookies: which browser this is, and who is signed in with it.
//!
//! Both are `SameSite=Lax`: another site can send the browser here by a link, and then the cookies come along, but what
//! it POSTs here or loads in a frame comes without them. That is what keeps another site from confirming a sign-out.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use identity::secret::Plain;

/// Reads a token from a cookie. One that cannot be a token of ours is as good as none.
pub(crate) fn read(request: &HttpRequest, name: &str) -> Option<Plain> {
    let cookie = request.cookie(name)?;
    let ours = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let text = cookie.value();
    (text.len() == 43 && text.bytes().all(ours)).then(|| Plain::new(text))
}

/// Sets a cookie that lives until the browser is closed.
pub(crate) fn set(name: &'static str, token: &Plain, secure: bool) -> Cookie<'static> {
    Cookie::build(name, token.expose().to_owned())
        .path("/")
        .secure(secure)
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

/// Takes a cookie away.
pub(crate) fn clear(name: &'static str, secure: bool) -> Cookie<'static> {
    let mut cookie = set(name, &Plain::new(""), secure);
    cookie.set_max_age(Duration::ZERO);
    cookie
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use identity::cookie_names;

    use super::*;

    fn value_read(value: &str) -> Option<Plain> {
        let request = TestRequest::get().cookie(Cookie::new("gai_browser", value.to_owned())).to_http_request();
        read(&request, "gai_browser")
    }

    #[test]
    fn a_cookie_that_cannot_be_ours_is_as_good_as_none() {
        assert!(value_read(&"a".repeat(43)).is_some());
        for value in ["", "short", &"a".repeat(44), &"!".repeat(43)] {
            assert_eq!(value_read(value), None, "{value}");
        }
    }

    #[test]
    fn over_https_cookies_are_bound_to_the_host() {
        let text = set(cookie_names::session(true), &Plain::new("x"), true).to_string();
        assert_eq!(text, "__Host-gai_session=x; HttpOnly; SameSite=Lax; Secure; Path=/");
        let text = set(cookie_names::session(false), &Plain::new("x"), false).to_string();
        assert_eq!(text, "gai_session=x; HttpOnly; SameSite=Lax; Path=/");
    }
}
