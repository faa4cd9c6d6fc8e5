//! Keeps a chart as a PNG, three times as sharp as it is on the screen: what the style sheet says of each mark on light paper,
//! whatever the theme of the page, is written into a copy of the drawing, which the browser then paints. Needs scripts, so
//! that the button comes with them; without, the page can be printed. Knows no kind of chart.

use super::label;
use crate::parts::button::{Button, Weight};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use words::locale::locale;
use words::t;

/// What of a style sheet a mark may get; a picture has no style sheet of its own.
const STYLES: [&str; 13] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "stroke-linecap",
    "shape-rendering",
    "paint-order",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "display",
];
/// Pixels of the picture for a pixel of the drawing, and for the ten of them that a pixel has in its own units.
const SHARP: u32 = 3;
const TENTHS: u32 = 10;
/// Around the drawing and the sentence over it.
const EDGE: u32 = 36;
/// Pixels of a letter of the sentence, and of its line.
const LETTER: u32 = 14 * SHARP;
const LEADING: u32 = 20 * SHARP;
/// Where the sheet keeps the colours of light paper.
const PAPER: &str = "charts-paper";

#[component]
pub fn Picture(id: &'static str, sentence: String) -> impl IntoView {
    let l = locale();
    let awake = RwSignal::new(false);
    let failed = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    let sentence = StoredValue::new(sentence);
    move || {
        awake.get().then(|| {
            let press = move |()| failed.set(take(id, sentence.get_value(), failed).is_none());
            view! {
                <p class="charts-acts" data-noprint="">
                    <Button weight=Weight::Quiet on_press=press>
                        {t!(l, chart.picture)}
                    </Button>
                    <span role="status">{move || failed.get().then(|| t!(l, chart.picture_failed))}</span>
                </p>
            }
            .into_any()
        })
    }
}

/// Begins to paint; `None` when the browser lacks something for it, and `failed` when that is seen later.
fn take(id: &'static str, sentence: String, failed: RwSignal<bool>) -> Option<()> {
    let drawing = document().get_element_by_id(&format!("{id}-drawing"))?;
    let (width, height) = size(&drawing.get_attribute("viewBox")?)?;
    let paper = document().create_element("div").ok()?;
    paper.set_class_name(PAPER);
    paper.set_attribute("aria-hidden", "true").ok()?;
    document().body()?.append_child(&paper).ok()?;
    let dressed = dressed(&drawing, &paper);
    paper.remove();
    let (copy, colours) = dressed?;
    copy.set_attribute("width", &width.to_string()).ok()?;
    copy.set_attribute("height", &height.to_string()).ok()?;
    let text = web_sys::XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()?;
    let image = web_sys::HtmlImageElement::new().ok()?;
    let painted = image.clone();
    let done = move || failed.set(paint(id, &sentence, &painted, (width, height), &colours).is_none());
    image.set_onload(Some(Closure::once_into_js(done).unchecked_ref()));
    image.set_onerror(Some(Closure::once_into_js(move || failed.set(true)).unchecked_ref()));
    // The one address that the page's policy lets an image have besides its own host.
    let text: String = js_sys::encode_uri_component(&text).into();
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{text}"));
    Some(())
}

/// Ground and letters of the paper.
struct Colours {
    ground: String,
    letters: String,
    face: String,
}

/// A copy that looks as the drawing would on the paper, and the paper's own colours. Two copies lie on it: one is asked
/// while the other is written into, since a class that is taken off a mark would change those within it.
fn dressed(drawing: &web_sys::Element, paper: &web_sys::Element) -> Option<(web_sys::Element, Colours)> {
    let copied = || drawing.clone_node_with_deep(true).ok()?.dyn_into::<web_sys::Element>().ok();
    let (model, copy) = (copied()?, copied()?);
    paper.append_child(&model).ok()?;
    dress(&model, &copy)?;
    let styles = window().get_computed_style(paper).ok()??;
    let of = |name: &str| styles.get_property_value(name).ok();
    let colours =
        Colours { ground: of("background-color")?, letters: of("color")?, face: of("font-family")? };
    Some((copy, colours))
}

/// Width and height of the picture of a drawing, by its `viewBox`.
fn size(view_box: &str) -> Option<(u32, u32)> {
    let mut sizes = view_box.split(' ').skip(2).map(|size| size.parse::<u32>().ok());
    let (width, height) = (sizes.next()??, sizes.next()??);
    Some((width.checked_mul(SHARP)? / TENTHS, height.checked_mul(SHARP)? / TENTHS))
}

