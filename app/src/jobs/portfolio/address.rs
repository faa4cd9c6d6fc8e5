//! Addresses of the sums: the filter as it stands in them. Knows no component.

use crate::parts::address::write;
use contract::jobs::portfolio::PortfolioForm;
use leptos_router::params::ParamsMap;

pub const PATH: &str = "/jobs/portfolio";
/// The sums as a workbook.
pub const EXPORT: &str = "/jobs/portfolio/export";

pub fn asked(query: &ParamsMap) -> PortfolioForm {
    let text = |name: &str| query.get(name).unwrap_or_default().trim().to_owned();
    PortfolioForm {
        area: text("area"),
        list: text("list"),
        category: text("category"),
        source: text("source"),
    }
}

/// The same filter at one of its paths.
pub fn at(path: &str, form: &PortfolioForm) -> String {
    let parts = [
        ("area", form.area.as_str()),
        ("list", &form.list),
        ("category", &form.category),
        ("source", &form.source),
    ];
    write(path, &parts)
}
