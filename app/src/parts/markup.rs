//! HTML as text, for what is drawn by the hundred: the rows of the grid. One string a row costs a tenth of a tree of
//! reactive cells, on the server and in the browser. What is typed by people goes through `text` alone.

/// HTML that grows from literals and escaped texts; there is no way to put in anything else.
#[derive(Default)]
pub struct Markup(String);

impl Markup {
    /// Our own markup. A literal, so that nothing typed can become a tag.
    pub fn tag(&mut self, literal: &'static str) -> &mut Markup {
        self.0.push_str(literal);
        self
    }

    /// Any text, within an element or within an attribute's double quotes.
    pub fn text(&mut self, text: &str) -> &mut Markup {
        for sign in text.chars() {
            match sign {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                other => self.0.push(other),
            }
        }
        self
    }

    pub fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_a_tag() {
        let mut markup = Markup::default();
        markup.tag("<b title=\"").text("\" onload='x").tag("\">").text("<script>&").tag("</b>");
        assert_eq!(markup.finish(), "<b title=\"&quot; onload=&#39;x\">&lt;script&gt;&amp;</b>");
    }
}
