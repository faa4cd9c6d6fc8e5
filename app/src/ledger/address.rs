//! Addresses of the ledger: its tabs, their filter, and where each form leads. Knows no component.

use crate::parts::address::{encode, write};
use crate::parts::retyped::back;
use contract::ledger::batch::{BatchState, BatchView, PreviewView};
use contract::ledger::form::{
    BatchStepForm, ControlForm, DecideForm, LedgerForm, PostEntryForm, ReopenForm, StandingForm,
};
use contract::ledger::report::ReportView;
use contract::ledger::{ControlView, MonthsView, RequestView};
use domain::id::{BatchId, EntryId, ReportId, RequestId};
use domain::ledger::State;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// Entries, and the beginning of all the others.
pub const PATH: &str = "/funds/ledger";
pub const POSITIONS: &str = "/funds/ledger/positions";
pub const REQUESTS: &str = "/funds/ledger/requests";
pub const INVERTED: &str = "/funds/ledger/inverted";
pub const MONTHS: &str = "/funds/ledger/months";
pub const NEW: &str = "/funds/ledger/new";
pub const IMPORT: &str = "/funds/ledger/import";
/// The control matrix.
pub const CONTROLS: &str = "/admin/controls";
pub const STANDING: &str = "/funds/ledger/standing";
pub const REPORTS: &str = "/funds/ledger/reports";
pub const PRINT: &str = "/funds/ledger/print";
pub const EXPORT: &str = "/funds/ledger/export";
pub const EXPORT_POSITIONS: &str = "/funds/ledger/positions/export";
pub const EXPORT_STANDING: &str = "/funds/ledger/standing/export";
pub const EXPORT_INVERTED: &str = "/funds/ledger/inverted/export";
pub const EXPORT_CONTROLS: &str = "/admin/controls/export";
/// The workbook of one report.
pub const EXPORT_REPORT: &str = "/funds/ledger/reports/{id}/export";

/// A filter as it stands in the address, with the text by which its project was looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub form: LedgerForm,
    pub find: String,
}

impl Place {
    pub fn read(query: &ParamsMap) -> Place {
        let text = |name: &str| query.get(name).unwrap_or_default().trim().to_owned();
        Place {
            form: LedgerForm {
                area: text("area"),
                project: text("project"),
                category: text("category"),
                source: text("source"),
                year: text("year"),
                month: text("month"),
                through: text("through"),
                kind: text("kind"),
                batch: text("batch"),
                notice: text("notice"),
                given: text("given"),
                as_of: text("as_of"),
                // `known` is what addresses say; the door's own name is read too.
                known_at: query
                    .get("known")
                    .map_or_else(|| text("known_at"), |known| known.trim().to_owned()),
                own: text("own"),
                page: text("page"),
            },
            find: text("find"),
        }
    }

    /// The address of this filter at one of the paths.
    pub fn at(&self, path: &str) -> String {
        let form = &self.form;
        let parts = [
            ("area", form.area.as_str()),
            ("project", &form.project),
            ("find", &self.find),
            ("category", &form.category),
            ("source", &form.source),
            ("year", &form.year),
            ("month", &form.month),
            ("through", &form.through),
            ("kind", &form.kind),
            ("batch", &form.batch),
            ("notice", &form.notice),
            ("given", &form.given),
            ("as_of", &form.as_of),
            ("known", &form.known_at),
            ("own", &form.own),
            ("page", &form.page),
        ];
        write(path, &parts)
    }

    /// The same filter on another page of rows; empty is the first.
    pub fn on(&self, page: &str) -> Place {
        Place { form: LedgerForm { page: page.to_owned(), ..self.form.clone() }, find: self.find.clone() }
    }

    /// True when nothing is left out.
    pub fn is_all(&self) -> bool {
        self.on("") == Place::default()
    }
}

