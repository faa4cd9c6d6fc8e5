//! An input for an area: a text field that takes a code or a name; with scripts it offers what is meant, also by
//! pinyin and initials.

use super::api::search_areas;
use crate::parts::field::Field;
use crate::parts::picker::{Combobox, Offer, Offering};
use contract::area::AreaHit;
use leptos::prelude::*;
use words::locale::locale;
use words::t;

impl Offer for AreaHit {
    fn text(&self) -> String {
        format!("{} {}", self.code, self.name)
    }

    fn shown(self) -> AnyView {
        let way = self.way.join(" › ");
        view! {
            <span>{self.name}</span>
            <span class="picker-way">{way}</span>
            <span class="picker-code">{self.code.to_string()}</span>
        }
        .into_any()
    }
}

#[component]
pub fn AreaPicker(
    name: &'static str,
    /// name of the input, where it is not that of the field
    #[prop(optional, into)]
    input: Option<String>,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let l = locale();
    let offering = Offering::new(
        value,
        |text| Box::pin(async move { search_areas(text).await.unwrap_or_default() }),
        None,
    );
    let input = input.unwrap_or_else(|| name.to_owned());
    view! {
        <Field name=name label=label hint=t!(l, project.area_hint) error=error required=required>
            <Combobox
                offering=offering
                id=name
                name=input
                list=t!(l, common.areas)
                error=error
                required=required
            />
        </Field>
    }
}
