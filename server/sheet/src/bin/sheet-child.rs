//! The reading process alone, without the server around it; the tests of this crate start it.

fn main() {
    std::process::exit(sheet::child::main());
}
