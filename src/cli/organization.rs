//! What the commands that load an organization share: their flags, and the way from paths to an organization.

use super::common::{self, Stderr};
use super::progress;
use anyhow::Context;
use jiff::civil::Date;
use roleaudit::departure::{Departure, departure};
use roleaudit::document::value::normalized;
use roleaudit::git::{self, AtCommit};
use roleaudit::input::{self, Input};
use roleaudit::org::Org;
use roleaudit::org::link::Linked;
use roleaudit::output::Target;
use roleaudit::parallel;
use roleaudit::problem::Problem;
use roleaudit::redact::{Pseudonyms, Redact};
use roleaudit::render::Level;
use roleaudit::report::counted;
use roleaudit::sections::Filter;
use roleaudit::settings::{self, Settings};
use roleaudit::source::Sources;
use roleaudit::{Days, Invalid};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

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
    pub(crate) fn of(&self, loaded: &Loaded<'_>) -> anyhow::Result<Filter> {
        let (org, hidden) = (&loaded.org, loaded.is_redacted());
        let mut filter = Filter::default();
        for id in &self.products {
            common::known_or_hidden(id, "product", org.products.iter().map(|product| product.id.id.as_ref()), hidden)?;
            filter.products.extend(org.product(id));
        }
        for id in &self.teams {
            common::known_or_hidden(id, "team", org.teams.iter().map(|team| team.id.id.as_ref()), hidden)?;
            filter.teams.extend(org.team(id));
        }
        Ok(filter)
    }

    /// The products and teams that are named, of those that a base has; none if it has none of them.
    pub(crate) fn of_base(&self, org: &Org<'_>) -> Option<Filter> {
        let products: Vec<_> = self.products.iter().filter_map(|id| org.product(id)).collect();
        let teams: Vec<_> = self.teams.iter().filter_map(|id| org.team(id)).collect();
        let is_asked = !(self.products.is_empty() && self.teams.is_empty());
        let has_none = is_asked && products.is_empty() && teams.is_empty();
        (!has_none).then_some(Filter { products, teams })
    }
}

/// What was read: the settings, and the texts of the organization.
pub(crate) struct Loading {
    /// The settings of the run.
    pub(crate) settings: Settings,
    /// The texts to link.
    pub(crate) texts: Texts,
}

/// The texts of one organization, and how they are to be read.
pub(crate) struct Texts {
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
    /// What those leave behind who are seen as having left.
    pub(crate) departure: Option<Departure>,
    names: Option<Rc<Pseudonyms>>,
    /// The full names that were hidden, with the ids of those who have them.
    hidden: Vec<(String, String)>,
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

    /// The id of the only one who has a full name that is hidden, and that is no id.
    pub(crate) fn id_of(&self, name: &str) -> Option<&str> {
        if self.org.people.iter().any(|person| person.id.id == name) || self.org.team(name).is_some() {
            return None;
        }
        let mut called = self.hidden.iter().filter(|(hidden, _)| hidden == name).map(|(_, id)| id.as_str());
        called.next().filter(|_| called.next().is_none())
    }

    /// Says on standard error what falls vacant without those who left.
    pub(crate) fn tell_departure(&self, stderr: &Stderr) {
        for sentence in self.departure.clone().map(|departure| self.shown(departure).sentences).into_iter().flatten() {
            stderr.remark(&roleaudit::render::one_line(&sentence));
        }
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
        let Some((settings, file)) = settings(how, paths, stderr)? else { return Ok(None) };
        progress::doing("reading the team files");
        let texts = Texts::read(input::read(paths), how, targets, file.as_deref(), stderr)?;
        Ok(Some(Loading { settings, texts }))
    }

    /// The organization; none if the input holds errors. Errors and warnings are told.
    ///
    /// # Errors
    /// Someone is to be seen as having left who is not there.
    pub(crate) fn link(&self, stderr: &Stderr) -> anyhow::Result<Option<Loaded<'_>>> {
        let texts = std::slice::from_ref(&self.texts);
        Ok(link_each(texts, stderr)?.and_then(|mut loaded| loaded.pop()))
    }
}

