//! Figures that documents state: shown with a verdict computed at that moment, and the choice of one to work with.
//! Knows no SQL and no arithmetic.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::once;
use crate::trail::taken;
use contract::error::FieldFault;
use contract::statement::{
    ChooseFigure, Figure, KeepShipped, KeptView, StatementLine, StatementListView, StatementQuery,
    StatementView, WorkingLine,
};
use domain::id::StatementId;
use domain::permission::Action;
use domain::statement::printed::Printed;
use domain::statement::remark::Remark;
use domain::statement::working::Choice;
use domain::statement::{Statement, shipped};
use std::collections::{BTreeMap, BTreeSet};
use store::Tx;
use store::statement::Chosen;

const CHOOSE: &str = "statement/choose";
const KEEP: &str = "statement/keep_shipped";

/// Everything of the person's area, each statement held against its basis now.
pub async fn list(call: &Call, (): ()) -> Outcome<StatementListView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewMoney, scope.area())?;
    let chosen = store::statement::choices(&conn, &scope, None).await?;
    // Oldest first: of several the last stays.
    let mut working: BTreeMap<StatementId, WorkingLine> =
        chosen.into_iter().map(|chosen| (chosen.statement, line(chosen))).collect();
    let kept = store::statement::list(&conn, &scope).await?;
    let lines = kept.into_iter().map(|kept| StatementLine {
        id: kept.id,
        checked: kept.statement.check(),
        statement: kept.statement,
        working: working.remove(&kept.id),
    });
    Ok(StatementListView {
        lines: lines.collect(),
        remarks: store::statement::remarks(&conn, &scope).await?,
        key: call.new_id().to_string(),
        may: call.abilities(scope.area()),
    })
}

/// The same as it goes out as a file.
pub async fn export(call: &Call, (): ()) -> Outcome<StatementListView> {
    let permit = call.permit(Action::ExportList, &call.area())?;
    let view = list(call, ()).await?;
    taken(call, &permit, "statement", format!("what=table rows={}", view.lines.len())).await?;
    Ok(view)
}

/// One statement with its parts and all choices.
pub async fn one(call: &Call, query: StatementQuery) -> Outcome<StatementView> {
    let conn = call.read().await?;
    let scope = call.scope();
    let kept = store::statement::load(&conn, &scope, query.statement.ok_or(Failure::NotFound)?).await?;
    call.permit(Action::ViewMoney, &kept.area_path)?;
    let chosen = store::statement::choices(&conn, &scope, Some(kept.id)).await?;
    Ok(StatementView {
        id: kept.id,
        checked: kept.statement.check(),
        statement: kept.statement,
        choices: chosen.into_iter().rev().map(line).collect(),
        key: call.new_id().to_string(),
        may: call.abilities(&kept.area_path),
    })
}

/// Signs the figure to work with; the statement stays as it is.
pub async fn choose(call: &Call, command: ChooseFigure) -> Outcome<StatementView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move { sign(&call, command).await }).await
}

async fn sign(call: &Call, command: ChooseFigure) -> Outcome<StatementView> {
    let tx = call.begin().await?;
    let kept = store::statement::load(&tx, &call.scope(), command.statement).await?;
    let permit = call.permit(Action::SignStatement, &kept.area_path)?;
    let query = StatementQuery { statement: Some(kept.id) };
    if once::before::<()>(&tx, &permit, CHOOSE, &command.key, &command).await?.is_some() {
        tx.rollback().await?;
        return one(call, query).await;
    }
    let choice = match command.figure {
        Figure::Stated => Choice::Stated,
        Figure::Computed(place) => Choice::Computed(place),
        Figure::Other(text) => {
            let printed = Printed::read(&text, kept.statement.printed().kind());
            Choice::Other(Box::new(printed.map_err(|_| Failure::field("other", FieldFault::Wrong))?))
        }
    };
    let working = kept.statement.choose(choice, &command.reason, call.user()?, call.now())?;
    store::statement::choose(&tx, &permit, kept.id, command.seen, &working).await?;
    once::settle(tx, &permit, CHOOSE, &command.key, ()).await?;
    one(call, query).await
}

/// Keeps the statements of the five public documents in the person's area, as an example to work on.
pub async fn keep_shipped(call: &Call, command: KeepShipped) -> Outcome<KeptView> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let permit = call.permit(Action::SignStatement, &call.area())?;
        let tx = call.begin().await?;
        if let Some(done) = once::before(&tx, &permit, KEEP, &command.key, &command).await? {
            return Ok(done);
        }
        let statements = shipped::statements().map_err(|fault| Failure::Unexpected(fault.to_string()))?;
        let kept = add(&tx, &call, statements, &shipped::remarks()).await?;
        once::settle(tx, &permit, KEEP, &command.key, kept).await
    })
    .await
}

/// Keeps statements and remarks in the person's area. What has a code that is kept there already is left out.
pub async fn keep(call: &Call, statements: Vec<Statement>, remarks: Vec<Remark>) -> Outcome<KeptView> {
    let tx = call.begin().await?;
    let kept = add(&tx, call, statements, &remarks).await?;
    tx.commit().await?;
    Ok(kept)
}

async fn add(tx: &Tx, call: &Call, statements: Vec<Statement>, remarks: &[Remark]) -> Outcome<KeptView> {
    let area = call.area();
    let permit = call.permit(Action::SignStatement, &area)?;
    let before = store::statement::list(tx, &call.scope()).await?;
    let own = before.iter().filter(|kept| kept.area_path == area);
    let known: BTreeSet<&str> = own.map(|kept| kept.statement.code()).collect();
    let new: Vec<(StatementId, i64, Statement)> = statements
        .into_iter()
        .zip(1_i64..)
        .filter(|(statement, _)| !known.contains(statement.code()))
        .map(|(statement, ordinal)| (StatementId::new(call.new_id()), ordinal, statement))
        .collect();
    store::statement::keep(tx, &permit, &new).await?;
    store::statement::keep_remarks(tx, &permit, remarks).await?;
    Ok(KeptView { statements: u32::try_from(new.len()).unwrap_or(u32::MAX) })
}

fn line(chosen: Chosen) -> WorkingLine {
    let working = chosen.working;
    WorkingLine {
        choice: working.choice().clone(),
        value: working.value(),
        kind: working.kind(),
        reason: working.reason().to_owned(),
        signed_by: chosen.signer_name,
        signed_at: working.signed_at().naive_utc(),
    }
}
