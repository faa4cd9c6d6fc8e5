//! A weak installation does not start, and every weakness is named with its cure. Settings are read in their order.
#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use chrono::{DateTime, Duration, Utc};
use clap::Parser;
use domain::area::AreaCode;
use domain::permission::Role;
use server::cli::Cli;
use server::config::Config;
use server::deploy::{of_data, of_settings};
use service::account::people;
use service::{App, Call, Clock, demo};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use store::account::AccountFacts;
use tests::world::World;

/// Set only in the process that `settings_are_read_in_their_order` starts.
const INNER: &str = "HOUFU_TEST_INNER";

fn fit(world: &World) -> Config {
    std::fs::set_permissions(world.folder(), std::fs::Permissions::from_mode(0o700)).unwrap();
    Config {
        public_origin: Some("https://houfu.example".into()),
        trusted_proxy: vec!["127.0.0.1".parse().unwrap()],
        ..(*world.state.config).clone()
    }
}

#[tokio::test]
async fn every_weakness_of_the_settings_is_named() {
    let world = World::sqlite().await;
    assert_eq!(of_settings(&fit(&world)), []);
    let one = |config: Config, word: &str| {
        let found = of_settings(&config);
        assert_eq!(found.len(), 1, "{word}: {found:?}");
        assert!(found[0].what.contains(word) && !found[0].cure.is_empty(), "{found:?}");
    };
    one(Config { public_origin: None, ..fit(&world) }, "public origin");
    one(Config { public_origin: Some("http://houfu.example".into()), ..fit(&world) }, "not https");
    one(Config { trusted_proxy: Vec::new(), ..fit(&world) }, "trusted proxy");
    one(Config { data: "/no/such/folder".into(), ..fit(&world) }, "/no/such/folder");
    let open = fit(&world);
    std::fs::set_permissions(world.folder(), std::fs::Permissions::from_mode(0o750)).unwrap();
    one(open, "others may look");
    let demo = fit(&world);
    std::fs::write(world.folder().join("demo"), "").unwrap();
    one(demo, "demo");
}

#[tokio::test]
async fn every_weakness_of_the_data_is_named() {
    World::on_both(async |world| {
        assert_eq!(of_data(&world.app).await.unwrap(), []);
        let facts = AccountFacts {
            login: demo::PEOPLE[0].login.to_owned(),
            name: "x".into(),
            role: Role::Planner,
            area: AreaCode::new("520000").unwrap(),
            disabled: false,
        };
        people::add(&Call::system(&world.app), facts, demo::PASSWORD.to_owned()).await.unwrap();
        let found = of_data(&world.app).await.unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].what.contains(demo::PEOPLE[0].login), "{found:?}");
        people::reset_password(&Call::system(&world.app), demo::PEOPLE[0].login, "a good long one".into())
            .await
            .unwrap();
        assert_eq!(of_data(&world.app).await.unwrap(), []);
        let slow = Late(world.app.now() - Duration::hours(1));
        let app = App::with_clock(world.app.db().clone(), world.folder().to_owned(), false, Arc::new(slow));
        let found = of_data(&app).await.unwrap();
        assert!(found.len() == 1 && found[0].what.contains("clock"), "{found:?}");
    })
    .await;
}

struct Late(DateTime<Utc>);

impl Clock for Late {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

async fn run(data: &Path, args: &[&str]) -> Result<ExitCode, String> {
    let folder = data.to_string_lossy().into_owned();
    let all = [&["houfu", "--data", &folder, "--listen", "127.0.0.1:0"], args].concat();
    Cli::try_parse_from(all)
        .map_err(|fault| fault.to_string())?
        .run()
        .await
        .map_err(|fault| fault.to_string())
}

#[tokio::test]
async fn a_production_server_does_not_start_weak() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    run(&data, &["migrate"]).await.unwrap();
    assert_eq!(std::fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
    let weak = run(&data, &["check", "--deploy"]).await.unwrap();
    assert_eq!(weak, ExitCode::from(1));
    let origin = ["--public-origin", "https://houfu.example"];
    let started = run(&data, &[&origin[..], &["serve"]].concat()).await.unwrap();
    assert_eq!(started, ExitCode::from(1), "no trusted proxy is named");
    let fit = [&origin[..], &["--trusted-proxy", "127.0.0.1", "check", "--deploy"]].concat();
    assert_eq!(run(&data, &fit).await.unwrap(), ExitCode::SUCCESS);
    for command in [&["verify", "--json"][..], &["routes", "--json"], &["openapi"], &["version"], &["backup"]]
    {
        assert_eq!(run(&data, command).await.unwrap(), ExitCode::SUCCESS, "{command:?}");
    }
    assert!(run(&data, &["check"]).await.is_err(), "what is to be checked must be said");
}

/// Parses what the outer test put into arguments and environment, in a process of its own.
#[test]
fn inner() {
    let Some(args) = std::env::var_os(INNER) else { return };
    let args = args.to_string_lossy().into_owned();
    let cli = Cli::parse_from(args.split('\n').filter(|arg| !arg.is_empty()));
    match Config::load(&cli.flags) {
        Ok(config) => println!("data={} listen={}.", config.data.display(), config.listen.port()),
        Err(fault) => println!("refused: {fault}"),
    }
}

#[test]
fn settings_are_read_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("houfu.toml");
    let said = |text: &str, environment: &[(&str, &str)], flags: &[&str]| {
        std::fs::write(&file, text).unwrap();
        let args = [&["houfu", "--config", &file.to_string_lossy()], flags, &["migrate"]].concat().join("\n");
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "deploy::inner", "--nocapture"])
            .env(INNER, args)
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let text = "data = \"/file\"\nlisten = \"127.0.0.1:9001\"\n";
    let environment = [("HOUFU_DATA", "/environment")];
    assert!(said("", &[], &[]).contains("data=data listen=8080."), "{}", said("", &[], &[]));
    assert!(said(text, &[], &[]).contains("data=/file listen=9001."));
    assert!(said(text, &environment, &[]).contains("data=/environment listen=9001."));
    assert!(said(text, &environment, &["--data", "/flag"]).contains("data=/flag listen=9001."));
    let unknown = said("dta = \"/x\"", &[], &[]);
    assert!(unknown.contains("refused") && unknown.contains("dta"), "{unknown}");
}

/// The example names every key, each commented out, and reads as it stands and with every comment taken away.
#[test]
fn the_example_of_the_settings_is_complete() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../houfu.example.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let load = |text: &str| {
        let path = folder.path().join("x.toml");
        std::fs::write(&path, text).unwrap();
        Config::load(&server::config::Flags { config: Some(path), ..Default::default() })
    };
    load(&text).unwrap();
    let options: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix('#')).collect();
    let options: Vec<&str> = options.into_iter().filter(|line| !line.starts_with(' ')).collect();
    load(&options.join("\n")).unwrap();
    let source =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../server/src/config.rs")).unwrap();
    let file = source.split("struct File {").nth(1).unwrap().split('}').next().unwrap();
    for key in file.lines().filter_map(|line| line.trim().split_once(':')).map(|(key, _)| key) {
        assert!(options.iter().any(|line| line.starts_with(&format!("{key} ="))), "{key} is not explained");
    }
}
