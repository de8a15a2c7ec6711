//! Which findings of two versions of an organization are the same. Compared are the rule, the subject and the duty, so that moving
//! lines or files changes nothing; where they repeat, each one counts.

use crate::finding::{Finding, Severity};
use crate::report::{Report, counted};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// The findings of two versions.
#[derive(Debug, Default)]
pub struct Matched {
    /// Those that only the later version has.
    pub introduced: Vec<Finding>,
    /// Those that only the earlier version has.
    pub fixed: Vec<Finding>,
    /// Those of the later version that the earlier one has too.
    pub unchanged: Vec<Finding>,
}

/// What an audit was compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// As the user named it.
    pub name: String,
    /// The day that it was written, if that is known.
    pub since: Option<Date>,
    /// How many findings it has too, from errors to infos; they do not count.
    pub known: [usize; Severity::ALL.len()],
    /// How many of its findings are gone.
    pub fixed: usize,
}

/// Matches the findings of an earlier version with those of a later one; both in their order.
pub fn matched(before: Vec<Finding>, after: Vec<Finding>) -> Matched {
    let mut alike: FxHashMap<_, [Vec<usize>; 2]> = FxHashMap::default();
    for (version, findings) in [&before, &after].into_iter().enumerate() {
        for (position, finding) in findings.iter().enumerate() {
            alike.entry(finding.identity()).or_default()[version].push(position);
        }
    }
    let (mut is_met, mut is_known) = (vec![false; before.len()], vec![false; after.len()]);
    let mut is_taken = is_known.clone();
    for [mut earlier, later] in alike.into_values() {
        // Of several with one identity, those with the same words belong together; the others are taken in their order.
        let mut meet = |at: usize, is_like: &dyn Fn(usize) -> bool| {
            if let Some(found) = earlier.iter().position(|position| !is_taken[at] && is_like(*position)) {
                let position = earlier.remove(found);
                is_taken[at] = true;
                // One that is graver now is new, and one that was graver is fixed.
                is_met[position] = before[position].severity <= after[at].severity;
                is_known[at] = after[at].severity <= before[position].severity;
            }
        };
        later.iter().for_each(|at| meet(*at, &|earlier| before[earlier].message == after[*at].message));
        later.iter().for_each(|at| meet(*at, &|_| true));
    }
    let (unchanged, introduced) = parted(after, &is_known);
    let (_, fixed) = parted(before, &is_met);
    Matched { introduced, fixed, unchanged }
}

/// The findings that are marked, and the others.
fn parted(findings: Vec<Finding>, is_marked: &[bool]) -> (Vec<Finding>, Vec<Finding>) {
    let (marked, others): (Vec<_>, Vec<_>) = findings.into_iter().zip(is_marked).partition(|(_, is_marked)| **is_marked);
    let bare = |findings: Vec<(Finding, &bool)>| findings.into_iter().map(|(finding, _)| finding).collect();
    (bare(marked), bare(others))
}

/// How many findings there are of each severity, from errors to infos.
pub fn by_severity(findings: &[Finding]) -> [usize; Severity::ALL.len()] {
    Severity::ALL.map(|severity| findings.iter().filter(|finding| finding.severity == severity).count())
}

impl Report<'_> {
    /// Leaves in the report what the base does not have, and says what else there is. Accepted findings stay as they are: they do not
    /// count either way.
    pub fn leave_new(&mut self, name: &str, since: Option<Date>, base: Vec<Finding>) {
        let counts = |finding: &Finding| finding.accepted.is_none();
        let (found, accepted): (Vec<Finding>, Vec<Finding>) = std::mem::take(&mut self.findings).into_iter().partition(counts);
        let Matched { introduced, fixed, unchanged } = matched(base.into_iter().filter(counts).collect(), found);
        self.findings = introduced;
        self.findings.extend(accepted);
        let base = Base { name: name.to_owned(), since, known: by_severity(&unchanged), fixed: fixed.len() };
        self.remarks.push(base.to_string());
        self.base = Some(base);
    }
}

impl std::fmt::Display for Base {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Base { name, since, known, fixed } = self;
        let since = since.map(|day| format!(" of {day}")).unwrap_or_default();
        let counts = Severity::ALL.iter().zip(known).filter(|(_, count)| **count > 0);
        let named: Vec<String> = counts.map(|(severity, count)| counted(*count, severity.word())).collect();
        let fixed = match fixed {
            0 => String::new(),
            count => format!("; {count} of its findings {} gone", if *count == 1 { "is" } else { "are" }),
        };
        match known.iter().sum() {
            0 => write!(out, "Compared with {name}{since}, which has none of these findings{fixed}."),
            1 => write!(out, "1 older finding does not count, because {name}{since} has it too: {}{fixed}.", named.join(", ")),
            count => {
                write!(
                    out,
                    "{count} older findings do not count, because {name}{since} has them too: {}{fixed}.",
                    named.join(", ")
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn finding(subject: &str, message: &str) -> Finding {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let mut finding = sample::findings(&sources).remove(0);
        (finding.subject, finding.message) = (subject.to_owned(), message.to_owned());
        finding
    }

    fn messages(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.message.as_str()).collect()
    }

    #[test]
    fn every_one_of_equal_findings_counts() {
        let of_checkout = |message| finding("products.checkout", message);
        let before = vec![of_checkout("a"), of_checkout("b"), finding("products.other", "c")];
        let after = vec![of_checkout("d"), of_checkout("a"), of_checkout("e"), finding("products.other", "new words")];
        let matched = matched(before, after);
        assert_eq!(messages(&matched.introduced), ["e"]);
        assert_eq!(messages(&matched.unchanged), ["d", "a", "new words"]);
        assert_eq!(messages(&matched.fixed), [] as [&str; 0]);
    }

    #[test]
    fn what_grows_graver_is_new_and_what_was_graver_is_fixed() {
        let grave = finding("a", "1");
        let light = Finding { severity: Severity::Info, ..grave.clone() };
        let graver = matched(vec![light.clone()], vec![grave.clone()]);
        assert_eq!((graver.introduced.len(), graver.fixed.len(), graver.unchanged.len()), (1, 0, 0));
        let lighter = matched(vec![grave], vec![light]);
        assert_eq!((lighter.introduced.len(), lighter.fixed.len(), lighter.unchanged.len()), (0, 1, 1));
    }

    #[test]
    fn what_only_the_earlier_one_has_is_fixed() {
        let matched = matched(vec![finding("a", "1"), finding("a", "2")], vec![finding("a", "2")]);
        assert_eq!((messages(&matched.fixed), messages(&matched.unchanged)), (vec!["1"], vec!["2"]));
    }

    #[test]
    fn the_base_is_summed_up_in_a_sentence() {
        let base = |known, fixed| Base { name: "git:main".into(), since: None, known, fixed }.to_string();
        assert_eq!(base([0, 0, 0], 0), "Compared with git:main, which has none of these findings.");
        assert_eq!(
            base([1, 0, 0], 1),
            "1 older finding does not count, because git:main has it too: 1 error; 1 of its findings is gone."
        );
        assert_eq!(
            base([2, 0, 1], 3),
            "3 older findings do not count, because git:main has them too: 2 errors, 1 info; 3 of its findings are gone."
        );
    }
}
