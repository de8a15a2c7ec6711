//! What the commands that load an organization share: their flags, and the way from paths to an organization.

use super::common::{self, Stderr};
use anyhow::Context;
use jiff::civil::Date;
use roleaudit::input::{self, Input};
use roleaudit::org::Org;
use roleaudit::output::Target;
use roleaudit::problem::Problem;
use roleaudit::redact::{Pseudonyms, Redact};
use roleaudit::render::Level;
use roleaudit::sections::Filter;
use roleaudit::settings::{self, Settings};
use roleaudit::source::Sources;
use roleaudit::{Days, Invalid};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The flags of every command that loads an organization.
#[derive(Debug, clap::Args)]
pub(crate) struct Flags {
    /// Team files, folders, or - for standard input
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) how: How,
}

/// How an organization is read, of every command that loads one.
#[derive(Debug, clap::Args)]
pub(crate) struct How {
    /// The day to audit, instead of the files' `as-of` or today
    #[arg(long, value_name = "DATE", value_parser = common::date)]
    as_of: Option<Date>,

    /// The settings file, instead of the nearest .roleaudit.yaml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// See the organization as if this person or group had left (repeatable)
    #[arg(long, value_name = "ID")]
    without: Vec<String>,

    /// Put pseudonyms for people's names and ids, and leave out what files quote
    #[arg(long)]
    redact: bool,
}

/// The flags that limit what is shown, of every command that shows products one by one.
#[derive(Debug, clap::Args)]
pub(crate) struct Filters {
    /// Show only what concerns this product (repeatable)
    #[arg(long = "product", value_name = "ID")]
    products: Vec<String>,

    /// Show only what concerns this team (repeatable)
    #[arg(long = "team", value_name = "ID")]
    teams: Vec<String>,
}

impl Filters {
    /// The products and teams that are named.
    ///
    /// # Errors
    /// One of them is not there.
    pub(crate) fn of(&self, org: &Org<'_>) -> anyhow::Result<Filter> {
        let mut filter = Filter::default();
        for id in &self.products {
            common::known(id, "product", org.products.iter().map(|product| product.id.id.as_ref()))?;
            filter.products.extend(org.product(id));
        }
        for id in &self.teams {
            common::known(id, "team", org.teams.iter().map(|team| team.id.id.as_ref()))?;
            filter.teams.extend(org.team(id));
        }
        Ok(filter)
    }
}

/// What was read: the settings, and the texts to link.
pub(crate) struct Loading {
    /// The settings of the run.
    pub(crate) settings: Settings,
    input: Input,
    as_of: Option<Date>,
    without: Vec<String>,
    redact: bool,
}

/// An organization that can be asked.
pub(crate) struct Loaded<'a> {
    /// The organization.
    pub(crate) org: Org<'a>,
    /// The texts, as outputs may show them.
    pub(crate) sources: Cow<'a, Sources>,
    names: Option<Pseudonyms>,
}

impl How {
    /// Those who are seen as having left.
    pub(crate) fn without(&self) -> &[String] {
        &self.without
    }
}

impl Loaded<'_> {
    /// Whether names of people are hidden.
    pub(crate) fn is_redacted(&self) -> bool {
        self.names.is_some()
    }

    /// A report as it may be shown.
    pub(crate) fn shown<R: Redact>(&self, mut report: R) -> R {
        if let Some(names) = &self.names {
            report.redact(names);
        }
        report
    }
}

