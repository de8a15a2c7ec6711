//! The rules: one file each, and one line each in the list below.
//!
//! A file holds all there is to say about its rule: when it fires, why, what to do, a team file on which it fires and one on which
//! it does not. Both files are its test and its documentation.

pub mod prelude;
pub mod signs;
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
        title_role_mismatch,
        role_undocumented,
        product_work_without_role,
        stakeholder_decides,
    }
    backlog {
        backlog_without_owner,
        backlog_shared_owner,
        backlog_ordered_by_other,
        backlog_too_many_hands,
        work_bypasses_backlog,
        product_split_backlogs,
        ordering_delegated,
        backlog_unrefined,
        product_goal_missing,
    }
    strategy {
        product_management_missing,
        roadmap_without_owner,
        roadmap_built_on_requests,
        roadmap_stale,
        roadmap_backlog_disconnected,
        solution_dictated,
        company_goals_missing,
        discovery_lapsed,
    }
    authority {
        owner_needs_approval,
        manager_needs_approval,
        approval_stack,
        owner_without_decisions,
        accountable_without_authority,
        owner_overruled,
        people_manager_decides_product,
    }
    capacity {
        combined_role_overstretched,
        combined_role_unbounded,
        delivery_crowds_out_strategy,
        owner_too_many_teams,
        person_overcommitted,
        owner_unavailable,
        scope_review_overdue,
    }
    structure {
        product_undefined,
        team_not_aligned_to_product,
        team_missing_skills,
        team_without_product_owner,
        scaling_dilutes_owner,
        multi_team_work_uncoordinated,
        project_manager_holds_product,
    }
    collaboration {
        roles_disconnected,
        manager_away_from_developers,
        owner_without_context,
        shared_decision_one_sided,
        learning_loop_open,
    }
    metrics {
        product_without_outcome_metric,
        metric_unowned,
        activity_metrics_only,
    }
    hiring {
        opening_without_mandate,
        opening_mismatch,
        hire_product_manager,
        hire_product_owner,
        split_combined_role,
        first_hire,
    }
    upkeep {
        duty_decided_by_group,
        duty_without_doer,
        acceptance_expired,
        acceptance_unused,
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
    /// What has to be settled where it fires, as a question to ask in a meeting.
    pub question: &'static str,
    /// What to do about it, in general.
    pub fix: &'static str,
    /// The ids of the leading passages, at most three.
    pub passages: &'static [&'static str],
    /// The ids of further claims that back it; they are not quoted.
    pub also: &'static [&'static str],
    /// The ids of the claims that disagree; the first two are quoted.
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
    /// How the roles work together.
    Collaboration,
    /// How success is measured.
    Metrics,
    /// Which role to fill, and whether an opening is ready.
    Hiring,
    /// The team file itself: the company's own duties and the accepted risks.
    Upkeep,
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
            Group::Collaboration => "collaboration",
            Group::Metrics => "metrics",
            Group::Hiring => "hiring",
            Group::Upkeep => "upkeep",
        }
    }
}

impl Rule {
    /// The ids of the passages against it that are quoted: the two that disagree most.
    pub fn quoted_dissent(&self) -> &'static [&'static str] {
        self.dissent.get(..2).unwrap_or(self.dissent)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
