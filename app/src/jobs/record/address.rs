//! Addresses of 测算与实绩: the filter as it stands in them, and the list behind a line. Knows no component.

use crate::parts::address::write;
use contract::jobs::record::{By, ComparedForm, Of, Paid};
use leptos_router::params::ParamsMap;

pub const PATH: &str = "/jobs";
pub const RECORD: &str = "/jobs/record";
/// The table as a workbook.
pub const EXPORT: &str = "/jobs/export";

pub fn asked(query: &ParamsMap) -> ComparedForm {
    let text = |name: &str| query.get(name).unwrap_or_default().trim().to_owned();
    ComparedForm {
        by: text("by"),
        month: text("month"),
        measure: text("measure"),
        population: text("population"),
        area: text("area"),
        source: text("source"),
        page: text("page"),
    }
}

pub fn table(form: &ComparedForm) -> String {
    at(PATH, form)
}

/// The same filter at one of its paths.
pub fn at(path: &str, form: &ComparedForm) -> String {
    let parts = [
        ("by", form.by.as_str()),
        ("month", &form.month),
        ("measure", &form.measure),
        ("population", &form.population),
        ("area", &form.area),
        ("source", &form.source),
        ("page", &form.page),
    ];
    write(path, &parts)
}

pub fn paid(paid: Paid) -> String {
    match paid {
        Paid::From { source } => source.code().to_owned(),
        Paid::Nothing => "none".to_owned(),
    }
}

/// The list behind a line.
pub fn behind(form: &ComparedForm, of: &Of) -> Option<String> {
    let form = ComparedForm { page: String::new(), ..form.clone() };
    let by = |by: By| by.code().to_owned();
    Some(match of {
        Of::Project { project, .. } => format!("/projects/{project}/jobs"),
        Of::Source { paid } => {
            table(&ComparedForm { by: by(By::Project), source: self::paid(*paid), ..form })
        }
        Of::Area { code, has_below: true, .. } => {
            table(&ComparedForm { by: by(By::Area), area: code.to_string(), ..form })
        }
        Of::Area { code, has_below: false, .. } => {
            table(&ComparedForm { by: by(By::Project), area: code.to_string(), ..form })
        }
        Of::Year { month } => table(&ComparedForm { by: by(By::Project), month: month.to_string(), ..form }),
    })
}
