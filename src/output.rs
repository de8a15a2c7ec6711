//! Writes outputs: files whole or not at all, and standard output in peace with closed pipes.

use crate::problem::plain;
use anyhow::anyhow;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where an output goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// A file.
    File(PathBuf),
    /// The end of a file that others write to as well.
    EndOf(PathBuf),
}

impl Target {
    /// The place that a user names: a file, or standard output as `-` or under the system's name for it. Under that name, a file that
    /// standard output was led to is added to and not replaced.
    pub fn of(path: &Path) -> Self {
        let is_stdout = path == Path::new("-") || (cfg!(unix) && path == Path::new("/dev/stdout"));
        if is_stdout { Target::Stdout } else { Target::File(path.to_owned()) }
    }
}

/// Writes all outputs, files first. Every file is complete before the first one is put in its place.
///
/// # Errors
/// An output cannot be written; no file is changed unless putting the finished files in place fails halfway.
pub fn write_all(outputs: Vec<(Target, Vec<u8>)>) -> anyhow::Result<()> {
    let mut finished = Vec::new();
    let mut opened = Vec::new();
    for (target, bytes) in &outputs {
        match target {
            Target::Stdout => {}
            Target::File(path) => finished.push(prepare(path, bytes).map_err(|error| not_written(path, &error))?),
            Target::EndOf(path) => {
                let file = fs::OpenOptions::new().append(true).create(true).open(path);
                opened.push((file.map_err(|error| not_written(path, &error))?, path, bytes));
            }
        }
    }
    for (file, path, bytes) in opened {
        add(&file, bytes).map_err(|error| not_written(path, &error))?;
    }
    for (file, path) in finished.into_iter().flatten() {
        file.persist(&path).map_err(|error| not_written(&path, &error.error))?;
    }
    for (target, bytes) in outputs {
        if target == Target::Stdout {
            write_stdout(&bytes).map_err(|error| anyhow!("cannot write to standard output: {}", plain(&error)))?;
        }
    }
    Ok(())
}

/// Writes a new file, unless there is one.
///
/// # Errors
/// There is one ([`io::ErrorKind::AlreadyExists`]), or it cannot be written; then nothing is left behind.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Asked before anything is written: where files cannot be written, that there is one already is the better answer.
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut file = new_file(folder_of(path), None)?;
    file.write_all(bytes)?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

/// Adds to the end of a file, all or nothing.
fn add(mut file: &fs::File, bytes: &[u8]) -> io::Result<()> {
    let before = file.metadata()?.len();
    let added = file.write_all(bytes);
    if added.is_err() {
        // What is no regular file has no part to take back.
        let _ = file.set_len(before);
    }
    added
}

fn not_written(path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow!("cannot write {}: {}", path.display(), plain(error))
}

/// The file that a path leads to, so that two spellings of one file can be told to be the same.
pub fn place(path: &Path) -> PathBuf {
    let path = behind_links(path).unwrap_or_else(|_| path.to_owned());
    let of_new_file = || Some(folder_of(&path).canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(of_new_file).unwrap_or(path)
}

/// The file that a path leads to through links, which need not be there yet.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    // As many as the system follows.
    const MOST: usize = 40;
    let mut place = path.to_owned();
    for _ in 0..MOST {
        match (fs::canonicalize(&place), fs::read_link(&place)) {
            (Ok(file), _) => return Ok(file),
            (Err(_), Ok(next)) => place = place.parent().unwrap_or(Path::new("")).join(next),
            (Err(_), Err(_)) => return Ok(place),
        }
    }
    fs::canonicalize(path)
}

/// The folder that a file stands in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes to standard output. A reader who has seen enough is no error.
///
/// # Errors
/// The output is not writable.
pub fn write_stdout(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes a complete file beside its place, ready to be put there. What is no regular file, such as a pipe, is written at once.
fn prepare(path: &Path, bytes: &[u8]) -> io::Result<Option<(NamedTempFile, PathBuf)>> {
    let existing = fs::metadata(path).ok();
    if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
        let mut file = fs::OpenOptions::new().write(true).open(path)?;
        file.write_all(bytes).or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })?;
        return Ok(None);
    }
    let permissions = existing.map(|existing| existing.permissions());
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    // A link is followed, so that the file behind it is replaced and not the link.
    let place = behind_links(path)?;
    let folder = folder_of(&place);
    if !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("there is no folder {}", folder.display())));
    }
    let mut file = new_file(folder, permissions)?;
    file.write_all(bytes)?;
    Ok(Some((file, place)))
}

/// A new file with the permissions of the one that it replaces, from the first byte on. Others may read a file that replaces none as
/// far as the user's mask allows; temporary files are private otherwise.
fn new_file(folder: &Path, permissions: Option<fs::Permissions>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".roleaudit-");
    if let Some(permissions) = permissions {
        let file = builder.tempfile_in(folder)?;
        file.as_file().set_permissions(permissions)?;
        return Ok(file);
    }
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
