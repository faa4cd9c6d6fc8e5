//! The three lists of a plan year: who stands on which, and their kept totals. Pages and filters lie in `project`.

pub(crate) mod rollup;
