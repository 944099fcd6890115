//! Answers for `/assets/...` and `/favicon.ico`.

use actix_web::http::header::{
    AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, Encoding, EntityTag, IfNoneMatch, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpResponse, web};

use super::{Asset, TABLE, find};

const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// `/favicon.ico` has no hash in its name, so a new one must be noticed some day.
const FOR_A_DAY: &str = "public, max-age=86400";

/// Mounts `/assets/{file}` and `/favicon.ico`, for GET and HEAD.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/assets/{file}").route(web::get().to(asset)).route(web::head().to(asset)))
        .service(web::resource("/favicon.ico").route(web::get().to(favicon)).route(web::head().to(favicon)));
}

async fn asset(
    file: web::Path<String>,
    accepts: Option<web::Header<AcceptEncoding>>,
    known: Option<web::Header<IfNoneMatch>>,
) -> HttpResponse {
    match TABLE.iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(file.as_str())) {
        Some(asset) => answer(asset, FOR_EVER, accepts, known),
        None => HttpResponse::NotFound().finish(),
    }
}

async fn favicon(
    accepts: Option<web::Header<AcceptEncoding>>,
    known: Option<web::Header<IfNoneMatch>>,
) -> HttpResponse {
    match find("favicon.ico") {
        Some(asset) => answer(asset, FOR_A_DAY, accepts, known),
        None => HttpResponse::NotFound().finish(),
    }
}

fn answer(
    asset: &'static Asset,
    cache: &str,
    accepts: Option<web::Header<AcceptEncoding>>,
    known: Option<web::Header<IfNoneMatch>>,
) -> HttpResponse {
    let (encoding, body) = choose(asset, accepts.map(web::Header::into_inner));
    // The address holds a hash of the contents; each encoding is a representation of its own.
    let name = asset.path.trim_start_matches("/assets/");
    let tag = EntityTag::new_strong(encoding.map_or(name.to_owned(), |encoding| format!("{name}-{encoding}")));

    let unchanged = match known.map(web::Header::into_inner) {
        Some(IfNoneMatch::Any) => true,
        Some(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(&tag)),
        None => false,
    };
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((CACHE_CONTROL, cache)).insert_header((ETAG, tag.to_string()));
    if asset.brotli.is_some() || asset.gzip.is_some() {
        response.insert_header((VARY, "Accept-Encoding"));
    }
    if unchanged {
        return response.finish();
    }
    if let Some(encoding) = encoding {
        response.insert_header((CONTENT_ENCODING, encoding));
    }
    response
        .insert_header((CONTENT_TYPE, asset.content_type))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(web::Bytes::from_static(body))
}

/// The best form that the browser takes; the plain one where it names none that we have.
fn choose(asset: &'static Asset, accepts: Option<AcceptEncoding>) -> (Option<&'static str>, &'static [u8]) {
    let forms = [(Encoding::brotli(), "br", asset.brotli), (Encoding::gzip(), "gzip", asset.gzip)];
    let ours: Vec<Encoding> = forms
        .iter()
        .filter(|(_, _, body)| body.is_some())
        .map(|(encoding, _, _)| encoding.clone())
        .chain([Encoding::identity()])
        .collect();
    let wanted = accepts.and_then(|accepts| accepts.negotiate(ours.iter()));
    for (encoding, name, body) in forms {
        if let (Some(wanted), Some(body)) = (&wanted, body)
            && *wanted == encoding
        {
            return (Some(name), body);
        }
    }
    (None, asset.identity)
}
