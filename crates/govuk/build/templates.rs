//! Lists the layout and every component template, so that adding a component is adding a file.

use std::fmt::Write as _;
use std::path::Path;

pub(crate) fn generate(templates: &Path, out_dir: &Path) {
    let components = templates.join("govuk");
    println!("cargo::rerun-if-changed={}", components.display());
    println!("cargo::rerun-if-changed={}", templates.join("layout.html").display());

    let mut names: Vec<String> = std::fs::read_dir(&components)
        .expect("templates/govuk can be listed")
        .map(|entry| {
            entry.expect("templates/govuk can be listed").file_name().into_string().expect("a UTF-8 file name")
        })
        .filter(|name| name.ends_with(".html"))
        .map(|name| format!("govuk/{name}"))
        .collect();
    names.push("layout.html".to_owned());
    names.sort();

    let mut table = String::from("&[\n");
    for name in names {
        let path = templates.join(&name);
        writeln!(table, "    ({name:?}, include_str!({path:?})),").expect("writing to a String cannot fail");
    }
    table.push_str("]\n");
    crate::write(&out_dir.join("templates.rs"), table);
}
