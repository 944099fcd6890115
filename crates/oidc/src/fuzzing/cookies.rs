//! The header `Cookie`, one a line.

use actix_web::http::header::{COOKIE, HeaderValue};
use actix_web::test::TestRequest;
use identity::cookie_names;

/// Nothing is read but 43 characters of base64url.
pub fn cookies(bytes: &[u8]) -> bool {
    let lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| HeaderValue::from_bytes(line).ok());
    let request = lines.fold(TestRequest::get(), |request, line| request.append_header((COOKIE, line)));
    let request = request.to_http_request();
    let mut is_any_read = false;
    for name in
        [true, false].into_iter().flat_map(|secure| [cookie_names::browser(secure), cookie_names::session(secure)])
    {
        let Some(token) = crate::cookies::read(&request, name) else { continue };
        let text = token.expose();
        let ours = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        assert!(text.len() == 43 && text.chars().all(ours), "{text:?}");
        is_any_read = true;
    }
    is_any_read
}
