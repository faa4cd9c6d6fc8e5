//! One project: its page with tabs as addresses, and the form of a new one.

pub mod gates;
pub mod inputs;
pub mod margin;
pub mod text;
