//! What is counted, for whoever watches the service: GET /metrics, in the text format of Prometheus. The proxy in front
//! keeps it from the world; there is nothing about a person in it, and no label that a request could choose.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::web::{self, Data, ServiceConfig};
use metrics::{Counter, Histogram, counter, describe_counter, describe_histogram, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

const REQUESTS: &str = "http_requests_total";
const DURATION: &str = "http_request_duration_seconds";
/// In seconds.
const BUCKETS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
const UPKEEP: Duration = Duration::from_secs(30);

/// Starts counting, when nobody in this process has.
pub(super) fn start() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    let install = || {
        let builder = PrometheusBuilder::new();
        let timed = |builder: PrometheusBuilder, name: &str| {
            builder.set_buckets_for_metric(Matcher::Full(name.into()), &BUCKETS).expect("there are buckets")
        };
        let builder = [DURATION, "partner_call_seconds"].into_iter().fold(builder, timed);
        let handle = builder.install_recorder().expect("it is the only one");
        describe_counter!(REQUESTS, "Requests that were answered, by method, route and class of status.");
        describe_histogram!(DURATION, "Seconds until a request was answered, by method and route.");
        journey::describe_metrics();
        crate::outbox::describe_metrics();
        handle
    };
    HANDLE.get_or_init(install).clone()
}

pub(super) fn configure(config: &mut ServiceConfig, handle: PrometheusHandle) {
    config.service(web::resource("/metrics").app_data(Data::new(handle)).route(web::get().to(show)));
}

async fn show(handle: Data<PrometheusHandle>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(handle.render())
}

/// Puts together again and again what was measured, so that it does not pile up while nobody asks; the future never ends.
pub(crate) async fn keep_up(handle: PrometheusHandle) {
    let mut ticks = tokio::time::interval(UPKEEP);
    loop {
        ticks.tick().await;
        handle.run_upkeep();
    }
}

/// What is counted of the answers of one route to one method, and of one class of status.
struct Series {
    method: &'static str,
    class: &'static str,
    answers: Counter,
    seconds: Histogram,
}

impl Series {
    fn new(method: &'static str, route: &str, class: &'static str) -> Series {
        let route = route.to_owned();
        Series {
            method,
            class,
            answers: counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => class),
            seconds: histogram!(DURATION, "method" => method, "route" => route),
        }
    }
}

thread_local! {
    /// By route. To find a series by its labels, which are put together for that, is more work than to count.
    static FOUND: RefCell<HashMap<String, Vec<Series>>> = RefCell::default();
}

pub(super) fn answered(method: &Method, route: &str, status: u16, took: Duration) {
    let (method, class) = (known(method), class(status));
    FOUND.with_borrow_mut(|found| {
        if !found.contains_key(route) {
            found.insert(route.to_owned(), Vec::new());
        }
        let of_route = found.get_mut(route).expect("it was just made");
        let is_it = |series: &Series| series.method == method && series.class == class;
        let place = of_route.iter().position(is_it).unwrap_or_else(|| {
            of_route.push(Series::new(method, route, class));
            of_route.len() - 1
        });
        of_route[place].answers.increment(1);
        of_route[place].seconds.record(took.as_secs_f64());
    });
}

fn class(status: u16) -> &'static str {
    ["1xx", "2xx", "3xx", "4xx", "5xx"][usize::from(status / 100).clamp(1, 5) - 1]
}

/// Anybody can invent a method, and each would be a series of its own.
fn known(method: &Method) -> &'static str {
    let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    methods.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}
