//! Pairs of accounts that one person could make: who has an account, what they type when they make another, and on which
//! page the first is offered to them.

use crate::world::{Person, Seen, World};

/// What somebody types on the way to a new account.
#[derive(Clone, Copy, Debug)]
struct Typed {
    email: &'static str,
    mobile: &'static str,
    first: &'static str,
    middle: &'static str,
    last: &'static str,
    /// The family name that they had before.
    previous: &'static str,
    born: [&'static str; 3],
}

const KATHERINE: Typed = Typed {
    email: "katherine@example.com",
    mobile: "07700 900123",
    first: "Katherine",
    middle: "Ann",
    last: "O'Neill-Brontë",
    previous: "",
    born: ["3", "2", "1980"],
};
/// Her twin.
const ROBERT: Typed = Typed {
    email: "robert@example.com",
    mobile: "07700 900124",
    first: "Robert",
    middle: "",
    last: "O'Neill-Brontë",
    previous: "",
    born: ["3", "2", "1980"],
};
const ZOE: Typed = Typed {
    email: "zoe@bücher.example",
    mobile: "+33 6 12 34 56 78",
    first: "Zoë-Mae",
    middle: "",
    last: "Ní Dhomhnaill",
    previous: "",
    born: ["11", "12", "1990"],
};
const ALEXANDRA: Typed = Typed {
    email: "alexandra@example.com",
    mobile: "07700 900125",
    first: "Alexandra",
    middle: "",
    last: "Khan",
    previous: "",
    born: ["14", "3", "1985"],
};

/// Like nobody above in anything.
const STRANGER: Typed = Typed {
    email: "stranger@example.com",
    mobile: "07700 900999",
    first: "Morgan",
    middle: "",
    last: "Reid",
    previous: "",
    born: ["30", "6", "1975"],
};

const fn email(email: &'static str) -> Typed {
    Typed { email, ..STRANGER }
}

const fn mobile(mobile: &'static str) -> Typed {
    Typed { mobile, ..STRANGER }
}

/// With another address and number than the owner's.
const fn name(owner: Typed, first: &'static str, last: &'static str) -> Typed {
    Typed { first, last, born: owner.born, ..STRANGER }
}

/// The same, and had another family name before.
const fn married(owner: Typed, last: &'static str, previous: &'static str) -> Typed {
    Typed { previous, ..name(owner, owner.first, last) }
}

const fn born(owner: Typed, born: [&'static str; 3]) -> Typed {
    Typed { first: owner.first, last: owner.last, born, ..STRANGER }
}

const BY_EMAIL: &str = "account-exists";
const BY_MOBILE: &str = "mobile-exists";
const BY_NAME: &str = "existing-account";
/// No account is offered: the person comes to the end of the questions.
const NOT: &str = "check-answers";

/// Whose account there is, what is typed, and where the account is offered.
const PAIRS: &[(Typed, Typed, &str)] = &[
    // The same address, and others.
    (KATHERINE, email("katherine@example.com"), BY_EMAIL),
    (KATHERINE, email("Katherine@Example.COM"), BY_EMAIL),
    (KATHERINE, email(" katherine@example.com "), BY_EMAIL),
    (KATHERINE, email("kather\u{AD}ine@example.com\u{200B}"), BY_EMAIL),
    (ZOE, email("ZOE@Bücher.example"), BY_EMAIL),
    (ZOE, email("zoe@xn--bcher-kva.example"), BY_EMAIL),
    (KATHERINE, email("katherine+work@example.com"), NOT),
    (KATHERINE, email("kath.erine@example.com"), NOT),
    (KATHERINE, email("katherine@example.org"), NOT),
    (ZOE, email("zoe@bucher.example"), NOT),
    // The same number, and others.
    (KATHERINE, mobile("07700 900123"), BY_MOBILE),
    (KATHERINE, mobile("07700900123"), BY_MOBILE),
    (KATHERINE, mobile("+44 7700 900123"), BY_MOBILE),
    (KATHERINE, mobile("+44 (0)7700 900123"), BY_MOBILE),
    (KATHERINE, mobile("0044 7700 900123"), BY_MOBILE),
    (KATHERINE, mobile("(07700) 900-123"), BY_MOBILE),
    (ZOE, mobile("0033 6 12 34 56 78"), BY_MOBILE),
    (ZOE, mobile("+33 (0)6.12.34.56.78"), BY_MOBILE),
    (KATHERINE, mobile("07700 900132"), NOT),
    // The address tells first, then the number, then the name.
    (KATHERINE, KATHERINE, BY_EMAIL),
    (KATHERINE, Typed { email: STRANGER.email, ..KATHERINE }, BY_MOBILE),
    (KATHERINE, Typed { email: STRANGER.email, mobile: STRANGER.mobile, ..KATHERINE }, BY_NAME),
    (KATHERINE, Typed { email: STRANGER.email, mobile: "", ..KATHERINE }, BY_NAME),
    // Case, accents, apostrophes, hyphens and spaces.
    (KATHERINE, name(KATHERINE, "KATHERINE", "o'neill-brontë"), BY_NAME),
    (KATHERINE, name(KATHERINE, "Katherine", "O\u{2019}Neill Bronte"), BY_NAME),
    (KATHERINE, name(KATHERINE, "Katherine", "ONeill\u{2013}Bronte\u{308}"), BY_NAME),
    (KATHERINE, name(KATHERINE, " Katherine ", "oneillbronte"), BY_NAME),
    (ZOE, name(ZOE, "Zoe Mae", "Ni Dhomhnaill"), BY_NAME),
    (ZOE, name(ZOE, "Zoemae", "NíDhomhnaill"), BY_NAME),
    // Barrels in the other order.
    (KATHERINE, name(KATHERINE, "Katherine", "Brontë-O'Neill"), BY_NAME),
    (KATHERINE, name(KATHERINE, "Katherine", "bronte oneill"), BY_NAME),
    // Nicknames.
    (KATHERINE, name(KATHERINE, "Kate", "O'Neill-Brontë"), BY_NAME),
    (KATHERINE, name(KATHERINE, "KATHY", "Bronte ONeill"), BY_NAME),
    (ROBERT, name(ROBERT, "Bob", "O'Neill-Brontë"), BY_NAME),
    (ALEXANDRA, name(ALEXANDRA, "Alex", "Khan"), BY_NAME),
    // Middle names, each in its own box.
    (KATHERINE, Typed { middle: "Ruth", ..name(KATHERINE, "Katherine", "O'Neill-Brontë") }, BY_NAME),
    (ALEXANDRA, Typed { middle: "Ruth", ..name(ALEXANDRA, "Alexandra", "Khan") }, BY_NAME),
    // A family name that was another before.
    (ALEXANDRA, married(ALEXANDRA, "Patel", "KHAN"), BY_NAME),
    (KATHERINE, married(KATHERINE, "Khan", "Brontë O'Neill"), BY_NAME),
    (ALEXANDRA, married(ALEXANDRA, "Patel", "Kaur"), NOT),
    // The month in words.
    (KATHERINE, born(KATHERINE, ["03", "February", "1980"]), BY_NAME),
    // Somebody else of one family, or of one name.
    (KATHERINE, name(KATHERINE, "Ruth", "O'Neill-Brontë"), NOT),
    (ALEXANDRA, name(ALEXANDRA, "Alexander", "Khan"), NOT),
    (ALEXANDRA, name(ALEXANDRA, "A", "Khan"), NOT),
    (ALEXANDRA, name(ALEXANDRA, "Alexandra", "Patel"), NOT),
    (ALEXANDRA, name(ALEXANDRA, "Khan", "Alexandra"), NOT),
    (ALEXANDRA, born(ALEXANDRA, ["14", "3", "1986"]), NOT),
    (KATHERINE, born(KATHERINE, ["2", "3", "1980"]), NOT),
    // Not found, though it may be the same person: see docs/duplicates.md.
    (KATHERINE, name(KATHERINE, "Katherine", "O'Neill"), NOT),
    (KATHERINE, name(KATHERINE, "Katherine", "Brontë"), NOT),
    (KATHERINE, name(KATHERINE, "Katherine Ann", "O'Neill-Brontë"), NOT),
    (ALEXANDRA, name(ALEXANDRA, "Alexadnra", "Khan"), NOT),
];

impl Person<'_> {
    /// Types the code that was sent last.
    async fn types_the_newest_code(&self, page: &str) -> Seen {
        let mailbox = self.world.mailbox().await;
        let code = mailbox.into_iter().find_map(|message| message.one_time_code).expect("a code was sent");
        self.answers(page, &[("one_time_code", &code)]).await
    }

    /// Answers one question after the other, to where an account is offered, or all are answered.
    async fn wants_an_account(&self, typed: &Typed) -> &'static str {
        self.visits("").await.leads_to("start");
        self.answers("start", &[("intent", "create")]).await.leads_to("email");
        self.answers("email", &[("email", typed.email)]).await.leads_to("email-code");
        if self.types_the_newest_code("email-code").await.is_sent_to(BY_EMAIL) {
            return BY_EMAIL;
        }
        if typed.mobile.is_empty() {
            self.has_no_mobile().await.leads_to("official-name");
        } else {
            self.answers("mobile", &[("mobile", typed.mobile)]).await.leads_to("mobile-code");
            if self.types_the_newest_code("mobile-code").await.is_sent_to(BY_MOBILE) {
                return BY_MOBILE;
            }
        }
        let name = [
            ("first_name", typed.first),
            ("middle_name", typed.middle),
            ("last_name", typed.last),
            ("has_previous_name", if typed.previous.is_empty() { "no" } else { "yes" }),
            ("previous_last_name", typed.previous),
        ];
        self.answers("official-name", &name).await.leads_to("preferred-name");
        self.answers("preferred-name", &[("preferred_name", typed.first)]).await.leads_to("date-of-birth");
        let [day, month, year] = typed.born;
        let date = [("date_of_birth-day", day), ("date_of_birth-month", month), ("date_of_birth-year", year)];
        let seen = self.answers("date-of-birth", &date).await;
        if seen.is_sent_to(BY_NAME) {
            return BY_NAME;
        }
        seen.leads_to(NOT);
        NOT
    }
}

