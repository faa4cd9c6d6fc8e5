//! Fund notices of areas for proofs about doors, each with a split in the state that a door needs. Makes no other thing.

use super::{key, word};
use crate::world::World;
use contract::form::Form;
use contract::fund::command::{DecideSplit, NoticeQuery, SplitVerdict};
use contract::fund::form::{NoticeForm, ShareForm, SplitForm};
use contract::fund::{NoticeView, SplitStep};
use domain::permission::Role;
use service::{Call, fund};

/// A notice that a treasurer of the area registers; returns its id.
pub async fn make(world: &World, area: &str) -> String {
    let login = format!("{}treasurer", word(area));
    world.person(&login, Role::Treasurer, area).await;
    let form = NoticeForm {
        key: key(),
        document: format!("{}notice", word(area)),
        date: "2025-03-02".into(),
        source: "LOC".into(),
        year: "2025".into(),
        amount: "1000000".into(),
        ..NoticeForm::default()
    };
    let call = world.call(&login).await;
    let made = fund::register(&call, form.check().expect("a sound form")).await;
    made.expect("the treasurer may register it").line.notice.to_string()
}

/// The version a person would see who may see it.
pub async fn version(world: &World, notice: &str) -> i64 {
    one(&world.call("maker").await, notice).await.line.version
}

async fn one(call: &Call, notice: &str) -> NoticeView {
    let query = NoticeQuery { notice: notice.parse().expect("an id") };
    fund::one(call, query).await.expect("whoever lies above sees it")
}

/// The version of the split on its way, brought to where it waits or to where it can be changed.
pub async fn split(world: &World, notice: &str, project: &str, area: &str, waits: bool) -> String {
    let call = world.call(&format!("{}treasurer", word(area))).await;
    let before = one(&call, notice).await;
    let version = before.split.as_ref().map(|split| split.version.to_string()).unwrap_or_default();
    match (before.line.split, waits) {
        (Some(SplitStep::Submitted), true) | (Some(SplitStep::Draft | SplitStep::Returned), false) => version,
        (Some(SplitStep::Submitted), false) => {
            let version = before.split.map_or(0, |split| split.version);
            let notice = before.line.notice;
            let verdict = SplitVerdict::Withdraw;
            let command = DecideSplit { notice, version, key: key(), verdict };
            let after = fund::split::decide(&call, command).await.expect("its maker takes it back");
            after.split.map(|split| split.version.to_string()).expect("it is a draft again")
        }
        (None | Some(SplitStep::Draft | SplitStep::Returned), _) => {
            let share = ShareForm { project: project.into(), value: "1".into(), ..ShareForm::default() };
            let form = SplitForm {
                notice: notice.into(),
                version,
                key: key(),
                shares: vec![share],
                submit: if waits { "1".into() } else { String::new() },
                ..SplitForm::default()
            };
            let after = fund::split::save(&call, form.check().expect("a sound form")).await;
            let split = after.expect("the treasurer may split it").split.expect("it is on its way");
            split.version.to_string()
        }
    }
}
