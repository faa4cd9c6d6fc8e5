//! Books of monthly returns for the doors: a month that is long over, handed in and given back as a door needs it.

use super::key;
use crate::world::World;
use contract::dispatch::form::{BookForm, CellsForm, DecideForm, OpenForm, SubmitForm};
use contract::dispatch::{BookView, SiteLine};
use contract::form::Form;
use service::{Call, dispatch};
use std::collections::BTreeMap;

/// The city of the person who tries the doors, and a county of it in which the own book lies.
const CITY: &str = "520500";
const COUNTY: &str = "520524";

/// The book of an area.
pub async fn make(maker: &Call, area: &str) -> String {
    let area = if area == CITY { COUNTY } else { area };
    let form = OpenForm { month: "2024-02".into(), area: area.to_owned() };
    let opened = dispatch::open(maker, form.check().expect("a sound form")).await;
    opened.expect("the maker may open it").book.expect("one area was asked for").to_string()
}

async fn one(call: &Call, id: &str) -> BookView {
    let form = BookForm { book: id.to_owned() };
    dispatch::one(call, form.check().expect("a sound form")).await.expect("the maker sees it")
}

/// The version a person would see.
pub async fn version(world: &World, id: &str) -> i64 {
    one(&world.call("maker").await, id).await.head.version
}

/// Hands the book in, or gives it back, unless it stands so. A book that is open is filled, so that it can be handed in.
pub async fn stand(world: &World, id: &str, submitted: bool) {
    let maker = world.call("maker").await;
    let view = one(&maker, id).await;
    let is_in = view.head.standing.counts();
    if is_in && !submitted {
        let (book, version) = (id.to_owned(), view.head.version.to_string());
        let (verdict, reason) = ("return".to_owned(), "x".to_owned());
        let form = DecideForm { book, version, key: key(), verdict, reason };
        let given = dispatch::step::decide(&maker, form.check().expect("a sound form")).await;
        given.expect("whoever is above may give it back");
    }
    if !is_in {
        fill(&maker, id, &view).await;
    }
    if !is_in && submitted {
        let version = one(&maker, id).await.head.version.to_string();
        let form = SubmitForm { book: id.to_owned(), version, key: key() };
        let handed = dispatch::step::submit(&maker, form.check().expect("a sound form")).await;
        handed.expect("the maker may hand it in");
    }
}

/// Figures of every community; those of projects may be missing, since none of them stands on a list.
async fn fill(maker: &Call, id: &str, view: &BookView) {
    let cells = |line: &SiteLine| {
        let texts = ["labour", "employed", "zero_employment_households"].map(|key| (key, "0".to_owned()));
        let version = ("version", line.version.to_string());
        let cells: BTreeMap<String, String> =
            texts.into_iter().chain([version]).map(|(key, text)| (key.to_owned(), text)).collect();
        (line.site.to_string(), cells)
    };
    let sites = view.sites.iter().map(cells).collect();
    let form = CellsForm { book: id.to_owned(), sites, ..CellsForm::default() };
    dispatch::edit::edit(maker, form.check().expect("a sound form")).await.expect("the maker may fill it");
}
