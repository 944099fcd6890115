//! Lists the layout, what in it is always the same, and every component template, so that adding a component is adding a file.

use std::fmt::Write as _;
use std::path::Path;

pub(crate) fn generate(templates: &Path, out_dir: &Path) {
    println!("cargo::rerun-if-changed={}", templates.join("layout.html").display());
    let mut names = vec!["layout.html".to_owned()];
    for folder in ["fixed", "govuk"] {
        println!("cargo::rerun-if-changed={}", templates.join(folder).display());
        names.extend(listed(templates, folder));
    }
    names.sort();

    let mut table = String::from("&[\n");
    for name in names {
        let path = templates.join(&name);
        writeln!(table, "    ({name:?}, include_str!({path:?})),").expect("writing to a String cannot fail");
    }
    table.push_str("]\n");
    crate::write(&out_dir.join("templates.rs"), table);
}

/// The templates of a folder, by their names.
fn listed(templates: &Path, folder: &str) -> Vec<String> {
    std::fs::read_dir(templates.join(folder))
        .expect("a folder of templates can be listed")
        .map(|entry| entry.expect("a folder of templates can be listed").file_name())
        .map(|name| name.into_string().expect("a UTF-8 file name"))
        .filter(|name| name.ends_with(".html"))
        .map(|name| format!("{folder}/{name}"))
        .collect()
}
