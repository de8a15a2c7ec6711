//! What goes wrong around a run, made to happen: files that cannot be read or never end, links in a circle, full disks, closed pipes,
//! kills. Each is told and ends with the right exit code, and every output is the old one or the new one, never half.

#![cfg(unix)]
#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/commands.rs"]
mod commands;

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::fs::{self, File, Permissions};
use std::io::{Read, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_roleaudit");
const TEAM: &str = "roleaudit: 1\npeople: {p3: Ann Lee}\nproducts: {app: {product-manager: p3, product-owner: p3}}\n";
const CHART: &str = "Task;PM;PO;Sales\nBacklog ordering;A;R;C\nRelease decision;;A/R;I\n";
const DATE: [&str; 2] = ["--as-of", "2026-11-21"];

/// The signals that end a run here. An interrupt from the keyboard is none of them: in the background of a shell it is ignored.
const TERMINATION: i32 = 15;
const KILL: i32 = 9;
const TOO_LARGE: i32 = 25;

// Running the program

/// A folder with an organization in `one.yaml`, and other files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in [("one.yaml", TEAM), ("two.yaml", TEAM), ("chart.csv", CHART)].iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
    folder
}

fn roleaudit(folder: &Path) -> Command {
    in_folder(Command::new(PROGRAM), folder)
}

/// The program after what a shell does first: `ulimit`, redirections by `exec`.
fn after(first: &str, folder: &Path) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{first}\nexec \"$0\" \"$@\""), PROGRAM]);
    in_folder(shell, folder)
}

fn in_folder(mut command: Command, folder: &Path) -> Command {
    command.current_dir(folder).env("NO_COLOR", "1").env_remove("GITHUB_STEP_SUMMARY").stdin(Stdio::null());
    command
}

/// The program as somebody whom permissions bind, in a folder that everybody may enter. Permissions bind everybody but root, who can
/// become somebody else.
fn bound(folder: &Path) -> Command {
    if fs::metadata(folder).expect("the folder is there").uid() != 0 {
        return roleaudit(folder);
    }
    const NOBODY: u32 = 65534;
    let program = folder.join("program");
    if !program.exists() {
        // Nobody may enter the folder that the program was built in, or may not.
        fs::hard_link(PROGRAM, &program).or_else(|_| fs::copy(PROGRAM, &program).map(drop)).expect("the program can be copied");
        mode(folder, 0o755);
    }
    let mut command = in_folder(Command::new(program), folder);
    command.uid(NOBODY).gid(NOBODY);
    command
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions can be changed");
}

/// What a run ended with.
#[derive(Debug, PartialEq)]
struct Ran {
    status: ExitStatus,
    stdout: String,
    stderr: String,
}

fn ran<A: AsRef<OsStr>>(mut command: Command, args: &[A]) -> Ran {
    ended(command.args(args).output().expect("the program runs"))
}

fn ended(Output { status, stdout, stderr }: Output) -> Ran {
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is text");
    Ran { status, stdout: text(stdout), stderr: text(stderr) }
}

/// What a run says that could not do its work: exit code 2, nothing on standard output.
fn refusal<A: AsRef<OsStr>>(command: Command, args: &[A]) -> String {
    let said = format!("{command:?}");
    let ran = ran(command, args);
    assert_eq!((ran.status.code(), ran.stdout.as_str()), (Some(2), ""), "{said}: {}", ran.stderr);
    let is_plain = !ran.stderr.contains("panicked") && !ran.stderr.contains("os error");
    assert!(ran.stderr.starts_with("error: ") && is_plain, "{said}: {}", ran.stderr);
    ran.stderr
}

/// A run that did its work, and what it printed.
fn output<A: AsRef<OsStr>>(command: Command, args: &[A]) -> String {
    let ran = ran(command, args);
    assert!(matches!(ran.status.code(), Some(0 | 1)), "{ran:?}");
    ran.stdout
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file can be read")
}

/// The files of a folder, in order.
fn names(folder: &Path) -> Vec<OsString> {
    let mut names: Vec<_> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    names
}

/// A pipe with a name.
fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
}

/// An organization with many gaps: its outputs fill every pipe.
fn large() -> String {
    let mut text = "roleaudit: 1\nproducts:\n".to_owned();
    (0..60).for_each(|n| writeln!(text, "  p{n}: {{}}").expect("strings grow"));
    text
}

// What cannot be read

#[test]
fn what_may_not_be_read_is_named() {
    let folder = folder(&[("team/locked/deep.yaml", TEAM), ("team/closed.yaml", TEAM), ("team/open.yaml", TEAM)]);
    let path = folder.path();
    mode(&path.join("team/locked"), 0o000);
    mode(&path.join("team/closed.yaml"), 0o000);
    let denied = |name: &str| format!("error: {name}: this cannot be read: permission denied\n  help: Check its permissions.\n");
    for (args, expected) in [
        (&["check", "team"][..], &["team/closed.yaml", "team/locked"][..]),
        (&["check", "team/closed.yaml"], &["team/closed.yaml"]),
        (&["check", "team/locked"], &["team/locked"]),
        (&["check", "team/locked/deep.yaml"], &["team/locked/deep.yaml"]),
        (&["diff", "one.yaml", "team"], &["team/closed.yaml", "team/locked"]),
        (&["report", "one.yaml", "--before", "team/closed.yaml"], &["team/closed.yaml"]),
        (&["check", "one.yaml", "--against", "team/closed.yaml"], &["team/closed.yaml"]),
        (&["import", "team/closed.yaml"], &["team/closed.yaml"]),
        (&["import", "chart.csv", "--map", "team/closed.yaml"], &["team/closed.yaml"]),
    ] {
        let said = refusal(bound(path), args);
        assert!(expected.iter().all(|name| said.contains(&denied(name))), "{args:?}: {said}");
        assert_eq!(said.matches("error: ").count(), expected.len(), "{args:?}: {said}");
    }
    let said = refusal(bound(path), &["check", "one.yaml", "--config", "team/closed.yaml"]);
    assert!(said.starts_with("error: team/closed.yaml: the settings cannot be read: permission denied\n"), "{said}");
    // The test's own folder has to be removed in the end.
    mode(&path.join("team/locked"), 0o755);
}

