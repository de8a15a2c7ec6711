//! A title that names a role which the person does not hold.

use crate::document::value::Day;
use crate::org::Person;
use crate::rules::prelude::*;
use crate::source::Span;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    name: "title-role-mismatch",
    group: Group::Ownership,
    severity: Severity::Info,
    otherwise: "",
    summary: "a title names a role that the person does not hold",
    why: "Colleagues read a title as a promise of who decides; where it promises another role, they ask the wrong person.",
    question: "Which role goes with the work, whatever the title says?",
    fix: "Nothing has to change; if the person does have the role, record the seat.",
    passages: &["D1-006", "D1-007", "D4-342"],
    also: &["D4-006", "D4-103", "D4-181", "D4-262", "D4-332"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people:
  ann: {name: Ann, title: Senior Product Owner}       #~ the title of Ann says product owner, but Ann holds the seat of product manager
  ben: {name: Ben, title: Group Product-Manager}      #~ the title of Ben says product manager, but Ben holds no seat
  wim: {name: Wim, title: Product Manager}            #~ the title of Wim says product manager, but Wim held that seat until 2026-09-30 and now holds no seat
products:
  checkout: {name: Checkout, product-manager: ann}
  maps: {name: Maps, product-manager: {person: wim, until: 2026-09-30}}
"#,
    clean: r#"
people:
  ann: {name: Ann, title: Product Manager}
  ben: {name: Ben, title: Head of Development}
  kim: Kim
products:
  checkout: {product-manager: ann, product-owner: ann, project-manager: kim}
"#,
    check,
};

/// The seats whose names are titles too.
const TITLES: [SeatKind; 3] = [SeatKind::ProductOwner, SeatKind::ProductManager, SeatKind::ProjectManager];

/// Words of a title that say how senior somebody is, not what the work is.
const RANKS: [&str; 7] = ["senior", "lead", "head", "chief", "junior", "group", "principal"];

/// The seats that somebody held, and until when.
type Ended = BTreeMap<PersonIx, Vec<(SeatKind, Day)>>;

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let ended = ended(org);
    for (person, facts) in org.people() {
        let Some(title) = &facts.facts.title else { continue };
        let title = &title.value;
        let named = without_ranks(&title.text);
        let missing: Vec<SeatKind> =
            TITLES.into_iter().filter(|seat| named.contains(seat.title()) && !facts.holds(*seat)).collect();
        if !missing.is_empty() {
            let left = ended.get(&person).map_or(&[][..], Vec::as_slice);
            gaps.add(gap(person, facts, title.at, &missing, left));
        }
    }
}

/// Everybody whose time in a seat is over.
fn ended(org: &Org<'_>) -> Ended {
    let of_products = org.products().flat_map(|(_, product)| &product.seats);
    let of_teams = org.teams().flat_map(|(_, team)| &team.seats);
    let mut ended = Ended::new();
    for (kind, seat) in of_products.chain(of_teams) {
        for (actor, until) in &seat.ended {
            if let Actor::Person(person) = actor {
                ended.entry(*person).or_default().push((*kind, *until));
            }
        }
    }
    ended
}

fn gap(person: PersonIx, facts: &Person<'_>, at: Span, missing: &[SeatKind], ended: &[(SeatKind, Day)]) -> Gap {
    let name = facts.name();
    let mut held: Vec<&str> = facts.seats.iter().map(|held| held.kind.title()).collect();
    held.sort_unstable();
    held.dedup();
    let seats = match held.as_slice() {
        [] => "no seat".to_owned(),
        [one] => format!("the seat of {one}"),
        several => format!("the seats of {}", joined(several)),
    };
    let titles: Vec<&str> = missing.iter().copied().map(SeatKind::title).collect();
    let says = format!("the title of {name} says {}", joined(&titles));
    let words: Vec<String> = missing.iter().map(|seat| format!("`{}: {}`", seat.word(), facts.id.id)).collect();
    // Who left the seat last year may have kept the title.
    let left = match missing {
        [only] => ended.iter().filter(|(kind, _)| kind == only).map(|(_, until)| until).max_by_key(|until| until.date),
        _ => None,
    };
    let gap = match left {
        Some(until) => {
            let message = format!("{says}, but {name} held that seat until {} and now holds {seats}", until.date);
            let fix =
                format!("Nothing has to change; if {name} still does that work, write a later `until` at the seat, or none.");
            Gap::new(Subject::Person(person), at, message).fix(fix).label(until.at, "the last day in the seat")
        }
        None => {
            let fix =
                format!("Nothing has to change; if {name} does that work, write {} under the product or team.", joined(&words));
            Gap::new(Subject::Person(person), at, format!("{says}, but {name} holds {seats}")).fix(fix)
        }
    };
    facts.seats.iter().fold(gap, |gap, held| gap.label(held.at, "holds this seat"))
}

/// A title in lower case, with hyphens as blanks, and without the words for ranks.
fn without_ranks(title: &str) -> String {
    let title = title.to_lowercase().replace('-', " ");
    let words: Vec<&str> = title.split_whitespace().filter(|word| !RANKS.contains(word)).collect();
    words.join(" ")
}
