//! Every address the program answers × every role × every relation of areas, compared with a table that was written
//! from the text of the policy. A new address without a row fails here.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use domain::permission::Role;
use http::{StatusCode, header};
use server::routes::{self, Kind};
use std::collections::{BTreeMap, BTreeSet};
use tests::doors::things::{HERE, Things};
use tests::doors::{Relation, Thing, Who, fits, is_given, matrix, table};
use tests::world::World;

/// Kind of every address, by method and path.
fn kinds() -> BTreeMap<(String, String), Kind> {
    routes::all().into_iter().map(|route| ((route.method, route.path), route.kind)).collect()
}

#[tokio::test]
async fn the_table_names_every_address_and_no_other() {
    let program: BTreeSet<(String, String)> = kinds().into_keys().collect();
    assert!(program.len() > 40, "only {} addresses were found", program.len());
    let listed: Vec<(String, String)> = table().into_iter().map(|door| (door.method, door.path)).collect();
    let rows: BTreeSet<(String, String)> = listed.iter().cloned().collect();
    assert_eq!(rows.len(), listed.len(), "an address has two rows");
    let missing: Vec<_> = program.difference(&rows).collect();
    let gone: Vec<_> = rows.difference(&program).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "without a row: {missing:#?}\nwithout an address: {gone:#?}"
    );
}

#[tokio::test]
async fn what_is_public_is_listed_in_the_program_too() {
    let public: BTreeSet<String> =
        table().into_iter().filter(|door| door.who == Who::Public).map(|door| door.path).collect();
    assert_eq!(public, routes::PUBLIC.iter().map(|path| (*path).to_owned()).collect());
}

#[tokio::test]
async fn a_stranger_gets_in_nowhere_but_by_the_public_doors() {
    let world = World::sqlite().await;
    let things = Things::make(&world, &HERE).await;
    let kinds = kinds();
    for door in table() {
        let kind = kinds[&(door.method.clone(), door.path.clone())];
        let (path, sample) = things.fill(&world, &door, Relation::Own).await;
        let answer = door.open(&world, kind, &path, &sample, "").await;
        let place = format!("{} {}: {} {}", door.method, door.path, answer.status, answer.text());
        match (&door.who, kind) {
            (Who::Public, _) => assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{place}"),
            (_, Kind::Page | Kind::File) => {
                assert!(answer.status.is_redirection(), "{place}");
                assert!(answer.header(header::LOCATION).unwrap().starts_with("/login"), "{place}");
            }
            (_, Kind::Door | Kind::Api) => {
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{place}");
            }
        }
    }
}

#[tokio::test]
async fn every_door_opens_to_whom_it_should_and_for_what_lies_in_his_area() {
    World::on_both(async |world| {
        let things = Things::make(world, &HERE).await;
        let (kinds, matrix) = (kinds(), matrix());
        let mut wrong = Vec::new();
        for role in Role::ALL {
            world.person(role.code(), role, HERE[0].1).await;
        }
        for door in table().into_iter().filter(|door| door.who != Who::Public) {
            let kind = kinds[&(door.method.clone(), door.path.clone())];
            let relations = if matches!(door.thing, Thing::None | Thing::Country) {
                &Relation::ALL[..1]
            } else {
                &Relation::ALL[..]
            };
            for role in Role::ALL {
                let key = if kind == Kind::Api {
                    world.program(role.code(), "write").await.token
                } else {
                    world.cookie(role.code()).await
                };
                for relation in relations {
                    let (path, mut sample) = things.fill(world, &door, *relation).await;
                    if sample.contains("%own_token%") {
                        sample = sample.replace("%own_token%", &own_token(world, role.code()).await);
                    }
                    let answer = door.open(world, kind, &path, &sample, &key).await;
                    if !fits(answer.status, is_given(&door.who, role, &matrix), door.thing, *relation) {
                        let said: String = answer.text().chars().take(200).collect();
                        wrong.push(format!(
                            "{} {} as {} {relation:?}: {} {said}",
                            door.method,
                            door.path,
                            role.code(),
                            answer.status
                        ));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

/// Id of a token that the person just made.
async fn own_token(world: &World, login: &str) -> String {
    world.program(login, "read").await;
    let cookie = world.cookie(login).await;
    let tokens = world.get(&cookie, "/api/account/tokens").await.json();
    tokens.as_array().unwrap().last().unwrap()["token"].as_str().unwrap().to_owned()
}
