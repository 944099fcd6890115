//! The web server around an application: routes, what stands around all of them, and where it listens.
//!
//! It owns nothing but that the generic code of actix-web is compiled here, where it is made to be quick, and not with the program,
//! most of which is made to be small. It must never know what is answered.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::ServiceConfig;
use actix_web::{App, Error, HttpServer};
use futures_util::future::LocalBoxFuture;

/// Mounts what there is. Every worker has an application of its own.
pub type Routes = Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>;

/// The middleware around all routes.
pub type Around = fn(ServiceRequest, Next<BoxBody>) -> LocalBoxFuture<'static, Result<ServiceResponse, Error>>;

/// How long others may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// A browser to send the head of a request.
    pub head: Duration,
    /// A browser to send another request.
    pub keep_alive: Duration,
    /// The requests that are being answered when the server is told to stop, in seconds.
    pub last_answers: u64,
}

pub fn app(
    routes: &Routes,
    around: Around,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    App::new().configure(|config| routes(config)).wrap(from_fn(around))
}

/// A server that is bound, and the address with the port that the system chose where none was given. It hears no signals.
///
/// # Errors
/// When the address is taken, or is not ours.
pub fn listen(
    address: SocketAddr,
    patience: Patience,
    routes: Routes,
    around: Around,
) -> io::Result<(Server, SocketAddr)> {
    let server = HttpServer::new(move || app(&routes, around))
        .client_request_timeout(patience.head)
        .keep_alive(patience.keep_alive)
        .shutdown_timeout(patience.last_answers)
        .disable_signals()
        .bind(address)?;
    let bound = server.addrs().first().copied().unwrap_or(address);
    Ok((server.run(), bound))
}
