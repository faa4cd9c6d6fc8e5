//! Addresses of sources and notices: filters, forms as they were typed, and where each form leads. Knows no component.

use crate::ledger;
use crate::parts::address::write;
use crate::parts::retyped::{back, back_within};
use contract::fund::NoticeView;
use contract::fund::edition::SourceView;
use contract::fund::form::{
    DecideSplitForm, EditSourceForm, NoticeForm, NoticesForm, SHARES_MOST, ShareForm, SourcesForm, SplitForm,
};
use domain::id::NoticeId;
use domain::ledger::State;
use domain::source::Source;
use leptos_router::params::ParamsMap;

pub const SOURCES: &str = "/funds/sources";
pub const NOTICES: &str = "/funds/notices";
pub const NEW: &str = "/funds/notices/new";
/// 额度分解表 as a workbook.
pub const EXPORT_SOURCES: &str = "/funds/sources/export";
pub const EXPORT_NOTICES: &str = "/funds/notices/export";

/// Inputs of a notice that an address carries.
const INPUTS: [&str; 9] =
    ["notice", "version", "document", "date", "source", "year", "area", "amount", "unit"];

/// Most bytes of a split in an address: room for every row of one, and less than a server takes for an address.
const SPLIT_BYTES_MOST: usize = 60_000;

/// Inputs of one row of a split.
const ROW: [&str; 5] = ["project", "find", "value", "usage", "revenue"];

fn text(query: &ParamsMap, name: &str) -> String {
    query.get(name).unwrap_or_default().trim().to_owned()
}

pub fn sources_asked(query: &ParamsMap) -> SourcesForm {
    SourcesForm { area: text(query, "area"), year: text(query, "year") }
}

pub fn notices_asked(query: &ParamsMap) -> NoticesForm {
    NoticesForm {
        area: text(query, "area"),
        source: text(query, "source"),
        year: text(query, "year"),
        page: text(query, "page"),
    }
}

/// Envelopes of an area and a year, at one of their paths.
pub fn sources(path: &str, area: &str, year: &str) -> String {
    write(path, &[("area", area), ("year", year)])
}

/// The page of one source with the editions of its rules.
pub fn source(source: Source) -> String {
    format!("{SOURCES}/{}", source.code())
}

/// After a new edition.
pub fn edited(view: &SourceView) -> String {
    write(&source(view.source), &[("done", "1")])
}

/// Back to the source with what was typed.
pub fn edition_retyped(form: &EditSourceForm) -> String {
    let maps = [("values", &form.values), ("bases", &form.bases), ("dropped", &form.dropped)];
    let named: Vec<(String, &str)> = maps
        .into_iter()
        .flat_map(|(name, map)| map.iter().map(move |(at, text)| (format!("{name}[{at}]"), text.as_str())))
        .collect();
    let mut typed: Vec<(&str, &str)> = vec![
        ("valid_from", form.valid_from.as_str()),
        ("rule", &form.rule),
        ("value", &form.value),
        ("mark", &form.mark),
        ("basis", &form.basis),
    ];
    typed.extend(named.iter().map(|(name, text)| (name.as_str(), *text)));
    let page = Source::from_code(&form.source).map_or_else(|| SOURCES.to_owned(), source);
    back(&page, &typed)
}

/// Notices of a filter, on one page of rows; empty is the first.
pub fn notices(form: &NoticesForm, page: &str) -> String {
    notices_at(NOTICES, form, page)
}

/// The same at one of their paths.
pub fn notices_at(path: &str, form: &NoticesForm, page: &str) -> String {
    let parts =
        [("area", form.area.as_str()), ("source", &form.source), ("year", &form.year), ("page", page)];
    write(path, &parts)
}

/// The page of one notice.
pub fn notice(notice: NoticeId) -> String {
    format!("{NOTICES}/{notice}")
}

