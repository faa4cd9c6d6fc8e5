//! Documents of a quarter in some areas, begun as a planner does it.

use super::key;
use contract::bulletin::{BeginForm, BulletinForm};
use contract::form::Form;
use service::{Call, bulletin};

/// A document of the area; returns its id.
pub async fn make(maker: &Call, area: &str) -> String {
    let form = BeginForm { key: key(), area: area.to_owned(), period: "2025-Q3".into(), like: String::new() };
    let made = bulletin::begin(maker, form.check().expect("a sound form")).await;
    made.expect("the maker may begin it").head.bulletin.to_string()
}

/// The version a person would see.
pub async fn version(maker: &Call, id: &str) -> i64 {
    let form = BulletinForm { bulletin: id.to_owned() };
    let view = bulletin::one(maker, form.check().expect("a sound form")).await;
    view.expect("the maker sees it").head.version
}
