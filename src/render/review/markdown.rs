//! The document as Markdown that GitHub and others show: contents with links, tables, task lists and Mermaid drawings.

use super::mermaid::mermaid;
use super::words;
use crate::advise::AdviceReport;
use crate::catalogue::{Passage, Stance};
use crate::finding::{Finding, Severity};
use crate::matrix::Matrix;
use crate::org::capitalized;
use crate::parallel;
use crate::render::{advice, citation, escape, matrix};
use crate::report::counted;
use crate::review::actions::Actions;
use crate::review::cards::{Card, Measure};
use crate::review::changes::{Changed, Changes};
use crate::review::chart::Chart;
use crate::review::findings::{Block, Chapter};
use crate::review::models::ModelOf;
use crate::review::sources::Quoted;
use crate::review::summary::{Question, Summary};
use crate::review::{Part, Review};
use crate::sections::Place;
use crate::who::alone::AloneReport;
use crate::who::duty::Section;
use rustc_hash::FxHashSet;
use std::fmt::{Display, Write as _};
use std::io::{self, Write};

/// Writes the whole document.
pub fn markdown(review: &Review<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(Page::new(review).begin().as_bytes())?;
    for part in parallel::each(review.is_large, &review.parts, |part| Page::new(review).part(part)) {
        out.write_all(part.as_bytes())?;
    }
    Ok(())
}

/// The text of a part as it grows. Writing to text cannot fail, so the results of `write!` are left.
struct Page<'r> {
    review: &'r Review<'r>,
    text: String,
    /// The names that several products or teams have, which headings then show with their ids.
    shared: FxHashSet<&'r str>,
    /// The passages that were quoted in this part so far: the next time they are only named.
    quoted: FxHashSet<&'static str>,
}

impl<'r> Page<'r> {
    fn new(review: &'r Review<'r>) -> Self {
        Page { review, text: String::new(), shared: review.scopes.shared_names(), quoted: FxHashSet::default() }
    }

    fn line(&mut self, line: impl Display) {
        let _ = writeln!(self.text, "{line}");
    }

    /// A paragraph with an empty line before it.
    fn paragraph(&mut self, text: impl Display) {
        let _ = write!(self.text, "\n{text}\n");
    }

    fn heading(&mut self, level: usize, text: &str) {
        let _ = write!(self.text, "\n{} {text}\n", "#".repeat(level));
    }

    /// A heading for one of several places of a part, which tells it apart from the same place in other parts.
    fn place_heading(&mut self, level: usize, place: &Place, what: &str) {
        let name = self.name(&place.name, place.id());
        self.heading(level, &format!("{name}: {what}"));
    }

    /// What a product or team is called in headings: with the id, where several are called the same.
    fn name(&self, name: &str, id: &str) -> String {
        let id = if self.shared.contains(name) { format!(" ({id})") } else { String::new() };
        escape::markdown(&capitalized(&format!("{name}{id}")))
    }

    /// The title, the headline and the contents.
    fn begin(mut self) -> String {
        let review = self.review;
        self.text = format!("# {}\n", escape::markdown(&review.title));
        if let Some(Part::Summary(summary)) = review.parts.first() {
            self.paragraph(format_args!("**{}**", escape::markdown(&summary.headline)));
        }
        self.paragraph(format_args!("{}.", escape::markdown(&words::extent(review))));
        self.paragraph(words::ABOUT);
        for remark in &review.audit.remarks {
            self.paragraph(escape::markdown(remark));
        }
        if review.parts.len() > 1 {
            self.text.push('\n');
        }
        let title = slug(&review.title);
        for part in review.parts.iter().filter(|_| review.parts.len() > 1) {
            let heading = part.topic().heading();
            let again = if slug(heading) == title { "-1" } else { "" };
            self.line(format_args!("- [{heading}](#{}{again})", slug(heading)));
        }
        self.text
    }

    /// A part with its heading.
    fn part(mut self, part: &'r Part<'r>) -> String {
        self.heading(2, part.topic().heading());
        match part {
            Part::Summary(summary) => self.summary(summary),
            Part::Changes(changes) => self.changes(changes),
            Part::Rights(rights) => self.rights(&rights.sections),
            Part::Findings(chapters) => self.findings(chapters),
            Part::Matrix(matrix) => self.matrix(matrix),
            Part::People(cards) => self.people(cards),
            Part::Models(models) => self.models(models),
            Part::Hiring(advice) => self.hiring(advice),
            Part::Absence(alone) => self.absence(alone),
            Part::Accepted => self.accepted(),
            Part::Chart(chart) => self.chart(chart),
            Part::Actions(actions) => self.actions(actions),
            Part::Sources(sources) => self.sources(sources),
        }
        self.text
    }

