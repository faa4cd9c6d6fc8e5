//! Short names between the kernel and its glue. The binder names what one takes from the other by hashes, some hundred
//! of them, and hashes are what no packing makes smaller. Knows no page.

use anyhow::Result;
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// Letters of a hash at the end of a name.
const HASH: usize = 16;

/// Kernel and glue with short names in place of hashed ones, and the glue without notes for its reader.
pub fn shorten(kernel: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let names = short_names(kernel)?;
    Ok((renamed(kernel, &names)?, words_replaced(&without_notes(glue), &names)))
}

/// A short name for each hashed one.
fn short_names(kernel: &[u8]) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(kernel) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = payload {
            for import in imports.into_imports() {
                names.insert(import?.name.to_owned(), String::new());
            }
        } else if let Payload::ExportSection(exports) = payload {
            for export in exports {
                names.insert(export?.name.to_owned(), String::new());
            }
        }
    }
    names.retain(|name, _| is_hashed(name));
    for (at, short) in names.values_mut().enumerate() {
        // No name of the binder begins like this.
        *short = format!("q{at}");
    }
    Ok(names)
}

fn is_hashed(name: &str) -> bool {
    let (name, end) = name.split_at(name.len().saturating_sub(HASH));
    let is_binders = ["__wbg_", "__wbindgen_", "wasm_bindgen__"].iter().any(|sign| name.contains(sign));
    is_binders && end.bytes().all(|letter| letter.is_ascii_hexdigit())
}

fn renamed(kernel: &[u8], names: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    let new = |name: &str| names.get(name).cloned().unwrap_or_else(|| name.to_owned());
    let mut out = Module::new();
    for payload in Parser::new(0).parse_all(kernel) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = &payload {
            let mut section = ImportSection::new();
            for import in imports.clone().into_imports() {
                let import = import?;
                section.import(import.module, &new(import.name), RoundtripReencoder.entity_type(import.ty)?);
            }
            out.section(&section);
        } else if let Payload::ExportSection(exports) = &payload {
            let mut section = ExportSection::new();
            for export in exports.clone() {
                let export = export?;
                let kind = RoundtripReencoder.export_kind(export.kind)?;
                section.export(&new(export.name), kind, export.index);
            }
            out.section(&section);
        } else if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            out.section(&RawSection { id, data: &kernel[range] });
        }
    }
    Ok(out.finish())
}

/// Whole words only: one name can begin another.
fn words_replaced(glue: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(glue.len());
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let mut rest = glue;
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|letter| !is_word(letter)).unwrap_or(from.len()));
        out.push_str(before);
        out.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Lines without indentation, and without those that only describe.
fn without_notes(glue: &str) -> String {
    let is_note = |line: &&str| {
        line.is_empty() || ["//", "/**", "* ", "*/"].iter().any(|sign| line.starts_with(sign)) || *line == "*"
    };
    glue.lines().map(str::trim).filter(|line| !is_note(line)).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, ExportKind, TypeSection};

    const TAKEN: &str = "__wbg_now_0123456789abcdef";

    fn kernel() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./houfu_bg.js", TAKEN, EntityType::Function(0));
        let mut exports = ExportSection::new();
        exports.export("hydrate", ExportKind::Func, 0);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&exports);
        module.finish()
    }

    #[test]
    fn both_sides_get_the_same_name() {
        let glue = format!(
            "/**\n * What it does.\n */\nfunction x() {{\n    wasm.hydrate();\n    {TAKEN}: y, {TAKEN}0: z }}\n"
        );
        let (kernel, glue) = shorten(&kernel(), &glue).unwrap();
        assert_eq!(glue, format!("function x() {{\nwasm.hydrate();\nq0: y, {TAKEN}0: z }}\n"));
        let imports = Parser::new(0).parse_all(&kernel).find_map(|payload| match payload {
            Ok(Payload::ImportSection(imports)) => imports.into_imports().next(),
            _ => None,
        });
        assert_eq!(imports.unwrap().unwrap().name, "q0");
        assert!(short_names(&kernel).unwrap().is_empty(), "nothing is left to shorten");
    }
}
