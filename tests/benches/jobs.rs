//! Job estimates by the rules of the domain, as many as an edition of coefficients that comes into force asks for.

use crate::{median, scaled};
use domain::jobs::coefficient::Coefficients;
use domain::jobs::estimate::Estimate;
use domain::jobs::input::{Basis, Inputs, Multiplier};
use domain::money::Money;
use domain::project::Category;
use std::hint::black_box;
use std::time::Instant;

const FIGURES: usize = 5;

pub fn run() {
    let projects = scaled(100_000);
    let all: Vec<(Basis, Inputs)> = (0..projects).map(project).collect();
    let coefficients = Coefficients::shipped();
    let once = || {
        let begin = Instant::now();
        let lines: usize = all
            .iter()
            .map(|(basis, inputs)| black_box(Estimate::of(basis, inputs, &coefficients)).lines.len())
            .sum();
        (begin.elapsed().as_secs_f64(), lines)
    };
    let lines = once().1;
    let seconds = median((0..FIGURES).map(|_| once().0).collect());
    let word = if seconds <= 1.0 { "reached" } else { "NOT REACHED" };
    println!("{word:<12}estimate of {projects} projects: {seconds:.2} s, {lines} numbers (wanted: ≤ 1 s)");
}

/// Every category in turn; one in three 以工代赈, one in ten with all layers.
fn project(at: usize) -> (Basis, Inputs) {
    let fen = |times: usize| Money::from_fen(i64::try_from(times * 7_919_000).unwrap()).unwrap();
    let basis = Basis {
        category: Some(Category::ALL[at % Category::ALL.len()]),
        industry: ["C13", "G59", "A01", "E48"].get(at % 5).map(|code| (*code).to_owned()),
        is_work_relief: at.is_multiple_of(3),
        total: Some(fen(at % 5000 + 1)),
        central: fen(at % 2500),
        labour_pay: at.is_multiple_of(4).then(|| fen(at % 900)),
        households: Some(u32::try_from(at % 400).unwrap()),
        ..Basis::default()
    };
    let multiplier = at.is_multiple_of(10).then_some(Multiplier::TypeTwo);
    (basis, Inputs { multiplier, ..Inputs::default() })
}
