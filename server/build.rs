//! Rebuilds the server when the front end that it carries changed. Knows nothing else.

fn main() {
    println!("cargo:rerun-if-env-changed=HOUFU_PKG");
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_EMBED").is_none() {
        return;
    }
    if let Some(folder) = std::env::var_os("HOUFU_PKG") {
        println!("cargo:rerun-if-changed={}", folder.to_string_lossy());
    }
}
