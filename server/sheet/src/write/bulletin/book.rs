//! 调度汇总表 as a workbook: a row a county, a row a project, sums on top and rates as formulas with their results. The same
//! figures give the same bytes. Knows no weight that a person chose: ranks stand in the document.

mod cells;
mod community;

use super::words;
use cells::{Cell, Column, Sheet, write};
use chrono::{Datelike, NaiveDateTime, Timelike};
use domain::bulletin::edition::Edition;
use domain::bulletin::facts::{Facts, Project};
use domain::bulletin::place::Place;
use domain::bulletin::rank::{Weights, ranking};
use domain::bulletin::rate::{Indicator, Rate};
use domain::bulletin::small::People;
use domain::ledger::PerStage;
use domain::money::Delta;
use domain::period::Horizon;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::collections::BTreeMap;

/// What the file is called.
pub const WORD: &str = "调度汇总表";
const UNIT: &str = "单位：万元、个、人、项";

/// Columns of the sheet of counties that others point to.
mod county {
    pub const LISTED: u16 = 2;
    pub const CONVERTED: u16 = 10;
    pub const ANNUAL: u16 = 12;
    pub const STARTED: u16 = 13;
    pub const PLANNED: u16 = 15;
    pub const INVESTED: u16 = 16;
    pub const ISSUED: u16 = 19;
    pub const DISBURSED: u16 = 21;
    pub const PAID: u16 = 25;
    pub const POSTS: u16 = 29;
    pub const PRESENT: u16 = 30;
    pub const ORDERED: u16 = 32;
    pub const CLOSED: u16 = 33;
}

/// The same of the sheet of projects.
mod project {
    pub const PLANNED: u16 = 8;
    pub const INVESTED: u16 = 9;
    pub const ISSUED: u16 = 11;
    pub const DISBURSED: u16 = 12;
    pub const PAID: u16 = 15;
}

/// The bytes of an .xlsx file; `sha256` is the digest of the figures.
pub fn workbook(facts: &Facts, weights: &Weights, sha256: &str) -> Result<Vec<u8>, XlsxError> {
    let mut out = Workbook::new();
    out.set_properties(&DocProperties::new().set_creation_datetime(&moment(super::known_at(facts))?));
    let area = facts.name(facts.area.code()).to_owned();
    let title = format!("{area}{}易地搬迁后续扶持项目{WORD}", words::span(facts.period));
    let about = format!("填报单位：{area}　数据截至{}", words::day(facts.period.last_month().last_day()));
    let mut notes = notes(facts, weights, sha256);
    let counties = Sheet {
        name: "分县汇总",
        title: title.clone(),
        about: about.clone(),
        unit: UNIT,
        columns: county_columns(facts.edition, weights),
        total: county_row(facts, None, &facts.whole(), None, None),
        rows: county_rows(facts, weights),
        notes: notes.clone(),
        frozen: 2,
    };
    let projects = Sheet {
        name: "分项目",
        title: format!("{title}（分项目）"),
        about: about.clone(),
        unit: UNIT,
        columns: project_columns(),
        total: project_total(facts),
        rows: project_rows(facts),
        notes: notes.clone(),
        frozen: 4,
    };
    let communities = community::sheet(facts, &title, &about, notes.split_off(1));
    for sheet in [counties, projects].into_iter().chain(communities) {
        write(out.add_worksheet(), &sheet, facts.period.last_month().month())?;
    }
    out.save_to_buffer()
}

/// Without a moment of its own the file would name the one at which it happens to be written.
fn moment(at: NaiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or(1970);
    let hour = u16::try_from(at.hour()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, small(at.month()), small(at.day()))?.and_hms(
        hour,
        small(at.minute()),
        at.second(),
    )
}

fn notes(facts: &Facts, weights: &Weights, sha256: &str) -> Vec<String> {
    let each = Indicator::ALL.map(|one| format!("{}{}%", words::indicator(one), weights.of(one)));
    let counted = words::counted(facts.edition);
    vec![
        format!("注：转化率＝已下达或已实施项目÷清单项目；投资完成率＝完成投资÷年度计划投资；拨付率、支付率的分母均为本年度预算下达数；岗位完成率＝期末在岗人数÷运营期测算岗位；整改率＝销号÷交办。{counted}"),
        "“—”为无可计量事项，“未报”为无人上报，“*”为少于5人或可由合计推出的人数，不予公布。较时间进度按未四舍五入的数值计算，单位为百分点。".to_owned(),
        format!("综合得分权重：{}；单项超过100%的按100%计，无可计量事项的不计权重，应报未报的按零计。", each.join("、")),
        format!(
            "数据依据：{}（审计链第{}号、资金台账第{}号），SHA-256 {sha256}",
            words::instant(super::known_at(facts)),
            facts.known.trail,
            facts.known.ledger
        ),
    ]
}

