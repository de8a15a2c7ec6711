//! Reads the files and folders that a user names.

use crate::parallel;
use crate::problem::{Problem, in_order, plain};
use crate::source::{MAX_BYTES, Source, Sources};
use ignore::{DirEntry, WalkBuilder};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::error::Error;
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// What the paths of a command line gave.
#[derive(Debug)]
pub struct Input {
    /// The texts, in the order of their paths.
    pub sources: Sources,
    /// The files behind them, so that none is overwritten.
    pub files: Vec<PathBuf>,
    /// What could not be read.
    pub errors: Vec<Problem>,
    /// How many YAML files were found in folders and are no team files.
    pub left_out: usize,
}

/// The path for standard input.
pub const STDIN: &str = "-";

/// Reads every path: a file, a folder of team files, or `-` for standard input. A file that is named twice is read once.
pub fn read(paths: &[PathBuf]) -> Input {
    let mut reader = Reader::default();
    for path in paths {
        if path.as_os_str() == STDIN {
            reader.stdin();
        } else if path.is_dir() {
            reader.folder(path);
        } else {
            reader.file(path);
        }
    }
    reader.into_input()
}

#[derive(Default)]
pub(crate) struct Reader {
    found: Vec<Found>,
    pub(crate) errors: Vec<Problem>,
    pub(crate) left_out: FxHashSet<PathBuf>,
}

pub(crate) struct Found {
    source: Source,
    /// The file behind the path.
    identity: PathBuf,
}

impl Reader {
    /// What was read, each file once.
    pub(crate) fn into_input(self) -> Input {
        let Reader { mut found, errors, left_out } = self;
        // Of two spellings of one file, the shorter is shown, whatever the order of the command line.
        found.sort_by(|a, b| (a.source.path.len(), &a.source.path).cmp(&(b.source.path.len(), &b.source.path)));
        let mut seen = FxHashSet::default();
        found.retain(|one| seen.insert(one.identity.clone()));
        let left_out = left_out.difference(&seen).count();
        let errors = in_order(errors);
        let (sources, files) = found.into_iter().map(|one| (one.source, one.identity)).unzip();
        let sources = Sources::new(sources);
        Input { sources: if errors.is_empty() { sources } else { sources.lacking_some() }, files, errors, left_out }
    }

    fn stdin(&mut self) {
        if self.found.iter().any(|one| one.source.path == STDIN) {
            return;
        }
        match bytes(Path::new(STDIN), MAX_BYTES) {
            Ok(bytes) => self.add(STDIN.to_owned(), PathBuf::from(STDIN), bytes),
            Err(problem) => self.errors.push(problem),
        }
    }

    fn file(&mut self, path: &Path) {
        match Found::read(path, |_| true) {
            Ok(found) => self.found.extend(found),
            Err(problem) => self.errors.push(problem),
        }
    }

    /// The team files of a folder: YAML files in which a line begins with `roleaudit:`.
    fn folder(&mut self, folder: &Path) {
        let mut paths = Vec::new();
        let mut is_empty = true;
        // What leaves files out is read before anything else in a folder, and the folders above have some of it as well.
        let above = identity(folder);
        let mut read_first = std::iter::once(folder).chain(above.ancestors().skip(1));
        if let Some(strange) = read_first.find_map(strange_ignore_file) {
            self.errors.push(not_regular(&strange));
            return;
        }
        let (tell, strange) = mpsc::channel();
        let is_entered = move |entry: &DirEntry| {
            let strange = entry.file_type().filter(FileType::is_dir).and_then(|_| strange_ignore_file(entry.path()));
            strange.is_none_or(|file| tell.send(file).is_err())
        };
        let walk = WalkBuilder::new(folder).require_git(false).follow_links(false).filter_entry(is_entered).build();
        for entry in walk {
            match entry {
                Ok(entry) if is_yaml(entry.path()) && entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    paths.push(entry.into_path());
                }
                Ok(_) => {}
                Err(error) => {
                    self.errors.push(not_walked(&error, folder));
                    is_empty = false;
                }
            }
        }
        let read = |path: &PathBuf| Found::read(path, is_team_file);
        let found = parallel::each(paths.len() >= parallel::MANY, &paths, read);
        for (path, found) in paths.iter().zip(found) {
            is_empty &= matches!(found, Ok(None));
            match found {
                Ok(Some(found)) => self.found.push(found),
                Ok(None) => {
                    self.left_out.insert(identity(path));
                }
                Err(problem) => self.errors.push(problem),
            }
        }
        for file in strange {
            is_empty = false;
            self.errors.push(not_regular(&file));
        }
        if is_empty {
            let help = "A team file has a line `roleaudit: 1`. Name the file itself, or let `roleaudit init` write one.";
            self.errors.push(Problem::of_path(shown(folder), "there is no team file in this folder", help));
        }
    }

    /// Adds the bytes of a file under the path that is shown.
    pub(crate) fn add(&mut self, shown: String, identity: PathBuf, bytes: Vec<u8>) {
        match Found::new(shown, identity, bytes) {
            Ok(found) => self.found.push(found),
            Err(problem) => self.errors.push(problem),
        }
    }
}

impl Found {
    /// A file, if its bytes are wanted.
    fn read(path: &Path, is_wanted: impl Fn(&[u8]) -> bool) -> Result<Option<Found>, Problem> {
        let shown = shown(path);
        let bytes = bytes(path, MAX_BYTES)?;
        is_wanted(&bytes).then(|| Found::new(shown, identity(path), bytes)).transpose()
    }

    /// The bytes of a file under the path that is shown.
    fn new(shown: String, identity: PathBuf, bytes: Vec<u8>) -> Result<Found, Problem> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(unreadable(&shown, &too_large(MAX_BYTES)));
        }
        Ok(Found { source: Source::decode(shown, bytes), identity })
    }
}

