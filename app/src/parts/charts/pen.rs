//! Writes SVG in tenths of a pixel, 360 pixels wide at its natural size. Sizes are attributes, colours are classes; what
//! people typed passes `Markup::text` alone, within `<title>` too. Knows no figures.

use super::label;
use crate::parts::markup::Markup;

/// How wide every drawing is.
pub const WIDTH: i64 = 3600;
/// From the middle of a line of text to its foot.
pub const HALF: i64 = 43;
/// How many series are told apart; what is more comes together as one.
pub const SERIES: usize = 6;

/// What of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn code(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// What fills an area where colours are not to be had, and what is unknown everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hatch {
    /// of the series of this number
    Series(usize),
    Unknown,
}

/// A drawing that grows.
#[derive(Default)]
pub struct Pen(Markup);

impl Pen {
    /// An element without anything in it.
    fn element(&mut self, name: &'static str, class: &str, sizes: &[(&'static str, i64)]) -> &mut Pen {
        self.open(name, class, sizes);
        self.0.tag("/>");
        self
    }

    fn open(&mut self, name: &'static str, class: &str, sizes: &[(&'static str, i64)]) {
        self.0.tag("<").tag(name).tag(" class=\"").text(class).tag("\"");
        for (size, value) in sizes {
            self.0.tag(" ").tag(size).tag("=\"").text(&value.to_string()).tag("\"");
        }
    }

    pub fn rect(&mut self, class: &str, at: (i64, i64), size: (i64, i64)) -> &mut Pen {
        self.element(
            "rect",
            class,
            &[("x", at.0), ("y", at.1), ("width", size.0.max(0)), ("height", size.1.max(0))],
        )
    }

    /// A box filled with a hatch of the drawing `id`.
    pub fn hatched(&mut self, id: &str, hatch: Hatch, at: (i64, i64), size: (i64, i64)) -> &mut Pen {
        let (class, name) = match hatch {
            Hatch::Series(number) => ("charts-hatch", (number % SERIES).to_string()),
            Hatch::Unknown => ("charts-unknown", "none".to_owned()),
        };
        self.open(
            "rect",
            class,
            &[("x", at.0), ("y", at.1), ("width", size.0.max(0)), ("height", size.1.max(0))],
        );
        self.0.tag(" fill=\"url(#").text(id).tag("-hatch-").text(&name).tag(")\"/>");
        self
    }

    pub fn line(&mut self, class: &str, from: (i64, i64), to: (i64, i64)) -> &mut Pen {
        self.element("line", class, &[("x1", from.0), ("y1", from.1), ("x2", to.0), ("y2", to.1)])
    }

    pub fn circle(&mut self, class: &str, at: (i64, i64), radius: i64) -> &mut Pen {
        self.element("circle", class, &[("cx", at.0), ("cy", at.1), ("r", radius)])
    }

    /// A line through points; one point alone has none.
    pub fn polyline(&mut self, class: &str, points: &[(i64, i64)]) -> &mut Pen {
        if points.len() < 2 {
            return self;
        }
        self.open("polyline", class, &[]);
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        self.0.tag(" points=\"").text(&points.join(" ")).tag("\"/>");
        self
    }

    /// A shape of `parts::drawing`, twelve pixels wide, with its upper left corner at a place.
    pub fn shape(&mut self, class: &str, at: (i64, i64), path: &'static str) -> &mut Pen {
        self.open("path", class, &[]);
        self.0.tag(" transform=\"translate(").text(&format!("{} {}", at.0, at.1)).tag(") scale(10)\" d=\"");
        self.0.tag(path).tag("\"/>");
        self
    }

    pub fn text(&mut self, class: &str, anchor: Anchor, at: (i64, i64), text: &str) -> &mut Pen {
        self.words(class, anchor, at, text, i64::MAX)
    }

    /// As much of a text as `room` allows; of what is cut the whole stands in its title.
    pub fn words(&mut self, class: &str, anchor: Anchor, at: (i64, i64), text: &str, room: i64) -> &mut Pen {
        if text.is_empty() {
            return self;
        }
        let short = label::fitted(text, room);
        self.open("text", class, &[("x", at.0), ("y", at.1)]);
        self.0.tag(" text-anchor=\"").tag(anchor.code()).tag("\">").text(&short);
        if short != text {
            self.title(text);
        }
        self.0.tag("</text>");
        self
    }

    pub fn title(&mut self, text: &str) -> &mut Pen {
        self.0.tag("<title>").text(text).tag("</title>");
        self
    }

    /// A group of marks with its exact words; with an address it is a link, named by its title: a label of its own would have
    /// to begin with what is drawn in it, which may be shortened.
    pub fn mark(&mut self, href: Option<&str>, name: &str, marks: impl FnOnce(&mut Pen)) -> &mut Pen {
        match href {
            Some(href) => {
                self.0.tag("<a class=\"charts-link\" href=\"").text(href).tag("\">");
            }
            None => {
                self.0.tag("<g class=\"charts-mark\">");
            }
        }
        self.title(name);
        marks(self);
        self.0.tag(if href.is_some() { "</a>" } else { "</g>" });
        self
    }

    /// The hatches of a drawing. Their names begin with its own, since a page has several drawings.
    pub fn hatches(&mut self, id: &str) -> &mut Pen {
        const LINES: [&str; SERIES] =
            ["", "M0 60L60 0", "M0 0L60 60", "M30 0V60", "M0 30H60", "M30 0V60M0 30H60"];
        self.0.tag("<defs>");
        let named = LINES.iter().enumerate().map(|(number, line)| (number.to_string(), *line));
        for (name, line) in named.chain([("none".to_owned(), "M0 60L60 0")]) {
            self.0.tag("<pattern id=\"").text(id).tag("-hatch-").text(&name);
            self.0.tag("\" width=\"60\" height=\"60\" patternUnits=\"userSpaceOnUse\">");
            self.0.tag("<path class=\"charts-stroke\" d=\"").tag(line).tag("\"/></pattern>");
        }
        self.0.tag("</defs>");
        self
    }

    pub fn finish(self) -> String {
        self.0.finish()
    }

    /// Our own markup around a drawing, as it is.
    pub fn raw(&mut self, literal: &'static str) -> &mut Pen {
        self.0.tag(literal);
        self
    }

    /// A value of an attribute, or text of an element.
    pub fn said(&mut self, text: &str) -> &mut Pen {
        self.0.text(text);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_leaves_its_place() {
        let mut pen = Pen::default();
        pen.mark(Some("/a?b=\"1\"&c"), "</title><script>", |pen| {
            pen.words("charts-text", Anchor::Start, (0, 0), "<b>", 1000);
        });
        assert_eq!(
            pen.finish(),
            "<a class=\"charts-link\" href=\"/a?b=&quot;1&quot;&amp;c\">\
             <title>&lt;/title&gt;&lt;script&gt;</title>\
             <text class=\"charts-text\" x=\"0\" y=\"0\" text-anchor=\"start\">&lt;b&gt;</text></a>"
        );
    }

    #[test]
    fn a_name_that_was_cut_is_whole_in_its_title() {
        let mut pen = Pen::default();
        pen.words("charts-text", Anchor::End, (10, 20), "积石山保安族东乡族撒拉族自治县", 480);
        let drawn = pen.finish();
        assert!(drawn.contains(">积石山…<title>积石山保安族东乡族撒拉族自治县</title></text>"), "{drawn}");
        let mut pen = Pen::default();
        pen.words("charts-text", Anchor::End, (10, 20), "青川县", 480);
        assert!(!pen.finish().contains("<title>"));
    }

    #[test]
    fn a_line_needs_two_points_and_a_box_is_never_negative() {
        let mut pen = Pen::default();
        pen.polyline("charts-line", &[(1, 2)]);
        assert_eq!(pen.finish(), "");
        let mut pen = Pen::default();
        pen.rect("charts-bar", (0, 0), (-5, 10));
        assert!(pen.finish().contains("width=\"0\""));
    }
}
