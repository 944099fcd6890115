//! The application: every route that there is, and what every answer carries.

mod body;
mod envelope;
mod error_page;
mod headers;
mod health;
mod home;
mod metrics;
mod oauth_pages;
mod outbox;
mod parts;
mod receipts;
mod request_id;
mod site;
#[cfg(test)]
mod tests;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::web::ServiceConfig;
use actix_web::{App, Error};

pub(crate) use metrics::keep_up;
pub use parts::{Failure, Parts, Surroundings, open_store};
pub(crate) use parts::{account_url, key_keeper};
pub use site::Site;

/// An application of these parts. Every worker has one of its own; the parts are shared.
pub fn app(
    parts: &Parts,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    App::new()
        .app_data(parts.site.clone())
        .app_data(parts.provider.clone())
        .app_data(parts.journeys.clone())
        .app_data(body::already_read())
        .configure(|config| routes(config, parts))
        .wrap(from_fn(envelope::answer))
}

/// Every route, on one list. Routes of /dev exist only where there is an outbox to show.
fn routes(config: &mut ServiceConfig, parts: &Parts) {
    config
        .configure(home::configure)
        .configure(oidc::configure)
        .configure(journey::configure)
        .configure(govuk::assets::configure)
        .configure(|config| health::configure(config, parts.store.clone()))
        .configure(|config| metrics::configure(config, parts.metrics.clone()));
    if let Some(receipts) = &parts.receipts {
        config.configure(|config| receipts::configure(config, receipts.clone()));
    }
    if let Some(outbox) = &parts.outbox_page {
        config.configure(|config| outbox::configure(config, outbox.clone()));
    }
}
