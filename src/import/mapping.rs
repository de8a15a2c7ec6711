//! From the words of a chart to duties, seats and ids. Everything here suggests by wording, says by which, and is never surer
//! than that.

use super::words::{
    self, AGAINST, DEPARTMENTS, ENDINGS, FILLERS, GROUPS, Ids, PAIRS, PERSONS, PHRASES, Phrase, PhraseWord, QUALIFIERS,
    SEAT_HEADS, actor_id, fits, fits_any,
};
use crate::catalogue;
use crate::document::value;
use std::collections::BTreeSet;

/// Which built-in duty a task is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// None that its words tell: it is a duty of the company's own.
    None,
    /// The whole task is a wording of the duty.
    Exact(Match),
    /// Most of the task is one, or all of it is one that only suggests the duty.
    Likely(Match),
    /// Its words fit several duties equally well; the user has to say which. In the order of the catalogue.
    Ambiguous(Vec<Match>),
}

/// Why a task is taken for a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The id of the duty.
    pub duty: &'static str,
    /// The words of the task that name it, folded, in the task's order.
    pub words: Vec<String>,
    /// How many of them count, which fillers such as `the` do not.
    pub matched: usize,
    /// How many words of the task count.
    pub of: usize,
}

/// Who a head of a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The head as it is written, with blanks at most single.
    pub name: String,
    /// The id to declare it by, if it is free: [`Ids::take`] sees to that.
    pub id: String,
    /// The seat that it names.
    pub seat: Seating,
    /// Whether it is a group.
    pub is_group: bool,
    /// The word that says whether it is a group, folded; without one it is taken for a person.
    pub because: Option<String>,
    /// The names in it, if it holds several, such as `DPO` and `Security`: it is declared as one, and this is reported.
    pub parts: Vec<String>,
}

/// The seat that a head names. Seats are given by their word, such as `product-owner` or `developers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seating {
    /// It names no seat.
    None,
    /// It names this one.
    One(&'static str),
    /// It may mean several, such as `PM`.
    Unclear(Vec<&'static str>),
}

/// The built-in duty that a task is, by its wording.
///
/// Where each part of a list is a duty, the user says which of them the task is. Where the whole says nothing, what stands in
/// parentheses, behind a dash or behind a colon is an explanation: then the rest decides, and the duty is likely at best.
pub fn duty_of(task: &str) -> Mapping {
    let whole = Task::new(task);
    let mapping = mapped(&whole, &[]);
    if let Mapping::Ambiguous(_) = mapping {
        return mapping;
    }
    let parts = several(task);
    if parts.len() > 1 {
        return Mapping::Ambiguous(parts);
    }
    let head = before_explanation(task);
    let length = words::words(head).len();
    if mapping != Mapping::None || length == 0 {
        return mapping;
    }
    match mapped(&Task::new(head), whole.words.get(length..).unwrap_or_default()) {
        Mapping::Exact(found) => Mapping::Likely(found),
        other => other,
    }
}

/// The duties of a list such as `vision, strategy and roadmap`; none, if a part of it is none, or if all parts may be the same.
fn several(task: &str) -> Vec<Match> {
    let mut parts: Vec<Vec<Match>> = Vec::new();
    for part in listed(&task.to_lowercase()) {
        match mapped(&Task::new(&part), &[]) {
            Mapping::None => return Vec::new(),
            Mapping::Exact(one) | Mapping::Likely(one) => parts.push(vec![one]),
            Mapping::Ambiguous(some) => parts.push(some),
        }
    }
    let is_in_all = |one: &Match| parts.iter().all(|part| part.iter().any(|other| other.duty == one.duty));
    if parts.first().is_some_and(|part| part.iter().any(is_in_all)) {
        return Vec::new();
    }
    let mut found = parts.concat();
    in_order(&mut found);
    found.dedup_by_key(|found| found.duty);
    found
}

/// The parts of a list, be it of words or of signs.
fn listed(text: &str) -> Vec<String> {
    const BETWEEN: [&str; 10] = [" and ", " or ", " und ", " oder ", " et ", " ou ", " y ", " e ", " en ", " и "];
    let joined = BETWEEN.iter().fold(format!(" {text} "), |text, word| text.replace(word, ","));
    let parts = joined.split([',', ';', '&', '+', '/']).map(str::trim).filter(|part| !words::words(part).is_empty());
    parts.map(str::to_owned).collect()
}

/// Puts duties in the order of the catalogue.
fn in_order(found: &mut [Match]) {
    found.sort_by_key(|found| catalogue::DUTIES.iter().position(|known| known.id == found.duty));
}

/// What stands before an explanation; nothing, if there is none.
fn before_explanation(task: &str) -> &str {
    let sign = task.find(['(', '[', '—', '–', ':', ';']);
    let at = sign.into_iter().chain(task.find(" - ")).min();
    at.and_then(|at| task.get(..at)).unwrap_or_default()
}

/// A task as it is compared.
struct Task {
    words: Vec<String>,
    /// Whether the word of the same place counts.
    counts: Vec<bool>,
}

/// A phrase that fits a task.
struct Candidate {
    phrase: &'static Phrase,
    /// The places of the task's words that it covers.
    covered: BTreeSet<usize>,
    /// Those of them that count.
    counted: BTreeSet<usize>,
    exact: bool,
}

impl Task {
    fn new(text: &str) -> Task {
        let words = words::words(text);
        let counts = words.iter().map(|word| !fits_any(FILLERS, word) && !word.chars().all(char::is_numeric)).collect();
        Task { words, counts }
    }

    fn size(&self) -> usize {
        self.counts.iter().filter(|counts| **counts).count()
    }

    /// The phrase as a candidate, if it fits.
    fn fitted(&self, phrase: &'static Phrase, rest: &[String]) -> Option<Candidate> {
        // Nearly all phrases end here, and a sheet may hold thousands of tasks.
        let has = |wanted: &PhraseWord| wanted.optional || self.words.iter().any(|word| fits_any(wanted.any_of, word));
        if !phrase.words.iter().all(has) {
            return None;
        }
        let places = |wanted: &PhraseWord| -> Vec<usize> {
            let fitting = self.words.iter().enumerate().filter(|(_, word)| fits_any(wanted.any_of, word));
            fitting.map(|(place, _)| place).collect()
        };
        let mut required: Vec<Vec<usize>> = phrase.words.iter().filter(|word| !word.optional).map(places).collect();
        // Each word of the phrase needs a word of the task for itself; those with the least choice come first.
        required.sort_by_key(Vec::len);
        let mut taken = BTreeSet::new();
        for places in &required {
            taken.insert(*places.iter().find(|place| !taken.contains(*place))?);
        }
        let optional = phrase.words.iter().filter(|word| word.optional).flat_map(places);
        let covered: BTreeSet<usize> = required.iter().flatten().copied().chain(optional).collect();
        let is_against = |word: &String| phrase.without.iter().any(|unwanted| fits_any(unwanted.any_of, word));
        if self.others(&covered).chain(rest).any(is_against) {
            return None;
        }
        let counted: BTreeSet<usize> = covered.iter().copied().filter(|place| self.counts.get(*place) == Some(&true)).collect();
        let size = self.size();
        let exact = phrase.sure && counted.len() == size;
        // What only suggests a duty has to be the whole task; a question may be about less.
        let is_enough = if phrase.sure || phrase.duties.len() > 1 { 2 * counted.len() > size } else { counted.len() == size };
        (is_enough && size > 0).then_some(Candidate { phrase, covered, counted, exact })
    }

    /// The words whose places are not among these.
    fn others<'a>(&'a self, places: &BTreeSet<usize>) -> impl Iterator<Item = &'a String> {
        self.words.iter().enumerate().filter(|(place, _)| !places.contains(place)).map(|(_, word)| word)
    }

    fn explained(&self, candidate: &Candidate, duty: &'static str) -> Match {
        let words = candidate.covered.iter().filter_map(|place| self.words.get(*place).cloned()).collect();
        Match { duty, words, matched: candidate.counted.len(), of: self.size() }
    }
}

