//! A web server that does nothing but answer: what actix-web costs by itself here, to hold our own answers against.
//!
//! It has one worker. Its address is the first line on standard output.

use std::io::Write;

use actix_web::web::{self, Data, Form};
use actix_web::{App, HttpResponse, HttpServer};
use clap::Parser;

#[derive(Parser)]
struct Options {
    /// How long the answer is.
    #[arg(long, default_value_t = 1000)]
    bytes: usize,
    /// Where to listen; port 0 for any that is free.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: String,
}

struct Body(&'static str);

async fn get(body: Data<Body>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(body.0)
}

/// The form is read as an endpoint would, though nobody wants to know what it says.
async fn post(body: Data<Body>, form: Form<Vec<(String, String)>>) -> HttpResponse {
    if form.is_empty() { HttpResponse::BadRequest().finish() } else { get(body).await }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let options = Options::parse();
    // It lives as long as the program.
    let body = Data::new(Body("0".repeat(options.bytes).leak()));
    let app = move || App::new().app_data(body.clone()).route("/", web::get().to(get)).route("/", web::post().to(post));
    let server = HttpServer::new(app).workers(1).bind(&options.listen)?;
    let address = server.addrs()[0];
    writeln!(std::io::stdout(), "http://{address}")?;
    server.run().await
}
