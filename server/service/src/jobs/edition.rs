//! Editions of job coefficients: drafts, handing on, and the word of a second person, after which everything is estimated
//! anew in the same transaction. One edition holds for the whole country, since estimates of all areas are added up.

mod preview;

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::ledger::view::instant;
use crate::once;
use chrono::NaiveDate;
use contract::error::{FieldErrors, FieldFault};
use contract::jobs::edition::{
    CoefficientLine, Decide, EditDraft, EditionLine, EditionView, EditionsView, MakeDraft, Propose,
};
use domain::area::AreaPath;
use domain::jobs::coefficient::{Coefficient, Coefficients, Key};
use domain::jobs::edition::{Edition, Refusal, State, Verdict, earliest, on};
use domain::mark::Mark;
use domain::permission::Action;
use std::collections::BTreeMap;
use store::jobs::edition::{self as kept, Kept};
use store::{Conn, Tx};

const DRAFT: &str = "coefficient/draft";

/// What holds today, and every edition that the person sees.
pub async fn list(call: &Call, (): ()) -> Outcome<EditionsView> {
    let conn = call.read().await?;
    call.permit(Action::ViewProjects, &call.area())?;
    let holding = Holding::load(&conn).await?;
    let current = holding.now(call.today());
    let editions = kept::list(&conn, &call.scope()).await?;
    Ok(EditionsView {
        editions: editions.into_iter().map(|one| line(one, current.edition)).collect(),
        current: current.edition,
        valid_from: current.valid_from,
        lines: lines(&current, None),
        area_name: store::area::load(&conn, &call.scope(), call.area().code()).await?.name,
        earliest: earliest(holding.last(), call.today()),
        key: call.new_id().to_string(),
        may: call.abilities(&AreaPath::root()),
    })
}

/// One edition with what it changes.
pub async fn one(call: &Call, number: Option<u32>) -> Outcome<EditionView> {
    let conn = call.read().await?;
    call.permit(Action::ViewProjects, &call.area())?;
    let holding = Holding::load(&conn).await?;
    let number = number.ok_or(Failure::NotFound)?;
    if number == 0 {
        return Ok(shipped(call, &holding));
    }
    let found = kept::load(&conn, &call.scope(), number).await?;
    let edition = found.edition.clone();
    let before = holding.without(&edition, call.today());
    let preview = match edition.state {
        State::InForce => None,
        State::Draft | State::Proposed | State::Returned => {
            Some(preview::of(&conn, &call.scope(), &edition.coefficients).await?)
        }
    };
    Ok(EditionView {
        lines: lines(&edition.coefficients, Some(&before)),
        before: before.edition,
        preview,
        is_own: call.actor().user() == Some(edition.made_by),
        earliest: earliest(holding.last(), call.today()),
        hindered: holding.hindered(&edition, &before, call.today()),
        key: call.new_id().to_string(),
        may: call.abilities(&edition.area),
        line: line(found, holding.now(call.today()).edition),
    })
}

/// The one that came with the product: it has no maker and follows nothing.
fn shipped(call: &Call, holding: &Holding) -> EditionView {
    let coefficients = Coefficients::shipped();
    let current = holding.now(call.today()).edition;
    EditionView {
        line: EditionLine {
            number: 0,
            area_name: String::new(),
            valid_from: coefficients.valid_from,
            state: State::InForce,
            reason: String::new(),
            made_by: None,
            made_at: None,
            decided_by: None,
            decided_at: None,
            verdict_reason: None,
            version: 0,
            is_current: current == 0,
        },
        lines: lines(&coefficients, None),
        before: 0,
        preview: None,
        is_own: false,
        earliest: earliest(holding.last(), call.today()),
        hindered: None,
        key: call.new_id().to_string(),
        may: call.abilities(&AreaPath::root()),
    }
}

/// A draft that begins as a copy of what holds.
pub async fn draft(call: &Call, command: MakeDraft) -> Outcome<u32> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let copy = async |conn: &Conn| Ok(Holding::load(conn).await?.now(call.today()).lines);
        let terms = Terms { key: &command.key, valid_from: command.valid_from, reason: &command.reason };
        begin(&call, DRAFT, terms, &command, copy).await
    })
    .await
}

