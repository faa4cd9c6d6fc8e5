//! A word of its own stands in every text of every county. Whatever a person of one county asks, by page, door,
//! interface, file or error, no byte of the answer holds the word of another.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use domain::permission::Role;
use domain::project::Field;
use server::routes::{self, Kind};
use std::collections::BTreeMap;
use std::io::Read;
use tests::doors::things::{Things, word};
use tests::doors::{Door, Relation, Thing, Who, table};
use tests::world::{Answer, World};

const COUNTIES: [&str; 2] = ["520526", "522631"];
/// Roles that see the most: business facts, people and places, the trail.
const ROLES: [Role; 3] = [Role::Planner, Role::Administrator, Role::Auditor];

fn kinds() -> BTreeMap<(String, String), Kind> {
    routes::all().into_iter().map(|route| ((route.method, route.path), route.kind)).collect()
}

/// Headers and body, and what is packed in the body when it is a workbook.
fn bytes(answer: &Answer) -> Vec<u8> {
    let mut all = answer.body.clone();
    for (name, value) in &answer.headers {
        all.extend(name.as_str().as_bytes());
        all.extend(value.as_bytes());
    }
    if answer.body.starts_with(b"PK") {
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(&answer.body)).unwrap();
        for at in 0..book.len() {
            book.by_index(at).unwrap().read_to_end(&mut all).unwrap();
        }
    }
    all
}

fn holds(answer: &Answer, needle: &str) -> bool {
    let (all, needle) = (bytes(answer), needle.as_bytes());
    all.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
}

/// What follows the word in the texts of things.
fn endings() -> impl Iterator<Item = String> {
    let texts = Field::fixed().into_iter().filter(|field| field.kind() == domain::project::Kind::Text);
    texts.map(Field::key).chain(["user", "site", "file", "alias", "planner", "heading"].map(str::to_owned))
}

/// A door and what is asked beside its own sample: the foreign word as a search.
fn questions(door: &Door, sample: &str, foreign: &str) -> Vec<String> {
    let mut all = vec![sample.to_owned()];
    if door.method == "GET" && door.thing == Thing::None {
        for name in ["q", "form[q]", "login", "form[login]", "area", "form[area]"] {
            let value = if name.contains("area") { foreign.trim_start_matches("zqx") } else { foreign };
            all.push(format!("{name}={value}"));
        }
        all.push("form[list]=pool".to_owned());
        all.push("list=pool".to_owned());
    }
    all
}

#[tokio::test]
async fn no_byte_of_any_answer_holds_a_foreign_word() {
    World::on_both(async |world| {
        let kinds = kinds();
        let (one, other) = (COUNTIES[0], COUNTIES[1]);
        let things = Things::make(world, &[(Relation::Own, one), (Relation::Beside, other)]).await;
        let (mine, foreign) = (word(one), word(other));
        let (mut asked, mut seen) = (0, 0);
        for role in ROLES {
            let login = format!("one-{}", role.code());
            world.person(&login, role, one).await;
            let token = world.program(&login, "write").await.token;
            for door in table().into_iter().filter(|door| door.who != Who::Public) {
                let kind = kinds[&(door.method.clone(), door.path.clone())];
                let cookie = world.cookie(&login).await;
                let key = if kind == Kind::Api { &token } else { &cookie };
                let relations = if door.thing == Thing::None {
                    &[Relation::Own][..]
                } else {
                    &[Relation::Own, Relation::Beside][..]
                };
                for relation in relations {
                    let (path, sample) = things.fill(world, &door, *relation).await;
                    for question in questions(&door, &sample, &foreign) {
                        let answer = door.open(world, kind, &path, &question, key).await;
                        asked += 1;
                        seen += usize::from(holds(&answer, &mine));
                        let place = format!("{} {path}?{question} as {}", door.method, role.code());
                        let shown = String::from_utf8_lossy(&bytes(&answer)).to_lowercase();
                        // What the person asked for himself may be repeated to him; nothing of the thing may.
                        let leaked = if question.contains(&foreign) {
                            endings().any(|ending| shown.contains(&format!("{foreign}{ending}")))
                        } else {
                            shown.contains(&foreign)
                        };
                        assert!(!leaked, "{place}: {shown}");
                    }
                }
            }
        }
        assert!(asked > 100, "only {asked} questions were asked");
        assert!(seen > 20, "own words were seen only {seen} times: the search is blind");
    })
    .await;
}
