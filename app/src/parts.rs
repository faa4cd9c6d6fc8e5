//! The pieces every screen is built of, one component a file. They take what they show and say what happened; none fetches.

pub mod address;
pub mod answer;
pub mod asking;
pub mod breadcrumb;
pub mod button;
pub mod charts;
pub mod dialog;
pub mod drawing;
pub mod empty;
pub mod error_panel;
pub mod field;
pub mod gone;
pub mod grid;
pub mod icon;
pub mod loading;
pub mod markup;
pub mod money_field;
pub mod page_head;
pub mod pager;
pub mod picker;
pub mod print_button;
pub mod signatures;
pub mod status;
pub mod tabs;
pub mod toast;
