//! What a number of jobs is a number of: phase, layer, unit and population. Only numbers of one kind are ever added.

use serde::{Deserialize, Serialize};

/// Writes an enum of the jobs slice with its stable codes.
macro_rules! coded {
    ($(#[$about:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// Stable code in the database, in files and on the wire.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)* }
            }

            pub fn from_code(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

coded! {
    /// When the work is done.
    Phase {
        /// 建设期
        Construction = "construction",
        /// 运营期
        Operation = "operation",
    }
}

coded! {
    /// How near to the project (domain.md C4.2, 6 and 7).
    Layer {
        /// 直接: on the site, or in the workshop.
        Direct = "direct",
        /// 间接: at its suppliers; only when switched on.
        Indirect = "indirect",
        /// 诱发: by what the earners spend; only when switched on.
        Induced = "induced",
    }
}

coded! {
    /// What is counted.
    Unit {
        /// 人: people, each once.
        Person = "person",
        /// 岗位: posts, filled or not.
        Post = "post",
        /// 人次: times that somebody was taken on.
        Visit = "visit",
        /// FTE: full years of work.
        Fte = "fte",
        /// 工日: days of work.
        WorkDay = "work_day",
        /// 户: households linked to a project; never jobs.
        Household = "household",
    }
}

coded! {
    /// Whose work it is.
    Population {
        /// 全部
        All = "all",
        /// 搬迁群众
        Relocated = "relocated",
        /// 脱贫人口
        Poor = "poor",
    }
}
