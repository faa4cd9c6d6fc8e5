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
    words.generate_i18n_module(PathBuf::from(out).join("i18n"))?;
    Ok(())
}
