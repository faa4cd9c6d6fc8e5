//! An amount as people type it, echoed as it was understood, in figures and in capital numerals.

use super::field::Field;
use domain::money::{AmountError, Delta, Money, Unit};
use leptos::prelude::*;
use words::locale::locale;
use words::{explain, format, t};

#[component]
pub fn MoneyField(
    name: &'static str,
    /// name of the input, where it is not that of the field
    #[prop(optional, into)]
    input: Option<String>,
    #[prop(into)] label: String,
    /// Text to begin with, in `unit`.
    #[prop(optional, into)]
    value: String,
    /// Unit of a number typed without one.
    #[prop(default = Unit::Wan)]
    unit: Unit,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    /// Called on every change with the text so far.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let l = locale();
    let text = RwSignal::new(value.clone());
    let parsed = Memo::new(move |_| text.with(|text| Money::parse(text, unit)));
    let shown_error = Signal::derive(move || match parsed.get() {
        Err(AmountError::Empty) | Ok(_) => error.get(),
        Err(fault) => Some(explain::amount_error(l, &fault)),
    });
    let echo = move || {
        parsed.get().ok().map(|amount| {
            let yuan = format::delta(Delta::from(amount), Unit::Yuan);
            t!(l, common.amount_echo, amount = yuan, capitals = format::capitals(amount))
        })
    };
    view! {
        <Field name=name label=label hint=t!(l, common.amount_hint) error=shown_error required=required>
            <span class="money-field">
                <input
                    class="input money-input"
                    id=name
                    name=input.unwrap_or_else(|| name.to_owned())
                    type="text"
                    inputmode="decimal"
                    value=value
                    required=required
                    autocomplete="off"
                    aria-invalid=move || shown_error.with(Option::is_some).then_some("true")
                    aria-describedby=format!("{name}-note {name}-echo")
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        if let Some(callback) = on_change {
                            callback.run(typed.clone());
                        }
                        text.set(typed);
                    }
                />
                <span class="money-unit">{words::name::unit(l, unit)}</span>
            </span>
            <output id=format!("{name}-echo") class="money-echo" for=name>
                {echo}
            </output>
        </Field>
    }
    .into_any()
}
