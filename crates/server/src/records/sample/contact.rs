//! Email addresses, all in domains that are reserved for examples (RFC 2606 and RFC 6761): a message sent to one of
//! them by mistake reaches nobody.

use super::name::PersonName;
use super::rng::Rng;
use super::shares as share;
use super::spelling::mailbox;

const PERSONAL_DOMAINS: [&str; 3] = ["example.com", "example.org", "example.net"];
const SHARED_MAILBOXES: [&str; 5] = ["office", "admin", "head", "headteacher", "enquiries"];
const SCHOOL_NAMES: [&str; 24] = [
    "st-marys",
    "oakfield",
    "hillside",
    "st-johns",
    "riverside",
    "holy-trinity",
    "meadow",
    "park-lane",
    "kingsway",
    "st-pauls",
    "the-grange",
    "northgate",
    "castle",
    "woodlands",
    "queen-elizabeth",
    "victoria",
    "ashgrove",
    "beechwood",
    "church-road",
    "millbrook",
    "highfield",
    "st-josephs",
    "greenfield",
    "moorside",
];
const SCHOOL_TOWNS: [&str; 40] = [
    "leeds", "hull", "derby", "york", "luton", "poole", "truro", "ely", "wells", "bath", "bolton", "bury", "oldham",
    "stoke", "dudley", "walsall", "reading", "slough", "exeter", "torquay", "norwich", "ipswich", "lincoln", "boston",
    "carlisle", "kendal", "durham", "whitby", "dover", "margate", "hove", "lewes", "hexham", "crewe", "chester",
    "wigan", "preston", "hackney", "brent", "croydon",
];
const SCHOOL_KINDS: [&str; 4] = ["primary", "academy", "school", "college"];

/// The addresses on the record, none for some people. `person` is the person's number in the file: it makes a personal
/// address unique, as mail providers do. School addresses are handed on, and so do repeat now and then.
pub(super) fn emails(name: &PersonName, person: u64, rng: &mut Rng) -> Vec<String> {
    if rng.happens(share::WITHOUT_EMAIL) {
        return Vec::new();
    }
    if rng.happens(share::SCHOOL_EMAIL_ONLY) {
        return vec![school(name, rng)];
    }
    let mut emails = vec![personal(name, person, rng)];
    if rng.happens(share::PERSONAL_AND_SCHOOL_EMAIL) {
        emails.push(school(name, rng));
    }
    emails
}

/// An address of the person alone.
pub(super) fn personal(name: &PersonName, person: u64, rng: &mut Rng) -> String {
    let (given, family) = (mailbox(&name.given), mailbox(&name.family));
    let domain = rng.one_of(&PERSONAL_DOMAINS);
    match rng.below(4) {
        0 => format!("{given}{person}@{domain}"),
        1 => format!("{family}.{given}{person}@{domain}"),
        2 => format!("{}_{family}{person}@{domain}", initial(&given)),
        _ => format!("{given}.{family}{person}@{domain}"),
    }
}

fn school(name: &PersonName, rng: &mut Rng) -> String {
    let (place, town) = (rng.one_of(&SCHOOL_NAMES), rng.one_of(&SCHOOL_TOWNS));
    let domain = format!("{place}-{}-{town}.example", rng.one_of(&SCHOOL_KINDS));
    if rng.happens(share::SHARED_MAILBOX) {
        return format!("{}@{domain}", rng.one_of(&SHARED_MAILBOXES));
    }
    format!("{}.{}@{domain}", initial(&mailbox(&name.given)), mailbox(&name.family))
}

fn initial(given: &str) -> &str {
    given.get(..1).unwrap_or(given)
}
