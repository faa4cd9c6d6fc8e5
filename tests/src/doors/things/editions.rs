//! Editions for the doors: number and day of the next one of a rule or a source, and a sound draft of coefficients.

use crate::world::World;
use domain::jobs::coefficient::Coefficients;
use domain::review::rule::RuleCode;
use domain::source::Source;

/// The sample with what it says of editions in its places.
pub async fn fill(world: &World, mut sample: String) -> String {
    if sample.contains("%edition%") {
        sample = numbered(&sample, "%edition%", next_of_rule(world).await);
    }
    if sample.contains("%source%") {
        sample = numbered(&sample, "%source%", next_of_source(world).await);
    }
    if sample.contains("%coefficients%") {
        sample = sample.replace("%coefficients%", &coefficients());
    }
    sample
}

/// A later edition has a later day.
fn numbered(sample: &str, place: &str, next: u32) -> String {
    let day = format!("2090-{:02}-{:02}", next / 28 + 1, next % 28 + 1);
    sample.replace(place, &next.to_string()).replace("%day%", &day)
}

/// Number of the next edition of the rule that the doors try.
async fn next_of_rule(world: &World) -> u32 {
    let maker = world.call("maker").await;
    let view = service::review::rules::rule(&maker, Some(RuleCode::R17)).await;
    view.expect("everybody sees the rules").next
}

/// Number of the next edition of the source that the doors try.
async fn next_of_source(world: &World) -> u32 {
    let maker = world.call("maker").await;
    let view = service::fund::edition::source(&maker, Some(Source::Soc)).await;
    view.expect("everybody sees the sources").next
}

/// A sound form of a draft of coefficients.
fn coefficients() -> String {
    let mut form = "form[number]=1&form[version]=1&form[valid_from]=2090-01-01&form[reason]=x".to_owned();
    for (key, line) in Coefficients::shipped().lines {
        let code = key.code();
        for (column, number) in [("low", line.low), ("standard", line.standard), ("high", line.high)] {
            form.push_str(&format!("&form[{column}][{code}]={number}"));
        }
        form.push_str(&format!("&form[source][{code}]=x"));
    }
    form
}