impl Seen {
    fn is_sent_to(&self, page: &str) -> bool {
        self.location.as_deref().is_some_and(|location| location.ends_with(&format!("/{page}")))
    }
}

#[actix_web::test]
async fn whoever_makes_a_second_account_is_offered_the_first_where_we_can_tell() {
    let world = World::new().await;
    for owner in [KATHERINE, ROBERT, ZOE, ALEXANDRA] {
        let person = world.person_from("landing").await;
        assert_eq!(person.wants_an_account(&owner).await, NOT, "{owner:?}");
        person.answers(NOT, &[]).await.creates();
    }
    for (owner, typed, expected) in PAIRS {
        let account = world.account(owner.email).await.unwrap();
        let person = world.person_from("landing").await;
        assert_eq!(person.wants_an_account(typed).await, *expected, "{typed:?}");
        // This account, and no other.
        let page = person.visits(expected).await;
        let said = match *expected {
            BY_EMAIL => account.email.to_string(),
            BY_MOBILE => account.email.redacted(),
            BY_NAME => account.id.to_string(),
            _ => continue,
        };
        let offered = page.says(200, &said).html.matches("name=\"account\"").count();
        assert_eq!(offered, if *expected == BY_NAME { 2 } else { 0 }, "one account, or none: {typed:?}");
    }
}
