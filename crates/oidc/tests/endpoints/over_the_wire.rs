//! What only a real socket shows: what is refused before a request is whole.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use actix_web::{App, HttpServer, web};

use crate::world::*;

/// Serves the world on a free port of the loopback, until the test ends.
fn serve(world: &World) -> SocketAddr {
    let provider = world.provider.clone();
    let app = move || App::new().app_data(provider.clone()).configure(oidc::configure);
    let server = HttpServer::new(app).workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs()[0];
    actix_web::rt::spawn(server.run());
    address
}

/// The first line of the answer to these bytes.
async fn answer_to(address: SocketAddr, request: Vec<u8>) -> String {
    let talk = web::block(move || {
        let mut socket = TcpStream::connect(address).unwrap();
        // Who is refused half-way need not be listened to any more.
        let _ = socket.write_all(&request);
        let mut answer = Vec::new();
        let _ = socket.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
    });
    talk.await.unwrap()
}

fn post(path: &str, body: &str) -> Vec<u8> {
    let headers = "Host: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded";
    format!("POST {path} HTTP/1.1\r\n{headers}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

#[actix_web::test]
async fn a_body_of_ten_megabytes_is_refused_without_reading_it() {
    let world = World::new().await;
    let address = serve(&world);
    let body = format!("client_id={A}&state={}", "x".repeat(10 * 1024 * 1024));
    for path in ["/oauth2/token", "/oauth2/authorize"] {
        assert_eq!(answer_to(address, post(path, &body)).await, "HTTP/1.1 413 Payload Too Large", "{path}");
    }
    assert_eq!(answer_to(address, post("/oauth2/token", "code=x")).await, "HTTP/1.1 401 Unauthorized");
}

#[actix_web::test]
async fn an_address_that_is_too_long_is_a_bad_request() {
    let world = World::new().await;
    let address = serve(&world);
    for length in [70_000, 200_000] {
        let state = "x".repeat(length);
        let get = format!("GET /oauth2/authorize?state={state} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let answer = answer_to(address, get.into_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
}
