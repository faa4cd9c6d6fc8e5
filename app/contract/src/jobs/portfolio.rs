//! 组合测算 on the wire: the jobs of many projects, like added with like, each project once. Knows no SQL and no layout.

use crate::error::FieldErrors;
use crate::form::Form;
use crate::ledger::check::Inputs;
use domain::area::AreaCode;
use domain::jobs::portfolio::Total;
use domain::jobs::portfolio::served::Served;
use domain::period::{FiscalYear, Horizon};
use domain::project::Category;
use domain::source::Source;
use serde::{Deserialize, Serialize};

/// The filter as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PortfolioForm {
    /// six digits; the person's own when empty
    pub area: String,
    /// `Horizon::code`; on any list or none when empty
    pub list: String,
    pub category: String,
    pub source: String,
}

/// The same, checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PortfolioQuery {
    pub area: Option<AreaCode>,
    pub list: Option<Horizon>,
    pub category: Option<Category>,
    pub source: Option<Source>,
}

/// The sums.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioView {
    pub area: AreaCode,
    pub area_name: String,
    /// the year whose lists are meant
    pub year: FiscalYear,
    pub list: Option<Horizon>,
    pub category: Option<Category>,
    pub source: Option<Source>,
    pub projects: u64,
    /// of them without an estimate
    pub missing: u64,
    /// by kind, in the order of kinds; thousandths
    pub totals: Vec<Total>,
    /// so many sums were drawn
    pub draws: u64,
    /// what the generator began with
    pub seed: u64,
    /// 受益人数, people
    pub served: Served,
}

impl Form for PortfolioForm {
    type Command = PortfolioQuery;

    fn check(&self) -> Result<PortfolioQuery, FieldErrors> {
        let mut inputs = Inputs::new();
        let query = PortfolioQuery {
            area: inputs.chosen("area", &self.area, AreaCode::new),
            list: inputs.chosen("list", &self.list, Horizon::from_code),
            category: inputs.chosen("category", &self.category, Category::from_code),
            source: inputs.chosen("source", &self.source, Source::from_code),
        };
        inputs.done()?;
        Ok(query)
    }
}
