//! 安置点就业: a row a community with the people of its newest report, as far as they may be shown. Decides nothing.

use super::cells::{Cell, Column, Sheet};
use super::{people, words};
use domain::bulletin::community::{Community, Work, work};
use domain::bulletin::facts::Facts;
use domain::bulletin::period::Period;

const UNIT: &str = "单位：人、户";
/// Columns that the share points to.
const LABOUR: u16 = 5;
const EMPLOYED: u16 = 6;

/// The sheet, where these rules speak of communities and there are any.
pub fn sheet(facts: &Facts, title: &str, about: &str, mut notes: Vec<String>) -> Option<Sheet> {
    if !facts.edition.tells_communities() || facts.communities.is_empty() {
        return None;
    }
    let (works, total) = work(&facts.communities);
    let row = |(number, (one, work)): (i64, (&Community, Work))| {
        let text = |text: &str| Cell::Text(text.to_owned());
        let mut cells = vec![
            Cell::Count(number),
            text(facts.name(one.place())),
            text(&one.name),
            text(one.code.as_deref().unwrap_or_default()),
            one.reported
                .map_or_else(Cell::unreported, |(month, _)| Cell::Text(words::span(Period::Month(month)))),
        ];
        cells.extend(figures(&work));
        cells
    };
    let mut sum = vec![Cell::Text("合计".to_owned())];
    sum.extend((0..4).map(|_| Cell::Empty));
    sum.extend(figures(&total));
    notes.insert(
        0,
        "注：各安置点取本年度最近一期已报送的数字；就业率＝已就业÷劳动力；未就业＝劳动力－已就业。按县核定不予公布的人数，上级汇总与县级一致。".to_owned(),
    );
    Some(Sheet {
        name: "安置点就业",
        title: format!("{title}（安置点就业）"),
        about: about.to_owned(),
        unit: UNIT,
        columns: columns(),
        total: sum,
        rows: (1_i64..).zip(facts.communities.iter().zip(works)).map(row).collect(),
        notes,
        frozen: 3,
    })
}

fn columns() -> Vec<Column> {
    let column = |band, word, summed, width| Column { band, word, summed, width };
    let (work, channel) = ("就业", "已就业按渠道");
    vec![
        column("", "序号", false, 6),
        column("", "地区", false, 16),
        column("", "安置点", false, 30),
        column("", "编码", false, 18),
        column("", "报送月份", false, 12),
        column(work, "劳动力", true, 10),
        column(work, "已就业", true, 10),
        column(work, "就业率", false, 10),
        column(channel, "省外", true, 10),
        column(channel, "省内县外", true, 10),
        column(channel, "县内", true, 10),
        column("", "未就业", true, 10),
        column("", "零就业家庭（户）", true, 12),
    ]
}

fn figures(work: &Work) -> Vec<Cell> {
    let mut cells = vec![
        people(work.labour),
        people(work.employed),
        Cell::Share { part: EMPLOYED, whole: LABOUR, rate: work.rate() },
    ];
    cells.extend(work.channels.map(people));
    cells.extend([people(work.idle), people(work.zero_households)]);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_points_to_the_columns_it_names() {
        let words: Vec<&str> = columns().iter().map(|one| one.word).collect();
        assert_eq!([LABOUR, EMPLOYED].map(|at| words[usize::from(at)]), ["劳动力", "已就业"]);
    }
}
