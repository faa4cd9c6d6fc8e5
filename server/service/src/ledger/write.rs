//! The one way into the ledger: positions are held, then the head of the chain; then months are known, entries are made
//! and judged together, and written as a whole or not at all.

use crate::call::Call;
use crate::failure::Outcome;
use domain::area::{AreaCode, AreaPath};
use domain::id::EntryId;
use domain::ledger::{Breach, Control, Entry, Exception, Key, Months, decide_together};
use domain::period::{FiscalYear, Month};
use domain::permission::Permit;
use std::collections::{BTreeMap, BTreeSet};
use store::ledger::chain::{self, Head};
use store::ledger::position::{self, Held};
use store::ledger::{NewEntry, append, control, month};
use store::{Conn, Tx};

/// Books of areas: an area closes its own months, and with them those of everything under it.
pub(crate) struct Books {
    closed: BTreeMap<AreaCode, Months>,
    never_closed: Months,
}

impl Books {
    pub async fn load<'a>(conn: &Conn, paths: impl IntoIterator<Item = &'a AreaPath>) -> Outcome<Books> {
        let codes: BTreeSet<AreaCode> = paths.into_iter().flat_map(AreaPath::codes).collect();
        let codes: Vec<AreaCode> = codes.into_iter().collect();
        let mut closed = BTreeMap::new();
        for (code, closings) in month::closings(conn, &codes).await? {
            let closings: Vec<_> = closings.into_iter().map(|named| named.closing).collect();
            if let Some(first) = closings.first().map(|closing| closing.month) {
                closed.insert(code, Months::restore(first, closings)?);
            }
        }
        Ok(Books { closed, never_closed: Months::new(first_month()) })
    }

    /// Every month that was closed for an area, by itself or by one above it.
    pub fn closed(&self, area: &AreaPath) -> BTreeSet<Month> {
        let codes = area.codes();
        let all = codes.iter().filter_map(|code| self.closed.get(code));
        all.flat_map(Months::closings).map(|closing| closing.month).collect()
    }

    /// Of the books that an area lies in, those that are closed furthest.
    pub fn of(&self, area: &AreaPath) -> &Months {
        let codes = area.codes();
        let all = codes.iter().filter_map(|code| self.closed.get(code));
        // After the last year of the product nothing is open at all, which is furthest.
        all.max_by_key(|months| (months.open().is_none(), months.open())).unwrap_or(&self.never_closed)
    }
}

/// The first month that the product knows.
pub(crate) fn first_month() -> Month {
    let year = FiscalYear::new(1990).expect("the first year of the product");
    Month::new(year, 1).expect("January is a month")
}

/// Positions and the head of the chain in hand, until the transaction ends.
pub(crate) struct Desk {
    held: BTreeMap<Key, Held>,
    head: Head,
    books: Books,
    pub control: Control,
}

impl Desk {
    /// `keys` with the area in which a new position is to lie.
    pub async fn open(tx: &Tx, keys: &BTreeMap<Key, AreaPath>) -> Outcome<Desk> {
        let held = position::hold(tx, keys).await?;
        let head = chain::hold(tx).await?;
        // From here on nobody closes a month and nobody else writes.
        let books = Books::load(tx, held.values().map(|held| &held.area)).await?;
        let control = control::current(tx).await?;
        Ok(Desk { held, head, books, control })
    }

    /// Where the position lies.
    pub fn area(&self, key: &Key) -> Outcome<&AreaPath> {
        self.held.get(key).map(|held| &held.area).ok_or(crate::failure::Failure::NotFound)
    }

    pub fn months(&self, key: &Key) -> Outcome<&Months> {
        Ok(self.books.of(self.area(key)?))
    }

    /// Judges the entries of each position together and writes all of them; the answer is what is to be shown.
    pub async fn write(
        self,
        tx: &Tx,
        permit: &Permit,
        mut entries: Vec<NewEntry>,
        exception: Option<&Exception>,
    ) -> Outcome<Vec<Breach>> {
        let mut groups: BTreeMap<Key, (Vec<usize>, Vec<Entry>)> = BTreeMap::new();
        for (at, new) in entries.iter().enumerate() {
            let (places, group) = groups.entry(new.entry.posting.key).or_default();
            places.push(at);
            group.push(new.entry.clone());
        }
        let (mut positions, mut shown) = (Vec::with_capacity(groups.len()), Vec::new());
        for (key, (places, group)) in groups {
            let held = self.held.get(&key).ok_or(crate::failure::Failure::NotFound)?;
            let ruling = decide_together(&self.control, &held.position, &group, exception)?;
            if let Some(exception) = ruling.exception {
                // The entries that reach too far carry it; where none does, all of the position.
                let reaches = |at: &&usize| {
                    let kind = entries[**at].entry.posting.movement.kind();
                    ruling.warnings.iter().any(|breach| kind.reaches() == Some(breach.later))
                };
                let mut marked: Vec<usize> = places.iter().filter(reaches).copied().collect();
                if marked.is_empty() {
                    marked = places;
                }
                for at in marked {
                    entries[at].exception = Some(exception.clone());
                }
            }
            positions.push(ruling.after);
            shown.extend(ruling.warnings);
        }
        append(tx, permit, self.head, &entries, &positions).await?;
        Ok(shown)
    }
}

pub(crate) fn entry_id(call: &Call) -> EntryId {
    EntryId::new(call.new_id())
}
