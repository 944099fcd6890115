//! The pages, one file each, and the list of them all.

pub(crate) mod check_answers;
pub(crate) mod date_of_birth;
pub(crate) mod email;
pub(crate) mod email_code;
pub(crate) mod has_nino;
pub(crate) mod has_provider;
pub(crate) mod has_qts;
pub(crate) mod has_trn;
pub(crate) mod nino;
pub(crate) mod official_name;
pub(crate) mod preferred_name;
pub(crate) mod provider;
pub(crate) mod record_holder_code;
pub(crate) mod resend_email_code;
#[cfg(test)]
mod tests;
pub(crate) mod trn;
mod yes_or_no;

use crate::page::Page;

/// Every page of every journey.
pub(crate) static PAGES: &[Page] = &[
    Page::question::<email::EmailPage>(),
    Page::code::<email_code::EmailCode<'static>>(),
    Page::question::<resend_email_code::ResendEmailCode>().beside::<email_code::EmailCode<'static>>(),
    Page::question::<official_name::OfficialNamePage>(),
    Page::question::<preferred_name::PreferredNamePage>(),
    Page::question::<date_of_birth::DateOfBirthPage>(),
    Page::question::<has_nino::HasNino>(),
    Page::question::<nino::NinoPage>(),
    Page::question::<has_trn::HasTrn>(),
    Page::question::<trn::TrnPage>(),
    Page::question::<has_qts::HasQts>(),
    Page::question::<has_provider::HasProvider>(),
    Page::question::<provider::ProviderPage>(),
    Page::question::<check_answers::CheckAnswers>(),
    Page::code::<record_holder_code::RecordHolderCode<'static>>(),
];