impl Candidate {
    /// Whether it says more than another: all that the other explains, and beyond; or the same, and from more words, or surer.
    fn beats(&self, other: &Candidate) -> bool {
        let rank = |candidate: &Candidate| (candidate.covered.len(), candidate.phrase.sure);
        match self.counted == other.counted {
            true => rank(self) > rank(other),
            false => self.counted.is_superset(&other.counted),
        }
    }
}

/// The mapping of a task. The rest are words that stand beside it and explain it.
fn mapped(task: &Task, rest: &[String]) -> Mapping {
    let mut fitting: Vec<Candidate> = PHRASES.iter().filter_map(|phrase| task.fitted(phrase, rest)).collect();
    // A word that makes another task of this one does not, where another phrase explains it: `planning and review` are two.
    let explained: BTreeSet<usize> = fitting.iter().flat_map(|candidate| &candidate.covered).copied().collect();
    if task.others(&explained).chain(rest).any(|word| fits_any(AGAINST, word)) {
        fitting.clear();
    }
    let best = fitting.iter().filter(|candidate| !fitting.iter().any(|other| other.beats(candidate)));
    let mut found: Vec<(&'static str, &Candidate)> = Vec::new();
    for candidate in best {
        for duty in candidate.phrase.duties {
            if !found.iter().any(|(known, _)| known == duty) {
                found.push((duty, candidate));
            }
        }
    }
    match found.as_slice() {
        [] => Mapping::None,
        [(duty, candidate)] if candidate.exact => Mapping::Exact(task.explained(candidate, duty)),
        [(duty, candidate)] => Mapping::Likely(task.explained(candidate, duty)),
        _ => {
            let mut found: Vec<Match> = found.into_iter().map(|(duty, candidate)| task.explained(candidate, duty)).collect();
            in_order(&mut found);
            Mapping::Ambiguous(found)
        }
    }
}

/// The id of a company's own duty: the task in an area made from the heading that it stands under, or in `own`. The areas of the
/// built-in duties are closed, so `Backlog` becomes `own-backlog`.
pub fn own_duty(heading: &str, task: &str, ids: &mut Ids) -> String {
    let area = words::slug(heading);
    let area = if area.is_empty() {
        "own".to_owned()
    } else if catalogue::DUTIES.iter().any(|duty| duty.area() == area) || value::is_ignored(&area) {
        format!("own-{area}")
    } else {
        area
    };
    let name = words::slug(task);
    ids.take(&format!("{area}.{}", if name.is_empty() { "unnamed" } else { &name }))
}

/// Who a head of a column is, by its wording.
pub fn head_of(head: &str) -> Head {
    let name = head.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = parts_of(&name);
    let seat = if parts.is_empty() { seat_of(&name) } else { Seating::None };
    let (is_group, because) = group_of(&name);
    Head { id: actor_id(&name), name, seat, is_group, because, parts }
}

/// The names in a head that holds several. A `/` parts any names that are not two words for one seat; `and`, commas and the like
/// part seats only, because `Security & Compliance Forum` is one body.
fn parts_of(head: &str) -> Vec<String> {
    let outside = outside_parentheses(head);
    let seats = |pieces: &[String]| -> Vec<Seating> { pieces.iter().map(|piece| seat_of(piece)).collect() };
    let by_slash = by_slash(&outside);
    if by_slash.len() > 1 {
        let seats = seats(&by_slash);
        let is_one = matches!(seats.first(), Some(Seating::One(_))) && seats.windows(2).all(|pair| pair[0] == pair[1]);
        return if is_one { Vec::new() } else { by_slash };
    }
    let by_comma = listed(&outside);
    let are_seats = by_comma.len() > 1 && seats(&by_comma).iter().all(|seat| *seat != Seating::None);
    if are_seats { by_comma } else { Vec::new() }
}

/// The names between which a `/` stands. Where it joins what is one, such as `UI/UX`, `N/A` or `Leiter/in`, it parts nothing.
fn by_slash(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in text.split(['/', '\\', '|', '／']).map(str::trim).filter(|piece| piece.contains(char::is_alphabetic)) {
        match names.last_mut().filter(|name| is_one_with(name, piece)) {
            Some(name) => *name = format!("{name}/{piece}"),
            None => names.push(piece.to_owned()),
        }
    }
    names
}

/// Whether a `/` between two texts joins what is one.
fn is_one_with(before: &str, after: &str) -> bool {
    let (before, after) = (words::words(before), words::words(after));
    let (Some(last), Some(first)) = (before.last(), after.first()) else { return false };
    let is_letter = |word: &str| word.chars().count() == 1;
    let is_ending = after.len() == 1 && ENDINGS.contains(&first.as_str());
    is_letter(last) || is_letter(first) || is_ending || PAIRS.contains(&format!("{last}/{first}").as_str())
}

/// The text without what stands in parentheses; all of it, if nothing else is there.
fn outside_parentheses(text: &str) -> String {
    let (mut outside, mut depth) = (String::new(), 0_usize);
    for letter in text.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    if words::words(&outside).is_empty() { text.to_owned() } else { outside }
}

/// The seat that a head names: alone, beside an explanation, or behind the name of who holds it.
fn seat_of(head: &str) -> Seating {
    let pieces: Vec<&str> =
        head.split(['(', ')', '[', ']', ':', '—', '–', ',', '/', '|']).flat_map(|piece| piece.split(" - ")).collect();
    let mut unclear = None;
    let mut found: Vec<&'static str> = Vec::new();
    for piece in pieces {
        let words = words::words(piece);
        let seats = seats_named(&words);
        match seats.as_slice() {
            // What stands beside a seat may be a name or a remark, but no other role.
            [] if words.iter().any(|word| speaks_of_role(word)) && seats_named(&words::words(head)).is_empty() => {
                return Seating::None;
            }
            [] => {}
            [seat] => found.push(seat),
            _ => unclear = Some(seats),
        }
    }
    found.sort_unstable();
    found.dedup();
    match (found.as_slice(), unclear) {
        ([seat], Some(seats)) if !seats.contains(seat) => Seating::Unclear([vec![*seat], seats].concat()),
        ([seat], _) => Seating::One(seat),
        ([], Some(seats)) => Seating::Unclear(seats),
        ([], None) => Seating::None,
        _ => Seating::Unclear(found),
    }
}

/// The seats whose wordings the words are, apart from qualifiers.
fn seats_named(words: &[String]) -> Vec<&'static str> {
    let mut seats: Vec<&'static str> = Vec::new();
    for head in &SEAT_HEADS {
        let has_all = head.words.iter().all(|wanted| words.iter().any(|word| fits(wanted, word)));
        let is_all = words.iter().all(|word| fits_any(head.words, word) || is_qualifier(word));
        if has_all && is_all && !seats.contains(&head.seat) {
            seats.push(head.seat);
        }
    }
    seats
}