    /// What a part says if it has nothing to show.
    fn nothing(&mut self, is_empty: bool, words: &str) {
        if is_empty {
            self.paragraph(words);
        }
    }

    fn summary(&mut self, summary: &Summary) {
        self.nothing(summary.questions.is_empty(), "No question is open.");
        let mut number = 0;
        for (severity, heading) in [(Severity::Error, "Settle first"), (Severity::Warning, "Settle next")] {
            let questions: Vec<&Question> = summary.questions.iter().filter(|question| question.severity == severity).collect();
            if questions.is_empty() {
                continue;
            }
            self.heading(3, heading);
            for question in questions {
                number += 1;
                self.question(number, question);
            }
        }
    }

    fn question(&mut self, number: usize, question: &Question) {
        self.heading(4, &format!("{number}. {}", escape::markdown(&question.text)));
        self.text.push('\n');
        let (facts, rest) = words::facts(question);
        for fact in facts {
            let place = fact.in_words().map(|places| format!(", for {}", escape::markdown(&places))).unwrap_or_default();
            let duty = fact.duty.as_ref().map(|duty| format!(" ({}{place})", escape::code(duty))).unwrap_or_default();
            self.line(format_args!("- {}{duty}", escape::markdown(&capitalized(&fact.text))));
        }
        if !rest.is_empty() {
            self.line(format_args!("- … and {} more, each among the findings", rest.len()));
        }
        if let Some(people) = words::involved(question) {
            self.paragraph(format_args!("Involves {}.", escape::markdown(&people)));
        }
    }

    fn changes(&mut self, changes: &Changes) {
        let before = escape::code(&changes.before);
        self.paragraph(format_args!("Compared with {before}. Findings: {}.", words::balance(changes)));
        let mut lead = "\n";
        for thing in &changes.things {
            self.line(format_args!("{lead}- {}", escape::markdown(&words::thing(thing))));
            lead = "";
        }
        self.nothing(changes.chapters.is_empty(), "No right and no finding changes.");
        for chapter in &changes.chapters {
            self.place_heading(3, &chapter.of, "changes");
            self.changed(chapter);
        }
    }

    fn changed(&mut self, changed: &Changed) {
        let rows = words::moves(changed);
        if !rows.is_empty() {
            self.line(heads(&words::HEADS_OF_MOVES));
        }
        for row in rows {
            let [right, what, before, after] = row.map(|cell| escape::markdown(&cell));
            self.line(format_args!("| {right} | {what} | {before} | {after} |"));
        }
        let mut lead = "\n";
        let vacated = changed.vacated.iter().map(|vacated| ("Nobody takes over", words::vacated(vacated)));
        let introduced = changed.introduced.iter().map(|finding| ("New gap", told(finding)));
        let fixed = changed.fixed.iter().map(|finding| ("Closed gap", told(finding)));
        for (label, text) in vacated.chain(introduced).chain(fixed) {
            self.line(format_args!("{lead}- **{label}:** {}", escape::markdown(&text)));
            lead = "";
        }
    }

    fn rights(&mut self, sections: &[Section]) {
        self.paragraph(words::ABOUT_RIGHTS);
        let disputes = self.review.disputes();
        let rows = |section: &Section| words::rights(section, disputes.get(&section.of.of));
        let tables: Vec<_> = sections.iter().map(|section| (section, rows(section))).collect();
        if tables.len() > 1 {
            self.line(heads(&["Product", "Settled", "Open"]));
            for (section, rows) in &tables {
                let (settled, of, open) = words::settled(rows);
                let open = if open.is_empty() { "–".to_owned() } else { open.join("; ") };
                self.line(format_args!("| {} | {settled} of {of} | {open} |", escape::markdown(&section.of.name)));
            }
        }
        for (section, rows) in &tables {
            if tables.len() > 1 {
                self.place_heading(3, &section.of, "key decisions");
            }
            self.line(heads(&words::HEADS_OF_RIGHTS));
            for row in rows {
                let places = row.places.as_ref().map(|places| format!(" ({places})")).unwrap_or_default();
                let asks = format!("{}{places}", row.asks);
                let [right, decides, input, tells] =
                    [&asks, &row.decides, &row.input, &row.tells].map(|cell| escape::markdown(cell));
                let bold = if row.is_open { "**" } else { "" };
                self.line(format_args!("| {right} | {bold}{decides}{bold} | {input} | {tells} |"));
            }
        }
    }

