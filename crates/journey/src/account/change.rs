//! The first page of a change. Looking at it has no effect: the errand begins with the answer.

use actix_web::HttpRequest;
use actix_web::web::{Bytes, Data, Path};
use identity::event::Detail;
use identity::evidence::EvidenceFault;

use crate::Journeys;
use crate::failure::Failure;
use crate::form::Form;
use crate::handlers::{Answer, see_other, with_cookie};
use crate::page::Kind;

/// What the address calls each detail.
const DETAILS: [(&str, Detail); 5] = [
    ("preferred-name", Detail::PreferredName),
    ("name", Detail::Name),
    ("date-of-birth", Detail::DateOfBirth),
    ("email", Detail::Email),
    ("mobile", Detail::Mobile),
];

/// The address of the change of a detail, under that of the account.
pub(super) fn path(detail: Detail) -> String {
    let (name, _) = DETAILS.iter().find(|(_, listed)| *listed == detail).expect("every detail is listed");
    format!("/change/{name}")
}

fn detail(name: &str) -> Option<Detail> {
    DETAILS.iter().find(|(listed, _)| *listed == name).map(|(_, detail)| *detail)
}

pub(super) async fn show(journeys: Data<Journeys>, request: HttpRequest, name: Path<String>) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    let Some(detail) = detail(&name) else { return Ok(see_other(&visitor.way_to(""))) };
    let (mut visit, _) = journeys.errand(&request, &visitor, detail);
    let progress = journeys.follow(&mut visit).await?;
    match progress.frontier() {
        Some(page) => journeys.show(&visit, &progress, page, None).await,
        // What is not theirs to change has no page.
        None => Ok(see_other(&visitor.way_to(""))),
    }
}

pub(super) async fn begin(journeys: Data<Journeys>, request: HttpRequest, name: Path<String>, body: Bytes) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    let Some(detail) = detail(&name) else { return Ok(see_other(&visitor.way_to(""))) };
    let (mut visit, cookie) = journeys.errand(&request, &visitor, detail);
    let progress = journeys.follow(&mut visit).await?;
    let Some(page) = progress.frontier() else { return Ok(see_other(&visitor.way_to(""))) };
    let Kind::Question(question) = &page.kind else { return Ok(see_other(&visitor.way_to(""))) };
    let form = Form::read(&body);
    let context = journeys.context(Err(EvidenceFault::Missing));
    if let Err(errors) = (question.submit)(&form, &context, &mut visit.state.answers) {
        return journeys.show(&visit, &progress, page, Some((&form, errors))).await;
    }
    let interaction = visit.interaction.clone();
    journeys.store.transact(move |db| db.interactions().create(&interaction)).await?;
    let answer = journeys.go_on(visit, false, Some((page, &form))).await?.ok_or(Failure::Busy)?;
    Ok(with_cookie(answer, &cookie))
}