#[test]
fn paths_that_lead_nowhere_are_told() {
    let folder = folder(&[]);
    let path = folder.path();
    for (to, from) in [("itself", "itself"), ("there", "here"), ("here", "there"), ("nowhere", "dangling")] {
        symlink(to, path.join(from)).expect("links can be made");
    }
    let long = "a".repeat(300);
    let circle = "too many levels of symbolic links";
    for (name, reason) in [
        ("itself", circle),
        ("here", circle),
        ("there/x.yaml", circle),
        ("dangling", "no such file or directory"),
        ("dangling/x.yaml", "no such file or directory"),
        ("one.yaml/x.yaml", "not a directory"),
        ("one.yaml/", "not a directory"),
        (&long, "file name too long"),
    ] {
        let unread = match reason {
            "no such file or directory" => format!("error: {name}: there is no such file or folder\n  help: Check the path.\n"),
            reason => format!("error: {name}: this cannot be read: {reason}\n  help: Check the path and its permissions.\n"),
        };
        for args in
            [&["check", name][..], &["diff", name, "one.yaml"], &["import", name], &["import", "chart.csv", "--map", name]]
        {
            let said = refusal(roleaudit(path), args);
            assert!(said.starts_with(&unread), "{args:?}: {said}");
        }
        let said = refusal(roleaudit(path), &["check", "one.yaml", "--config", name]);
        assert!(said.starts_with(&format!("error: {name}: the settings cannot be read: {reason}\n")), "{said}");
    }
}

#[test]
fn links_in_a_circle_are_walked_once() {
    let folder = folder(&[("team/a.yaml", TEAM), ("team/deep/b.yaml", "roleaudit: 1\nteams: {core: {product: app}}\n")]);
    let path = folder.path();
    let plain = output(roleaudit(path), &["check", "team", "--format", "json"]);
    for (to, from) in [(".", "loop"), ("..", "up"), ("y", "x.yaml"), ("x.yaml", "y"), ("nowhere", "z.yaml"), ("..", "deep/up")] {
        symlink(to, path.join("team").join(from)).expect("links can be made");
    }
    assert_eq!(output(roleaudit(path), &["check", "team", "--format", "json"]), plain);
    // A folder that is named through links is the same one.
    let named = ["check", "team/up/team/loop/loop", "team", "team/deep/up/deep", "--format", "json"];
    assert_eq!(output(roleaudit(path), &named), plain);
}

#[test]
fn pipes_and_sockets_in_a_folder_are_passed_by() {
    let folder = folder(&[("team/a.yaml", TEAM)]);
    let path = folder.path();
    let plain = output(roleaudit(path), &["check", "team"]);
    fifo(&path.join("team/pipe.yaml"));
    let _socket = UnixListener::bind(path.join("team/socket.yaml")).expect("a socket");
    assert_eq!(output(roleaudit(path), &["check", "team"]), plain);
}

#[test]
fn ignore_files_that_never_end_are_refused() {
    for name in [".gitignore", ".ignore", ".git/info/exclude"] {
        for (place, what) in [("team", "team"), ("team/deep", "team"), (".", "team/deep"), (".", ".")] {
            let folder = folder(&[("team/a.yaml", TEAM), ("team/deep/b.yaml", "roleaudit: 1\npeople: {bob: }\n")]);
            let strange = folder.path().join(place).join(name);
            fs::create_dir_all(strange.parent().expect("a folder")).expect("folders can be made");
            symlink("/dev/zero", &strange).expect("links can be made");
            let said = refusal(after("ulimit -v 1000000", folder.path()), &["check", what]);
            let expected = format!("{name}: this is no regular file, so it cannot say what to leave out\n  help: Delete it.\n");
            assert!(said.contains(&expected) && said.matches("error: ").count() == 1, "{what}: {said}");
            fs::remove_file(&strange).expect("it can be removed");
            fifo(&strange);
            assert!(refusal(roleaudit(folder.path()), &["check", what]).contains(&expected), "{what}");
            // A link to a file is as good as the file.
            fs::remove_file(&strange).expect("it can be removed");
            symlink(folder.path().join("chart.csv"), &strange).expect("links can be made");
            output(roleaudit(folder.path()), &["check", "team"]);
        }
    }
}

// What never ends, or ends otherwise than it began

