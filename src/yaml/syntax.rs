//! Syntax errors in words for people who do not know YAML: what is wrong, and what to write.

use granit_parser::ErrorKind;

pub(super) const STAR_ALONE: (&str, &str) = (
    "`*` alone means nothing here",
    "Name the areas, such as `strategy.*: dana`, one line each; in quotes if the star belongs to a text.",
);
const TAB: (&str, &str) = ("a tab stands where YAML allows blanks only", "Indent with blanks, two per level.");

pub(super) fn is_tab(kind: &ErrorKind) -> bool {
    use ErrorKind::{TabAtBlockScalarStart, TabInBlockIndentation, TabInIndentation, TabInPlainScalar, TabNotAllowed};
    matches!(kind, TabInBlockIndentation | TabNotAllowed | TabInIndentation | TabAtBlockScalarStart | TabInPlainScalar)
}

/// Whether a value is nothing but the sign that it begins with.
fn is_sign_alone(rest: &str) -> bool {
    let behind = rest.lines().next().unwrap_or("").strip_prefix(['-', '?']).map(str::trim_start);
    behind.is_some_and(|behind| behind.is_empty() || behind.starts_with([',', ']', '}', '#']))
}

/// Whether YAML allows a character nowhere: controls, and what is no character at all.
fn is_strange(character: char) -> bool {
    character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// Says of a syntax error what is wrong and what to write, in words for people who do not know YAML. `line` is what stands before it
/// on its line, `rest` what begins there.
pub(super) fn explain(kind: &ErrorKind, line: &str, rest: &str) -> (String, &'static str) {
    let (message, help) = match kind {
        _ if is_tab(kind) || rest.starts_with('\t') => TAB,
        ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator
            if is_sign_alone(rest) =>
        {
            let sign = if rest.starts_with('?') { '?' } else { '-' };
            return (
                format!("`{sign}` only keeps the place of a value"),
                "Say `nobody` if it is vacant; delete the line if it is not known.",
            );
        }
        ErrorKind::UnexpectedCharacter { character: '@' } => {
            ("a value cannot begin with `@`", "Write the id without the `@`; or put the text in quotes.")
        }
        ErrorKind::UnexpectedCharacter { character: '`' } => ("a value cannot begin with a backtick", "Put the text in quotes."),
        ErrorKind::UnexpectedCharacter { character: '%' } => ("a value cannot begin with `%`", "Put the text in quotes."),
        ErrorKind::UnexpectedCharacter { character } if is_strange(*character) => {
            return (
                format!("the character `U+{:04X}` cannot stand in a file", u32::from(*character)),
                "Delete it; it may not be visible in your editor.",
            );
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return (format!("a value cannot begin with `{character}` here"), "Put the text in quotes.");
        }
        ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => {
            ("a `\\u` in this text stands for no character", "Write the character itself; a pair of them has to be complete.")
        }
        ErrorKind::MissingDirectiveName | ErrorKind::InvalidDirectiveName | ErrorKind::MissingDocumentEndBeforeDirective => {
            ("a line cannot begin with `%`", "Put the text in quotes, or delete the sign.")
        }
        ErrorKind::CommentNotSeparated => {
            ("a blank is missing before the `#`", "Add one if a comment begins here; or put the text in quotes.")
        }
        ErrorKind::FlowMappingValueAdjacentCollection => {
            ("a blank is missing behind the `:`", "Write `key: value`, with a blank.")
        }
        ErrorKind::BlockEntryInFlowCollection => (
            "`- ` cannot stand in brackets",
            "Write commas between the values; or put the text in quotes if the `-` belongs to it.",
        ),
        ErrorKind::UnexpectedEofImplicitFlowMapping if rest.starts_with(',') => {
            ("a comma stands here without a value before it", "Delete it, or write the value that is missing.")
        }
        ErrorKind::MissingAnchorOrAliasName if rest.starts_with('*') => STAR_ALONE,
        ErrorKind::MissingAnchorOrAliasName => {
            ("`&` alone means nothing here", "Put the text in quotes if the `&` belongs to it.")
        }
        ErrorKind::MappingKeyNotAllowed => ("a value cannot begin with `? `", "Put the text in quotes."),
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => {
            ("a value that begins with `>` or `|` is read as a block of lines", "Put the text in quotes.")
        }
        ErrorKind::MappingValueNotAllowed if !line.contains(": ") && !line.trim_start().starts_with("- ") => (
            "this line does not fit the line before it",
            "Give that line a colon with a blank behind it, as in `key: value`; or indent this one like its neighbours.",
        ),
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
            if rest.starts_with(':') =>
        {
            (
                "this `:` cannot stand here",
                "If it belongs to the text, put the text in quotes; if it begins a new key, give it a line of its own.",
            )
        }
        ErrorKind::InvalidColonPlacement | ErrorKind::ExpectedFlowSequenceSeparator | ErrorKind::ExpectedFlowMappingSeparator => {
            (
                "a list or map in brackets is not closed before this",
                "Close the `[` or `{` that was opened before, or put a comma between the values.",
            )
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            return (format!("this `{open}` is never closed"), "Add the closing bracket.");
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return (
                format!("this `{open}` is closed by a `{close}`"),
                "Close the brackets in the order in which they were opened.",
            );
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("this bracket closes nothing", "Delete it; or put the text in quotes if the bracket belongs to it.")
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent | ErrorKind::DocumentIndicatorInQuotedScalar => {
            ("a quoted text is not closed before this", "Add the closing quote.")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar => (
            "the quotes end before the text does",
            "Put the whole text in double quotes; or write `''` where an apostrophe belongs to the text.",
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            ("the quotes end before the text does", "Put the whole text in single quotes: `'the \"big\" launch'`.")
        }
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => {
            ("a `\\` in double quotes is no such sign", "Use single quotes, in which `\\` is a sign like any other.")
        }
        ErrorKind::RecursionLimitExceeded => {
            ("lists and maps nest too deep here", "A team file needs no more than eight levels.")
        }
        ErrorKind::BomInsideDocument => {
            ("a byte-order mark stands inside the file", "Delete it; it can stand at the beginning only.")
        }
        ErrorKind::UnexpectedEof | ErrorKind::UnexpectedEofBlockMapping | ErrorKind::UnexpectedEofBlockSequence => {
            ("the file ends before this is complete", "Add what is missing, or delete the line.")
        }
        ErrorKind::CommentInterceptedScalar => (
            "a comment stands inside a text of several lines",
            "Delete the comment; or put the text in quotes if the `#` belongs to it.",
        ),
        ErrorKind::InvalidDocumentEnd => (
            "`...` ends the file, and something stands behind it",
            "Delete it; or put the text in quotes if the dots belong to it.",
        ),
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::SimpleKeyExpected => (
            "this line does not fit the indentation, or its `:` is missing",
            "Indent it like its neighbours, and write `key: value` with a blank after the colon.",
        ),
        ErrorKind::BlockSequenceEntryNotAllowed => (
            "a list item cannot stand here",
            "Begin the list on a line of its own; or put the text in quotes if the `-` belongs to it.",
        ),
        other => return (format!("this is no valid YAML: {other}"), "Put texts with special characters in quotes."),
    };
    (message.to_owned(), help)
}
