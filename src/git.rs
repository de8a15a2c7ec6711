//! Team files of another commit, through the `git` program: read-only, without fetching anything, and without any option or path in
//! what the user wrote being taken for something else.

use crate::input::{Input, Reader, is_team_file, is_yaml, shown};
use crate::problem::{Problem, plain};
use jiff::civil::Date;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What leads a commit where a path may stand: `git:main`, `git:v1.2:teams/`.
pub const PREFIX: &str = "git:";

/// What a commit says of the paths that were asked for.
#[derive(Debug)]
pub struct AtCommit {
    /// The team files.
    pub input: Input,
    /// The day of the commit.
    pub day: Option<Date>,
}

/// A file of a commit: its object, and the path in the repository.
struct Entry {
    object: String,
    path: String,
}

/// Reads paths as they were at a commit. `reference` is what follows [`PREFIX`]: a name for the commit, and perhaps `:PATH`, which
/// then is read instead of `paths`.
pub fn read(reference: &str, paths: &[PathBuf]) -> AtCommit {
    let (name, path) = split(reference);
    let paths = path.map_or_else(|| paths.to_vec(), |path| vec![path]);
    let mut reader = Reader::default();
    let mut day = None;
    let (mut is_there, mut missing) = (false, Vec::new());
    for path in &paths {
        match Repository::of(path).and_then(|repository| repository.files(name, path, &mut reader)) {
            Ok(committed) => (is_there, day) = (true, committed),
            Err(Fault::Missing(path)) => missing.push(Fault::Missing(path)),
            Err(fault) => reader.errors.push(fault.of(name)),
        }
    }
    // A file that is new since then was no part of the organization; where nothing was there, nothing can be compared.
    if !is_there {
        reader.errors.extend(missing.into_iter().map(|fault| fault.of(name)));
    }
    AtCommit { input: reader.into_input(), day }
}

/// Cuts the path off that may stand behind the name of a commit. A colon between braces belongs to the name: `main@{10:00}`.
fn split(reference: &str) -> (&str, Option<PathBuf>) {
    let mut depth = 0_u32;
    let end = reference.find(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ':' && depth == 0
    });
    let Some((name, path)) = end.and_then(|end| reference.split_at_checked(end)) else { return (reference, None) };
    (name, Some(PathBuf::from(&path[1..])))
}

/// Why a commit cannot be read.
enum Fault {
    /// The commit holds no team file at this path.
    Missing(String),
    /// Something else, and what to do about it.
    Other(String, String),
}

impl Fault {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Fault::Other(message.into(), help.into())
    }

    fn of(self, name: &str) -> Problem {
        let (message, help) = match self {
            Fault::Missing(path) => {
                let help = "Name the path that it had then: `git:REF:PATH`.".to_owned();
                (format!("there is no team file {path} in this commit"), help)
            }
            Fault::Other(message, help) => (message, help),
        };
        Problem::of_path(format!("{PREFIX}{name}"), message, help)
    }
}

/// A place inside of a repository.
struct Repository {
    folder: PathBuf,
    /// The folder, seen from the top of the repository: empty or ending with `/`.
    prefix: String,
}

impl Repository {
    /// The repository that a path lies in; the path itself need not exist any more.
    fn of(path: &Path) -> Result<Self, Fault> {
        let start = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
        let start = start.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
        let mut repository = Repository { folder: start.to_owned(), prefix: String::new() };
        let answer = repository.run(&["rev-parse", "--show-prefix"])?;
        let Some(prefix) = answer else {
            let help = "Name a file or folder; or write `git:REF:PATH`, with a path inside of a git repository.";
            return Err(Fault::new(format!("{} lies in no git repository that can be read", display(start)), help));
        };
        repository.prefix = prefix.trim_end_matches('\n').to_owned();
        Ok(repository)
    }

    /// Adds what a commit holds at a path, and returns the day of the commit.
    fn files(&self, name: &str, path: &Path, reader: &mut Reader) -> Result<Option<Date>, Fault> {
        let commit = self.commit(name)?;
        let inside = self.inside(path);
        let entries = self.entries(&commit, &inside)?;
        let is_file = entries.iter().any(|entry| entry.path == inside);
        let entries: Vec<Entry> =
            entries.into_iter().filter(|entry| is_file || is_listed(entry.path.get(inside.len()..).unwrap_or(""))).collect();
        let texts = self.contents(&entries)?;
        let mut is_empty = true;
        for (entry, bytes) in entries.iter().zip(texts) {
            if is_file || is_team_file(&bytes) {
                is_empty = false;
                let below = entry.path.get(inside.len()..).unwrap_or("");
                let place = if below.is_empty() { path.to_owned() } else { path.join(below.trim_start_matches('/')) };
                reader.add(format!("{name}:{}", shown(&place)), PathBuf::from(&entry.path), bytes);
            } else {
                reader.left_out.insert(PathBuf::from(&entry.path));
            }
        }
        if is_empty {
            return Err(Fault::Missing(display(path)));
        }
        Ok(self
            .run(&["log", "-1", "--no-show-signature", "--format=%cs", &commit, "--"])?
            .and_then(|day| day.trim().parse().ok()))
    }

