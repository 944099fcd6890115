//! Requests as bytes, written into a buffer that is used again.

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ";

/// The header that carries an access token.
pub(crate) fn bearer(access_token: &str) -> String {
    format!("Authorization: Bearer {access_token}\r\n")
}

/// Writes a whole request with a form.
pub(crate) fn post(request: &mut Vec<u8>, head: &str, form: &[&str]) {
    request.clear();
    request.extend_from_slice(head.as_bytes());
    add_form(request, form);
}

/// Puts a form behind the first lines of its request.
pub(crate) fn add_form(request: &mut Vec<u8>, form: &[&str]) {
    let length: usize = form.iter().map(|part| part.len()).sum();
    request.extend_from_slice(FORM.as_bytes());
    request.extend_from_slice(length.to_string().as_bytes());
    request.extend_from_slice(b"\r\n\r\n");
    for part in form {
        request.extend_from_slice(part.as_bytes());
    }
}
