//! What the texts of the ledger become, and what is said of those that become nothing.

use super::*;

fn pay(date: &str, amount: &str) -> FieldErrors {
    let form = PostEntryForm {
        key: "key-12345678".into(),
        kind: "pay".into(),
        project: "018f0000-0000-7000-8000-00000000dead".into(),
        source: "GBG".into(),
        year: "2026".into(),
        date: date.into(),
        amount: amount.into(),
        ..PostEntryForm::default()
    };
    form.check().err().unwrap_or_default()
}

#[test]
fn an_entry_has_a_day_and_an_amount() {
    assert!(pay("2026-03-01", "3.2").of("date").is_none());
    let month = pay("2026-3", "3.2");
    let fault = FieldFault::Value {
        error: ValueError::Date(domain::period::DateError::DayMissing { text: "2026-3".into() }),
    };
    assert_eq!(month.of("date"), Some(&fault));
    assert_eq!(pay("2026-03-01", "0.00").of("amount"), Some(&FieldFault::Zero));
}

#[test]
fn a_text_that_is_no_id_names_no_entry() {
    let query = EntryForm { entry: "zz".into() }.check().unwrap();
    assert!(query.entry.uuid().is_nil());
    assert!(EntryForm::default().check().is_err());
}
