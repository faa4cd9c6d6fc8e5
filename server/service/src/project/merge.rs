//! Two people at one project: which of one's own values meet values of somebody else. Writes nothing.

use crate::call::Call;
use crate::failure::Outcome;
use crate::list::conflict;
use contract::error::StaleField;
use domain::project::{Field, Value};
use std::collections::BTreeMap;
use store::Conn;
use store::project::Project;

/// The columns that this person changed since `version` and that stand otherwise now. A column that only somebody
/// else changed is none of them: the form shows the new value. One that nobody else changed is marked.
pub(crate) async fn conflicts(
    conn: &Conn,
    call: &Call,
    theirs: &Project,
    version: i64,
    yours: &[(Field, Option<Value>)],
) -> Outcome<Vec<StaleField>> {
    let mut base: BTreeMap<Field, Option<Value>> = BTreeMap::new();
    for past in store::import::past(conn, &call.scope(), &[theirs.id]).await? {
        if past.version_after > version {
            // The oldest change since then holds what the person saw.
            base.entry(past.field).or_insert(past.before);
        }
    }
    let met = yours.iter().filter_map(|(field, mine)| {
        let stands = theirs.facts.get(*field);
        let seen = base.get(field).unwrap_or(&stands);
        let is_met = *mine != stands && mine != seen;
        is_met.then(|| StaleField {
            only_yours: !base.contains_key(field) || *seen == stands,
            ..conflict(theirs, *field, mine.as_ref())
        })
    });
    Ok(met.collect())
}
