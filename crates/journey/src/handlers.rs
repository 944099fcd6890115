//! The routes: one GET and one POST handler for every page. No GET has an effect.

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use govuk::Frame;
use govuk::form::{Errors, FieldError};
use identity::change_request::EvidenceFile;
use identity::evidence::EvidenceFault;
use identity::interaction::Outcome;
use identity::one_time_code::{self, CodeFormError};

use crate::Journeys;
use crate::codes::{Checked, Lost, Sent};
use crate::conclude::{Concluded, Created};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::form::Form;
use crate::load::{Refusal, Visit};
use crate::metrics;
use crate::one_login::Trouble;
use crate::page::{Context, Kind, Page, Question, Shows};
use crate::pages::email::EmailPage;
use crate::pages::your_details::YourDetails;
use crate::posted::Posted;
use crate::render::{Sheet, Showing, address, base, before_the_first, changed_address, resume_address, way_back};
use crate::sending::Typed;
use crate::walk::{Progress, Rest};

/// The page that waits at an end which was not written.
const FINISH: &str = "finish";
/// How often to start over when another tab was quicker.
pub(crate) const ATTEMPTS: usize = 5;

pub(crate) type Answer = Result<HttpResponse, Failure>;

pub(crate) async fn start(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>) -> Answer {
    let mut visit = match journeys.visit(&request, &id).await? {
        Ok(visit) => visit,
        Err(refusal) => return Ok(journeys.refuse(refusal).await?),
    };
    let progress = journeys.follow(&mut visit).await?;
    Ok(to_frontier(&visit, &progress))
}

pub(crate) async fn show(journeys: Data<Journeys>, request: HttpRequest, path: Path<(String, String)>) -> Answer {
    let (id, path) = path.into_inner();
    let mut visit = match journeys.visit(&request, &id).await? {
        Ok(visit) => visit,
        Err(refusal) => return Ok(journeys.refuse(refusal).await?),
    };
    let progress = journeys.follow(&mut visit).await?;
    if path == FINISH
        && let Rest::End(ending) = &progress.rest
    {
        return Ok(match ending {
            Ending::Blocked(_) => journeys.blocked(&visit.client, visit.client.service_url.as_str()),
            _ => journeys.finish(&visit.client),
        });
    }
    match Page::find(&path).filter(|page| progress.allows(page)) {
        Some(page) => journeys.show(&visit, &progress, page, None).await,
        None => Ok(to_frontier(&visit, &progress)),
    }
}

pub(crate) async fn submit(
    journeys: Data<Journeys>,
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Bytes,
) -> Answer {
    let (id, path) = path.into_inner();
    let mut posted = Posted::read(&request, body).await;
    for _ in 0..ATTEMPTS {
        let visit = match journeys.visit(&request, &id).await? {
            Ok(visit) => visit,
            Err(Refusal::Finished(interaction, _)) => return Ok(see_other(&address(&interaction, "finished"))),
            Err(refusal) => return Ok(journeys.refuse(refusal).await?),
        };
        if let Some(answer) = journeys.submitted(visit, &path, &mut posted).await? {
            return Ok(answer);
        }
    }
    Err(Failure::Busy)
}

impl Journeys {
    /// Takes a form. None: another tab was quicker, and it has to be taken again.
    async fn submitted(&self, visit: Visit, path: &str, posted: &mut Posted) -> Result<Option<HttpResponse>, Failure> {
        let mut visit = visit;
        let progress = self.follow(&mut visit).await?;
        if path == FINISH && matches!(progress.rest, Rest::End(_)) {
            return self.go_on(visit, false, None).await;
        }
        let Some(page) = Page::find(path).filter(|page| progress.allows(page)) else {
            return Ok(Some(to_frontier(&visit, &progress)));
        };
        let form = &posted.form;
        match &page.kind {
            Kind::Question(question) => {
                let evidence = match (question.file)(&visit.state.answers) {
                    // The file that is there stays until another is sent.
                    Some(file) if posted.has_no_file() => Ok(file),
                    _ => self.receive(posted).await?,
                };
                match (question.submit)(&posted.form, &self.context(evidence), &mut visit.state.answers) {
                    Ok(()) => self.go_on(visit, !page.beside.is_empty(), Some((page, &posted.form))).await,
                    Err(errors) => Ok(Some(self.show(&visit, &progress, page, Some((&posted.form, errors))).await?)),
                }
            }
            Kind::Notice => {
                visit.state.see(page.path);
                self.go_on(visit, false, None).await
            }
            Kind::Code { .. } if form.pressed("resend") => self.go_on(visit, true, None).await,
            Kind::Code { .. } => self.code_typed(visit, &progress, page, form).await,
        }
    }

