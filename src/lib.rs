//! Audits who decides what in a product organization.
//!
//! The flow: texts ([`source`]) become trees ([`yaml`]), trees become documents ([`document`]: the files as written), documents
//! become one organization ([`org`]: the files as meant), the [`rules`] find gaps in it, [`audit`] settles which of them count, and
//! a [`report`] is written in one of the formats of [`render`]. Reading and writing can fail; nothing between can.

pub mod accept;
pub mod advise;
pub mod against;
pub mod audit;
pub mod catalogue;
pub mod compare;
pub mod departure;
pub mod diff;
pub mod document;
pub mod export;
pub mod finding;
pub mod gap;
pub mod git;
pub mod import;
pub mod input;
pub mod matrix;
pub mod org;
pub mod output;
pub mod parallel;
pub mod problem;
pub mod redact;
pub mod render;
pub mod report;
pub mod review;
pub mod rules;
pub mod schema;
pub mod sections;
pub mod settings;
pub mod source;
pub mod who;
pub mod yaml;

use document::Loaded;
use jiff::civil::Date;
use org::link::{self, Linked};
use problem::{Problem, in_order};
use source::{FileId, Source, Sources};

/// Which day to audit.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// The day that the user names; it wins over the files' `as-of`.
    pub as_of: Option<Date>,
    /// The day to take if neither names one.
    pub today: Date,
}

/// Why sources cannot be audited.
#[derive(Debug)]
pub struct Invalid {
    /// The input errors of all files, in the order of their places.
    pub errors: Vec<Problem>,
    /// Warnings about the input.
    pub warnings: Vec<Problem>,
}

/// Reads and links all sources as one organization.
///
/// # Errors
/// Every input error of every source.
pub fn load(sources: &Sources, days: Days) -> Result<Linked<'_>, Invalid> {
    load_without(sources, days, &[])
}

/// Reads and links all sources as one organization, which the people and groups of some ids are seen as having left: their seats
/// are vacant, and where a record names a deputy, the deputy decides what nobody else does.
///
/// # Errors
/// Every input error of every source.
pub fn load_without<'a>(sources: &'a Sources, days: Days, without: &'a [String]) -> Result<Linked<'a>, Invalid> {
    let (mut documents, mut errors, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    let (mut files, mut whole) = (0, sources.are_complete());
    for loaded in loaded(sources) {
        files += usize::from(!loaded.documents.is_empty());
        whole &= loaded.whole;
        documents.extend(loaded.documents);
        errors.extend(loaded.errors);
        warnings.extend(loaded.warnings);
    }
    // A file that is no map of keys has said so; without any document there is nothing to link.
    if documents.is_empty() && !errors.is_empty() {
        return Err(Invalid { errors: in_order(errors), warnings: in_order(warnings) });
    }
    match link::link(link::Input { documents, files, whole, as_of: days.as_of, today: days.today, without }) {
        Ok(Linked { org, warnings: more }) if errors.is_empty() => {
            warnings.extend(more);
            Ok(Linked { org, warnings: in_order(warnings) })
        }
        Ok(Linked { warnings: more, .. }) => {
            warnings.extend(more);
            Err(Invalid { errors: in_order(errors), warnings: in_order(warnings) })
        }
        Err(more) => {
            errors.extend(more);
            Err(Invalid { errors: in_order(errors), warnings: in_order(warnings) })
        }
    }
}

/// What each source holds, in their order.
fn loaded(sources: &Sources) -> Vec<Loaded<'_>> {
    let each: Vec<(FileId, &Source)> = sources.iter().collect();
    let length: usize = each.iter().map(|(_, source)| source.text.len()).sum();
    parallel::each(each.len() > 1 && length >= parallel::LONG, &each, |(file, source)| match source.fault_at(*file) {
        Some(fault) => Loaded { documents: Vec::new(), whole: false, errors: vec![fault], warnings: Vec::new() },
        None => document::load(*file, &source.text),
    })
}

/// The rule that the page about adding one adds.
#[cfg(doctest)]
#[doc = include_str!("../docs/adding-a-rule.md")]
struct AddingARule;
