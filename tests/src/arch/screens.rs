//! Rules about screens: words stand in `words`, doors have one line, one gate leads to the server, classes carry
//! the name of their slice or part. Reads Rust and CSS as text.

use super::{Source, without_comments};

/// Sentences inside `view!`: Chinese letters anywhere, or a text node or attribute that begins like a sentence.
pub fn literal_words(files: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let shipped = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, line) in without_comments(shipped).lines().enumerate() {
            if line.chars().any(|letter| ('\u{3400}'..='\u{9fff}').contains(&letter)) {
                found.push(format!("{}:{}: {}", file.path, at + 1, line.trim()));
            }
        }
        for view in views(&without_comments(shipped)) {
            for text in text_nodes(view).into_iter().filter(|text| is_sentence(text)) {
                found.push(format!("{}: \"{text}\" in view!", file.path));
            }
        }
    }
    found
}

/// The bodies of `view! { … }`, by counting braces outside of strings.
pub fn views(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("view!") {
        let Some(open) = text[at..].find('{').map(|open| at + open) else { continue };
        let mut depth = 0_usize;
        let mut is_text = false;
        let mut before = ' ';
        for (offset, letter) in text[open..].char_indices() {
            match letter {
                '"' if before != '\\' => is_text = !is_text,
                '{' if !is_text => depth += 1,
                '}' if !is_text => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                found.push(&text[open..=open + offset]);
                break;
            }
            before = letter;
        }
    }
    found
}

/// Quoted strings that stand as children of an element, or as an attribute that people read.
fn text_nodes(view: &str) -> Vec<&str> {
    const READ: [&str; 5] = ["title=", "placeholder=", "aria-label=", "alt=", "label="];
    let mut found = Vec::new();
    let mut rest = view;
    let mut before = String::new();
    while let Some((left, right)) = rest.split_once('"') {
        before.push_str(left);
        let Some((quoted, after)) = right.split_once('"') else { break };
        let left = before.trim_end();
        if left.ends_with('>') && !left.ends_with("=>") && !left.ends_with("->")
            || READ.iter().any(|name| left.ends_with(name))
        {
            found.push(quoted);
        }
        before.push(' ');
        rest = after;
    }
    found
}

/// Two letters of Latin beginning with a capital, or two words.
fn is_sentence(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    letters > 1 && (text.starts_with(|letter: char| letter.is_uppercase()) || text.trim().contains(' '))
}

/// How often the product asks for the feature `ssr` in its screens: the bridge, once.
pub fn gates(files: &[Source]) -> Vec<String> {
    let is_gate = |line: &&str| {
        let line = line.replace(' ', "");
        line.contains("feature=\"ssr\"") || line.contains("feature=\"hydrate\"")
    };
    let of = |file: &Source| {
        let text = without_comments(&file.text);
        text.lines().filter(is_gate).map(|line| format!("{}: {}", file.path, line.trim())).collect::<Vec<_>>()
    };
    files.iter().flat_map(of).collect()
}

/// From each server function's attribute to the end of the file; attributes of arguments stand further in.
fn doors(text: &str) -> impl Iterator<Item = &str> {
    let begins = |at: usize| at == 0 || text[..at].ends_with('\n');
    text.match_indices("#[server(").filter(move |(at, _)| begins(*at)).map(|(at, _)| &text[at..])
}

/// Server functions whose body is more than one line, or that leave the bridge, or whose address is not written.
pub fn thick_doors(files: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for door in doors(&file.text) {
            let name = door.split("fn ").nth(1).and_then(|rest| rest.split('(').next()).unwrap_or("?");
            let Some((head, rest)) = door.split_once(" {\n") else {
                found.push(format!("{}: {name} cannot be read", file.path));
                continue;
            };
            let body = rest.split("\n}").next().unwrap_or_default();
            // Naming the form first is no second thought; anything else is.
            let named = body.trim().strip_prefix("let form =").map(str::trim_start);
            let named = named.and_then(|rest| rest.strip_prefix("contract::"));
            let body = match named.and_then(|rest| rest.split_once(';')) {
                Some((_, rest)) => rest,
                None => body,
            };
            let is_one = !body.contains(';') && body.trim().starts_with("crate::bridge::");
            if !is_one {
                found.push(format!("{}: {name} is more than one line through the bridge", file.path));
            }
            if !head.contains("endpoint = \"") || !head.contains("prefix = \"/api\"") {
                found.push(format!("{}: {name} has no address of its own", file.path));
            }
        }
    }
    found
}

