//! A page as a browser's tokenizer reads it.

use crate::page::Page;
use std::collections::BTreeMap;

const ELEMENTS: &str = "a article b body button cite code dd desc div dl dt fieldset footer form g h1 h2 h3 h4 head header html input \
    label legend li main meta nav ol option output p path q rect script section select span style svg table tbody td text th thead \
    title tr tspan ul";

const ATTRIBUTES: &str = "aria-label aria-labelledby charset checked class content d data-holds data-people data-products \
    data-severity data-teams for height hidden href http-equiv id lang name role rx scope start tabindex type value viewbox width \
    x y";

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
