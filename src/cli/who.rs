//! `roleaudit who`: who decides a duty, and what somebody holds.

use super::Ending;
use super::common::{self, Color, Format, Order, Outputs, Stderr};
use super::organization::{self, How, Loading};
use anyhow::bail;
use roleaudit::Days;
use roleaudit::document::hints;
use roleaudit::input::{self, STDIN};
use roleaudit::org::Org;
use roleaudit::render::who as render;
use roleaudit::who::{Query, actor, alone, duty};
use std::path::{Path, PathBuf};

/// Say who decides a duty, or what a person decides, does and is asked about
///
/// Without a question: who decides the seven rights that every team should know, per product. About a duty or an area such as
/// `backlog.*`: who decides it wherever it is looked up, how that is known, and who else has a say. About a person, group or team:
/// seats and rights.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A duty, an area such as `backlog.*`, or a person, group or team by id or full name; `people.ID` and `teams.ID` are never a path
    #[arg(value_name = "QUERY")]
    query: Option<PathBuf>,

    /// Team files, folders, or - for standard input [default: .]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,

    /// Show everyone who alone holds one of the seven rights, and what would be orphaned if they left
    #[arg(long)]
    alone: bool,

    #[command(flatten)]
    how: How,

    #[command(flatten)]
    outputs: Outputs<Format>,

    #[command(flatten)]
    filters: organization::Filters,
}

/// Runs `who`.
pub(crate) fn run(args: &Args, order: &Order, color: Color, stderr: &Stderr) -> anyhow::Result<Ending> {
    let targets = args.outputs.targets(order)?;
    let (word, paths) = question(args);
    let Some(loading) = Loading::read(&paths, &args.how, &targets, stderr)? else { return Ok(Ending::Refused) };
    let Some(loaded) = loading.link(stderr)? else { return Ok(Ending::Refused) };
    let org = &loaded.org;
    let query = word.map_or(Ok(Query::Rights), |word| query(loaded.id_of(&word).unwrap_or(&word), org, loaded.is_redacted()))?;
    let filter = args.filters.of(&loaded)?;
    loaded.tell_departure(stderr);
    let write = |answer: &render::Answer<'_, '_>| {
        common::write(targets, color, |format, style, out| match format {
            Format::Text => render::text(answer, style, out),
            Format::Markdown => render::markdown(answer, out),
            Format::Json => render::json(answer, out),
        })
    };
    match query {
        _ if args.alone => write(&render::Answer::Alone(&loaded.shown(alone::alone(org, &filter))))?,
        Query::Actor(who) => write(&render::Answer::Actor(&loaded.shown(actor::actor(org, who, &filter))))?,
        query => write(&render::Answer::Duties(&loaded.shown(duty::duties(org, &query, &filter, &loaded.sources))))?,
    }
    Ok(Ending::Clean)
}

/// The word that asks, and the paths to read: the first argument asks unless it is a path that asks about nothing.
fn question(args: &Args) -> (Option<String>, Vec<PathBuf>) {
    let or_here = |paths: Vec<PathBuf>| if paths.is_empty() { vec![PathBuf::from(".")] } else { paths };
    let Some(first) = &args.query else { return (None, or_here(args.paths.clone())) };
    let rest = or_here(args.paths.clone());
    if !args.alone && (!is_path(first) || asks(first, &rest, args)) {
        return (Some(first.to_string_lossy().into_owned()), rest);
    }
    (None, [first].into_iter().chain(&args.paths).cloned().collect())
}

/// Whether a word leads to something on disk, or would be the name of a team file.
fn is_path(word: &Path) -> bool {
    word.as_os_str() == STDIN || input::is_yaml(word) || word.exists()
}

/// Whether the name of something on disk asks about something in the other files. Only a bare name of a folder can be an id as well;
/// the files are looked into just to tell.
fn asks(word: &Path, rest: &[PathBuf], args: &Args) -> bool {
    let Some(id) = word.to_str() else { return false };
    if roleaudit::catalogue::duty(id).is_some() || id.starts_with("people.") || id.starts_with("teams.") {
        return true;
    }
    let is_bare = word.is_dir() && id != "." && !id.contains(['/', '\\']);
    if !is_bare || rest.iter().any(|path| path.as_os_str() == STDIN) {
        return false;
    }
    let input = input::read(rest);
    let days = Days { as_of: None, today: common::today() };
    let linked = roleaudit::load_without(&input.sources, days, args.how.without());
    input.errors.is_empty() && linked.is_ok_and(|linked| Query::of(id, &linked.org) != Err(Vec::new()))
}

/// What a word asks about.
///
/// # Errors
/// It asks about nothing that is there; the message names what was probably meant, and no names of people where they are hidden.
fn query(word: &str, org: &Org<'_>, is_redacted: bool) -> anyhow::Result<Query> {
    const WHAT: &str = "duty, area, person, group or team";
    let several = match Query::of(word, org) {
        Ok(query) => return Ok(query),
        Err(several) => several,
    };
    let shown = hints::shortened(word);
    if org.left.iter().any(|left| left.id == word || left.name == word || Some(left.id.as_str()) == word.strip_prefix("people."))
    {
        bail!("`{shown}` is seen as having left, so nothing is held");
    }
    if !several.is_empty() && !is_redacted {
        bail!("several are called `{shown}`; write {}", hints::listed(several.iter().map(String::as_str)));
    }
    let (duties, actors) = Query::words(org);
    let duties = duties.iter().map(String::as_str);
    match is_redacted {
        true => common::known(word, WHAT, duties)?,
        false => common::known(word, WHAT, duties.chain(actors))?,
    };
    bail!("there is no {WHAT} `{shown}`")
}
