//! Flowcharts, as far as their lines tell what Mermaid makes of them.

/// GitHub draws nothing of a longer one.
const LONGEST: usize = 50_000;

const CLASSES: [&str; 4] = ["product", "team", "planned", "vacant"];

/// Asserts that the flowcharts of a page are boxes, frames and lines, and that labels are text; returns how many there are.
pub fn flowcharts(page: &str) -> usize {
    let flowcharts = page.split("```mermaid\n").skip(1).map(|rest| rest.split("\n```").next().unwrap_or_default());
    flowcharts.inspect(|flowchart| assert_drawn(flowchart)).count()
}

fn assert_drawn(flowchart: &str) {
    assert!(flowchart.encode_utf16().count() < LONGEST, "too long to be drawn");
    let mut lines = flowchart.lines();
    assert_eq!(lines.next(), Some("flowchart LR"));
    let mut frames = 0usize;
    for line in lines.map(str::trim_start) {
        if let Some((id, rest)) = line.split_once("[\"") {
            let (label, class) = rest.rsplit_once("\"]").unwrap_or_else(|| panic!("a label does not end: {line}"));
            let is_frame = id == "subgraph teams" && class.is_empty();
            let is_box = is_id(id) && class.strip_prefix(":::").is_some_and(|class| CLASSES.contains(&class));
            assert!(is_frame || is_box, "{line}");
            frames += usize::from(is_frame);
            assert_label(label);
        } else if line == "end" {
            frames = frames.checked_sub(1).expect("a frame is open");
        } else {
            let is_link = line.split(" --- ").flat_map(|side| side.split(" & ")).flat_map(|side| side.split(" ~~~ "));
            let is_style = line.starts_with("classDef ") || line == "style teams fill:none,stroke:#64748b";
            assert!(line == "direction LR" || is_style || is_link.into_iter().all(|id| id == "teams" || is_id(id)), "{line}");
        }
    }
    assert_eq!(frames, 0, "a frame is open at the end");
}

fn is_id(text: &str) -> bool {
    text == "p" || text.strip_prefix('t').is_some_and(|number| number.parse::<usize>().is_ok())
}

/// Asserts that a label is words, numbers of characters, and breaks of lines.
fn assert_label(label: &str) {
    let text = label.replace("<br/>", "");
    let mut parts = text.split('#');
    let first = parts.next().unwrap_or_default();
    let after = parts.map(|part| {
        let (number, rest) = part.split_once(';').unwrap_or_else(|| panic!("a number does not end: {label}"));
        assert!(number.parse().ok().and_then(char::from_u32).is_some(), "{number} in {label}");
        rest
    });
    for part in std::iter::once(first).chain(after) {
        let mark = part.find(['"', '<', '>', '`', '[', ']', '{', '}', '|', ';', '\\', '*', '_', '&', '@', '%', '$', '~', '^']);
        assert_eq!(mark, None, "{part} in {label}");
    }
}