impl Loading {
    /// Reads settings and team files; none if the settings hold errors, which are told.
    ///
    /// # Errors
    /// An output would overwrite a file that was read.
    pub(crate) fn read<F>(
        paths: &[PathBuf],
        how: &How,
        targets: &[(F, Target)],
        stderr: &Stderr,
    ) -> anyhow::Result<Option<Self>> {
        let file = how.config.clone().or_else(|| input::nearest_settings(paths));
        let Some(settings) = load_settings(file.as_deref(), stderr)? else { return Ok(None) };
        let input = input::read(paths);
        common::refuse_overwriting(targets, &input.sources, file.as_deref())?;
        if input.left_out > 0 {
            let files = if input.left_out == 1 { "file" } else { "files" };
            stderr.remark(&format!("left out {} YAML {files} without a line `roleaudit: 1`", input.left_out));
        }
        let How { as_of, without, redact, .. } = how;
        Ok(Some(Loading { settings, input, as_of: *as_of, without: without.clone(), redact: *redact }))
    }

    /// The organization; none if the input holds errors. Errors and warnings are told.
    ///
    /// # Errors
    /// Someone is to be seen as having left who is not there.
    pub(crate) fn link(&self, stderr: &Stderr) -> anyhow::Result<Option<Loaded<'_>>> {
        let Some(org) = self.organization(stderr) else { return Ok(None) };
        check_left(&self.without, &[&org])?;
        let names = self.redact.then(|| Pseudonyms::of(&[&org]));
        let sources = match &names {
            Some(names) => Cow::Owned(names.sources(&self.input.sources)),
            None => Cow::Borrowed(&self.input.sources),
        };
        Ok(Some(Loaded { org, sources, names }))
    }

    fn organization(&self, stderr: &Stderr) -> Option<Org<'_>> {
        let Input { sources, errors: unread, .. } = &self.input;
        let days = Days { as_of: self.as_of, today: self.as_of.unwrap_or_else(common::today) };
        let told = |problems: &[Problem], level| {
            if self.redact {
                let hidden = |problem: &Problem| problem.clone().redacted();
                let problems: Vec<Problem> = problems.iter().map(hidden).collect();
                stderr.problems(&problems, &sources.hidden(str::to_owned), level);
            } else {
                stderr.problems(problems, sources, level);
            }
        };
        match roleaudit::load_without(sources, days, &self.without) {
            Ok(linked) if unread.is_empty() => {
                told(&linked.warnings, Level::Warning);
                Some(linked.org)
            }
            other => {
                let invalid = other.err().unwrap_or(Invalid { errors: Vec::new(), warnings: Vec::new() });
                // Where nothing could be read, what follows from that is no news.
                let errors = if sources.iter().len() == 0 { Vec::new() } else { invalid.errors };
                let errors: Vec<_> = unread.iter().cloned().chain(errors).collect();
                told(&invalid.warnings, Level::Warning);
                told(&errors, Level::Error);
                let count = if errors.len() == 1 { "1 error".to_owned() } else { format!("{} errors", errors.len()) };
                stderr.remark(&format!("nothing was audited, because of {count} in the input"));
                None
            }
        }
    }
}

/// Refuses to take someone out who is in none of the organizations.
///
/// # Errors
/// An id names nobody; the message names whoever was probably meant.
pub(crate) fn check_left(without: &[String], orgs: &[&Org<'_>]) -> anyhow::Result<()> {
    for id in without {
        if orgs.iter().all(|org| org.left.iter().all(|left| left.id != *id)) {
            let people = orgs.iter().flat_map(|org| &org.people).map(|person| person.id.id.as_ref());
            common::known(id, "person", people)?;
        }
    }
    Ok(())
}

/// The settings of the run; none if the file holds errors, which are told.
fn load_settings(path: Option<&Path>, stderr: &Stderr) -> anyhow::Result<Option<Settings>> {
    let Some(path) = path else { return Ok(Some(Settings::default())) };
    let sources = match input::read_settings(path) {
        Ok(sources) => sources,
        Err(problem) => {
            stderr.problems(&[problem], &Sources::default(), Level::Error);
            return Ok(None);
        }
    };
    let (file, source) = sources.iter().next().context("the settings are one file")?;
    match settings::load(file, source) {
        Ok(settings) => Ok(Some(settings)),
        Err(errors) => {
            stderr.problems(&errors, &sources, Level::Error);
            Ok(None)
        }
    }
}
