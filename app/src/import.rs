//! The import of workbooks: its doors.

pub mod api;
