//! Addresses of the leaders' page: its filter, and the page behind each figure under the same filter. Knows no component.

use crate::parts::address::write;
use contract::dashboard::works::WorksForm;
use contract::dashboard::{Basis, DashboardForm, DashboardView, Key};
use domain::area::AreaCode;
use domain::project::Category;
use domain::review::rule::{Level, RuleCode};
use domain::source::Source;
use leptos_router::params::ParamsMap;

pub const PATH: &str = "/dashboard";
pub const SCREEN: &str = "/screen";
/// The figures as a workbook.
pub const EXPORT: &str = "/dashboard/export";
/// The projects behind the figures of estimates and returns.
pub const WORKS: &str = "/dashboard/works";
pub const WORKS_EXPORT: &str = "/dashboard/works/export";
/// The figures as a paper.
pub const BRIEF: &str = "/dashboard/brief/export";

/// The filter as it stands in the address.
pub fn read(query: &ParamsMap) -> DashboardForm {
    let text = |name: &str| query.get(name).unwrap_or_default().trim().to_owned();
    DashboardForm {
        year: text("year"),
        month: text("month"),
        area: text("area"),
        category: text("category"),
        source: text("source"),
    }
}

/// The address of a filter at one of the paths.
pub fn at(path: &str, form: &DashboardForm) -> String {
    after(path, form, "")
}

fn after(path: &str, form: &DashboardForm, number: &str) -> String {
    let parts = [
        ("year", form.year.as_str()),
        ("month", &form.month),
        ("area", &form.area),
        ("category", &form.category),
        ("source", &form.source),
        ("after", number),
    ];
    write(path, &parts)
}

/// The list of projects as it stands in the address.
pub fn read_works(query: &ParamsMap) -> WorksForm {
    WorksForm { filter: read(query), after: query.get("after").unwrap_or_default().trim().to_owned() }
}

/// The address of the list of projects at one of its paths.
pub fn works(path: &str, form: &WorksForm) -> String {
    after(path, &form.filter, &form.after)
}

/// The filter that a page shows, with nothing left to be chosen for it.
pub fn of(view: &DashboardView) -> DashboardForm {
    DashboardForm {
        year: view.as_of.year().to_string(),
        month: view.as_of.month().to_string(),
        area: area(view),
        category: category(view).to_owned(),
        source: source(view).to_owned(),
    }
}

fn area(view: &DashboardView) -> String {
    view.area().map(|(code, _)| code.to_string()).unwrap_or_default()
}

fn source(view: &DashboardView) -> &'static str {
    view.source.map_or("", Source::code)
}

fn category(view: &DashboardView) -> &'static str {
    view.category.map_or("", Category::code)
}

/// The page of every category again.
pub fn without_category(path: &str, view: &DashboardView) -> String {
    at(path, &DashboardForm { category: String::new(), ..of(view) })
}

/// The page narrowed to an area.
pub fn to_area(path: &str, view: &DashboardView, code: AreaCode) -> String {
    at(path, &DashboardForm { area: code.to_string(), ..of(view) })
}

/// The page narrowed to a source, or widened again.
pub fn to_source(path: &str, view: &DashboardView, source: Source) -> String {
    let source = if view.source == Some(source) { "" } else { source.code() };
    at(path, &DashboardForm { source: source.to_owned(), ..of(view) })
}

/// The page behind a figure; none where no page shows the same.
pub fn behind(view: &DashboardView, key: Key) -> Option<String> {
    match key {
        Key::Reserve | Key::ReserveTotal => Some(list(view, "pool", category(view))),
        Key::ReserveAdded | Key::Elapsed => None,
        Key::Industry => {
            let codes: Vec<&str> =
                Category::industry(view.category).into_iter().map(Category::code).collect();
            // No project is of two categories: of another one there is no row to show.
            if codes.is_empty() { None } else { yearly(view, &codes.join(",")) }
        }
        Key::Plan | Key::PlanProjects => yearly(view, category(view)),
        Key::Issued | Key::Disbursed | Key::DisbursedRate | Key::Paid | Key::PaidRate => {
            Some(ledger(view, view.source, None))
        }
        Key::Invested | Key::InvestedRate | Key::Started | Key::Estimate | Key::Present | Key::JobsRate => {
            Some(at(WORKS, &of(view)))
        }
        Key::Findings => Some(findings(view, None, "", None)),
        Key::Overdue => Some(findings(view, None, "overdue", None)),
        Key::LateStart => Some(findings(view, None, "", Some(RuleCode::R27))),
    }
}

/// Where a basis is looked up when a whole chart is meant.
pub fn of_basis(view: &DashboardView, basis: Basis) -> Option<String> {
    match basis {
        Basis::Lists => yearly(view, category(view)),
        Basis::Ledger => Some(ledger(view, view.source, None)),
        Basis::Estimates | Basis::Returns => behind(view, Key::Present),
        Basis::Findings => behind(view, Key::Findings),
        Basis::Calendar => None,
    }
}

/// The one-year list, where its page shows this year.
fn yearly(view: &DashboardView, category: &str) -> Option<String> {
    (view.as_of.year() == view.list_year).then(|| list(view, "1y", category))
}

fn list(view: &DashboardView, kind: &str, category: &str) -> String {
    write(
        crate::list::address::PATH,
        &[("list", kind), ("area", &area(view)), ("category", category), ("source", source(view))],
    )
}

/// The entries of the budget year in the books up to the month; `own`: those of the area itself alone.
pub fn ledger(view: &DashboardView, source: Option<Source>, own: Option<AreaCode>) -> String {
    let area = own.map_or_else(|| area(view), |code| code.to_string());
    let parts = [
        ("area", area.as_str()),
        ("category", category(view)),
        ("source", source.map_or("", Source::code)),
        ("year", &view.as_of.year().to_string()),
        ("through", &view.as_of.to_string()),
        ("own", if own.is_some() { "1" } else { "" }),
    ];
    write(crate::ledger::address::PATH, &parts)
}

/// Open findings, of one level where it is named.
pub fn findings(view: &DashboardView, level: Option<Level>, state: &str, rule: Option<RuleCode>) -> String {
    let parts = [
        ("rule", rule.map_or("", RuleCode::code)),
        ("level", level.map_or("", Level::code)),
        ("state", state),
        ("area", &area(view)),
        ("category", category(view)),
        ("source", source(view)),
    ];
    write(crate::review::address::PATH, &parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_only_what_was_chosen() {
        let form = DashboardForm { month: "10".into(), source: "CBI".into(), ..DashboardForm::default() };
        assert_eq!(at(PATH, &form), "/dashboard?month=10&source=CBI");
        assert_eq!(at(SCREEN, &DashboardForm::default()), "/screen");
    }
}