/// What every new draft says of itself.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub key: &'a str,
    pub valid_from: NaiveDate,
    pub reason: &'a str,
}

/// Keeps a draft with the lines that `fill` finds, once under its key.
pub(super) async fn begin(
    call: &Call,
    route: &'static str,
    terms: Terms<'_>,
    command: &(impl std::fmt::Debug + Sync),
    fill: impl AsyncFnOnce(&Conn) -> Outcome<BTreeMap<Key, Coefficient>>,
) -> Outcome<u32> {
    let permit = call.permit(Action::EditCoefficients, &AreaPath::root())?;
    let tx = call.begin().await?;
    if let Some(number) = once::before(&tx, &permit, route, terms.key, command).await? {
        return Ok(number);
    }
    kept::hold(&tx).await?;
    let coefficients = Coefficients {
        edition: kept::next_number(&tx).await?,
        valid_from: terms.valid_from,
        lines: fill(&tx).await?,
    };
    let edition = Edition {
        coefficients,
        area: AreaPath::root(),
        state: State::Draft,
        reason: terms.reason.to_owned(),
        made_by: call.user()?,
    };
    kept::add(&tx, &permit, &edition).await?;
    once::settle(tx, &permit, route, terms.key, edition.number()).await
}

/// Other figures in a draft, or in what was given back.
pub async fn edit(call: &Call, command: EditDraft) -> Outcome<EditionView> {
    let number = command.number;
    let change = async move |call: Call| {
        let permit = call.permit(Action::EditCoefficients, &AreaPath::root())?;
        let tx = call.begin().await?;
        let found = held(&tx, &call, command.number, command.version).await?;
        let coefficients = edited(&found.edition.coefficients, &command)?;
        let after = found.edition.clone().edit(call.user()?, coefficients, command.reason)?;
        kept::save(&tx, &permit, &found, &after, None).await?;
        Ok(tx.commit().await?)
    };
    stepped(call, number, change).await
}

/// Hands a draft on.
pub async fn propose(call: &Call, command: Propose) -> Outcome<EditionView> {
    let change = async move |call: Call| {
        let permit = call.permit(Action::EditCoefficients, &AreaPath::root())?;
        let tx = call.begin().await?;
        let found = held(&tx, &call, command.number, command.version).await?;
        let holding = Holding::load(&tx).await?;
        let before = holding.without(&found.edition, call.today());
        let after = found.edition.clone().propose(call.user()?, &before, holding.last(), call.today())?;
        kept::save(&tx, &permit, &found, &after, None).await?;
        Ok(tx.commit().await?)
    };
    stepped(call, command.number, change).await
}

/// A second person puts it into force, and everything is estimated anew; or gives it back.
pub async fn decide(call: &Call, command: Decide) -> Outcome<EditionView> {
    let number = command.number;
    let change = async move |call: Call| {
        let permit = call.permit(Action::DecideCoefficients, &AreaPath::root())?;
        let tx = call.begin().await?;
        let found = held(&tx, &call, command.number, command.version).await?;
        let last = Holding::load(&tx).await?.last();
        let after = found.edition.clone().decide(call.user()?, &command.verdict, last, call.today())?;
        match &command.verdict {
            Verdict::Return { reason } => {
                kept::save(&tx, &permit, &found, &after, Some(Some(reason.as_str()))).await?;
            }
            Verdict::PutInForce => {
                kept::save(&tx, &permit, &found, &after, Some(None)).await?;
                // Months that are over go on by what was estimated then: lines that change are kept for them.
                store::jobs::estimate::rebuild(&tx, &permit).await?;
            }
        }
        Ok(tx.commit().await?)
    };
    stepped(call, number, change).await
}