/// Where money stands, as it stands in the address.
pub fn standing_of(query: &ParamsMap) -> StandingForm {
    let place = Place::read(query);
    let LedgerForm { area, project, source, year, as_of, known_at, page, .. } = place.form;
    StandingForm {
        area,
        project,
        source,
        year,
        as_of,
        known_at,
        page,
        by: query.get("by").unwrap_or_default(),
    }
}

/// The address of a standing at one of the paths.
pub fn standing(path: &str, form: &StandingForm) -> String {
    let parts = [
        ("by", form.by.as_str()),
        ("area", &form.area),
        ("project", &form.project),
        ("source", &form.source),
        ("year", &form.year),
        ("as_of", &form.as_of),
        ("known", &form.known_at),
        ("page", &form.page),
    ];
    write(path, &parts)
}

/// The page of one report, and below it.
pub fn report(report: ReportId, below: &str) -> String {
    format!("{REPORTS}/{report}{below}")
}

/// After a report was issued.
pub fn issued(view: &ReportView) -> String {
    write(&report(view.head.report, ""), &[("done", "issued")])
}

/// The page of one entry.
pub fn entry(entry: EntryId) -> String {
    format!("{PATH}/entries/{entry}")
}

/// The page of one batch.
pub fn batch(batch: BatchId) -> String {
    format!("{IMPORT}/{batch}")
}

/// The form with what a request says.
pub fn edit(request: RequestId) -> String {
    write(NEW, &[("request", &request.to_string())])
}

/// After a request was made.
pub fn posted(view: &RequestView) -> String {
    write(REQUESTS, &[("done", view.state.code())])
}

/// After a request was decided.
pub fn decided(view: &RequestView) -> String {
    let done = match view.state {
        State::Draft => "withdrawn",
        State::Submitted => "submitted",
        State::Approved { .. } => "approved",
        State::Returned { .. } => "returned",
    };
    write(REQUESTS, &[("done", done)])
}

/// Back to what waits, with the reason that was typed for one request.
pub fn undecided(form: &DecideForm) -> String {
    back(REQUESTS, &[("request", &form.request), ("reason", &form.reason)])
}

/// After something was done with a month.
pub fn months_done(_: &MonthsView) -> String {
    write(MONTHS, &[("done", "1")])
}

/// Back to the months, with the reason to open one again.
pub fn still_closed(form: &ReopenForm) -> String {
    back(MONTHS, &[("reason", &form.reason)])
}

/// After a step of a batch.
pub fn batch_done(view: &BatchView) -> String {
    let done = match view.state {
        BatchState::Staged => "staged",
        BatchState::Approved => "approved",
        BatchState::Returned => "returned",
        BatchState::Undone => "undone",
    };
    write(&batch(view.batch), &[("done", done)])
}

/// Back to a batch, with the reason that was typed.
pub fn batch_retyped(form: &BatchStepForm) -> String {
    back(&format!("{IMPORT}/{}", encode(&form.batch)), &[("reason", &form.reason)])
}

/// A preview keeps nothing, so that there is no page of its own.
pub fn previewed(_: &PreviewView) -> String {
    IMPORT.to_owned()
}

/// After an edition of the matrix was made.
pub fn control_saved(_: &ControlView) -> String {
    write(CONTROLS, &[("done", "saved")])
}

/// Back to the matrix with what was chosen: only the cells that do not stop, as the domain writes them.
pub fn control_retyped(form: &ControlForm) -> String {
    let cells: Vec<String> = form
        .cells
        .iter()
        .filter(|(_, response)| response.as_str() != "stop")
        .map(|(place, response)| format!("{place}={response}"))
        .collect();
    write(CONTROLS, &[("cells", &cells.join(";"))])
}

/// Inputs of the entry form that an address carries.
pub const INPUTS: [&str; 18] = [
    "request",
    "version",
    "kind",
    "project",
    "find",
    "other",
    "find_other",
    "stage",
    "source",
    "year",
    "amount",
    "unit",
    "date",
    "document",
    "voucher",
    "payee",
    "purpose",
    "memo",
];

