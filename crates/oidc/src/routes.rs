//! Every route of the authorization server, on one list. Discovery takes the addresses of its endpoints from here.

use actix_web::web::{self, ServiceConfig};

use crate::{authorize, cors, discovery, documentation, end_session, introspection, jwks, revocation, token, userinfo};

pub(crate) const OPENID_CONFIGURATION: &str = "/.well-known/openid-configuration";
pub(crate) const OAUTH_AUTHORIZATION_SERVER: &str = "/.well-known/oauth-authorization-server";
pub(crate) const JWKS: &str = "/oauth2/jwks";
pub(crate) const AUTHORIZE: &str = "/oauth2/authorize";
pub(crate) const PAR: &str = "/oauth2/par";
pub(crate) const RESUME: &str = "/oauth2/authorize/{interaction}";
pub(crate) const TOKEN: &str = "/oauth2/token";
pub(crate) const REVOCATION: &str = "/oauth2/revoke";
pub(crate) const INTROSPECTION: &str = "/oauth2/introspect";
pub(crate) const USERINFO: &str = "/oauth2/userinfo";
pub(crate) const END_SESSION: &str = "/oauth2/end-session";
pub(crate) const DOCUMENTATION: &str = "/oauth2/documentation";

/// Where the journey takes a person in; what follows is the interaction's id.
pub(crate) const SIGN_IN: &str = "/sign-in/";

/// Mounts every endpoint. The app's data must hold a `web::Data<Provider>`.
pub fn configure(config: &mut ServiceConfig) {
    for path in [OPENID_CONFIGURATION, OAUTH_AUTHORIZATION_SERVER] {
        config.service(
            web::resource(path).route(web::get().to(discovery::get)).route(cors::preflight()).wrap(cors::any_origin()),
        );
    }
    config
        .service(web::resource(JWKS).route(web::get().to(jwks::get)).route(cors::preflight()).wrap(cors::any_origin()))
        .service(
            web::resource(TOKEN).route(web::post().to(token::post)).route(cors::preflight()).wrap(cors::any_origin()),
        )
        .service(
            web::resource(REVOCATION)
                .route(web::post().to(revocation::post))
                .route(cors::preflight())
                .wrap(cors::any_origin()),
        )
        .service(web::resource(INTROSPECTION).route(web::post().to(introspection::post)))
        .service(
            web::resource(USERINFO)
                .route(web::get().to(userinfo::get))
                .route(web::post().to(userinfo::post))
                .route(cors::preflight())
                .wrap(cors::any_origin()),
        )
        .service(
            web::resource(AUTHORIZE)
                .route(web::get().to(authorize::get))
                .route(web::post().to(authorize::post))
                .wrap(authorize::headers()),
        )
        .service(
            web::resource(PAR).route(web::post().to(authorize::push)).route(cors::preflight()).wrap(cors::any_origin()),
        )
        .service(web::resource(DOCUMENTATION).route(web::get().to(documentation::get)))
        .service(web::resource(RESUME).route(web::get().to(authorize::resume)).wrap(authorize::headers()))
        .service(
            web::resource(END_SESSION)
                .route(web::get().to(end_session::get))
                .route(web::post().to(end_session::post))
                .wrap(authorize::headers()),
        );
}
