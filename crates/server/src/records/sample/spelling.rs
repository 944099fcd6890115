//! The same name in plainer letters: for email addresses, and for records that have lost their accents.

/// The name with accents and special letters replaced by plain ones; punctuation and case stay.
pub(super) fn without_accents(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for letter in name.chars() {
        let (upper, letter) = (letter.is_uppercase(), letter.to_lowercase().next().unwrap_or(letter));
        match plain_letter(letter) {
            Some(text) if upper => plain.push_str(&capitalised(text)),
            Some(text) => plain.push_str(text),
            None if upper => plain.extend(letter.to_uppercase()),
            None => plain.push(letter),
        }
    }
    plain
}

/// The name as the part of an email address before the @: lower case letters and digits only.
pub(super) fn mailbox(name: &str) -> String {
    let mut plain = without_accents(name);
    plain.retain(|letter| letter.is_ascii_alphanumeric());
    plain.make_ascii_lowercase();
    plain
}

fn capitalised(text: &str) -> String {
    let (first, rest) = text.split_at(1.min(text.len()));
    first.to_ascii_uppercase() + rest
}

/// Every accented letter of the name lists (a test holds the two together), in lower case.
fn plain_letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' | 'ạ' | 'ấ' | 'ầ' => "a",
        'ç' | 'ć' => "c",
        'đ' => "d",
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ẹ' | 'ễ' => "e",
        'ğ' => "g",
        'í' | 'î' | 'ï' | 'ī' | 'ı' | 'ị' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ņ' => "n",
        'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ọ' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ț' => "t",
        'ú' | 'ù' | 'ü' | 'ū' | 'ứ' => "u",
        'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        // An accent that stands by itself, after its letter.
        '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::name_lists::NameLists;
    use super::*;

    #[test]
    fn accents_go_and_the_rest_stays() {
        let pairs = [
            ("Siân", "Sian"),
            ("Łukasz", "Lukasz"),
            ("Groß", "Gross"),
            ("Ọbáfẹ\u{301}mi", "Obafemi"),
            ("van 't Hoff", "van 't Hoff"),
            ("O'Brien", "O'Brien"),
            ("GRÁINNE", "GRAINNE"),
        ];
        for (accented, plain) in pairs {
            assert_eq!(without_accents(accented), plain);
        }
    }

    #[test]
    fn every_name_of_the_lists_has_a_plain_spelling_and_a_mailbox() {
        for name in NameLists::embedded().all_names() {
            assert!(without_accents(name).is_ascii(), "{name}");
            assert!(!mailbox(name).is_empty(), "{name}");
        }
    }
}
