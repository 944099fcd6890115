//! What every simulator of an HTTP service stands on: a real server, and a switch to make it misbehave.

use std::io;
use std::net::SocketAddr;

use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, Json, ServiceConfig};
use actix_web::{App, HttpResponse, HttpServer};
use tokio::task::JoinHandle;
use url::Url;

use super::faults::{Fault, Switch, misbehave};

/// Under this path a simulator is steered and asked what it has seen; no real service has it.
pub const STEERING: &str = "/simulator";

/// A simulator that runs until it is dropped or stopped.
#[derive(Debug)]
pub struct Running {
    handle: ServerHandle,
    task: JoinHandle<io::Result<()>>,
    address: SocketAddr,
    /// Makes it misbehave.
    pub switch: Switch,
}

impl Running {
    /// Starts a server with these routes. `PUT /simulator/fault` with a `Fault` in JSON turns the switch.
    ///
    /// # Errors
    /// When the port is not free.
    pub fn start(
        listen: SocketAddr,
        switch: Switch,
        routes: impl Fn(&mut ServiceConfig) + Send + Clone + 'static,
    ) -> io::Result<Running> {
        let shared = Data::new(switch.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .wrap(from_fn(misbehave))
                .route(&format!("{STEERING}/fault"), web::put().to(turn))
                .configure(routes.clone())
        })
        .workers(1)
        .shutdown_timeout(1)
        .disable_signals()
        .bind(listen)?;
        let address = server.addrs()[0];
        let server = server.run();
        Ok(Running { handle: server.handle(), task: tokio::spawn(server), address, switch })
    }

    /// What to configure as the address of the service.
    ///
    /// # Panics
    /// Never: an address makes a URL.
    #[must_use]
    pub fn url(&self) -> Url {
        format!("http://{}/", self.address).parse().expect("an address makes a URL")
    }

    /// Frees the port before it comes back.
    pub async fn stop(mut self) {
        self.handle.stop(false).await;
        // How it ended is of no interest any more.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn turn(switch: Data<Switch>, fault: Json<Fault>) -> HttpResponse {
    switch.turn(fault.into_inner());
    HttpResponse::NoContent().finish()
}
