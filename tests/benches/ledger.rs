//! What the ledger has to reach, row by row of the table it was promised with. Every row says what is wanted beside what was
//! found; `cargo xtask bench ledger` runs all of them.

mod book;
mod entry;
mod increments;
pub mod load;
mod review;
mod totals;

pub use increments::{SUBCOMMAND, approvals_of_one_process};

/// Name and work of each row.
const ROWS: [(&str, fn()); 5] = [
    ("totals", totals::run),
    ("increments", increments::run),
    ("entry", entry::run),
    ("book", book::run),
    ("review", review::run),
];

/// All rows, or those named.
pub fn run() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let named = |name: &str| words.iter().any(|word| word == name);
    let is_whole = ROWS.iter().all(|(name, _)| !named(name));
    for (name, run) in ROWS {
        if is_whole || named(name) {
            println!("-- {name}");
            run();
        }
    }
}

/// One line of the table.
pub fn line(what: &str, found: &str, wanted: &str, is_reached: bool) {
    let word = if is_reached { "reached" } else { "NOT REACHED" };
    println!("{word:<12}{what}: {found} (wanted: {wanted})");
}
