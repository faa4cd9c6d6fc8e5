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
    texts
        .map(Field::key)
        .chain(["user", "site", "file", "alias", "planner", "heading", "notice"].map(str::to_owned))
}

/// Whether a door can be asked for anything beside its own sample.
fn is_open_question(door: &Door) -> bool {
    door.method == "GET" && door.thing == Thing::None
}

/// The foreign word as a search.
fn words(foreign: &str) -> Vec<String> {
    ["q", "form[q]", "login", "form[login]"].map(|name| format!("{name}={foreign}")).to_vec()
}

/// Questions without the word: the foreign place, the whole pool.
fn places(foreign: &str) -> Vec<String> {
    let places = ["area", "form[area]"].map(|name| format!("{name}={}", foreign.trim_start_matches("zqx")));
    let pools = ["form[list]=pool", "list=pool"].map(str::to_owned);
    places.into_iter().chain(pools).collect()
}

/// Asks every door of a person and looks for the foreign word in all that comes back.
struct Search<'a> {
    world: &'a World,
    things: &'a Things,
    kinds: BTreeMap<(String, String), Kind>,
    mine: String,
    foreign: String,
    asked: usize,
    /// answers that held the own word: without these the search would be blind
    seen: usize,
}

impl Search<'_> {
    async fn ask(&mut self, keys: &Keys, door: &Door, relation: Relation, question: Option<&str>) {
        let (path, sample) = self.things.fill(self.world, door, relation).await;
        let kind = self.kinds[&(door.method.clone(), door.path.clone())];
        let key = if kind == Kind::Api { &keys.token } else { &keys.cookie };
        let text = question.unwrap_or(&sample);
        let answer = door.open(self.world, kind, &path, text, key).await;
        self.asked += 1;
        self.seen += usize::from(holds(&answer, &self.mine));
        let shown = String::from_utf8_lossy(&bytes(&answer)).to_lowercase();
        // What somebody asked for himself may be repeated to him, also by the trail; nothing of the thing may.
        let foreign = &self.foreign;
        let leaked = if question.is_some_and(|question| question.contains(foreign)) {
            endings().any(|ending| shown.contains(&format!("{foreign}{ending}")))
        } else {
            shown.contains(foreign)
        };
        assert!(!leaked, "{} {path}?{text} as {}: {shown}", door.method, keys.login);
    }
}

/// How one person comes in.
struct Keys {
    login: String,
    cookie: String,
    token: String,
}

impl Keys {
    async fn of(world: &World, role: Role, area: &str) -> Keys {
        let login = format!("one-{}", role.code());
        world.person(&login, role, area).await;
        let token = world.program(&login, "write").await.token;
        Keys { cookie: world.cookie(&login).await, token, login }
    }
}

#[tokio::test]
async fn no_byte_of_any_answer_holds_a_foreign_word() {
    World::on_both(async |world| {
        let (one, other) = (COUNTIES[0], COUNTIES[1]);
        let things = Things::make(world, &[(Relation::Own, one), (Relation::Beside, other)]).await;
        let (mine, foreign) = (word(one), word(other));
        let mut search = Search { world, things: &things, kinds: kinds(), mine, foreign, asked: 0, seen: 0 };
        let doors: Vec<Door> = table().into_iter().filter(|door| door.who != Who::Public).collect();
        let mut people = Vec::new();
        for role in ROLES {
            let mut keys = Keys::of(world, role, one).await;
            for door in &doors {
                search.ask(&keys, door, Relation::Own, None).await;
                if door.thing != Thing::None {
                    search.ask(&keys, door, Relation::Beside, None).await;
                }
                if is_open_question(door) {
                    for question in places(&search.foreign.clone()) {
                        search.ask(&keys, door, Relation::Own, Some(&question)).await;
                    }
                }
                // The door may have been the way out.
                if door.method != "GET" {
                    keys.cookie = world.cookie(&keys.login).await;
                }
            }
            people.push(keys);
        }
        // Only now: a search stands in the trail, and the trail of the own county may show it.
        for keys in &people {
            for door in doors.iter().filter(|door| is_open_question(door)) {
                for question in words(&search.foreign.clone()) {
                    search.ask(keys, door, Relation::Own, Some(&question)).await;
                }
            }
        }
        assert!(search.asked > 100, "only {} questions were asked", search.asked);
        assert!(search.seen > 20, "own words were seen only {} times: the search is blind", search.seen);
    })
    .await;
}
