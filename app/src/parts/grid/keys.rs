//! What a key means in the grid, while a cell is selected and while it is edited. Pure: knows no element and no cell.

/// Whether the active cell is only selected or being written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Select,
    Edit,
}

/// One step over the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    Left,
    Right,
    /// to the edge in that direction
    Top,
    Bottom,
    RowStart,
    RowEnd,
    First,
    Last,
    PageUp,
    PageDown,
}

/// What to do for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Move(Step),
    /// Shift and a step: the far corner of the range moves.
    Extend(Step),
    Begin,
    /// Keep what was typed, then move.
    Save(Step),
    Discard,
    Clear,
    FillDown,
    Undo,
    Redo,
    TickRow,
    /// the whole column of the range
    TakeColumn,
    TakeAll,
    /// today's date into the cell
    Today,
    /// the row beside the grid, without leaving it
    Look,
    /// the row's own page
    Open,
    /// the filter behind the heading of the active column
    Filter,
}

/// A key with what was held down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Press<'a> {
    pub key: &'a str,
    pub ctrl: bool,
    pub shift: bool,
    pub alt: bool,
    /// An input method is at work (`isComposing`, or key code 229): its keys are never ours.
    pub composing: bool,
}

/// The meaning, or `None` to leave the key to the input and the browser.
pub fn act(press: Press<'_>, mode: Mode) -> Option<Act> {
    if press.composing {
        return None;
    }
    if press.alt {
        return (press.key == "ArrowDown" && mode == Mode::Select).then_some(Act::Filter);
    }
    match mode {
        Mode::Edit => while_editing(press),
        Mode::Select => while_selecting(press),
    }
}

fn while_editing(press: Press<'_>) -> Option<Act> {
    match (press.key, press.shift) {
        ("Enter", false) => Some(Act::Save(Step::Down)),
        ("Enter", true) => Some(Act::Save(Step::Up)),
        ("Tab", false) => Some(Act::Save(Step::Right)),
        ("Tab", true) => Some(Act::Save(Step::Left)),
        ("Escape", _) => Some(Act::Discard),
        (";", false) if press.ctrl => Some(Act::Today),
        _ => None,
    }
}

fn while_selecting(press: Press<'_>) -> Option<Act> {
    if let Some(step) = step(press) {
        return Some(if press.shift { Act::Extend(step) } else { Act::Move(step) });
    }
    match (press.key, press.ctrl) {
        ("Enter" | "F2", false) => Some(Act::Begin),
        ("Enter", true) => Some(Act::Open),
        (";", true) => Some(Act::Today),
        ("a" | "A", true) => Some(Act::TakeAll),
        ("Delete" | "Backspace", false) => Some(Act::Clear),
        ("d" | "D", true) => Some(Act::FillDown),
        ("z" | "Z", true) => Some(if press.shift { Act::Redo } else { Act::Undo }),
        ("y" | "Y", true) => Some(Act::Redo),
        (" ", true) => Some(Act::TakeColumn),
        (" ", false) => Some(if press.shift { Act::TickRow } else { Act::Look }),
        _ => None,
    }
}

/// Tab is left alone while selecting: it leaves the grid, so that nobody is trapped in it.
fn step(press: Press<'_>) -> Option<Step> {
    match (press.key, press.ctrl) {
        ("ArrowUp", false) => Some(Step::Up),
        ("ArrowDown", false) => Some(Step::Down),
        ("ArrowLeft", false) => Some(Step::Left),
        ("ArrowRight", false) => Some(Step::Right),
        ("ArrowUp", true) => Some(Step::Top),
        ("ArrowDown", true) => Some(Step::Bottom),
        ("ArrowLeft", true) | ("Home", false) => Some(Step::RowStart),
        ("ArrowRight", true) | ("End", false) => Some(Step::RowEnd),
        ("Home", true) => Some(Step::First),
        ("End", true) => Some(Step::Last),
        ("PageUp", false) => Some(Step::PageUp),
        ("PageDown", false) => Some(Step::PageDown),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press<'_> {
        Press { key, ..Press::default() }
    }

    #[test]
    fn enter_opens_then_saves_downwards() {
        assert_eq!(act(press("Enter"), Mode::Select), Some(Act::Begin));
        assert_eq!(act(press("Enter"), Mode::Edit), Some(Act::Save(Step::Down)));
        assert_eq!(act(press("Escape"), Mode::Edit), Some(Act::Discard));
    }

    #[test]
    fn an_input_method_keeps_its_keys() {
        for key in ["Enter", "Escape", "ArrowDown", "Process", "Delete"] {
            let composing = Press { composing: true, ..press(key) };
            assert_eq!(act(composing, Mode::Select), None, "{key}");
            assert_eq!(act(composing, Mode::Edit), None, "{key}");
        }
    }

    #[test]
    fn a_blank_looks_and_with_shift_it_ticks() {
        assert_eq!(act(press(" "), Mode::Select), Some(Act::Look));
        assert_eq!(act(press(" "), Mode::Edit), None);
        assert_eq!(act(Press { shift: true, ..press(" ") }, Mode::Select), Some(Act::TickRow));
        assert_eq!(act(Press { ctrl: true, ..press(";") }, Mode::Edit), Some(Act::Today));
        assert_eq!(act(Press { alt: true, ..press("ArrowDown") }, Mode::Select), Some(Act::Filter));
        assert_eq!(act(Press { alt: true, ..press("n") }, Mode::Select), None);
    }

    #[test]
    fn arrows_move_the_caret_while_editing_and_tab_leaves_while_selecting() {
        assert_eq!(act(press("ArrowLeft"), Mode::Edit), None);
        assert_eq!(act(press("Tab"), Mode::Select), None);
        let far = Press { ctrl: true, shift: true, ..press("End") };
        assert_eq!(act(far, Mode::Select), Some(Act::Extend(Step::Last)));
    }
}
