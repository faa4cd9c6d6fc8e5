//! The audit trail (审计日志) on screen: filters in the address, pages by key, the head of the chain.

pub mod api;
pub mod page;
