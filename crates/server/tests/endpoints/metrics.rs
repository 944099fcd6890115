use actix_web::http::Method;
use actix_web::test::TestRequest;

use crate::world::{World, authorization_request};

/// The number of a series; nothing when there is none. Other tests of this process count, too.
fn number(text: &str, series: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.map(|number| number.parse().unwrap())
}

#[actix_web::test]
async fn what_happens_to_codes_and_requests_is_counted_and_nobody_is_named() {
    let little =
        [("GAI__CODE_BUDGETS__SEND_PER_ADDRESS", "1 in 1h"), ("GAI__CODE_BUDGETS__TRY_PER_ADDRESS", "2 in 1h")];
    let world = World::new(&little).await;
    let before = world.visits("/metrics").await;
    assert_eq!(before.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let series = [
        "one_time_codes_sent_total",
        "one_time_code_tries_total{result=\"wrong\"}",
        "one_time_code_tries_total{result=\"right\"}",
        "one_time_code_refusals_total{kind=\"send\",budget=\"address\"}",
        "one_time_code_refusals_total{kind=\"try\",budget=\"address\"}",
    ];
    let numbers = series.map(|series| number(&before.text, series).expect(series));

    let email = "asha.counted@example.com";
    let (start, _) = world.follows(world.visits(&authorization_request("demo-trn-optional", &[])).await).await;
    let journey = start.strip_suffix("/email").unwrap();
    world.submits(&start, &[("email", email)]).await;
    let code_page = format!("{journey}/email-code");
    assert_eq!(world.submits(&code_page, &[("resend", "true")]).await.status, 429);
    let code = world.outbox(email).await[0]["one_time_code"].as_str().unwrap().to_owned();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(world.submits(&code_page, &[("one_time_code", wrong)]).await.status, 400);
    assert_eq!(world.submits(&code_page, &[("one_time_code", &code)]).await.status, 303);
    let (again, _) = world.follows(world.visits(&authorization_request("demo-trn-optional", &[])).await).await;
    world.submits(&again, &[("email", email)]).await;
    let invented = TestRequest::default().method(Method::from_bytes(b"ASHA").unwrap()).uri("/asha.counted@example.com");
    world.asks(invented).await;

    let after = world.visits("/metrics").await.text;
    for (place, series) in series.iter().enumerate().take(4) {
        assert!(number(&after, series).unwrap() >= numbers[place] + 1.0, "{series}: {after}");
    }
    let pages = "http_requests_total{method=\"POST\",route=\"/sign-in/{id}/{page}\",status=\"4xx\"}";
    assert!(number(&after, pages).unwrap() >= 2.0, "{after}");
    assert!(after.contains("http_requests_total{method=\"other\",route=\"none\",status=\"4xx\"}"), "{after}");
    assert!(after.contains("http_request_duration_seconds_bucket{method=\"POST\",route=\"/sign-in/{id}/{page}\",le="));
    let id = journey.rsplit('/').next().unwrap();
    for told in ["asha", "example.com", id, code.as_str()] {
        assert!(!after.to_lowercase().contains(&told.to_lowercase()), "{told}: {after}");
    }
}
