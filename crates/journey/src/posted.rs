//! What a person sent: the fields of a form, and from some pages a file.

use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest};
use identity::change_request::EvidenceFile;
use identity::evidence::{Evidence, EvidenceFault};
use store::StoreError;

use crate::Journeys;
use crate::form::Form;
use crate::upload::{TooLarge, Upload, takes_a_file};

pub(crate) struct Posted {
    pub form: Form,
    file: File,
}

enum File {
    None,
    Sent(Evidence),
    /// It was scanned and kept, or there is something wrong with it: however often the form is taken, that stands.
    Received(Result<EvidenceFile, EvidenceFault>),
}

impl Posted {
    pub(crate) async fn read(request: &HttpRequest, body: Bytes) -> Posted {
        if !takes_a_file(request.path()) {
            return Posted { form: Form::read(&body), file: File::None };
        }
        if request.extensions().get::<TooLarge>().is_some() {
            return Posted { form: Form::default(), file: File::Received(Err(EvidenceFault::TooLarge)) };
        }
        // A form that cannot be read has no file.
        let upload = Upload::read(request.headers(), body).await.unwrap_or_default();
        let file = match upload.evidence() {
            Ok(evidence) => File::Sent(evidence),
            Err(EvidenceFault::Missing) => File::None,
            Err(fault) => File::Received(Err(fault)),
        };
        Posted { form: upload.into_form(), file }
    }

    pub(crate) fn has_no_file(&self) -> bool {
        matches!(self.file, File::None)
    }
}

impl Journeys {
    /// Keeps the file that was sent, once.
    pub(crate) async fn receive(&self, posted: &mut Posted) -> Result<Result<EvidenceFile, EvidenceFault>, StoreError> {
        let received = match &posted.file {
            File::None => Err(EvidenceFault::Missing),
            File::Received(received) => received.clone(),
            File::Sent(evidence) => match &self.evidence {
                Some(room) => room.receive(evidence).await?,
                None => Err(EvidenceFault::TryLater),
            },
        };
        if !posted.has_no_file() {
            posted.file = File::Received(received.clone());
        }
        Ok(received)
    }
}
