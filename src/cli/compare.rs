//! `roleaudit compare`: where the views of several people differ.

use super::Ending;
use super::common::{self, Color, Format, Order, Outputs, Stderr};
use super::organization::{self, How, Loaded, Texts};
use anyhow::{anyhow, bail};
use roleaudit::compare::{self, Given};
use roleaudit::document::hints;
use roleaudit::document::value::normalized;
use roleaudit::input::{self, STDIN};
use roleaudit::render;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Compare how several people see one organization: who decides, in each one's view
///
/// Each file is one person's view of the same organization: what several claim, what each leaves to the other, what nobody claims, and
/// where two views name different deciders, ordered by how much it matters. Markdown is made for a workshop: one question per
/// disagreement.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The views, two or more: team files, folders, or - for standard input
    #[arg(required = true, value_name = "VIEW")]
    views: Vec<PathBuf>,

    /// Whose view each file is, once per file and in their order; else the person whose id is the file's name
    #[arg(long, value_name = "ID")]
    by: Vec<String>,

    #[command(flatten)]
    how: How,

    #[command(flatten)]
    outputs: Outputs<Format>,
}

/// Runs `compare`.
pub(crate) fn run(args: &Args, order: &Order, color: Color, stderr: &Stderr) -> anyhow::Result<Ending> {
    check_usage(args)?;
    let targets = args.outputs.targets(order)?;
    let Some((_, file)) = organization::settings(&args.how, &args.views, stderr)? else { return Ok(Ending::Refused) };
    let mut texts = Vec::new();
    for view in &args.views {
        texts.push(Texts::read(input::read(std::slice::from_ref(view)), &args.how, &targets, file.as_deref(), stderr)?);
    }
    let Some(loaded) = organization::link_each(&texts, stderr)? else { return Ok(Ending::Refused) };
    let Some(first) = loaded.first() else { return Ok(Ending::Refused) };
    check_viewers(&args.by, &loaded)?;
    loaded.iter().for_each(|view| view.tell_departure(stderr));

    let names: Vec<Name<'_>> = args.views.iter().map(|path| Name::of(path)).collect();
    let by: Vec<Cow<'_, str>> = args.by.iter().map(|id| normalized(id.into())).collect();
    let views = loaded.iter().zip(&names).enumerate().map(|(n, (loaded, name))| Given {
        org: &loaded.org,
        sources: &loaded.sources,
        path: &name.path,
        name: &name.last,
        stem: &name.stem,
        by: by.get(n).map(AsRef::as_ref),
    });
    let report = first.shown(compare::compare(&views.collect::<Vec<_>>()));
    common::write(targets, color, |format, style, out| match format {
        Format::Text => render::compare::text(&report, style, out),
        Format::Markdown => render::compare::markdown(&report, out),
        Format::Json => render::compare::json(&report, out),
    })?;
    Ok(Ending::Clean)
}

/// Refuses what cannot be compared, before anything is read.
fn check_usage(args: &Args) -> anyhow::Result<()> {
    let (views, by) = (args.views.len(), args.by.len());
    if views < 2 {
        bail!("one view has nothing to be compared with; write `roleaudit compare ann.yaml bob.yaml`, a file for each person");
    }
    common::refuse_second_stdin(&args.views)?;
    if by > 0 && by != views {
        let times = if by == 1 { "once" } else { &format!("{by} times") };
        bail!("`--by` is written {times} for {views} views; write `--by ID` for each of them, in their order, or for none");
    }
    if args.by.iter().any(|id| id.trim().is_empty()) {
        bail!("`--by` has no id behind it; write the id of the person whose view it is");
    }
    Ok(())
}

/// Refuses a viewer who was plainly meant to be somebody else. One whom no view knows may be a guest, and is called as written.
fn check_viewers(by: &[String], views: &[Loaded<'_>]) -> anyhow::Result<()> {
    let people: Vec<(&str, &str)> = views.iter().flat_map(|view| compare::people(&view.org)).collect();
    let ids = || people.iter().map(|(id, _)| *id);
    for written in by {
        let id = normalized(written.into());
        if ids().any(|known| known == id) {
            continue;
        }
        // Names of people are nobody's help where they are hidden.
        if views.iter().any(Loaded::is_redacted) {
            continue;
        }
        let called = people.iter().find(|(_, name)| hints::folded(name) == hints::folded(&id)).map(|(id, _)| *id);
        if let Some(close) = called.or_else(|| hints::closest(&id, ids())) {
            let shown = hints::shortened(written);
            return Err(anyhow!(
                "there is no person `{shown}`; did you mean `--by {close}`? If not, declare `{shown}` under `people`"
            ));
        }
    }
    Ok(())
}

/// How outputs call a view.
struct Name<'p> {
    /// The path as given, with `/` between its parts.
    path: String,
    /// Its last part.
    last: Cow<'p, str>,
    /// The id that it would be.
    stem: String,
}

impl<'p> Name<'p> {
    fn of(path: &'p Path) -> Self {
        if path.as_os_str() == STDIN {
            return Name { path: STDIN.to_owned(), last: "standard input".into(), stem: String::new() };
        }
        let shown = input::shown(path);
        // `..` has no name of its own, but the folder behind it has.
        let real = path.file_name().map_or_else(|| path.canonicalize().unwrap_or_default(), |_| path.to_owned());
        let stem = if path.is_dir() { real.file_name() } else { real.file_stem() };
        let stem = normalized(stem.unwrap_or_default().to_string_lossy()).into_owned();
        let last = path.file_name().map_or_else(|| shown.clone().into(), |name| name.to_string_lossy());
        Name { path: shown, last, stem }
    }
}
