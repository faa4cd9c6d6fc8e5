//! Turns the locale files into code. A key missing in one language, or a namespace without its twin, stops the build.
use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=locales/zh-CN");
    println!("cargo::rerun-if-changed=locales/en");
    // A namespace is a file: adding `zh-CN/fund.json` and `en/fund.json` is all it takes.
    let mut namespaces = Vec::new();
    for entry in std::fs::read_dir("locales/zh-CN")? {
        let path = entry?.path();
        if let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) {
            namespaces.push(name.to_owned());
        }
    }
    namespaces.sort();
    let config = Config::new("zh-CN")?
        .add_locale("en")?
        .add_namespaces(&namespaces)?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let words = TranslationsInfos::parse(config)?;
    words.rerun_if_locales_changed();
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    let folder = PathBuf::from(out).join("i18n");
    words.generate_i18n_module(folder.clone())?;
    let code = folder.join("mod.rs");
    std::fs::write(&code, in_lines(&std::fs::read_to_string(&code)?))?;
    Ok(())
}

/// Longest line of generated code, in bytes, to the end of what it says.
const LINE_MOST: usize = 4000;

/// The same code in lines: a compiler's and a linter's work on a place in a line grows with the line, and what is generated
/// is one of six million bytes.
fn in_lines(code: &str) -> String {
    let mut lines = String::with_capacity(code.len() + code.len() / 16);
    let (mut is_text, mut is_escaped, mut end) = (false, false, LINE_MOST);
    for sign in code.chars() {
        lines.push(sign);
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            ';' | '{' | '}' | ',' if !is_text && lines.len() > end => {
                lines.push('\n');
                end = lines.len() + LINE_MOST;
            }
            _ => {}
        }
    }
    lines
}
