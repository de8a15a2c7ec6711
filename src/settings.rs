//! `.roleaudit.yaml`: which findings fail a run, which rules matter how much, and the tool's own numbers.

use crate::document::hints;
use crate::document::read::{Read, Reader};
use crate::document::table::{Keys, Shape, record, words};
use crate::document::value::{self, Count};
use crate::finding::Severity;
use crate::problem::{Problem, in_order};
use crate::report::FailOn;
use crate::rules::{self, RULES};
use crate::source::{FileId, Source};
use crate::yaml::{self, Kind, Node};
use std::collections::BTreeMap;

/// The settings of a run.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// From which severity on the run fails, if the file says so.
    pub fail_on: Option<FailOn>,
    /// Severities that replace all of a rule's own; none switches the rule off.
    pub severities: BTreeMap<&'static str, Option<Severity>>,
    /// The thresholds.
    pub numbers: Numbers,
}

/// Writes the thresholds: their names, meanings and defaults, and how a file changes them.
macro_rules! numbers {
    ($( $(#[doc = $meaning:literal])* $key:literal => $field:ident = $default:literal, )*) => {
        record! {
            /// The thresholds as a file gives them.
            GivenNumbers "the map `settings`" { $( $(#[doc = $meaning])* $key => $field: Count, else $default, )* }
        }

        /// The thresholds. The documents give most of them no number; a message that uses one names the setting.
        #[derive(Clone, Debug)]
        pub struct Numbers { $( $(#[doc = $meaning])* pub $field: u32, )* }

        impl Default for Numbers {
            fn default() -> Self {
                Numbers { $( $field: $default, )* }
            }
        }

        impl Numbers {
            fn given(given: GivenNumbers<'_>) -> Self {
                Numbers { $( $field: given.$field.map_or($default, |given| given.value.0), )* }
            }
        }
    };
}

numbers! {
    /// The most teams that one person serves as product manager and product owner (D4-282 says one).
    "max-combined-teams" => max_combined_teams = 1,
    /// The most teams that one product owner serves.
    "max-owner-teams" => max_owner_teams = 3,
    /// The share of a product's core duties, in percent, from which one person has most of them.
    "most-duties-percent" => most_duties_percent = 80,
    /// The longest time between two talks with customers, in days.
    "customer-contact-days" => customer_contact_days = 30,
    /// The oldest that a roadmap may be, in days.
    "roadmap-max-age-days" => roadmap_max_age_days = 180,
    /// The smallest share of the week for discovery and strategy, in percent.
    "min-strategy-share" => min_strategy_share = 20,
    /// The longest that developers wait for an answer, in hours.
    "max-answer-hours" => max_answer_hours = 24,
    /// The longest time between two reviews of a scope, in days.
    "scope-review-days" => scope_review_days = 180,
    /// The most coordination meetings a week for a product owner.
    "max-coordination-meetings" => max_coordination_meetings = 3,
    /// From how many signals on a role to hire is advised.
    "hire-threshold" => hire_threshold = 2,
    /// The most items of a backlog.
    "max-backlog-items" => max_backlog_items = 200,
    /// From how many segments on a product serves many.
    "many-segments" => many_segments = 2,
    /// The longest time between two releases that counts as frequent, in days.
    "frequent-release-days" => frequent_release_days = 14,
    /// The longest time since a backlog was refined, in days.
    "refinement-days" => refinement_days = 30,
    /// The longest time between two meetings of a product owner with the team, in days.
    "owner-team-days" => owner_team_days = 7,
    /// The longest time between two meetings of product manager and product owner, in days.
    "manager-owner-days" => manager_owner_days = 14,
    /// The longest time between two meetings of a product manager with the developers, in days.
    "manager-developers-days" => manager_developers_days = 30,
}

record! {
    /// The settings file.
    SettingsFile "the settings file" {
        /// From which severity on a run fails.
        "fail-on" => fail_on: FailOnWord,
        /// Rules by name, with their severity.
        "rules" => rules: RuleSettings,
        /// The tool's own numbers.
        "settings" => numbers: GivenNumbers<'a>,
    }
}

record! {
    /// What a file says of one rule.
    RuleSetting "the setting of a rule" {
        /// Its severity, or `off`.
        "severity" required => severity: SeverityWord,
    }
}

words! {
    /// From which severity on a run fails.
    FailOnWord {
        /// Errors fail the run.
        "error" => Error,
        /// Warnings fail it too.
        "warning" => Warning,
        /// Everything fails it.
        "info" => Info,
        /// Nothing fails it.
        "never" => Never,
    }
}

words! {
    /// How much a rule matters.
    SeverityWord {
        /// Its findings are errors.
        "error" => Error,
        /// Its findings are warnings.
        "warning" => Warning,
        /// Its findings are worth knowing.
        "info" => Info,
        /// Its findings are left out.
        "off" => Off,
    }
}

impl From<FailOnWord> for FailOn {
    fn from(word: FailOnWord) -> Self {
        match word {
            FailOnWord::Error => FailOn::Severity(Severity::Error),
            FailOnWord::Warning => FailOn::Severity(Severity::Warning),
            FailOnWord::Info => FailOn::Severity(Severity::Info),
            FailOnWord::Never => FailOn::Never,
        }
    }
}

impl SeverityWord {
    fn severity(self) -> Option<Severity> {
        match self {
            SeverityWord::Error => Some(Severity::Error),
            SeverityWord::Warning => Some(Severity::Warning),
            SeverityWord::Info => Some(Severity::Info),
            SeverityWord::Off => None,
        }
    }
}

/// What a file says of the rules: names and severities.
#[derive(Debug)]
pub struct RuleSettings(BTreeMap<&'static str, Option<Severity>>);

impl<'a> Read<'a> for RuleSettings {
    const SHAPE: Shape = Shape::Map(Keys::Rules, &Shape::Either(&[SeverityWord::SHAPE, RuleSetting::SHAPE]));

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let Kind::Map { entries, .. } = node.kind else {
            return reader.wrong(
                &node,
                "a map of rules",
                "Write one rule per line below it, such as `duty-unowned: {severity: warning}`.",
            );
        };
        let mut settings = BTreeMap::new();
        for entry in entries.into_iter().filter(|entry| !value::is_ignored(&entry.key)) {
            let Some(rule) = rules::rule(&entry.key) else {
                let help = hints::word(&entry.key, RULES.iter().map(|rule| rule.name));
                reader.error(entry.key_at, format!("there is no rule `{}`", hints::shortened(&entry.key)), help);
                continue;
            };
            if matches!(entry.value.kind, Kind::Blank) {
                reader.blank(&entry, &RuleSetting::SHAPE);
                continue;
            }
            let word = match &entry.value.kind {
                Kind::Scalar { .. } => SeverityWord::read(entry.value, reader),
                _ => RuleSetting::read(entry.value, reader).and_then(|setting| setting.severity).map(|given| given.value),
            };
            settings.extend(word.map(|word| (rule.name, word.severity())));
        }
        Some(RuleSettings(settings))
    }
}

/// Reads a settings file.
///
/// # Errors
/// Everything in it that is no setting.
pub fn load(file: FileId, source: &Source) -> Result<Settings, Vec<Problem>> {
    if let Some(fault) = source.fault_at(file) {
        return Err(vec![fault]);
    }
    let parsed = yaml::parse(file, &source.text);
    let mut reader = Reader { errors: parsed.errors, lost_ids: false };
    let read = match parsed.root {
        // A file with nothing but comments changes nothing.
        Some(Node { kind: Kind::Blank, .. }) | None => None,
        Some(root) => SettingsFile::read(root, &mut reader),
    };
    if !reader.errors.is_empty() {
        return Err(in_order(reader.errors));
    }
    let Some(SettingsFile { fail_on, rules, numbers, .. }) = read else { return Ok(Settings::default()) };
    Ok(Settings {
        fail_on: fail_on.map(|given| given.value.into()),
        severities: rules.map(|given| given.value.0).unwrap_or_default(),
        numbers: numbers.map_or_else(Numbers::default, |given| Numbers::given(given.value)),
    })
}
