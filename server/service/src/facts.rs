//! Short facts for the trail: what was asked, as an auditor reads it.

/// `name=value` pairs in the given order, without the empty ones; a value with a blank or a quote in it is quoted.
pub(crate) fn pairs(all: &[(&str, Option<String>)]) -> String {
    let set =
        all.iter().filter_map(|(name, value)| Some((name, value.as_ref().filter(|text| !text.is_empty())?)));
    let said: Vec<String> = set
        .map(|(name, value)| {
            let plain = !value.contains(|letter: char| letter.is_whitespace() || letter == '"');
            if plain { format!("{name}={value}") } else { format!("{name}={value:?}") }
        })
        .collect();
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn empty_facts_are_left_out_and_blanks_are_quoted() {
        let facts = [("rows", Some("3".to_owned())), ("area", None), ("text", Some("冷链 物流".to_owned()))];
        assert_eq!(pairs(&facts), "rows=3 text=\"冷链 物流\"");
    }
}
