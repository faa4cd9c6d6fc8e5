//! What every chart stands in: the sentence, the drawing with its name and its words, the table twin, and the way to keep
//! it as a picture. Knows no kind of chart.

use super::axis::Undrawn;
use super::pen::{Pen, WIDTH};
use super::picture::Picture;
use super::twin::{Table, Twin};
use leptos::prelude::*;
use words::locale::locale;
use words::{Locale, t};

/// A drawing that is done.
pub struct Drawing {
    pub pen: Pen,
    /// in tenths of a pixel
    pub height: i64,
    /// What it shows, in words, for who does not see it.
    pub said: String,
    /// Links within it can be reached one by one, so that it is a group and not one picture.
    pub has_links: bool,
}

/// The `<svg>`, named by the sentence and described by its words.
fn markup(id: &str, sentence: &str, drawing: Drawing) -> String {
    let mut pen = Pen::default();
    pen.raw("<svg class=\"charts-drawing\" id=\"").said(id).raw("-drawing\" viewBox=\"0 0 ");
    pen.said(&format!("{WIDTH} {}", drawing.height)).raw("\" font-size=\"120\" role=\"");
    pen.raw(if drawing.has_links { "group" } else { "img" });
    pen.raw("\" aria-labelledby=\"").said(id).raw("-title\" aria-describedby=\"").said(id);
    pen.raw("-desc\"><title id=\"").said(id).raw("-title\">").said(sentence).raw("</title><desc id=\"");
    pen.said(id).raw("-desc\">").said(&drawing.said).raw("</desc>").hatches(id);
    let mut whole = pen.finish();
    whole.push_str(&drawing.pen.finish());
    whole.push_str("</svg>");
    whole
}

fn why(l: Locale, undrawn: Undrawn) -> &'static str {
    match undrawn {
        Undrawn::Negative => t!(l, chart.negative),
        Undrawn::Empty => t!(l, chart.empty),
    }
}

/// The whole figure. Where nothing can be drawn honestly it says why, and the table stands open.
pub fn figure(
    id: &'static str,
    sentence: String,
    drawing: Result<Drawing, Undrawn>,
    table: Table,
) -> AnyView {
    let is_open = matches!(drawing, Err(Undrawn::Negative));
    let shown = match drawing {
        Ok(drawing) => {
            let inside = markup(id, &sentence, drawing);
            view! {
                <div class="charts-frame" inner_html=inside></div>
                <Picture id=id sentence=sentence.clone() />
            }
            .into_any()
        }
        Err(undrawn) => view! { <p class="charts-why">{why(locale(), undrawn)}</p> }.into_any(),
    };
    view! {
        <figure class="charts" id=id>
            <figcaption class="charts-sentence">{sentence.clone()}</figcaption>
            {shown}
            <Twin sentence=sentence table=table is_open=is_open />
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(has_links: bool) -> String {
        let drawing = Drawing { pen: Pen::default(), height: 900, said: "a < b".to_owned(), has_links };
        markup("money", "</title>&", drawing)
    }

    #[test]
    fn a_drawing_is_named_described_and_escaped() {
        let svg = drawn(false);
        assert!(svg.contains("viewBox=\"0 0 3600 900\"") && svg.contains("role=\"img\""), "{svg}");
        assert!(svg.contains("<title id=\"money-title\">&lt;/title&gt;&amp;</title>"), "{svg}");
        assert!(svg.contains("<desc id=\"money-desc\">a &lt; b</desc>"), "{svg}");
        assert!(!svg.contains("style="), "{svg}");
    }

    #[test]
    fn links_are_not_hidden_in_a_picture() {
        assert!(drawn(true).contains("role=\"group\""));
    }
}