    /// The commit of a name.
    fn commit(&self, name: &str) -> Result<String, Fault> {
        let answer = match name {
            "" => None,
            _ => self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")])?,
        };
        match answer {
            Some(commit) => Ok(commit.trim().to_owned()),
            None if self.run(&["rev-parse", "--is-shallow-repository"])?.is_some_and(|answer| answer.trim() == "true") => {
                let help = "Fetch more of the history first: `git fetch --unshallow`, or `fetch-depth: 0` where CI checks out.";
                Err(Fault::new("this clone is shallow and does not hold that commit", help))
            }
            None => Err(Fault::new("git knows no such commit here", "Check the name of the branch, tag or commit.")),
        }
    }

    /// A path as the repository calls it.
    fn inside(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        let parts: Vec<_> = below.components().filter(|part| matches!(part, std::path::Component::Normal(_))).collect();
        let below: Vec<_> = parts.iter().map(|part| part.as_os_str().to_string_lossy()).collect();
        let inside = format!("{}{}", self.prefix, below.join("/"));
        inside.trim_end_matches('/').to_owned()
    }

    /// The files of a commit at a path: one, or all of a folder. Links and other repositories are left out.
    fn entries(&self, commit: &str, inside: &str) -> Result<Vec<Entry>, Fault> {
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit];
        if !inside.is_empty() {
            arguments.extend(["--", inside]);
        }
        let listed = self.run(&arguments)?.ok_or_else(|| Fault::new("git cannot list the files of this commit", ""))?;
        let entry = |line: &str| {
            let (kind, path) = line.split_once('\t')?;
            let mut kind = kind.split(' ');
            let (mode, object) = (kind.next()?, kind.nth(1)?);
            mode.starts_with("100").then(|| Entry { object: object.to_owned(), path: path.to_owned() })
        };
        Ok(listed.split('\0').filter_map(entry).collect())
    }

    /// The bytes of files, in their order.
    fn contents(&self, entries: &[Entry]) -> Result<Vec<Vec<u8>>, Fault> {
        let missing = || {
            let help = "Fetch it first; nothing is fetched from here.";
            Fault::new("this clone does not hold all files of the commit", help)
        };
        let mut child = self
            .command()
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| not_run(&error))?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let asked: String = entries.iter().map(|entry| format!("{}\n", entry.object)).collect();
        let mut answers = Vec::new();
        std::thread::scope(|scope| {
            // Git answers while it is still being asked.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
            stdout.map(|mut stdout| stdout.read_to_end(&mut answers))
        });
        let _ = child.wait();
        let mut rest = answers.as_slice();
        let texts = entries.iter().map(|_| {
            let (text, others) = blob(rest)?;
            rest = others;
            Some(text.to_vec())
        });
        texts.collect::<Option<Vec<_>>>().ok_or_else(missing)
    }

    /// Runs git, and returns what it prints; nothing where it fails.
    fn run(&self, arguments: &[&str]) -> Result<Option<String>, Fault> {
        let output = self.command().args(arguments).stdin(Stdio::null()).output().map_err(|error| not_run(&error))?;
        Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned()))
    }

    fn command(&self) -> Command {
        let mut git = Command::new("git");
        git.arg("-C").arg(if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder });
        // Nothing is fetched and nobody asked for a password: what is not here is an error.
        git.args(["--no-pager", "--literal-pathspecs", "-c", "protocol.allow=never"]);
        // A hook of one repository may look into another one, and a worktree's hook into its own folder.
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"] {
            git.env_remove(variable);
        }
        git.envs([("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_OPTIONAL_LOCKS", "0"), ("LC_ALL", "C")]);
        git
    }
}

/// The first answer of `cat-file --batch`: a line with the size, the bytes and a line break. None if git does not have the file.
fn blob(answers: &[u8]) -> Option<(&[u8], &[u8])> {
    let (head, rest) = answers.split_at_checked(memchr::memchr(b'\n', answers)?)?;
    let size: usize = std::str::from_utf8(head).ok()?.rsplit_once(" blob ")?.1.parse().ok()?;
    let (text, rest) = rest.get(1..)?.split_at_checked(size)?;
    Some((text, rest.get(1..)?))
}

/// Whether a folder's walk finds a file of this path below the folder: YAML, and nothing hidden on the way.
fn is_listed(below: &str) -> bool {
    is_yaml(Path::new(below)) && below.split('/').all(|part| !part.starts_with('.'))
}

fn not_run(error: &std::io::Error) -> Fault {
    Fault::new(format!("git cannot be run: {}", plain(error)), "Install git, or name a file or folder as the base.")
}

fn display(path: &Path) -> String {
    if path.as_os_str().is_empty() { ".".to_owned() } else { path.display().to_string() }
}