/// One input of the form by its name.
pub fn input<'a>(form: &'a PostEntryForm, name: &str) -> &'a str {
    match name {
        "request" => &form.request,
        "version" => &form.version,
        "kind" => &form.kind,
        "project" => &form.project,
        "find" => &form.find,
        "other" => &form.other,
        "find_other" => &form.find_other,
        "stage" => &form.stage,
        "source" => &form.source,
        "year" => &form.year,
        "amount" => &form.amount,
        "unit" => &form.unit,
        "date" => &form.date,
        "document" => &form.document,
        "voucher" => &form.voucher,
        "payee" => &form.payee,
        "purpose" => &form.purpose,
        "memo" => &form.memo,
        _ => "",
    }
}

/// The entry form as its address says it; what a plain form sends for a look at projects has the names of its inputs.
pub fn typed(query: &ParamsMap) -> PostEntryForm {
    let text = |name: &str| {
        query.get(&format!("form[{name}]")).or_else(|| query.get(name)).unwrap_or_default().trim().to_owned()
    };
    PostEntryForm {
        request: text("request"),
        version: text("version"),
        kind: text("kind"),
        project: text("project"),
        find: text("find"),
        other: text("other"),
        find_other: text("find_other"),
        stage: text("stage"),
        source: text("source"),
        year: text("year"),
        amount: text("amount"),
        unit: text("unit"),
        date: text("date"),
        document: text("document"),
        voucher: text("voucher"),
        payee: text("payee"),
        purpose: text("purpose"),
        memo: text("memo"),
        ..PostEntryForm::default()
    }
}

/// The entry form with these inputs.
pub fn with(form: &PostEntryForm, own: &[(&str, &str)]) -> String {
    let mut parts: Vec<(&str, &str)> = INPUTS
        .into_iter()
        .filter(|name| !own.iter().any(|(other, _)| other == name))
        .map(|name| (name, input(form, name)))
        .collect();
    parts.extend(own);
    back(NEW, &parts)
}

/// Back to the form, or to the entry that was to be reversed, with what was typed.
pub fn retyped(form: &PostEntryForm) -> String {
    if form.kind == "reverse" {
        let path = format!("{PATH}/entries/{}", encode(&form.entry));
        return back(&path, &[("date", &form.date), ("voucher", &form.voucher), ("memo", &form.memo)]);
    }
    with(form, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_only_what_was_chosen() {
        let mut place = Place::default();
        assert!(place.is_all());
        assert_eq!(place.at(PATH), PATH);
        place.form.kind = "pay".into();
        assert_eq!(place.on("x").at(PATH), "/funds/ledger?kind=pay&page=x");
    }

    #[test]
    fn the_form_comes_back_as_it_was_typed() {
        let form = PostEntryForm { kind: "pay".into(), amount: "3.2".into(), ..PostEntryForm::default() };
        let said = |form: &PostEntryForm| {
            let address = retyped(form);
            let pairs = address.strip_prefix("/funds/ledger/new?").unwrap_or_default().split('&');
            pairs.filter(|pair| !pair.ends_with('=')).collect::<Vec<_>>().join("&")
        };
        assert_eq!(said(&form), "kind=pay&amount=3.2");
        let named = PostEntryForm { find: "workshop".into(), ..form.clone() };
        assert_eq!(said(&named), "kind=pay&find=workshop&amount=3.2");
        let hard = PostEntryForm { memo: "5%20".into(), ..form.clone() };
        assert_eq!(said(&hard), "kind=pay&amount=3.2&memo=5%252520", "the router decodes it twice");
        let long = PostEntryForm { payee: "长".repeat(9000), memo: "长".repeat(9000), ..form.clone() };
        assert!(retyped(&long).len() < 7000, "{}", retyped(&long).len());
        let form = PostEntryForm { kind: "reverse".into(), entry: "e".into(), memo: "x".into(), ..form };
        assert_eq!(retyped(&form), "/funds/ledger/entries/e?date=&voucher=&memo=x");
    }
}