/// Entries that stand on a notice.
pub fn entries(notice: NoticeId) -> String {
    write(ledger::address::PATH, &[("notice", &notice.to_string())])
}

/// Entries that make up what is arranged of a source, a year and an area.
pub fn arranged(area: &str, source: &str, year: &str) -> String {
    let parts = [("kind", "issue"), ("source", source), ("year", year), ("given", area)];
    write(ledger::address::PATH, &parts)
}

/// The form of a notice with what is kept of it.
pub fn edit(notice: NoticeId) -> String {
    write(NEW, &[("notice", &notice.to_string())])
}

/// One input of a notice's form by its name.
fn input<'a>(form: &'a NoticeForm, name: &str) -> &'a str {
    match name {
        "notice" => &form.notice,
        "version" => &form.version,
        "document" => &form.document,
        "date" => &form.date,
        "source" => &form.source,
        "year" => &form.year,
        "area" => &form.area,
        "amount" => &form.amount,
        "unit" => &form.unit,
        _ => "",
    }
}

/// The form of a notice as its address says it.
pub fn typed(query: &ParamsMap) -> NoticeForm {
    NoticeForm {
        notice: text(query, "notice"),
        version: text(query, "version"),
        key: String::new(),
        document: text(query, "document"),
        date: text(query, "date"),
        source: text(query, "source"),
        year: text(query, "year"),
        area: text(query, "area"),
        amount: text(query, "amount"),
        unit: text(query, "unit"),
    }
}

/// Back to the form with what was typed.
pub fn retyped(form: &NoticeForm) -> String {
    back(NEW, &INPUTS.map(|name| (name, input(form, name))))
}

/// After a notice was registered or changed.
pub fn registered(view: &NoticeView) -> String {
    let done = if view.split.is_none() { "registered" } else { "saved" };
    write(&notice(view.line.notice), &[("done", done)])
}

/// After a split was kept.
pub fn split_kept(view: &NoticeView) -> String {
    let submitted = view.split.as_ref().is_some_and(|split| split.state == State::Submitted);
    let done = if submitted { "submitted" } else { "kept" };
    write(&notice(view.line.notice), &[("done", done)])
}

/// After a split was decided.
pub fn split_decided(view: &NoticeView) -> String {
    let done = match view.split.as_ref().map(|split| &split.state) {
        None | Some(State::Approved { .. } | State::Submitted) => "approved",
        Some(State::Draft) => "withdrawn",
        Some(State::Returned { .. }) => "returned",
    };
    write(&notice(view.line.notice), &[("done", done)])
}

/// Back to the notice, with the reason that was typed.
pub fn split_undecided(form: &DecideSplitForm) -> String {
    back(&path_of(&form.notice), &[("reason", &form.reason)])
}

/// What a form says of its notice is only put into a path when it can be one.
fn path_of(notice: &str) -> String {
    notice.parse().map_or_else(|_| NOTICES.to_owned(), self::notice)
}

/// A split as the address of its notice says it; `None` while it says nothing of one.
pub fn split_typed(query: &ParamsMap, notice: &str) -> Option<SplitForm> {
    let row = |row: usize| {
        let text = |name: &str| query.get(&share_name(row, name)).map(|text| text.trim().to_owned());
        let found = ROW.map(text);
        found.iter().any(Option::is_some).then(|| {
            let [project, find, value, usage, revenue] = found.map(Option::unwrap_or_default);
            ShareForm { project, find, value, usage, revenue }
        })
    };
    let shares: Vec<ShareForm> = (0..SHARES_MOST).map_while(row).collect();
    (!shares.is_empty()).then(|| SplitForm {
        notice: notice.to_owned(),
        version: text(query, "form[version]"),
        by: text(query, "form[by]"),
        shares,
        ..SplitForm::default()
    })
}

/// The name of an input of a row in the form of the door.
pub fn share_name(row: usize, name: &str) -> String {
    format!("form[shares][{row}][{name}]")
}