    fn findings(&mut self, chapters: &'r [Chapter]) {
        self.nothing(chapters.is_empty(), "No gaps were found.");
        if chapters.len() > 1 {
            self.line(heads(&["Where", "Errors", "Warnings", "Infos"]));
            for chapter in chapters {
                let [errors, warnings, infos] = Severity::ALL.map(|severity| chapter.count(&self.review.audit, severity));
                let name = escape::markdown(&chapter.of.name);
                self.line(format_args!("| {name} | {errors} | {warnings} | {infos} |"));
            }
        }
        for chapter in chapters {
            if chapters.len() > 1 {
                self.place_heading(3, &chapter.of, "findings");
            }
            let level = if chapters.len() > 1 { 4 } else { 3 };
            for group in &chapter.groups {
                if let Some(team) = &group.team {
                    self.place_heading(level, team, "findings");
                }
                self.text.push('\n');
                for block in &group.blocks {
                    self.block(block);
                }
            }
        }
    }

    /// The findings of one rule and severity at one place: what is wrong, why it matters, who disagrees, and what to write.
    fn block(&mut self, block: &Block) {
        let findings: Vec<&Finding> = block.findings.iter().filter_map(|at| self.review.audit.findings.get(*at)).collect();
        let Some(first) = findings.first() else { return };
        let lead = format!("- **{}** {}", capitalized(first.severity.word()), escape::code(first.rule.name));
        match findings.as_slice() {
            [only] => self.line(format_args!("{lead}: {}", self.told(only))),
            _ => self.line(format_args!(
                "{lead}, {}: {}",
                counted(findings.len(), "finding"),
                escape::markdown(first.rule.question)
            )),
        }
        for (stance, label) in [(Stance::Supports, "Why"), (Stance::Dissents, "But")] {
            let cited = words::cited(&findings, stance);
            if cited.is_empty() && stance == Stance::Supports {
                self.line(format_args!("  - **{label}:** {}", escape::markdown(first.rule.why)));
            }
            for passage in cited {
                let words = self.cited(passage);
                self.line(format_args!("  - **{label}:** {words}"));
            }
        }
        if let [only] = findings.as_slice() {
            self.details(only, "  ", true);
            return;
        }
        let shared = words::shared_fix(&findings);
        for finding in findings {
            self.line(format_args!("  - {}", self.told(finding)));
            self.details(finding, "    ", shared.is_none());
        }
        if let Some(fix) = shared {
            self.line(format_args!("  - **Fix:** {}", escape::markdown(fix)));
        }
    }

    /// A finding with its place.
    fn told(&self, finding: &Finding) -> String {
        let sources = self.review.audit.sources;
        let place = format!("{}:{}", sources.get(finding.at.file).path, sources.position(finding.at.start_point()).line);
        format!("{} ({})", escape::markdown(&capitalized(&finding.message)), escape::code(&place))
    }

    /// What the record says of itself, and what to write instead.
    fn details(&mut self, finding: &Finding, indent: &str, has_fix: bool) {
        if let Some(note) = &finding.note {
            self.line(format_args!("{indent}- **Note:** {}", escape::markdown(note)));
        }
        if has_fix {
            self.line(format_args!("{indent}- **Fix:** {}", escape::markdown(&finding.fix)));
        }
    }

    /// A passage in full; of one that was quoted before, its id, by which the sources have it.
    fn cited(&mut self, passage: &'static Passage) -> String {
        if self.quoted.insert(passage.id) {
            escape::markdown(&format!("\"{}\" — {}", passage.quote, citation(passage)))
        } else {
            format!("as quoted above, {}", passage.id)
        }
    }

    fn matrix(&mut self, matrix: &Matrix) {
        self.paragraph(format_args!("{}.", matrix::letters_in_words()));
        for section in &matrix.sections {
            if matrix.sections.len() > 1 {
                self.place_heading(3, &section.of, "duties and people");
            }
            self.text.push_str(&matrix::markdown_tables(matrix, section));
        }
    }

    fn people(&mut self, cards: &[Card]) {
        self.nothing(cards.is_empty(), "Nobody holds a seat or a right.");
        let mut lead = "\n";
        for card in cards {
            let about = card.in_words().map(|about| format!(" ({})", escape::markdown(&about))).unwrap_or_default();
            self.line(format_args!("{lead}- **{}**{about}", escape::markdown(&card.who.label)));
            lead = "";
            for (label, words) in words::card(card) {
                self.line(format_args!("  - {label}: {}", escape::markdown(&words)));
            }
            let load: Vec<String> = card.load.iter().map(measure).collect();
            if !load.is_empty() {
                self.line(format_args!("  - Load: {}", load.join("; ")));
            }
            if card.findings > 0 {
                self.line(format_args!("  - {}", words::concerned(card)));
            }
        }
    }

