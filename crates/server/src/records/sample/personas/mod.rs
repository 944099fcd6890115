//! The named personas: people to sign in as, each to show one thing. Their records open every sample extract, with TRNs
//! from 1000001 and NINOs that start with YZ, which the generator gives to nobody else.

mod found;
mod record;
mod special;
#[cfg(test)]
mod tests;

use std::fmt;

use record::PersonaRecord;

/// Somebody to sign in as: what to type on each page, and the records that are there to be found.
pub(crate) struct Persona {
    /// First and last name, as they type them; the record's spelling may differ.
    pub(crate) name: (&'static str, &'static str),
    /// First and last name to give as the previous name; without one they answer no.
    pub(crate) previous_name: Option<(&'static str, &'static str)>,
    /// The TRN of the record that the service finds, or of theirs that it should not; none when nobody could say.
    pub(crate) trn: Option<&'static str>,
    /// The TRN that they know and type when asked; without one they answer that they do not know it.
    pub(crate) trn_to_type: Option<&'static str>,
    /// Year, month, day.
    pub(crate) date_of_birth: (i32, u32, u32),
    /// The NINO to type when asked; without one they answer no.
    pub(crate) nino: Option<&'static str>,
    pub(crate) email_to_type: &'static str,
    /// The training provider to choose when asked. With one they say yes to QTS.
    pub(crate) provider: Option<&'static str>,
    /// One sentence.
    pub(crate) what_it_shows: &'static str,
    pub(super) records: &'static [PersonaRecord],
}

/// All of them. The first three are the ones to try first: matched on name, date of birth and email; matched only after
/// the NINO; not matched at all.
pub(crate) const PERSONAS: &[Persona] = &[
    found::ASHA,
    found::GARETH,
    special::MORGAN,
    found::JANE_SMITH,
    found::JANE_TAYLOR,
    found::SIAN,
    found::J_LI,
    found::TOMASZ,
    found::PRIYA,
    special::VICTOR,
    special::FIONA,
    special::DANIEL,
    special::COLIN,
    special::RENEE,
    special::BEATRIZ,
];

impl fmt::Display for Persona {
    /// What it shows, then the answers in the order in which the pages ask for them, one a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date_of_birth;
        writeln!(f, "{} {}: {}", self.name.0, self.name.1, self.what_it_shows)?;
        writeln!(f, "  email              {}", self.email_to_type)?;
        if let Some((first, last)) = self.previous_name {
            writeln!(f, "  previous name      {first} {last}")?;
        }
        writeln!(f, "  date of birth      {day} {month} {year}")?;
        writeln!(f, "  NINO               {}", self.nino.unwrap_or("none"))?;
        writeln!(f, "  TRN                {}", self.trn_to_type.unwrap_or("not known"))?;
        writeln!(f, "  training provider  {}", self.provider.unwrap_or("none"))?;
        write!(f, "  teaching record    {}", self.trn.unwrap_or("none, or more than one"))
    }
}
