//! The columns a sheet can have: those of projects, those of sites, and the ordinal. Knows no file and no cell.

use domain::project::{Field, Kind};
use domain::text::fold;
use serde::{Deserialize, Serialize};

/// What a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Projects,
    Sites,
}

/// A column of a site list (安置点台账).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SiteColumn {
    Code,
    Name,
    Area,
    AreaCode,
    Households,
    People,
    Labour,
    Employed,
    OutOfProvince,
    InProvince,
    InCounty,
    ZeroEmployment,
}

/// A column that was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Project(Field),
    Site(SiteColumn),
    /// 序号: numbers the rows of the sheet, never stored.
    Ordinal,
}

const ORDINALS: [&str; 4] = ["序号", "编号", "项次", "no."];

impl SiteColumn {
    pub const ALL: [SiteColumn; 12] = [
        SiteColumn::Code,
        SiteColumn::Name,
        SiteColumn::Area,
        SiteColumn::AreaCode,
        SiteColumn::Households,
        SiteColumn::People,
        SiteColumn::Labour,
        SiteColumn::Employed,
        SiteColumn::OutOfProvince,
        SiteColumn::InProvince,
        SiteColumn::InCounty,
        SiteColumn::ZeroEmployment,
    ];

    /// Stable key: `site.households`.
    pub const fn key(self) -> &'static str {
        match self {
            SiteColumn::Code => "site.code",
            SiteColumn::Name => "site.name",
            SiteColumn::Area => "site.area",
            SiteColumn::AreaCode => "site.area_code",
            SiteColumn::Households => "site.households",
            SiteColumn::People => "site.people",
            SiteColumn::Labour => "site.labour",
            SiteColumn::Employed => "site.employed",
            SiteColumn::OutOfProvince => "site.employed_out_of_province",
            SiteColumn::InProvince => "site.employed_in_province",
            SiteColumn::InCounty => "site.employed_in_county",
            SiteColumn::ZeroEmployment => "site.zero_employment_households",
        }
    }

    /// Spellings met on forms, the printed one first.
    pub const fn headings(self) -> &'static [&'static str] {
        match self {
            SiteColumn::Code => &["安置点编号", "安置点编码", "安置点代码"],
            SiteColumn::Name => &["安置点名称", "社区名称", "安置社区名称", "安置点", "安置社区"],
            SiteColumn::Area => &["县（市、区）", "县", "县区", "区县", "所在县", "县(区)", "所属县"],
            SiteColumn::AreaCode => &["行政区划代码", "区划代码", "区划码"],
            SiteColumn::Households => &["搬迁户数", "安置户数", "户数"],
            SiteColumn::People => &["搬迁人数", "安置人数", "人数", "人口", "搬迁人口"],
            SiteColumn::Labour => &["劳动力", "劳动力人数", "劳动力数"],
            SiteColumn::Employed => &["已就业", "已就业人数", "就业人数"],
            SiteColumn::OutOfProvince => &["其中省外", "省外", "省外就业"],
            SiteColumn::InProvince => &["其中省内县外", "省内县外"],
            SiteColumn::InCounty => &["其中县内", "县内", "县内就业"],
            SiteColumn::ZeroEmployment => &["零就业家庭（户）", "零就业家庭", "零就业户", "零就业家庭户数"],
        }
    }

    const fn is_figure(self) -> bool {
        !matches!(self, SiteColumn::Code | SiteColumn::Name | SiteColumn::Area | SiteColumn::AreaCode)
    }
}

impl Column {
    /// The column a heading names in a list about `subject`; never guessed by likeness.
    pub fn find(subject: Subject, band: &str, heading: &str) -> Option<Column> {
        let folded = fold(heading);
        if ORDINALS.contains(&folded.as_str()) {
            return Some(Column::Ordinal);
        }
        match subject {
            Subject::Projects => {
                Field::find((!band.is_empty()).then_some(band), heading).map(Column::Project)
            }
            Subject::Sites => {
                let bare = fold(domain::project::field::strip_unit(heading));
                SiteColumn::ALL
                    .into_iter()
                    .find(|site| {
                        site.headings().iter().any(|known| fold(known) == folded || fold(known) == bare)
                    })
                    .map(Column::Site)
            }
        }
    }

    /// The column of a key such as `total`, `source.CBI`, `site.people`.
    pub fn from_key(key: &str) -> Option<Column> {
        if key == "ordinal" {
            return Some(Column::Ordinal);
        }
        SiteColumn::ALL
            .into_iter()
            .find(|site| site.key() == key)
            .map(Column::Site)
            .or_else(|| key.parse().ok().map(Column::Project))
    }

    pub fn key(self) -> String {
        match self {
            Column::Project(field) => field.key(),
            Column::Site(site) => site.key().to_owned(),
            Column::Ordinal => "ordinal".to_owned(),
        }
    }

    /// The project's field, when it is one.
    pub const fn field(self) -> Option<Field> {
        match self {
            Column::Project(field) => Some(field),
            Column::Site(_) | Column::Ordinal => None,
        }
    }

    /// How the cells are read. Areas and sites stay names here; the service resolves them.
    pub const fn kind(self) -> Kind {
        match self {
            Column::Project(field) => field.kind(),
            Column::Site(site) if site.is_figure() => Kind::Count,
            Column::Site(_) => Kind::Text,
            Column::Ordinal => Kind::Derived,
        }
    }

    /// The name of the row's thing: it must not be blank.
    pub const fn is_name(self) -> bool {
        matches!(self, Column::Project(Field::Name) | Column::Site(SiteColumn::Name))
    }

    /// The place, which may be written once for several rows.
    pub const fn is_area(self) -> bool {
        matches!(self, Column::Project(Field::Area) | Column::Site(SiteColumn::Area))
    }
}
