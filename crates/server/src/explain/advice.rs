//! What a client's developer can do about each reason for a refusal. The reasons are those of `oidc`, word by word; a test
//! refuses a request for each.

/// A reason, and what to do about it.
pub(super) const ADVICE: [(&str, &str); 24] = [
    ("client_id is missing, empty or repeated", "Send client_id once, with the id that the client's file has."),
    (
        "client_id is not one that we could have given",
        "An id has 1 to 100 of the characters a-z, 0-9, hyphen, underscore and full stop. Send it as the client's file has it.",
    ),
    (
        "client_id names no client",
        "There is no file of a client with this id here. Look for a wrong letter, and whether this is the right environment.",
    ),
    (
        "redirect_uri is missing, empty or repeated",
        "Send redirect_uri once, with one of the addresses that are registered. There is no default.",
    ),
    (
        "redirect_uri is not registered",
        "It has to be equal to a registered address, character by character. Change what the service sends, or have the \
         address added to `redirect_uris` in the client's file.",
    ),
    (
        "redirect_uri is no longer registered",
        "The address was taken out of the client's file while the person was signing in. Put it back, or let them start again.",
    ),
    (
        "the body has to be application/x-www-form-urlencoded",
        "Send a form, with the header Content-Type: application/x-www-form-urlencoded; or send the person by GET.",
    ),
    ("the body is too large", "A form of 64 KiB at most is read. Look for what makes it so large."),
    (
        "the parameters do not fit into an address",
        "All parameters together have to fit into an address of 32 KiB. Look for what makes them so large.",
    ),
    (
        "the interaction has no id of ours",
        "Somebody changed the address of a page, or it was cut off. Let the person start again at the service.",
    ),
    (
        "the browser has no cookie of ours",
        "The sign-in came to its end in a browser without our cookie: another browser or private window, or one that takes no \
         cookies. Let the person start again at the service.",
    ),
    (
        "there is no such interaction",
        "The sign-in was begun too long ago: what was known of it is deleted. Let the person start again at the service.",
    ),
    (
        "the interaction was started by another browser",
        "A sign-in ends in the browser that it began in. An address of ours may have been sent to somebody.",
    ),
    ("the client is gone", "The client's file was taken away while the person was signing in."),
    ("no service asked for this change", "The address of a change to an account was tampered with. Nothing was lost."),
    (
        "the account is gone",
        "The account was deleted while its owner was signing in. Let them start again at the service.",
    ),
    (
        "the authorization request cannot be read back",
        "A server of another version began this sign-in. Let the person start again at the service.",
    ),
    (
        "a parameter was sent more than once",
        "Send each parameter once (OpenID Connect RP-Initiated Logout 1.0, section 2). Those sent more often are below.",
    ),
    (
        "id_token_hint was issued to another client than client_id",
        "Send the ID token that this client got itself, or leave client_id out.",
    ),
    (
        "request_uri is not known",
        "Send the request_uri that /oauth2/par answered with, as it is, or what was pushed a day ago is deleted: push anew.",
    ),
    (
        "request_uri is another client's",
        "Each client pushes its own requests. Send the client_id that pushed this one.",
    ),
    (
        "request_uri was used before",
        "A request_uri is good for one visit. Push a new request for each sign-in; a person who goes back starts again at the \
         service.",
    ),
    (
        "request_uri has expired",
        "A request_uri is good for 60 seconds. Push the request when the person wants to sign in, and send them on at once.",
    ),
    ("the pushed request cannot be read back", "A server of another version took this request. Push it again."),
];

/// What is said where there is nothing better.
pub(super) const NONE: &str =
    "No advice is known about this but what is said above. The log has more under the reference.";

pub(super) fn about(reason: &str) -> &'static str {
    ADVICE.iter().find(|(known, _)| *known == reason).map_or(NONE, |(_, advice)| advice)
}
