//! A page as a browser's tokenizer reads it.

use crate::page::Page;
use std::collections::BTreeMap;

const ELEMENTS: &str = "html head meta title style script body a header h1 h2 h3 h4 p nav ul ol li main section div span b strong em \
    code blockquote q cite small table caption thead tbody tr th td details summary label input select option button output form \
    fieldset legend svg g rect text tspan path line defs marker circle polygon dl dt dd figure figcaption br hr footer kbd i \
    article aside noscript time template";

const ATTRIBUTES: &str = "class id href scope role lang charset name content http-equiv value type for start tabindex width height \
    x y rx d viewbox aria-label aria-labelledby aria-hidden aria-live hidden open colspan rowspan checked selected title \
    data-products data-teams data-people data-severity data-rule x1 x2 y1 y2 cx cy r points fill stroke text-anchor style dx dy \
    preserveaspectratio xmlns placeholder multiple disabled";

/// Asserts that a page is whole and holds only what the project writes; returns how often each element occurs, by its attributes.
pub fn assert_own(html: &str) -> BTreeMap<String, usize> {
    super::text::assert_harmless(html);
    let page = Page::read(html);
    let mut markup = BTreeMap::new();
    for element in &page.elements {
        assert!(ELEMENTS.split_whitespace().any(|known| known == element.name), "<{}> in\n{html}", element.name);
        for name in element.attributes.keys() {
            assert!(ATTRIBUTES.split_whitespace().any(|known| known == name), "{name} of <{}> in\n{html}", element.name);
        }
        let link = element.attribute("href").unwrap_or("#");
        assert!(link.starts_with('#'), "{link} is linked");
        let names: Vec<&str> = element.attributes.keys().map(String::as_str).collect();
        *markup.entry(format!("{} {}", element.name, names.join(" "))).or_default() += 1;
    }
    assert_eq!(page.named("script").count(), 1, "{html}");
    markup
}
