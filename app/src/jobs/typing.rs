//! What is typed into the page of an estimate, and what comes out of it: reckoned here by the same rules as on the server.

use super::api::SaveInputs;
use crate::parts::gone;
use crate::parts::retyped::typed;
use contract::jobs::check::written;
use contract::jobs::{EstimateView, InputsForm};
use domain::jobs::estimate::Estimate;
use domain::jobs::input::{Basis, InputKey, Inputs};
use domain::money::{AmountError, Money, Unit};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The inputs that the estimate follows.
#[derive(Clone, Copy)]
pub struct Typing {
    pub total: RwSignal<String>,
    pub form: RwSignal<InputsForm>,
    pub reckoned: Memo<Reckoned>,
}

/// An estimate with what it was reckoned from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reckoned {
    pub estimate: Estimate,
    pub basis: Basis,
    inputs: Inputs,
    /// something typed could not be read, so that what it stood for before still counts
    pub is_wrong: bool,
}

impl Typing {
    pub fn new(view: &EstimateView) -> Typing {
        let total = RwSignal::new(asked_total().unwrap_or_else(|| kept_total(view)));
        let form = RwSignal::new(filled(view));
        let view = view.clone();
        let reckoned = Memo::new(move |before: Option<&Reckoned>| {
            total.with(|total| form.with(|form| reckon(&view, total, form, before)))
        });
        Typing { total, form, reckoned }
    }

    pub fn set(self, key: InputKey, text: String) {
        self.form.update(|form| drop(form.values.insert(key.code().to_owned(), text)));
    }
}

/// A total to try, which a plain form asked for in the address.
fn asked_total() -> Option<String> {
    gone::query(|query| query.get("total"))
}

fn kept_total(view: &EstimateView) -> String {
    view.basis.total.map(Money::wan).unwrap_or_default()
}

/// What is kept, or what was typed when the form came back.
fn filled(view: &EstimateView) -> InputsForm {
    let door = SaveInputs::PATH;
    let kept = |key: InputKey| view.inputs.get(key).map(|number| written(key, number)).unwrap_or_default();
    let text = |key: InputKey| typed(door, key.code()).unwrap_or_else(|| kept(key));
    let operation = view.inputs.operation.map(|method| method.code().to_owned()).unwrap_or_default();
    let multiplier = view.inputs.multiplier.map(|kind| kind.code().to_owned()).unwrap_or_default();
    InputsForm {
        project: view.project.to_string(),
        version: view.version.to_string(),
        key: view.key.clone(),
        operation: typed(door, "operation").unwrap_or(operation),
        multiplier: typed(door, "multiplier").unwrap_or(multiplier),
        values: InputKey::ALL.iter().map(|key| (key.code().to_owned(), text(*key))).collect(),
    }
}

fn reckon(view: &EstimateView, total: &str, form: &InputsForm, before: Option<&Reckoned>) -> Reckoned {
    let mut is_wrong = false;
    let inputs = form.inputs().unwrap_or_else(|_| {
        is_wrong = true;
        before.map_or_else(|| view.inputs.clone(), |before| before.inputs.clone())
    });
    let total = match Money::parse(total, Unit::Wan) {
        Ok(total) => Some(total),
        Err(AmountError::Empty) => None,
        Err(
            AmountError::NotANumber { .. }
            | AmountError::Negative { .. }
            | AmountError::TooPrecise { .. }
            | AmountError::TooLarge { .. }
            | AmountError::UnitUnknown { .. },
        ) => {
            is_wrong = true;
            before.map_or(view.basis.total, |before| before.basis.total)
        }
    };
    // Numbers of people are kept apart from the figures that are typed here.
    let inputs = Inputs { overrides: view.inputs.overrides.clone(), ..inputs };
    let basis = Basis { total, ..view.basis.clone() };
    let estimate = Estimate::of(&basis, &inputs, &view.coefficients);
    Reckoned { estimate, basis, inputs, is_wrong }
}
