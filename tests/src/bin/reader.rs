//! The process that reads workbooks for the tests, as the product's own binary does for the server.

fn main() {
    std::process::exit(sheet::child::main());
}
