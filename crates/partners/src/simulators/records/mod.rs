//! The register of teachers: finds, tells and unlocks by the API of the department, from a list of teaching records. When it
//! lies, it answers with somebody else's record.

mod change_requests;
mod find;
mod register;
mod shape;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard};

use actix_web::http::header::{AUTHORIZATION, LOCATION};
use actix_web::web::{self, Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use identity::record::TeachingRecord;
use identity::trn::Trn;
use serde_json::json;
use url::Url;

use self::change_requests::ChangeRequests;
pub use self::change_requests::Received;
use self::find::Asked;
use self::register::Register;
use super::faults::Switch;
use super::server::{Running, STEERING};

/// A key that everybody knows, for trying things out.
pub const SAMPLE_KEY: &str = "simulated-records-key";

/// It runs until it is dropped or stopped.
#[derive(Debug)]
pub struct RecordsServer {
    pub running: Running,
    inside: Inside,
}

/// What all its routes share.
#[derive(Clone, Debug)]
struct Inside {
    api_key: Arc<str>,
    register: Arc<RwLock<Register>>,
    change_requests: ChangeRequests,
    switch: Switch,
}

impl RecordsServer {
    /// # Errors
    /// When the port is not free.
    pub fn start(
        listen: SocketAddr,
        switch: Switch,
        api_key: &str,
        records: impl IntoIterator<Item = TeachingRecord>,
    ) -> io::Result<RecordsServer> {
        let inside = Inside {
            api_key: api_key.into(),
            register: Arc::new(RwLock::new(Register::of(records))),
            change_requests: ChangeRequests::default(),
            switch: switch.clone(),
        };
        let shared = inside.clone();
        let running = Running::start(listen, switch, move |config| routes(config, shared.clone()))?;
        Ok(RecordsServer { running, inside })
    }

    #[must_use]
    pub fn url(&self) -> Url {
        self.running.url()
    }

    /// The register has these from now on, new or as they are now.
    pub fn has(&self, records: impl IntoIterator<Item = TeachingRecord>) {
        let mut register = self.inside.register_to_change();
        records.into_iter().for_each(|record| register.put(record));
    }

    #[must_use]
    pub fn record(&self, trn: &Trn) -> Option<TeachingRecord> {
        self.inside.register().by_trn(trn).cloned()
    }

    /// The change requests that it has taken, the oldest first.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.inside.change_requests.all()
    }
}

impl Inside {
    fn register(&self) -> RwLockReadGuard<'_, Register> {
        self.register.read().expect("nothing panics under this lock")
    }

    fn register_to_change(&self) -> RwLockWriteGuard<'_, Register> {
        self.register.write().expect("nothing panics under this lock")
    }

    fn lets_in(&self, request: &HttpRequest) -> bool {
        let header =
            request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        header.is_some_and(|key| *key == *self.api_key)
    }
}

fn routes(config: &mut ServiceConfig, inside: Inside) {
    config
        .app_data(Data::new(inside))
        .route("/v2/teachers/find", web::get().to(find))
        .route("/v3/teachers/{trn}", web::get().to(teacher))
        .route("/v3/trns/{trn}", web::get().to(fate))
        .route("/v2/itt-providers", web::get().to(providers))
        .route("/v2/unlock-teacher/{uid}", web::put().to(unlock))
        .route("/v3/person/{what}-changes", web::post().to(change_requests::take))
        .route(&format!("{STEERING}/received"), web::get().to(change_requests::show));
}

async fn find(inside: Data<Inside>, request: HttpRequest, asked: Query<Asked>) -> HttpResponse {
    if !inside.lets_in(&request) {
        return HttpResponse::Unauthorized().finish();
    }
    let register = inside.register();
    let mut found = asked.find(&register);
    if inside.switch.is_lying() {
        found = register.others_than(&found);
    }
    HttpResponse::Ok().json(json!({ "results": found.into_iter().map(shape::row).collect::<Vec<_>>() }))
}

async fn teacher(inside: Data<Inside>, request: HttpRequest, trn: Path<String>) -> HttpResponse {
    if !inside.lets_in(&request) {
        return HttpResponse::Unauthorized().finish();
    }
    let register = inside.register();
    let Some(mut record) = known(&register, &trn).filter(|record| record.is_current()) else {
        return HttpResponse::NotFound().finish();
    };
    if inside.switch.is_lying() {
        record = register.others_than(&[record]).first().copied().unwrap_or(record);
    }
    HttpResponse::Ok().json(shape::teacher(record, request.query_string()))
}

/// What has become of a TRN.
async fn fate(inside: Data<Inside>, request: HttpRequest, trn: Path<String>) -> HttpResponse {
    if !inside.lets_in(&request) {
        return HttpResponse::Unauthorized().finish();
    }
    let register = inside.register();
    match known(&register, &trn) {
        None => HttpResponse::NotFound().finish(),
        Some(TeachingRecord { merged_into: Some(successor), .. }) => {
            HttpResponse::PermanentRedirect().insert_header((LOCATION, format!("/v3/trns/{successor}"))).finish()
        }
        Some(record) if !record.active => HttpResponse::Gone().finish(),
        Some(_) => HttpResponse::NoContent().finish(),
    }
}

async fn providers(inside: Data<Inside>, request: HttpRequest) -> HttpResponse {
    if !inside.lets_in(&request) {
        return HttpResponse::Unauthorized().finish();
    }
    let names = inside.register().provider_names();
    let listed: Vec<_> = names.iter().map(|name| json!({ "providerName": name, "ukprn": null })).collect();
    HttpResponse::Ok().json(json!({ "ittProviders": listed }))
}

async fn unlock(inside: Data<Inside>, request: HttpRequest, uid: Path<String>) -> HttpResponse {
    if !inside.lets_in(&request) {
        return HttpResponse::Unauthorized().finish();
    }
    let mut register = inside.register_to_change();
    let trn = shape::trn_of(&uid);
    let Some(record) = trn.and_then(|trn| register.by_trn(&trn)).filter(|record| record.is_current()).cloned() else {
        return HttpResponse::NotFound().finish();
    };
    let was_locked = record.portal_locked;
    register.put(TeachingRecord { portal_locked: false, ..record });
    HttpResponse::Ok().json(json!({ "hasBeenUnlocked": was_locked }))
}

fn known<'r>(register: &'r Register, trn: &str) -> Option<&'r TeachingRecord> {
    register.by_trn(&Trn::parse(trn).ok()?)
}
