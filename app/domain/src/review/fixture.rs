//! A project that no rule doubts on 2026-06-30, and one `check` that changes it and says what a rule answers. Tests only.

use super::catalogue;
use super::edition::Editions;
use super::facts::{EntryFact, EntryKind, Facts, Library, SourceFacts};
use super::judge::judge_rule;
use super::rule::RuleCode;
use crate::area::{AreaCode, AreaPath};
use crate::id::ProjectId;
use crate::money::{Money, Unit};
use crate::period::{FiscalYear, Month};
use crate::project::{Category, Gate, ProjectCode, ProjectFacts, Stage};
use crate::site::SiteFacts;
use crate::source::Source;
use crate::usage::Use;
use chrono::NaiveDate;
use uuid::Uuid;

pub const TODAY: &str = "2026-06-30";

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn wan(text: &str) -> Money {
    Money::parse(text, Unit::Wan).unwrap()
}

pub fn year(year: i32) -> FiscalYear {
    FiscalYear::new(year).unwrap()
}

pub fn editions() -> Editions {
    Editions::new(catalogue::shipped(date("2025-01-01"))).unwrap()
}

pub fn site() -> SiteFacts {
    SiteFacts {
        code: None,
        name: "幸福社区".into(),
        area: AreaCode::new("500236").unwrap(),
        households: Some(500),
        people: Some(2000),
        labour: Some(900),
        employed: Some(850),
        employed_out_of_province: None,
        employed_in_province: None,
        employed_in_county: None,
        zero_employment_households: None,
    }
}

/// 1000 万元: 600 of 以工代赈, 400 of 中央预算内投资.
pub fn facts() -> Facts {
    let area = AreaCode::new("500236").unwrap();
    let path = AreaPath::root().child(AreaCode::new("500000").unwrap()).child(area);
    let mut project = ProjectFacts::new("产业路".into(), area);
    project.code = ProjectCode::new("2503-500236-04-01-672557");
    project.stage = Stage::Building;
    project.category = Some(Category::Infrastructure);
    project.total = Some(wan("1000"));
    project.sources = [(Source::Wfr, wan("600")), (Source::Cbi, wan("400"))].into();
    project.years = [(year(2026), wan("1000"))].into();
    project.gates = [(Gate::Feasibility, date("2025-04-02")), (Gate::Design, date("2025-06-01"))].into();
    project.start = Month::parse("2025-08").ok();
    project.finish = Month::parse("2026-12").ok();
    project.labour_pay = Some(wan("200"));
    project.jobs_construction = Some(150);
    project.jobs_operation = Some(20);
    project.posts = Some(10);
    project.people = Some(1500);
    project.households = Some(400);
    project.goal = Some("产出、效益、满意度".into());
    project.unit = Some("县交通局".into());
    let mut facts = Facts::new(ProjectId::new(Uuid::from_u128(1)), project, path);
    facts.library = Library::On(date("2025-03-01"));
    facts.started_on = Some(date("2025-08-10"));
    facts.estimate = Some(wan("980"));
    facts.design_estimate = Some(wan("1000"));
    facts.sites = vec![site()];
    facts.positions = vec![position(Source::Wfr, "600", "600", "500", "400")];
    facts.entries = vec![payment(1, "2026-05-10", "100", Use::Works)];
    facts
}

/// A source of 2026: issued in February, received in March, disbursed in March.
pub fn position(source: Source, issued: &str, received: &str, disbursed: &str, paid: &str) -> SourceFacts {
    let mut position = SourceFacts::new(source, Some(year(2026)));
    (position.issued, position.received) = (wan(issued), wan(received));
    (position.disbursed, position.paid) = (wan(disbursed), wan(paid));
    position.first_issued_on = Some(date("2026-02-10"));
    position.first_received_on = Some(date("2026-03-01"));
    position.first_disbursed_on = Some(date("2026-03-20"));
    position.last_disbursed_on = Some(date("2026-03-20"));
    position.oldest_unspent_receipt = Some(date("2026-03-01"));
    position
}

pub fn payment(sequence: i64, day: &str, amount: &str, purpose: Use) -> EntryFact {
    EntryFact {
        sequence,
        date: date(day),
        kind: EntryKind::Pay,
        source: Source::Wfr,
        year: Some(year(2026)),
        amount: wan(amount),
        voucher: Some(format!("记-{sequence:05}")),
        document: None,
        invoice: None,
        payee: Some("众达建设公司".into()),
        purpose: Some(purpose),
    }
}

/// Changes the sound project, runs one rule on a day, and compares: `clear`, the levels of the findings, or `lacks …`.
pub fn check_on(rule: RuleCode, today: &str, change: impl FnOnce(&mut Facts), expected: &str) {
    let mut facts = facts();
    change(&mut facts);
    let judgement = judge_rule(rule, &facts, &editions(), date(today));
    let levels: Vec<&str> = judgement.findings.iter().map(|finding| finding.level.code()).collect();
    let names: Vec<String> = judgement.missing.iter().map(|name| name.code()).collect();
    let got = if !levels.is_empty() {
        levels.join(" ")
    } else if judgement.not_run > 0 {
        format!("lacks {}", names.join(" "))
    } else {
        "clear".to_owned()
    };
    assert_eq!(got, expected, "{rule}: {judgement:#?}");
}

pub fn check(rule: RuleCode, change: impl FnOnce(&mut Facts), expected: &str) {
    check_on(rule, TODAY, change, expected);
}
