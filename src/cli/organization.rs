//! What the commands that load an organization share: their flags, and the way from paths to an organization.

use super::common::{self, Stderr};
use anyhow::Context;
use jiff::civil::Date;
use roleaudit::input::{self, Input};
use roleaudit::org::Org;
use roleaudit::output::Target;
use roleaudit::render::Level;
use roleaudit::settings::{self, Settings};
use roleaudit::source::Sources;
use roleaudit::{Days, Invalid};
use std::path::{Path, PathBuf};

/// The flags of every command that loads an organization.
#[derive(Debug, clap::Args)]
pub(crate) struct Flags {
    /// Team files, folders, or - for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,

    /// The day to audit, instead of the files' `as-of` or today
    #[arg(long, value_name = "DATE", value_parser = common::date)]
    as_of: Option<Date>,

    /// The settings file, instead of the nearest .roleaudit.yaml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// What was read: the settings, and the texts to link.
pub(crate) struct Loading {
    /// The settings of the run.
    pub(crate) settings: Settings,
    input: Input,
    as_of: Option<Date>,
}

impl Loading {
    /// Reads settings and team files; none if the settings hold errors, which are told.
    ///
    /// # Errors
    /// An output would overwrite a file that was read.
    pub(crate) fn read<F>(flags: &Flags, targets: &[(F, Target)], stderr: &Stderr) -> anyhow::Result<Option<Self>> {
        let file = flags.config.clone().or_else(|| input::nearest_settings(&flags.paths));
        let Some(settings) = load_settings(file.as_deref(), stderr)? else { return Ok(None) };
        let input = input::read(&flags.paths);
        common::refuse_overwriting(targets, &input.sources, file.as_deref())?;
        if input.left_out > 0 {
            let files = if input.left_out == 1 { "file" } else { "files" };
            stderr.remark(&format!("left out {} YAML {files} without a line `roleaudit: 1`", input.left_out));
        }
        Ok(Some(Loading { settings, input, as_of: flags.as_of }))
    }

    /// The texts that were read.
    pub(crate) fn sources(&self) -> &Sources {
        &self.input.sources
    }

    /// The organization; none if the input holds errors. Errors and warnings are told.
    pub(crate) fn link(&self, stderr: &Stderr) -> Option<Org<'_>> {
        let Input { sources, errors: unread, .. } = &self.input;
        let days = Days { as_of: self.as_of, today: self.as_of.unwrap_or_else(common::today) };
        match roleaudit::load(sources, days) {
            Ok(linked) if unread.is_empty() => {
                stderr.problems(&linked.warnings, sources, Level::Warning);
                Some(linked.org)
            }
            other => {
                let invalid = other.err().unwrap_or(Invalid { errors: Vec::new(), warnings: Vec::new() });
                // Where nothing could be read, what follows from that is no news.
                let errors = if sources.iter().len() == 0 { Vec::new() } else { invalid.errors };
                let errors: Vec<_> = unread.iter().cloned().chain(errors).collect();
                stderr.problems(&invalid.warnings, sources, Level::Warning);
                stderr.problems(&errors, sources, Level::Error);
                let count = if errors.len() == 1 { "1 error".to_owned() } else { format!("{} errors", errors.len()) };
                stderr.remark(&format!("nothing was audited, because of {count} in the input"));
                None
            }
        }
    }
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
