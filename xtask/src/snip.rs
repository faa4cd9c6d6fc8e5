//! Takes the bodies of functions that never run out of a module: each becomes one instruction that stops the program.
//! They are there because tables of functions name them, which no linker can see through. Knows no page.

use anyhow::{Result, bail};
use std::collections::HashMap;
use wasm_encoder::{CodeSection, Module, RawSection};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// What of a module is for tools alone: names, and the binder's own notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notes {
    Kept,
    Dropped,
}

/// `unreachable` without locals.
const STOP: [u8; 3] = [0x00, 0x00, 0x0b];

/// Bytes from which on a body is surely its own. The compiler merges equal bodies under one of their names, and what is
/// shorter (the dropping of a string, a future that is ready at once) may serve others under this one.
const OWN: usize = 200;

/// True of a function that cannot run, by its name and its length.
///
/// Pages come alive at once (`hydrate_body`, after their part is there), never piece by piece: every view carries a
/// second way to come alive that is only for `hydrate_lazy`. These are its state machines.
fn never_runs(name: &str, length: usize) -> bool {
    length >= OWN
        && name.contains("hydrate_async")
        && name.contains("closure")
        && !name.contains("drop_in_place")
}

/// The module without them.
pub fn snip(module: &[u8], notes: Notes) -> Result<Vec<u8>> {
    let names = names(module)?;
    let mut out = Module::new();
    let mut code = CodeSection::new();
    let (mut imported, mut at, mut left) = (0_u32, 0_u32, 0_u32);
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = &payload {
            for import in imports.clone().into_imports() {
                imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
            }
        }
        if let Payload::CodeSectionStart { count, .. } = &payload {
            left = *count;
            continue;
        }
        if let Payload::CodeSectionEntry(body) = &payload {
            let body = bytes(module, &body.range())?;
            let is_dead = names.get(&(imported + at)).is_some_and(|name| never_runs(name, body.len()));
            code.raw(if is_dead { &STOP } else { body });
            at += 1;
            left -= 1;
            if left == 0 {
                out.section(&code);
            }
            continue;
        }
        if matches!(payload, Payload::CustomSection(_)) && notes == Notes::Dropped {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            out.section(&RawSection { id, data: bytes(module, &range)? });
        }
    }
    Ok(out.finish())
}

fn bytes<'a>(module: &'a [u8], range: &std::ops::Range<u64>) -> Result<&'a [u8]> {
    let found = module.get(usize::try_from(range.start)?..usize::try_from(range.end)?);
    let Some(found) = found else { bail!("a section is longer than its module") };
    Ok(found)
}

/// Names of functions by their number.
fn names(module: &[u8]) -> Result<HashMap<u32, &str>> {
    let mut found = HashMap::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(names) = section.as_known() else { continue };
        for name in names {
            let Name::Function(functions) = name? else { continue };
            for function in functions {
                let function = function?;
                found.insert(function.index, function.name);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        EntityType, Function, FunctionSection, ImportSection, NameMap, NameSection, TypeSection,
    };

    /// One import and four functions, of which the second never runs.
    fn sample() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("env", "other", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut map = NameMap::new();
        map.append(0, "other");
        let named = [
            ("AnyView::hydrate_from_server::closure", OWN),
            ("AnyView::hydrate_async::closure", OWN),
            ("AnyView::hydrate_async::closure", 1),
            ("drop_in_place<AnyView::hydrate_async::closure>", OWN),
        ];
        for (at, (name, calls)) in (1..).zip(named) {
            functions.function(0);
            let mut body = Function::new([]);
            for _ in 0..calls {
                body.instructions().call(0);
            }
            body.instructions().end();
            code.function(&body);
            map.append(at, name);
        }
        let mut names = NameSection::new();
        names.functions(&map);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&code).section(&names);
        module.finish()
    }

    fn bodies(module: &[u8]) -> Vec<Vec<u8>> {
        let body = |payload| match payload {
            Ok(Payload::CodeSectionEntry(body)) => Some(bytes(module, &body.range()).unwrap().to_vec()),
            _ => None,
        };
        Parser::new(0).parse_all(module).filter_map(body).collect()
    }

    #[test]
    fn only_what_never_runs_is_emptied() {
        let whole = sample();
        let kept = snip(&whole, Notes::Kept).unwrap();
        let mut expected = bodies(&whole);
        expected[1] = STOP.to_vec();
        assert_eq!(bodies(&kept), expected);
        assert_eq!(names(&kept).unwrap().len(), 5, "the binder still finds its notes");
    }

    #[test]
    fn notes_for_tools_are_left_out() {
        let bare = snip(&sample(), Notes::Dropped).unwrap();
        assert!(names(&bare).unwrap().is_empty());
        assert_eq!(bodies(&bare)[1], STOP);
        assert!(snip(b"no module", Notes::Kept).is_err());
    }
}
