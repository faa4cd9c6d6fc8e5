//! Follows the links of the leaders' page to the pages behind its figures, and reads their totals.

use app::dashboard::address::{behind, findings};
use contract::dashboard::works::WorksLine;
use contract::dashboard::{DashboardView, Key, Value};
use contract::form::Form;
use contract::list::{GridColumn, ListForm, Sum};
use contract::review::DeskView;
use domain::ledger::Stage;
use domain::period::FiscalYear;
use domain::project::Field;
use domain::review::rule::Level;
use server::tables::query;
use service::{Call, dashboard, ledger, list, review};

/// Names and values of an address; those of the page are plain codes.
fn pairs(href: &str) -> Vec<(String, String)> {
    let (_, query) = href.split_once('?').unwrap_or((href, ""));
    let pair = |text: &str| text.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    query.split('&').filter_map(pair).collect()
}

/// Follows the links of the cards; how many figures were found again.
pub async fn leads_to_the_same(call: &Call, view: &DashboardView, place: &str) -> usize {
    let mut told = 0;
    // Four figures have one list behind them; it is read once.
    let mut lines: Option<(String, Vec<WorksLine>)> = None;
    for key in Key::ALL {
        let Some(href) = behind(view, key) else { continue };
        let found = match key {
            Key::Reserve | Key::ReserveTotal | Key::Plan | Key::PlanProjects => {
                Some(listed(call, &href, view.as_of.year(), key).await)
            }
            Key::Issued => Some(entered(call, &href, Stage::Issued).await),
            Key::Disbursed => Some(entered(call, &href, Stage::Disbursed).await),
            Key::Paid => Some(entered(call, &href, Stage::Paid).await),
            Key::Findings | Key::Overdue | Key::LateStart => {
                let desk = on_desk(call, &href).await;
                let count = if key == Key::Overdue { u64::from(desk.overdue) } else { open(&desk) };
                Some(Value::Count(i64::try_from(count).unwrap()))
            }
            Key::Invested | Key::Started | Key::Estimate | Key::Present => {
                if lines.as_ref().is_none_or(|(of, _)| *of != href) {
                    lines = Some((href.clone(), list_behind(call, &href).await));
                }
                lines.as_ref().map(|(_, lines)| worked(lines, key))
            }
            // Shares of what was found above.
            Key::Industry
            | Key::DisbursedRate
            | Key::PaidRate
            | Key::InvestedRate
            | Key::JobsRate
            | Key::ReserveAdded
            | Key::Elapsed => None,
        };
        if let Some(found) = found {
            assert_eq!(found, view.value(key), "{place}: {key:?} behind {href}");
            told += 1;
        }
    }
    for (level, count) in [
        (Level::Red, view.warnings.red),
        (Level::Warning, view.warnings.warning),
        (Level::Hint, view.warnings.hint),
    ] {
        let desk = on_desk(call, &findings(view, Some(level), "", None)).await;
        assert_eq!(open(&desk), count, "{place}: {level:?}");
    }
    told
}

async fn listed(call: &Call, href: &str, year: FiscalYear, key: Key) -> Value {
    let form = ListForm { sums: "1".into(), ..app::list::address::read(&query(pairs(href))) };
    let totals = list::page(call, form.check().unwrap()).await.unwrap().sums.unwrap().totals;
    let fen = |field| match totals.of(GridColumn::Field(field)) {
        Some(Sum::Amount(fen)) => fen,
        Some(Sum::Count(_)) | None => domain::money::Delta::ZERO,
    };
    if matches!(key, Key::Reserve | Key::PlanProjects) {
        Value::Count(i64::try_from(totals.projects).unwrap())
    } else if key == Key::ReserveTotal {
        Value::Amount(fen(Field::Total))
    } else {
        Value::Amount(fen(Field::Year(year)))
    }
}

/// The rows of the list of projects, over all its pages.
async fn list_behind(call: &Call, href: &str) -> Vec<WorksLine> {
    let mut form = app::dashboard::address::read_works(&query(pairs(href)));
    let mut lines = Vec::new();
    loop {
        let view = dashboard::works::page(call, form.check().unwrap()).await.unwrap();
        lines.extend(view.lines);
        let Some(next) = view.next else { return lines };
        form.after = next.to_string();
    }
}

/// A column of it, added up.
fn worked(lines: &[WorksLine], key: Key) -> Value {
    let known = |found: Vec<i64>| (!found.is_empty()).then(|| found.iter().sum::<i64>());
    if key == Key::Started {
        let started = lines.iter().filter(|line| line.started == Some(true)).count();
        Value::Count(i64::try_from(started).unwrap())
    } else if key == Key::Estimate {
        let milli: i64 = lines.iter().filter_map(|line| line.estimate).sum();
        Value::Count(domain::dashboard::message::posts(milli))
    } else if key == Key::Present {
        known(lines.iter().filter_map(|line| line.present).collect()).map_or(Value::Unknown, Value::Count)
    } else {
        assert_eq!(key, Key::Invested, "no column of the list");
        known(lines.iter().filter_map(|line| line.invested.map(domain::money::Delta::fen)).collect())
            .map_or(Value::Unknown, |fen| Value::Amount(domain::money::Delta::from_fen(fen)))
    }
}

async fn entered(call: &Call, href: &str, stage: Stage) -> Value {
    let form = app::ledger::address::Place::read(&query(pairs(href))).form;
    Value::Amount(ledger::entries(call, form.check().unwrap()).await.unwrap().totals.net(stage))
}

async fn on_desk(call: &Call, href: &str) -> DeskView {
    let form = app::review::address::read(&query(pairs(href)));
    review::desk(call, form.check().unwrap()).await.unwrap()
}

fn open(desk: &DeskView) -> u64 {
    let open = desk.states.iter().filter(|(state, _)| state.is_open());
    open.map(|(_, count)| u64::from(*count)).sum()
}
