//! Advice on whom to hire, as text, Markdown and JSON.

use super::json::{Location, Quote, Tool, location, quote};
use super::{BOLD, PLAIN, Style, citation, escape};
use crate::advise::{AdviceReport, ProductAdvice, Sign};
use crate::catalogue::{self, Passage, Stance};
use crate::source::Sources;
use serde::Serialize;
use std::io::{self, Write};

/// What a line about a product says, and its label.
type Line = (&'static str, String);

/// Writes one block per product.
pub fn text(report: &AdviceReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for product in &report.products {
        let overlays: String = product.overlays.iter().map(|overlay| format!(", {overlay}")).collect();
        let title = format!("{} ({}{overlays})", escape::one_line(&product.name), product.model);
        let mut block = style.paragraph("", PLAIN, &title, BOLD);
        for (label, words) in lines(product) {
            block += &style.paragraph(&format!("{label:>9}: "), BOLD, &escape::one_line(&words), PLAIN);
        }
        writeln!(out, "{block}")?;
    }
    let rest = "Rows are those of the decision table in docs/rules.md; `--format json` has the place of each signal.";
    out.write_all(style.paragraph("", PLAIN, rest, PLAIN).as_bytes())
}

/// Writes one section per product.
pub fn markdown(report: &AdviceReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Whom to hire, as of {}", report.as_of)?;
    for product in &report.products {
        writeln!(out, "\n## {}\n", escape::markdown(&product.name))?;
        for (label, words) in lines(product) {
            writeln!(out, "- **{}:** {}", capitalized(label), escape::markdown(&words))?;
        }
    }
    Ok(())
}

fn capitalized(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// All that is said of a product: the advice first, then the facts, then the passages.
fn lines(product: &ProductAdvice) -> Vec<Line> {
    let mut lines = vec![("advice", format!("{} (row {})", product.advice.advice, product.advice.name))];
    lines.extend(product.open.clone().map(|open| ("open", open)));
    lines.extend(product.besides.iter().map(|row| ("besides", format!("{} (row {})", row.advice, row.name))));
    lines.push(("held", product.held.clone()));
    lines.push(("strategy", strategy(product)));
    let counted = product.counted.iter().filter(|(_, signs)| !signs.is_empty());
    lines.extend(counted.map(|(what, signs)| (label(what), signals(signs))));
    lines.extend(rows(product).map(|row| ("why", cited(row.passage))));
    lines.extend(product.dissent.first().map(|passage| ("but", cited(passage))));
    lines
}

fn label(what: &'static str) -> &'static str {
    if what == "warning signs" { "warnings" } else { what }
}

fn rows(product: &ProductAdvice) -> impl Iterator<Item = &'static catalogue::Advice> + '_ {
    [product.advice].into_iter().chain(product.besides.iter().copied())
}

fn strategy(product: &ProductAdvice) -> String {
    match (product.missing_strategy.as_slice(), product.with_strategy) {
        ([], _) => "recorded and owned".to_owned(),
        (missing, None) => format!("not recorded completely; missing: {}", missing.join(", ")),
        (missing, Some(row)) => format!(
            "not recorded completely; missing: {}. With all of it the advice would be: {} (row {})",
            missing.join(", "),
            row.advice,
            row.name
        ),
    }
}

fn signals(signs: &[Sign]) -> String {
    let named: Vec<String> = signs.iter().map(|sign| format!("{} ({})", sign.signal.name, sign.on)).collect();
    format!("{}: {}", signs.len(), named.join(", "))
}

fn cited(passage: &Passage) -> String {
    format!("\"{}\" — {}", passage.quote, citation(passage))
}

/// The JSON document, version 1: fields may be added, none renamed or removed.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    as_of: String,
    products: Vec<Product<'a>>,
}

#[derive(Serialize)]
struct Product<'a> {
    product: &'a str,
    name: &'a str,
    model: &'static str,
    overlays: &'a [&'static str],
    held: &'a str,
    row: &'static str,
    advice: &'static str,
    situation: &'static str,
    roles: Vec<&'static str>,
    besides: Vec<Besides>,
    open: Option<&'a str>,
    strategy: Strategy<'a>,
    direction: Vec<Signal<'a>>,
    delivery: Vec<Signal<'a>>,
    load: Vec<Signal<'a>>,
    warnings: Vec<Signal<'a>>,
    passages: Vec<Quote>,
    claims: Vec<&'static str>,
}

#[derive(Serialize)]
struct Besides {
    row: &'static str,
    advice: &'static str,
    situation: &'static str,
    passages: Vec<Quote>,
    claims: Vec<&'static str>,
}

#[derive(Serialize)]
struct Strategy<'a> {
    recorded: bool,
    missing: &'a [&'static str],
    /// The row that would hold if nothing were missing, where that is another.
    row_with_it: Option<&'static str>,
}

#[derive(Serialize)]
struct Signal<'a> {
    signal: &'static str,
    on: &'a str,
    location: Location<'a>,
}

/// Writes the JSON document, with a final line break.
pub fn json(report: &AdviceReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let products = report.products.iter().map(|product| entry(report.sources, product)).collect();
    let document = Document { version: 1, tool: Tool::this(), as_of: report.as_of.to_string(), products };
    let text = serde_json::to_string_pretty(&document)?;
    out.write_all(escape::json(&text).as_bytes())?;
    out.write_all(b"\n")
}

fn entry<'a>(sources: &'a Sources, of: &'a ProductAdvice) -> Product<'a> {
    let [direction, delivery, load, warnings] =
        of.counted.each_ref().map(|(_, signs)| signs.iter().map(|sign| signal(sources, sign)).collect());
    let dissent = of.dissent.iter().map(|passage| quote(passage, Stance::Dissents));
    Product {
        product: &of.product,
        name: &of.name,
        model: of.model,
        overlays: &of.overlays,
        held: &of.held,
        row: of.advice.name,
        advice: of.advice.advice,
        situation: of.advice.situation,
        roles: of.advises.roles().iter().map(|role| role.word()).collect(),
        besides: of.besides.iter().map(|row| besides(row)).collect(),
        open: of.open.as_deref(),
        strategy: Strategy {
            recorded: of.missing_strategy.is_empty(),
            missing: &of.missing_strategy,
            row_with_it: of.with_strategy.map(|row| row.name),
        },
        direction,
        delivery,
        load,
        warnings,
        passages: [quote(of.advice.passage, Stance::Supports)].into_iter().chain(dissent).collect(),
        claims: claims(of.advice),
    }
}

fn besides(row: &'static catalogue::Advice) -> Besides {
    Besides {
        row: row.name,
        advice: row.advice,
        situation: row.situation,
        passages: vec![quote(row.passage, Stance::Supports)],
        claims: claims(row),
    }
}

fn claims(row: &catalogue::Advice) -> Vec<&'static str> {
    [row.passage.id].into_iter().chain(row.claims.iter().copied()).collect()
}

fn signal<'a>(sources: &'a Sources, sign: &'a Sign) -> Signal<'a> {
    Signal { signal: sign.signal.name, on: &sign.on, location: location(sources, sign.at) }
}
