//! The rules: one file each, and one line each in the list below.
//!
//! A file holds all there is to say about its rule: when it fires, why, what to do, a team file on which it fires and one on which
//! it does not. Both files are its test and its documentation.

pub mod prelude;
pub mod unowned;

use crate::finding::Severity;
use std::fmt;

/// Writes the list of rules, and the modules that hold them.
macro_rules! rules {
    ($($group:ident { $($rule:ident,)* })*) => {
        $(#[doc = concat!("Rules of the group `", stringify!($group), "`.")]
        pub mod $group { $(pub mod $rule;)* })*

        /// Every rule, group by group.
        pub static RULES: &[&Rule] = &[$($(&$group::$rule::RULE,)*)*];
    };
}

rules! {
    ownership {
        duty_unowned,
        duty_contested,
        decision_record_incomplete,
        final_call_missing,
    }
    backlog {
        backlog_without_owner,
        backlog_shared_owner,
    }
    strategy {
        product_management_missing,
    }
    authority {
        owner_needs_approval,
    }
    capacity {
        combined_role_overstretched,
    }
    structure {
        team_without_product_owner,
    }
}

/// The rule of a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// A rule: what it looks for, why it matters, and what to do.
pub struct Rule {
    /// Its name, which names the problem: `duty-unowned`.
    pub name: &'static str,
    /// The part of the documents' subject that it belongs to.
    pub group: Group,
    /// The severity of a finding that says nothing else.
    pub severity: Severity,
    /// When another severity holds, in words; empty if never.
    pub otherwise: &'static str,
    /// The problem in one line.
    pub summary: &'static str,
    /// Why it matters, in our words.
    pub why: &'static str,
    /// What to do about it, in general.
    pub fix: &'static str,
    /// The ids of the leading passages, at most three.
    pub passages: &'static [&'static str],
    /// The ids of the passages that disagree, at most two.
    pub dissent: &'static [&'static str],
    /// The rules that report some of its gaps in its place: it is silent where they fired.
    pub yields_to: &'static [&'static Rule],
    /// A team file on which the rule fires; `#~ text` demands a finding on its line whose message holds the text.
    pub fires: &'static str,
    /// A team file on which it does not.
    pub clean: &'static str,
    /// The check itself.
    pub check: fn(&crate::org::Org<'_>, &mut crate::gap::Gaps<'_>),
}

/// The groups of rules, in the order of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Who owns which duty.
    Ownership,
    /// Who owns and orders which backlog.
    Backlog,
    /// Direction, goal and roadmap.
    Strategy,
    /// Whether owners have the say that they answer for.
    Authority,
    /// How much one person can carry.
    Capacity,
    /// Products, teams and how they fit.
    Structure,
}

impl Group {
    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Group::Ownership => "ownership",
            Group::Backlog => "backlog",
            Group::Strategy => "strategy",
            Group::Authority => "authority",
            Group::Capacity => "capacity",
            Group::Structure => "structure",
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
