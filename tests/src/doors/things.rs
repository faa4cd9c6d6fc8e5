//! Things in some areas, made as people make them, and samples filled in with them. Every text of a thing carries the
//! word of its area, so that a proof can look for foreign words in any bytes.

mod bulletins;
mod editions;
pub mod notices;
pub mod returns;

use super::{Door, Relation, Thing};
use crate::world::{ADMIN, PASSWORD, World};
use contract::account::people::PersonQuery;
use contract::area::AliasForm;
use contract::attachment::UploadForm as UploadFileForm;
use contract::form::Form;
use contract::import::UploadForm;
use contract::ledger::reconcile::{BankFileForm, ReconciliationQuery, ReconciliationView, StepForm};
use contract::project::{ProjectQuery, SaveForm};
use contract::review::FindingQuery;
use contract::site::need::RecordNeedForm;
use contract::site::{SaveSiteForm, SiteQuery};
use contract::statement::StatementQuery;
use contract::wall::WallForm;
use domain::area::AreaCode;
use domain::id::{ProjectId, UserId};
use domain::ledger::reconcile::State;
use domain::permission::Role;
use domain::project::{Category, Field, Kind};
use domain::review::rule::RuleCode;
use domain::statement::printed::{Kind as Counts, Printed};
use domain::statement::{Basis, Source, Statement, Term};
use service::account::people;
use service::{Call, attachment, import, ledger, project, review, site, statement, wall};
use std::collections::BTreeMap;
use std::sync::Arc;
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

/// A key that was not given before.
pub fn key() -> String {
    format!("key-{:08}", number())
}

/// A number that was not given before.
fn number() -> u32 {
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
            let file = make_file(&maker, things.id(Thing::Project, *relation), area).await;
            things.ids.insert((Thing::File, *relation), file);
            things.ids.insert((Thing::Site, *relation), make_site(&maker, area).await);
            things.ids.insert((Thing::User, *relation), make_user(world, area).await);
            things.ids.insert((Thing::Import, *relation), make_import(world, area).await);
            things.ids.insert((Thing::Statement, *relation), make_statement(world, area).await);
            things.ids.insert((Thing::Finding, *relation), make_finding(world, area).await);
            things.ids.insert((Thing::Notice, *relation), notices::make(world, area).await);
            things.ids.insert((Thing::Reconciliation, *relation), make_reconciliation(world, area).await);
            things.ids.insert((Thing::Bulletin, *relation), bulletins::make(&maker, area).await);
            things.ids.insert((Thing::Return, *relation), returns::make(&maker, area).await);
        }
        things
    }

    pub fn id(&self, thing: Thing, relation: Relation) -> &str {
        self.ids.get(&(thing, relation)).map_or("", String::as_str)
    }

    /// Address and sample of a door about the thing in a relation.
    pub async fn fill(&self, world: &World, door: &Door, relation: Relation) -> (String, String) {
        let id = self.id(door.thing, relation);
        if door.sample.contains("%handed%") {
            hand_over(world, id, self.areas.get(&relation).copied().unwrap_or_default()).await;
        }
        if door.sample.contains("%submitted%") || door.sample.contains("%open%") {
            returns::stand(world, id, door.sample.contains("%submitted%")).await;
        }
        let version = version(world, door.thing, id).await;
        let area = self.areas.get(&relation).copied().unwrap_or_default();
        let mut sample = door.sample.clone();
        if sample.contains("%set%") {
            let (set, version) = change(world, id).await;
            sample = sample.replace("%set%", &set).replace("%version%", &version.to_string());
        }
        if sample.contains("%file%") {
            sample = sample.replace("%file%", &make_file(&world.call("maker").await, id, area).await);
        }
        if sample.contains("%alias%") {
            sample = sample.replace("%alias%", &teach(world, id).await);
        }
        if sample.contains("%need%") {
            sample = sample.replace("%need%", &make_need(&world.call("maker").await, id, area).await);
        }
        if sample.contains("%wall%") {
            sample = sample.replace("%wall%", &make_wall(world, area).await);
        }
        sample = editions::fill(world, sample).await;
        if sample.contains("%split%") {
            let project = self.id(Thing::Project, relation);
            let split = notices::split(world, id, project, area, sample.contains("verdict")).await;
            sample = sample.replace("%split%", &split);
        }
        if sample.contains("%stated%") {
            sample = sample.replace("%stated%", &stated(world, id).await);
        }
        let sample = sample
            .replace("%project%", self.id(Thing::Project, relation))
            .replace("%id%", id)
            .replace("%version%", &version.to_string())
            .replace("%area%", area)
            .replace("%handed%", "")
            .replace("%submitted%", "")
            .replace("%open%", "")
            .replace("%key%", &key())
            .replace("%n%", &number().to_string())
            .replace("%password%", &PASSWORD.replace(' ', "+"));
        (self.path(door, id, relation), sample)
    }

    fn path(&self, door: &Door, id: &str, relation: Relation) -> String {
        let holes = ["{id}", "{code}", "{attachment}"];
        let path = holes.iter().fold(door.path.clone(), |path, hole| path.replace(hole, id));
        path.replace("{project}", self.id(Thing::Project, relation))
            .replace("{list}", "1y")
            .replace("{rule}", "R46")
            .replace("{source}", "WFR")
            .replace("{number}", "0")
            .replace("{*file}", "x")
            .replace("{*rest}", "index.html")
    }
}

