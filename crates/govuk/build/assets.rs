//! Hashes, links up and compresses the front-end files, and writes the table that the crate serves them from.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A file after its references were rewritten: what it is called and what it is called once hashed.
struct Prepared {
    name: String,
    hashed_name: String,
}

pub(crate) fn generate(modules: &Path, own: &Path, out_dir: &Path) {
    println!("cargo::rerun-if-changed={}", own.display());
    let mut prepared: Vec<Prepared> = Vec::new();
    let mut rows: Vec<(String, String)> = Vec::new();
    // A file comes after those that it refers to, so that their hashed names are known.
    for source in sources(modules, own) {
        let asset = prepare(&source, &prepared, out_dir);
        rows.push((asset.name.clone(), row(&asset, out_dir)));
        prepared.push(asset);
    }
    rows.sort();
    let mut table = String::from("&[\n");
    for (_, row) in rows {
        table.push_str(&row);
    }
    table.push_str("]\n");
    crate::write(&out_dir.join("assets.rs"), table);
}

fn sources(modules: &Path, own: &Path) -> Vec<PathBuf> {
    let govuk = modules.join("govuk-frontend/dist/govuk");
    let autocomplete = modules.join("accessible-autocomplete/dist");
    let mut sources = Vec::new();
    for folder in ["assets/fonts", "assets/images"] {
        let mut files: Vec<PathBuf> = std::fs::read_dir(govuk.join(folder))
            .expect("a folder of govuk-frontend")
            .map(|entry| entry.expect("a folder of govuk-frontend").path())
            // It may only be named by an absolute address, which no page of ours does.
            .filter(|path| !path.ends_with("govuk-opengraph-image.png"))
            .collect();
        files.sort();
        sources.extend(files);
    }
    sources.push(govuk.join("assets/manifest.json"));
    sources.push(govuk.join("govuk-frontend.min.css"));
    sources.push(govuk.join("govuk-frontend.min.js"));
    sources.push(autocomplete.join("accessible-autocomplete.min.css"));
    sources.push(autocomplete.join("accessible-autocomplete.min.js"));
    sources.push(own.join("app.css"));
    sources.push(own.join("passkey.js"));
    sources.push(own.join("app.js"));
    sources
}

fn prepare(source: &Path, earlier: &[Prepared], out_dir: &Path) -> Prepared {
    let name = source.file_name().and_then(|name| name.to_str()).expect("a UTF-8 file name").to_owned();
    let mut contents = crate::read(source);
    if is_text(&name) {
        let text = String::from_utf8(contents).expect("a text file is UTF-8");
        contents = rewrite(&text, earlier).into_bytes();
    }
    let hash: String = Sha256::digest(&contents).iter().take(8).fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a String cannot fail");
        hex
    });
    let (stem, extension) = name.rsplit_once('.').expect("an asset has an extension");
    let hashed_name = format!("{stem}-{hash}.{extension}");
    crate::write(&out_dir.join(&hashed_name), &contents);
    if is_text(&name) {
        crate::write(&out_dir.join(format!("{hashed_name}.br")), brotli(&contents));
        crate::write(&out_dir.join(format!("{hashed_name}.gz")), gzip(&contents));
    }
    Prepared { name, hashed_name }
}

/// Points references at the hashed names, and drops the pointer to a source map, which is not served.
fn rewrite(text: &str, earlier: &[Prepared]) -> String {
    let mut text: String = text
        .lines()
        .map(|line| match line.find("//# sourceMappingURL=").or_else(|| line.find("/*# sourceMappingURL=")) {
            Some(start) => &line[..start],
            None => line,
        })
        .collect::<Vec<_>>()
        .join("\n");
    for asset in earlier {
        for folder in ["/assets/fonts/", "/assets/images/", "/assets/"] {
            text = text.replace(&format!("{folder}{}", asset.name), &format!("/assets/{}", asset.hashed_name));
        }
        text = text.replace(&format!("\"images/{}\"", asset.name), &format!("\"/assets/{}\"", asset.hashed_name));
    }
    text
}

fn row(asset: &Prepared, out_dir: &Path) -> String {
    let Prepared { name, hashed_name } = asset;
    let file = out_dir.join(hashed_name);
    let compressed = |extension: &str| {
        if is_text(name) {
            format!("Some(include_bytes!({:?}))", out_dir.join(format!("{hashed_name}.{extension}")))
        } else {
            "None".to_owned()
        }
    };
    format!(
        "    Asset {{ name: {name:?}, path: \"/assets/{hashed_name}\", content_type: {:?}, \
         identity: include_bytes!({file:?}), brotli: {}, gzip: {} }},\n",
        content_type(name),
        compressed("br"),
        compressed("gz"),
    )
}

fn is_text(name: &str) -> bool {
    matches!(extension(name), "css" | "js" | "json" | "svg")
}

fn content_type(name: &str) -> &'static str {
    match extension(name) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        other => panic!("no content type is known for .{other} files ({name})"),
    }
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn brotli(contents: &[u8]) -> Vec<u8> {
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    // The best quality takes minutes in an unoptimised build and buys a few per cent.
    let params = brotli::enc::BrotliEncoderParams { quality: if release { 11 } else { 5 }, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &contents[..], &mut compressed, &params).expect("compressing in memory cannot fail");
    compressed
}

fn gzip(contents: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(contents).expect("compressing in memory cannot fail");
    encoder.finish().expect("compressing in memory cannot fail")
}
