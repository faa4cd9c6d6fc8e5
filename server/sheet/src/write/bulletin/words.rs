//! The sentences of a document in official Chinese, each made of its facts. Decides nothing.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeZone};
use domain::bulletin::community::Work;
use domain::bulletin::draft::Sentence;
use domain::bulletin::edition::Edition;
use domain::bulletin::facts::{Facts, Project};
use domain::bulletin::period::Period;
use domain::bulletin::place::Tally;
use domain::bulletin::rank::{Fall, Ranked, Weights};
use domain::bulletin::rate::{Indicator, Rate, percent};
use domain::bulletin::small::People;
use domain::money::{Delta, Money, Unit};
use domain::statement::fraction::Fraction;

/// From this many fen (1 亿元) on, an amount is said in 亿元.
const ONE_YI_FEN: u64 = 10_000_000_000;

/// 一 to 十.
pub fn numeral(number: usize) -> String {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let own = number.checked_sub(1).and_then(|at| NUMERALS.get(at));
    own.map_or_else(|| number.to_string(), |sign| (*sign).to_owned())
}

/// The period as a title says it: `2026年10月`, `2026年第三季度`.
pub fn span(period: Period) -> String {
    match period {
        Period::Month(month) => format!("{}年{}月", month.year(), month.month()),
        Period::Quarter(year, number) => {
            format!("{year}年第{}季度", numeral(usize::try_from(number).unwrap_or_default()))
        }
    }
}

/// What cumulative figures cover: `1—10月`.
fn so_far(period: Period) -> String {
    let last = period.last_month().month();
    if last == 1 { "1月".to_owned() } else { format!("1—{last}月") }
}

pub fn day(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// An instant (UTC) on the clock of China.
pub fn instant(utc: NaiveDateTime) -> String {
    let local = FixedOffset::east_opt(8 * 3600).map(|zone| zone.from_utc_datetime(&utc).naive_local());
    let local = local.unwrap_or(utc);
    format!("{}{}", day(local.date()), local.format("%H:%M"))
}

pub const fn indicator(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Started => "开工率",
        Indicator::Invested => "投资完成率",
        Indicator::Disbursed => "拨付率",
        Indicator::Paid => "支付率",
        Indicator::Jobs => "岗位完成率",
        Indicator::Rectified => "整改率",
    }
}

/// What a note says of how these rules count.
pub const fn counted(edition: Edition) -> &'static str {
    match edition {
        Edition::First => "",
        Edition::Second => {
            "年度计划为一年期清单，不含退库项目；期末在岗只计有测算岗位的项目；资金按入账月份计，记在入账时所在地区。"
        }
        Edition::Third => {
            "年度计划为一年期清单，不含退库项目；岗位完成率只计年度计划中已完工、有测算岗位且已上报在岗人数的项目；资金按入账月份计，记在入账时所在地区。"
        }
    }
}

/// 状态; of what lies elsewhere now, only that.
pub fn stage(project: &Project) -> &'static str {
    if project.is_elsewhere { "已迁出" } else { project.entry.stage.sign() }
}

/// 是否开工; of what lies elsewhere nothing is said.
pub fn started(project: &Project) -> &'static str {
    match (project.is_elsewhere, project.is_started()) {
        (true, _) => "",
        (false, true) => "是",
        (false, false) => "否",
    }
}

/// A score of a hundred, two decimals.
pub fn score(score: Option<Fraction>) -> String {
    let points = score.and_then(|score| score.checked_mul(Fraction::whole(100))?.rounded(2));
    points.unwrap_or_else(|| super::NOTHING.to_owned())
}

fn amount(amount: Delta) -> String {
    let unit = if amount.fen().unsigned_abs() >= ONE_YI_FEN { Unit::Yi } else { Unit::Wan };
    format!("{}{}", amount.rounded(unit, 2), unit.sign())
}

fn money(money: Money) -> String {
    amount(Delta::from(money))
}

fn tally(tally: Tally) -> String {
    format!("{}个、总投资{}", tally.projects, money(tally.total))
}