/// A key of a wall screen of an area; its id.
async fn make_wall(world: &World, area: &str) -> String {
    let form = WallForm { name: format!("wall {}", number()), area: area.to_owned(), ..WallForm::default() };
    let form = form.check().expect("a sound form");
    let made = wall::make(&world.call(ADMIN).await, form).await.expect("a key is made");
    made.line.wall.to_string()
}

/// Changes a project; the set of changes, and the version after it.
async fn change(world: &World, project: &str) -> (String, i64) {
    let maker = world.call("maker").await;
    let version = version(world, Thing::Project, project).await;
    let mut form = SaveForm {
        project: project.to_owned(),
        version: version.to_string(),
        key: key(),
        ..SaveForm::default()
    };
    form.values.insert("posts".into(), number().to_string());
    project::save(&maker, form.check().expect("a sound form")).await.expect("the maker may change it");
    let query = ProjectQuery { project: project.parse().expect("an id") };
    let history = service::history::of_project(&maker, query).await.expect("the maker sees it");
    let last = history.lines.first().expect("there is a change");
    (last.change_set.to_string(), history.version)
}

/// The version of what is stated for the estimate of a project.
async fn stated(world: &World, project: &str) -> String {
    let query = ProjectQuery { project: project.parse().expect("an id") };
    let view = service::jobs::one(&world.call("maker").await, query).await;
    view.expect("the maker sees it").version.to_string()
}

async fn teach(world: &World, code: &str) -> String {
    let alias = format!("{}alias{}", word(code), number());
    let form = AliasForm { code: code.to_owned(), alias: alias.clone() };
    let admin = world.call(ADMIN).await;
    service::area::tree::teach(&admin, form.check().expect("a sound form")).await.expect("may teach");
    alias
}

async fn make_file(maker: &Call, project: &str, area: &str) -> String {
    let form = UploadFileForm {
        project: project.to_owned(),
        key: key(),
        gate: String::new(),
        file_name: format!("{}file{}.pdf", word(area), number()),
        bytes: Arc::new(format!("%PDF-1.4\n{}\n%%EOF\n", number()).into_bytes()),
    };
    let kept = attachment::upload(maker, form.check().expect("a sound form")).await;
    kept.expect("the maker may attach").attachment.to_string()
}

/// A community with the word of its area in its name; returns its id.
pub async fn make_site(maker: &Call, area: &str) -> String {
    let mut form = SaveSiteForm { key: key(), ..SaveSiteForm::default() };
    for (field, text) in [("name", format!("{}site", word(area))), ("area", area.to_owned())] {
        form.values.insert(field.to_owned(), text);
    }
    let made = site::save(maker, form.check().expect("a sound form")).await;
    made.expect("the maker may make it").site.to_string()
}

/// An open need of a community; returns its id.
async fn make_need(maker: &Call, site: &str, area: &str) -> String {
    let form = RecordNeedForm {
        site: site.to_owned(),
        key: key(),
        title: format!("{}need", word(area)),
        category: Category::Employment.code().to_owned(),
        ..RecordNeedForm::default()
    };
    let kept = site::need::record(maker, form.check().expect("a sound form")).await;
    kept.expect("the maker may record it").need.to_string()
}

/// A project with the word in every text column.
async fn make_project(maker: &Call, area: &str) -> String {
    let mut form = SaveForm { key: key(), ..SaveForm::default() };
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
    world.account(&login).await.id.to_string()
}

/// An import of somebody who works in the area.
async fn make_import(world: &World, area: &str) -> String {
    let login = format!("{}planner", word(area));
    world.person(&login, Role::Planner, area).await;
    let file_name = format!("{}file.csv", word(area));
    let bytes = format!("{}heading,b\n1,2\n", word(area)).into_bytes();
    let form = UploadForm { key: key(), file_name, bytes };
    let call = world.call(&login).await;
    let upload = import::upload::upload(&call, form.check().expect("a sound form")).await;
    upload.expect("the planner may upload").to_string()
}

/// A statement that a reviewer of the area keeps.
async fn make_statement(world: &World, area: &str) -> String {
    let login = format!("{}reviewer", word(area));
    world.person(&login, Role::Reviewer, area).await;
    let call = world.call(&login).await;
    let text = |what: &str| format!("{}{what}", word(area));
    let source = Source { document: text("document"), locator: text("place"), words: text("12人") };
    let printed = Printed::read("12人", Counts::Persons).expect("a figure");
    let part = Term::assumed(text("part"), printed.clone());
    let stated = Term::cited(text("figure"), printed, source);
    let kept = Statement::new(text("code"), stated, Basis::parts([part]));
    statement::keep(&call, vec![kept], Vec::new()).await.expect("the reviewer may keep it");
    let view = statement::list(&call, ()).await.expect("the reviewer sees it");
    let made = view.lines.iter().find(|line| line.statement.code() == text("code"));
    made.expect("it was kept").id.to_string()
}

