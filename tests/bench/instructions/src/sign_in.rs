//! A whole sign-in: every page is looked at and answered, until the service has its code.

use crate::answer::Answer;
use crate::browser::Browser;
use crate::people::Person;
use crate::service;
use crate::world::World;

/// No journey has as many pages.
const MOST_PAGES: usize = 40;

/// From the service's request to the code that it gets.
pub(crate) async fn signs_in(world: &World, browser: &mut Browser, person: Person) -> String {
    let mut answer = browser.visits(world, &service::request()).await;
    for _ in 0..MOST_PAGES {
        let location = answer.location();
        if let Some(code) = service::code(&location) {
            return code;
        }
        answer = goes_on(world, browser, person, &location).await;
    }
    panic!("a sign-in without an end");
}

async fn goes_on(world: &World, browser: &mut Browser, person: Person, location: &str) -> Answer {
    let answer = browser.visits(world, location).await;
    if answer.status.is_redirection() {
        return answer;
    }
    answer.begins("<!DOCTYPE html>");
    match location.trim_start_matches('/').split('/').collect::<Vec<_>>()[..] {
        ["sign-in", id, "finished"] => browser.visits(world, &format!("/oauth2/authorize/{id}")).await,
        ["sign-in", _, page] => browser.submits(world, location, &fields(world, person, page).await).await,
        _ => panic!("nobody expected to be led to {location}"),
    }
}

async fn fields(world: &World, person: Person, page: &str) -> Vec<(&'static str, String)> {
    match page {
        "email" => vec![("email", person.email())],
        "email-code" => {
            let code = world.one_time_code(&person.email()).await;
            vec![("one_time_code", code.expect("a code was sent"))]
        }
        "mobile" => vec![("without", "true".to_owned())],
        "official-name" => vec![
            ("first_name", person.first_name().to_owned()),
            ("last_name", person.last_name()),
            ("has_previous_name", "no".to_owned()),
        ],
        "preferred-name" => vec![("preferred_name", person.first_name().to_owned())],
        "date-of-birth" => {
            let (year, month, day) = person.date_of_birth();
            vec![
                ("date_of_birth-day", day.to_string()),
                ("date_of_birth-month", month.to_string()),
                ("date_of_birth-year", year.to_string()),
            ]
        }
        "check-answers" | "your-details" => Vec::new(),
        other => panic!("nobody expected the page {other}"),
    }
}
