//! Which ids are declared, and what to say of one that is not.

use crate::document::hints;
use crate::document::value::Id;
use crate::problem::Problem;
use crate::source::Span;
use indexmap::IndexMap;
use indexmap::map::Entry;
use rustc_hash::FxBuildHasher;
use std::borrow::Cow;

/// The ids of one kind, each with what it stands for. Ids are compared exactly; two that differ in case only are an error.
#[derive(Debug)]
pub(super) struct Ids<'a, T> {
    by_folded: IndexMap<Cow<'a, str>, Declared<'a, T>, FxBuildHasher>,
}

#[derive(Debug)]
struct Declared<'a, T> {
    id: Cow<'a, str>,
    at: Span,
    value: T,
}

impl<'a, T: Copy> Ids<'a, T> {
    pub(super) fn new() -> Self {
        Ids { by_folded: IndexMap::default() }
    }

    /// How many ids are declared.
    pub(super) fn len(&self) -> usize {
        self.by_folded.len()
    }

    /// Makes room for so many more ids.
    pub(super) fn reserve(&mut self, more: usize) {
        self.by_folded.reserve(more);
    }

    /// Declares an id.
    ///
    /// # Errors
    /// The id stands somewhere else already, with the same letters or but for their case.
    pub(super) fn declare(&mut self, id: &Id<'a>, value: T) -> Result<(), Problem> {
        match self.by_folded.entry(fold(&id.id)) {
            Entry::Vacant(free) => {
                free.insert(Declared { id: id.id.clone(), at: id.at, value });
                Ok(())
            }
            Entry::Occupied(taken) if taken.get().id == id.id => {
                let help = "Keep one of the two and join what they say; people, groups and teams share their ids.";
                Err(Problem::new(id.at, format!("`{}` is declared a second time", id.id), help)
                    .label(taken.get().at, "it is declared here first"))
            }
            Entry::Occupied(taken) => {
                let message = format!("`{}` and `{}` differ in case only", id.id, taken.get().id);
                Err(Problem::new(id.at, message, "Give one of them another id, or join the two.")
                    .label(taken.get().at, "it is declared here first"))
            }
        }
    }

    /// Lets a declared id stand for something else.
    pub(super) fn replace(&mut self, id: &str, value: T) {
        if let Some(declared) = self.by_folded.get_mut(fold(&Cow::Borrowed(id)).as_ref()) {
            declared.value = value;
        }
    }

    /// What an id stands for.
    pub(super) fn get(&self, id: &str) -> Option<T> {
        let declared = self.by_folded.get(fold(&Cow::Borrowed(id)).as_ref())?;
        (declared.id == id).then_some(declared.value)
    }

    /// The declared id that was probably meant.
    pub(super) fn closest(&self, written: &str) -> Option<&str> {
        let mut ids: Vec<&str> = self.by_folded.values().map(|declared| declared.id.as_ref()).collect();
        ids.sort_unstable();
        hints::closest(written, ids.into_iter())
    }
}

/// An id without its case.
fn fold<'s>(id: &Cow<'s, str>) -> Cow<'s, str> {
    if id.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) { id.to_lowercase().into() } else { id.clone() }
}