/// A finding in the area: a project whose sources do not add up to its total, and the rules run over it.
async fn make_finding(world: &World, area: &str) -> String {
    let reviewer = world.call(&format!("{}reviewer", word(area))).await;
    finding(&world.call("maker").await, &reviewer, area).await
}

/// The same by two people who are there.
pub async fn finding(maker: &Call, reviewer: &Call, area: &str) -> String {
    let mut form = SaveForm { key: key(), ..SaveForm::default() };
    let values = [
        ("name", format!("{}name", word(area))),
        ("area", area.to_owned()),
        ("total", "100".to_owned()),
        ("source.CBI", "40".to_owned()),
    ];
    form.values.extend(values.map(|(field, text)| (field.to_owned(), text)));
    let made = project::save(maker, form.check().expect("a sound form")).await;
    let project = made.expect("the maker may make it").project;
    review::walk::run(reviewer, ()).await.expect("the reviewer runs the rules");
    let query = FindingQuery {
        rule: Some(RuleCode::R01),
        project: Some(project),
        single: true,
        ..FindingQuery::default()
    };
    let desk = review::desk(reviewer, query).await.expect("the reviewer sees the desk");
    desk.lines.first().expect("the rule found it").finding.id.to_string()
}

/// A bank's export that a treasurer of the area brings, who came with its notice.
async fn make_reconciliation(world: &World, area: &str) -> String {
    let login = format!("{}treasurer", word(area));
    let text = |what: &str| format!("{}{what}", word(area));
    let form = BankFileForm {
        key: key(),
        file_name: text("bank.csv"),
        bytes: format!(
            "日期,凭证号,金额（元）,收支,对方户名,摘要\n2026-01-05,{},7.00,支出,{},{}\n",
            text("voucher"),
            text("payee"),
            text("memo")
        )
        .into_bytes(),
        ..BankFileForm::default()
    };
    let call = world.call(&login).await;
    let view = ledger::reconcile::bring(&call, form.check().expect("a sound form")).await;
    view.expect("the treasurer may bring it").head.reconciliation.to_string()
}

async fn reconciliation(call: &Call, id: &str) -> ReconciliationView {
    let query = ReconciliationQuery { reconciliation: Some(id.parse().expect("an id")) };
    ledger::reconcile::one(call, query).await.expect("the maker sees it")
}

/// Hands an open reconciliation over to whoever signs.
async fn hand_over(world: &World, id: &str, area: &str) {
    let call = world.call(&format!("{}treasurer", word(area))).await;
    let view = reconciliation(&call, id).await;
    if view.head.state == State::Open {
        let form = StepForm {
            reconciliation: id.to_owned(),
            seen: view.seen.to_string(),
            key: key(),
            act: "submit".into(),
            ..StepForm::default()
        };
        let handed = ledger::reconcile::step(&call, form.check().expect("a sound form")).await;
        handed.expect("the treasurer may hand it over");
    }
}

/// The version a person would see who may see it.
async fn version(world: &World, thing: Thing, id: &str) -> i64 {
    match thing {
        Thing::Project => {
            let project: ProjectId = id.parse().expect("an id");
            let query = ProjectQuery { project };
            project::one(&world.call("maker").await, query).await.expect("the maker sees it").version
        }
        Thing::User => {
            let user: UserId = id.parse().expect("an id");
            let query = PersonQuery { user: Some(user) };
            let view = people::one(&world.call(ADMIN).await, query).await;
            view.expect("the administrator sees everybody").person.version
        }
        Thing::Site => {
            let query = SiteQuery { site: Some(id.parse().expect("an id")) };
            site::one(&world.call("maker").await, query).await.expect("the maker sees it").version
        }
        Thing::Area => {
            let code = AreaCode::new(id).expect("a code");
            service::area::one(&world.call("maker").await, code).await.expect("the maker sees it").version
        }
        Thing::Statement => {
            let query = StatementQuery { statement: Some(id.parse().expect("an id")) };
            let view = statement::one(&world.call("maker").await, query).await;
            i64::try_from(view.expect("the maker sees it").choices.len()).expect("few choices")
        }
        Thing::Finding => {
            let id = Some(id.parse().expect("an id"));
            review::one(&world.call("maker").await, id).await.expect("the maker sees it").line.version
        }
        Thing::Notice => notices::version(world, id).await,
        Thing::Bulletin => bulletins::version(&world.call("maker").await, id).await,
        Thing::Return => returns::version(world, id).await,
        Thing::Reconciliation => reconciliation(&world.call("maker").await, id).await.seen,
        Thing::None | Thing::Import | Thing::File | Thing::Country => 1,
    }
}
