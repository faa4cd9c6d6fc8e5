//! Drawings of figures as SVG: sizes are attributes, words stand beside, and every drawing has a table that says the same.

pub mod bar;
pub mod curve;
