//! The result of an audit, ready for every output format; the formats decide nothing.

use crate::against::Base;
use crate::departure::Departure;
use crate::finding::{Acceptance, Finding, Severity};
use crate::redact::{LEFT_OUT, Pseudonyms, Redact};
use crate::rules::Rule;
use crate::source::Sources;
use jiff::civil::Date;

/// The result of an audit.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The texts that were audited, for excerpts and places.
    pub sources: &'a Sources,
    /// The day that the audit speaks of.
    pub as_of: Date,
    /// How much was read.
    pub read: Extent,
    /// The rules whose findings are shown, in the order of the catalogue.
    pub rules: Vec<&'static Rule>,
    /// The model of each audited product, in the order of the files.
    pub models: Vec<ProductModel>,
    /// What was found and what of it was accepted, in the order of file, line, column, rule and duty.
    pub findings: Vec<Finding>,
    /// Remarks for the summary, each a sentence, such as which records reach nothing.
    pub remarks: Vec<String>,
    /// What it was compared with, if it was; then only what that does not have counts.
    pub base: Option<Base>,
    /// What falls vacant without the people who are seen as having left, if there are any.
    pub departure: Option<Departure>,
}

/// How much was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Team files.
    pub files: usize,
    /// Products.
    pub products: usize,
    /// Teams.
    pub teams: usize,
    /// People and groups.
    pub people: usize,
}

/// Which of the documents' models a product follows; derived, never declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductModel {
    /// The product's id.
    pub product: String,
    /// The model, such as `split`.
    pub model: &'static str,
    /// What comes on top of it, such as `scaled`.
    pub overlays: Vec<&'static str>,
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// At a finding of this severity or a higher one.
    Severity(Severity),
    /// Never.
    Never,
}

/// A number of things: `2 errors`.
pub fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

impl FailOn {
    /// Whether a finding of a severity fails the run.
    pub fn includes(self, severity: Severity) -> bool {
        match self {
            FailOn::Severity(least) => severity >= least,
            FailOn::Never => false,
        }
    }
}

impl Report<'_> {
    /// Says first what falls vacant without those who left.
    pub fn add_departure(&mut self, departure: Option<Departure>) {
        self.remarks.splice(0..0, departure.iter().flat_map(|departure| departure.sentences.iter().cloned()));
        self.departure = departure;
    }

    /// The findings that count.
    pub fn counting(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.accepted.is_none())
    }

    /// The findings that were accepted, each with its acceptance; they do not count.
    pub fn accepted(&self) -> impl Iterator<Item = (&Finding, &Acceptance)> {
        self.findings.iter().filter_map(|finding| Some((finding, finding.accepted.as_ref()?)))
    }

    /// How many findings of a severity count.
    pub fn count(&self, severity: Severity) -> usize {
        self.counting().filter(|finding| finding.severity == severity).count()
    }

    /// Whether anything counts at or above the threshold.
    pub fn fails(&self, on: FailOn) -> bool {
        self.counting().any(|finding| on.includes(finding.severity))
    }
}

impl Redact for Report<'_> {
    fn redact(&mut self, names: &Pseudonyms) {
        for finding in &mut self.findings {
            finding.redact(names);
        }
        names.texts(self.models.iter_mut().map(|model| &mut model.product));
        for remark in &mut self.remarks {
            *remark = names.sentence(remark);
        }
        if let Some(departure) = &mut self.departure {
            departure.redact(names);
        }
        names.texts(self.base.iter_mut().map(|base| &mut base.name));
    }
}

impl Redact for Finding {
    fn redact(&mut self, names: &Pseudonyms) {
        self.message = names.sentence(&self.message);
        self.fix = names.fix(&self.fix, self.duty.as_deref());
        for label in &mut self.labels {
            label.text = names.sentence(&label.text);
        }
        self.subject = names.text(&self.subject);
        self.duty = self.duty.take().map(|duty| names.duty(duty));
        self.note = None;
        if let Some(accepted) = &mut self.accepted {
            names.texts(accepted.by.iter_mut().flat_map(|(id, name)| [id, name]));
            accepted.because = LEFT_OUT.to_owned();
        }
    }
}
