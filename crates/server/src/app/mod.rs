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

use std::sync::Arc;

use actix_web::web::ServiceConfig;
use listener::Routes;

pub use envelope::around;
pub(crate) use metrics::keep_up;
pub use parts::{Failure, Parts, Surroundings, open_store};
pub(crate) use parts::{account_url, key_keeper};
pub use site::Site;

/// Every route of an application of these parts, and what they share. Every worker has an application of its own.
pub fn routes(parts: Parts) -> Routes {
    Arc::new(move |config| {
        config
            .app_data(parts.site.clone())
            .app_data(parts.provider.clone())
            .app_data(parts.journeys.clone())
            .app_data(body::already_read());
        mount(config, &parts);
    })
}

/// Every route, on one list. Routes of /dev exist only where there is an outbox to show.
fn mount(config: &mut ServiceConfig, parts: &Parts) {
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
