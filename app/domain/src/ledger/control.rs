//! The control matrix (entry kind × source): what happens when the order of stages would break. Decides; stores nothing.

use super::Refusal;
use super::entry::Entry;
use super::kind::Kind;
use super::position::{Breach, Position};
use crate::broken::{self, Broken};
use crate::id::UserId;
use crate::source::Source;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the matrix answers to a breach, the strictest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// 禁止: refused unless an exception is approved
    #[default]
    Stop,
    /// 提醒: goes in, the breach is shown
    Warn,
    /// 忽略: goes in; the nightly review still sees it
    Ignore,
}

/// The whole table; a cell that nobody set says stop.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Control {
    set: BTreeMap<(Kind, Source), Response>,
    validity: Validity,
}

/// Which edition of the table judges, and since when. Entries that an earlier one judged are not judged again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validity {
    /// 0 is the table that nobody edited: everything stops
    pub edition: i64,
    /// business date
    pub since: Option<NaiveDate>,
}

/// A named person answers for a breach, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    approver: UserId,
    reason: String,
}

/// The entry goes in: what the position becomes and what is to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    pub after: Position,
    /// Breaches that the entry makes or worsens and that are to be shown; none when the matrix ignores them.
    pub warnings: Vec<Breach>,
    /// The exception that was needed; it is kept with the entry and shows in the review.
    pub exception: Option<Exception>,
}

/// Why a stored matrix does not read. `part` is the piece at fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cell of the control matrix: {part}")]
pub struct ControlError {
    pub part: String,
}

/// Judges one entry against the position before it. Only what the entry itself breaks or worsens counts: an old breach
/// does not bar the entry that mends it.
pub fn decide(
    control: &Control,
    before: &Position,
    entry: &Entry,
    exception: Option<&Exception>,
) -> Result<Ruling, Refusal> {
    decide_together(control, before, std::slice::from_ref(entry), exception)
}

/// Judges entries of one position that are written together (an import, or the reversals that undo it) by where they end,
/// and by the strictest answer among their kinds: on the way back through history, its breaches come up again.
pub fn decide_together(
    control: &Control,
    before: &Position,
    entries: &[Entry],
    exception: Option<&Exception>,
) -> Result<Ruling, Refusal> {
    let after = before.apply_all(entries)?;
    let breaches = after.worsened_since(before);
    let source = before.key().source;
    if breaches.is_empty() || broken::is(Broken::Order) {
        return Ok(Ruling { after, warnings: breaches, exception: None });
    }
    let answers = entries.iter().map(|entry| control.get(entry.posting.movement.kind(), source));
    match (answers.min().unwrap_or_default(), exception) {
        (Response::Ignore, _) => Ok(Ruling { after, warnings: Vec::new(), exception: None }),
        (Response::Warn, _) => Ok(Ruling { after, warnings: breaches, exception: None }),
        (Response::Stop, None) => Err(Refusal::OutOfOrder { of: source, breaches, rule: control.validity }),
        (Response::Stop, Some(exception)) => {
            if entries.iter().any(|entry| entry.maker == exception.approver) {
                return Err(Refusal::OwnEntry);
            }
            Ok(Ruling { after, warnings: breaches, exception: Some(exception.clone()) })
        }
    }
}

impl Response {
    pub const ALL: [Response; 3] = [Response::Stop, Response::Warn, Response::Ignore];

    /// Stable code in the database and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Response::Stop => "stop",
            Response::Warn => "warn",
            Response::Ignore => "ignore",
        }
    }

    pub fn from_code(code: &str) -> Option<Response> {
        Response::ALL.into_iter().find(|response| response.code() == code)
    }
}

impl Control {
    pub fn get(&self, kind: Kind, source: Source) -> Response {
        self.set.get(&(kind, source)).copied().unwrap_or_default()
    }

    /// The same table with one cell set.
    #[must_use]
    pub fn with(mut self, kind: Kind, source: Source, response: Response) -> Control {
        match response {
            Response::Stop => self.set.remove(&(kind, source)),
            Response::Warn | Response::Ignore => self.set.insert((kind, source), response),
        };
        self
    }

    /// The same table as an edition that judges since a day.
    #[must_use]
    pub const fn valid(mut self, validity: Validity) -> Control {
        self.validity = validity;
        self
    }

    pub const fn validity(&self) -> Validity {
        self.validity
    }

    /// Cells that answer otherwise in `later`, with both answers.
    pub fn changes(&self, later: &Control) -> Vec<(Kind, Source, Response, Response)> {
        let both = self.cells().map(|(kind, source, before)| (kind, source, before, later.get(kind, source)));
        both.filter(|(_, _, before, after)| before != after).collect()
    }

