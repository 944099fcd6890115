//! The pages, one file each, and the list of them all.

pub(crate) mod cannot_get_email;
pub(crate) mod change_date_of_birth;
pub(crate) mod change_email;
pub(crate) mod change_email_code;
pub(crate) mod change_name;
pub(crate) mod change_preferred_name;
pub(crate) mod check_answers;
pub(crate) mod choose_email;
pub(crate) mod date_of_birth;
pub(crate) mod elevate;
pub(crate) mod email;
pub(crate) mod email_code;
pub(crate) mod email_taken;
pub(crate) mod has_nino;
pub(crate) mod has_provider;
pub(crate) mod has_qts;
pub(crate) mod has_trn;
pub(crate) mod institution_email;
pub(crate) mod nino;
pub(crate) mod no_match;
pub(crate) mod official_name;
pub(crate) mod personal_email;
pub(crate) mod personal_email_code;
pub(crate) mod preferred_name;
pub(crate) mod provider;
pub(crate) mod record_holder_code;
pub(crate) mod resend_email_code;
#[cfg(test)]
mod tests;
pub(crate) mod trn;
pub(crate) mod trn_told;
mod yes_or_no;
pub(crate) mod your_details;

use crate::page::{Code, Page, Question};

use self::email_code::EmailCode;
use self::record_holder_code::RecordHolderCode;
use self::your_details::YourDetails;

/// Every page of every journey.
pub(crate) static PAGES: &[Page] = &[
    Page::question::<email::EmailPage>(),
    Page::code::<EmailCode<'static>>(),
    Page::question::<resend_email_code::ResendEmailCode>().beside(EmailCode::PATH),
    Page::question::<personal_email::PersonalEmail<'static>>(),
    Page::question::<institution_email::InstitutionEmail<'static>>(),
    Page::code::<personal_email_code::PersonalEmailCode<'static>>(),
    Page::question::<official_name::OfficialNamePage>(),
    Page::question::<preferred_name::PreferredNamePage>(),
    Page::question::<date_of_birth::DateOfBirthPage>(),
    Page::notice::<elevate::Elevate>(),
    Page::question::<has_nino::HasNino>(),
    Page::question::<nino::NinoPage>(),
    Page::question::<has_trn::HasTrn>(),
    Page::question::<trn::TrnPage>(),
    Page::question::<has_qts::HasQts>(),
    Page::question::<has_provider::HasProvider>(),
    Page::question::<provider::ProviderPage>(),
    Page::question::<no_match::NoMatch>(),
    Page::question::<check_answers::CheckAnswers>(),
    Page::code::<RecordHolderCode<'static>>(),
    Page::question::<cannot_get_email::CannotGetEmail>().beside(RecordHolderCode::PATH),
    Page::question::<choose_email::ChooseEmail<'static>>(),
    Page::notice::<trn_told::TrnTold<'static>>(),
    Page::question::<YourDetails<'static>>(),
    Page::question::<change_preferred_name::ChangePreferredName<'static>>().beside(YourDetails::PATH),
    Page::question::<change_name::ChangeName<'static>>().beside(YourDetails::PATH),
    Page::question::<change_date_of_birth::ChangeDateOfBirth<'static>>().beside(YourDetails::PATH),
    Page::question::<change_email::ChangeEmail<'static>>().beside(YourDetails::PATH),
    Page::code::<change_email_code::ChangeEmailCode<'static>>(),
    Page::notice::<email_taken::EmailTaken<'static>>(),
];
