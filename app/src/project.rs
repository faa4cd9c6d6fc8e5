//! One project: its page with tabs as addresses, and the form of a new one.

pub mod api;
pub mod conflict;
pub mod form;
pub mod gates;
pub mod history;
pub mod inputs;
pub mod margin;
pub mod page;
pub mod text;
