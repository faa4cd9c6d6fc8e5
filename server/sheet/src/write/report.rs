//! The report of a closed month (资金月报) as the official form. Its words are Chinese in every language of the screens, since
//! the same issue must give the same bytes to whoever takes it.

use super::figures::{FigureCell, Figures, Heading, workbook as figures};
use chrono::NaiveDateTime;
use domain::ledger::{PerStage, Stage};
use domain::money::Delta;
use domain::period::Month;
use rust_xlsxwriter::XlsxError;

/// What the file is called.
pub const WORD: &str = "资金月报";

/// All that the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthBook {
    /// as called at first issue
    pub area: String,
    pub month: Month,
    /// the place of the chain that was known
    pub known_at: i64,
    pub issuer: String,
    /// UTC, of the first issue
    pub at: NaiveDateTime,
    /// rule and edition
    pub rules: Vec<String>,
    /// edition of the control matrix
    pub control: i64,
    pub lines: Vec<MonthLine>,
}

/// One area and source, in fen net of what was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthLine {
    pub area: String,
    pub source: String,
    pub month: PerStage<Delta>,
    pub total: PerStage<Delta>,
}

const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Issued => "下达",
        Stage::Received => "到位",
        Stage::Disbursed => "拨付",
        Stage::Paid => "支付",
    }
}

/// The bytes of an .xlsx file.
pub fn workbook(book: &MonthBook) -> Result<Vec<u8>, XlsxError> {
    let text = |word: &str, width| Heading { word: word.to_owned(), summed: false, width };
    let amount = |word: String| Heading { word, summed: true, width: 14 };
    let mut headings = vec![text("地区", 20), text("资金来源", 24)];
    headings.extend(Stage::ALL.map(|stage| amount(format!("本月{}", word(stage)))));
    headings.extend(Stage::ALL.map(|stage| amount(format!("累计{}", word(stage)))));
    let row = |line: &MonthLine| {
        let mut cells = vec![FigureCell::Text(line.area.clone()), FigureCell::Text(line.source.clone())];
        cells.extend(Stage::ALL.map(|stage| FigureCell::Amount(*line.month.get(stage))));
        cells.extend(Stage::ALL.map(|stage| FigureCell::Amount(*line.total.get(stage))));
        cells
    };
    let rules = if book.rules.is_empty() { "无".to_owned() } else { book.rules.join(" ") };
    figures(&Figures {
        name: WORD.to_owned(),
        title: format!("{}{WORD}（{}）", book.area, book.month),
        about: format!("填报单位：{}", book.area),
        unit: "单位：万元".to_owned(),
        total: "合计".to_owned(),
        headings,
        rows: book.lines.iter().map(row).collect(),
        notes: vec![
            format!(
                "截至 {} 月末，按台账链号 {} 出具；各环节为扣除收回与调剂后的累计数。",
                book.month, book.known_at
            ),
            format!(
                "出具：{}，{} UTC；控制矩阵第 {} 版；规则版本：{rules}",
                book.issuer,
                book.at.format("%Y-%m-%d %H:%M:%S"),
                book.control
            ),
        ],
        made: book.at,
    })
}