/// Whether a word changes nothing about a seat that it stands beside; numbers tell several of a kind apart.
fn is_qualifier(word: &str) -> bool {
    fits_any(QUALIFIERS, word) || word.chars().all(char::is_numeric)
}

/// Whether a word says what somebody is rather than what somebody is called.
fn speaks_of_role(word: &str) -> bool {
    fits_any(GROUPS, word) || is_plural_of_person(word) || fits_any(PERSONS, word)
}

fn is_plural_of_person(word: &str) -> bool {
    let singulars = [word.strip_suffix('s'), word.strip_suffix("es")];
    let is_person = |singular: &str| singular.len() > 2 && fits_any(PERSONS, singular);
    singulars.into_iter().flatten().any(is_person) && !fits_any(PERSONS, word)
}

/// The words of a text that are abbreviations with the `s` of a plural, such as `SMEs`.
fn plural_abbreviations(text: &str) -> Vec<String> {
    let is_plural = |word: &&str| {
        word.strip_suffix('s')
            .is_some_and(|letters| letters.len() > 1 && letters.chars().all(|letter| letter.is_ascii_uppercase()))
    };
    text.split(|letter: char| !letter.is_alphanumeric()).filter(is_plural).map(words::folded).collect()
}

/// Whether a head is a group, and the word that says so.
fn group_of(head: &str) -> (bool, Option<String>) {
    const OF: [&str; 16] =
        ["of", "for", "von", "fur", "der", "des", "de", "du", "del", "do", "da", "di", "van", "voor", "to", "in"];
    let head = outside_parentheses(head);
    let words = words::words(&head);
    let abbreviations = plural_abbreviations(&head);
    let said = |words: &[String]| {
        let word = words.iter().rfind(|word| speaks_of_role(word) || abbreviations.contains(word))?;
        let is_group = fits_any(GROUPS, word) || is_plural_of_person(word) || abbreviations.contains(word);
        Some((is_group, Some(word.clone())))
    };
    // `Head of Teams` is a head, and `Board of Directors` a board.
    let before = words.iter().position(|word| OF.contains(&word.as_str())).unwrap_or(words.len());
    let department = || words.iter().rfind(|word| fits_any(DEPARTMENTS, word)).map(|word| (true, Some(word.clone())));
    said(words.get(..before).unwrap_or_default()).or_else(|| said(&words)).or_else(department).unwrap_or((false, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tasks as charts name them, and how they are mapped: `=` exact, `~` likely, `-` not at all, `?` open between several.
    const TASKS: &[(&str, &str)] = &[
        // Backlog
        ("Product Backlog ordering", "= backlog.order"),
        ("Prioritize the product backlog", "= backlog.order"),
        ("Backlog Prioritisation", "= backlog.order"),
        ("Order backlog items", "= backlog.order"),
        ("Prioritise user stories", "= backlog.order"),
        ("Decide the order of the Product Backlog", "= backlog.order"),
        ("PRIORITIZE_BACKLOG", "= backlog.order"),
        ("Backlog ordering (weekly)", "= backlog.order"),
        ("Prioritize backlog items by value", "~ backlog.order"),
        ("Facilitate backlog prioritization", "-"),
        ("Prioritize bugs", "-"),
        ("Order items", "-"),
        ("Order office supplies", "-"),
        ("Risk prioritization", "-"),
        ("Backlog grooming", "= backlog.refine"),
        ("Product Backlog Refinement", "= backlog.refine"),
        ("Refine user stories", "= backlog.refine"),
        ("Refinement sessions", "= backlog.refine"),
        ("Splitting stories", "= backlog.refine"),
        ("Attend backlog refinement", "-"),
        ("Refine requirements", "? requirements.needs backlog.refine"),
        ("Requirements refinement", "? requirements.needs backlog.refine"),
        ("Backlog refinement and prioritization", "? backlog.order backlog.refine"),
        ("Product backlog management", "= backlog.manage"),
        ("Maintain product backlog", "= backlog.manage"),
        ("Own the Product Backlog", "= backlog.manage"),
        ("Risk backlog", "-"),
        ("Sprint Backlog", "-"),
        ("Selecting items into the Sprint Backlog", "-"),
        ("Estimate backlog items", "-"),
        ("Write user stories", "? backlog.refine backlog.translate"),
        ("Translate the roadmap into backlog items", "= backlog.translate"),
        ("Explain backlog items to the team", "= backlog.understanding"),
        ("Clarify user stories", "= backlog.understanding"),
        ("Clarify requirements", "? backlog.understanding delivery.questions"),
        ("Feature request intake", "= backlog.intake"),
        ("Manage stakeholder requests", "= backlog.intake"),
        ("Service requests", "-"),
        ("Access request triage", "-"),
        ("Define acceptance criteria", "= backlog.acceptance"),
        ("Acceptance criteria for user stories", "= backlog.acceptance"),
        ("User acceptance testing", "-"),
        ("Accept user stories", "? backlog.acceptance delivery.review"),
        ("Definition of Done — setting/changing it", "-"),
        ("Declaring a Product Backlog Item \"Done\"", "-"),
        // Delivery
        ("Sprint planning", "= delivery.sprint"),
        ("Sprint Planning meeting", "= delivery.sprint"),
        ("Iteration planning", "= delivery.sprint"),
        ("Writing/refining a Sprint Goal", "= delivery.sprint"),
        ("Define sprint goal", "= delivery.sprint"),
        ("Facilitating Scrum events", "-"),
        ("Facilitate sprint planning", "-"),
        ("Sprint budget planning", "-"),
        ("Sprint planning and sprint review", "? delivery.sprint delivery.review"),
        ("Sprint Review — presenting the increment", "~ delivery.review"),
        ("Sprint review", "= delivery.review"),
        ("Sprint demo", "= delivery.review"),
        ("Accept increment", "= delivery.review"),
        ("Demo", "~ delivery.review"),
        ("Sales demo", "-"),
        ("Schedule sprint review", "-"),
        ("Code review", "-"),
        ("Leadership Review", "-"),
        ("Retrospective", "-"),
        ("Daily Stand Ups", "-"),
        ("Development execution", "-"),
        ("Testing & QA", "-"),
        ("Deciding *how* work gets done (technical approach)", "~ delivery.how"),
        ("Technical approach", "= delivery.how"),
        ("Technical decisions", "= delivery.how"),
        ("High Level Design", "-"),
        ("Architecture approval", "-"),
        ("Technical exception (≤ 90 days)", "-"),
        ("Removing team-level impediments", "-"),
        ("Removing organizational impediments", "-"),
        ("Coaching the team's process and practices", "-"),
        ("Answer developers' questions", "= delivery.questions"),
        ("Answer customer questions", "-"),
        ("Day-to-day trade-offs", "= delivery.tradeoffs"),
        ("Daily task priority", "-"),
        ("Represent the development team to the business", "= delivery.team-voice"),
        // Goal, value, release
        ("Define product goal", "= goal.define"),
        ("Product Goal", "= goal.define"),
        ("Define project goals", "-"),
        ("Annual goals", "-"),
        ("Communicate the Product Goal", "= goal.communicate"),
        ("Maximize product value", "= value.maximize"),
        ("Benefits realization", "-"),
        ("Release / go-live decision", "= release.decision"),
        ("Release decision", "= release.decision"),
        ("Approve release", "= release.decision"),
        ("Go-live approval", "= release.decision"),
        ("Go-live decision - mobile clients only", "~ release.decision"),
        ("Decide when to release", "= release.decision"),
        ("Release planning", "~ release.decision"),
        ("Communicate release decision", "-"),
        ("Release notes", "-"),
        ("Release deployment", "-"),
        ("Press release approval", "-"),
        ("Phase gate go/no-go", "-"),
        ("Deployment approval", "-"),
        ("Production change", "-"),
        ("batch certification", "-"),
        // Strategy, market, roadmap
        ("Product vision", "= strategy.vision"),
        ("Define and maintain product vision", "= strategy.vision"),
        ("Communicate product vision", "-"),
        ("Product vision and strategy", "? strategy.vision strategy.product"),
        ("Product vision, strategy & roadmap", "? strategy.vision strategy.product roadmap.shape"),
        ("Product vision and sales", "-"),
        ("Manage backlog and prioritise items", "? backlog.manage backlog.order"),
        ("Market and user research", "? market.discovery market.research"),
        ("Final release sign-off", "= release.decision"),
        ("Scrum events: Sprint planning", "-"),
        ("Product backlog: ordering", "= backlog.order"),
        ("Salary increment approval", "-"),
        ("Batch release decision", "-"),
        ("Clinical priority decisions", "-"),
        ("Define user stories and acceptance criteria", "? backlog.refine backlog.translate backlog.acceptance"),
        ("Define sprint goals and product goals", "? goal.define delivery.sprint"),
        ("Maintenance backlog prioritization", "-"),
        ("Backlog maintenance", "~ backlog.manage"),
        ("Answer stakeholder questions", "-"),
        ("Decide priorities", "? roadmap.priorities backlog.order priorities.conflict"),
        ("Computer vision model", "-"),
        ("Product strategy", "= strategy.product"),
        ("Strategy", "~ strategy.product"),
        ("Test strategy", "-"),
        ("Go-to-market strategy", "-"),
        ("Pricing strategy", "-"),
        ("Business case", "= strategy.business-case"),
        ("Use-case approval", "-"),
        ("Identify opportunities", "= strategy.opportunities"),
        ("Define desired outcomes", "= strategy.outcomes"),
        ("Scope, time and cost trade-offs", "= strategy.tradeoffs"),
        ("Product lifecycle management", "= strategy.lifecycle"),
        ("Software development lifecycle", "-"),
        ("Product discovery", "= market.discovery"),
        ("Customer interviews", "= market.discovery"),
        ("User research", "= market.discovery"),
        ("Market research", "= market.research"),
        ("Market analysis", "= market.research"),
        ("Competitive analysis", "= market.competition"),
        ("Voice of the customer", "= market.customer-voice"),
        ("Requirements gathering", "? market.discovery requirements.needs backlog.intake"),
        ("Business requirements", "~ requirements.needs"),
        ("Regulatory requirements", "-"),
        ("Create functional spec", "-"),
        ("Product roadmap", "= roadmap.shape"),
        ("Roadmap planning", "= roadmap.shape"),
        ("Technology roadmap", "-"),
        ("Roadmap prioritization", "= roadmap.priorities"),
        ("Prioritize initiatives on the roadmap", "= roadmap.priorities"),
        ("Roadmap approval", "? roadmap.shape roadmap.priorities"),
        ("Feature prioritization", "? roadmap.priorities backlog.order"),
        ("Epic management", "= roadmap.initiatives"),
        // Stakeholders, scope, results
        ("Stakeholder management", "= alignment.stakeholders"),
        ("Align stakeholders", "= alignment.stakeholders"),
        ("Stakeholder communication", "~ alignment.stakeholders"),
        ("Stakeholder communication cadence/plan", "-"),
        ("Draft communication plan", "-"),
        ("Scope change approval", "= scope.changes"),
        ("Approve change requests", "~ scope.changes"),
        ("Change control (CAB) (Change Manager sits in the PMO)", "-"),
        ("Define success metrics", "= results.metrics"),
        ("KPI definition", "~ results.metrics"),
        ("Track KPIs", "~ results.measure"),
        ("Measure product performance", "= results.measure"),
        ("Data quality review", "-"),
        ("Post-deployment monitoring", "-"),
        ("Act on customer feedback", "= results.learn"),
        ("Resolve priority conflicts", "= priorities.conflict"),
        ("Conflicting priorities", "= priorities.conflict"),
        ("Issue resolution", "-"),
        // People, programs, organization
        ("Hire product managers", "= people.manage"),
        ("Hiring, compensation, performance reviews of Developers", "-"),
        ("Hire into discipline", "-"),
        ("Annual review", "-"),
        ("Cross-team dependencies", "= program.coordination"),
        ("Dependency management", "= program.coordination"),
        ("Risk analysis", "-"),
        ("Status Report", "-"),
        ("Integrated plan & RAID", "-"),
        ("Program charter & funding", "-"),
        ("Roles and responsibilities", "~ org.role-design"),
        ("Product boundaries", "= org.products"),
        // What several charts taught
        ("Has final say over backlog priority", "= backlog.order"),
        ("Reprioritize backlog", "= backlog.order"),
        ("Prioritise and order the backlog", "= backlog.order"),
        ("Work order prioritization", "-"),
        ("Prioritize vulnerabilities", "-"),
        ("Order management", "-"),
        ("Vulnerability backlog management", "-"),
        ("Backlog visibility", "= backlog.manage"),
        ("Create backlog items", "? backlog.refine backlog.translate"),
        ("Backlog-Pflege", "? backlog.manage backlog.refine"),
        ("User story points", "-"),
        ("Epic breakdown", "= backlog.refine"),
        ("Definition of Ready", "= backlog.refine"),
        ("Feature refinement", "~ backlog.refine"),
        ("Mesh refinement", "-"),
        ("Translating customer needs into user stories", "= backlog.translate"),
        ("Clarify stories during the sprint", "? backlog.understanding delivery.questions"),
        ("Accept or reject feature requests", "= backlog.intake"),
        ("Patient intake", "-"),
        ("Verify acceptance criteria", "-"),
        ("Sample acceptance criteria", "-"),
        ("Story sign-off", "? backlog.acceptance delivery.review"),
        ("How to build it", "= delivery.how"),
        ("Architecture decisions", "~ delivery.how"),
        ("Technology selection", "~ delivery.how"),
        ("Technical evaluation of bids", "-"),
        ("Engineering design", "-"),
        ("Day-to-day decisions", "~ delivery.tradeoffs"),
        ("Product life-cycle management", "= strategy.lifecycle"),
        ("Approve product strategy", "~ strategy.product"),
        ("Product direction", "? strategy.vision strategy.product"),
        ("Cloud roadmap planning", "-"),
        ("Market risk analysis", "-"),
        ("Competency assessment", "-"),
        ("Identify customer needs", "? market.discovery requirements.needs"),
        ("Firewall change request approval", "-"),
        ("Public health program", "-"),
        ("Health program", "-"),
        ("Backlog health", "= backlog.manage"),
        ("Impact analysis", "-"),
        ("Process KPIs", "-"),
        ("Dependency updates", "-"),
        ("Project Manager", "-"),
        ("VISION AND STRATEGY", "? strategy.vision strategy.product"),
        // Other charts, other tongues
        ("Fairness testing", "-"),
        ("VALIDATE_DATA_QUALITY", "-"),
        ("APPROVE_MODEL_VERSION", "-"),
        ("CLOSE_CASE", "-"),
        ("Field mapping", "-"),
        ("stock allocation", "-"),
        ("Licensing / budget", "-"),
        ("", "-"),
        ("—", "-"),
        ("1.2.3", "-"),
        ("Backlog-Priorisierung", "= backlog.order"),
        ("Produktvision", "= strategy.vision"),
        ("Produktstrategie festlegen", "= strategy.product"),
        ("Wettbewerbsanalyse", "= market.competition"),
        ("Sprintplanung", "= delivery.sprint"),
        ("Akzeptanzkriterien definieren", "= backlog.acceptance"),
        ("Releasefreigabe", "= release.decision"),
        ("Vision du produit", "= strategy.vision"),
        ("Feuille de route produit", "= roadmap.shape"),
        ("Priorisation du backlog", "= backlog.order"),
        ("Critères d’acceptation", "= backlog.acceptance"),
        ("Étude de marché", "= market.research"),
        ("Visión del producto", "= strategy.vision"),
        ("Priorización del backlog", "= backlog.order"),
        ("Planificación del sprint", "= delivery.sprint"),
        ("Objetivo del producto", "= goal.define"),
        ("Criterios de aceptación", "= backlog.acceptance"),
        ("Priorización de historias de usuario", "= backlog.order"),
        ("Revisión de historias clínicas", "-"),
        ("Aprobar liberación de fondos", "-"),
        ("Gestão do backlog", "= backlog.manage"),
        ("Priorizar o backlog", "= backlog.order"),
        ("Visão do produto", "= strategy.vision"),
        ("Planejamento da sprint", "= delivery.sprint"),
        ("Mudanças de escopo", "= scope.changes"),
        ("Levantamento de requisitos", "? market.discovery requirements.needs backlog.intake"),
        ("Strategia di prodotto", "= strategy.product"),
        ("Criteri di accettazione", "= backlog.acceptance"),
        ("Analisi della concorrenza", "= market.competition"),
        ("Backlog verfijnen", "= backlog.refine"),
        ("Productvisie", "= strategy.vision"),
        ("Abnahme des Inkrements", "= delivery.review"),
        ("Scope-Änderungen freigeben", "= scope.changes"),
        ("Prioritätskonflikte lösen", "= priorities.conflict"),
        ("Priorytetyzacja backlogu", "= backlog.order"),
        ("Дорожная карта продукта", "= roadmap.shape"),
        ("Планирование спринта", "= delivery.sprint"),
        ("Критерии приёмки", "= backlog.acceptance"),
        ("Validation des user stories", "? backlog.acceptance delivery.review"),
        ("Accettazione user story", "? backlog.acceptance delivery.review"),
        ("Choix d’architecture", "~ delivery.how"),
        ("Erfolg messen", "= results.measure"),
        ("Definir métricas de éxito", "= results.metrics"),
        ("Kryteria akceptacji", "= backlog.acceptance"),
    ];

    fn shown(mapping: &Mapping) -> String {
        match mapping {
            Mapping::None => "-".to_owned(),
            Mapping::Exact(found) => format!("= {}", found.duty),
            Mapping::Likely(found) => format!("~ {}", found.duty),
            Mapping::Ambiguous(found) => found.iter().fold("?".to_owned(), |text, found| format!("{text} {}", found.duty)),
        }
    }

    #[test]
    fn tasks_are_mapped_by_their_wording() {
        let got: Vec<String> = TASKS.iter().map(|(task, _)| format!("{task} {}", shown(&duty_of(task)))).collect();
        let wanted: Vec<String> = TASKS.iter().map(|(task, mapping)| format!("{task} {mapping}")).collect();
        let wrong: Vec<_> = got.iter().zip(&wanted).filter(|(got, wanted)| got != wanted).collect();
        assert!(wrong.is_empty(), "got and wanted: {wrong:#?}");
    }

    /// Heads with their seat, kind and parts.
    const HEADS: &[(&str, &str)] = &[
        ("Product Owner", "the-product-owner, product-owner, person"),
        ("PO", "po, product-owner, person"),
        ("P.O.", "p-o, none, person"),
        ("Product Owner (PO)", "product-owner-po, product-owner, person"),
        ("Product Owner (business)", "product-owner-business, product-owner, person"),
        ("Product Owners", "product-owners, product-owner, group by owners"),
        ("Dana Ruiz (Product Owner)", "dana-ruiz-product-owner, product-owner, person"),
        ("Scrum Master: Lee", "scrum-master-lee, scrum-master, person"),
        ("Assistant (Product Owner)", "assistant-product-owner, none, person"),
        ("Proxy Product Owner", "proxy-product-owner, none, person"),
        ("Chief Product Owner", "chief-product-owner, none, person"),
        ("Product Owner Team", "product-owner-team, none, group by team"),
        ("Senior Product Manager", "senior-product-manager, product-manager, person"),
        ("Group Product Manager", "group-product-manager, none, person"),
        ("PM", "pm, product-manager or project-manager, person"),
        ("PM (Project Manager)", "pm-project-manager, project-manager, person"),
        ("PM-T", "pm-t, none, person"),
        ("TPM", "tpm, none, person"),
        ("PMM", "pmm, product-marketing-manager, person"),
        ("Project Manager", "the-project-manager, project-manager, person"),
        ("Program Manager", "program-manager, none, person"),
        ("Projektleiter", "projektleiter, project-manager, person"),
        ("Chef de projet", "chef-de-projet, project-manager, person"),
        ("SM", "sm, scrum-master, person"),
        ("Developers", "the-developers, developers, group by developers"),
        ("Development Team", "development-team, developers, group by team"),
        ("Entwicklungsteam", "entwicklungsteam, developers, group by entwicklungsteam"),
        ("Équipe de développement", "equipe-de-developpement, developers, group by equipe"),
        ("Lead SDE", "lead-sde, none, person"),
        ("QA Team", "qa-team, none, group by team"),
        ("Team Lead", "team-lead, none, person"),
        ("Stakeholders", "stakeholders, none, group by stakeholders"),
        ("Steering Committee", "steering-committee, none, group by committee"),
        ("Steering Committee Chair", "steering-committee-chair, none, person"),
        ("Supply Governance Board", "supply-governance-board, none, group by board"),
        ("Security & Compliance Forum", "security-compliance-forum, none, group by forum"),
        ("Cloud CAB", "cloud-cab, none, group by cab"),
        ("Design Authority", "design-authority, none, group by authority"),
        ("Pod co-leaders (jointly)", "pod-co-leaders-jointly, none, group by leaders"),
        ("Head of Product", "head-of-product, none, person"),
        ("Head of Teams", "head-of-teams, none, person"),
        ("Board of Directors", "board-of-directors, none, group by board"),
        ("Executive Sponsor", "executive-sponsor, none, person"),
        ("Service Desk", "service-desk, none, group by desk"),
        ("Security", "security, none, group by security"),
        ("Internal Audit", "internal-audit, none, group by audit"),
        ("Business", "business, none, group by business"),
        ("Business Owner", "business-owner, none, person"),
        ("EU Qualified Person", "eu-qualified-person, none, person"),
        ("DATA_STEWARD", "data-steward, none, person"),
        ("LEGAL", "legal, none, group by legal"),
        ("AR", "ar, none, person"),
        ("Customers", "the-customers, none, group by customers"),
        ("DPO/Security", "dpo-security, none, person; DPO + Security"),
        ("SA/PO", "sa-po, none, person; SA + PO"),
        ("AI/Product Team", "ai-product-team, none, group by team; AI + Product Team"),
        ("Line/People Manager", "line-people-manager, none, person; Line + People Manager"),
        ("PO/Product Owner", "po-product-owner, product-owner, person"),
        ("Product Owner & Scrum Master", "product-owner-scrum-master, none, person; Product Owner + Scrum Master"),
        ("Product Owner 2", "product-owner-2, product-owner, person"),
        ("Product Owner (proxy)", "product-owner-proxy, none, person"),
        ("Product Owner: Dana", "product-owner-dana, product-owner, person"),
        ("Product Management", "product-management, none, group by management"),
        ("Business Development", "business-development, none, group by development"),
        ("Front-end Developers", "front-end-developers, developers, group by developers"),
        ("Client PM", "client-pm, none, person"),
        ("24/7 Support", "24-7-support, none, group by support"),
        ("Legal & Compliance", "legal-compliance, none, group by compliance"),
        ("POs", "pos, product-owner, group by pos"),
        ("PMs", "pms, product-manager or project-manager, group by pms"),
        ("SMEs", "smes, none, group by smes"),
        ("Legal/IP reviewer", "legal-ip-reviewer, none, person; Legal + IP reviewer"),
        ("N/A", "n-a, none, person"),
        ("M/O/C", "m-o-c, none, person"),
        ("UI/UX Designer", "ui-ux-designer, none, person"),
        ("CI/CD Engineer", "ci-cd-engineer, none, person"),
        ("QA/QC", "qa-qc, none, group by qc"),
        ("CEO/Founder", "ceo-founder, none, person; CEO + Founder"),
        ("Projektleiter/in", "projektleiter-in, project-manager, person"),
        ("Produktmanager*in", "produktmanager-in, product-manager, person"),
        ("Entwickler*innen", "entwickler-innen, developers, group by innen"),
        ("Teamleiterin", "teamleiterin, none, person"),
        ("Business SME", "business-sme, none, person"),
        ("Data Eng", "data-eng, none, person"),
        ("Security WG", "security-wg, none, group by wg"),
        ("Projektteam", "projektteam, none, group by projektteam"),
        ("Rechtsabteilung", "rechtsabteilung, none, group by rechtsabteilung"),
        ("Fachabteilung", "fachabteilung, none, group by fachabteilung"),
        ("C-suite", "c-suite, none, group by suite"),
        ("RevOps", "revops, none, group by revops"),
        ("QA Mgr", "qa-mgr, none, person"),
        ("Backend", "backend, none, group by backend"),
        ("Backend Engineers", "backend-engineers, developers, group by engineers"),
        ("Comité de pilotage", "comite-de-pilotage, none, group by comite"),
        ("Responsable produit", "responsable-produit, product-manager, person"),
        ("Dirección", "direccion, none, group by direccion"),
        ("Diseñadores", "disenadores, none, group by disenadores"),
        ("Dono do Produto", "dono-do-produto, product-owner, person"),
        ("Gerente de Projeto", "gerente-de-projeto, project-manager, person"),
        ("Sviluppatori", "sviluppatori, developers, group by sviluppatori"),
        ("Stuurgroep", "stuurgroep, none, group by stuurgroep"),
        ("Владелец продукта", "владелец-продукта, product-owner, person"),
        ("Anna Team-Müller", "anna-team-muller, none, group by team"),
        ("Max Mustermann", "max-mustermann, none, person"),
        ("  Product \n Owner ", "the-product-owner, product-owner, person"),
        ("", "unnamed, none, person"),
    ];

    #[test]
    fn heads_are_read_by_their_wording() {
        let shown = |head: &str| {
            let Head { id, seat, is_group, because, parts, .. } = head_of(head);
            let seat = match seat {
                Seating::None => "none".to_owned(),
                Seating::One(seat) => seat.to_owned(),
                Seating::Unclear(seats) => seats.join(" or "),
            };
            let kind = if is_group { format!("group by {}", because.unwrap_or_default()) } else { "person".to_owned() };
            let parts = if parts.is_empty() { String::new() } else { format!("; {}", parts.join(" + ")) };
            format!("{id}, {seat}, {kind}{parts}")
        };
        let wrong: Vec<_> =
            HEADS.iter().map(|(head, wanted)| (head, shown(head), wanted)).filter(|(_, got, wanted)| got != *wanted).collect();
        assert!(wrong.is_empty(), "head, got and wanted: {wrong:#?}");
    }

    #[test]
    fn a_mapping_says_which_words_made_it() {
        let Mapping::Likely(found) = duty_of("Prioritize the backlog by value") else { panic!("not likely") };
        assert_eq!(found, Match { duty: "backlog.order", words: vec!["prioritize".into(), "backlog".into()], matched: 2, of: 3 });
    }

    #[test]
    fn every_phrase_means_its_duty_when_it_stands_alone() {
        for phrase in &PHRASES {
            let words: Vec<String> = phrase.words.iter().map(|word| word.any_of[0].replace('*', "")).collect();
            let task = words.join(" ");
            let shown = shown(&duty_of(&task));
            assert!(phrase.duties.iter().all(|duty| shown.contains(duty)), "`{task}` of {:?} is read as {shown}", phrase.duties);
        }
    }

    #[test]
    fn own_duties_keep_out_of_the_areas_that_are_built_in() {
        let mut ids = Ids::default();
        let ids = [
            ("", "Code review"),
            ("Risk Management", "Risk analysis"),
            ("Backlog", "Bug triage"),
            ("", "Code Review!"),
            ("", "—"),
        ]
        .map(|(heading, task)| own_duty(heading, task, &mut ids));
        assert_eq!(
            ids,
            ["own.code-review", "risk-management.risk-analysis", "own-backlog.bug-triage", "own.code-review-2", "own.unnamed"]
        );
    }

    proptest::proptest! {
        /// Whatever a cell holds: what is matched stands in it, a question offers a choice, and an id can be declared.
        #[test]
        fn any_text_is_mapped_in_words_of_its_own(
            text in proptest::prop_oneof![".{0,40}", "((sprint|backlog|review|order|and|/|\\(|—|product|goal|roadmap) ?){0,8}"],
        ) {
            let said = words::words(&text);
            let found = match duty_of(&text) {
                Mapping::None => Vec::new(),
                Mapping::Exact(found) | Mapping::Likely(found) => vec![found],
                Mapping::Ambiguous(found) => {
                    proptest::prop_assert!(found.windows(2).all(|pair| pair[0].duty != pair[1].duty) && found.len() > 1);
                    found
                }
            };
            for found in found {
                proptest::prop_assert!(found.words.iter().all(|word| said.contains(word)));
                proptest::prop_assert!(found.matched > 0 && found.matched <= found.of);
            }
            let id = head_of(&text).id;
            proptest::prop_assert!(!id.is_empty() && id.chars().all(|letter| letter.is_alphanumeric() || letter == '-'), "{id}");
            proptest::prop_assert!(!crate::document::value::is_reserved(&id));
        }
    }
}