/// Writes into each mark of the copy how the one of the page looks.
fn dress(drawing: &web_sys::Element, copy: &web_sys::Element) -> Option<()> {
    wear(drawing, copy)?;
    let (from, to) = (drawing.query_selector_all("*").ok()?, copy.query_selector_all("*").ok()?);
    for at in 0..from.length() {
        let mark = from.get(at)?.dyn_into::<web_sys::Element>().ok()?;
        wear(&mark, &to.get(at)?.dyn_into::<web_sys::Element>().ok()?)?;
    }
    Some(())
}

fn wear(mark: &web_sys::Element, copy: &web_sys::Element) -> Option<()> {
    let styles = window().get_computed_style(mark).ok()??;
    for name in STYLES {
        let value = styles.get_property_value(name).ok()?;
        // What is shown needs no word for it, and `block` of a page means nothing in a picture.
        if !value.is_empty() && (name != "display" || value == "none") {
            copy.set_attribute(name, &value).ok()?;
        }
    }
    copy.remove_attribute("class").ok()
}

/// Ground, sentence and drawing on a canvas, and the canvas as a file.
fn paint(
    id: &str,
    sentence: &str,
    image: &web_sys::HtmlImageElement,
    size: (u32, u32),
    colours: &Colours,
) -> Option<()> {
    let canvas = document().create_element("canvas").ok()?.dyn_into::<web_sys::HtmlCanvasElement>().ok()?;
    let lines = lines(sentence, size.0);
    let head = LEADING.checked_mul(u32::try_from(lines.len()).ok()?)?;
    let (width, height) = (size.0.checked_add(2 * EDGE)?, size.1.checked_add(head)?.checked_add(3 * EDGE)?);
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??.dyn_into::<web_sys::CanvasRenderingContext2d>().ok()?;
    context.set_fill_style_str(&colours.ground);
    context.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
    context.set_fill_style_str(&colours.letters);
    context.set_font(&format!("600 {LETTER}px {}", colours.face));
    let room = f64::from(size.0);
    for (line, at) in lines.iter().zip(1_u32..) {
        let foot = EDGE + LEADING * at - (LEADING - LETTER);
        context.fill_text_with_max_width(line, f64::from(EDGE), f64::from(foot), room).ok()?;
    }
    context.draw_image_with_html_image_element(image, f64::from(EDGE), f64::from(head + 2 * EDGE)).ok()?;
    let address = canvas.to_data_url().ok()?;
    let link = document().create_element("a").ok()?.dyn_into::<web_sys::HtmlElement>().ok()?;
    link.set_attribute("href", &address).ok()?;
    link.set_attribute("download", &format!("{id}.png")).ok()?;
    link.click();
    Some(())
}

/// The sentence in lines of at most `room` pixels: a long one would be squeezed until nobody reads it. Breaks after a space
/// where there is one, as Latin words ask for, and after any letter else.
fn lines(sentence: &str, room: u32) -> Vec<String> {
    // `label` reckons in tenths of a pixel at 12 pixels.
    let most = i64::from(room) * 120 / i64::from(LETTER);
    let (mut lines, mut line) = (Vec::new(), String::new());
    for sign in sentence.chars() {
        line.push(sign);
        if label::width(&line) > most && line.chars().nth(1).is_some() {
            // A space near the beginning would leave a line almost empty.
            let space = line.trim_end().rfind(' ').filter(|at| label::width(&line[..*at]) * 2 > most);
            let at = space.map_or(line.len() - sign.len_utf8(), |at| at + 1);
            let rest = line.split_off(at);
            lines.push(line.trim_end().to_owned());
            line = rest;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_stands_in_lines_and_loses_no_letter() {
        let latin = "one word after the other until there is no room left in this line of the picture at all";
        let found = lines(latin, 1080);
        assert!(
            found.len() > 1 && found.iter().all(|line| label::width(line) <= 1080 * 120 / 42),
            "{found:?}"
        );
        assert_eq!(found.join(" "), latin);
        let chinese = "从三月起落后".repeat(9);
        let found = lines(&chinese, 1080);
        assert!(found.len() > 1);
        assert_eq!(found.concat(), chinese);
        assert_eq!(lines("short", 1080), ["short"]);
    }

    #[test]
    fn a_picture_is_three_times_as_sharp_as_its_drawing() {
        assert_eq!(size("0 0 3600 1960"), Some((1080, 588)));
        assert_eq!(size("0 0 3600"), None);
        assert_eq!(size("0 0 wide 10"), None);
    }
}
