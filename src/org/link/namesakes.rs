//! Names that several have: sentences tell such people, teams or products apart by the ids behind their names.

use crate::org::repeated;
use rustc_hash::FxHashSet;

/// The names that more than one of a kind has.
pub(in crate::org) struct Namesakes(FxHashSet<String>);

impl Namesakes {
    pub(in crate::org) fn among<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        Namesakes(repeated(names).into_iter().map(str::to_owned).collect())
    }

    /// The name with the id behind it, if others have the same name.
    pub(in crate::org) fn told_apart(&self, name: &str, id: &str) -> Option<Box<str>> {
        self.0.contains(name).then(|| format!("{name} ({id})").into())
    }
}
