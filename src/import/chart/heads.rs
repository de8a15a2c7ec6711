//! What the words of headings say about the columns or lines under them.

use crate::import::letters::{self, Sense, Sign, folded, words};

const TASK: &[&str] = &[
    "task",
    "activit",
    "deliverab",
    "decision",
    "step",
    "dut",
    "action",
    "process",
    "proces",
    "prozess",
    "function",
    "milestone",
    "item",
    "work",
    "topic",
    "what",
    "responsibilit",
    "aufgab",
    "tatig",
    "aktivit",
    "entscheid",
    "arbeitspak",
    "thema",
    "tach",
    "livrable",
    "tare",
    "activid",
    "ativid",
    "attivit",
    "compit",
    "entregab",
    "taak",
    "taken",
    "uppgift",
    "zadan",
    "задач",
    "процесс",
    "任务",
    "活动",
    "タスク",
    "作業",
];
const ROLE: &[&str] = &[
    "role",
    "rolle",
    "person",
    "people",
    "who",
    "team",
    "stakeholder",
    "actor",
    "member",
    "position",
    "department",
    "participant",
    "assignee",
    "resource",
    "employee",
    "mitarbeiter",
    "rol",
    "ruolo",
    "papel",
    "роль",
    "角色",
    "担当",
];
const SECTION: &[&str] = &[
    "phase",
    "area",
    "categor",
    "group",
    "stage",
    "workstream",
    "stream",
    "domain",
    "theme",
    "epic",
    "bereich",
    "kategor",
    "fase",
    "section",
];
const EXTRA: &[&str] = &[
    "sla",
    "status",
    "evidence",
    "note",
    "comment",
    "remark",
    "description",
    "due",
    "date",
    "deadline",
    "priorit",
    "risk",
    "link",
    "url",
    "version",
    "frequency",
    "tool",
    "cost",
    "effort",
    "duration",
    "start",
    "end",
    "target",
    "metric",
    "kpi",
    "bemerk",
    "kommentar",
    "beschreib",
    "nota",
    "observa",
    "class",
    "score",
    "total",
    "sum",
    "count",
    "gesamt",
    "rating",
    "grade",
    "%",
];
const ID: &[&str] = &["id", "no", "nr", "num", "number", "ref", "wbs", "code", "seq", "lfd"];

fn begins(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem))
}

/// Whether it names tasks or roles: the word that comes first counts.
pub(super) fn names_roles(text: &str) -> Option<bool> {
    let text = folded(text);
    words(&text).find_map(|word| {
        let is_task = begins(word, TASK);
        (is_task || begins(word, ROLE)).then_some(!is_task)
    })
}

/// Whether decisions stand below it.
pub(super) fn is_decision(text: &str) -> bool {
    words(&folded(text))
        .next()
        .is_some_and(|word| begins(word, &["decision", "decid", "entscheid", "beslis", "decyz", "решен", "决策"]))
}

/// Whether names stand below it.
pub(super) fn is_name(text: &str) -> bool {
    words(&folded(text)).any(|word| begins(word, &["name", "nom", "assigned", "owner", "zustandig", "besetzung", "holder"]))
}

/// Whether explanations stand below it.
pub(super) fn explains(text: &str) -> bool {
    const STEMS: &[&str] = &[
        "descri",
        "defin",
        "meaning",
        "bedeut",
        "beschreib",
        "erklar",
        "explan",
        "signif",
        "what",
        "abbrev",
        "symbol",
        "responsibilit",
    ];
    words(&folded(text)).any(|word| begins(word, STEMS))
}

/// Whether some word of it names tasks.
pub(super) fn names_tasks(text: &str) -> bool {
    words(&folded(text)).any(|word| begins(word, TASK))
}

/// Whether it says nothing but that tasks stand below: `Task / Deliverable`.
pub(super) fn is_only_tasks(text: &str) -> bool {
    let text = folded(text);
    words(&text).next().is_some() && words(&text).all(|word| begins(word, TASK))
}

/// Whether it names both, as where rows and columns meet: `Task / Role`.
pub(super) fn names_both(text: &str) -> bool {
    names_tasks(text) && words(&folded(text)).any(|word| begins(word, ROLE))
}

/// Whether it speaks of responsibilities: below it may stand tasks as well as names.
pub(super) fn is_responsibility(text: &str) -> bool {
    words(&folded(text))
        .any(|word| word.starts_with("responsib") || word.starts_with("verantwort") || word.starts_with("responsab"))
}

/// Whether it spells letters: `M/O/C` over a column that classes tasks by letters of its own.
pub(super) fn spells_letters(text: &str) -> bool {
    text.contains('/') && words(&folded(text)).count() > 1 && words(&folded(text)).all(|word| word.chars().count() == 1)
}

pub(super) fn is_task(text: &str) -> bool {
    names_roles(text) == Some(false)
}

pub(super) fn is_role(text: &str) -> bool {
    names_roles(text) == Some(true)
}

pub(super) fn is_section(text: &str) -> bool {
    words(&folded(text)).any(|word| begins(word, SECTION))
}

/// Whether every word speaks of something else than rights: `Risk` does, `Risk owner` does not.
pub(super) fn is_extra(text: &str) -> bool {
    let text = folded(text);
    words(&text).next().is_some() && words(&text).all(|word| begins(word, EXTRA))
}

pub(super) fn is_id(text: &str) -> bool {
    text.trim() == "#" || words(&folded(text)).any(|word| ID.contains(&word))
}

