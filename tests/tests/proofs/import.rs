//! Workbooks on their way into the lists: the forms of a province, the wizard through the router, what bad files get.
#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test ends at the first surprise and names what it expects"
)]

mod choices;
mod forms;
mod hostile;
mod money;
mod reading;
mod sites;
mod told;
mod wizard;
