//! Tables on the clipboard as tab-separated text, the way spreadsheets write and read them. Knows no cell type.

/// One text for the clipboard; cells with tabs, line ends or quotes are quoted.
pub fn write(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\r\n")
}

/// The same as a table for programs that read HTML.
pub fn html(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| format!("<td>{}</td>", escaped(cell));
    let line = |row: &Vec<String>| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>());
    format!("<table>{}</table>", rows.iter().map(line).collect::<String>())
}

/// Rows of cells out of a table that a program put on the clipboard as HTML; entities of five kinds are read.
pub fn from_html(html: &str) -> Vec<Vec<String>> {
    let inside = |part: &str| part.split_once('>').map(|(_, rest)| rest.to_owned());
    let cell = |part: &str| {
        let text = inside(part)?;
        Some(text.split("</t").next().map(plain).unwrap_or_default())
    };
    let cells = |row: &str| {
        let row = row.split("</tr").next().unwrap_or_default().replace("<th", "<td");
        row.split("<td").skip(1).filter_map(cell).collect::<Vec<String>>()
    };
    html.split("<tr").skip(1).map(cells).filter(|row| !row.is_empty()).collect()
}

/// Text between tags.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in html.replace("<br>", "\n").chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            other if !is_tag => text.push(other),
            _ => {}
        }
    }
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&quot;", "\""), ("&amp;", "&")];
    pairs.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter)).trim().to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>")
}

/// Rows of cells; quoted cells may hold line ends. One closing line end is no row.
pub fn read(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut inside = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if inside && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if inside => inside = false,
            '"' if cell.is_empty() => inside = true,
            '\t' if !inside => row.push(std::mem::take(&mut cell)),
            '\r' if !inside => {}
            '\n' if !inside => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

fn quoted(cell: &str) -> String {
    if cell.contains(['\t', '\n', '\r', '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let rows = vec![
            vec!["甲\n乙".to_owned(), "1,850.50".to_owned()],
            vec![String::new(), "说 \"好\"\t".to_owned()],
        ];
        assert_eq!(read(&write(&rows)), rows);
    }

    #[test]
    fn the_table_of_the_clipboard_is_no_markup_of_somebody_else() {
        assert_eq!(
            html(&[vec!["a<b>&".to_owned(), "1\n2".to_owned()]]),
            "<table><tr><td>a&lt;b&gt;&amp;</td><td>1<br>2</td></tr></table>"
        );
    }

    #[test]
    fn a_table_of_another_program_is_read() {
        let rows = vec![vec!["a<b>&".to_owned(), "1\n2".to_owned()], vec![String::new(), "乙".to_owned()]];
        assert_eq!(from_html(&html(&rows)), rows);
        let styled = "<table><tr height=18><td class=x>1</td><th><b>2</b></th></tr></table>";
        assert_eq!(from_html(styled), [["1", "2"]]);
    }

    #[test]
    fn a_closing_line_end_is_no_row() {
        assert_eq!(read("a\tb\r\nc\td\r\n").len(), 2);
        assert_eq!(read("").len(), 0);
        assert_eq!(read("3\" 管"), vec![vec!["3\" 管".to_owned()]]);
    }
}
