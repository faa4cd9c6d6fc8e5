//! 系数实绩: what came true of estimates, by method and category, and the draft that the record speaks for.

use crate::call::Call;
use crate::failure::{Failure, Outcome};
use crate::jobs::edition::{Holding, Terms, begin};
use contract::error::Refusal;
use contract::jobs::record::{Adopt, Proposal, RecordLine, RecordView, WholeRecord};
use domain::area::AreaPath;
use domain::jobs::calibration::proposal::propose;
use domain::jobs::calibration::{Calibration, Case, Record, calibrate, held_out};
use domain::jobs::coefficient::{Coefficient, Coefficients, Key};
use domain::jobs::comparison::Measure;
use domain::jobs::edition::earliest;
use domain::jobs::kind::Population;
use domain::jobs::method::Method;
use domain::mark::Mark;
use domain::period::Month;
use domain::permission::{Action, Scope};
use domain::project::Category;
use std::collections::BTreeMap;
use store::Conn;
use store::jobs::record::{Asked, Line, lines, months};

const ADOPT: &str = "coefficient/adopt";

type Kind = (Method, Option<Category>);

/// The record up to a month, the latest with a return unless another is asked for.
pub async fn record(call: &Call, month: Option<Month>) -> Outcome<RecordView> {
    let conn = call.read().await?;
    let scope = call.scope();
    call.permit(Action::ViewProjects, scope.area())?;
    let months = months(&conn, &scope).await?;
    let month = month.or_else(|| months.first().copied());
    let holding = Holding::load(&conn).await?;
    let now = holding.now(call.today());
    let found = match month {
        Some(month) => Found::load(&conn, &scope, month, &now).await?,
        None => Found::default(),
    };
    let proposals = found.proposals(&now);
    Ok(RecordView {
        month,
        months,
        area_name: store::area::load(&conn, &scope, scope.area().code()).await?.name,
        whole: found.whole,
        lines: found.lines,
        proposals,
        edition: now.edition,
        earliest: earliest(holding.last(), call.today()),
        key: call.new_id().to_string(),
        may: call.abilities(&AreaPath::root()),
    })
}

/// Makes a draft of what the record speaks for. Its ground is the one that the person gives.
pub async fn adopt(call: &Call, command: Adopt) -> Outcome<u32> {
    let call = call.clone();
    let app = call.app().clone();
    app.see_through(async move {
        let fill = async |conn: &Conn| {
            let now = Holding::load(conn).await?.now(call.today());
            let found = Found::load(conn, &call.scope(), command.month, &now).await?;
            let proposals = found.proposals(&now);
            if proposals.is_empty() {
                return Err(Failure::Refused(Refusal::NoRecord));
            }
            let mut lines = now.lines;
            lines.extend(proposals.into_iter().map(|one| {
                let ground = command.reason.clone();
                (one.key, Coefficient { source: ground, mark: Mark::Found, ..one.next })
            }));
            Ok(lines)
        };
        let terms = Terms { key: &command.key, valid_from: command.valid_from, reason: &command.reason };
        begin(&call, ADOPT, terms, &command, fill).await
    })
    .await
}

/// Records of both measures.
#[derive(Default)]
struct Found {
    whole: Vec<WholeRecord>,
    lines: Vec<RecordLine>,
    by_key: BTreeMap<Key, Record>,
}

impl Found {
    async fn load(conn: &Conn, scope: &Scope, month: Month, now: &Coefficients) -> Outcome<Found> {
        let mut found = Found::default();
        for measure in Measure::ALL {
            let is_whole = match measure {
                Measure::Present => false,
                // The estimate is of the whole construction, and a return counts the people of its year.
                Measure::Taken => true,
            };
            let asked = Asked { month, measure: *measure, population: Population::All, is_whole };
            found.add(*measure, &lines(conn, scope, asked).await?, now);
        }
        Ok(found)
    }

    fn add(&mut self, measure: Measure, found: &[Line], now: &Coefficients) {
        let told: Vec<(&Line, Kind, Case)> = found.iter().filter_map(case).collect();
        let cases: Vec<(Kind, Case)> = told.iter().map(|(_, kind, case)| (*kind, *case)).collect();
        let Some(Calibration { whole, kinds }) = calibrate(&cases) else { return };
        let held_out = held_out(&cases);
        self.whole.push(WholeRecord { measure, spread: whole, held_out });
        // Only what stands on the coefficient of the edition that is to be multiplied speaks for it: the record of an
        // older one went into this one already, or was left out of it.
        let is_of_now = |line: &Line| line.edition == Some(i64::from(now.edition));
        let of_now: Vec<_> = told.iter().filter(|(line, ..)| is_of_now(line)).collect();
        let key = |kind| of_now.iter().find_map(|(line, of, _)| line.teaches.filter(|_| *of == kind));
        self.lines.extend(kinds.into_iter().map(|((method, category), record)| RecordLine {
            measure,
            method,
            category,
            key: key((method, category)),
            record,
        }));
        // Categories that stand on one coefficient speak for it together, against the record of all.
        let by_key: Vec<(Option<Key>, Case)> =
            of_now.iter().map(|(line, _, case)| (line.teaches, *case)).collect();
        let kinds = calibrate(&by_key).map(|found| found.kinds).unwrap_or_default();
        self.by_key.extend(kinds.into_iter().filter_map(|(key, record)| Some((key?, record))));
    }

    /// Coefficients that the record would change.
    fn proposals(&self, now: &Coefficients) -> Vec<Proposal> {
        let factors = self.by_key.iter().map(|(key, record)| (*key, record.factors)).collect();
        let next = propose(now, &factors);
        let proposal = |(key, record): (&Key, &Record)| {
            let (now, next) = (now.get(*key)?.clone(), next.get(key)?.clone());
            (now != next).then_some(Proposal { key: *key, record: *record, now, next })
        };
        self.by_key.iter().filter_map(proposal).collect()
    }
}

/// A project that tells something of its estimate: posts are filled and everybody who builds was taken on once it is
/// completed. A person's number teaches nothing of a coefficient.
fn case(line: &Line) -> Option<(&Line, Kind, Case)> {
    let method = line.method.filter(|_| line.stage.is_finished())?;
    Some((line, (method, line.category), line.project.case()?))
}
