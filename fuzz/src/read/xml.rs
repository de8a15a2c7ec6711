//! JUnit's XML.

use roxmltree::{Document, Node};

/// Asserts that the document is XML whose suites count what they hold, and returns the number of tests that fail.
pub fn junit(text: &str) -> usize {
    super::text::assert_harmless(text);
    let document = Document::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let of = |node: Node<'_, '_>, name: &str| node.descendants().filter(|inner| inner.has_tag_name(name)).count();
    for suite in root.descendants().filter(|node| node.has_tag_name("testsuite") || node.has_tag_name("testsuites")) {
        for (counter, name) in [("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped"), ("errors", "error")] {
            let count = suite.attribute(counter).and_then(|count| count.parse().ok());
            assert_eq!(count, Some(of(suite, name)), "{counter}\n{text}");
        }
    }
    for test in root.descendants().filter(|node| node.has_tag_name("testcase")) {
        assert!(
            ["name", "classname"].into_iter().all(|name| test.attribute(name).is_some_and(|text| !text.is_empty())),
            "{text}"
        );
    }
    let known = ["testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"];
    let stranger =
        root.descendants().find(|node| node.is_comment() || node.is_element() && !known.contains(&node.tag_name().name()));
    assert_eq!(stranger, None, "{text}");
    of(root, "failure")
}