    pub(crate) fn context(&self, evidence: Result<EvidenceFile, EvidenceFault>) -> Context<'_> {
        Context { today: self.clock.now().date_naive(), shared_mailboxes: &self.shared_mailboxes, evidence }
    }

    async fn code_typed(
        &self,
        mut visit: Visit,
        progress: &Progress<Ending>,
        page: &'static Page,
        form: &Form,
    ) -> Result<Option<HttpResponse>, Failure> {
        // A code page is on the trail only while it waits for its code.
        let Rest::Proving(proof) = &progress.rest else { return Ok(Some(to_frontier(&visit, progress))) };
        let fault = match one_time_code::parse(form.get("one_time_code")) {
            Err(error) => malformed(&error),
            Ok(typed) => {
                let replacement = self.sending(&visit, &proof.address())?;
                let message = replacement.message();
                match self.check_code(&visit, proof, &typed, replacement).await? {
                    Checked::Right => {
                        visit.state.prove(proof.clone());
                        visit.interaction.version += 1;
                        let known = self.known_browser(&visit, &proof.address());
                        return Ok(self.go_on(visit, false, None).await?.map(|answer| with_cookie(answer, &known)));
                    }
                    Checked::TooSoon(too_soon) => return Ok(Some(self.too_soon(&visit, page, too_soon))),
                    Checked::Outrun => return Ok(None),
                    Checked::Spent => return Ok(Some(self.too_many_codes(&visit.client))),
                    Checked::Wrong => "The code is not the one that we sent for this page: check it, or get a new code",
                    Checked::Replaced if self.is_refused(message).await => {
                        "The code has expired, and we could not send you a new one: check that the address is right"
                    }
                    Checked::Replaced => "The code has expired: we have sent you a new one",
                }
            }
        };
        let errors = Errors::from(FieldError::new("one_time_code", fault));
        Ok(Some(self.show(&visit, progress, page, Some((form, errors))).await?))
    }

    /// From an answer or a proof to wherever the journey leads now. None: another tab was quicker.
    pub(crate) async fn go_on(
        &self,
        mut visit: Visit,
        send_again: bool,
        typed: Typed<'_>,
    ) -> Result<Option<HttpResponse>, Failure> {
        for _ in 0..ATTEMPTS {
            let progress = self.follow(&mut visit).await?;
            let Rest::End(ending) = progress.rest else {
                return Ok(match self.save(&visit, &progress, send_again).await? {
                    None => None,
                    Some(Sent::TooSoon(too_soon)) => {
                        let code_page = progress.frontier().expect("a code is sent for the last page of the trail");
                        Some(self.too_soon(&visit, code_page, too_soon))
                    }
                    Some(Sent::Now(message)) => Some(self.hurried(&visit, &progress, message, typed).await?),
                    Some(Sent::Nothing) => Some(to_frontier(&visit, &progress)),
                });
            };
            match self.conclude(&visit, ending).await? {
                Concluded::Done(Outcome::SignedIn { .. }, Created::No) => {
                    return Ok(Some(see_other(&resume_address(&visit.interaction.id))));
                }
                Concluded::Done(Outcome::Changed { .. }, _) => {
                    return Ok(Some(see_other(&changed_address(&visit.interaction))));
                }
                Concluded::Done(..) => {
                    return Ok(Some(see_other(&address(&visit.interaction, "finished"))));
                }
                Concluded::Outrun => return Ok(None),
                Concluded::Contradicted => visit.state.forget_accounts(),
            }
        }
        Err(Failure::Busy)
    }

    /// Keeps the state, and sends the code that the page to come asks for, in one transaction. None: another tab was
    /// quicker. A code that must not be sent yet does not keep the state from being kept.
    async fn save(
        &self,
        visit: &Visit,
        progress: &Progress<Ending>,
        send_again: bool,
    ) -> Result<Option<Sent>, Failure> {
        let sending = match &progress.rest {
            Rest::Proving(proof) => Some(self.sending(visit, &proof.address())?),
            _ => None,
        };
        let (id, version) = (visit.interaction.id, visit.interaction.version);
        let state = serde_json::to_string(&visit.state).expect("a state is plain data");
        let Some(sending) = sending else {
            let saved = self.store.stroke(move |db| db.interactions().save_state(&id, version, &state)).await?;
            return Ok(saved.then_some(Sent::Nothing));
        };
        let saved = self.store.transact(move |db| {
            // The code before the journey, as where a code is checked: two that do it in another order may wait for each
            // other in PostgreSQL.
            let sent = if send_again { sending.keep(db)? } else { sending.keep_once(db)? };
            if db.interactions().save_state(&id, version, &state)? { Ok(sent) } else { Err(Lost::ToAnother) }
        });
        match saved.await {
            Ok(sent) => {
                metrics::count_sent(sent);
                Ok(Some(sent))
            }
            Err(Lost::ToAnother) => Ok(None),
            Err(Lost::Store(error)) => Err(error.into()),
        }
    }

    pub(crate) async fn show(
        &self,
        visit: &Visit,
        progress: &Progress<Ending>,
        page: &'static Page,
        refused: Option<(&Form, Errors)>,
    ) -> Answer {
        let providers = match &page.kind {
            Kind::Question(question) if question.shows == Shows::TrainingProviders => self.training_providers().await,
            _ => Vec::new(),
        };
        let prefilled = match &progress.rest {
            Rest::Proving(proof) => self.code_to_prefill(&proof.address()).await?,
            _ => None,
        };
        let prefilled = prefilled.map(|code| Form::of([("one_time_code", code.as_str())]));
        let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        let (typed, errors) = refused.map_or((None, Errors::default()), |(form, errors)| (Some(form), errors));
        let back = progress.before(page).map(|before| address(&visit.interaction, before.path));
        let back = back.or_else(|| before_the_first(&visit.interaction));
        let mut frame = Frame::new(page.title).back_link(back).errors(&errors);
        frame.service_url = way_back(visit.interaction.ask.errand.link());
        let code_page = matches!(page.kind, Kind::Code { .. });
        let typed = typed.or(prefilled.as_ref().filter(|_| code_page));
        let base = base(&visit.interaction);
        let showing = Showing { base, page, client: &visit.client, state: &visit.state, progress, typed };
        let mut view = showing.view(&self.settings, &visit.interaction.ask, providers);
        if let (true, Rest::Proving(proof)) = (code_page, &progress.rest) {
            view["sending"] = self.sending_notes(visit, &proof.address()).await?;
        }
        if page.path == YourDetails::PATH {
            view["passkey_offer"] = self.offer_with_details(visit, progress).await?.as_str().into();
        }
        let one_login = self.one_login_for(&visit.client).filter(|_| page.path == EmailPage::PATH);
        let leads_to = one_login.map_or([].as_slice(), |way| &way.leads_to);
        view["one_login"] = one_login.is_some().into();
        view["one_login_notice"] = visit.one_login_trouble.map_or("", Trouble::words).into();
        let sheet = Sheet { status, template: &page.template(), frame, client: Some(&visit.client) };
        Ok(self.page_leading_to(leads_to, sheet, &view))
    }

    /// The names to suggest. Without them the box is as good.
    async fn training_providers(&self) -> Vec<String> {
        let providers = self.records.training_providers().await.unwrap_or_else(|error| {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, "the training providers cannot be listed");
            Vec::new()
        });
        providers.iter().map(|provider| provider.as_str().to_owned()).collect()
    }
}

fn malformed(error: &CodeFormError) -> &'static str {
    match error {
        CodeFormError::Missing => "Enter the code that we sent you",
        CodeFormError::NotDigits => "The code must be digits only",
        CodeFormError::TooShort => "You have not entered enough digits: the code has 6",
        CodeFormError::TooLong => "You have entered too many digits: the code has 6",
    }
}

pub(crate) fn to_frontier(visit: &Visit, progress: &Progress<Ending>) -> HttpResponse {
    let path = match progress.rest {
        Rest::End(_) => FINISH,
        _ => progress.frontier().map_or(FINISH, |page| page.path),
    };
    see_other(&address(&visit.interaction, path))
}

pub(crate) fn with_cookie(mut answer: HttpResponse, cookie: &Cookie<'_>) -> HttpResponse {
    if let Err(error) = answer.add_cookie(cookie) {
        tracing::error!(%error, "a cookie cannot be set");
    }
    answer
}

pub(crate) fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, address)).insert_header(("Cache-Control", "no-store")).finish()
}
