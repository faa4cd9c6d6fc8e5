//! 就业测算 of a project's page: reckoned by the rules of the domain, in the browser as on the server; figures and
//! numbers of people as plain forms.

pub mod address;
pub mod api;
pub mod coefficients;
pub mod edition;
pub mod inputs;
pub mod lines;
pub mod manual;
pub mod panel;
pub mod portfolio;
pub mod record;
pub mod text;
pub mod typing;
