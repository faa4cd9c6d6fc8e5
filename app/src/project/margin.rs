//! One margin of a project's plan — by source, or by year — as inputs, with the exact difference to the total shown
//! while typing; as text for who only reads. Added in whole fen. Knows no door.

use domain::money::{AmountError, Delta, Money, Unit};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, explain, format, t};

/// Which margin, for its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Margin {
    Source,
    Year,
}

/// One amount: name of its input, its label, its text in 万元.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    pub label: String,
    pub text: String,
    pub error: Option<String>,
}

/// What the amounts typed so far add up to, against the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// Some amount cannot be read, or the sum is too large.
    Unreadable,
    NoTotal {
        sum: Money,
    },
    /// total − sum
    Gap {
        sum: Money,
        gap: Delta,
    },
}

/// Adds what was typed. Empty is nothing; anything else must be an amount.
pub fn balance(total: &str, parts: &[String]) -> Balance {
    let read = |text: &String| match Money::parse(text, Unit::Wan) {
        Ok(amount) => Some(amount),
        Err(AmountError::Empty) => Some(Money::ZERO),
        Err(_) => None,
    };
    let amounts: Option<Vec<Money>> = parts.iter().map(read).collect();
    let sum = amounts.and_then(Money::sum);
    match Money::parse(total, Unit::Wan) {
        Ok(total) => against(Some(total), sum),
        Err(AmountError::Empty) => against(None, sum),
        Err(_) => Balance::Unreadable,
    }
}

/// A sum against the total; `None` is a sum too large, or a total that nobody gave.
fn against(total: Option<Money>, sum: Option<Money>) -> Balance {
    match (total, sum) {
        (_, None) => Balance::Unreadable,
        (None, Some(sum)) => Balance::NoTotal { sum },
        (Some(total), Some(sum)) => Balance::Gap { sum, gap: total.minus(sum) },
    }
}

#[component]
pub fn MarginTable(
    margin: Margin,
    lines: Vec<Line>,
    /// Text of the total, in 万元.
    #[prop(into)]
    total: Signal<String>,
) -> impl IntoView {
    let l = locale();
    let texts = RwSignal::new(lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>());
    let state = Memo::new(move |_| total.with(|total| texts.with(|texts| balance(total, texts))));
    let rows =
        lines.into_iter().enumerate().map(|(at, line)| view! { <MarginLine line at texts /> }).collect_view();
    let sum = move || sum_text(l, state.get());
    view! {
        <section class="project-margin panel">
            {table(l, margin, rows.into_any(), sum.into_any())}
            <p class="project-gap" class:project-gap-open=move || is_open(state.get()) role="status">
                {move || sentence(l, margin, state.get())}
            </p>
        </section>
    }
}

