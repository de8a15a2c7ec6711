//! `roleaudit init`: writes a team file to begin with.

use super::Ending;
use super::common::Stderr;
use anyhow::{anyhow, bail};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use roleaudit::catalogue;
use roleaudit::output;
use roleaudit::problem::plain;
use roleaudit::render::one_line;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

/// The starters, each named for the model that it follows.
macro_rules! starters {
    ($($model:literal)*) => {
        &[$(($model, include_str!(concat!("../../examples/starters/", $model, ".yaml"))),)*]
    };
}

const STARTERS: &[(&str, &str)] = starters! {
    "combined" "split" "founder-led" "strong-owner" "owner-only" "manager-only" "nobody"
    "people-managing-manager" "scaled" "project-manager" "product-marketing" "delegated-ordering"
};
const NAME: &str = "roleaudit.yaml";

/// Write roleaudit.yaml, a commented team file to begin with; never overwrites
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How the product roles are divided; `roleaudit explain NAME` tells more
    #[arg(long = "model", value_name = "NAME", default_value = "split", value_parser = model())]
    starter: &'static str,

    /// The folder to write it to
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
}

/// Reads the name of a model as its starter.
fn model() -> impl TypedValueParser<Value = &'static str> {
    let meaning = |name: &str| catalogue::model(name).map_or("", |model| model.meaning);
    let names = STARTERS.iter().map(|(name, _)| PossibleValue::new(name).help(meaning(name)));
    let starter = |name: String| STARTERS.iter().find(|(known, _)| *known == name).map_or("", |(_, starter)| starter);
    PossibleValuesParser::new(names).map(starter)
}

/// Runs `init`.
pub(crate) fn run(args: &Args, stderr: &Stderr) -> anyhow::Result<Ending> {
    fs::create_dir_all(&args.folder)
        .map_err(|error| anyhow!("cannot create the folder {}: {}", args.folder.display(), plain(&error)))?;
    let path = if args.folder.as_os_str() == "." { PathBuf::from(NAME) } else { args.folder.join(NAME) };
    match output::write_new(&path, args.starter.as_bytes()) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{} exists already and is left as it is", path.display());
        }
        Err(error) => bail!("cannot write {}: {}", path.display(), plain(&error)),
    }
    stderr.remark(&format!("wrote {0}; fill it in, then run `roleaudit check {0}`", one_line(&path.to_string_lossy())));
    Ok(Ending::Clean)
}
