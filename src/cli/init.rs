//! `roleaudit init`: writes a team file to begin with.

use super::Ending;
use super::common::Stderr;
use anyhow::{anyhow, bail};
use roleaudit::problem::plain;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

/// The starter: two people, one product, one team, and what to write next.
const STARTER: &str = include_str!("../../examples/starter.yaml");
const NAME: &str = "roleaudit.yaml";

/// Write roleaudit.yaml, a commented team file to begin with; never overwrites
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to write it to
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
}

/// Runs `init`.
pub(crate) fn run(args: &Args, stderr: &Stderr) -> anyhow::Result<Ending> {
    fs::create_dir_all(&args.folder)
        .map_err(|error| anyhow!("cannot create the folder {}: {}", args.folder.display(), plain(&error)))?;
    let path = if args.folder.as_os_str() == "." { PathBuf::from(NAME) } else { args.folder.join(NAME) };
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{} exists already and is left as it is", path.display());
        }
        Err(error) => bail!("cannot write {}: {}", path.display(), plain(&error)),
    };
    file.write_all(STARTER.as_bytes()).map_err(|error| anyhow!("cannot write {}: {}", path.display(), plain(&error)))?;
    stderr.remark(&format!("wrote {0}; fill it in, then run `roleaudit check {0}`", path.display()));
    Ok(Ending::Clean)
}
