//! Advice on whom to hire, as text, Markdown and JSON.

use super::json::{Location, Quote, Tool, location, quote};
use super::{BOLD, PLAIN, Style, citation, escape};
use crate::advise::{AdviceReport, ProductAdvice, Sign};
use crate::catalogue::{self, Passage, Stance};
use crate::org::{capitalized, joined};
use crate::source::Sources;
use serde::Serialize;
use std::io::{self, Write};

/// What a line about a product says, and its label.
pub(super) type Line = (&'static str, String);

/// Writes one block per product.
pub fn text(report: &AdviceReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut escape::Log::new(out);
    let mut quoted = Vec::new();
    for product in &report.products {
        let overlays: String = product.overlays.iter().map(|overlay| format!(", {overlay}")).collect();
        let title = format!("{} ({}{overlays})", escape::one_line(&product.name), product.model);
        let mut block = style.paragraph("", PLAIN, &title, BOLD);
        for (label, words) in lines(product, &mut quoted) {
            block += &style.paragraph(&format!("{label:>9}: "), BOLD, &escape::one_line(&words), PLAIN);
        }
        writeln!(out, "{block}")?;
    }
    let rest = match report.products.as_slice() {
        [] => NO_PRODUCT,
        _ => "Rows are those of the decision table in docs/rules.md; `--format json` has the place of each signal.",
    };
    out.write_all(style.paragraph("", PLAIN, rest, PLAIN).as_bytes())
}

/// Advice is given per product.
const NO_PRODUCT: &str = "No product is there to advise on; retired ones, and ideas without a team, are left out.";

/// Writes one section per product.
pub fn markdown(report: &AdviceReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut quoted = Vec::new();
    writeln!(out, "# Whom to hire, as of {}", report.as_of)?;
    if report.products.is_empty() {
        writeln!(out, "\n{NO_PRODUCT}")?;
    }
    for product in &report.products {
        writeln!(out, "\n## {}\n", escape::markdown(&product.name))?;
        for (label, words) in lines(product, &mut quoted) {
            writeln!(out, "- **{}:** {}", capitalized(label), escape::markdown(&words))?;
        }
    }
    Ok(())
}

/// All that is said of a product: the advice first, then the facts, then the passages. A passage that was quoted for a product before
/// is named by its row only: many products often share one.
pub(super) fn lines(product: &ProductAdvice, quoted: &mut Vec<&'static str>) -> Vec<Line> {
    let mut lines = vec![("advice", format!("{} (row {})", product.advice.advice, product.advice.name))];
    lines.extend(product.open.clone().map(|open| ("open", open)));
    lines.extend(product.besides.iter().map(|row| ("besides", format!("{} (row {})", row.advice, row.name))));
    lines.push(("held", product.held.clone()));
    lines.push(("strategy", strategy(product)));
    let counted = product.counted.iter().filter(|(_, signs)| !signs.is_empty());
    lines.extend(counted.map(|(what, signs)| (label(what), signals(signs))));
    let (again, first): (Vec<_>, Vec<_>) = rows(product).partition(|row| quoted.contains(&row.name));
    lines.extend(first.iter().map(|row| ("why", format!("{} (row {})", cited(row.passage), row.name))));
    if !again.is_empty() {
        let names: Vec<&str> = again.iter().map(|row| row.name).collect();
        let (rows, are) = if names.len() == 1 { ("row", "is") } else { ("rows", "are") };
        lines.push(("why", format!("{rows} {} {are} backed by what is quoted above", joined(&names))));
    }
    quoted.extend(first.iter().map(|row| row.name));
    if let Some(passage) = product.dissent.first() {
        let is_known = quoted.contains(&passage.id);
        lines.push(("but", if is_known { "document 002 wants both roles, as quoted above".to_owned() } else { cited(passage) }));
        quoted.push(passage.id);
    }
    lines
}

fn label(what: &'static str) -> &'static str {
    if what == "warning signs" { "warnings" } else { what }
}

fn rows(product: &ProductAdvice) -> impl Iterator<Item = &'static catalogue::Advice> + '_ {
    [product.advice].into_iter().chain(product.besides.iter().copied())
}

fn strategy(product: &ProductAdvice) -> String {
    let missing = || format!("not recorded completely; missing: {}", product.missing_strategy.join(", "));
    match product.with_strategy {
        _ if product.missing_strategy.is_empty() => "recorded and owned".to_owned(),
        None => missing(),
        Some(row) => format!("{}. With all of it, row {} would hold: {}", missing(), row.name, row.advice),
    }
}

fn signals(signs: &[Sign]) -> String {
    let named: Vec<String> = signs.iter().map(|sign| format!("{} ({})", sign.signal.name, sign.on)).collect();
    format!("{} signal{}, {}", signs.len(), if signs.len() == 1 { "" } else { "s" }, named.join(", "))
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
    /// The row that would hold if nothing were missing, where that comes down to something else.
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
    super::json::write(&document, out)
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
