//! The address of a page of a list: everything that is shown can be linked to. Knows no component.

use crate::parts::address::{encode, is_own_path};
use contract::list::ListForm;
use leptos_router::params::ParamsMap;

/// The path of the lists.
pub const PATH: &str = "/projects";

/// The query of an address. Tick boxes send one name several times; those are joined by commas.
pub fn read(query: &ParamsMap) -> ListForm {
    let text = |name: &str| query.get(name).unwrap_or_default();
    let several = |name: &str| {
        query
            .get_all(name)
            .unwrap_or_default()
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(",")
    };
    let of_column = |name: &str| SIDES.iter().any(|side| name.starts_with(side));
    let bounds = query
        .clone()
        .into_iter()
        .filter(|(name, text)| of_column(name) && !text.trim().is_empty())
        .map(|(name, text)| (name.into_owned(), text))
        .collect();
    ListForm {
        list: text("list"),
        area: several("area"),
        category: several("category"),
        stage: several("stage"),
        nature: several("nature"),
        source: several("source"),
        mark: several("mark"),
        least: text("least"),
        most: text("most"),
        bounds,
        q: text("q"),
        sort: text("sort"),
        group: several("group"),
        open: text("open"),
        page: text("page"),
        sums: text("sums"),
    }
}

/// What the name of a column's own bound begins with.
const SIDES: [&str; 3] = ["least.", "most.", "has."];

/// Names and values that are not empty, for links and hidden inputs.
pub fn parts(form: &ListForm) -> Vec<(String, String)> {
    let all = [
        ("list", &form.list),
        ("area", &form.area),
        ("category", &form.category),
        ("stage", &form.stage),
        ("nature", &form.nature),
        ("source", &form.source),
        ("mark", &form.mark),
        ("least", &form.least),
        ("most", &form.most),
        ("q", &form.q),
        ("sort", &form.sort),
        ("group", &form.group),
        ("open", &form.open),
        ("page", &form.page),
        ("sums", &form.sums),
    ];
    let bounds = form.bounds.iter().map(|(name, value)| (name.as_str(), value));
    all.into_iter()
        .chain(bounds)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect()
}

/// The address of a query.
pub fn write(form: &ListForm) -> String {
    write_at(PATH, form)
}

/// An address of a list as a form sends it back; anything else is the lists themselves.
pub fn own(text: &str) -> String {
    let is_own = text.strip_prefix(PATH).is_some_and(|rest| rest.is_empty() || rest.starts_with('?'));
    if is_own && is_own_path(text) { text.to_owned() } else { PATH.to_owned() }
}

/// The same query at another path, such as the export's.
pub fn write_at(path: &str, form: &ListForm) -> String {
    let pairs: Vec<String> =
        parts(form).iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// The same filter from its first page on.
pub fn first_page(form: &ListForm) -> ListForm {
    ListForm { page: String::new(), sums: String::new(), ..form.clone() }
}

/// True when rows are left out by something the person chose.
pub fn is_filtered(form: &ListForm) -> bool {
    let ListForm { area, category, stage, nature, source, mark, least, most, q, .. } = form;
    let plain = [area, category, stage, nature, source, mark, least, most, q];
    !form.bounds.is_empty() || plain.iter().any(|text| !text.is_empty())
}

/// The same list without any filter, sorted and grouped as it is.
pub fn unfiltered(form: &ListForm) -> ListForm {
    ListForm {
        list: form.list.clone(),
        sort: form.sort.clone(),
        group: form.group.clone(),
        ..ListForm::default()
    }
}

/// The address without one of the values of a name.
pub fn without(form: &ListForm, name: &str, value: &str) -> ListForm {
    let mut next = first_page(form);
    let slot = match name {
        "area" => &mut next.area,
        "category" => &mut next.category,
        "stage" => &mut next.stage,
        "nature" => &mut next.nature,
        "source" => &mut next.source,
        "mark" => &mut next.mark,
        "least" => &mut next.least,
        "most" => &mut next.most,
        "q" => &mut next.q,
        bound => {
            next.bounds.remove(bound);
            return next;
        }
    };
    let is_list = !matches!(name, "least" | "most" | "q");
    let left: Vec<&str> = slot.split(',').filter(|part| is_list && *part != value).collect();
    *slot = left.join(",");
    next
}

/// The address with one more value of a list of codes, or without it where it stands already.
pub fn toggled(form: &ListForm, mark: &str) -> ListForm {
    if form.mark.split(',').any(|known| known == mark) {
        return without(form, "mark", mark);
    }
    let mark = if form.mark.is_empty() { mark.to_owned() } else { format!("{},{mark}", form.mark) };
    ListForm { mark, ..first_page(form) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_only_what_was_chosen() {
        let form = ListForm { list: "1y".into(), q: "冷链 1".into(), ..ListForm::default() };
        assert_eq!(write(&form), "/projects?list=1y&q=%E5%86%B7%E9%93%BE%201");
        assert_eq!(write(&ListForm::default()), "/projects");
        assert!(is_filtered(&form));
        assert!(!is_filtered(&ListForm { list: "5y".into(), ..ListForm::default() }));
    }

    #[test]
    fn one_value_is_taken_out_and_the_others_stay() {
        let mut form = ListForm { area: "520526,522631".into(), q: "a,b".into(), ..ListForm::default() };
        form.bounds.insert("least.posts".into(), "5".into());
        assert_eq!(without(&form, "area", "520526").area, "522631");
        assert_eq!(without(&form, "q", "a").q, "");
        assert!(without(&form, "least.posts", "5").bounds.is_empty());
        assert_eq!(toggled(&toggled(&form, "gap"), "gates").mark, "gap,gates");
        assert_eq!(toggled(&toggled(&form, "gap"), "gap").mark, "");
        assert!(is_filtered(&form));
        assert!(!is_filtered(&unfiltered(&form)));
    }
}