/// Reads a file, or standard input, of at most so many bytes.
///
/// # Errors
/// It cannot be read, or is larger.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Problem> {
    contents(path, most).map_err(|error| unreadable(&shown(path), &error))
}

/// The most that is read of what is no regular file: it does not say how long it is, and may never end.
const MOST_OF_STREAM: u64 = 256 << 20;

fn contents(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if path.as_os_str() == STDIN {
        return limited(io::stdin().lock(), 0, most.min(MOST_OF_STREAM));
    }
    let file = File::open(path)?;
    let known = file.metadata()?;
    limited(file, known.len(), if known.is_file() { most } else { most.min(MOST_OF_STREAM) })
}

/// Reads what is expected to be so long, and one byte more than allowed at most, so that it shows whether there are more.
fn limited(from: impl Read, expected: u64, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if expected <= most {
        bytes.try_reserve_exact(expected as usize)?;
        from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    }
    if expected.max(bytes.len() as u64) > most { Err(too_large(most)) } else { Ok(bytes) }
}

fn too_large(most: u64) -> io::Error {
    let size = if most == MAX_BYTES { "4 GiB".to_owned() } else { format!("{} MB", most >> 20) };
    io::Error::new(io::ErrorKind::FileTooLarge, format!("this file is larger than {size}"))
}

fn unreadable(shown: &str, error: &io::Error) -> Problem {
    let (message, help) = match error.kind() {
        io::ErrorKind::NotFound => ("there is no such file or folder".to_owned(), "Check the path."),
        io::ErrorKind::PermissionDenied => ("this cannot be read: permission denied".to_owned(), "Check its permissions."),
        io::ErrorKind::IsADirectory => ("this is a folder".to_owned(), "Name the files in it."),
        io::ErrorKind::FileTooLarge => (error.to_string(), "Save what is to be read in a file of its own, or in several."),
        _ => (format!("this cannot be read: {}", plain(error)), "Check the path and its permissions."),
    };
    Problem::of_path(shown, message, help)
}

/// What is wrong with a place at which the walk of a folder failed.
fn not_walked(error: &ignore::Error, folder: &Path) -> Problem {
    let shown = shown(path_of(error).unwrap_or(folder));
    let causes = std::iter::successors(error.io_error().map(|error| error as &(dyn Error + 'static)), |error| (*error).source());
    match causes.filter_map(|error| error.downcast_ref()).last() {
        Some(error) => unreadable(&shown, error),
        None => Problem::of_path(shown, format!("this cannot be read: {error}"), "Check its permissions."),
    }
}

/// The path at which a walk failed.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        _ => None,
    }
}

/// A file of a folder that would be read to learn what to leave out, and is no file: a pipe or a device may never end.
fn strange_ignore_file(folder: &Path) -> Option<PathBuf> {
    let files = [".ignore", ".gitignore", ".git/info/exclude"].into_iter().map(|name| folder.join(name));
    files.into_iter().find(|file| fs::metadata(file).is_ok_and(|kind| !kind.is_file() && !kind.is_dir()))
}

fn not_regular(file: &Path) -> Problem {
    Problem::of_path(short(file), "this is no regular file, so it cannot say what to leave out", "Delete it.")
}

/// Whether a path has the ending of a team file.
pub fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Whether a line of the file begins with `roleaudit:`, in UTF-8 or in an encoding that will be refused: a file that nobody can read is
/// not left out in silence.
pub(crate) fn is_team_file(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"roleaudit:";
    const BYTE_ORDER_MARKS: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    // UTF-16 and UTF-32 are ASCII with zeros between.
    let bytes = match memchr::memchr(0, bytes) {
        Some(_) => Cow::Owned(bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<u8>>()),
        None => Cow::Borrowed(bytes),
    };
    let text = BYTE_ORDER_MARKS.iter().find_map(|mark| bytes.strip_prefix(*mark)).unwrap_or(&bytes);
    text.starts_with(MARK) || memchr::memmem::find_iter(text, MARK).any(|at| at > 0 && matches!(text[at - 1], b'\n' | b'\r'))
}

/// The path as it is shown: as given, with `/` between its parts and without a leading `./`.
pub fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") };
    match path.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => path,
    }
}

fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The settings file that holds for paths: beside the first of them or in a folder above it.
pub fn nearest_settings(paths: &[PathBuf]) -> Option<PathBuf> {
    const NAME: &str = ".roleaudit.yaml";
    let first = paths.first()?;
    let start = if first.as_os_str() == STDIN { Path::new(".") } else { first };
    // The real path: `..` in it would lead through folders that do not lie above the input.
    let absolute = start.canonicalize().or_else(|_| std::path::absolute(start)).ok()?;
    let folder = if absolute.is_dir() { absolute.as_path() } else { absolute.parent()? };
    folder.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file())
}

/// The path as it is shown: relative to the working folder where it lies in it.
fn short(path: &Path) -> String {
    let current = std::env::current_dir().unwrap_or_default();
    let inside = path.strip_prefix(&current).ok().filter(|inside| !inside.as_os_str().is_empty());
    shown(inside.unwrap_or(path))
}

/// Reads a settings file, shown under a short path.
///
/// # Errors
/// The file cannot be read.
pub fn read_settings(path: &Path) -> Result<Sources, Problem> {
    match contents(path, MAX_BYTES) {
        Ok(bytes) => Ok(Sources::new(vec![Source::decode(short(path), bytes)])),
        Err(error) => {
            let message = format!("the settings cannot be read: {}", plain(&error));
            Err(Problem::of_path(short(path), message, "Check the path after `--config`, and its permissions."))
        }
    }
}
