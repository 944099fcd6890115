//! GOV.UK Frontend for Tera templates and actix-web: the components, the layout and the frame around every page, form
//! errors, the front-end files, and the Content-Security-Policy that they need.
//!
//! It owns how a page looks and how an error is shown. It must never know what a page is about: no account, no
//! journey, no client. The two crates that show pages bring their own page templates and views.

pub mod assets;
pub mod csp;
pub mod form;
mod frame;
mod templates;

pub use form::{DatePart, ErrorItem, Errors, FieldError};
pub use frame::{Frame, Link, NavigationItem, PhaseBanner};
pub use templates::{RenderError, Templates};