/// The notice with a split as it is typed; `look` asks for projects and rules.
pub fn split_with(form: &SplitForm, look: &str) -> String {
    let mut parts = vec![
        ("look".to_owned(), look),
        ("form[version]".to_owned(), form.version.as_str()),
        ("form[by]".to_owned(), form.by.as_str()),
    ];
    let last = form.shares.iter().rposition(|share| *share != ShareForm::default()).map_or(0, |at| at + 1);
    for (row, share) in form.shares[..last].iter().enumerate() {
        // The place of a row is kept by its text, even when that is empty.
        let values = [&share.project, &share.find, &share.value, &share.usage, &share.revenue];
        let named = ROW.into_iter().zip(values);
        parts.extend(named.map(|(name, value)| (share_name(row, name), value.as_str())));
    }
    let said = parts.iter().filter(|(name, value)| !value.is_empty() || name.ends_with("[find]"));
    let said: Vec<(&str, &str)> = said.map(|(name, value)| (name.as_str(), *value)).collect();
    back_within(SPLIT_BYTES_MOST, &path_of(&form.notice), &said)
}

/// Back to the notice with the split as it was typed.
pub fn split_retyped(form: &SplitForm) -> String {
    split_with(form, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_comes_back_as_it_was_typed_with_its_empty_rows_in_between() {
        let id = "01900000-0000-7000-8000-000000000001";
        let row = |find: &str, value: &str| ShareForm {
            find: find.into(),
            value: value.into(),
            ..ShareForm::default()
        };
        let form = SplitForm {
            notice: id.into(),
            version: "3".into(),
            by: "weights".into(),
            shares: vec![row("车间", "2"), ShareForm::default(), row("b", "1"), ShareForm::default()],
            ..SplitForm::default()
        };
        let address = split_retyped(&form);
        let (path, query) = address.split_once('?').unwrap_or_default();
        assert_eq!(path, format!("/funds/notices/{id}"));
        let mut params = ParamsMap::new();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            params.insert(decoded(name), decoded(value));
        }
        let read = split_typed(&params, id);
        assert_eq!(read, Some(SplitForm { shares: form.shares[..3].to_vec(), ..form }));
    }

    fn decoded(text: &str) -> String {
        let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
        while let [first, tail @ ..] = rest {
            let hex = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
            match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                Some(byte) => {
                    bytes.push(byte);
                    rest = &tail[2..];
                }
                None => {
                    bytes.push(*first);
                    rest = tail;
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn a_split_of_very_many_long_texts_stays_an_address() {
        let share = ShareForm { find: "长".repeat(2000), value: "5%20".into(), ..ShareForm::default() };
        let form = SplitForm { shares: vec![share; SHARES_MOST], ..SplitForm::default() };
        let address = split_retyped(&form);
        assert!(address.len() <= SPLIT_BYTES_MOST, "{}", address.len());
        assert!(address.contains("%E2%80%A6") && address.contains("=5%252520"), "cut, and decoded twice");
    }

    #[test]
    fn an_edition_comes_back_with_its_rules() {
        let form = EditSourceForm {
            source: "WFR".into(),
            valid_from: "2027-01-01".into(),
            values: [("2".to_owned(), "35%".to_owned())].into(),
            ..EditSourceForm::default()
        };
        let back = "/funds/sources/WFR?valid_from=2027-01-01&rule=&value=&mark=&basis=&values%5B2%5D=35%2525";
        assert_eq!(edition_retyped(&form), back);
        let foreign = EditSourceForm { source: "//evil".into(), ..EditSourceForm::default() };
        assert!(edition_retyped(&foreign).starts_with("/funds/sources?"));
    }

    #[test]
    fn an_address_of_no_notice_leads_to_the_list() {
        let form = DecideSplitForm { notice: "//evil".into(), ..DecideSplitForm::default() };
        assert_eq!(split_undecided(&form), format!("{NOTICES}?reason="));
    }
}
