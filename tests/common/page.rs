//! A page as a browser's tokenizer reads it, for tests that ask what is in it.

#![allow(dead_code, reason = "no test needs all of it")]

use html5gum::{Token, Tokenizer};
use std::collections::BTreeMap;

/// Elements without an end.
const VOID: [&str; 6] = ["meta", "input", "br", "hr", "link", "img"];

/// An element with all that it holds.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// Its text and that of all elements in it.
    pub(crate) text: String,
    /// The position of the element that it stands in.
    pub(crate) parent: Option<usize>,
}

/// The elements of a page, in its order.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) elements: Vec<Element>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub(crate) fn is(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split(' ').any(|own| own == class))
    }

    /// The numbers that an attribute lists.
    pub(crate) fn numbers(&self, attribute: &str) -> Vec<&str> {
        self.attribute(attribute).unwrap_or_default().split(' ').filter(|number| !number.is_empty()).collect()
    }
}

impl Page {
    /// Reads a page, in which every element has to end where it should.
    pub(crate) fn read(html: &str) -> Page {
        let mut elements: Vec<Element> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("a page is text");
        for Ok(token) in Tokenizer::new(html) {
            match token {
                Token::StartTag(tag) => {
                    let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
                    let name = text(&tag.name);
                    if !VOID.contains(&name.as_str()) && !tag.self_closing {
                        open.push(elements.len());
                    }
                    let parent = open.iter().rev().copied().find(|at| *at != elements.len());
                    elements.push(Element { name, attributes, text: String::new(), parent });
                }
                Token::EndTag(tag) => {
                    let ended = open.pop().map(|at| elements[at].name.clone());
                    assert_eq!(ended, Some(text(&tag.name)), "an element ends that is not the innermost one");
                }
                Token::String(part) => open.iter().for_each(|at| elements[*at].text.push_str(&text(&part))),
                Token::Doctype(_) => {}
                Token::Comment(comment) => unreachable!("a comment: {comment:?}"),
                Token::Error(error) => unreachable!("{error:?} in\n{html}"),
            }
        }
        assert!(open.is_empty(), "an element does not end");
        Page { elements }
    }

    pub(crate) fn of_class<'p>(&'p self, class: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.is(class))
    }

    pub(crate) fn named<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// The text of the element with an id, if there is one.
    pub(crate) fn text_of(&self, id: &str) -> Option<&str> {
        self.elements.iter().find(|element| element.attribute("id") == Some(id)).map(|element| element.text.as_str())
    }

    /// An element with those around it, the innermost first.
    pub(crate) fn around<'p>(&'p self, element: &'p Element) -> impl Iterator<Item = &'p Element> {
        std::iter::successors(Some(element), |element| element.parent.map(|at| &self.elements[at]))
    }
}
