//! CSV by RFC 4180, as strictly as it says.

/// Asserts that all rows are equally long and no cell is a formula, and returns how many rows there are.
pub fn rows(text: &str) -> usize {
    super::text::assert_harmless(text);
    let rows = read(text);
    let columns = rows.first().map_or(0, Vec::len);
    for row in &rows {
        assert_eq!(row.len(), columns, "{row:?}\n{text}");
        let formula = row.iter().find(|cell| cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']));
        assert!(formula.is_none(), "{formula:?} is a formula in\n{text}");
    }
    rows.len()
}

fn read(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut row = Vec::new();
        loop {
            let (cell, after) = cell(rest);
            row.push(cell);
            match after.strip_prefix(',') {
                Some(next) => rest = next,
                None => {
                    rest = after.strip_prefix('\n').unwrap_or_else(|| panic!("a row ends at {after:?}"));
                    break;
                }
            }
        }
        rows.push(row);
    }
    rows
}

/// The first cell, and what follows it.
fn cell(text: &str) -> (String, &str) {
    let Some(mut quoted) = text.strip_prefix('"') else {
        let end = text.find([',', '\n', '"']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut cell = String::new();
    loop {
        let (part, after) = quoted.split_once('"').expect("a quoted cell ends");
        cell.push_str(part);
        let Some(next) = after.strip_prefix('"') else { return (cell, after) };
        cell.push('"');
        quoted = next;
    }
}
