//! What is doubtful in one project's facts. Doubts never refuse: lists are drafts, and the person decides.

use super::code::CodeVerdict;
use super::facts::ProjectFacts;
use crate::finding::{FindingKind, Severity};

/// Doubts about a project as a whole, with their severity; amounts are exact differences in fen.
pub fn doubts(facts: &ProjectFacts) -> Vec<(Severity, FindingKind)> {
    let mut found = Vec::new();
    let mut warn = |kind: FindingKind| found.push((Severity::Warning, kind));
    if let Some(total) = facts.total {
        for (kind, sum) in [
            (Margin::Source, facts.source_sum().filter(|_| !facts.sources.is_empty())),
            (Margin::Year, facts.year_sum().filter(|_| !facts.years.is_empty())),
        ] {
            let Some(sum) = sum.filter(|sum| *sum != total) else { continue };
            let difference = sum.minus(total);
            warn(match kind {
                Margin::Source => FindingKind::SourcesDiffer { total, sum, difference },
                Margin::Year => FindingKind::YearsDiffer { total, sum, difference },
            });
        }
    }
    if let Some(code) = &facts.code {
        match code.verdict() {
            CodeVerdict::Sound | CodeVerdict::Legacy => {}
            CodeVerdict::CheckDigit { expected } => {
                warn(FindingKind::CodeCheckDigit { code: code.to_string(), expected });
            }
            CodeVerdict::NoSuchMonth { month } => {
                warn(FindingKind::CodeMonth { code: code.to_string(), month });
            }
            CodeVerdict::Malformed => warn(FindingKind::CodeMalformed { code: code.to_string() }),
        }
    }
    if let (Some(start), Some(finish)) = (facts.start, facts.finish)
        && finish < start
    {
        warn(FindingKind::FinishBeforeStart { start, finish });
    }
    found
}

enum Margin {
    Source,
    Year,
}
