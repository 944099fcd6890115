//! How a simulator misbehaves when it is told to: what each real service has done to somebody some day.

use std::str::FromStr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ContentType, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::rt::time::sleep;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpResponse};
use serde::{Deserialize, Serialize};

/// What is wrong with a simulator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    #[default]
    None,
    /// So many seconds before each answer.
    Slow(u64),
    /// Half an answer, and then no connection.
    Resetting,
    /// 500.
    Failing,
    /// 429, with so many seconds in Retry-After.
    Busy(u64),
    /// 200, and a page of HTML.
    Html,
    /// 200, and a body of 50 MB that calls itself JSON.
    Huge,
    /// 200, and JSON of another shape.
    Malformed,
    /// Answers that are well formed and untrue. What those are, each simulator says.
    Lying,
}

/// Why no fault has this name.
#[derive(Debug, thiserror::Error)]
#[error("a fault is none, slow=SECONDS, resetting, failing, busy=SECONDS, html, huge, malformed or lying")]
pub struct NoSuchFault;

impl FromStr for Fault {
    type Err = NoSuchFault;

    fn from_str(text: &str) -> Result<Fault, NoSuchFault> {
        let (name, seconds) = text.split_once('=').map_or((text, None), |(name, rest)| (name, Some(rest)));
        let seconds = seconds.map(str::parse::<u64>).transpose().map_err(|_| NoSuchFault)?;
        match (name, seconds) {
            ("none", None) => Ok(Fault::None),
            ("slow", Some(seconds)) => Ok(Fault::Slow(seconds)),
            ("resetting", None) => Ok(Fault::Resetting),
            ("failing", None) => Ok(Fault::Failing),
            ("busy", Some(seconds)) => Ok(Fault::Busy(seconds)),
            ("html", None) => Ok(Fault::Html),
            ("huge", None) => Ok(Fault::Huge),
            ("malformed", None) => Ok(Fault::Malformed),
            ("lying", None) => Ok(Fault::Lying),
            _ => Err(NoSuchFault),
        }
    }
}

/// Turned while the simulator runs; every clone turns the same.
#[derive(Clone, Debug, Default)]
pub struct Switch(Arc<Mutex<Fault>>);

impl Switch {
    #[must_use]
    pub fn new(fault: Fault) -> Switch {
        Switch(Arc::new(Mutex::new(fault)))
    }

    pub fn turn(&self, fault: Fault) {
        *self.0.lock().expect("nothing panics under this lock") = fault;
    }

    #[must_use]
    pub fn fault(&self) -> Fault {
        *self.0.lock().expect("nothing panics under this lock")
    }

    #[must_use]
    pub fn is_lying(&self) -> bool {
        self.fault() == Fault::Lying
    }
}

/// The middleware in which a simulator misbehaves. What steers the simulator itself is left alone.
pub(super) async fn misbehave(
    switch: Data<Switch>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, Error> {
    if request.path().starts_with(super::server::STEERING) {
        return next.call(request).await;
    }
    let json = |body: Broken| HttpResponse::Ok().content_type(ContentType::json()).body(body);
    let answer = match switch.fault() {
        Fault::None | Fault::Lying => return next.call(request).await,
        Fault::Slow(seconds) => {
            sleep(Duration::from_secs(seconds)).await;
            return next.call(request).await;
        }
        Fault::Resetting => json(Broken { announced: 100_000, parts: 1 }),
        Fault::Failing => HttpResponse::InternalServerError().body("it went wrong"),
        Fault::Busy(seconds) => {
            HttpResponse::TooManyRequests().insert_header((RETRY_AFTER, seconds.to_string())).finish()
        }
        Fault::Html => HttpResponse::Ok().content_type(ContentType::html()).body("<!doctype html><p>We are back soon."),
        Fault::Huge => json(Broken { announced: 50_000_000, parts: 50_000 }),
        Fault::Malformed => HttpResponse::Ok().content_type(ContentType::json()).body(r#"{"surprise":[1,2"#),
    };
    Ok(request.into_response(answer))
}

/// A body that is not what it was announced to be: after so many parts the connection breaks.
struct Broken {
    announced: u64,
    parts: u64,
}

impl Broken {
    const PART: &'static [u8] = &[b' '; 1000];
}

impl MessageBody for Broken {
    type Error = std::io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.announced)
    }

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Bytes, Self::Error>>> {
        if self.parts == 0 {
            return std::task::Poll::Ready(Some(Err(std::io::ErrorKind::BrokenPipe.into())));
        }
        self.parts -= 1;
        std::task::Poll::Ready(Some(Ok(Bytes::from_static(Broken::PART))))
    }
}
