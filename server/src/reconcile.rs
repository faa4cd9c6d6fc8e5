//! `/funds/reconcile/{id}/export`: every line and entry of a reconciliation with what came of it, as a workbook.

use crate::state::State;
use crate::tables::{Made, XLSX, aside, hand_out, unexpected};
use axum::extract::{Path, Request};
use axum::response::Response;
use contract::form::Form;
use contract::ledger::reconcile::{BankLineView, BookItemView, ReconciliationForm, ReconciliationView};
use domain::money::{Delta, Unit};
use sheet::write::plain::{Table, TableCell, workbook};
use words::explain::reconcile as explain;
use words::{Locale, format, name, t};

/// One row of the table: what it is, why, and both sides where there are two.
struct Row<'a> {
    result: String,
    why: String,
    line: Option<&'a BankLineView>,
    item: Option<&'a BookItemView>,
}

/// The whole of one, in the reader's words.
pub async fn table(
    axum::extract::State(state): axum::extract::State<State>,
    Path(reconciliation): Path<String>,
    request: Request,
) -> Response {
    hand_out(&state, request, |call, l| async move {
        let query = ReconciliationForm { reconciliation }.check()?;
        let view = service::ledger::reconcile::export(&call, query).await?;
        let name = format!("{}_{}_{}.xlsx", t!(l, reconcile.export_name), view.head.from, view.head.to);
        let bytes = aside(move || workbook(&whole(l, &view)).map_err(unexpected)).await?;
        Made::Ok((bytes, name, XLSX))
    })
    .await
}

fn whole(l: Locale, view: &ReconciliationView) -> Table {
    let headings = [
        t!(l, reconcile.result),
        t!(l, reconcile.why),
        t!(l, reconcile.bank_cell),
        t!(l, reconcile.bank_date),
        t!(l, reconcile.way),
        t!(l, reconcile.bank_voucher),
        t!(l, reconcile.bank_payee),
        t!(l, reconcile.bank_memo),
        t!(l, reconcile.bank_amount),
        t!(l, reconcile.book_seq),
        t!(l, reconcile.book_date),
        t!(l, reconcile.book_voucher),
        t!(l, reconcile.book_project),
        t!(l, reconcile.book_source),
        t!(l, reconcile.book_amount),
        t!(l, reconcile.explained),
    ];
    Table {
        name: t!(l, reconcile.export_name).to_owned(),
        headings: headings.map(str::to_owned).to_vec(),
        rows: rows(l, view).into_iter().map(|row| cells(l, &row)).collect(),
    }
}

/// Differences first: they are what is looked for.
fn rows(l: Locale, view: &ReconciliationView) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut add = |result: &str, why: &str, line, item| {
        rows.push(Row { result: result.to_owned(), why: why.to_owned(), line, item });
    };
    for pair in &view.differing {
        add(t!(l, reconcile.differing), t!(l, reconcile.voucher), Some(&pair.line), Some(&pair.item));
    }
    for line in &view.bank_only {
        add(t!(l, reconcile.bank_only), "", Some(line), None);
    }
    for item in &view.book_only {
        add(t!(l, reconcile.book_only), "", None, Some(item));
    }
    for pair in &view.proposed {
        add(t!(l, reconcile.proposed), t!(l, reconcile.amount), Some(&pair.line), Some(&pair.item));
    }
    for (number, matched) in (1_u32..).zip(&view.matched) {
        // Several with one stand under one number, each side in rows of its own.
        let result = format!("{} {number}", t!(l, reconcile.matched));
        let why = explain::by(l, matched.by);
        if let ([line], [item]) = (matched.lines.as_slice(), matched.entries.as_slice()) {
            add(&result, why, Some(line), Some(item));
            continue;
        }
        matched.lines.iter().for_each(|line| add(&result, why, Some(line), None));
        matched.entries.iter().for_each(|item| add(&result, why, None, Some(item)));
    }
    rows
}

fn cells(l: Locale, row: &Row<'_>) -> Vec<TableCell> {
    let text = |text: Option<String>| TableCell::Text(text.unwrap_or_default());
    let yuan = |amount: Delta| amount.exact(Unit::Yuan);
    let (line, item) = (row.line, row.item);
    let way = line.map(|line| line.direction).or(item.map(|item| item.direction));
    let notes = [line.and_then(|line| line.note.clone()), item.and_then(|item| item.note.clone())];
    vec![
        text(Some(row.result.clone())),
        text(Some(row.why.clone())),
        text(line.map(|line| format!("{}!{}", line.sheet, line.cell))),
        text(line.map(|line| format::date(line.date))),
        text(way.map(|way| explain::way(l, way).to_owned())),
        text(line.and_then(|line| line.voucher.clone())),
        text(line.and_then(|line| line.payee.clone())),
        text(line.and_then(|line| line.memo.clone())),
        text(line.map(|line| yuan(line.amount))),
        item.map_or(TableCell::Text(String::new()), |item| TableCell::Number(item.seq)),
        text(item.map(|item| format::date(item.date))),
        text(item.and_then(|item| item.voucher.clone().or_else(|| item.document.clone()))),
        text(item.map(|item| item.project.name.clone())),
        text(item.map(|item| name::source(l, item.source).to_owned())),
        text(item.map(|item| yuan(Delta::from(item.amount)))),
        text(Some(notes.into_iter().flatten().collect::<Vec<_>>().join(" · "))),
    ]
}
