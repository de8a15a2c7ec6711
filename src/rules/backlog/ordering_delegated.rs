//! A backlog whose order the developers set on behalf of its owner.

use crate::org::seats::Holder;
use crate::rules::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "ordering-delegated",
    group: Group::Backlog,
    severity: Severity::Info,
    otherwise: "warning where fewer than two teams work on the product, where the product has no goal, and where the developers decide the \
                order instead of only setting it",
    summary: "developers set the order of a backlog that somebody else owns",
    why: "It frees the owner for other work. But an order made without the goal and the customers in view follows what is \
          interesting to build.",
    question: "May the developers set the order of the work, and what guides them?",
    fix: "Keep the owner under `decides` of backlog.order and the developers under `does`, and give them the goal; or take the \
          ordering back.",
    passages: &["D1-045"],
    also: &["D1-044", "D1-046"],
    dissent: &["D1-049", "D1-051", "D1-052", "D1-053", "D1-025"],
    yields_to: &[&super::backlog_without_owner::RULE],
    fires: r#"
people: {ann: Ann, ben: Ben, tom: Tom, eva: Eva, jo: Jo, kay: Kay}
products:
  checkout:
    name: Checkout
    goal: Fewer abandoned baskets
    product-owner: ann
    responsibilities:
      backlog.order: {decides: ann, does: [core]}    #~ Core sets the order of the backlog of Checkout for Ann, who owns it; 2 teams work on Checkout
  search:
    name: Search
    product-owner: ann
    responsibilities:
      backlog.order: {does: developers}              #~ Find sets the order of the backlog of Search for Ann, who owns it; no Product Goal is recorded for Search
  maps:
    name: Maps
    goal: Everybody finds home
    product-owner: ann
    responsibilities:
      backlog.order: developers                      #~ Draw decides the order of the backlog of Maps, which Ann owns
  games:
    name: Games
    goal: Everybody plays again
    product-owner: [ann, ben]
    responsibilities:
      backlog.order: {decides: ann, does: [tom, eva]}   #~ Eva and Tom set the order of the backlog of Games for Ann and Ben, who own it; 1 team works on Games
  books:
    name: Books
    goal: Everybody reads on
    product-owner: [ann, ben]
    responsibilities:
      backlog.order: [jo, kay]                       #~ Jo and Kay decide the order of the backlog of Books, which Ann and Ben own
  songs:
    name: Songs
    goal: Everybody sings
    product-owner: ann
    responsibilities: {backlog.order: {does: developers}}   #~ the developers of 4 teams set the order of the backlog of Songs for Ann, who owns it; 4 teams work on Songs
teams:
  s1: {name: One, product: songs}
  s2: {name: Two, product: songs}
  s3: {name: Three, product: songs}
  s4: {name: Four, product: songs}
  play: {product: games, developers: [tom, eva]}
  read: {product: books, developers: [jo, kay]}
  lab:
    name: Lab
    backlog: lab
    product-owner: ann
    responsibilities:
      backlog.order: {decides: ann, does: developers}   #~ Lab sets the order of the backlog of Lab for Ann, who owns it; no product is recorded that it is for
  core: {name: Core, product: checkout}
  web: {name: Web, product: checkout}
  find: {name: Find, product: search}
  draw: {name: Draw, product: maps}
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:
    product-manager: kim
    product-owner: ann
    responsibilities: {backlog.order: {decides: ann, does: [kim]}}
  search:
    product-manager: kim
    responsibilities: {backlog.order: {decides: kim, does: developers}}
teams:
  core: {product: checkout}
  find: {product: search}
"#,
    check,
};

const DUTY: DutyIx = duties::BACKLOG_ORDER;

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let real = org.audited_backlogs().filter(|(_, backlog)| backlog.view_of.is_none());
    gaps.extend(real.filter_map(|(backlog, _)| delegated(org, backlog)));
}

fn delegated(org: &Org<'_>, backlog: BacklogIx) -> Option<Gap> {
    let decision = org.decision(DUTY, Subject::Backlog(backlog));
    let decide = decision.deciders().iter().filter(|decider| org.builds_from(decider.actor, backlog));
    let decide: Vec<Holder> = decide.map(|decider| Holder { actor: decider.actor, at: decider.at }).collect();
    let mut set = org.delegates(backlog);
    set.retain(|delegate| org.builds_from(delegate.actor, backlog));
    if decide.is_empty() && set.is_empty() {
        return None;
    }
    // Of a group in the seat another rule speaks.
    let owners: Vec<Holder> = org.owners(backlog).iter().copied().filter(|owner| org.is_one_person(owner.actor)).collect();
    let first = owners.first()?;
    let gap =
        if decide.is_empty() { of_delegates(org, backlog, &set, &owners) } else { of_deciders(org, backlog, &decide, &owners) };
    let record = decision.records.first().map(|record| &org[*record]);
    let gap = record.into_iter().fold(gap, |gap, record| gap.note_of(record));
    Some(gap.duty(DUTY).label(first.at, "owns the backlog"))
}

