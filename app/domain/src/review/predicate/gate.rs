//! Rules about approvals, the code and the library: R06–R10.

use crate::area::AreaCode;
use crate::project::code::CodeVerdict;
use crate::project::{Field, Gate, ProjectCode, Stage};
use crate::review::clause::{Claim, Clause};
use crate::review::edition::Edition;
use crate::review::facts::{Facts, Library, SourceFacts};
use crate::review::name::FactName;
use crate::review::outcome::{Answer, Missing, Outcome};
use crate::review::rule::Level;
use crate::review::term::{FactValue, Relation, Term};
use crate::text;
use chrono::NaiveDate;

/// 可研批复 and 初设及概算批复. Art. 13 of 政府投资条例 lets one document stand for both, so that one date is enough.
const APPROVALS: [Gate; 2] = [Gate::Feasibility, Gate::Design];

fn approvals(facts: &Facts) -> Vec<(FactName, NaiveDate)> {
    let dated = |gate: Gate| Some((FactName::Field(Field::Gate(gate)), *facts.project.gates.get(&gate)?));
    APPROVALS.into_iter().filter_map(dated).collect()
}

fn no_approval() -> Answer {
    let absent = |gate| Clause::absent(FactName::Field(Field::Gate(gate)), FactValue::Absent);
    Outcome::any(APPROVALS.map(absent).to_vec())
}

/// R06: works began before an approval they need. 政府投资条例 Art. 20, 34(1).
pub fn started_before_approval(facts: &Facts, _edition: &Edition, _today: NaiveDate) -> Answer {
    let stage = FactValue::Stage(facts.project.stage);
    if !facts.has_started() {
        return Outcome::clear(FactName::Field(Field::Stage), stage);
    }
    let dated = approvals(facts);
    if dated.is_empty() {
        return Ok(no_approval()?.with(FactName::Field(Field::Stage), stage));
    }
    let started = facts.started_on.ok_or(Missing(&[FactName::StartedOn]))?;
    let started = Term::date(FactName::StartedOn, started);
    let before = |(name, date)| Clause::compare(started.clone(), Relation::Below, Term::date(name, date));
    Outcome::any(dated.into_iter().map(before).collect())
}

/// R07: money of the plan was issued before the feasibility study or the design was approved. 政府投资条例 Art. 17.
pub fn issued_before_approval(
    facts: &Facts,
    position: &SourceFacts,
    edition: &Edition,
    _today: NaiveDate,
) -> Answer {
    if position.issued.is_zero() || !edition.sources().contains(&position.source) {
        return Outcome::clear(FactName::FundingSource, FactValue::Source(position.source));
    }
    // Art. 17 asks for the one or the other, so the earlier counts.
    let Some((name, approved)) = approvals(facts).into_iter().min_by_key(|(_, date)| *date) else {
        return Ok(no_approval()?.with(FactName::Issued, FactValue::Money(position.issued)));
    };
    let issued = position.first_issued_on.ok_or(Missing(&[FactName::FirstIssuedOn]))?;
    let issued = Term::date(FactName::FirstIssuedOn, issued);
    let outcome = Outcome::any(vec![Clause::compare(issued, Relation::Below, Term::date(name, approved))])?;
    Ok(outcome.with(FactName::Issued, FactValue::Money(position.issued)))
}

/// R08: approved without a code, or the code is not sound. 政府投资条例 Art. 10; GB/T 40058-2021. What is wrong with a code
/// only warns (domain.md E14).
pub fn code(facts: &Facts, _edition: &Edition, _today: NaiveDate) -> Answer {
    let name = FactName::Field(Field::Code);
    let Some(code) = &facts.project.code else {
        let approval = [Gate::Proposal, Gate::Feasibility, Gate::Design]
            .into_iter()
            .find_map(|gate| Some((gate, *facts.project.gates.get(&gate)?)));
        // A project of the reserve has no code before its first approval (domain.md C1.3).
        return match approval {
            None => Outcome::clear(name, FactValue::Absent),
            Some((gate, date)) => Ok(Outcome::any(vec![Clause::absent(name, FactValue::Absent)])?
                .with(FactName::Field(Field::Gate(gate)), FactValue::Date(date))),
        };
    };
    let mut clauses = Vec::new();
    match code.verdict() {
        CodeVerdict::Sound | CodeVerdict::Legacy => clauses.extend(area_differs(facts, code)),
        CodeVerdict::CheckDigit { expected } => {
            let last = code.as_str().bytes().last().map_or(0, |digit| i64::from(digit.saturating_sub(b'0')));
            let claim = Claim::Instead(FactValue::Count(i64::from(expected)));
            clauses.push(Clause::claim(FactName::CodeCheckDigit, FactValue::Count(last), claim, true));
            clauses.extend(area_differs(facts, code));
        }
        CodeVerdict::NoSuchMonth { month } => {
            let month = FactValue::Count(i64::from(month));
            clauses.push(Clause::claim(FactName::CodeMonth, month, Claim::Malformed, true));
            clauses.extend(area_differs(facts, code));
        }
        CodeVerdict::Malformed => {
            let text = FactValue::Text(code.to_string());
            clauses.push(Clause::claim(FactName::CodeForm, text, Claim::Malformed, true));
        }
    }
    Ok(Outcome::any(clauses)?.with(name, FactValue::Text(code.to_string())).of(Level::Warning))
}