/// Several organizations, in which one id is one person; none if an input holds errors. Errors and warnings of all are told.
///
/// # Errors
/// Someone is to be seen as having left who is in none of them.
pub(crate) fn link_each<'a>(all: &'a [Texts], stderr: &Stderr) -> anyhow::Result<Option<Vec<Loaded<'a>>>> {
    progress::doing(format!("loading {}", counted(all.iter().map(|texts| texts.sources().iter().len()).sum(), "file")));
    let linked = parallel::each(all.len() > 1, all, Texts::linked);
    let orgs: Vec<Option<Org<'_>>> = linked.into_iter().zip(all).map(|(linked, texts)| texts.told(linked, stderr)).collect();
    let Some(orgs) = orgs.into_iter().collect::<Option<Vec<_>>>() else { return Ok(None) };
    progress::doing(format!("looking at {}", counted(orgs.iter().map(|org| org.teams.len()).sum(), "team")));
    let seen: Vec<&Org<'_>> = orgs.iter().collect();
    if let Some(first) = all.first() {
        check_left(&first.without, &seen, first.redact)?;
    }
    let names = all.iter().any(|texts| texts.redact).then(|| Rc::new(Pseudonyms::of(&seen)));
    let loaded = all.iter().zip(orgs).map(|(texts, mut org)| {
        let hidden = if names.is_some() { org.forget_names() } else { Vec::new() };
        let sources = match &names {
            Some(names) => Cow::Owned(names.sources(&texts.input.sources)),
            None => Cow::Borrowed(&texts.input.sources),
        };
        Loaded { departure: texts.departure(&org), org, sources, names: names.clone(), hidden }
    });
    Ok(Some(loaded.collect()))
}

impl Texts {
    /// What was read, to be linked as the flags say. How many files of folders are no team files is told.
    ///
    /// # Errors
    /// An output would overwrite a file that was read.
    pub(crate) fn read<F>(
        input: Input,
        how: &How,
        targets: &[(F, Target)],
        settings: Option<&Path>,
        stderr: &Stderr,
    ) -> anyhow::Result<Self> {
        common::refuse_overwriting(targets, &input.files, settings)?;
        let without = how.without.iter().map(|id| normalized(id.strip_prefix("people.").unwrap_or(id).into()).into_owned());
        let texts = Texts { input, as_of: how.as_of, without: without.collect(), redact: how.redact };
        texts.tell_left_out(stderr);
        Ok(texts)
    }

    /// The texts as they were read.
    pub(crate) fn sources(&self) -> &Sources {
        &self.input.sources
    }

    /// Says how many files of folders are no team files.
    fn tell_left_out(&self, stderr: &Stderr) {
        let left_out = self.input.left_out;
        if left_out > 0 {
            let files = if left_out == 1 { "file" } else { "files" };
            stderr.remark(&format!("left out {left_out} YAML {files} without a line `roleaudit: 1`"));
        }
    }

    /// What falls vacant without those who are seen as having left, seen from the organization as it is.
    fn departure(&self, org: &Org<'_>) -> Option<Departure> {
        if self.without.is_empty() {
            return None;
        }
        roleaudit::load(&self.input.sources, self.days()).ok().and_then(|whole| departure(&whole.org, org))
    }

    fn days(&self) -> Days {
        Days { as_of: self.as_of, today: self.as_of.unwrap_or_else(common::today) }
    }

