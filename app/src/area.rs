//! Areas (行政区划): a picker for every form, the tree, one area with its spellings, a table of areas on its way in.

pub mod api;
pub mod import;
pub mod one;
pub mod picker;
pub mod tree;