    /// All cells, kinds first, for the one table an administrator sees.
    pub fn cells(&self) -> impl Iterator<Item = (Kind, Source, Response)> + '_ {
        Kind::ALL.into_iter().flat_map(move |kind| {
            Source::ALL.into_iter().map(move |source| (kind, source, self.get(kind, source)))
        })
    }

    /// Only the cells that do not stop: `pay.GBG=warn;transfer.OTH=ignore`. The default is the empty text.
    pub fn text(&self) -> String {
        let cell = |((kind, source), response): (&(Kind, Source), &Response)| {
            format!("{}.{}={}", kind.code(), source.code(), response.code())
        };
        self.set.iter().map(cell).collect::<Vec<_>>().join(";")
    }

    /// Reads [`Control::text`] back.
    pub fn parse(text: &str) -> Result<Control, ControlError> {
        text.split(';').filter(|part| !part.is_empty()).try_fold(Control::default(), |control, part| {
            let (kind, source, response) =
                cell(part).ok_or_else(|| ControlError { part: part.to_owned() })?;
            Ok(control.with(kind, source, response))
        })
    }
}

fn cell(part: &str) -> Option<(Kind, Source, Response)> {
    let (place, response) = part.split_once('=')?;
    let (kind, source) = place.split_once('.')?;
    Some((Kind::from_code(kind)?, Source::from_code(source)?, Response::from_code(response)?))
}

impl Exception {
    pub fn new(approver: UserId, reason: &str) -> Result<Exception, Refusal> {
        let reason = super::entry::stated(reason)?;
        Ok(Exception { approver, reason })
    }

    pub const fn approver(&self) -> UserId {
        self.approver
    }

    pub fn reason(&self) -> &str {
        &self.reason
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{EntryId, ProjectId};
    use crate::ledger::{Key, Months, Movement, Paper, PerStage, Posting, Signed, Stage, Totals};
    use crate::money::Money;
    use crate::period::{FiscalYear, Month};
    use uuid::Uuid;

    #[test]
    fn the_default_stops_everything_and_is_the_empty_text() {
        let control = Control::default();
        assert_eq!(control.cells().count(), 96);
        assert!(control.cells().all(|(_, _, response)| response == Response::Stop));
        assert_eq!(control.text(), "");
    }

    #[test]
    fn the_text_reads_back() {
        let control = Control::default()
            .with(Kind::Pay, Source::Gbg, Response::Warn)
            .with(Kind::Transfer, Source::Oth, Response::Ignore)
            .with(Kind::Pay, Source::Cbi, Response::Warn)
            .with(Kind::Pay, Source::Cbi, Response::Stop);
        assert_eq!(control.text(), "pay.GBG=warn;transfer.OTH=ignore");
        assert_eq!(Control::parse(&control.text()), Ok(control));
        assert_eq!(Control::parse("pay.XXX=warn").unwrap_err().part, "pay.XXX=warn");
    }

    #[test]
    fn what_changed_is_told_by_cell() {
        let before = Control::default().with(Kind::Pay, Source::Gbg, Response::Warn);
        let after = before.clone().with(Kind::Pay, Source::Gbg, Response::Stop).with(
            Kind::Disburse,
            Source::Oth,
            Response::Ignore,
        );
        assert_eq!(
            before.changes(&after),
            [
                (Kind::Disburse, Source::Oth, Response::Stop, Response::Ignore),
                (Kind::Pay, Source::Gbg, Response::Warn, Response::Stop),
            ]
        );
        assert_eq!(before.changes(&before), []);
    }

    #[test]
    fn an_old_breach_bars_what_worsens_it_and_nothing_else() {
        let key = Key {
            project: ProjectId::new(Uuid::nil()),
            source: Source::Cbi,
            year: FiscalYear::new(2026).unwrap(),
        };
        let money = |fen| Money::from_fen(fen).unwrap();
        let entered =
            PerStage { issued: money(100), received: money(80), disbursed: money(50), paid: money(60) };
        let before = Position::restore(key, Totals { entered, ..Totals::default() }).unwrap();
        let judge = |movement, fen| {
            let signed = Signed::new(UserId::new(Uuid::nil()), UserId::new(Uuid::max())).unwrap();
            let months = Months::new(Month::parse("2026-01").unwrap());
            let posting = Posting {
                movement,
                key,
                amount: money(fen),
                date: "2026-05-01".parse().unwrap(),
                paper: Paper::default(),
                payee: None,
                purpose: None,
                memo: None,
            };
            let entry = posting.enter(EntryId::new(Uuid::nil()), signed, &months).unwrap();
            decide(&Control::default(), &before, &entry, None).map(|ruling| ruling.warnings)
        };
        assert_eq!(judge(Movement::Disburse, 5), Ok(Vec::new()));
        assert_eq!(judge(Movement::Receive, 20), Ok(Vec::new()));
        let breach = Breach {
            earlier: Stage::Disbursed,
            later: Stage::Paid,
            limit: money(50),
            reached: money(61),
            over: money(11),
        };
        assert_eq!(
            judge(Movement::Pay, 1),
            Err(Refusal::OutOfOrder { of: Source::Cbi, breaches: vec![breach], rule: Validity::default() })
        );
    }
}