/// Posts from thousandths, without decimals where there are none.
fn posts(milli: i64) -> String {
    let rounded = Fraction::new(i128::from(milli), 1000).and_then(|posts| posts.rounded(1));
    let text = rounded.unwrap_or_default();
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// `，开工率97.2%`; nothing where there is no rate.
fn said(word: &str, rate: Rate) -> String {
    let text = rate.known().and_then(percent);
    text.map_or_else(String::new, |text| format!("，{word}{text}%"))
}

/// `，超过时间进度13.8个百分点`.
fn lead(lead: Option<Fraction>) -> String {
    let Some(points) = lead.and_then(percent) else { return String::new() };
    match points.strip_prefix('-') {
        Some(behind) => format!("，落后时间进度{behind}个百分点"),
        None if points == "0.0" => "，与时间进度持平".to_owned(),
        None => format!("，超过时间进度{points}个百分点"),
    }
}

/// One sentence with its full stop.
pub fn sentence(facts: &Facts, sentence: &Sentence) -> String {
    match sentence {
        Sentence::Opening { places, projects } => format!(
            "截至{}，纳入本次调度的地区{places}个、项目{projects}个。现将有关情况通报如下。",
            day(facts.period.last_month().last_day())
        ),
        Sentence::Reserve { listed, converted, rate } => format!(
            "三张清单共储备项目{}，其中已下达资金或者已实施的{converted}个{}。",
            tally(*listed),
            said("转化率", *rate)
        ),
        Sentence::OfList { list, tally: own } => format!("{}清单项目{}。", list.sign(), tally(*own)),
        Sentence::Started { annual, started, rate } => {
            format!("列入年度计划的项目{annual}个，已开工{started}个{}。", said("开工率", *rate))
        }
        Sentence::Invested { invested, planned, rate, lead } => {
            completed(facts.period, *invested, *planned, *rate, *lead)
        }
        Sentence::Issued { issued, received } => {
            format!("本年度预算资金累计下达{}，到位{}。", amount(*issued), amount(*received))
        }
        Sentence::Passed { indicator: of, amount: passed, rate, lead: ahead } => {
            let verb = if *of == Indicator::Paid { "支付" } else { "拨付" };
            let share = rate.known().and_then(percent);
            let share = share.map_or_else(String::new, |text| format!("，占下达资金的{text}%"));
            format!("累计{verb}{}{share}{}。", amount(*passed), lead(*ahead))
        }
        Sentence::Promised { posts_milli } => {
            format!("年度计划项目运营期测算岗位{}个。", posts(*posts_milli))
        }
        Sentence::Jobs { present, posts_milli, rate } => match facts.edition {
            Edition::First | Edition::Second => jobs("项目", *present, *posts_milli, *rate),
            Edition::Third if *present == People::Unknown => {
                "尚无已完工并上报在岗人数的项目，不计岗位完成率。".to_owned()
            }
            Edition::Third => jobs("其中已完工并上报在岗人数的项目", *present, *posts_milli, *rate),
        },
        Sentence::Communities { communities, reported, work } => settled(*communities, *reported, work),
        Sentence::Review { ordered, closed, overdue, rate } => {
            if *ordered == 0 {
                return "截至目前没有交办整改的问题。".to_owned();
            }
            let rate = said("整改率", *rate);
            format!("交办整改问题{ordered}项，已销号{closed}项{rate}；逾期未整改{overdue}项。")
        }
        Sentence::Unreported { places } => {
            let each = places.iter().map(|(name, projects)| format!("{name}（{projects}个）"));
            format!("年度计划项目未按要求上报的有：{}。", each.collect::<Vec<_>>().join("、"))
        }
        Sentence::Weighed { weights } => weighed(weights),
        Sentence::First { places } => format!("排名靠前的是：{}。", ranked(places)),
        Sentence::Last { places } => format!("排名靠后的是：{}。", ranked(places)),
        Sentence::Fell { falls } => {
            format!("较上期回落较大的是：{}。", falls.iter().map(fallen).collect::<Vec<_>>().join("、"))
        }
        Sentence::NobodyFell => "与上期相比，各地可比指标均未回落。".to_owned(),
        Sentence::NothingBefore => "本期为本年度首期，不与上期比较。".to_owned(),
    }
}

fn completed(
    period: Period,
    invested: Option<Money>,
    planned: Money,
    rate: Rate,
    ahead: Option<Fraction>,
) -> String {
    let plan =
        if planned.is_zero() { String::new() } else { format!("年度计划投资{}。", money(planned)) };
    let Some(invested) = invested else { return format!("{plan}完成投资尚无上报数据。") };
    let share = rate.known().and_then(percent);
    let share = share.map_or_else(String::new, |text| format!("，占年度计划{text}%"));
    format!("{plan}{}累计完成投资{}{share}{}。", so_far(period), money(invested), lead(ahead))
}

fn settled(communities: usize, reported: usize, work: &Work) -> String {
    let all = format!("纳入统计的安置点{communities}个，已上报{reported}个");
    let (Some(labour), Some(employed)) = (work.labour.known(), work.employed.known()) else {
        return if reported == 0 {
            format!("{all}。")
        } else {
            format!("{all}；分组人数较少，不予公布。")
        };
    };
    let zero = work.zero_households.known();
    let zero = zero.map_or_else(String::new, |households| format!("，零就业家庭{households}户"));
    format!("{all}；已上报安置点劳动力{labour}人，已就业{employed}人{}{zero}。", said("就业率", work.rate()))
}

fn jobs(of: &str, present: People, posts_milli: i64, rate: Rate) -> String {
    let estimated = format!("{of}运营期测算岗位{}个", posts(posts_milli));
    match present {
        People::Known(present) => format!("{estimated}，期末在岗{present}人{}。", said("岗位完成率", rate)),
        People::Withheld => format!("{estimated}；在岗人数较少，不予公布。"),
        People::Unknown => format!("{estimated}；在岗人数尚无上报数据。"),
    }
}

fn weighed(weights: &Weights) -> String {
    let each = Indicator::ALL
        .into_iter()
        .filter(|one| weights.of(*one) > 0)
        .map(|one| format!("{}{}%", indicator(one), weights.of(one)));
    format!(
        "综合评价按以下权重计算：{}；单项超过100%的按100%计，无可计量事项的不计权重，应报未报的按零计。",
        each.collect::<Vec<_>>().join("、")
    )
}

fn ranked(places: &[Ranked]) -> String {
    let one = |place: &Ranked| {
        let rank = place.rank.map_or_else(String::new, |rank| format!("第{rank}名，"));
        format!("{}（{rank}{}分）", place.name, score(place.score))
    };
    places.iter().map(one).collect::<Vec<_>>().join("、")
}

fn fallen(fall: &Fall) -> String {
    let points = percent(fall.by).unwrap_or_default();
    let how = if fall.indicator.is_timed() { "相对时间进度回落" } else { "回落" };
    format!("{}{}（{how}{points}个百分点）", fall.name, indicator(fall.indicator))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(num: i128, den: i128) -> Fraction {
        Fraction::new(num, den).unwrap()
    }

    #[test]
    fn the_sentence_of_the_model_comes_out() {
        let wan = |text: &str| Money::parse(text, Unit::Yi).unwrap();
        let rate = Rate::share(6290, 6474);
        let period = Period::parse("2026-10").unwrap();
        let text = completed(period, Some(wan("629.0")), wan("647.4"), rate, rate.lead(period.elapsed()));
        assert_eq!(
            text,
            "年度计划投资647.40亿元。1—10月累计完成投资629.00亿元，占年度计划97.2%，超过时间进度13.8个百分点。"
        );
    }

    #[test]
    fn behind_level_and_posts_read_as_people_write_them() {
        assert_eq!(lead(Some(fraction(-291, 1000))), "，落后时间进度29.1个百分点");
        assert_eq!(lead(Some(fraction(1, 100_000))), "，与时间进度持平");
        assert_eq!((posts(812_000), posts(812_460)), ("812".into(), "812.5".into()));
        assert_eq!(span(Period::parse("2026-Q3").unwrap()), "2026年第三季度");
        assert_eq!(so_far(Period::parse("2026-01").unwrap()), "1月");
    }
}
