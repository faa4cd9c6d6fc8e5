//! 影响预览: what an edition would change, reckoned by the same code that changes it. Keeps nothing.

use crate::failure::Outcome;
use contract::jobs::edition::{CategoryChange, KindChange, Preview};
use domain::jobs::coefficient::Coefficients;
use domain::jobs::kind::Layer;
use domain::jobs::quantity::Kind;
use domain::permission::Scope;
use domain::project::Category;
use std::collections::{BTreeMap, BTreeSet};
use store::Conn;
use store::jobs::estimate::KeptLine;
use store::jobs::preview::{Both, compared};

type Changes = BTreeMap<Kind, ByCategory>;

/// Projects whose estimates change, and the totals of direct jobs before and after.
pub async fn of(conn: &Conn, scope: &Scope, coefficients: &Coefficients) -> Outcome<Preview> {
    let mut preview = Preview::default();
    let mut changes = Changes::new();
    compared(conn, scope, coefficients, |both| {
        preview.projects += 1;
        preview.changed += u32::from(add(&mut changes, both));
    })
    .await?;
    preview.kinds = changes.into_iter().map(kind).collect();
    Ok(preview)
}

/// True where a number of the project changes; the edition that it stands on is no number.
fn add(changes: &mut Changes, both: &Both) -> bool {
    let by_kind = |lines: &[KeptLine]| -> BTreeMap<Kind, domain::jobs::quantity::Range> {
        lines.iter().map(|line| (line.quantity.kind, line.quantity.range)).collect()
    };
    let (before, after) = (by_kind(&both.before), by_kind(&both.after));
    let kinds: BTreeSet<Kind> = before.keys().chain(after.keys()).copied().collect();
    for kind in kinds.into_iter().filter(|kind| kind.layer == Layer::Direct) {
        let (old, new) = (before.get(&kind).copied(), after.get(&kind).copied());
        let sums = changes.entry(kind).or_default().entry(both.category).or_default();
        sums.0 += u32::from(old != new);
        sums.1 += old.unwrap_or_default().standard();
        sums.2 += new.unwrap_or_default().standard();
    }
    before != after
}

/// By category: how many projects change, and the sums before and after in thousandths.
type ByCategory = BTreeMap<Option<Category>, (u32, i64, i64)>;

fn kind((kind, categories): (Kind, ByCategory)) -> KindChange {
    let one = |(category, (changed, before, after))| CategoryChange { category, changed, before, after };
    let categories: Vec<CategoryChange> = categories.into_iter().map(one).collect();
    KindChange {
        kind,
        changed: categories.iter().map(|one| one.changed).sum(),
        before: categories.iter().map(|one| one.before).sum(),
        after: categories.iter().map(|one| one.after).sum(),
        categories,
    }
}
