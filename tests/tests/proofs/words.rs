//! Both languages are complete: the same files, the same keys, the same places to fill, nothing empty.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tests::arch::sources;

/// Every sentence of one language by file and key.
fn sentences(language: &str) -> BTreeMap<String, String> {
    let folder = format!("app/words/locales/{language}");
    let mut all = BTreeMap::new();
    for file in sources(&folder, &[".json"]) {
        let tree: Value = serde_json::from_str(&file.text).unwrap_or_else(|e| panic!("{}: {e}", file.path));
        collect(file.path.trim_start_matches(&*folder), &tree, &mut all);
    }
    all
}

fn collect(path: &str, tree: &Value, all: &mut BTreeMap<String, String>) {
    if let Value::Object(map) = tree {
        map.iter().for_each(|(key, value)| collect(&format!("{path}.{key}"), value, all));
    } else {
        all.insert(path.to_owned(), tree.as_str().map_or_else(|| tree.to_string(), str::to_owned));
    }
}

/// What a sentence leaves open: `{{ left }}`.
fn places(sentence: &str) -> BTreeSet<String> {
    let open = sentence.split("{{").skip(1);
    open.filter_map(|rest| Some(rest.split_once("}}")?.0.split(',').next()?.trim().to_owned())).collect()
}

#[test]
fn both_languages_say_the_same() {
    let (chinese, english) = (sentences("zh-CN"), sentences("en"));
    assert!(chinese.len() > 100, "only {} sentences were found", chinese.len());
    let mut faults = Vec::new();
    for key in chinese.keys().chain(english.keys()).collect::<BTreeSet<_>>() {
        // Chinese has no plural, so English may have a form more.
        if key.ends_with("_one") {
            continue;
        }
        match (chinese.get(key), english.get(key)) {
            (Some(zh), Some(en)) if places(zh) != places(en) => faults.push(format!("{key}: {zh} / {en}")),
            (Some(zh), Some(en)) if zh.trim().is_empty() || en.trim().is_empty() => {
                faults.push(format!("{key}: empty"))
            }
            (Some(_), Some(_)) => {}
            (zh, _) => {
                faults.push(format!("{key}: missing in {}", if zh.is_some() { "en" } else { "zh-CN" }))
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_place_to_fill_is_found() {
    assert_eq!(
        places("{{ left }} of {{total, number}}"),
        BTreeSet::from(["left".to_owned(), "total".to_owned()])
    );
    assert!(places("none").is_empty());
}
