//! Funding sources with their envelopes, fund notices and their split over projects. Every page has an address; every act
//! is a plain form, and with scripts what is left and what a rule says stand beside the typing.

pub mod address;
pub mod api;
pub mod frame;
pub mod judged;
pub mod new;
pub mod notice;
pub mod notices;
pub mod rows;
pub mod rules;
pub mod source;
pub mod sources;
pub mod split;
pub mod typing;
