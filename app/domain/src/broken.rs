//! Faults that are built in on purpose, so that the proofs are known to be able to fail. `cargo xtask red` builds with the
//! feature `broken`, chooses one fault after the other by `HOUFU_BROKEN` and demands that its proof fails. Without the
//! feature every question below is the constant `false`; the program `houfu` refuses to be compiled with it.

/// One fault that the proofs must find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A split drops the odd fen.
    Fen,
    /// A breach of the order of stages passes whatever the control matrix says.
    Order,
    /// A late entry goes into its own month although that is closed.
    Closed,
    /// An entry may be reversed again, and so may a reversal.
    Twice,
    /// A reversal that counts like its original.
    Sign,
    /// The kept totals do not move with the entries.
    Totals,
    /// Positions do not move with the entries.
    Positions,
    /// Nobody waits for a position that another holds (PostgreSQL).
    Hold,
    /// Nobody waits for the head of the chain (PostgreSQL).
    Head,
    /// The key of a command is forgotten.
    Key,
    /// The key of a command answers for another command too.
    Body,
    /// The answer goes out before the work is done.
    Early,
    /// Entries are committed before the positions that follow from them.
    Halves,
    /// Writers of SQLite do not queue and do not wait.
    Turn,
    /// Work stops where its request is abandoned, and its transaction stays open.
    Cancel,
    /// What somebody else changed meanwhile is overwritten.
    Stale,
    /// Areas do not bound what a person reads.
    Scope,
    /// A form of another origin is taken.
    Origin,
}

/// Whether this build can be told to be wrong.
pub const BUILT: bool = cfg!(feature = "broken");

impl Broken {
    pub const ALL: [Broken; 18] = [
        Broken::Fen,
        Broken::Order,
        Broken::Closed,
        Broken::Twice,
        Broken::Sign,
        Broken::Totals,
        Broken::Positions,
        Broken::Hold,
        Broken::Head,
        Broken::Key,
        Broken::Body,
        Broken::Early,
        Broken::Halves,
        Broken::Turn,
        Broken::Cancel,
        Broken::Stale,
        Broken::Scope,
        Broken::Origin,
    ];

    /// The word by which `HOUFU_BROKEN` chooses it.
    pub const fn code(self) -> &'static str {
        match self {
            Broken::Fen => "fen",
            Broken::Order => "order",
            Broken::Closed => "closed",
            Broken::Twice => "twice",
            Broken::Sign => "sign",
            Broken::Totals => "totals",
            Broken::Positions => "positions",
            Broken::Hold => "hold",
            Broken::Head => "head",
            Broken::Key => "key",
            Broken::Body => "body",
            Broken::Early => "early",
            Broken::Halves => "halves",
            Broken::Turn => "turn",
            Broken::Cancel => "cancel",
            Broken::Stale => "stale",
            Broken::Scope => "scope",
            Broken::Origin => "origin",
        }
    }
}

/// Whether the program was told to have this fault.
#[cfg(not(feature = "broken"))]
#[inline]
pub const fn is(_: Broken) -> bool {
    false
}

/// Whether the program was told to have this fault.
#[cfg(feature = "broken")]
pub fn is(fault: Broken) -> bool {
    chosen() == Some(fault)
}

/// The one fault of this process. A word that names none is a mistake of whoever chose it, not a sound program.
#[cfg(feature = "broken")]
fn chosen() -> Option<Broken> {
    use std::sync::OnceLock;
    static CHOSEN: OnceLock<Option<Broken>> = OnceLock::new();
    *CHOSEN.get_or_init(|| {
        let word = std::env::var_os("HOUFU_BROKEN").filter(|word| !word.is_empty())?;
        let fault = Broken::ALL.into_iter().find(|fault| word == fault.code());
        Some(fault.expect("HOUFU_BROKEN names a fault"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_fault_has_a_word_of_its_own() {
        let words: BTreeSet<&str> = Broken::ALL.into_iter().map(Broken::code).collect();
        assert_eq!(words.len(), Broken::ALL.len());
    }

    #[cfg(not(feature = "broken"))]
    #[test]
    fn a_sound_build_has_none() {
        assert!(!BUILT && Broken::ALL.into_iter().all(|fault| !is(fault)));
    }
}
