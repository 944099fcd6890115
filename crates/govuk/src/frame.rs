//! What stands around a page's own content.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::form::{ErrorItem, Errors, FieldError};

/// Words that lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    pub text: String,
    pub href: String,
}

impl Link {
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// The strip that says how finished the service is. All of it is plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseBanner {
    /// The phase, such as "Beta".
    pub tag: String,
    pub text: String,
    /// Follows the text, as in "give your feedback".
    pub feedback: Option<Link>,
}

/// The frame of one page: its title, the service that it speaks for, where "Back" leads, what was wrong with the form.
///
/// The layout composes the document's title from it: "Error: " when there are errors, the title, the service's name,
/// "GOV.UK".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Frame {
    pub title: String,
    /// Named in the header: the service that the person came from.
    pub service_name: Option<String>,
    pub service_url: Option<String>,
    pub phase_banner: Option<PhaseBanner>,
    /// The address of the page before.
    pub back_link: Option<String>,
    /// The lines of the error summary.
    pub errors: Vec<ErrorItem>,
    /// The faults by the name of the field: form components find their own here.
    pub field_errors: BTreeMap<String, FieldError>,
    pub footer_links: Vec<Link>,
    /// Links beside the service's name, for the parts of a console.
    pub navigation: Vec<NavigationItem>,
}

/// One link of the service navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavigationItem {
    pub text: String,
    pub href: String,
    /// Whether the page shown is the one that it leads to.
    pub current: bool,
}

impl Frame {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    #[must_use]
    pub fn service(mut self, name: impl Into<String>, url: Option<String>) -> Self {
        self.service_name = Some(name.into());
        self.service_url = url;
        self
    }

    #[must_use]
    pub fn phase_banner(mut self, banner: PhaseBanner) -> Self {
        self.phase_banner = Some(banner);
        self
    }

    #[must_use]
    pub fn back_link(mut self, href: Option<String>) -> Self {
        self.back_link = href;
        self
    }

    /// Shows the faults of a form: in the summary, in the title and beside each field.
    #[must_use]
    pub fn errors(mut self, errors: &Errors) -> Self {
        self.errors = errors.summary();
        self.field_errors = errors.by_field();
        self
    }

    #[must_use]
    pub fn footer_links(mut self, links: impl IntoIterator<Item = Link>) -> Self {
        self.footer_links = links.into_iter().collect();
        self
    }

    #[must_use]
    pub fn navigation(mut self, items: impl IntoIterator<Item = NavigationItem>) -> Self {
        self.navigation = items.into_iter().collect();
        self
    }
}
