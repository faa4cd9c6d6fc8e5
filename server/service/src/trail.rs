//! The line of the trail that a file leaves behind: the only writing of an export, in a short transaction of its own, so that
//! nobody waits while a whole table is read.

use crate::call::Call;
use crate::failure::Outcome;
use domain::permission::Permit;
use store::audit::Act;

/// Notes that the person took a file along; `object` says of what, `detail` which part of it.
pub(crate) async fn taken(call: &Call, permit: &Permit, object: &'static str, detail: String) -> Outcome<()> {
    let tx = call.begin().await?;
    store::audit::note(&tx, permit, Act { object, detail, ..Act::default() });
    Ok(tx.commit().await?)
}