/// Carries a step through and shows the edition after it.
async fn stepped<W>(
    call: &Call,
    number: u32,
    work: impl FnOnce(Call) -> W + Send + 'static,
) -> Outcome<EditionView>
where
    W: Future<Output = Outcome<()>> + Send + 'static,
{
    let own = call.clone();
    call.app().clone().see_through(async move { work(own).await }).await?;
    one(call, Some(number)).await
}

/// The edition, with all of them held, at the version that the person saw.
async fn held(tx: &Tx, call: &Call, number: u32, version: i64) -> Outcome<Kept> {
    kept::hold(tx).await?;
    let found = kept::load(tx, &call.scope(), number).await?;
    if found.version == version { Ok(found) } else { Err(Failure::Stale(Vec::new())) }
}

/// The lines of the form over those of the draft. Whoever gives another ground answers for it: a line is only as well
/// founded as the document that was cited for it.
fn edited(before: &Coefficients, command: &EditDraft) -> Outcome<Coefficients> {
    let mut errors = FieldErrors::new();
    let mut lines = before.lines.clone();
    for (key, typed) in &command.lines {
        let Some(line) = lines.get_mut(key) else { continue };
        let mark = if line.source == typed.source { line.mark } else { Mark::Known };
        let next = Coefficient {
            low: typed.low,
            standard: typed.standard,
            high: typed.high,
            unit: line.unit,
            price_year: typed.price_year,
            source: typed.source.clone(),
            mark,
        };
        if next.fault(*key).is_some() {
            errors.add(format!("standard[{}]", key.code()), FieldFault::Wrong);
        }
        *line = next;
    }
    errors.into_result()?;
    Ok(Coefficients { edition: before.edition, valid_from: command.valid_from, lines })
}

/// What is in force, over the one that came with the product.
pub(super) struct Holding {
    editions: Vec<Edition>,
}

impl Holding {
    pub async fn load(conn: &Conn) -> Outcome<Holding> {
        Ok(Holding { editions: kept::in_force(conn).await? })
    }

    /// The coefficients of a day.
    pub fn now(&self, day: NaiveDate) -> Coefficients {
        on(day, &AreaPath::root(), &self.editions)
            .map_or_else(Coefficients::shipped, |edition| edition.coefficients.clone())
    }

    /// First day of the last one that came into force.
    pub fn last(&self) -> Option<NaiveDate> {
        self.editions.iter().map(Edition::valid_from).max()
    }

    /// What one follows: of an edition in force the one before it, of any other what holds today.
    fn without(&self, edition: &Edition, today: NaiveDate) -> Coefficients {
        let day = match edition.state {
            State::InForce => edition.valid_from().pred_opt().unwrap_or(today),
            State::Draft | State::Proposed | State::Returned => today,
        };
        self.now(day)
    }

    /// What hinders it today, apart from who asks.
    fn hindered(&self, edition: &Edition, before: &Coefficients, today: NaiveDate) -> Option<Refusal> {
        let open = Edition { state: State::Draft, ..edition.clone() };
        match edition.state {
            State::InForce => None,
            State::Draft | State::Returned | State::Proposed => {
                open.propose(edition.made_by, before, self.last(), today).err()
            }
        }
    }
}

fn lines(now: &Coefficients, before: Option<&Coefficients>) -> Vec<CoefficientLine> {
    let line = |(key, line): (&Key, &Coefficient)| CoefficientLine {
        key: *key,
        now: line.clone(),
        before: before.and_then(|before| before.get(*key)).filter(|before| *before != line).cloned(),
    };
    now.lines.iter().map(line).collect()
}

fn line(found: Kept, current: u32) -> EditionLine {
    let edition = found.edition;
    EditionLine {
        number: edition.number(),
        area_name: found.area_name,
        valid_from: edition.valid_from(),
        state: edition.state,
        is_current: edition.state == State::InForce && edition.number() == current,
        reason: edition.reason,
        made_by: Some(found.maker_name),
        made_at: Some(instant(found.made_at)),
        decided_by: found.decider_name,
        decided_at: found.decided_at.map(instant),
        verdict_reason: found.verdict_reason,
        version: found.version,
    }
}