fn county_columns(edition: Edition, weights: &Weights) -> Vec<Column> {
    let column = |band, word, summed, width| Column { band, word, summed, width };
    let score =
        if weights == &Weights::default() { "综合得分" } else { "综合得分（权重见注）" };
    let (reserve, progress, money) = ("储备", "开工和投资", "资金（本年度预算）");
    let (review, result) = ("整改", "评价");
    let jobs = match edition {
        Edition::First | Edition::Second => "就业",
        Edition::Third => "就业（已完工并上报的项目）",
    };
    vec![
        column("", "序号", false, 6),
        column("", "地区", false, 18),
        column(reserve, "清单项目数", true, 8),
        column(reserve, "清单总投资", true, 13),
        column(reserve, "一年期项目数", true, 8),
        column(reserve, "一年期总投资", true, 13),
        column(reserve, "两年期项目数", true, 8),
        column(reserve, "两年期总投资", true, 13),
        column(reserve, "五年期项目数", true, 8),
        column(reserve, "五年期总投资", true, 13),
        column(reserve, "转化项目数", true, 8),
        column(reserve, "转化率", false, 9),
        column(progress, "年度计划项目数", true, 8),
        column(progress, "已开工", true, 8),
        column(progress, "开工率", false, 9),
        column(progress, "年度计划投资", true, 13),
        column(progress, "本年完成投资", true, 13),
        column(progress, "投资完成率", false, 9),
        column(progress, "较时间进度", false, 9),
        column(money, "下达", true, 13),
        column(money, "到位", true, 13),
        column(money, "拨付", true, 13),
        column(money, "其中：本期拨付", true, 13),
        column(money, "拨付率（÷下达）", false, 9),
        column(money, "较时间进度", false, 9),
        column(money, "支付", true, 13),
        column(money, "其中：本期支付", true, 13),
        column(money, "支付率（÷下达）", false, 9),
        column(money, "较时间进度", false, 9),
        column(jobs, "测算岗位", true, 9),
        column(jobs, "期末在岗", true, 9),
        column(jobs, "岗位完成率", false, 9),
        column(review, "交办问题", true, 8),
        column(review, "已销号", true, 8),
        column(review, "整改率", false, 9),
        column(review, "逾期", true, 8),
        column(result, score, false, 9),
        column(result, "名次", false, 6),
    ]
}

fn county_rows(facts: &Facts, weights: &Weights) -> Vec<Vec<Cell>> {
    let places = facts.places();
    let ranks: BTreeMap<_, _> =
        ranking(&facts.ranked(), weights).into_iter().map(|ranked| (ranked.area, ranked)).collect();
    (1_i64..)
        .zip(&places)
        .map(|(number, place)| {
            let ranked = ranks.get(&place.area);
            let score = ranked.and_then(|ranked| ranked.score);
            let rank = ranked.and_then(|ranked| ranked.rank);
            county_row(facts, Some(number), place, Some(words::score(score)), rank)
        })
        .collect()
}

fn county_row(
    facts: &Facts,
    number: Option<i64>,
    place: &Place,
    score: Option<String>,
    rank: Option<u32>,
) -> Vec<Cell> {
    use county as at;
    let elapsed = facts.period.elapsed();
    let amount = |fen: i64| Cell::Amount(Delta::from_fen(fen));
    let lead = |of: u16, indicator: Indicator| Cell::Lead { of, by: place.rate(indicator).lead(elapsed) };
    let share = |part: u16, whole: u16, rate: Rate| Cell::Share { part, whole, rate };
    let of = |part: u16, whole: u16, indicator: Indicator| share(part, whole, place.rate(indicator));
    let mut cells = vec![
        number.map_or_else(|| Cell::Text("合计".to_owned()), Cell::Count),
        Cell::Text(if number.is_some() { place.name.clone() } else { String::new() }),
    ];
    for tally in [place.listed, place.lists[0], place.lists[1], place.lists[2]] {
        cells.push(Cell::Count(tally.projects.try_into().unwrap_or(i64::MAX)));
        cells.push(amount(tally.total.fen()));
    }
    let (money, fresh) = (&place.money, &place.money_new);
    cells.extend([
        Cell::count(place.converted),
        share(at::CONVERTED, at::LISTED, place.conversion()),
        Cell::count(place.annual),
        Cell::count(place.started),
        of(at::STARTED, at::ANNUAL, Indicator::Started),
        amount(place.planned.fen()),
        place.invested.map_or_else(Cell::unreported, |invested| amount(invested.fen())),
        of(at::INVESTED, at::PLANNED, Indicator::Invested),
        lead(at::INVESTED + 1, Indicator::Invested),
        Cell::Amount(money.issued),
        Cell::Amount(money.received),
        Cell::Amount(money.disbursed),
        Cell::Amount(fresh.disbursed),
        of(at::DISBURSED, at::ISSUED, Indicator::Disbursed),
        lead(at::DISBURSED + 2, Indicator::Disbursed),
        Cell::Amount(money.paid),
        Cell::Amount(fresh.paid),
        of(at::PAID, at::ISSUED, Indicator::Paid),
        lead(at::PAID + 2, Indicator::Paid),
        Cell::Milli(place.posts_milli),
        at_posts(facts.edition, place),
        of(at::PRESENT, at::POSTS, Indicator::Jobs),
        Cell::Count(place.review.ordered),
        Cell::Count(place.review.closed),
        of(at::CLOSED, at::ORDERED, Indicator::Rectified),
        Cell::Count(place.review.overdue),
        Cell::Text(score.unwrap_or_default()),
        rank.map_or(Cell::Empty, |rank| Cell::Count(rank.into())),
    ]);
    cells
}

