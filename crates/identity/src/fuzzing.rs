//! What the fuzz targets run (docs/fuzzing.md): the parsers of this crate that outsiders feed, and what always holds of what
//! they return. Each target says whether anything was taken.

use crate::claims_request::ClaimsRequest;
use crate::evidence::{Evidence, EvidenceKind, MAX_BYTES};

/// What is read is kept as JSON and comes back the same.
pub fn claims_request(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(request) = ClaimsRequest::parse(text) else { return false };
    let kept = serde_json::to_string(&request).expect("a request is plain JSON");
    assert_eq!(serde_json::from_str::<ClaimsRequest>(&kept).expect("it was kept"), request, "{kept}");
    true
}

/// The first line is the file's name, the rest the file. What is taken is the beginning of what was sent, of the kind that
/// it begins as, and is taken again; its name leads nowhere.
pub fn evidence(bytes: &[u8]) -> bool {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (name, file) = (String::from_utf8_lossy(&bytes[..end]), bytes.get(end + 1..).unwrap_or_default());
    let Ok(evidence) = Evidence::read(&name, file.to_vec()) else { return false };
    assert!(file.starts_with(&evidence.bytes) && (1..=MAX_BYTES).contains(&evidence.size()));
    let start: &[u8] = match evidence.kind {
        EvidenceKind::Pdf => b"%PDF-",
        EvidenceKind::Jpeg => b"\xFF\xD8\xFF",
        EvidenceKind::Png => b"\x89PNG\r\n\x1A\n",
    };
    assert!(evidence.bytes.starts_with(start));
    let name = evidence.name.as_str();
    assert!(!name.is_empty() && name.chars().count() <= 100 && !name.contains(['/', '\\']));
    assert!(!name.contains(char::is_control));
    let own_name = format!("a.{}", evidence.kind.as_str());
    assert_eq!(Evidence::read(&own_name, evidence.bytes.clone()).map(|again| again.bytes), Ok(evidence.bytes));
    true
}

#[cfg(test)]
#[path = "../../../fuzz/replay.rs"]
mod replay;

#[cfg(test)]
mod tests {
    use super::replay::replay;

    #[test]
    fn a_claims_request_that_is_kept_is_read_back_whatever_was_sent() {
        let taken = ["by_name.json", "fraction.json", "odd.json", "several.json", "verified.json"];
        replay("claims_request", &taken, 3000, super::claims_request);
    }

    #[test]
    fn evidence_is_the_beginning_of_what_was_sent_and_is_taken_again_whatever_was_sent() {
        replay("evidence", &["jpeg", "jpeg_with_film", "pdf", "png"], 3000, super::evidence);
    }
}
