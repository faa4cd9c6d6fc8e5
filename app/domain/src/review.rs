//! 审查: dated rules, what they find, and what becomes of it. Rules state a 疑点; only a person says more.
//!
//! Read in this order: `rule` and `edition` (what is asked, when and where), `facts` and `name` (of what), `term` and
//! `clause` (the arithmetic that judges and is shown), `outcome`, `predicate` (which function answers which rule),
//! `judge` (one project), `portfolio` (many), `workflow` (people).

pub mod catalogue;
pub mod clause;
pub mod edition;
pub mod exact;
pub mod facts;
pub mod judge;
pub mod name;
pub mod outcome;
pub mod parameter;
pub mod portfolio;
pub mod predicate;
pub mod rule;
pub mod similarity;
pub mod term;
pub mod workflow;

#[cfg(test)]
mod fixture;