/// Where nothing is finished, nobody failed to report.
fn at_posts(edition: Edition, place: &Place) -> Cell {
    let is_nothing = place.present == People::Unknown && place.rate(Indicator::Jobs) == Rate::Nothing;
    match edition {
        Edition::Third if is_nothing => Cell::Text(super::NOTHING.to_owned()),
        Edition::First | Edition::Second | Edition::Third => people(place.present),
    }
}

fn people(people: People) -> Cell {
    match people {
        People::Known(count) => Cell::Count(count),
        People::Withheld => Cell::Text("*".to_owned()),
        People::Unknown => Cell::unreported(),
    }
}

fn project_columns() -> Vec<Column> {
    let column = |band, word, summed, width| Column { band, word, summed, width };
    let (facts, invest, money) = ("项目", "投资", "资金（本年度预算）");
    let (progress, jobs) = ("进展", "就业");
    vec![
        column("", "序号", false, 6),
        column("", "地区", false, 16),
        column(facts, "内部编号", false, 9),
        column(facts, "项目名称", false, 36),
        column(facts, "项目代码", false, 24),
        column(facts, "清单", false, 9),
        column(facts, "状态", false, 10),
        column(invest, "总投资", true, 13),
        column(invest, "年度计划投资", true, 13),
        column(invest, "本年完成投资", true, 13),
        column(invest, "投资完成率", false, 9),
        column(money, "下达", true, 13),
        column(money, "拨付", true, 13),
        column(money, "其中：本期拨付", true, 13),
        column(money, "拨付率（÷下达）", false, 9),
        column(money, "支付", true, 13),
        column(money, "其中：本期支付", true, 13),
        column(money, "支付率（÷下达）", false, 9),
        column(progress, "是否开工", false, 8),
        column(progress, "形象进度", false, 24),
        column(progress, "未开工原因", false, 24),
        column(jobs, "测算岗位", true, 9),
        column(jobs, "期末在岗", true, 9),
    ]
}

fn project_rows(facts: &Facts) -> Vec<Vec<Cell>> {
    let shown = facts.people();
    (1_i64..)
        .zip(facts.projects.iter().zip(shown))
        .map(|(number, (project, present))| {
            let entry = &project.entry;
            let text = |text: &str| Cell::Text(text.to_owned());
            let mut cells = vec![
                Cell::Count(number),
                text(facts.name(entry.place)),
                Cell::Count(entry.number),
                text(&entry.name),
                text(entry.code.as_deref().unwrap_or_default()),
                text(entry.horizon.map_or("", Horizon::sign)),
                text(words::stage(project)),
            ];
            cells.extend(amounts(facts, project));
            let reported = project.reported.as_ref();
            cells.extend([
                text(words::started(project)),
                text(reported.and_then(|one| one.progress.as_deref()).unwrap_or_default()),
                text(reported.and_then(|one| one.reason_not_started.as_deref()).unwrap_or_default()),
                entry.posts_milli.map_or(Cell::Empty, Cell::Milli),
                if facts.edition.shows_people(entry) { people(present) } else { Cell::Empty },
            ]);
            cells
        })
        .collect()
}

