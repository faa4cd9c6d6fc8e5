//! The pages of funds without scripts: a notice is registered, split and approved by plain forms alone, and what a rule says
//! stands on the page before anything is saved.

use super::{Desk, desk};
use http::{StatusCode, header};
use tests::world::{Answer, World, post};

/// A plain form as a browser without scripts sends it; answers where it leads to.
async fn send(world: &World, cookie: &str, door: &str, inputs: &[(&str, &str)]) -> String {
    let request = post(door).header(header::COOKIE, cookie).header(header::ACCEPT, "text/html");
    let answer = world.send(request, query(inputs)).await;
    assert!(answer.status.is_redirection(), "{door}: {} {}", answer.status, answer.text());
    answer.header(header::LOCATION).unwrap()
}

fn query(inputs: &[(&str, &str)]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let encode = |text: &str| -> String { text.bytes().map(one).collect() };
    let pairs = inputs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

async fn page(world: &World, cookie: &str, path: &str) -> String {
    let answer: Answer = world.get(cookie, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.text()
}

/// The value of an input of a page by its name.
fn value(page: &str, name: &str) -> String {
    let tag = page.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\""))).unwrap();
    tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
}

#[tokio::test]
async fn a_notice_is_registered_split_and_approved_without_scripts() {
    World::on_both(async |world| {
        let Desk { .. } = desk(world).await;
        let (treasurer, reviewer) = (world.cookie("cw").await, world.cookie("sh").await);
        let path = registered(world, &treasurer).await;
        let id = path.rsplit('/').next().unwrap();
        let (one, two, key) = looked_at(world, &treasurer, &path).await;
        let mut save = vec![
            ("form[notice]", id),
            ("form[key]", &key),
            ("form[shares][0][project]", &one),
            ("form[shares][0][value]", "1000"),
            ("form[shares][0][usage]", "industry"),
            ("form[shares][1][project]", &two),
            ("form[shares][1][value]", "800"),
            ("form[shares][1][usage]", "vehicles"),
            ("form[submit]", "1"),
        ];
        let back = send(world, &treasurer, "/api/fund/save_split", &save).await;
        let refused = page(world, &treasurer, &back).await;
        assert!(
            refused.contains("资金来源的规定不允许这样分配") && refused.contains("value=\"800\""),
            "{back}"
        );
        save.retain(|(_, value)| *value != "vehicles");
        save.push(("form[shares][1][usage]", "industry"));
        let handed = send(world, &treasurer, "/api/fund/save_split", &save).await;
        assert!(handed.ends_with("done=submitted"), "{handed}");

        assert!(page(world, &reviewer, "/funds/ledger/requests").await.contains("毕财〔2026〕5号"));
        let waiting = page(world, &reviewer, &path).await;
        let (version, key) = (value(&waiting, "form[version]"), value(&waiting, "form[key]"));
        let decide = [
            ("form[notice]", id),
            ("form[version]", version.as_str()),
            ("form[key]", key.as_str()),
            ("form[verdict]", "approve"),
        ];
        let done = send(world, &reviewer, "/api/fund/decide_split", &decide).await;
        assert!(page(world, &reviewer, &done).await.contains("已写入台账"), "{done}");
        figures_lead_to_what_is_behind_them(world, &reviewer, id).await;
    })
    .await;
}

/// A notice of 1,850.500001万元 by the form; answers its page.
async fn registered(world: &World, treasurer: &str) -> String {
    let form = page(world, treasurer, "/funds/notices/new").await;
    let key = value(&form, "form[key]");
    let inputs = [
        ("form[key]", key.as_str()),
        ("form[document]", "毕财〔2026〕5号"),
        ("form[date]", "2026-03-02"),
        ("form[source]", "BRG"),
        ("form[year]", "2026"),
        ("form[amount]", "1,850.500001"),
    ];
    let notice = send(world, treasurer, "/api/fund/register", &inputs).await;
    let (path, done) = notice.split_once('?').unwrap();
    assert_eq!(done, "done=registered");
    let shown = page(world, treasurer, &notice).await;
    for text in ["壹仟捌佰伍拾万", "零壹分", "文件已登记"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    path.to_owned()
}

/// A look finds the projects, also by their initials, and says what is too much and what a rule forbids; nothing is kept of
/// it. Answers both projects and the key of the form.
async fn looked_at(world: &World, treasurer: &str, path: &str) -> (String, String, String) {
    let look = async |second: &str| {
        let inputs = [
            ("look", "1"),
            ("form[shares][0][find]", "cj"),
            ("form[shares][0][value]", "1000"),
            ("form[shares][0][usage]", "industry"),
            ("form[shares][1][find]", "大棚"),
            ("form[shares][1][value]", second),
            ("form[shares][1][usage]", "vehicles"),
        ];
        page(world, treasurer, &format!("{path}?{}", query(&inputs))).await
    };
    let over = look("900").await;
    // The uses stand under what the rules of the source say of them.
    let group = |label: &str| {
        let (_, rest) = over.split_once(&format!("<optgroup label=\"{label}\">")).unwrap();
        rest.split("</optgroup>").next().unwrap().to_owned()
    };
    for (label, usage) in [("允许的用途", "industry"), ("不得用于", "vehicles"), ("其他", "training")]
    {
        assert!(group(label).contains(&format!("value=\"{usage}\"")), "{label}: {}", group(label));
    }
    assert!(over.contains("分配合计超出下达金额 49.50 万元，可分配 1,850.50 万元"), "{over}");
    let fits = look("800").await;
    assert!(fits.contains("属于禁止用途") && fits.contains("财农〔2021〕19号"), "{fits}");
    assert!(page(world, treasurer, path).await.contains("未分配"), "looking keeps nothing");
    let project = |row: usize| value(&fits, &format!("form[shares][{row}][project]"));
    (project(0), project(1), value(&fits, "form[key]"))
}

/// The envelope's figures are links, and behind them stand the notice and the entries of the same sum.
async fn figures_lead_to_what_is_behind_them(world: &World, cookie: &str, notice: &str) {
    let sources = page(world, cookie, "/funds/sources?year=2026").await;
    let row = sources.split("data-source=\"BRG\"").nth(1).unwrap().split("</tr>").next().unwrap().to_owned();
    for figure in ["1,850.50", "1,800.00", "50.50", "2027-12-31"] {
        assert!(row.contains(figure), "{figure}: {row}");
    }
    let links: Vec<String> = row
        .split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"))
        .filter(|link| link != "/funds/sources/BRG")
        .collect();
    assert_eq!(links.len(), 2, "{links:?}");
    assert!(page(world, cookie, &links[0]).await.contains(&format!("/funds/notices/{notice}")));
    let behind = page(world, cookie, &links[1]).await;
    assert!(behind.contains("1,000.00") && behind.contains("800.00") && behind.contains("1,800.00"));
}
