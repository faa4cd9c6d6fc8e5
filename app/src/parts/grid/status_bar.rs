//! The line under the grid: what is selected, counted and summed, why a cell is locked, and the unit of all amounts.

use super::model::{Fate, Figure};
use super::state::GridState;
use domain::money::{Delta, Unit};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, t};

#[component]
pub fn StatusBar(state: GridState, #[prop(into)] shown: Signal<String>, children: Children) -> impl IntoView {
    let l = locale();
    // Looks through every cell: once a change, for the text and its title.
    let why = Memo::new(move |_| why(l, state));
    view! {
        <div class="grid-foot">
            <span class="grid-shown">{move || shown.get()}</span>
            <span class="grid-sums" role="status">{move || sums(l, state)}</span>
            <span class="grid-why" role="status" title=move || why.get()>
                {move || why.get()}
            </span>
            <span class="grid-tools">{children()}</span>
            <b class="grid-unit">{t!(l, common.unit_note, unit = words::name::unit(l, Unit::Wan))}</b>
        </div>
    }
}

/// The complaint about what is being typed, why the active cell was not saved or is locked, or else which other cell
/// was not saved: a person types on before the answer comes.
fn why(l: Locale, state: GridState) -> Option<String> {
    if let Some(complaint) = state.complaint() {
        return Some(complaint);
    }
    let cell = state.cell(state.range.get().active)?;
    match cell.fate {
        Fate::Failed { why } => Some(why),
        Fate::Quiet | Fate::Pending | Fate::Saved => elsewhere(l, state).or(cell.locked),
    }
}

fn elsewhere(l: Locale, state: GridState) -> Option<String> {
    let (row, why) = state.refused()?;
    Some(t!(l, list.refused_row, row = row, why = why))
}

fn sums(l: Locale, state: GridState) -> String {
    let (filled, figures) = state.summary();
    let count = t!(l, list.status_count, count = format::integer(as_integer(filled)));
    let Some((sum, mean)) = sum_and_mean(&figures) else { return count };
    format!("{count}  {}  {}", t!(l, list.status_sum, sum = sum), t!(l, list.status_mean, mean = mean))
}

fn as_integer(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Sum and mean as texts, `None` when there is nothing to add or the figures are not of one kind.
fn sum_and_mean(figures: &[Figure]) -> Option<(String, String)> {
    let fen = |figure: &Figure| match figure {
        Figure::Fen(fen) => Some(*fen),
        Figure::Count(_) => None,
    };
    let count = |figure: &Figure| match figure {
        Figure::Count(count) => Some(*count),
        Figure::Fen(_) => None,
    };
    let many = as_integer(figures.len()).max(1);
    let add = |total: i64, part: Option<i64>| total.checked_add(part?);
    if let (Some(sum), false) = (figures.iter().map(fen).try_fold(0, add), figures.is_empty()) {
        let text = |fen| format::delta(Delta::from_fen(fen), Unit::Wan);
        return Some((text(sum), text(rounded(sum, many))));
    }
    let sum = figures.iter().map(count).try_fold(0, add).filter(|_| !figures.is_empty())?;
    let tenths = rounded(sum.checked_mul(10)?, many);
    Some((format::integer(sum), format::grouped(&format!("{}.{}", tenths / 10, tenths % 10))))
}

/// Half away from zero.
fn rounded(sum: i64, many: i64) -> i64 {
    let half = if sum < 0 { -(many / 2) } else { many / 2 };
    sum.saturating_add(half) / many
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_added_in_fen_and_counts_as_numbers() {
        let amounts = [Figure::Fen(3_200_000_000), Figure::Fen(1_850_500_000)];
        assert_eq!(sum_and_mean(&amounts), Some(("5,050.50".into(), "2,525.25".into())));
        let counts = [Figure::Count(86), Figure::Count(25)];
        assert_eq!(sum_and_mean(&counts), Some(("111".into(), "55.5".into())));
        assert_eq!(sum_and_mean(&[Figure::Count(1), Figure::Fen(1)]), None);
        assert_eq!(sum_and_mean(&[]), None);
    }
}
