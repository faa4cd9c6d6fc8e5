//! 墙屏口令: the administrator's page of keys, and the page on which a screen hands one in.

pub mod admin;
pub mod api;
pub mod enter;
