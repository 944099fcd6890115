//! The crown, the logotype and the licence logo are drawings that GOV.UK Frontend owns. They are taken out of its
//! published header and footer, so that this repository holds no copy that could go stale.

use std::path::Path;

pub(crate) fn generate(modules: &Path, out_dir: &Path) {
    let header = default_fixture(modules, "header");
    let footer = default_fixture(modules, "footer");
    let marks = [
        ("govuk/marks/logotype.html", drawings(&header)[0]),
        ("govuk/marks/crown.html", drawings(&footer)[0]),
        ("govuk/marks/licence.html", drawings(&footer)[1]),
    ];
    crate::write(&out_dir.join("marks.rs"), format!("&{marks:?}"));
}

/// The HTML that GOV.UK Frontend publishes for a component without options.
fn default_fixture(modules: &Path, component: &str) -> String {
    let path = modules.join(format!("govuk-frontend/dist/govuk/components/{component}/fixtures.json"));
    let fixtures: serde_json::Value = serde_json::from_slice(&crate::read(&path)).expect("fixtures are JSON");
    let fixtures = fixtures["fixtures"].as_array().expect("a list of fixtures");
    let default = fixtures.iter().find(|fixture| fixture["name"] == "default").expect("a default fixture");
    default["html"].as_str().expect("a fixture has HTML").to_owned()
}

/// Every `<svg>` element of the HTML, in order.
fn drawings(html: &str) -> Vec<&str> {
    html.match_indices("<svg")
        .map(|(start, _)| {
            let end = html[start..].find("</svg>").expect("an svg element ends") + "</svg>".len();
            &html[start..start + end]
        })
        .collect()
}
