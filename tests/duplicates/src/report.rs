//! Counts what was offered, and writes it as a table.

use std::fmt::Write;

use crate::accounts::Number;
use crate::slips::WRITTEN_OTHERWISE;

pub(crate) struct Tally {
    name: &'static str,
    sign_ups: usize,
    /// Accounts of the person themselves that were offered.
    right: usize,
    /// All that were offered.
    offers: usize,
    /// Sign-ups in which an account of somebody else was offered.
    disturbed: usize,
}

impl Tally {
    pub(crate) fn named(name: &'static str) -> Tally {
        Tally { name, sign_ups: 0, right: 0, offers: 0, disturbed: 0 }
    }

    pub(crate) fn count(&mut self, offered: &[Number], own: Option<Number>) {
        let right = offered.iter().filter(|number| Some(**number) == own).count();
        self.sign_ups += 1;
        self.right += right;
        self.offers += offered.len();
        self.disturbed += usize::from(offered.len() > right);
    }

    fn of_all(name: &'static str, kinds: &[Tally]) -> Tally {
        kinds.iter().fold(Tally::named(name), |all, kind| Tally {
            name,
            sign_ups: all.sign_ups + kind.sign_ups,
            right: all.right + kind.right,
            offers: all.offers + kind.offers,
            disturbed: all.disturbed + kind.disturbed,
        })
    }

    fn row(&self) -> String {
        let Tally { name, sign_ups, right, offers, disturbed } = self;
        format!("| {name} | {sign_ups} | {} | {} | {disturbed} |", percent(*right, *sign_ups), percent(*right, *offers))
    }
}

/// With two digits after the point; nothing of nothing is no share.
fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "none offered".into() } else { format!("{:.2} %", part as f64 * 100.0 / whole as f64) }
}

pub(crate) fn markdown(kinds: &[Tally], strangers: &Tally) -> String {
    let (otherwise, other) = kinds.split_at(WRITTEN_OTHERWISE);
    let sums = [("**written otherwise**", otherwise), ("**another name or day**", other)];
    let all = Tally::of_all("**all second accounts**", kinds);
    let mut text = String::new();
    let mut line = |words: String| writeln!(text, "{words}").unwrap_or_default();
    line("| What is typed for the second account | Sign-ups | Recall | Precision | Offered somebody else's |".into());
    line("|---|--:|--:|--:|--:|".into());
    for (name, kinds) in sums {
        kinds.iter().for_each(|kind| line(kind.row()));
        line(Tally::of_all(name, kinds).row());
    }
    line(all.row());
    let Tally { sign_ups, offers, disturbed, .. } = strangers;
    line(format!("\nOf {sign_ups} people without an account, {disturbed} are offered one ({offers} accounts)."));
    line(format!("Were half of all sign-ups theirs, precision would be {}.", percent(all.right, all.offers + offers)));
    text
}