/// The developers decide: what was to be done on somebody's behalf is recorded as theirs.
fn of_deciders(org: &Org<'_>, backlog: BacklogIx, developers: &[Holder], owners: &[Holder]) -> Gap {
    let subject = Subject::Backlog(backlog);
    let decide = if developers.len() == 1 { "decides" } else { "decide" };
    let own = if owners.len() == 1 { "owns" } else { "own" };
    let message =
        format!("{} {decide} the order of {}, which {} {own}", names(org, developers), org.title(subject), names(org, owners));
    let records = &org.decision(DUTY, subject).answered_by;
    let place = records.first().map_or(subject, |record| org[*record].scope.into());
    let fix = format!(
        "Write `backlog.order: {{decides: product-owner, does: [{}]}}` under `responsibilities` of {}: the owner stays \
         accountable, and the developers may still set the order.",
        words(org, backlog, developers).join(", "),
        org.path(place)
    );
    gap(org, subject, developers, message).severity(Severity::Warning).fix(fix)
}

fn of_delegates(org: &Org<'_>, backlog: BacklogIx, developers: &[Holder], owners: &[Holder]) -> Gap {
    let subject = Subject::Backlog(backlog);
    let products = &org[backlog].products;
    let teams: BTreeSet<TeamIx> = products.iter().flat_map(|product| org[*product].teams.iter().copied()).collect();
    let aimless = products.iter().find(|product| org[**product].facts.goal.is_none());
    let set = if developers.len() == 1 { "sets" } else { "set" };
    let own = if owners.len() == 1 { "owns" } else { "own" };
    let mut message =
        format!("{} {set} the order of {} for {}, who {own} it", names(org, developers), org.title(subject), names(org, owners));
    let is_at_scale = teams.len() >= 2;
    let of = joined(&products.iter().map(|product| org[*product].name()).collect::<Vec<_>>());
    message.push_str(&match (aimless, teams.len()) {
        (Some(product), _) => format!("; no Product Goal is recorded for {}", org[*product].name()),
        (None, 0) => "; no product is recorded that it is for".to_owned(),
        (None, 1) => format!("; 1 team works on {of}"),
        (None, teams) => format!("; {teams} teams work on {of}"),
    });
    let is_fine = is_at_scale && aimless.is_none();
    let severity = if is_fine { Severity::Info } else { Severity::Warning };
    let fix = match aimless {
        Some(product) => format!(
            "Write `goal: …` under products.{}, so that the developers know what the order is for; or delete `does` from \
             backlog.order.",
            org[*product].id.id
        ),
        None if is_at_scale => {
            "Keep the owner accountable in writing, as it is; and give the developers the goal and the customers' context."
                .to_owned()
        }
        None => "Delete `does` from backlog.order, and let the owner set the order.".to_owned(),
    };
    gap(org, subject, developers, message).severity(severity).fix(fix)
}

fn gap(org: &Org<'_>, subject: Subject, developers: &[Holder], message: String) -> Gap {
    let at = developers.first().map_or(org.place(subject), |holder| holder.at);
    developers.iter().fold(Gap::new(subject, at, message), |gap, holder| gap.label(holder.at, "so do these developers"))
}

/// Their names, or how many teams they are where names would make it long.
fn names(org: &Org<'_>, holders: &[Holder]) -> String {
    let are_teams = holders.iter().all(|holder| matches!(holder.actor, Actor::Team(_)));
    match holders {
        [_, _, _, _, ..] if are_teams => format!("the developers of {} teams", holders.len()),
        _ => org.names(holders.iter().map(|holder| holder.actor)),
    }
}

/// What to write for developers: their ids, or the word for all who work from a backlog.
fn words<'o>(org: &'o Org<'_>, backlog: BacklogIx, developers: &[Holder]) -> Vec<&'o str> {
    let teams = developers.iter().filter(|holder| matches!(holder.actor, Actor::Team(_))).count();
    if teams > 0 && teams == org[backlog].teams.len() {
        return vec!["developers"];
    }
    let mut ids: Vec<&str> = developers.iter().map(|holder| org.actor_id(holder.actor)).collect();
    ids.sort_unstable();
    ids
}
