//! Things in some areas, made as people make them, and samples filled in with them. Every text of a thing carries the
//! word of its area, so that a proof can look for foreign words in any bytes.

use super::{Door, Relation, Thing};
use crate::world::{ADMIN, PASSWORD, World};
use contract::account::people::PeopleQuery;
use contract::form::Form;
use contract::import::UploadForm;
use contract::project::SaveForm;
use domain::id::{ProjectId, UserId};
use domain::permission::Role;
use domain::project::{Field, Kind};
use service::{Call, import, project};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

/// The city from which everything is seen, with what lies below, above and beside it.
pub const HERE: [(Relation, &str); 4] = [
    (Relation::Own, "520500"),
    (Relation::Below, "520526"),
    (Relation::Above, "520000"),
    (Relation::Beside, "520300"),
];

static COUNT: AtomicU32 = AtomicU32::new(10_000);

/// Things by kind and relation.
pub struct Things {
    areas: BTreeMap<Relation, &'static str>,
    ids: BTreeMap<(Thing, Relation), String>,
}

/// The word in every text of an area; no other text holds it.
pub fn word(area: &str) -> String {
    format!("zqx{area}")
}

/// A number that was not given before.
pub fn number() -> u32 {
    COUNT.fetch_add(1, Ordering::Relaxed)
}

impl Things {
    /// One of each kind in each area.
    pub async fn make(world: &World, places: &[(Relation, &'static str)]) -> Things {
        let mut things = Things { areas: places.iter().copied().collect(), ids: BTreeMap::new() };
        if service::account::call_as(&world.app, "maker").await.is_err() {
            world.person("maker", Role::Planner, "100000").await;
        }
        let maker = world.call("maker").await;
        for (relation, area) in places {
            things.ids.insert((Thing::Area, *relation), (*area).to_owned());
            things.ids.insert((Thing::Project, *relation), make_project(&maker, area).await);
            things.ids.insert((Thing::User, *relation), make_user(world, area).await);
            things.ids.insert((Thing::Import, *relation), make_import(world, area).await);
        }
        things
    }

    pub fn id(&self, thing: Thing, relation: Relation) -> &str {
        self.ids.get(&(thing, relation)).map_or("", String::as_str)
    }

    /// Address and sample of a door about the thing in a relation.
    pub async fn fill(&self, world: &World, door: &Door, relation: Relation) -> (String, String) {
        let id = self.id(door.thing, relation);
        let version = version(world, door.thing, id).await;
        let fill = |text: &str| {
            text.replace("%id%", id)
                .replace("%version%", &version.to_string())
                .replace("%area%", self.areas.get(&relation).copied().unwrap_or_default())
                .replace("%key%", &format!("key-{:08}", number()))
                .replace("%n%", &number().to_string())
                .replace("%password%", &PASSWORD.replace(' ', "+"))
        };
        let holes = ["{id}", "{code}"];
        let path = holes.iter().fold(door.path.clone(), |path, hole| path.replace(hole, id));
        let path = path.replace("{list}", "1y").replace("{*file}", "x").replace("{*rest}", "index.html");
        (path, fill(&door.sample))
    }
}

/// A project with the word in every text column.
async fn make_project(maker: &Call, area: &str) -> String {
    let mut form = SaveForm { key: format!("key-make-{area}-{}", number()), ..SaveForm::default() };
    for field in Field::fixed().into_iter().filter(|field| field.kind() == Kind::Text) {
        form.values.insert(field.key(), format!("{}{}", word(area), field.key()));
    }
    form.values.insert("area".into(), area.to_owned());
    let command = form.check().expect("a sound form");
    project::save(maker, command).await.expect("the maker may make it").project.to_string()
}

async fn make_user(world: &World, area: &str) -> String {
    let login = format!("{}user", word(area));
    world.person(&login, Role::Leader, area).await;
    let sought = PeopleQuery { text: login.clone(), ..everybody() };
    let people = service::account::people::list(&world.call(ADMIN).await, sought).await;
    let people = people.expect("the administrator sees everybody").rows;
    people.iter().find(|person| person.login == login).expect("just made").user.to_string()
}

/// An import of somebody who works in the area.
async fn make_import(world: &World, area: &str) -> String {
    let login = format!("{}planner", word(area));
    world.person(&login, Role::Planner, area).await;
    let file_name = format!("{}file.csv", word(area));
    let bytes = format!("{}heading,b\n1,2\n", word(area)).into_bytes();
    let form = UploadForm { key: format!("key-{}", number()), file_name, bytes };
    let call = world.call(&login).await;
    let upload = import::upload::upload(&call, form.check().expect("a sound form")).await;
    upload.expect("the planner may upload").to_string()
}

/// The version a person would see who may see it.
async fn version(world: &World, thing: Thing, id: &str) -> i64 {
    match thing {
        Thing::Project => {
            let project: ProjectId = id.parse().expect("an id");
            let query = contract::project::ProjectQuery { project };
            project::one(&world.call("maker").await, query).await.expect("the maker sees it").version
        }
        Thing::User => {
            let id: UserId = id.parse().expect("an id");
            let people = service::account::people::list(&world.call(ADMIN).await, everybody()).await;
            let people = people.expect("the administrator sees everybody").rows;
            people.iter().find(|person| person.user == id).map_or(1, |person| person.version)
        }
        Thing::None | Thing::Site | Thing::Area | Thing::Import | Thing::File => 1,
    }
}

/// A question that leaves nobody out.
fn everybody() -> PeopleQuery {
    PeopleQuery { text: String::new(), role: None, area: None, disabled: None, page: None }
}
