//! Workflow commands, as GitHub's runner reads a line of a log.

/// Asserts that every line is an annotation, and returns how many there are.
pub fn commands(text: &str) -> usize {
    super::text::assert_harmless(text);
    text.lines().for_each(assert_annotation);
    assert!(text.is_empty() || text.ends_with('\n'), "{text:?}");
    text.lines().count()
}

fn assert_annotation(line: &str) {
    let command = line.strip_prefix("::").and_then(|rest| rest.split_once("::"));
    let (head, message) = command.unwrap_or_else(|| panic!("no command: {line}"));
    let (word, properties) = head.split_once(' ').unwrap_or_else(|| panic!("no properties: {line}"));
    assert!(["error", "warning", "notice"].contains(&word), "{line}");
    assert!(!message.is_empty(), "no message: {line}");
    for property in properties.split(',') {
        let (key, value) = property.split_once('=').unwrap_or_else(|| panic!("{property} is no property: {line}"));
        assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&key), "{key}: {line}");
        let is_number = || value.parse::<usize>().is_ok_and(|number| number > 0);
        assert!(matches!(key, "file" | "title") || is_number(), "{key}: {line}");
    }
    for part in message.split('%').skip(1) {
        assert!(part.starts_with("25") || part.starts_with("0A") || part.starts_with("0D"), "% is not escaped: {line}");
    }
}

/// Asserts that no line of a text is a command where it is printed into a log.
pub fn assert_none(text: &str) {
    // Three colons begin the excerpt of another file; no command begins with one.
    let is_command = |line: &&str| line.trim_start().strip_prefix("::").is_some_and(|rest| !rest.starts_with(':'));
    let command = text.lines().find(is_command);
    assert!(command.is_none(), "{command:?} is a command");
}