/// The same as text: a row for each amount that there is.
#[component]
pub fn MarginText(
    margin: Margin,
    /// label and amount
    amounts: Vec<(String, Money)>,
    total: Option<Money>,
) -> impl IntoView {
    let l = locale();
    let state = against(total, Money::sum(amounts.iter().map(|(_, amount)| *amount)));
    let rows = amounts
        .into_iter()
        .map(|(label, amount)| {
            view! {
                <tr>
                    <td>{label}</td>
                    <td class="number">{format::wan_exact(amount)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="project-margin panel">
            {table(l, margin, rows.into_any(), sum_text(l, state).into_any())}
            <p class="project-gap" class:project-gap-open=is_open(state)>
                {sentence(l, margin, state)}
            </p>
        </section>
    }
}

/// Title and table of a margin around its rows and their sum.
fn table(l: Locale, margin: Margin, rows: AnyView, sum: AnyView) -> AnyView {
    let (title, head) = match margin {
        Margin::Source => (t!(l, project.by_source), t!(l, project.source)),
        Margin::Year => (t!(l, project.by_year), t!(l, project.year)),
    };
    view! {
        <h2>{title}</h2>
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{head}</th>
                    <th scope="col" class="number">{t!(l, project.amount)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr class="table-total">
                    <td>{t!(l, project.sum)}</td>
                    <td class="number">{sum}</td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

#[component]
fn MarginLine(line: Line, at: usize, texts: RwSignal<Vec<String>>) -> impl IntoView {
    let l = locale();
    let complaint = Memo::new(move |_| {
        texts.with(|texts| match texts.get(at).map(|text| Money::parse(text, Unit::Wan)) {
            Some(Err(AmountError::Empty)) | Some(Ok(_)) | None => None,
            Some(Err(fault)) => Some(explain::amount_error(l, &fault)),
        })
    });
    let served = line.error;
    let shown = move || complaint.get().or_else(|| served.clone());
    let note = format!("{}-note", line.name);
    view! {
        <tr>
            <td>
                <label for=line.name.clone()>{line.label}</label>
            </td>
            <td class="number">
                <input
                    class="input project-amount"
                    id=line.name.clone()
                    name=line.name.clone()
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    value=line.text
                    aria-invalid=move || complaint.with(Option::is_some).then_some("true")
                    aria-describedby=note.clone()
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        texts.update(|texts| {
                            if let Some(slot) = texts.get_mut(at) {
                                *slot = typed;
                            }
                        });
                    }
                />
                <span class="field-error" id=note>{shown}</span>
            </td>
        </tr>
    }
}

fn sum_text(l: Locale, balance: Balance) -> String {
    match balance {
        Balance::Unreadable => t!(l, common.unknown).to_owned(),
        Balance::NoTotal { sum } | Balance::Gap { sum, .. } => format::wan_exact(sum),
    }
}

fn is_open(balance: Balance) -> bool {
    match balance {
        Balance::Unreadable | Balance::NoTotal { .. } => true,
        Balance::Gap { gap, .. } => !gap.is_zero(),
    }
}

fn sentence(l: Locale, margin: Margin, balance: Balance) -> String {
    let gap = match balance {
        Balance::Unreadable => return t!(l, project.gap_unreadable).to_owned(),
        Balance::NoTotal { .. } => return t!(l, project.gap_no_total).to_owned(),
        Balance::Gap { gap, .. } => gap,
    };
    let difference = format::wan_exact(gap.magnitude());
    match (margin, gap.fen().signum()) {
        (Margin::Source | Margin::Year, 0) => t!(l, project.gap_none).to_owned(),
        (Margin::Source, 1) => t!(l, project.gap_short, difference = difference),
        (Margin::Source, _) => t!(l, project.gap_over, difference = difference),
        (Margin::Year, 1) => t!(l, project.year_short, difference = difference),
        (Margin::Year, _) => t!(l, project.year_over, difference = difference),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(total: &str, parts: &[&str], expected_gap: &str) {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        let got = match balance(total, &parts) {
            Balance::Gap { gap, .. } => gap.exact(Unit::Wan),
            Balance::NoTotal { .. } => "no total".into(),
            Balance::Unreadable => "unreadable".into(),
        };
        assert_eq!(got, expected_gap);
    }

    #[test]
    fn the_gap_is_exact_to_the_fen() {
        check("1850.50", &["1,500.00", ""], "350.50");
        check("100.000001", &["136.000002"], "-36.000001");
        check("10", &["abc"], "unreadable");
        check("", &["1"], "no total");
    }

    #[test]
    fn amounts_that_are_only_read_are_balanced_by_the_same_rule() {
        let wan = |text: &str| Money::parse(text, Unit::Wan).unwrap();
        let sum = Some(wan("1500"));
        let gap = wan("1850.50").minus(wan("1500"));
        assert_eq!(against(Some(wan("1850.50")), sum), Balance::Gap { sum: wan("1500"), gap });
        assert_eq!(against(None, sum), Balance::NoTotal { sum: wan("1500") });
        assert_eq!(against(Some(wan("1")), None), Balance::Unreadable);
    }
}
