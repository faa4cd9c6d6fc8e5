//! Icons as inline SVG paths on a 16 × 16 grid: no font, no emoji. Decoration only; the word stands beside.

use leptos::prelude::*;

/// One drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Home,
    Lists,
    Import,
    Sites,
    Areas,
    Users,
    Audit,
    Check,
    Account,
    Api,
    Search,
    Access,
    Exit,
    Close,
    Warning,
    Error,
    Info,
    Done,
    Next,
    Previous,
    File,
    Funds,
    Notice,
    Ledger,
    Down,
    Up,
    Refresh,
    Columns,
    Print,
    Menu,
    Chart,
}

impl Shape {
    const fn path(self) -> &'static str {
        match self {
            Shape::Chart => "M2 2v12h12M5 11V8M8 11V5M11 11V7",
            Shape::Home => "M2 8l6-5 6 5M4 7v6h3v-4h2v4h3V7",
            Shape::Lists => "M2 4h2M6 4h8M2 8h2M6 8h8M2 12h2M6 12h8",
            Shape::Import => "M8 2v8M5 7l3 3 3-3M2 13h12",
            Shape::Sites => "M2 14V7l4-3 4 3v7M10 8h4v6M5 14v-3h2v3",
            Shape::Areas => {
                "M8 14s5-4.5 5-8A5 5 0 0 0 3 6c0 3.500 5 8 5 8zM8 7.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3"
            }
            Shape::Users => {
                "M6 8a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5M1.500 14c0-3 2-4 4.500-4s4.500 1 4.500 4M11 4a2 2 0 0 1 0 4M12 10c2 .5 2.500 2 2.500 4"
            }
            Shape::Audit => "M3 2h7l3 3v9H3zM10 2v3h3M5 8h6M5 11h6",
            Shape::Check => "M2.500 2.500h11v11h-11zM5 8l2.200 2.200L11.500 6",
            Shape::Account => "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6M2.500 14c0-3 2.500-4 5.500-4s5.500 1 5.500 4",
            Shape::Api => "M5 4L1 8l4 4M11 4l4 4-4 4M9 3l-2 10",
            Shape::Search => "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10M11 11l3.500 3.500",
            Shape::Access => {
                "M8 4a1.200 1.200 0 1 0 0-2.400A1.200 1.200 0 0 0 8 4M3 6c3 1 7 1 10 0M8 6.500V10M8 10l-2.500 5M8 10l2.500 5"
            }
            Shape::Exit => "M9 2H3v12h6M7 8h7M11 5l3 3-3 3",
            Shape::Close => "M4 4l8 8M12 4l-8 8",
            Shape::Warning => "M8 2l6.500 12h-13zM8 6v4M8 11.500v1",
            Shape::Error => "M8 1.500L14.500 8 8 14.500 1.500 8zM8 5v4M8 10.500v1",
            Shape::Info => "M8 14.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13M8 7v4M8 4.500v1",
            Shape::Done => "M2.500 8.500l3.500 3.500 7.500-8",
            Shape::Next => "M6 3l5 5-5 5",
            Shape::Previous => "M10 3L5 8l5 5",
            Shape::Down => "M3 6l5 5 5-5",
            Shape::Up => "M3 10l5-5 5 5",
            Shape::Refresh => "M13.500 8a5.500 5.500 0 1 1-1.600-3.900M13.500 1.500v3h-3",
            Shape::Columns => "M2 2.500h12v11H2zM6 2.500v11M10 2.500v11",
            Shape::Print => "M4 6V2h8v4M4 11H2V6h12v5h-2M4 9h8v5H4z",
            Shape::Menu => "M2 4h12M2 8h12M2 12h12",
            Shape::Notice => "M3.500 1.500h6l3 3v10h-9zM9.500 1.500v3h3M6 8h4M6 11h4",
            Shape::Ledger => "M3 2h10v12H3zM6 2v12M8 5.500h3M8 8.500h3",
            Shape::Funds => "M3.500 2l4.500 6 4.500-6M8 8v6M5 9h6M5 11.500h6",
            Shape::File => "M4 1.500h5.500l3 3v10H4zM9.500 1.500v3h3",
        }
    }
}

/// An icon as large as the text beside it.
#[component]
pub fn Icon(shape: Shape) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d=shape.path() fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round" />
        </svg>
    }
    .into_any()
}
