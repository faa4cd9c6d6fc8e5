//! Closed dictionaries of a project: what it is for, how it is built, how far it is. Labels for screens live in `words`.

use crate::text;
use serde::{Deserialize, Serialize};

/// 项目类型 (domain.md C5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 产业-生产性
    ProductiveIndustry,
    /// 产业-生活性
    LivingIndustry,
    /// 就业
    Employment,
    /// 基础设施
    Infrastructure,
    /// 公共服务
    PublicService,
    /// 社区治理
    Governance,
    /// 住房
    Housing,
}

/// 建设性质.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// 新建
    New,
    /// 扩建
    Extension,
    /// 改建
    Rebuilding,
    /// 迁建
    Relocation,
    /// 续建
    Continuation,
}

/// 项目状态 (ux.md §3.0): how far a project is, apart from the list it stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 谋划
    Idea,
    /// 储备
    Reserve,
    /// 前期
    Preparation,
    /// 具备条件
    Ready,
    /// 已下达
    Allocated,
    /// 在建
    Building,
    /// 完工
    Completed,
    /// 验收销号
    Accepted,
    /// 暂缓
    Paused,
    /// 退库
    Withdrawn,
}

macro_rules! dictionary {
    ($name:ident, $count:literal: $($variant:ident = $code:literal, [$($spelling:literal),+]);+ $(;)?) => {
        impl $name {
            pub const ALL: [$name; $count] = [$($name::$variant),+];

            /// Stable code in the database, URLs and the API.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            /// Spellings met on forms, the official one first.
            pub const fn spellings(self) -> &'static [&'static str] {
                match self { $($name::$variant => &[$($spelling),+]),+ }
            }

            /// The word on the official form.
            pub const fn sign(self) -> &'static str {
                self.spellings()[0]
            }

            pub fn from_code(code: &str) -> Option<$name> {
                $name::ALL.into_iter().find(|item| item.code() == code)
            }

            /// The entry one of whose spellings equals `text`, width and spaces aside.
            pub fn find(text: &str) -> Option<$name> {
                let folded = text::fold(text);
                $name::ALL.into_iter().find(|item| item.spellings().iter().any(|known| text::fold(known) == folded))
            }
        }
    };
}

dictionary!(Category, 7:
    ProductiveIndustry = "productive_industry", ["产业-生产性", "生产性产业", "产业（生产性）", "产业"];
    LivingIndustry = "living_industry", ["产业-生活性", "生活性产业", "产业（生活性）"];
    Employment = "employment", ["就业", "就业类", "就业创业"];
    Infrastructure = "infrastructure", ["基础设施", "基础设施类", "配套基础设施"];
    PublicService = "public_service", ["公共服务", "公共服务类", "公共服务设施"];
    Governance = "governance", ["社区治理", "社区治理类", "治理"];
    Housing = "housing", ["住房", "住房保障"];
);

impl Category {
    /// What 产业占比 counts (domain.md C2), of one category where it is chosen.
    pub fn industry(chosen: Option<Category>) -> Vec<Category> {
        let wanted = |item: &Category| item.is_industry() && chosen.is_none_or(|chosen| chosen == *item);
        Category::ALL.into_iter().filter(wanted).collect()
    }

    /// 产业, of either kind.
    pub const fn is_industry(self) -> bool {
        match self {
            Category::ProductiveIndustry | Category::LivingIndustry => true,
            Category::Employment
            | Category::Infrastructure
            | Category::PublicService
            | Category::Governance
            | Category::Housing => false,
        }
    }
}

dictionary!(Nature, 5:
    New = "new", ["新建"];
    Extension = "extension", ["扩建", "改扩建"];
    Rebuilding = "rebuilding", ["改建", "改造"];
    Relocation = "relocation", ["迁建"];
    Continuation = "continuation", ["续建"];
);

dictionary!(Stage, 10:
    Idea = "idea", ["谋划"];
    Reserve = "reserve", ["储备"];
    Preparation = "preparation", ["前期"];
    Ready = "ready", ["具备条件"];
    Allocated = "allocated", ["已下达"];
    Building = "building", ["在建"];
    Completed = "completed", ["完工"];
    Accepted = "accepted", ["验收销号"];
    Paused = "paused", ["暂缓"];
    Withdrawn = "withdrawn", ["退库"];
);

impl Stage {
    /// Nothing is built any more, so that posts in operation can be filled.
    pub const fn is_finished(self) -> bool {
        match self {
            Stage::Completed | Stage::Accepted => true,
            Stage::Idea
            | Stage::Reserve
            | Stage::Preparation
            | Stage::Ready
            | Stage::Allocated
            | Stage::Building
            | Stage::Paused
            | Stage::Withdrawn => false,
        }
    }
}