/// Investment and money of one project.
fn amounts(facts: &Facts, project: &Project) -> Vec<Cell> {
    let entry = &project.entry;
    let fen = |amount: Option<domain::money::Money>| {
        amount.map_or(Cell::Empty, |amount| Cell::Amount(Delta::from(amount)))
    };
    let is_shown = facts.edition.shows_year(entry);
    let (invested, planned) = (project.invested(), entry.planned.filter(|_| is_shown));
    let rate = match (invested, planned) {
        (Some(invested), Some(planned)) => Rate::share(invested.fen().into(), planned.fen().into()),
        (None, Some(_)) => Rate::Unknown,
        (_, None) => Rate::Nothing,
    };
    let completed = invested.map_or_else(Cell::unreported, |invested| Cell::Amount(Delta::from(invested)));
    let mut cells = vec![
        fen(entry.total),
        fen(planned),
        if is_shown { completed } else { Cell::Empty },
        Cell::Share { part: project::INVESTED, whole: project::PLANNED, rate },
    ];
    cells.extend(of_money(&project.money, &project.money_before));
    cells
}

fn of_money(money: &PerStage<Delta>, before: &PerStage<Delta>) -> Vec<Cell> {
    let fresh = |of: Delta, was: Delta| Cell::Amount(Delta::from_fen(of.fen() - was.fen()));
    let rate = |part: Delta| Rate::share(part.fen().into(), money.issued.fen().into());
    let share = |part: u16, rate: Rate| Cell::Share { part, whole: project::ISSUED, rate };
    vec![
        Cell::Amount(money.issued),
        Cell::Amount(money.disbursed),
        fresh(money.disbursed, before.disbursed),
        share(project::DISBURSED, rate(money.disbursed)),
        Cell::Amount(money.paid),
        fresh(money.paid, before.paid),
        share(project::PAID, rate(money.paid)),
    ]
}

/// Sums of all projects, from the whole and so with its groups of people withheld.
fn project_total(facts: &Facts) -> Vec<Cell> {
    let whole = facts.whole();
    let (money, fresh) = (&whole.money, &whole.money_new);
    let before = PerStage::of(|stage| Delta::from_fen(money.get(stage).fen() - fresh.get(stage).fen()));
    let of_year = || facts.projects.iter().filter(|one| facts.edition.shows_year(&one.entry));
    let fen = domain::money::Money::fen;
    let total: i64 = facts.projects.iter().filter_map(|one| one.entry.total).map(fen).sum();
    let planned: i64 = of_year().filter_map(|one| one.entry.planned).map(fen).sum();
    let invested: i64 = of_year().filter_map(Project::invested).map(fen).sum();
    let amount = |fen: i64| Cell::Amount(Delta::from_fen(fen));
    let rate = if of_year().any(|one| one.invested().is_some()) {
        Rate::share(invested.into(), planned.into())
    } else {
        Rate::Unknown
    };
    let posts = facts.projects.iter().filter_map(|one| one.entry.posts_milli).sum();
    let mut cells = vec![Cell::Text("合计".to_owned())];
    cells.extend((0..6).map(|_| Cell::Empty));
    cells.extend([amount(total), amount(planned), amount(invested)]);
    cells.push(Cell::Share { part: project::INVESTED, whole: project::PLANNED, rate });
    cells.extend(of_money(money, &before));
    cells.extend((0..3).map(|_| Cell::Empty));
    cells.extend([Cell::Milli(posts), at_posts(facts.edition, &whole)]);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_that_formulas_point_to_are_those_they_name() {
        let words: Vec<&str> =
            county_columns(Edition::Third, &Weights::default()).iter().map(|one| one.word).collect();
        let word = |at: u16| words[usize::from(at)];
        use county as at;
        assert_eq!(
            [at::LISTED, at::CONVERTED, at::ANNUAL, at::STARTED, at::PLANNED, at::INVESTED].map(word),
            ["清单项目数", "转化项目数", "年度计划项目数", "已开工", "年度计划投资", "本年完成投资"]
        );
        assert_eq!(
            [at::ISSUED, at::DISBURSED, at::PAID, at::POSTS, at::PRESENT, at::ORDERED, at::CLOSED].map(word),
            ["下达", "拨付", "支付", "测算岗位", "期末在岗", "交办问题", "已销号"]
        );
        let words: Vec<&str> = project_columns().iter().map(|one| one.word).collect();
        let word = |at: u16| words[usize::from(at)];
        use project as of;
        assert_eq!(
            [of::PLANNED, of::INVESTED, of::ISSUED, of::DISBURSED, of::PAID].map(word),
            ["年度计划投资", "本年完成投资", "下达", "拨付", "支付"]
        );
    }
}
