//! The account pages: what somebody who is signed in sees of their account, and does with it.

mod begin;
mod change;
mod deletion;
mod devices;
mod download;
pub(crate) mod errands;
mod link;
mod one_login;
mod overview;
mod passkeys;
mod same_site;
mod services;
mod sign_out;
mod visitor;
mod withdraw;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig, get, post};
use identity::errand::ACCOUNT;

use crate::handlers;

/// Mounts `/account`. Every change is a walk, whose pages are those of the sign-in under an address of their own.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(
        web::scope(ACCOUNT)
            .wrap(from_fn(same_site::only))
            .route("", get().to(overview::show))
            .route("/change/{detail}", get().to(change::show))
            .route("/change/{detail}", post().to(change::begin))
            .route("/requests/{id}/withdraw", post().to(withdraw::submit))
            .route("/changes/{id}", get().to(handlers::start))
            .route("/changes/{id}/{page}", get().to(handlers::show))
            .route("/changes/{id}/{page}", post().to(handlers::submit))
            .route("/devices", get().to(devices::show))
            .route("/devices", post().to(devices::sign_out))
            .configure(passkeys::configure)
            .route("/one-login", get().to(one_login::show))
            .route("/one-login", post().to(one_login::unlink))
            .route("/services", get().to(services::show))
            .route("/download", get().to(download::file))
            .route("/delete", get().to(deletion::show))
            .route("/delete", post().to(deletion::ask))
            .route("/delete/withdraw", post().to(deletion::withdraw))
            .route("/sign-out", get().to(sign_out::ask))
            .route("/sign-out", post().to(sign_out::sign_out))
            .route("/signed-out", get().to(sign_out::signed_out)),
    );
}
