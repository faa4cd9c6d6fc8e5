//! 额度: what a source gives an area in a year, what is arranged of it, what is left. Knows no projects.

use super::notice::Notice;
use crate::area::AreaPath;
use crate::money::{Delta, Money};
use crate::period::FiscalYear;
use crate::source::Source;

/// Of which source, year and area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EnvelopeKey {
    pub source: Source,
    pub year: FiscalYear,
    /// Notices given to this area or one below count.
    pub area: AreaPath,
}

/// One envelope, in fen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub key: EnvelopeKey,
    /// 额度
    pub quota: Money,
    /// 已安排
    pub arranged: Money,
}

impl Envelope {
    /// The envelope that the notices make; `arranged` pairs each with the sum of its shares. `None` on overflow.
    pub fn of<'a>(
        key: EnvelopeKey,
        notices: impl IntoIterator<Item = (&'a Notice, Money)>,
    ) -> Option<Envelope> {
        let empty = Envelope { key, quota: Money::ZERO, arranged: Money::ZERO };
        notices.into_iter().try_fold(empty, |envelope, (notice, arranged)| {
            if !envelope.key.covers(notice) {
                return Some(envelope);
            }
            Some(Envelope {
                quota: envelope.quota.checked_add(notice.amount)?,
                arranged: envelope.arranged.checked_add(arranged)?,
                key: envelope.key,
            })
        })
    }

    /// 结余: quota − arranged, in fen; negative when more is arranged than given.
    pub const fn left(&self) -> Delta {
        self.quota.minus(self.arranged)
    }
}

impl EnvelopeKey {
    pub fn covers(&self, notice: &Notice) -> bool {
        self.source == notice.source && self.year == notice.year && self.area.contains(&notice.area)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::NoticeId;
    use uuid::Uuid;

    fn notice(area: &str, source: Source, fen: i64) -> Notice {
        Notice {
            id: NoticeId::new(Uuid::nil()),
            document: "x".into(),
            date: "2026-02-26".parse().unwrap(),
            source,
            year: FiscalYear::new(2026).unwrap(),
            area: AreaPath::new(area).unwrap(),
            amount: Money::from_fen(fen).unwrap(),
        }
    }

    #[test]
    fn only_notices_of_the_source_and_below_the_area_count_and_left_may_be_negative() {
        let key = EnvelopeKey {
            source: Source::Pbi,
            year: FiscalYear::new(2026).unwrap(),
            area: AreaPath::new("/100000/520000/520500/").unwrap(),
        };
        let notices = [
            notice("/100000/520000/520500/520526/", Source::Pbi, 100),
            notice("/100000/520000/520500/", Source::Pbi, 50),
            notice("/100000/520000/", Source::Pbi, 7),
            notice("/100000/520000/520500/", Source::Cbi, 9),
        ];
        let arranged = Money::from_fen(80).unwrap();
        let envelope = Envelope::of(key, notices.iter().map(|notice| (notice, arranged))).unwrap();
        assert_eq!((envelope.quota.fen(), envelope.arranged.fen(), envelope.left().fen()), (150, 160, -10));
    }
}
