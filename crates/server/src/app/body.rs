//! Reading what a request brings, before anybody else sees it: all of it in memory, so it must be small and come soon.

use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use actix_web::web::{Bytes, BytesMut, PayloadConfig};
use futures_util::{StreamExt, stream};

/// Whoever takes longer to send a form is not a person with a form.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// A photo of 3 MiB over a slow mobile network.
pub(super) const PATIENCE_WITH_FILES: Duration = Duration::from_secs(120);

/// What is too large is read on so far, and thrown away: a browser that is cut off while it sends shows no page at all.
const DRAINED: usize = 32 * 1024 * 1024;

/// For handlers that take the body in one piece: its size has been looked at, and a limit of their own would be a second.
pub(super) fn already_read() -> PayloadConfig {
    PayloadConfig::new(usize::MAX)
}

/// Reads the body and puts it back, all in one piece; or says with which status to refuse it.
pub(super) async fn read(request: &mut ServiceRequest, limit: usize, patience: Duration) -> Result<(), StatusCode> {
    let headers = request.headers();
    if !headers.contains_key(CONTENT_LENGTH) && !headers.contains_key(TRANSFER_ENCODING) {
        return Ok(());
    }
    let payload = request.take_payload();
    match tokio::time::timeout(patience, collect(payload, limit)).await {
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Ok(Ok(None)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Ok(Some(bytes))) => {
            request.set_payload(Payload::Stream { payload: Box::pin(stream::iter([Ok(bytes)])) });
            Ok(())
        }
    }
}

/// None when it is too large.
async fn collect(mut payload: Payload, limit: usize) -> Result<Option<Bytes>, PayloadError> {
    let mut kept = BytesMut::new();
    let mut seen = 0;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk?;
        seen += chunk.len();
        if seen <= limit {
            kept.extend_from_slice(&chunk);
        } else {
            kept = BytesMut::new();
            if seen > DRAINED {
                break;
            }
        }
    }
    Ok((seen <= limit).then(|| kept.freeze()))
}
