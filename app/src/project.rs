//! One project: its page with tabs as addresses, the form of a new one, and its file on paper.

pub mod api;
pub mod archive;
pub mod conflict;
pub mod done;
pub mod form;
pub mod funding;
pub mod gates;
pub mod head;
pub mod inputs;
pub mod keeping;
pub mod leave;
pub mod margin;
pub mod moving;
pub mod new;
pub mod page;
pub mod text;
