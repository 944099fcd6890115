//! The headers that every answer carries, unless whoever made it chose otherwise.

use std::sync::LazyLock;

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};

const FIXED: [(HeaderName, &str); 7] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Addresses here hold ids of interactions: no other site learns them.
    (REFERRER_POLICY, "same-origin"),
    // For browsers that do not know frame-ancestors.
    (X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
         microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()",
    ),
    // Whoever makes something that may be kept says so.
    (CACHE_CONTROL, "no-store"),
];

/// Of whoever says nothing else: no form of theirs leads anywhere.
static POLICY: LazyLock<HeaderValue> =
    LazyLock::new(|| HeaderValue::try_from(govuk::csp::policy(&[])).expect("the policy is printable ASCII"));

/// A year (RFC 6797, section 6.1). Not for other hosts under ours: we do not know them.
const TRANSPORT: &str = "max-age=31536000";

pub(super) fn add(headers: &mut HeaderMap, secure: bool) {
    for (name, value) in &FIXED {
        add_one(headers, name.clone(), HeaderValue::from_static(value));
    }
    if secure {
        add_one(headers, STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TRANSPORT));
    }
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, POLICY.clone());
    }
}

fn add_one(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    if !headers.contains_key(&name) {
        headers.insert(name, value);
    }
}