    /// The organization; none if the input holds errors. Errors and warnings are told.
    pub(crate) fn link(&self, stderr: &Stderr) -> Option<Org<'_>> {
        self.told(self.linked(), stderr)
    }

    /// Tells the errors and warnings of what was linked, and passes the organization on.
    fn told<'t>(&self, linked: Result<Linked<'t>, Invalid>, stderr: &Stderr) -> Option<Org<'t>> {
        match linked {
            Ok(linked) => {
                let names = self.redact.then(|| Pseudonyms::of(&[&linked.org]));
                self.tell(&linked.warnings, Level::Warning, names.as_ref(), stderr);
                Some(linked.org)
            }
            Err(invalid) => {
                self.refuse(&invalid, stderr);
                None
            }
        }
    }

    /// The organization, with the warnings about it.
    ///
    /// # Errors
    /// Every error of the input.
    fn linked(&self) -> Result<Linked<'_>, Invalid> {
        let Input { sources, errors: unread, .. } = &self.input;
        match roleaudit::load_without(sources, self.days(), &self.without) {
            Ok(linked) if unread.is_empty() => Ok(linked),
            other => {
                let invalid = other.err().unwrap_or(Invalid { errors: Vec::new(), warnings: Vec::new() });
                // Where nothing could be read, what follows from that is no news.
                let errors = if sources.iter().len() == 0 { Vec::new() } else { invalid.errors };
                Err(Invalid { errors: unread.iter().cloned().chain(errors).collect(), warnings: invalid.warnings })
            }
        }
    }

    /// Says why nothing was audited.
    fn refuse(&self, invalid: &Invalid, stderr: &Stderr) {
        self.tell(&invalid.warnings, Level::Warning, None, stderr);
        self.tell(&invalid.errors, Level::Error, None, stderr);
        let count = if invalid.errors.len() == 1 { "1 error".to_owned() } else { format!("{} errors", invalid.errors.len()) };
        stderr.remark(&format!("nothing was audited, because of {count} in the input"));
    }

    /// Tells problems of the input; of redacted ones, nothing that the files say.
    fn tell(&self, problems: &[Problem], level: Level, names: Option<&Pseudonyms>, stderr: &Stderr) {
        if self.redact {
            let problems: Vec<Problem> = problems.iter().map(|problem| problem.clone().redacted()).collect();
            stderr.problems(
                &problems,
                &self.input.sources.hidden(|path| names.map_or(path.to_owned(), |names| names.text(path))),
                level,
            );
        } else {
            stderr.problems(problems, &self.input.sources, level);
        }
    }
}

/// What an organization is compared with.
pub(crate) struct Base {
    /// As the user named it.
    pub(crate) name: String,
    /// The texts.
    pub(crate) texts: Texts,
    /// The day of the commit, if it is one.
    pub(crate) day: Option<Date>,
}

impl Base {
    /// Reads what an audit of `paths` is compared with.
    ///
    /// # Errors
    /// An output would overwrite a file of the base.
    pub(crate) fn read<F>(
        base: &Path,
        organization: &Flags,
        org: &Org<'_>,
        targets: &[(F, Target)],
        stderr: &Stderr,
    ) -> anyhow::Result<Self> {
        let (input, day) = read_version(base, &organization.paths);
        common::refuse_overwriting(targets, &input.files, None)?;
        // As it is, and judged on the day of the audit: what time alone brings is in both.
        let how = &organization.how;
        let texts = Texts { input, as_of: Some(org.as_of), without: Vec::new(), redact: how.redact };
        texts.tell_left_out(stderr);
        Ok(Base { name: base.display().to_string(), texts, day })
    }
}

/// Reads a file or folder; or, named by a commit, `paths` as they were then. Returns the day of the commit too.
pub(crate) fn read_version(version: &Path, paths: &[PathBuf]) -> (Input, Option<Date>) {
    match version.to_str().and_then(|text| text.strip_prefix(git::PREFIX)) {
        Some(reference) => {
            let AtCommit { input, day } = git::read(reference, paths);
            (input, day)
        }
        None => (input::read(&[version.to_owned()]), None),
    }
}

/// Reads an earlier version that may be several files; or, named by a commit, `paths` as they were then.
pub(crate) fn read_versions(versions: &[PathBuf], paths: &[PathBuf]) -> Input {
    match versions {
        [only] => read_version(only, paths).0,
        several => input::read(several),
    }
}

/// Refuses to take someone out who is in none of the organizations.
///
/// # Errors
/// An id names nobody; the message names whoever was probably meant.
fn check_left(without: &[String], orgs: &[&Org<'_>], hidden: bool) -> anyhow::Result<()> {
    for id in without {
        if orgs.iter().all(|org| org.left.iter().all(|left| left.id != *id)) {
            let people: BTreeSet<&str> = orgs.iter().flat_map(|org| &org.people).map(|person| person.id.id.as_ref()).collect();
            common::known_or_hidden(id, "person", people.iter().copied(), hidden)?;
        }
    }
    Ok(())
}

/// The settings that hold for paths, and the file that they stand in; none if it holds errors, which are told.
pub(crate) fn settings(how: &How, paths: &[PathBuf], stderr: &Stderr) -> anyhow::Result<Option<(Settings, Option<PathBuf>)>> {
    let file = how.config.clone().or_else(|| input::nearest_settings(paths));
    Ok(load_settings(file.as_deref(), stderr)?.map(|settings| (settings, file)))
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