/// Classes of a sheet that do not begin with the name of a file or folder that they lie beside.
pub fn stray_classes(sheet: &Source, names: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = sheet.text.as_str();
    let mut clean = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        clean.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    clean.push_str(rest);
    for selector in clean.split(['{', '}', ';']).filter(|part| !part.trim_start().starts_with('@')) {
        // A declaration has numbers like `.5rem`; a class begins with a letter.
        for (at, _) in selector.match_indices('.') {
            let class: String = selector[at + 1..]
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
                .collect();
            let is_class =
                class.starts_with(|letter: char| letter.is_ascii_lowercase()) && !selector.contains("url(");
            let is_ours = |name: &String| class == *name || class.starts_with(&format!("{name}-"));
            if is_class && !names.iter().any(is_ours) {
                found.push(format!("{}: .{class}", sheet.path));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Doors that read by an address but call something that writes.
pub fn writing_reads(files: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for door in doors(&file.text) {
            let door = door.split("\n}").next().unwrap_or_default();
            if door.contains("GetUrl") && door.contains("bridge::write") {
                found.push(format!("{}: a GET that writes", file.path));
            }
        }
    }
    found
}

/// Text within `<title>` or `<textarea>` that does not go through `parts::unescaped`, though the renderer writes both
/// as they come.
pub fn unescaped(files: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let text = without_comments(&file.text);
        for (at, _) in text.match_indices("<textarea") {
            let field = text[at..].split("</textarea>").next().unwrap_or_default();
            let inside = field.rsplit('>').next().unwrap_or_default().trim();
            if !inside.is_empty() && !inside.starts_with("{in_textarea(") {
                found.push(format!("{}: {inside} in a textarea", file.path));
            }
        }
        for (at, _) in text.match_indices("<Title ") {
            let title = text[at..].split("/>").next().unwrap_or_default();
            if !title.contains("text=in_title(") {
                found.push(format!("{}: {title}", file.path));
            }
        }
    }
    found
}

/// Ways to a workbook that are shown to whoever may not take one along: its word stands in the part that asks, and nowhere
/// else.
pub fn open_ways_out(files: &[Source]) -> Vec<String> {
    let asks = |file: &&Source| file.path.ends_with("parts/take_out.rs");
    let says = |file: &&Source| without_comments(&file.text).contains("ledger.take_out");
    files.iter().filter(|file| !asks(file) && says(file)).map(|file| file.path.clone()).collect()
}

/// Reads of the router or of a page's memo that would stop a task which outlives the page: all but those of `parts::gone`.
pub fn late_reads(files: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !file.path.ends_with("parts/gone.rs")) {
        let text = without_comments(&file.text);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for (at, line) in lines.iter().enumerate() {
            let asks_router =
                ["use_query_map().", "use_params_map()."].iter().any(|read| line.contains(read));
            let reads =
                ["query.with(", "query.with_untracked(", "query.get()", "params.with(", "params.get()"];
            let reads_router = reads.iter().any(|read| line.contains(read));
            // What a suspended view is made of is made again when its answer is there.
            let next = lines.get(at + 1).copied().unwrap_or_default();
            let reads_late =
                line.starts_with("let ") && line.ends_with(".get();") && next.starts_with("Suspend::new(");
            if asks_router || reads_router || reads_late {
                found.push(format!("{}: {line}", file.path));
            }
        }
    }
    found
}
