//! The names of the two cookies that the authorization server sets and the journey reads too.

/// The cookie that binds interactions to the browser that started them.
pub fn browser(secure: bool) -> &'static str {
    // The prefix makes the browser refuse a cookie that another host of the domain, or plain http, tries to plant.
    if secure { "__Host-gai_browser" } else { "gai_browser" }
}

/// The cookie that carries the browser session.
pub fn session(secure: bool) -> &'static str {
    if secure { "__Host-gai_session" } else { "gai_session" }
}
