//! 前期要件: nine dates, the points they bring, and the maturity they add up to. Knows no door.

use crate::parts::drawing::{RING, TICK};
use crate::parts::status::Chip;
use domain::period::parse_date;
use domain::project::{Gate, Maturity};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, explain, name, t};

/// One gate: its date as text, and what the server said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateLine {
    pub gate: Gate,
    pub text: String,
    pub error: Option<String>,
}

/// Points of the gates whose date can be read.
pub fn score(dates: &[(Gate, String)]) -> u32 {
    dates.iter().filter(|(_, text)| parse_date(text).is_ok()).map(|(gate, _)| gate.points()).sum()
}

#[component]
pub fn GateTable(lines: Vec<GateLine>, readonly: bool) -> impl IntoView {
    let l = locale();
    let dates = RwSignal::new(lines.iter().map(|line| (line.gate, line.text.clone())).collect::<Vec<_>>());
    let points = Memo::new(move |_| dates.with(|dates| score(dates)));
    let rows = lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| view! { <GateRow line at dates readonly /> })
        .collect_view();
    view! {
        <p class="project-score" role="status">
            {move || t!(l, project.maturity_score, score = points.get(), grade = grade(points.get()))}
            <progress class="project-progress" max="100" value=move || points.get() aria-label=t!(l, project.summary_maturity)></progress>
        </p>
        <p class="field-hint">{t!(l, project.maturity_rule)}</p>
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{t!(l, project.gate)}</th>
                    <th scope="col" class="number">{t!(l, project.gate_points)}</th>
                    <th scope="col">{t!(l, project.gate_date)}</th>
                    <th scope="col">{t!(l, project.gate_state)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn GateRow(line: GateLine, at: usize, dates: RwSignal<Vec<(Gate, String)>>, readonly: bool) -> impl IntoView {
    let l = locale();
    let key = format!("values[gate.{}]", line.gate.code());
    let note = format!("{key}-note");
    let text = Memo::new(move |_| {
        dates.with(|dates| dates.get(at).map(|(_, text)| text.clone()).unwrap_or_default())
    });
    let complaint = Memo::new(move |_| text.with(|text| complaint(l, text)));
    let served = line.error;
    view! {
        <tr>
            <td>
                <label for=key.clone()>{name::gate(l, line.gate)}</label>
            </td>
            <td class="number">{line.gate.points()}</td>
            <td>
                <input
                    class="input project-date"
                    id=key.clone()
                    name=key
                    type="text"
                    autocomplete="off"
                    value=line.text
                    readonly=readonly
                    aria-invalid=move || complaint.with(Option::is_some).then_some("true")
                    aria-describedby=note.clone()
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        dates.update(|dates| {
                            if let Some((_, slot)) = dates.get_mut(at) {
                                *slot = typed;
                            }
                        });
                    }
                />
                <span class="field-error" id=note>{move || complaint.get().or_else(|| served.clone())}</span>
            </td>
            <td>{move || state(l, text.with(|text| parse_date(text).is_ok()))}</td>
        </tr>
    }
}

fn state(l: Locale, passed: bool) -> AnyView {
    if passed {
        view! { <Chip tone="ok" drawing=TICK word=t!(l, project.gate_done) /> }.into_any()
    } else {
        view! { <Chip tone="neutral" drawing=RING word=t!(l, project.gate_open) /> }.into_any()
    }
}

fn complaint(l: Locale, text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let fault = parse_date(text).err()?;
    Some(explain::value_error(l, &domain::project::value::ValueError::Date(fault)))
}

/// A, B or C.
pub const fn grade(points: u32) -> &'static str {
    match Maturity::of(points) {
        Maturity::A => "A",
        Maturity::B => "B",
        Maturity::C => "C",
    }
}