    fn models(&mut self, models: &[ModelOf]) {
        self.nothing(models.is_empty(), "No product is there.");
        if !models.is_empty() {
            self.paragraph(words::ABOUT_MODELS);
            self.line(heads(&["Product", "Model", "On top of it"]));
        }
        for ModelOf { of, models } in models {
            let codes: Vec<String> = models.iter().map(|model| escape::code(model.name)).collect();
            let Some((model, overlays)) = codes.split_first() else { continue };
            let overlays = if overlays.is_empty() { "–".to_owned() } else { overlays.join(", ") };
            self.line(format_args!("| {} | {model} | {overlays} |", escape::markdown(&of.name)));
        }
        for model in words::used(models) {
            let [meaning, changes] = [model.meaning, model.changes].map(escape::markdown);
            self.paragraph(format_args!("**{}:** {meaning} For the audit: {changes}", model.name));
        }
    }

    fn hiring(&mut self, advice: &AdviceReport<'_>) {
        self.nothing(advice.products.is_empty(), "No product is there to advise on.");
        let mut quoted = Vec::new();
        for product in &advice.products {
            if advice.products.len() > 1 {
                let name = self.name(&product.name, &product.product);
                self.heading(3, &format!("{name}: hiring"));
            }
            self.text.push('\n');
            for (label, words) in advice::lines(product, &mut quoted) {
                self.line(format_args!("- **{}:** {}", capitalized(label), escape::markdown(&words)));
            }
        }
    }

    fn absence(&mut self, alone: &AloneReport) {
        self.nothing(alone.people.is_empty(), "None of the seven key decisions is held by one person alone.");
        let mut lead = "\n";
        for person in &alone.people {
            let (title, lines) = words::absence(person);
            self.line(format_args!("{lead}- **{}**", escape::markdown(&title)));
            for (label, words) in lines {
                self.line(format_args!("  - {label}: {}", escape::markdown(&words)));
            }
            lead = "";
        }
    }

    fn accepted(&mut self) {
        let accepted: Vec<_> = self.review.audit.accepted().collect();
        self.nothing(accepted.is_empty(), "No risk is recorded as accepted.");
        if !accepted.is_empty() {
            self.line(heads(&["Rule", "What", "Because", "By", "Until"]));
        }
        for (finding, acceptance) in accepted {
            let by = acceptance.by.as_ref().map_or("–", |(_, name)| name.as_str());
            let until = acceptance.until.map_or_else(|| "–".to_owned(), |until| until.to_string());
            let [message, because, by] = [finding.message.as_str(), &acceptance.because, by].map(escape::markdown);
            self.line(format_args!("| {} | {message} | {because} | {by} | {until} |", escape::code(finding.rule.name)));
        }
    }

    fn chart(&mut self, chart: &Chart) {
        self.nothing(chart.drawings.is_empty(), "No product or team is there to draw.");
        for drawing in &chart.drawings {
            self.paragraph(format_args!("```mermaid\n{}\n```", mermaid(drawing).trim_end()));
        }
    }

    fn actions(&mut self, all: &[Actions]) {
        self.nothing(all.is_empty(), "Nothing has to be done.");
        for Actions { of, actions } in all {
            if all.len() > 1 {
                self.place_heading(3, of, "actions");
            }
            self.text.push('\n');
            for action in actions {
                let people = if action.people.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", escape::markdown(&words::names(&action.people)))
                };
                let about = action.about.as_ref().map(|about| format!("{}: ", escape::markdown(&capitalized(about))));
                self.line(format_args!("- [ ] {}{}{people}", about.unwrap_or_default(), escape::markdown(&action.fix)));
            }
        }
    }

    fn sources(&mut self, sources: &[Quoted]) {
        self.nothing(sources.is_empty(), "Nothing is cited.");
        for Quoted { document, passages } in sources {
            self.heading(3, &escape::markdown(&words::document(document)));
            self.text.push('\n');
            for passage in passages {
                let section = passage.section.trim_end_matches(':');
                let section = if section.is_empty() { String::new() } else { format!(" ({})", escape::markdown(section)) };
                self.line(format_args!("- {}: \"{}\"{section}", passage.id, escape::markdown(passage.quote)));
            }
        }
    }
}

/// The head of a table, with an empty line before it.
fn heads(heads: &[&str]) -> String {
    format!("\n| {} |\n|{}", heads.join(" | "), " --- |".repeat(heads.len()))
}

/// A finding in one sentence, with its severity.
fn told(finding: &Finding) -> String {
    format!("{}: {}", finding.severity.word(), finding.message)
}

/// How much somebody carries; too much stands out.
fn measure(measure: &Measure) -> String {
    let bold = if measure.is_beyond { "**" } else { "" };
    format!("{bold}{}{bold}", escape::markdown(&measure.words))
}

/// The anchor that a heading of plain words gets.
fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>().to_lowercase()
}
