//! 调度汇总 and 通报 on paper: the official Chinese text of a document, the same whatever file it goes out in and whoever
//! takes it. Knows no database and no screen.

pub mod book;
pub mod docx;
#[cfg(feature = "pdf")]
pub mod pdf;
mod words;

use chrono::{DateTime, NaiveDateTime};
use contract::bulletin::{Block, BlockKind, Paper, Passage};
use domain::bulletin::draft::{Paragraph, Part, draft};
use domain::bulletin::facts::Facts;
use domain::bulletin::period::Period;
use domain::bulletin::rank::{Weights, ranking};
use domain::bulletin::rate::{Indicator, Rate, percent};
use domain::bulletin::wording::{Letterhead, Wording};
use std::collections::BTreeMap;

/// Where a paragraph stands: its chapter, and its heading within it.
struct Place {
    chapter: &'static str,
    heading: &'static str,
}

const fn place(part: Part) -> Place {
    let (chapter, heading) = match part {
        Part::Opening => ("", "导语"),
        Part::Reserve => ("项目储备情况", ""),
        Part::Progress => ("项目推进情况", "开工和投资"),
        Part::Money => ("项目推进情况", "资金下达、拨付和支付"),
        Part::Jobs => ("项目推进情况", "带动就业"),
        Part::Issues => ("项目推进情况", "问题整改和数据报送"),
        Part::Ranking => ("综合评价情况", "评价和排名"),
        Part::Falls => ("综合评价情况", "较上期变化"),
        Part::Practice => ("好的做法", ""),
        Part::Demands => ("下一步工作要求", ""),
    };
    Place { chapter, heading }
}

/// What a paragraph is called where it is edited.
pub fn heading(part: Part) -> &'static str {
    let place = place(part);
    if place.heading.is_empty() { place.chapter } else { place.heading }
}

/// The moment that was known, UTC.
fn known_at(facts: &Facts) -> NaiveDateTime {
    DateTime::from_timestamp_millis(facts.known.at).unwrap_or_default().naive_utc()
}

/// What a document is called when nobody named it otherwise.
pub fn title(facts: &Facts) -> String {
    let area = facts.name(facts.area.code());
    let span = words::span(facts.period);
    match facts.period {
        Period::Month(_) => format!("关于{area}{span}易地搬迁后续扶持项目调度情况的通报"),
        Period::Quarter(..) => format!("关于{area}{span}易地搬迁后续扶持项目实施情况的通报"),
    }
}

/// Every paragraph with its text: as a person wrote it, or as it follows from the facts.
pub fn passages(facts: &Facts, wording: &Wording) -> Vec<Passage> {
    let passage = |paragraph: Paragraph| {
        let own = wording.paragraphs.get(&paragraph.part).cloned();
        let said = || paragraph.sentences.iter().map(|one| words::sentence(facts, one)).collect::<String>();
        Passage {
            part: paragraph.part,
            heading: heading(paragraph.part).to_owned(),
            is_reworded: own.is_some(),
            text: own.unwrap_or_else(said),
        }
    };
    draft(facts, &wording.weights).into_iter().map(passage).collect()
}

/// The document as it prints; `sha256` is the digest of its figures.
pub fn paper(facts: &Facts, wording: &Wording, sha256: &str) -> Paper {
    let made = known_at(facts);
    let known = words::instant(made);
    Paper {
        head: head(facts, &wording.head),
        blocks: blocks(facts, wording),
        basis: format!(
            "本件数据截至{}，以{known}（审计链第{}号、资金台账第{}号）已知的数据为准，数据摘要（SHA-256）{sha256}。各差值均按未四舍五入的数值计算。少于5人的分组及可由合计推出的人数不予公布。",
            words::day(facts.period.last_month().last_day()),
            facts.known.trail,
            facts.known.ledger,
        ),
        made,
    }
}

fn head(facts: &Facts, written: &Letterhead) -> Letterhead {
    let or = |text: &str, otherwise: String| if text.is_empty() { otherwise } else { text.to_owned() };
    Letterhead {
        organ: written.organ.clone(),
        number: written.number.clone(),
        title: or(&written.title, title(facts)),
        addressee: written.addressee.clone(),
        signer: or(&written.signer, written.organ.clone()),
        dated: written.dated.clone(),
    }
}

/// Chapters are numbered in the order in which they have something to say.
fn blocks(facts: &Facts, wording: &Wording) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut chapter, mut chapters, mut headings) = ("", 0_usize, 0_usize);
    for passage in passages(facts, wording) {
        if passage.text.trim().is_empty() {
            continue;
        }
        let place = place(passage.part);
        if place.chapter != chapter {
            (chapter, chapters, headings) = (place.chapter, chapters + 1, 0);
            let text = format!("{}、{chapter}", words::numeral(chapters));
            blocks.push(block(BlockKind::Section, text));
        }
        if !chapter.is_empty() && !place.heading.is_empty() {
            headings += 1;
            let text = format!("（{}）{}", words::numeral(headings), place.heading);
            blocks.push(block(BlockKind::Subsection, text));
        }
        blocks.extend(passage.text.lines().map(|line| block(BlockKind::Body, line.trim().to_owned())));
        if passage.part == Part::Ranking {
            let rows = table(facts, &wording.weights);
            blocks.push(Block { kind: BlockKind::Table, text: "综合评价表".to_owned(), rows });
        }
    }
    blocks
}

const fn block(kind: BlockKind, text: String) -> Block {
    Block { kind, text, rows: Vec::new() }
}

/// The ranking with every rate that it was made of, and the weight of each in its heading.
fn table(facts: &Facts, weights: &Weights) -> Vec<Vec<String>> {
    let places: BTreeMap<_, _> = facts.places().into_iter().map(|place| (place.area, place)).collect();
    let heads = Indicator::ALL
        .map(|indicator| format!("{}（{}%）", words::indicator(indicator), weights.of(indicator)));
    let first = ["名次", "地区", "得分"].map(str::to_owned);
    let mut rows = vec![first.into_iter().chain(heads).collect::<Vec<_>>()];
    for ranked in ranking(&facts.ranked(), weights) {
        let rates = Indicator::ALL.map(|indicator| {
            places.get(&ranked.area).map_or_else(String::new, |place| rate(place.rate(indicator)))
        });
        let first = [
            ranked.rank.map_or_else(|| NOTHING.to_owned(), |rank| rank.to_string()),
            ranked.name.clone(),
            words::score(ranked.score),
        ];
        rows.push(first.into_iter().chain(rates).collect());
    }
    rows
}

/// What stands where there is nothing to measure.
const NOTHING: &str = "—";

/// A rate as it is printed: `97.2%`, or why there is none.
fn rate(rate: Rate) -> String {
    match rate {
        Rate::Of(share) => percent(share).map_or_else(|| NOTHING.to_owned(), |text| format!("{text}%")),
        Rate::Nothing => NOTHING.to_owned(),
        Rate::Unknown => "未报".to_owned(),
        Rate::Few => "*".to_owned(),
    }
}
