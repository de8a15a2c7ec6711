//! A duty of the company of which no one is recorded as carrying it out, where others of its matrix have somebody.

use crate::org::{Covers, Record};
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "duty-without-doer",
    group: Group::Upkeep,
    severity: Severity::Info,
    otherwise: "",
    summary: "it is not recorded who carries out one of the company's own duties",
    why: "A matrix with an empty cell leaves open whether the decider does the work too, or nobody does.",
    question: "Who carries this out once it is decided?",
    fix: "Write who carries it out under `does`, also where that is the decider.",
    passages: &["D1-034"],
    also: &[],
    dissent: &[],
    yields_to: &[],
    fires: r#"
duties: {compliance.pci-signoff: Signs the yearly PCI statement, compliance.pci-audit: Runs the yearly audit}
people: {ann: Ann, lee: Lee}
products:
  checkout:
    name: Checkout
    responsibilities:
      compliance.pci-audit: {decides: ann, does: [lee]}
      compliance.pci-signoff: ann      #~ no one is recorded as carrying out compliance.pci-signoff of Checkout
"#,
    clean: r#"
duties: {compliance.pci-signoff: Signs the yearly PCI statement, compliance.pci-audit: Runs the yearly audit}
people: {ann: Ann, lee: Lee}
products:
  checkout:
    responsibilities: {compliance.pci-audit: ann, compliance.pci-signoff: ann}
  billing:
    responsibilities:
      compliance.pci-audit: {decides: ann, does: [lee]}
      compliance.pci-signoff: {not-applicable: no cards}
      release.decision: ann
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    // Where the company has no duties of its own, nothing came from a matrix.
    if org.duties().all(|(_, duty)| duty.built_in.is_some()) {
        return;
    }
    let of_products = org.audited_products().map(|(_, product)| &product.rights);
    let of_teams = org.audited_teams().map(|(_, team)| &team.rights);
    for map in [&org.rights].into_iter().chain(of_products).chain(of_teams) {
        let own = || map.iter().filter_map(|(covers, record)| Some((own_duty(org, *covers)?, &org[*record])));
        if own().any(|(_, record)| record.does.is_some()) {
            gaps.extend(own().filter(|(_, record)| lacks_doer(record)).map(|(duty, record)| gap(org, duty, record)));
        }
    }
}

/// One of the company's own duties, written by name.
fn own_duty(org: &Org<'_>, covers: Covers) -> Option<DutyIx> {
    match covers {
        Covers::Duty(duty) if org[duty].built_in.is_none() => Some(duty),
        Covers::Duty(_) | Covers::Area(_) => None,
    }
}

/// A duty that nobody decides is told as such; who would carry it out is no question then.
fn lacks_doer(record: &Record<'_>) -> bool {
    record.does.is_none() && record.decides.as_ref().is_some_and(|decides| !decides.named.is_empty())
}

fn gap(org: &Org<'_>, duty: DutyIx, record: &Record<'_>) -> Gap {
    let about = Subject::from(record.scope);
    let id = &org[duty].id;
    let message = format!("no one is recorded as carrying out {id} of {}", org.title(about));
    let fix = format!("Write `does: […]` beside `decides` of {id}, also where that is the decider.");
    Gap::new(about, record.at, message).duty(duty).note_of(record).fix(fix)
}
