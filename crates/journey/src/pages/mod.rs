//! The pages, one file each, and the list of them all.

pub(crate) mod account_known;
pub(crate) mod alike_code;
pub(crate) mod alike_mobile_code;
pub(crate) mod alike_no_email;
pub(crate) mod cannot_get_email;
pub(crate) mod change_date_of_birth;
pub(crate) mod change_email;
pub(crate) mod change_email_code;
pub(crate) mod change_mobile;
pub(crate) mod change_mobile_code;
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
pub(crate) mod landing;
pub(crate) mod lost_email;
pub(crate) mod lost_email_code;
pub(crate) mod lost_email_unknown;
pub(crate) mod mobile;
pub(crate) mod mobile_code;
pub(crate) mod mobile_known;
pub(crate) mod mobile_taken;
pub(crate) mod nino;
pub(crate) mod no_account;
pub(crate) mod no_match;
pub(crate) mod not_my_account;
pub(crate) mod official_name;
pub(crate) mod personal_email;
pub(crate) mod personal_email_code;
pub(crate) mod preferred_name;
pub(crate) mod provider;
pub(crate) mod record_holder_code;
pub(crate) mod requests;
pub(crate) mod resend_email_code;
pub(crate) mod resend_mobile_code;
pub(crate) mod same_person;
#[cfg(test)]
mod tests;
pub(crate) mod trn;
pub(crate) mod trn_told;
mod yes_or_no;
pub(crate) mod your_details;

use identity::date_of_birth::DateOfBirth;
use identity::name::PersonName;

use crate::page::{Code, Page, Question};

use self::alike_code::AlikeCode;
use self::email::EmailPage;
use self::email_code::EmailCode;
use self::mobile_code::MobileCode;
use self::mobile_known::MobileKnown;
use self::record_holder_code::RecordHolderCode;
use self::requests::check::CheckRequest;
use self::requests::evidence::ShowEvidence;
use self::requests::new_date_of_birth::NewDateOfBirth;
use self::requests::new_official_name::NewOfficialName;
use self::requests::new_preferred_name::NewPreferredName;
use self::requests::record_differs::RecordDiffers;
use self::your_details::YourDetails;

/// Every page of every journey.
pub(crate) static PAGES: &[Page] = &[
    Page::question::<landing::Landing>(),
    Page::question::<EmailPage>(),
    Page::code::<EmailCode<'static>>(),
    Page::question::<resend_email_code::ResendEmailCode>().beside(&[EmailCode::PATH]),
    Page::question::<lost_email::LostEmail>().beside(&[EmailPage::PATH, EmailCode::PATH]),
    Page::code::<lost_email_code::LostEmailCode<'static>>(),
    Page::question::<lost_email_unknown::LostEmailUnknown>(),
    Page::question::<account_known::AccountKnown<'static>>(),
    Page::question::<no_account::NoAccount<'static>>(),
    Page::question::<personal_email::PersonalEmail<'static>>(),
    Page::question::<institution_email::InstitutionEmail<'static>>(),
    Page::code::<personal_email_code::PersonalEmailCode<'static>>(),
    Page::question::<mobile::MobilePage>(),
    Page::code::<MobileCode<'static>>(),
    Page::question::<resend_mobile_code::ResendMobileCode>().beside(&[MobileCode::PATH]),
    Page::question::<MobileKnown<'static>>(),
    Page::question::<not_my_account::NotMyAccount>().beside(&[MobileKnown::PATH]),
    Page::question::<official_name::OfficialNamePage>(),
    Page::question::<preferred_name::PreferredNamePage>(),
    Page::question::<date_of_birth::DateOfBirthPage>(),
    Page::question::<same_person::SamePerson<'static>>(),
    Page::code::<AlikeCode<'static>>(),
    Page::question::<alike_no_email::AlikeNoEmail<'static>>().beside(&[AlikeCode::PATH]),
    Page::code::<alike_mobile_code::AlikeMobileCode<'static>>(),
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
    Page::question::<cannot_get_email::CannotGetEmail>().beside(&[RecordHolderCode::PATH]),
    Page::question::<choose_email::ChooseEmail<'static>>(),
    Page::question::<NewOfficialName<'static>>().beside(&[RecordDiffers::PATH, YourDetails::PATH]),
    Page::question::<ShowEvidence<'static, PersonName>>(),
    Page::question::<NewPreferredName<'static>>(),
    Page::question::<CheckRequest<'static, PersonName>>(),
    Page::question::<NewDateOfBirth>().beside(&[RecordDiffers::PATH, YourDetails::PATH]),
    Page::question::<ShowEvidence<'static, DateOfBirth>>(),
    Page::question::<CheckRequest<'static, DateOfBirth>>(),
    Page::question::<RecordDiffers<'static>>(),
    Page::notice::<trn_told::TrnTold<'static>>(),
    Page::question::<YourDetails<'static>>(),
    Page::question::<change_preferred_name::ChangePreferredName<'static>>().beside(&[YourDetails::PATH]),
    Page::question::<change_name::ChangeName<'static>>().beside(&[YourDetails::PATH]),
    Page::question::<change_date_of_birth::ChangeDateOfBirth<'static>>().beside(&[YourDetails::PATH]),
    Page::question::<change_email::ChangeEmail<'static>>().beside(&[YourDetails::PATH]),
    Page::code::<change_email_code::ChangeEmailCode<'static>>(),
    Page::notice::<email_taken::EmailTaken<'static>>(),
    Page::question::<change_mobile::ChangeMobile<'static>>().beside(&[YourDetails::PATH]),
    Page::code::<change_mobile_code::ChangeMobileCode<'static>>(),
    Page::notice::<mobile_taken::MobileTaken<'static>>(),
];
