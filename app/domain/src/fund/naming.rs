//! What the rules of a source say of a use: allowed, forbidden, or nothing. Judges no split.

use super::clause::{Clause, Rule};
use crate::usage::Use;

/// What the rules of a source say of a use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// every list of allowed uses names it, and there is one
    Allowed,
    /// a list of forbidden uses names it
    Forbidden,
    /// no list forbids it, nor is it allowed by name
    Unnamed,
}

impl Use {
    /// What these rules say of it.
    pub fn naming(self, clauses: &[Clause]) -> Naming {
        let (mut allowed, mut lists) = (0_usize, 0_usize);
        for clause in clauses {
            match &clause.rule {
                Rule::Forbids { uses } if uses.contains(&self) => return Naming::Forbidden,
                Rule::Allows { uses } => {
                    lists += 1;
                    allowed += usize::from(uses.contains(&self));
                }
                Rule::Forbids { .. }
                | Rule::IndustryShare { .. }
                | Rule::LabourShare { .. }
                | Rule::ManagementShare { .. }
                | Rule::CapPerProject { .. }
                | Rule::Revenue
                | Rule::PassOn { .. }
                | Rule::SpendWithin { .. }
                | Rule::Publish { .. }
                | Rule::NoDemandedMatching
                | Rule::OwnDocument
                | Rule::Traceable
                | Rule::Stated => {}
            }
        }
        if lists > 0 && allowed == lists { Naming::Allowed } else { Naming::Unnamed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fund::Catalogue;
    use crate::source::Source;

    fn check(source: Source, usage: Use, expected: Naming) {
        assert_eq!(usage.naming(&Catalogue::builtin().get(source).clauses), expected, "{source:?} {usage:?}");
    }

    #[test]
    fn a_use_is_allowed_forbidden_or_unnamed() {
        check(Source::Brg, Use::Industry, Naming::Allowed);
        check(Source::Brg, Use::Vehicles, Naming::Forbidden);
        check(Source::Brg, Use::Training, Naming::Unnamed);
        // Without a list of allowed uses nothing is allowed by name.
        check(Source::Gbs, Use::Industry, Naming::Unnamed);
        check(Source::Gbs, Use::Wages, Naming::Forbidden);
        check(Source::Soc, Use::Wages, Naming::Unnamed);
    }
}