#[cfg(target_os = "linux")]
#[test]
fn what_never_ends_is_given_up_with_little_memory() {
    let folder = folder(&[]);
    for (args, expected) in [
        (&["check", "/dev/zero"][..], "error: /dev/zero: this file is larger than 256 MB\n"),
        (&["check", "-"], "error: -: this file is larger than 256 MB\n"),
        (&["diff", "/dev/zero", "one.yaml"], "error: /dev/zero: this file is larger than 256 MB\n"),
        (&["import", "/dev/zero"], "error: /dev/zero: this file is larger than 256 MB\n"),
        (&["import", "-"], "error: -: this file is larger than 256 MB\n"),
        (&["import", "chart.csv", "--map", "/dev/zero"], "error: /dev/zero: this file is larger than 256 MB\n"),
        (
            &["check", "one.yaml", "--config", "/dev/zero"],
            "error: /dev/zero: the settings cannot be read: this file is larger than",
        ),
    ] {
        let mut command = after("ulimit -v 1000000", folder.path());
        command.stdin(File::open("/dev/zero").expect("there is one"));
        let said = refusal(command, args);
        assert!(said.starts_with(expected), "{args:?}: {said}");
    }
}

#[test]
fn a_pipe_that_is_fed_for_ever_is_given_up() {
    let folder = folder(&[]);
    let pipe = folder.path().join("pipe.yaml");
    fifo(&pipe);
    let feeder = thread::spawn({
        let pipe = pipe.clone();
        move || {
            let mut pipe = File::create(pipe).expect("somebody reads");
            let lines = b"# and so on\n".repeat(8_192);
            while pipe.write_all(&lines).is_ok() {}
        }
    });
    let said = refusal(after("ulimit -v 1000000", folder.path()), &["check", "pipe.yaml"]);
    assert!(said.starts_with("error: pipe.yaml: this file is larger than 256 MB\n"), "{said}");
    feeder.join().expect("the pipe was closed");
}

