//! Tables on the clipboard as tab-separated text, the way spreadsheets write and read them. Knows no cell type.

/// One text for the clipboard; cells with tabs, line ends or quotes are quoted.
pub fn write(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\r\n")
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
    fn a_closing_line_end_is_no_row() {
        assert_eq!(read("a\tb\r\nc\td\r\n").len(), 2);
        assert_eq!(read("").len(), 0);
        assert_eq!(read("3\" 管"), vec![vec!["3\" 管".to_owned()]]);
    }
}
