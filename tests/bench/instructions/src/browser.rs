//! A browser that keeps cookies, and says what it is.

use std::collections::BTreeMap;

use actix_web::cookie::Cookie;
use actix_web::http::header::SET_COOKIE;
use actix_web::test::TestRequest;

use crate::answer::Answer;
use crate::world::World;

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

#[derive(Default)]
pub(crate) struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) async fn visits(&mut self, world: &World, address: &str) -> Answer {
        self.asks(world, TestRequest::get().uri(address)).await
    }

    pub(crate) async fn submits(&mut self, world: &World, address: &str, fields: &[(&str, String)]) -> Answer {
        self.asks(world, form(TestRequest::post().uri(address), fields)).await
    }

    async fn asks(&mut self, world: &World, request: TestRequest) -> Answer {
        let mut request = request.insert_header(("user-agent", AGENT));
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name, value));
        }
        let answer = world.asks(request).await;
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().ok().and_then(|cookie| Cookie::parse(cookie).ok()).expect("it is a cookie");
            self.cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
        }
        answer
    }
}

/// The request with these fields as its body.
pub(crate) fn form(request: TestRequest, fields: &[(&str, String)]) -> TestRequest {
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    request
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .insert_header(("content-length", form.len()))
        .set_payload(form)
}
