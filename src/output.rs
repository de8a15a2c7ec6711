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
    for (mut file, path, bytes) in opened {
        file.write_all(bytes).map_err(|error| not_written(path, &error))?;
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

fn not_written(path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow!("cannot write {}: {}", path.display(), plain(error))
}

/// The file that a path leads to, so that two spellings of one file can be told to be the same.
pub fn place(path: &Path) -> PathBuf {
    let of_new_file = || Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(of_new_file).unwrap_or_else(|| path.to_owned())
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
    // A link is followed, so that the file behind it is replaced and not the link.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let existing = fs::metadata(&place).ok();
    if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
        let mut file = fs::OpenOptions::new().write(true).open(&place)?;
        file.write_all(bytes).or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })?;
        return Ok(None);
    }
    if existing.as_ref().is_some_and(|existing| existing.permissions().readonly()) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let folder = folder_of(&place);
    if !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("there is no folder {}", folder.display())));
    }
    let mut file = new_file(folder)?;
    file.write_all(bytes)?;
    if let Some(existing) = existing {
        file.as_file().set_permissions(existing.permissions())?;
    }
    Ok(Some((file, place)))
}

/// A new file that others may read as far as the user's mask allows; temporary files are private otherwise.
#[cfg(unix)]
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().prefix(".roleaudit-").permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".roleaudit-").tempfile_in(folder)
}