#[test]
fn a_file_that_is_too_large_is_not_even_read() {
    let folder = folder(&[]);
    let file = File::create(folder.path().join("big.yaml")).expect("a file");
    file.set_len(5 << 30).expect("a hole takes no room");
    let start = Instant::now();
    let said = refusal(after("ulimit -v 1000000", folder.path()), &["check", "big.yaml"]);
    assert!(said.starts_with("error: big.yaml: this file is larger than 4 GiB\n"), "{said}");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_file_that_is_gone_when_its_turn_comes_is_told() {
    let folder = folder(&[("gone.yaml", "people: {bob: }\n")]);
    let path = folder.path();
    fifo(&path.join("first.yaml"));
    let args = ["check", "first.yaml", "gone.yaml", "-o", "out.txt"];
    let child = roleaudit(path).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    // The program reads one path after the other, and opening the first one waits for both sides.
    let mut first = File::create(path.join("first.yaml")).expect("the program reads");
    fs::remove_file(path.join("gone.yaml")).expect("it was there");
    first.write_all(TEAM.as_bytes()).expect("the program reads");
    drop(first);
    let ran = ended(child.wait_with_output().expect("the program ends"));
    assert_eq!(ran.status.code(), Some(2), "{ran:?}");
    assert!(ran.stderr.starts_with("error: gone.yaml: there is no such file or folder\n"), "{ran:?}");
    assert!(!path.join("out.txt").exists());
}

/// Files come, go and are half written while a folder is walked: whatever a run meets, it audits or says what it could not read.
#[test]
fn a_folder_that_changes_while_it_is_walked_is_audited_or_refused() {
    let folder = folder(&[("team/a.yaml", TEAM)]);
    let path = folder.path();
    let person = |n: usize| path.join(format!("team/deep-{}/p{n}.yaml", n % 7));
    let write = |n: usize| {
        let _ = fs::create_dir(person(n).parent().expect("a folder"));
        fs::write(person(n), format!("roleaudit: 1\npeople:\n  id{n}: {{name: Somebody}}\n{}", "# more\n".repeat(2_000)))
    };
    (0..60).for_each(|n| write(n).expect("files can be written"));
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for round in (0..).take_while(|_| !is_over.load(Ordering::Relaxed)) {
                // All files of one folder go, and the folder; then they come again.
                let of_folder = (0..60).filter(|n| n % 7 == round % 7);
                of_folder.clone().for_each(|n| fs::remove_file(person(n)).expect("it was there"));
                fs::remove_dir(person(round % 7).parent().expect("a folder")).expect("it was empty");
                of_folder.for_each(|n| write(n).expect("files can be written"));
            }
        });
        for _ in 0..40 {
            let ran = ran(roleaudit(path), &["check", "team", "--format", "json"]);
            match ran.status.code() {
                Some(0 | 1) => assert!(ran.stdout.starts_with('{') && ran.stdout.ends_with("}\n"), "{ran:?}"),
                code => {
                    assert_eq!((code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
                    assert!(ran.stderr.contains("error: ") && !ran.stderr.contains("panicked"), "{ran:?}");
                    assert!(ran.stderr.contains("team/deep-"), "{ran:?}");
                }
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

// Outputs that cannot be written

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_by_every_command() {
    let full = || File::options().write(true).open("/dev/full").expect("there is one");
    let folder = folder(&[]);
    let mut help = roleaudit(folder.path());
    help.stdout(full());
    assert_eq!(ran(help, &["--help"]).status.code(), Some(2));
    for line in commands::lines(&[&commands::OF_ORGANIZATIONS, &commands::OTHERS]) {
        let mut command = roleaudit(folder.path());
        command.stdout(full());
        let said = refusal(command, &line);
        assert!(said.contains("error: cannot write to standard output: no space left on device\n"), "{line:?}: {said}");
        let Ran { status, stderr: said, .. } = ran(roleaudit(folder.path()), &[&line[..], &["-o", "/dev/full"]].concat());
        assert_eq!(status.code(), Some(2), "{line:?}");
        assert!(said.contains("error: cannot write /dev/full: no space left on device\n"), "{line:?}: {said}");
        // What cannot be told changes nothing.
        let mut command = roleaudit(folder.path());
        command.stderr(full());
        assert_eq!(ran(command, &line).status.code(), Some(0), "{line:?}");
    }
    let mut command = roleaudit(folder.path());
    command.env("GITHUB_STEP_SUMMARY", "/dev/full");
    let told = ran(command, &["check", "one.yaml", "--format", "github", "-o", "out.txt"]);
    assert_eq!(told.status.code(), Some(2), "{told:?}");
    assert!(told.stderr.contains("error: cannot write /dev/full: no space left on device\n"), "{told:?}");
    assert_eq!(told.stdout, "::error title=not audited::cannot write /dev/full: no space left on device\n");
    assert!(!folder.path().join("out.txt").exists());
}

/// A disk that is full after so many blocks of 512 bytes, for a program that is told so.
fn full_after(blocks: usize, folder: &Path) -> Command {
    after(&format!("trap '' XFSZ; ulimit -f {blocks}"), folder)
}

#[test]
fn a_disk_that_is_full_in_the_middle_leaves_the_old_output() {
    let folder = folder(&[("old.txt", "old"), ("summary.md", "before\n")]);
    let path = folder.path();
    let before = names(path);
    for args in [
        &["report", "one.yaml", "-o", "old.txt"][..],
        &["check", "one.yaml", "--format", "json", "-o", "new.txt", "--format", "html", "-o", "old.txt"],
        &["check", "one.yaml", "--format", "html", "-o", "old.txt", "--format", "json", "-o", "new.txt"],
        &["rules", "--format", "json", "-o", "old.txt"],
        &["schema", "-o", "old.txt"],
        &["completions", "zsh", "-o", "old.txt"],
        &["man", "-o", "old.txt"],
    ] {
        // The first block fits, the rest does not.
        let said = refusal(full_after(1, path), args);
        assert!(said.starts_with("error: cannot write ") && said.ends_with(".txt: file too large\n\n"), "{args:?}: {said}");
        assert_eq!((read(path, "old.txt").as_str(), names(path)), ("old", before.clone()), "{args:?}");
    }
    let said = refusal(full_after(0, path), &["import", "chart.csv", "-o", "old.txt"]);
    assert!(said.contains("error: cannot write old.txt: file too large\n"), "{said}");
    // Somebody else's part of a file that is added to stays, and nothing of ours is left half behind it.
    let mut command = full_after(1, path);
    command.env("GITHUB_STEP_SUMMARY", path.join("summary.md"));
    let told = ran(command, &["check", "one.yaml", "--format", "github", "--quiet"]);
    assert_eq!(told.status.code(), Some(2), "{told:?}");
    assert!(told.stderr.contains("summary.md: file too large\n"), "{told:?}");
    assert_eq!((read(path, "summary.md").as_str(), read(path, "old.txt").as_str()), ("before\n", "old"));
    assert_eq!(names(path), before);
}

#[test]
fn a_starter_is_written_whole_or_not_at_all() {
    let folder = folder(&[]);
    let path = folder.path();
    let before = names(path);
    assert_eq!(refusal(full_after(1, path), &["init"]), "error: cannot write roleaudit.yaml: file too large\n\n");
    assert_eq!(names(path), before);
    // A second try is not refused because of the first one.
    output(roleaudit(path), &["init"]);
    let starter = read(path, "roleaudit.yaml");
    assert_eq!(refusal(roleaudit(path), &["init"]), "error: roleaudit.yaml exists already and is left as it is\n\n");
    assert_eq!(read(path, "roleaudit.yaml"), starter);
    // Nor is a link to nowhere overwritten.
    fs::remove_file(path.join("roleaudit.yaml")).expect("it was there");
    symlink("nowhere", path.join("roleaudit.yaml")).expect("links can be made");
    assert_eq!(refusal(roleaudit(path), &["init"]), "error: roleaudit.yaml exists already and is left as it is\n\n");
    assert!(!path.join("nowhere").exists());
    for (folder, reason) in [("one.yaml", "file exists"), ("one.yaml/deep", "not a directory")] {
        let said = refusal(roleaudit(path), &["init", folder]);
        assert_eq!(said, format!("error: cannot create the folder {folder}: {reason}\n\n"));
    }
}

#[test]
fn a_closed_pipe_is_success_for_every_command() {
    let folder = folder(&[]);
    for line in commands::lines(&[&commands::OF_ORGANIZATIONS, &commands::OTHERS]) {
        let closed = || {
            let (reader, writer) = std::io::pipe().expect("a pipe");
            drop(reader);
            writer
        };
        let (mut plain, mut into_closed, mut all_closed) =
            (roleaudit(folder.path()), roleaudit(folder.path()), roleaudit(folder.path()));
        plain.stdout(Stdio::null());
        into_closed.stdout(closed());
        all_closed.stdout(closed()).stderr(closed());
        let plain = ran(plain, &line);
        assert_eq!(ran(into_closed, &line), plain, "{line:?}");
        assert_eq!(ran(all_closed, &line).status, plain.status, "{line:?}");
    }
    let mut command = roleaudit(folder.path());
    command.stderr(Stdio::null());
    assert_eq!(ran(command, &["check", "none.yaml"]).status.code(), Some(2));
    for closed in ["exec >&-", "exec 2>&-", "exec <&- >&- 2>&-"] {
        assert_eq!(ran(after(closed, folder.path()), &["check", "one.yaml"]).status.code(), Some(0), "{closed}");
        assert_eq!(ran(after(closed, folder.path()), &["check", "none.yaml"]).status.code(), Some(2), "{closed}");
    }
    assert!(refusal(after("exec <&-", folder.path()), &["check", "-"]).starts_with("error: this file is empty\n"));
}

#[test]
fn targets_that_must_not_be_written_are_told() {
    let folder = folder(&[("old.txt", "old"), ("shut/old.txt", "old"), ("open/x", "")]);
    let path = folder.path();
    mode(&path.join("old.txt"), 0o444);
    mode(&path.join("shut/old.txt"), 0o666);
    mode(&path.join("shut"), 0o555);
    for (target, reason) in [
        ("old.txt", "it is read-only"),
        ("shut/old.txt", "permission denied"),
        ("shut/new.txt", "permission denied"),
        ("shut", "it is a folder"),
        ("none/new.txt", "there is no folder none"),
        ("one.yaml/new.txt", "there is no folder one.yaml"),
        ("/dev/none/new.txt", "there is no folder /dev/none"),
    ] {
        let said = refusal(bound(path), &["check", "one.yaml", "-o", target]);
        assert_eq!(said, format!("error: cannot write {target}: {reason}\n\n"));
        let said = refusal(bound(path), &["import", "chart.csv", "-o", target]);
        assert_eq!(said, format!("error: cannot write {target}: {reason}\n\n"));
    }
    assert_eq!((read(path, "old.txt").as_str(), read(path, "shut/old.txt").as_str()), ("old", "old"));
    assert_eq!(names(&path.join("shut")), ["old.txt"]);
    let said = refusal(bound(path), &["init", "shut"]);
    assert_eq!(said, "error: cannot write shut/roleaudit.yaml: permission denied\n\n");
    mode(&path.join("shut"), 0o755);
}

#[test]
fn what_a_link_leads_to_is_written_and_the_link_stays() {
    let folder = folder(&[("deep/old.txt", "old")]);
    let path = folder.path();
    for (to, from) in
        [("deep/old.txt", "old"), ("deep/hop", "new"), ("new.txt", "deep/hop"), ("none/x", "lost"), ("self", "self")]
    {
        symlink(to, path.join(from)).expect("links can be made");
    }
    let expected = output(roleaudit(path), &["rules"]);
    for (link, file) in [("old", "deep/old.txt"), ("new", "deep/new.txt"), ("deep/hop", "deep/new.txt")] {
        output(roleaudit(path), &["rules", "-o", link]);
        assert_eq!(read(path, file), expected, "{link}");
        assert!(fs::symlink_metadata(path.join(link)).expect("it is there").is_symlink(), "{link}");
    }
    for (link, reason) in [("lost", "there is no folder none"), ("self", "too many levels of symbolic links")] {
        let said = refusal(roleaudit(path), &["rules", "-o", link]);
        assert_eq!(said, format!("error: cannot write {link}: {reason}\n\n"));
        assert!(fs::symlink_metadata(path.join(link)).expect("it is there").is_symlink(), "{link}");
    }
    // Two names of one file, which is not there yet.
    fs::remove_file(path.join("deep/new.txt")).expect("it was there");
    let args = ["check", "one.yaml", "--format", "json", "-o", "new", "--format", "text", "-o", "deep/new.txt"];
    assert_eq!(refusal(roleaudit(path), &args), "error: two formats would be written to deep/new.txt\n\n");
}

#[test]
fn the_input_is_not_overwritten_under_any_name() {
    let folder = folder(&[]);
    let path = folder.path();
    let odd = OsString::from_vec(b"t\xff.yaml".to_vec());
    fs::write(path.join(&odd), TEAM).expect("files can be written");
    symlink("one.yaml", path.join("link.yaml")).expect("links can be made");
    let absolute = path.join("one.yaml").into_os_string();
    for (input, target) in [
        (OsString::from("one.yaml"), OsString::from("link.yaml")),
        ("link.yaml".into(), "one.yaml".into()),
        (absolute, "./one.yaml".into()),
        (odd.clone(), odd.clone()),
        (".".into(), odd),
    ] {
        for command in ["check", "report", "matrix", "export"] {
            let args: [&OsStr; 4] = [command.as_ref(), &input, "-o".as_ref(), &target];
            let said = refusal(roleaudit(path), &args);
            assert!(said.contains("would overwrite a file that is read here"), "{args:?}: {said}");
        }
    }
    // A second name of the same bytes is another file as soon as one of them is replaced.
    fs::hard_link(path.join("one.yaml"), path.join("twin.txt")).expect("hard links can be made");
    output(roleaudit(path), &["check", "one.yaml", "-o", "twin.txt"]);
    assert_eq!(read(path, "one.yaml"), TEAM);
    assert!(read(path, "twin.txt").starts_with("warning[") || read(path, "twin.txt").starts_with("info["));
}

#[test]
fn a_private_output_stays_private() {
    let folder = folder(&[("private.txt", "old"), ("shared.txt", "old"), ("out/private.txt", "old")]);
    let path = folder.path();
    for (name, bits) in [("private.txt", 0o600), ("shared.txt", 0o664), ("out/private.txt", 0o600)] {
        mode(&path.join(name), bits);
    }
    let mode_of = |file: &Path| fs::metadata(file).expect("it is there").mode() & 0o777;
    for (name, expected) in [("private.txt", 0o600), ("shared.txt", 0o664), ("new.txt", 0o640)] {
        output(after("umask 027", path), &["rules", "-o", name]);
        assert_eq!(mode_of(&path.join(name)), expected, "{name}");
    }
    // Nobody else may read it while it is written either: a run that the system ends in the middle leaves its part behind.
    let killed = ran(after("ulimit -f 1", path), &["rules", "-o", "out/private.txt"]);
    assert_eq!(killed.status.signal(), Some(TOO_LARGE), "{killed:?}");
    assert_eq!(read(path, "out/private.txt"), "old");
    for name in names(&path.join("out")) {
        assert_eq!(mode_of(&path.join("out").join(&name)), 0o600, "{}", name.display());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn devices_and_pipes_are_written_as_they_are() {
    let folder = folder(&[("log.txt", "before\n")]);
    let path = folder.path();
    let expected = output(roleaudit(path), &["rules"]);
    assert_eq!(output(roleaudit(path), &["rules", "-o", "/dev/null"]), "");
    assert!(!fs::metadata("/dev/null").expect("it is there").is_file());
    for name in ["-", "/dev/stdout"] {
        for line in commands::lines(&[&commands::OTHERS]) {
            let plain = output(roleaudit(path), &line);
            assert_eq!(output(roleaudit(path), &[&line[..], &["-o", name]].concat()), plain, "{line:?} -o {name}");
        }
        // What stands before in a file that is added to stays.
        output(after("exec >>log.txt", path), &["rules", "-o", name]);
    }
    assert_eq!(read(path, "log.txt"), format!("before\n{expected}{expected}"));
    let ran = ran(roleaudit(path), &["rules", "-o", "/dev/stderr"]);
    assert_eq!((ran.stdout.as_str(), ran.stderr), ("", expected.clone()));
    fifo(&path.join("pipe"));
    let mut child = roleaudit(path).args(["rules", "-o", "pipe"]).spawn().expect("the program runs");
    assert_eq!(read(path, "pipe"), expected);
    assert!(child.wait().expect("the program ends").success());
    assert_eq!(names(path), ["chart.csv", "log.txt", "one.yaml", "pipe", "two.yaml"]);
}

// Runs that are ended

/// Starts a run and lets it go on until it has written one byte to a pipe that it then waits for; its output is larger than a pipe.
fn stopped_while_writing(path: &Path, args: &[&str], pipe: Option<&str>) -> (Child, Box<dyn Read>) {
    let mut child = roleaudit(path).args(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
    let mut reader: Box<dyn Read> = match pipe {
        Some(name) => Box::new(File::open(path.join(name)).expect("the program writes")),
        None => Box::new(child.stdout.take().expect("a pipe")),
    };
    reader.read_exact(&mut [0]).expect("the program writes");
    (child, reader)
}

fn send(signal: i32, child: &mut Child) -> ExitStatus {
    let sent = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
    child.wait().expect("the program ends")
}

#[test]
fn a_run_that_is_killed_leaves_the_old_output_or_the_new_one() {
    let folder = folder(&[("team.yaml", &large()), ("old.json", "old")]);
    let path = folder.path();
    fifo(&path.join("pipe"));
    let start = ["check", "team.yaml", DATE[0], DATE[1], "--fail-on", "never", "--format", "json"];
    let new = output(roleaudit(path), &start);
    for signal in [KILL, TERMINATION] {
        fs::write(path.join("old.json"), "old").expect("files can be written");
        // Everything is ready to be put in its place, when the pipe takes no more.
        let args = [&start[..], &["-o", "old.json", "--format", "sarif", "-o", "pipe"]].concat();
        let (mut child, reader) = stopped_while_writing(path, &args, Some("pipe"));
        assert_eq!(send(signal, &mut child).signal(), Some(signal));
        drop(reader);
        assert_eq!(read(path, "old.json"), "old");
        // Files are in their places before anything is printed.
        let args = [&start[..], &["-o", "old.json", "--format", "sarif"]].concat();
        let (mut child, reader) = stopped_while_writing(path, &args, None);
        assert_eq!(send(signal, &mut child).signal(), Some(signal));
        drop(reader);
        assert_eq!(read(path, "old.json"), new);
    }
    // What a killed run leaves is no team file of the next one, nor in its way.
    assert!(names(path).iter().any(|name| name.as_bytes().starts_with(b".roleaudit-")));
    fs::remove_file(path.join("two.yaml")).expect("it was there");
    fs::remove_file(path.join("one.yaml")).expect("it was there");
    assert_eq!(output(roleaudit(path), &[&["check", "."], &start[2..]].concat()), new);
}

#[test]
fn a_kill_at_any_moment_leaves_the_old_output_or_the_new_one() {
    const MOMENTS: u32 = 60;
    let folder = folder(&[("team.yaml", &large()), ("sub/out.json", "old")]);
    let path = folder.path();
    let args = ["check", "team.yaml", DATE[0], DATE[1], "--fail-on", "never", "--format", "json"];
    let start = Instant::now();
    let new = output(roleaudit(path), &args);
    let usual = start.elapsed();
    for moment in 0..MOMENTS {
        let start = Instant::now();
        let mut child = roleaudit(path).args(args).args(["-o", "sub/out.json"]).spawn().expect("the program runs");
        while start.elapsed() < usual * moment * 5 / (4 * MOMENTS) {
            std::hint::spin_loop();
        }
        child.kill().expect("it can be killed");
        child.wait().expect("the program ends");
        let found = read(path, "sub/out.json");
        assert!(found == "old" || found == new, "{} bytes instead of {}", found.len(), new.len());
        fs::write(path.join("sub/out.json"), "old").expect("files can be written");
    }
}

#[test]
fn several_runs_that_write_one_file_leave_one_of_their_outputs() {
    let folder = folder(&[("team.yaml", &large()), ("sub/out.txt", "old")]);
    let path = folder.path();
    let formats = ["json", "markdown", "text", "sarif"];
    let args = |format: &'static str| ["check", "team.yaml", DATE[0], DATE[1], "--fail-on", "never", "--format", format];
    let expected: Vec<String> = formats.iter().map(|format| output(roleaudit(path), &args(format))).collect();
    let all = formats.iter().cycle().take(12);
    let start =
        |format: &&'static str| roleaudit(path).args(args(format)).args(["-o", "sub/out.txt"]).spawn().expect("the program runs");
    let mut children: Vec<Child> = all.map(start).collect();
    let mut seen = 0;
    while children.iter_mut().any(|child| child.try_wait().expect("the program runs").is_none()) {
        let found = read(path, "sub/out.txt");
        assert!(found == "old" || expected.contains(&found), "{} bytes", found.len());
        seen += 1;
    }
    assert!(children.into_iter().all(|mut child| child.wait().expect("the program ends").success()));
    assert!(seen > 0 && expected.contains(&read(path, "sub/out.txt")));
    assert_eq!(names(&path.join("sub")), ["out.txt"]);
}

// Too little of something

#[test]
fn a_folder_of_many_files_needs_few_at_a_time() {
    let folder = folder(&[("team/app.yaml", TEAM)]);
    let path = folder.path();
    for n in 0..200 {
        fs::write(path.join(format!("team/p{n}.yaml")), format!("roleaudit: 1\npeople: {{id{n}: }}\n"))
            .expect("files can be written");
    }
    let plain = output(roleaudit(path), &["check", "team", "--format", "json"]);
    // Each core reads one file at a time.
    let few = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) + 16;
    assert_eq!(output(after(&format!("ulimit -n {few}"), path), &["check", "team", "--format", "json"]), plain);
}

#[test]
fn without_memory_there_is_no_half_output() {
    let folder = folder(&[("team.yaml", &large()), ("out.json", "old")]);
    let path = folder.path();
    let args =
        ["check", "team.yaml", DATE[0], DATE[1], "--fail-on", "never", "--format", "json", "-o", "out.json", "--format", "text"];
    let whole = output(roleaudit(path), &args);
    let new = read(path, "out.json");
    let mut ends = [0, 0];
    for kilobytes in (10_000..=60_000).step_by(2_000) {
        fs::write(path.join("out.json"), "old").expect("files can be written");
        let ran = ran(after(&format!("ulimit -c 0; ulimit -v {kilobytes}"), path), &args);
        let found = read(path, "out.json");
        if ran.status.success() {
            assert_eq!((&found, &ran.stdout), (&new, &whole), "{kilobytes}");
        } else {
            assert!(found == "old" && ran.stdout.is_empty(), "{kilobytes}: {ran:?}");
        }
        ends[usize::from(ran.status.success())] += 1;
    }
    assert!(ends.iter().all(|count| *count > 0), "{ends:?}: all runs ended alike");
}

#[test]
fn a_working_folder_that_is_gone_is_told() {
    let folder = folder(&[]);
    let gone = "mkdir gone && cd gone && rmdir ../gone";
    let said = refusal(after(gone, folder.path()), &["check"]);
    assert!(said.starts_with("error: .: "), "{said}");
    let team = folder.path().join("one.yaml");
    let team = team.to_str().expect("a path of text");
    let audited = output(after(gone, folder.path()), &["check", team, DATE[0], DATE[1]]);
    assert_eq!(audited, output(roleaudit(folder.path()), &["check", team, DATE[0], DATE[1]]));
    for args in [&["check", team, "-o", "out.txt"][..], &["init"]] {
        let said = refusal(after(gone, folder.path()), args);
        assert!(said.starts_with("error: cannot write ") && said.ends_with(": no such file or directory\n\n"), "{said}");
    }
}

#[test]
fn an_empty_or_strange_environment_changes_nothing() {
    let folder = folder(&[("team/a.yaml", TEAM)]);
    let expected = output(roleaudit(folder.path()), &["check", "team", DATE[0], DATE[1]]);
    let mut bare = roleaudit(folder.path());
    bare.env_clear();
    assert_eq!(output(bare, &["check", "team", DATE[0], DATE[1]]), expected);
    for columns in ["0", "1", "-1", "x", "65536", "99999999999999999999"] {
        let strange = || {
            let mut command = roleaudit(folder.path());
            command
                .env("COLUMNS", columns)
                .env("LINES", columns)
                .env("TERM", "dumb")
                .env("HOME", "/dev/null")
                .env("TZ", "Nowhere/None");
            command
        };
        assert_eq!(output(strange(), &["check", "team", DATE[0], DATE[1]]), expected, "{columns}");
        assert!(output(strange(), &["check", "--help"]).contains("--fail-on"), "{columns}");
        assert!(output(strange(), &["check", "team"]).contains("app"), "{columns}");
    }
}

// Names of files

#[test]
fn names_of_files_reach_no_terminal_as_commands() {
    let folder = folder(&[]);
    let path = folder.path();
    let bytes = b"a\x1b[2J\x9b31m\xff\xfe\n\r\x07\xe2\x80\xae::error::z";
    let [there, missing, place] = [&b".yaml"[..], b"-none.yaml", b""].map(|end| OsString::from_vec([&bytes[..], end].concat()));
    fs::write(path.join(&there), "roleaudit: 1\nproducts: {app: {gaol: x}}\n").expect("files can be written");
    fs::create_dir(path.join(&place)).expect("folders can be made");
    fs::write(path.join(&place).join("closed"), "").expect("files can be written");
    let deep = |name: &str| Path::new(&place).join(name).into_os_string();
    let lines: Vec<Vec<OsString>> = vec![
        vec!["check".into(), there.clone()],
        vec!["check".into(), missing.clone()],
        vec!["check".into(), place.clone()],
        vec!["check".into(), ".".into()],
        vec!["check".into(), there.clone(), "--format".into(), "github".into()],
        vec!["check".into(), "one.yaml".into(), "--config".into(), missing.clone()],
        vec!["check".into(), "one.yaml".into(), "--config".into(), there.clone()],
        vec!["check".into(), "one.yaml".into(), "-o".into(), place.clone()],
        vec!["check".into(), "one.yaml".into(), "-o".into(), deep("none/x")],
        vec!["check".into(), "one.yaml".into(), "-o".into(), "x".into(), "-o".into(), deep("y")],
        vec!["check".into(), "one.yaml".into(), "--against".into(), missing.clone()],
        vec!["check".into(), "one.yaml".into(), "--against".into(), [OsStr::new("git:"), &missing].concat_os()],
        vec!["diff".into(), there.clone(), missing.clone()],
        vec!["compare".into(), there.clone(), missing.clone()],
        vec!["report".into(), "one.yaml".into(), "--before".into(), missing.clone()],
        vec!["who".into(), missing.clone(), "one.yaml".into()],
        vec!["who".into(), missing.clone(), missing.clone()],
        vec!["matrix".into(), missing.clone()],
        vec!["export".into(), missing.clone()],
        vec!["advise".into(), missing.clone()],
        vec!["explain".into(), "a\u{1b}[2J\u{9b}31m\n\u{202e}".into()],
        vec!["check".into(), "one.yaml".into(), "--rule".into(), "a\u{1b}[2J\u{9b}31m\n\u{202e}".into()],
        vec!["check".into(), "one.yaml".into(), "--product".into(), "a\u{1b}[2J\u{9b}31m\n\u{202e}".into()],
        vec!["check".into(), "one.yaml".into(), "--without".into(), "a\u{1b}[2J\u{9b}31m\n\u{202e}".into()],
        vec!["check".into(), "one.yaml".into(), "--as-of".into(), "a\u{1b}[2J\u{9b}31m\n\u{202e}".into()],
        vec!["import".into(), missing.clone()],
        vec!["import".into(), there.clone()],
        vec!["import".into(), "chart.csv".into(), "--map".into(), missing.clone()],
        vec!["import".into(), "chart.csv".into(), "-o".into(), deep("x")],
        vec!["rules".into(), "-o".into(), deep("none/x")],
        vec!["init".into(), place.clone()],
        vec!["init".into(), place.clone()],
        vec!["init".into(), deep("closed")],
    ];
    for line in lines {
        let Output { stdout, stderr, .. } = roleaudit(path).args(&line).output().expect("the program runs");
        let said = String::from_utf8(stderr).expect("what is printed is text");
        let obeyed = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}');
        assert!(!said.is_empty() && !said.contains(obeyed), "{line:?}: {said:?}");
        // A line of its own would be a command of the runner's.
        let printed = String::from_utf8(stdout).expect("what is printed is text");
        assert!(
            !printed.contains(obeyed) && !said.lines().any(|line| line.starts_with("::error::z")),
            "{line:?}: {said}\n{printed}"
        );
        assert!(!printed.lines().any(|line| line.starts_with("::error::z")), "{line:?}: {printed}");
    }
}

/// Joins what need not be text.
trait Joined {
    fn concat_os(&self) -> OsString;
}

impl Joined for [&OsStr; 2] {
    fn concat_os(&self) -> OsString {
        self.iter().copied().collect()
    }
}

#[test]
fn files_without_a_name_of_text_are_read_like_any_other() {
    let folder = folder(&[]);
    let path = folder.path();
    let odd: PathBuf = OsString::from_vec(b"t\xff.yaml".to_vec()).into();
    fs::write(path.join(&odd), TEAM).expect("files can be written");
    let args = |name: &Path| [OsString::from("check"), name.into(), "--format".into(), "json".into()];
    let plain = output(roleaudit(path), &args(Path::new("one.yaml"))).replace("one.yaml", "t\u{fffd}.yaml");
    assert_eq!(output(roleaudit(path), &args(&odd)), plain);
    let target = OsString::from_vec(b"out\xff.json".to_vec());
    let mut command = roleaudit(path);
    command.args(args(&odd)).arg("-o").arg(&target);
    output::<&str>(command, &[]);
    assert_eq!(fs::read_to_string(path.join(target)).expect("it was written"), plain);
}
