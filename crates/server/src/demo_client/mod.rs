//! A relying service to try the provider with: made as any other service would be, with a published OpenID Connect
//! library, and nothing of ours but the look of its pages. It trusts the provider in nothing that it can check.

mod claims;
mod fault;
mod jwt;
mod pages;
mod provider;
mod routes;
pub mod sample_clients;
mod sessions;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;

use actix_web::{App, HttpServer, web};
use identity::random::Random;
use url::Url;

use pages::Pages;
use provider::Provider;
use sessions::Sessions;

/// Where the demo service stands, and whom it asks.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// The issuer of the provider to sign in with
    #[arg(long, default_value = "http://localhost:8000")]
    pub issuer: String,
    /// The address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8001")]
    pub listen: SocketAddr,
    /// The address that browsers know this service by; /callback and /signed-out are registered under it
    #[arg(long, default_value = "http://localhost:8001")]
    pub base_url: Url,
}

/// What every request needs.
struct Demo {
    provider: Provider,
    sessions: Sessions,
    pages: Pages,
    random: Random,
}

/// Serves until it is told to stop. The provider may come later: it is asked only when somebody signs in.
pub async fn serve(options: &Options, random: Random) -> io::Result<()> {
    let provider = Provider::new(&options.issuer, &options.base_url).map_err(io::Error::other)?;
    let demo = Demo { provider, sessions: Sessions::default(), pages: Pages::new(), random };
    let demo = web::Data::new(demo);
    let server = HttpServer::new(move || App::new().app_data(demo.clone()).configure(routes::configure))
        .workers(1)
        .shutdown_timeout(1)
        .bind(options.listen)
        .map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {}: {error}", options.listen)))?;
    announce(options);
    server.run().await
}

#[allow(clippy::print_stdout, reason = "the line by which a person or a script learns that it is up")]
fn announce(options: &Options) {
    println!("The demo service is ready at {}", options.base_url.as_str().trim_end_matches('/'));
}
