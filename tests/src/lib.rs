//! What the proofs share: the reader of the tree, databases for one test, a world with people in it, a browser.
//! Knows the product through its front doors only.

pub mod arch;
pub mod bank;
pub mod browser;
pub mod desk;
pub mod doors;
pub mod postgres;
pub mod program;
pub mod wire;
pub mod workbook;
pub mod world;
