//! The unit of amounts as a fact that the person can change. Each choice shows what the total would be, because a slip
//! of ten thousand is the worst error and leaps to the eye that way. Knows no door.

use contract::import::SheetView;
use domain::money::{Money, Unit};
use domain::project::Field;
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, format, name, t};

/// The amount that the same figures make in another unit; `None` when it is more than an amount can be, or not whole.
pub fn in_unit(total: Money, now: Unit, then: Unit) -> Option<Money> {
    let fen = i128::from(total.fen()) * i128::from(then.fen()) / i128::from(now.fen());
    i64::try_from(fen).ok().and_then(Money::from_fen)
}

#[component]
pub fn UnitChoice(
    sheet: SheetView,
    unit: Unit,
    stated: bool,
    /// letters of the columns that keep a unit of their own; empty when none does
    own: String,
) -> impl IntoView {
    let l = locale();
    let total = sheet.totals.get(&Field::Total.key()).copied();
    let hint = if stated { t!(l, import.unit_stated) } else { t!(l, import.unit_assumed) };
    view! {
        <fieldset class="import-unit" class:import-unit-open=!stated>
            <legend>{t!(l, import.unit)}</legend>
            <p class="import-unit-hint">{hint}</p>
            {(!own.is_empty()).then(|| view! { <p class="import-unit-hint">{t!(l, import.unit_own, columns = own)}</p> })}
            <div class="import-unit-cards">
                {Unit::ALL.map(|choice| card(l, choice, unit, total, sheet.rows)).collect_view()}
            </div>
        </fieldset>
    }
}

fn card(l: Locale, choice: Unit, now: Unit, total: Option<Money>, rows: u32) -> impl IntoView + use<> {
    let amount = total.and_then(|total| in_unit(total, now, choice));
    let figure = match (total, amount) {
        (None, _) => t!(l, common.unknown).to_owned(),
        (Some(_), Some(amount)) => format::money(l, amount),
        (Some(_), None) => t!(l, import.unit_beyond).to_owned(),
    };
    let mean = amount
        .filter(|_| rows > 0)
        .and_then(|amount| Money::from_fen(amount.fen() / i64::from(rows)))
        .map(|mean| t!(l, import.unit_mean, amount = format::money(l, mean)));
    view! {
        <label class="import-unit-card">
            <input type="radio" name="form[unit]" value=choice.code() checked=choice == now />
            <span class="import-unit-name">{name::unit(l, choice)}</span>
            <span class="import-unit-total">{t!(l, import.unit_total, amount = figure)}</span>
            <span class="import-unit-mean">{mean}</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_figures_in_another_unit() {
        let wan = Money::parse("61240", Unit::Wan).unwrap();
        assert_eq!(in_unit(wan, Unit::Wan, Unit::Yuan), Money::parse("61240", Unit::Yuan).ok());
        assert_eq!(in_unit(wan, Unit::Wan, Unit::Yi), Money::parse("61240", Unit::Yi).ok());
        assert_eq!(in_unit(Money::MAX, Unit::Wan, Unit::Yi), None);
    }
}