/// The six digits of the area must be those of the project's area or of one above it, which may have approved it.
fn area_differs(facts: &Facts, code: &ProjectCode) -> Option<Clause> {
    let area = AreaCode::new(code.as_str().split('-').nth(1)?)?;
    let holds = !facts.path.codes().contains(&area);
    let claim = Claim::Instead(FactValue::Area(facts.project.area));
    Some(Clause::claim(FactName::CodeArea, FactValue::Area(area), claim, holds))
}

/// R09: money was issued to a project before it entered the library.
pub fn issued_before_library(
    facts: &Facts,
    position: &SourceFacts,
    _edition: &Edition,
    _today: NaiveDate,
) -> Answer {
    if position.issued.is_zero() {
        return Outcome::clear(FactName::Issued, FactValue::Money(position.issued));
    }
    let clause = match facts.library {
        Library::Unknown => return Err(Missing(&[FactName::LibraryEntry])),
        Library::Never => Clause::absent(FactName::LibraryEntry, FactValue::Absent),
        Library::On(entered) => {
            let issued = position.first_issued_on.ok_or(Missing(&[FactName::FirstIssuedOn]))?;
            let entered = Term::date(FactName::LibraryEntry, entered);
            Clause::compare(Term::date(FactName::FirstIssuedOn, issued), Relation::Below, entered)
        }
    };
    Ok(Outcome::any(vec![clause])?.with(FactName::Issued, FactValue::Money(position.issued)))
}

/// R10: in the library without a performance target. Whether a target names output, benefit and satisfaction is read by
/// a person; that it is there at all is read here.
pub fn goal(facts: &Facts, _edition: &Edition, _today: NaiveDate) -> Answer {
    if facts.project.stage == Stage::Idea {
        return Outcome::clear(FactName::Field(Field::Stage), FactValue::Stage(Stage::Idea));
    }
    let goal = facts.project.goal.as_deref().filter(|goal| !text::means_empty(goal));
    Outcome::any(vec![Clause::absent(FactName::Field(Field::Goal), FactValue::of_text(goal))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::fixture::{check, check_on, date, position};
    use crate::review::rule::RuleCode as R;
    use crate::source::Source;

    #[test]
    fn r06_works_wait_for_their_approval() {
        check(R::R06, |_| {}, "clear");
        check(R::R06, |f| f.started_on = Some(date("2025-06-01")), "clear");
        check(R::R06, |f| f.started_on = Some(date("2025-05-31")), "red");
        check(R::R06, |f| f.started_on = None, "lacks started_on");
        check(R::R06, |f| f.project.gates.clear(), "red");
        let one_document = |f: &mut Facts| f.project.gates.retain(|gate, _| *gate != Gate::Design);
        check(R::R06, one_document, "clear");
        let not_begun = |f: &mut Facts| {
            f.project.gates.clear();
            (f.started_on, f.project.stage) = (None, Stage::Ready);
        };
        check(R::R06, not_begun, "clear");
        // Before the regulation was in force there is no edition to judge by.
        check(R::R06, |f| f.started_on = Some(date("2019-06-30")), "lacks parameter");
    }

    #[test]
    fn r07_one_approval_comes_before_the_money() {
        check(R::R07, |_| {}, "clear");
        check(R::R07, |f| f.project.gates.clear(), "red");
        check(R::R07, |f| f.positions[0].first_issued_on = Some(date("2025-04-02")), "clear");
        check(R::R07, |f| f.positions[0].first_issued_on = Some(date("2025-04-01")), "red");
        check(R::R07, |f| f.positions[0].first_issued_on = None, "lacks first_issued_on");
        let private = |f: &mut Facts| {
            f.project.gates.clear();
            f.positions = vec![position(Source::Soc, "10", "0", "0", "0")];
        };
        check(R::R07, private, "clear");
    }

    #[test]
    fn r08_a_code_is_there_and_sound() {
        let set = |code: &'static str| move |f: &mut Facts| f.project.code = ProjectCode::new(code);
        check(R::R08, |_| {}, "clear");
        check(R::R08, |f| f.project.code = None, "red");
        check(R::R08, set("2503-500236-04-01-672558"), "warning");
        check(R::R08, set("2303-610723-04-01-109448"), "warning");
        check(R::R08, set("2019-500236-48-01-012345"), "clear");
        check(R::R08, set("2513-500236-04-01-672557"), "warning");
        check(R::R08, set("待定"), "warning");
        let reserve = |f: &mut Facts| {
            f.project.code = None;
            f.project.gates.clear();
        };
        check(R::R08, reserve, "clear");
    }

    #[test]
    fn r09_money_follows_the_library() {
        check(R::R09, |_| {}, "clear");
        check(R::R09, |f| f.library = Library::On(date("2026-02-10")), "clear");
        check(R::R09, |f| f.library = Library::On(date("2026-02-11")), "warning");
        check(R::R09, |f| f.library = Library::Never, "warning");
        check(R::R09, |f| f.library = Library::Unknown, "lacks library_entry");
    }

    #[test]
    fn r10_a_target_is_named() {
        check(R::R10, |_| {}, "clear");
        check(R::R10, |f| f.project.goal = None, "warning");
        check(R::R10, |f| f.project.goal = Some(" 无 ".into()), "warning");
        let idea = |f: &mut Facts| (f.project.goal, f.project.stage) = (None, Stage::Idea);
        check_on(R::R10, "2026-01-01", idea, "clear");
    }
}