/// Whether it says that letters stand below, but not whose: it is blank, or `RACI`, `My role`, `R/A/C/I`.
pub(super) fn names_nobody(text: &str) -> bool {
    const NOBODY: &[&str] = &[
        "role",
        "roles",
        "my",
        "your",
        "our",
        "the",
        "in",
        "letter",
        "letters",
        "involvement",
        "involved",
        "responsibility",
        "responsibilities",
        "accountability",
        "assignment",
        "participation",
        "right",
        "rights",
        "type",
        "level",
        "kind",
        "model",
        "matrix",
        "code",
        "value",
        "mark",
        "part",
        "rolle",
        "meine",
        "beteiligung",
        "zustandigkeit",
        "verantwortung",
        "verantwortlichkeit",
        "buchstabe",
        "rol",
        "mon",
        "ma",
        "mi",
        "responsabilite",
        "responsabilidad",
        "responsabilidade",
        "responsabilita",
        "papel",
        "ruolo",
        "verantwoordelijkheid",
        "роль",
        "角色",
    ];
    let is_letter = |word: &str| word.len() == 1;
    words(&folded(text)).all(|word| is_letter(word) || NOBODY.contains(&word) || letters::Model::named(word).is_some())
}

/// Whether the label of a line says that it adds up.
pub(super) fn is_total(text: &str) -> bool {
    words(&folded(text)).next().is_some_and(|word| begins(word, &["total", "sum", "count", "gesamt", "subtotal"]))
}

/// The right that it names: `R`, `Responsible`, `R - Responsible`, `Accountable (A)`, `accountable_role`, `Decision maker`.
pub(super) fn right(text: &str) -> Option<Sign> {
    const FILLERS: &[&str] = &[
        "role",
        "roles",
        "person",
        "persons",
        "people",
        "party",
        "parties",
        "team",
        "by",
        "who",
        "is",
        "the",
        "to",
        "be",
        "s",
        "names",
        "rolle",
        "personen",
        "final",
        "decision",
        "decisions",
        "provider",
        "providers",
        "from",
        "are",
        "of",
        "for",
        "needed",
        "required",
        "stakeholder",
        "stakeholders",
    ];
    // `决策事项` is what is decided, not who decides.
    if ["事项", "事項", "内容", "項目", "项目"].iter().any(|it| text.contains(it)) {
        return None;
    }
    let first = text.split(|it: char| !it.is_alphanumeric()).find(|word| !word.is_empty()).map(folded).unwrap_or_default();
    if first.chars().count() > 1 && !text.contains('(') && !FILLERS.contains(&first.as_str()) && letters::sense(&first).is_none()
    {
        return None;
    }
    let (outside, inside) = letters::split_remark(text);
    if let &[only] = outside.as_bytes()
        && !inside.is_empty()
        && letters::sense(&folded(&inside)).is_none()
    {
        return is_letter(char::from(only)).then(|| Sign::Letter(char::from(only)));
    }
    if let Some(letter) = letter_behind(text) {
        let alone = right(&letters::split_remark(text).0);
        return alone.or(Some(Sign::Letter(letter)));
    }
    if let &[only] = text.as_bytes() {
        return is_letter(char::from(only)).then(|| Sign::Letter(char::from(only)));
    }
    if text.len() > 60 || text.split_whitespace().count() > 6 {
        return None;
    }
    let folded = folded(text);
    let (mut letter, mut found) = (None, None);
    for word in words(&folded).filter(|word| !FILLERS.contains(word)) {
        let mut chars = word.chars();
        match (chars.next(), chars.next(), letters::sense(word)) {
            (Some(only), None, _) if letter.is_none() && only.is_alphabetic() => letter = Some(letters::latin(only)),
            (_, Some(_), Some(sense)) if found.is_none_or(|known| known == sense) => found = Some(sense),
            _ => return None,
        }
    }
    let is_known = |letter: &char| is_letter(*letter);
    // An owner of things need not decide anything: it takes `decision owner` to say so.
    let owns =
        words(&folded).any(|word| word.starts_with("own")) && !folded.contains("decision") && !folded.contains("accountab");
    found.filter(|_| !owns).map(Sign::Word).or(letter.filter(is_known).map(Sign::Letter))
}

/// Whether a letter is one of a model.
fn is_letter(letter: char) -> bool {
    letters::Model::ALL.iter().any(|model| model.says(letter).is_some())
}

/// The two rights that a heading names: `Consulted / Informed`, `R/A`.
pub(super) fn two_rights(text: &str) -> Option<(Sign, Sign)> {
    let mut parts = text.split(['/', '&', '+']);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(second), None) => {
            right(first.trim()).zip(right(second.trim())).filter(|(first, second)| first != second)
        }
        _ => None,
    }
}

/// The letter that a heading explains in parentheses: `Audience (I)`.
pub(super) fn letter_behind(text: &str) -> Option<char> {
    let (outside, inside) = letters::split_remark(text);
    let mut inside = inside.chars();
    match (inside.next(), inside.next()) {
        (Some(only), None) if !outside.is_empty() && only.is_uppercase() && is_letter(letters::latin(only)) => {
            Some(letters::latin(only))
        }
        _ => None,
    }
}

/// Whether it alone says that its column names who decides.
pub(super) fn decides(text: &str) -> bool {
    right(text) == Some(Sign::Word(Sense::Decides))
}
