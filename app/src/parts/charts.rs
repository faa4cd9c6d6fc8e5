//! Charts: drawn on the server as SVG, sized by attributes alone, each under one sentence and beside a table that says
//! the same. No value is told by colour alone: words stand at the marks, lines differ in dashes, areas in hatches, and
//! what is unknown is hatched. They know nothing of what they show.

pub mod axis;
pub mod bar100;
pub mod curve;
pub mod dumbbell;
pub mod frame;
pub mod label;
pub mod pen;
pub mod picture;
pub mod ranked;
pub mod tiles;
pub mod twin;
