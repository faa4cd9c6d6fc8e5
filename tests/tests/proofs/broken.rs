//! The faults on purpose: none is in this build unless it was asked for, none can be in a release, and each has a proof that
//! `cargo xtask red` demands to fail.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use domain::broken::{BUILT, Broken};

fn file(path: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    std::fs::read_to_string(format!("{root}/{path}")).unwrap()
}

#[test]
fn no_release_can_be_built_with_a_fault() {
    assert_eq!(BUILT, cfg!(feature = "broken"));
    // The program itself refuses the feature when it is compiled, whoever asked for it.
    assert!(file("server/src/main.rs").contains("assert!(!domain::broken::BUILT"));
    for crate_ in
        ["app/contract", "app/words", "app", "server/sheet", "server/store", "server/service", "server"]
    {
        let manifest = file(&format!("{crate_}/Cargo.toml"));
        assert!(!manifest.contains("broken"), "{crate_} asks for faults");
    }
    let tests = file("tests/Cargo.toml");
    assert!(!tests.contains("default ="), "the tests build it only when told to");
}

#[test]
fn every_fault_has_a_proof_that_must_fail() {
    let table = file("xtask/src/red.rs");
    for fault in Broken::ALL {
        assert!(table.contains(&format!("\"{}\",", fault.code())), "{} is shown nowhere", fault.code());
    }
}
