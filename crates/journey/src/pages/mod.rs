//! The pages, one file each, and the list of them all.

pub mod check_answers;
pub mod date_of_birth;
pub mod email;
pub mod email_code;
pub mod has_nino;
pub mod has_provider;
pub mod has_qts;
pub mod has_trn;
pub mod nino;
pub mod official_name;
pub mod preferred_name;
pub mod provider;
pub mod record_holder_code;
pub mod resend_email_code;
pub mod trn;
mod yes_or_no;

use crate::page::Page;

/// Every page of every journey.
pub static PAGES: &[Page] = &[
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
