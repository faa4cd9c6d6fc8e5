//! Holds the floors and the house style. Every rule is tried on the tree, and once on a planted fault, so that no
//! rule can go blind unseen.

use tests::arch::floors::{self, Arrow};
use tests::arch::{Source, files, screens, sources};

/// Folders with code of ours.
const CODE: [&str; 6] = ["app", "server", "migrations", "frontend", "tests", "xtask"];
/// Classes that belong to no component: states, hidden text, the pages before sign-in, and the parts that are
/// style only. A new one is a reviewed change of this list.
const EVERYWHERE: [&str; 11] =
    ["is", "visually", "door", "input", "panel", "notice", "table", "cards", "sel", "alone", "tab"];

fn code() -> Vec<Source> {
    CODE.iter().flat_map(|folder| sources(folder, &[".rs"])).collect()
}

fn planted(path: &str, text: &str) -> Vec<Source> {
    vec![Source { path: path.into(), text: text.into() }]
}

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

fn arrow(from: &str, to: &str) -> Vec<Arrow> {
    vec![Arrow { from: from.into(), to: to.into(), is_optional: false }]
}

#[test]
fn arrows_point_down() {
    let arrows = floors::declared();
    assert!(arrows.len() > 50, "cargo metadata named only {} arrows", arrows.len());
    none(floors::offences(&arrows));
    for (from, to) in [
        ("domain", "tokio"),
        ("domain", "contract"),
        ("contract", "store"),
        ("store", "service"),
        ("service", "words"),
        ("service", "axum"),
        ("app", "service"),
        ("app", "store"),
        ("frontend", "service"),
        ("store", "leptos"),
        ("service", "sea-orm"),
        ("unknown", "domain"),
    ] {
        assert!(!floors::offences(&arrow(from, to)).is_empty(), "{from} -> {to} would pass");
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    none(files::without_header(&code()));
    assert_eq!(files::without_header(&planted("a.rs", "use std::fs;\n")).len(), 1);
}

#[test]
fn no_file_has_a_second_subject() {
    none(files::too_long(&code()));
    assert_eq!(files::too_long(&planted("a.rs", &"x\n".repeat(401))).len(), 1);
}

#[test]
fn no_module_file_is_nameless() {
    none(files::named_mod(&code()));
    assert_eq!(files::named_mod(&planted("app/src/list/mod.rs", "")).len(), 1);
}

#[test]
fn no_lint_is_silenced_without_reason() {
    none(files::silenced(&code()));
    assert_eq!(files::silenced(&planted("a.rs", concat!("#[", "allow(dead_code)]"))).len(), 1);
}

#[test]
fn no_sentence_stands_outside_words() {
    none(screens::literal_words(&sources("app/src", &[".rs"])));
    for text in [
        "fn a() { view! { <p>\"Save changes\"</p> } }",
        "fn a() { view! { <p title=\"Close\">{x}</p> } }",
        "fn a() { let x = \"保存\"; }",
    ] {
        assert_eq!(screens::literal_words(&planted("a.rs", text)).len(), 1, "{text}");
    }
    assert!(
        screens::literal_words(&planted("a.rs", "view! { <p class=\"field-hint\">{t(x)}\" · \"</p> }"))
            .is_empty()
    );
}

#[test]
fn one_gate_leads_to_the_server() {
    let gates = screens::gates(&sources("app/src", &[".rs"]));
    assert_eq!(gates.len(), 1, "the bridge is the only gate:\n{}", gates.join("\n"));
    let two = "#[cfg(feature = \"ssr\")]\nmod bridge;\n#[cfg(not(feature = \"ssr\"))]\nmod b;\n";
    assert_eq!(screens::gates(&planted("app/src/lib.rs", two)).len(), 2);
}

#[test]
fn a_door_is_one_line_with_an_address() {
    let screens_code = sources("app/src", &[".rs"]);
    assert!(screens_code.iter().any(|file| file.text.contains("#[server(")), "no door was found at all");
    none(screens::thick_doors(&screens_code));
    none(screens::writing_reads(&screens_code));
    let thick = "#[server(prefix = \"/api\", endpoint = \"a/b\")]\npub async fn b() -> X {\n    let a = 1;\n    a\n}\n";
    assert_eq!(screens::thick_doors(&planted("a.rs", thick)).len(), 1);
    let nameless = "#[server]\n".replace("server]", "server(input = GetUrl)]")
        + "pub async fn b() -> X {\n    crate::bridge::write(&f, service::a::b).await\n}\n";
    assert_eq!(screens::thick_doors(&planted("a.rs", &nameless)).len(), 1);
    assert_eq!(screens::writing_reads(&planted("a.rs", &nameless)).len(), 1);
}

#[test]
fn a_class_carries_the_name_of_its_slice_or_part() {
    for sheet in sources("app/src", &[".css"]) {
        none(screens::stray_classes(&sheet, &names_beside(&sheet)));
    }
    let bad = Source {
        path: "app/src/list/list.css".into(),
        text: ".list-row { top: .5rem }\n.row { top: 0 }".into(),
    };
    assert_eq!(screens::stray_classes(&bad, &["list".into()]).len(), 1);
}

/// Names that a sheet may use: the files and folders of `parts`, the slices, the frame.
fn names_beside(sheet: &Source) -> Vec<String> {
    let of = |folder: &str| {
        sources(folder, &[".rs"])
            .into_iter()
            .flat_map(|file| {
                let path = file.path.trim_start_matches("app/src/").trim_end_matches(".rs").to_owned();
                path.split('/').map(|name| name.replace('_', "-")).collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    };
    let own = sheet.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".css").to_owned();
    let folder = sheet.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names = if folder == "app/src" { of("app/src") } else { of(folder) };
    // A page may adapt a part to its place.
    names.extend(of("app/src/parts"));
    // And what every page is made of.
    for sheet in sources("app/style", &[".css"]) {
        names.extend(
            screens::stray_classes(&sheet, &[])
                .iter()
                .filter_map(|line| Some(line.split(": .").nth(1)?.to_owned())),
        );
    }
    names.push(own);
    // A part's family carries its first word: `money_field` has `.money-unit`, `look_panel` has `.look-choice`.
    let families: Vec<String> =
        names.iter().filter_map(|name| Some(name.split_once('-')?.0.to_owned())).collect();
    names.extend(families);
    names.extend(EVERYWHERE.map(str::to_owned));
    names
}

#[test]
fn nothing_shipped_names_another_host() {
    let shipped = [
        ("app", [".rs", ".css", ".json"]),
        ("server", [".rs", ".svg", ".html"]),
        ("frontend", [".rs", ".js", ".html"]),
    ];
    let all: Vec<Source> = shipped
        .iter()
        .flat_map(|(folder, endings)| sources(folder, endings))
        .filter(|file| !file.path.contains("/tests/"))
        .collect();
    none(files::foreign_hosts(&all));
    let planted = planted("a.css", "@font-face { src: url(https://fonts.example-cdn.net/a.woff2) }");
    assert_eq!(files::foreign_hosts(&planted).len(), 1);
}

#[test]
fn a_workbook_is_offered_to_whoever_may_take_it() {
    none(screens::open_ways_out(&sources("app/src", &[".rs"])));
    let open = "view! { <a class=\"button\" href=export>{t!(l, ledger.take_out)}</a> }";
    assert_eq!(screens::open_ways_out(&planted("app/src/ledger/report.rs", open)).len(), 1);
    assert!(screens::open_ways_out(&planted("app/src/parts/take_out.rs", open)).is_empty());
}

#[test]
fn no_task_reads_a_page_that_may_be_gone() {
    none(screens::late_reads(&sources("app/src", &[".rs"])));
    for text in [
        "let done = use_query_map().with_untracked(|query| query.get(\"done\"));",
        "let page = Memo::new(move |_| query.with(read));",
        "let form = form.get();\nSuspend::new(async move {})",
    ] {
        assert_eq!(screens::late_reads(&planted("a.rs", text)).len(), 1, "{text}");
    }
    let sound = "let form = crate::parts::gone::read(form);\nSuspend::new(async move {})";
    assert!(screens::late_reads(&planted("a.rs", sound)).is_empty());
}

#[test]
fn nothing_typed_ends_its_element() {
    none(screens::unescaped(&sources("app/src", &[".rs"])));
    for text in ["<textarea name=\"a\" rows=2>\n{value}\n</textarea>", "<Title text=tab />"] {
        assert_eq!(screens::unescaped(&planted("a.rs", text)).len(), 1, "{text}");
    }
    let sound =
        "<textarea name=\"a\"></textarea><textarea>{in_textarea(b)}</textarea><Title text=in_title(c) />";
    assert!(screens::unescaped(&planted("a.rs", sound)).is_empty());
}
