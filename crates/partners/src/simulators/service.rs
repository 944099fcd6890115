//! A relying service's server that takes logout tokens: it keeps what it is sent and answers as it is told to.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::{Url, form_urlencoded};

use super::http;

/// It listens until it is dropped.
#[derive(Debug)]
pub struct Service {
    task: JoinHandle<()>,
    address: Url,
    inside: Arc<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    /// The statuses of the next answers; then 200 for ever.
    answers: Mutex<VecDeque<Answer>>,
    tokens: Mutex<Vec<String>>,
}

/// How it answers once.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    Status(u16),
    /// 302 to an address of its own that takes anything.
    Elsewhere,
    /// Takes the request and says nothing.
    Nothing,
    /// 200, and a body without an end.
    Endless,
}

impl Service {
    /// # Errors
    /// When no port is free.
    pub async fn start(answers: &[Answer]) -> io::Result<Service> {
        Service::start_at(0, answers).await
    }

    /// # Errors
    /// When the port is not free.
    pub async fn start_at(port: u16, answers: &[Answer]) -> io::Result<Service> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = format!("http://{}/back-channel-logout?of=ours", listener.local_addr()?);
        let inside = Arc::new(Inside { answers: Mutex::new(answers.iter().copied().collect()), ..Inside::default() });
        let shared = inside.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inside = shared.clone();
                tokio::spawn(async move { inside.serve(stream).await });
            }
        });
        Ok(Service { task, address: address.parse().expect("an address makes a URL"), inside })
    }

    /// Frees the port before it comes back.
    pub async fn stop(mut self) {
        self.task.abort();
        // That it was cut off is what is wanted.
        let _ = (&mut self.task).await;
    }

    /// Its `backchannel_logout_uri`.
    pub fn address(&self) -> Url {
        self.address.clone()
    }

    /// The logout tokens that it was sent, the first first.
    pub fn tokens(&self) -> Vec<String> {
        self.inside.tokens.lock().expect("nothing panics under this lock").clone()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Inside {
    async fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        let request = http::read(&mut stream).await?;
        let form: Vec<_> = form_urlencoded::parse(&request.body).into_owned().collect();
        let sound = request.method == "POST" && request.path == "/back-channel-logout?of=ours";
        let typed = request.header("content-type") == Some("application/x-www-form-urlencoded");
        let [(name, token)] = &form[..] else { return http::answer(&mut stream, 400, b"").await };
        if !sound || !typed || name != "logout_token" {
            return http::answer(&mut stream, 400, b"").await;
        }
        self.tokens.lock().expect("nothing panics under this lock").push(token.clone());
        let answer = self.answers.lock().expect("nothing panics under this lock").pop_front();
        match answer.unwrap_or(Answer::Status(200)) {
            Answer::Status(status) => http::answer(&mut stream, status, b"").await,
            Answer::Elsewhere => http::redirect(&mut stream, "/elsewhere").await,
            Answer::Nothing => std::future::pending().await,
            Answer::Endless => http::answer_without_end(&mut stream).await,
        }
    }
}
