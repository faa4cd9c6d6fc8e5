//! The audit trail: a page of it, all of a filter for a file, the head of its chain and whether the chain holds.

use crate::area::{meant, tree};
use crate::call::Call;
use crate::facts::pairs;
use crate::failure::{Failure, Outcome};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeZone};
use contract::audit::{AuditLine, AuditQuery, AuditView, ChainCheck};
use domain::area::AreaPath;
use domain::permission::{Action, Scope};
use store::Conn;
use store::audit::{Act, AuditFilter, Entry, head, note, page};
use store::page::Cursor;

/// Rows of one page.
const ROWS: u64 = 50;
/// Rows read at a time for a file, and the most that one file takes.
const EXPORT_STEP: u64 = 500;
const EXPORT_MOST: usize = 100_000;
/// Letters of a digest that are shown.
const DIGEST_LETTERS: usize = 12;

/// One page of acts in the reader's area, the newest first.
pub async fn list(call: &Call, query: AuditQuery) -> Outcome<AuditView> {
    call.permit(Action::ViewAudit, &call.area())?;
    let scope = narrowed(call, &query).await?;
    let conn = call.read().await?;
    let after = query.page.as_deref().map(Cursor::decode).transpose()?;
    let found = page(&conn, &scope, &filter(&query), after.as_ref(), ROWS).await?;
    let check = if query.check { Some(walked(&conn).await?) } else { None };
    Ok(AuditView {
        lines: lines(&conn, call, found.rows).await?,
        next: found.next.map(|cursor| cursor.encode()),
        head: head(&conn).await?,
        check,
        may: call.abilities(&call.area()),
    })
}

/// Every act of the filter for a file, and this act itself into the trail.
pub async fn export(call: &Call, query: AuditQuery) -> Outcome<Vec<AuditLine>> {
    let permit = call.permit(Action::ExportAudit, &call.area())?;
    let scope = narrowed(call, &query).await?;
    let tx = call.begin().await?;
    let filter = filter(&query);
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let found = page(&tx, &scope, &filter, after.as_ref(), EXPORT_STEP).await?;
        all.extend(lines(&tx, call, found.rows).await?);
        after = found.next.filter(|_| all.len() < EXPORT_MOST);
        if after.is_none() {
            break;
        }
    }
    let detail = pairs(&[
        ("rows", Some(all.len().to_string())),
        ("area", query.area.clone()),
        ("login", query.login.clone()),
        ("action", filter.action.clone()),
        ("object", filter.object.clone()),
        ("id", query.id.clone()),
        ("from", query.from.map(|day| day.to_string())),
        ("to", query.to.map(|day| day.to_string())),
    ]);
    note(&tx, &permit, Act { object: "audit", detail, ..Act::default() });
    tx.commit().await?;
    Ok(all)
}

async fn walked(conn: &Conn) -> Outcome<ChainCheck> {
    let (entries, breach) = store::verify::audit_chain(conn).await?;
    Ok(ChainCheck { entries, breach: breach.map(|breach| breach.place) })
}

/// The reader's scope, or the part of it that the filter names.
async fn narrowed(call: &Call, query: &AuditQuery) -> Outcome<Scope> {
    let Some(text) = &query.area else { return Ok(call.scope()) };
    let area = meant(call, text).await?;
    call.scope().narrowed(&area.path).ok_or(Failure::NotFound)
}

fn filter(query: &AuditQuery) -> AuditFilter {
    AuditFilter {
        login: query.login.clone(),
        action: query.action.map(|action| action.code().to_owned()),
        object: query.object.map(|object| object.code().to_owned()),
        object_id: query.id.clone(),
        from: query.from.and_then(midnight),
        to: query.to.and_then(|day| midnight(day.checked_add_days(Days::new(1))?)),
    }
}

/// Unix milliseconds at which a day begins in China.
fn midnight(day: NaiveDate) -> Option<i64> {
    let shanghai = FixedOffset::east_opt(8 * 3600)?;
    Some(shanghai.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).single()?.timestamp_millis())
}

async fn lines(conn: &Conn, call: &Call, entries: Vec<Entry>) -> Outcome<Vec<AuditLine>> {
    let path = |entry: &Entry| AreaPath::new(&entry.area_path);
    let names = tree::names_of(conn, call, entries.iter().filter_map(path)).await?;
    let name = |text: &str| match AreaPath::new(text).map(|path| path.code()) {
        Some(code) => names.get(&code).cloned().unwrap_or_else(|| code.to_string()),
        None => text.to_owned(),
    };
    let short = |digest: Option<String>| digest.map(|text| text.chars().take(DIGEST_LETTERS).collect());
    Ok(entries
        .into_iter()
        .map(|entry| AuditLine {
            seq: entry.seq,
            at: instant(entry.at),
            login: entry.login,
            role: entry.role,
            ip: entry.ip,
            action: entry.action,
            area_name: name(&entry.area_path),
            object: entry.object,
            object_id: entry.object_id,
            detail: entry.detail,
            before: short(entry.before_digest),
            after: short(entry.after_digest),
            hash: entry.hash,
        })
        .collect())
}

fn instant(milliseconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default().naive_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let begins = DateTime::parse_from_rfc3339("2025-12-31T16:00:00Z").unwrap();
        assert_eq!(midnight(day), Some(begins.timestamp_millis()));
    }
}
