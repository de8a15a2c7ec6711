//! Charts whose columns are rights, over the names of those who hold them; or whose rows are rights, before these names.

use super::heads;
use super::reader::{Reader, Table};
use super::table::Draft;
use super::transposed::transpose;
use super::{Chart, Held, Layout, Role, Row, Why};
use crate::import::letters::{self, Entry, Ground, Key, Meaning, Model, Reading, Sense, Sign, folded, words};
use crate::org::rights::Rights;
use std::collections::BTreeMap;

/// How many lines above names before which rights stand are looked at.
const REACH: usize = 12;

/// The roles of a chart by their names.
type Roles = BTreeMap<String, usize>;

impl<'g> Reader<'g> {
    /// Reads a table of names; nothing, if there are none.
    pub(super) fn read_named(&self, table: &Table) -> Option<Draft> {
        let signs = (0..self.width(table.head)).flat_map(|column| {
            let known = self.known(table.head, column);
            known.right.into_iter().chain(known.also).map(move |sign| (column, sign))
        });
        let signs: Vec<(usize, Sign)> = signs.collect();
        let mut columns: Vec<usize> = signs.iter().map(|(column, _)| *column).collect();
        columns.dedup();
        let labels = self.labels(table, &columns);
        // Beside approvers, a column of validations says what became of a task.
        let is_approver = |(_, sign): &(usize, Sign)| *sign == Sign::Word(Sense::Approver);
        let is_named = |column: usize| letters::is_whole_word(self.text(table.head, column));
        let has_approver = signs.iter().any(|sign| is_approver(sign) && is_named(sign.0));
        let is_right = |sign: &(usize, Sign)| sign.0 != labels.task && (!has_approver || !is_approver(sign) || is_named(sign.0));
        let mut signs: Vec<(usize, Sign)> = signs.into_iter().filter(is_right).collect();
        self.tell_doers_apart(table.head, &mut signs);
        let signs = signs;
        let heads: Vec<(&str, Sign)> = signs.iter().map(|(column, sign)| (self.text(table.head, *column), *sign)).collect();
        let reading = self.named_reading(table, &heads);
        let decides = heads.iter().any(|(_, sign)| *sign == Sign::Word(Sense::Decides));
        let mut draft = self.draft(table, Layout::Named);
        let mut roles = Roles::new();
        let beside = |at: usize| match self.legends.get(at) {
            _ if self.repeats(at, table.head) => Some(Why::Headings),
            Some((found, _)) if found.len() > 1 => Some(Why::Legend),
            _ => None,
        };
        self.walk(table, &labels, &mut draft, &beside, &mut |chart, at| {
            for (column, sign) in signs.iter().filter(|_| !self.spells_headings(at, table.head)) {
                self.hold_names(chart, &mut roles, (at, *column), *sign, rights(&reading, *sign, decides));
            }
        });
        draft.chart.reading = reading;
        draft.chart.extras = self.extras(table, &labels, &columns, None);
        // `Role | Responsible for | Accountable for`: the tasks stand in the cells.
        let corner = self.heading(table.head, labels.task);
        let is_for = |(text, _): &(&str, Sign)| words(&folded(text)).any(|word| matches!(word, "for" | "fur" | "on"));
        if heads::is_role(corner) && !heads::names_tasks(corner) && heads.iter().any(is_for) {
            transpose(&mut draft.chart);
        }
        (!draft.chart.roles.is_empty()).then_some(draft)
    }

    /// Where one heading names who carries out, another who is responsible, and none who decides, the responsible one does.
    fn tell_doers_apart(&self, head: usize, signs: &mut [(usize, Sign)]) {
        const CARRIES_OUT: [&str; 15] = [
            "execut",
            "perform",
            "implement",
            "durchfuhr",
            "ausfuhr",
            "umsetz",
            "realis",
            "realiz",
            "ejecut",
            "esecut",
            "uitvoer",
            "wykonaw",
            "исполн",
            "执行",
            "実行",
        ];
        const RESPONSIBLE: [&str; 10] =
            ["responsib", "responsab", "responsav", "verantwort", "verantwoord", "odpowied", "ответств", "负责", "負責", "担当"];
        let begins = |column: usize, stems: &[&str]| {
            words(&folded(self.text(head, column))).any(|word| stems.iter().any(|stem| word.starts_with(stem)))
        };
        let decides = |(_, sign): &(usize, Sign)| matches!(sign, Sign::Letter(_) | Sign::Word(Sense::Decides | Sense::Approver));
        let is_doer = |sign: &Sign| *sign == Sign::Word(Sense::Does);
        if signs.iter().any(decides) || !signs.iter().any(|(column, sign)| is_doer(sign) && begins(*column, &CARRIES_OUT)) {
            return;
        }
        for (column, sign) in signs.iter_mut() {
            if is_doer(sign) && begins(*column, &RESPONSIBLE) && !begins(*column, &CARRIES_OUT) {
                *sign = Sign::Word(Sense::Decides);
            }
        }
    }

    /// Whether a line says in letters what the headings over them say in words, as over a group of tasks: it names nobody.
    pub(super) fn spells_headings(&self, at: usize, head: usize) -> bool {
        let columns = (0..self.width(head)).filter_map(|column| self.known(head, column).right.map(|sign| (column, sign)));
        let filled = columns.filter(|(column, _)| !self.text(at, *column).is_empty());
        let (mut letters, mut others) = (0, 0);
        for (column, sign) in filled {
            let initial = self.text(head, column).chars().find(|it| it.is_alphabetic()).map(letters::latin);
            match self.entry(at, column) {
                Entry::Signs { signs, .. } if matches!(signs.as_slice(), &[own @ Sign::Letter(letter)] if own == sign || initial == Some(letter)) =>
                {
                    letters += 1;
                }
                _ => others += 1,
            }
        }
        letters > 1 && others == 0 && !self.has_task_heading(at)
    }

    /// Adds the names in a cell to the last row.
    fn hold_names(&self, chart: &mut Chart, roles: &mut Roles, (at, column): (usize, usize), sign: Sign, rights: Rights) {
        let line = self.line(at).map_or(0, |line| line.number);
        for (name, remark) in names(self.text(at, column)) {
            let role = *roles.entry(name.clone()).or_insert_with(|| {
                chart.roles.push(Role { name, group: String::new(), line, column: column + 1 });
                chart.roles.len() - 1
            });
            let letters = if let Sign::Letter(letter) = sign { letter.to_string() } else { String::new() };
            if let Some(row) = chart.rows.last_mut() {
                row.cells.push(Held { role, letters, rights, remark, line });
            }
        }
    }

    /// What headings mean that name rights: words say it themselves, letters follow a model.
    fn named_reading(&self, table: &Table, heads: &[(&str, Sign)]) -> Reading {
        let mut evidence = self.evidence(table);
        for (text, sign) in heads {
            match (sign, heads::letter_behind(text)) {
                (Sign::Letter(letter), _) => evidence.used.push((*letter, 1)),
                // `Doer (R)` explains its letter.
                (Sign::Word(sense), Some(letter)) => {
                    evidence.legend.push((letter, *sense));
                    evidence.used.push((letter, 1));
                }
                _ => {}
            }
        }
        if !evidence.used.is_empty() || self.asked.model.is_some() {
            return letters::settle(&evidence, self.asked.model);
        }
        let decides = heads.iter().any(|(_, sign)| *sign == Sign::Word(Sense::Decides));
        let mut found: Vec<(char, Meaning)> = Vec::new();
        for (text, sign) in heads {
            let initial = text.chars().find(|it| it.is_alphabetic()).map(letters::latin);
            if let (Sign::Word(sense), Some(initial)) = (sign, initial) {
                found.push((initial, sense.meaning(decides)));
            }
        }
        let agrees =
            |model: &Model| found.len() > 1 && found.iter().all(|(letter, meaning)| model.says(*letter) == Some(*meaning));
        let model = Model::ALL.into_iter().find(agrees);
        Reading::Settled(Key { model, ground: Ground::Words, letters: found })
    }

    /// The line behind a block of lines that begin with rights and go on with names; nothing, if a line does not begin one.
    pub(super) fn end_of_rights_as_rows(&self, start: usize, at: usize) -> Option<usize> {
        let sign = |at: usize| self.known(at, 0).right.filter(|_| !self.is_legend(at));
        sign(at)?;
        // Nothing but one line of headings stands between titles and such a block, or other things that are said of its task.
        let lines = || (start..at).rev().take(REACH).filter(|above| !self.is_title(*above));
        let is_pair = |at: usize| self.filled(at) == 2 && !self.text(at, 0).is_empty();
        if lines().nth(1).is_some() && !lines().all(is_pair) {
            return None;
        }
        let mut signs: Vec<Sign> = Vec::new();
        let (mut filled, mut size, mut strong) = (0, 0, 0);
        let mut end = at;
        while let Some(next) = (end < self.grid.lines.len()).then(|| sign(end)).flatten().filter(|next| !signs.contains(next)) {
            signs.push(next);
            strong += usize::from(matches!(next, Sign::Letter(_)) || letters::is_whole_word(self.text(end, 0)));
            for text in (1..self.width(end)).map(|column| self.text(end, column)).filter(|text| !text.is_empty()) {
                filled += 1;
                size += text.split([',', ';']).map(|part| part.split_whitespace().count()).max().unwrap_or_default();
            }
            end += 1;
        }
        let is_explained =
            at.checked_sub(1).is_some_and(|above| (0..self.width(above)).any(|column| heads::explains(self.text(above, column))));
        let are_names = (at..end).all(|at| {
            (1..self.width(at)).all(|column| self.known(at, column).right.is_none() || self.text(at, column).len() == 2)
        });
        // Letters may be keys of a keyboard: it takes a heading to say that they are none.
        let are_letters = signs.iter().all(|sign| matches!(sign, Sign::Letter(_)));
        let corner = at.checked_sub(1).map_or("", |above| self.text(above, 0));
        let is_headed = corner.len() > 1 && (heads::names_nobody(corner) || heads::is_role(corner));
        if are_letters && !is_headed {
            return None;
        }
        (signs.len() > 2 && strong > 1 && filled >= signs.len() && size <= filled * 4 && !is_explained && are_names)
            .then_some(end)
    }

    /// Reads lines that begin with rights: what stands over their columns are the tasks, or the one task is the title.
    pub(super) fn read_rights_as_rows(&self, block: &Table) -> Option<Draft> {
        let is_heading = |above: &usize| *above >= block.start && !self.is_title(*above) && !self.is_legend(*above);
        let above = block.head.checked_sub(1).filter(is_heading);
        // Several lines above say other things of the one task.
        let above = above.filter(|above| above.checked_sub(1).is_none_or(|before| !is_heading(&before)));
        let lines = || (block.head..block.end).filter_map(|at| self.known(at, 0).right.map(|sign| (at, sign)));
        let width = lines().map(|(at, _)| self.width(at)).max().unwrap_or_default();
        let columns: Vec<usize> = (1..width).filter(|column| lines().any(|(at, _)| !self.text(at, *column).is_empty())).collect();
        let heads: Vec<(&str, Sign)> = lines().map(|(at, sign)| (self.text(at, 0), sign)).collect();
        let reading = self.named_reading(block, &heads);
        let decides = heads.iter().any(|(_, sign)| *sign == Sign::Word(Sense::Decides));
        let mut draft = self.draft(block, Layout::Named);
        draft.skipped = (block.head..block.end).map(|at| (at, Why::Headings)).collect();
        draft.skipped.extend(above.map(|above| (above, Why::Headings)));
        let mut roles = Roles::new();
        for column in &columns {
            let heading = above.map_or("", |above| self.heading(above, *column));
            let is_task = !heading.is_empty() && !(columns.len() == 1 && (heads::is_role(heading) || heads::is_name(heading)));
            let task = if is_task { heading } else { draft.chart.heading.as_str() }.to_string();
            if task.is_empty() {
                return None;
            }
            let number = self.line(above.unwrap_or(block.head)).map_or(0, |line| line.number);
            draft.chart.rows.push(Row { task, number, ..Row::default() });
            for (at, sign) in lines() {
                self.hold_names(&mut draft.chart, &mut roles, (at, *column), sign, rights(&reading, sign, decides));
            }
        }
        draft.chart.reading = reading;
        (!draft.chart.roles.is_empty()).then_some(draft)
    }
}

/// The rights that a heading gives to the names below it.
fn rights(reading: &Reading, sign: Sign, another_decides: bool) -> Rights {
    let meaning = match (sign, reading) {
        (Sign::Word(sense), _) if another_decides => Some(sense.meaning(true)),
        (Sign::Word(sense), Reading::Settled(Key { ground: Ground::Words, .. })) => Some(sense.meaning(false)),
        (_, Reading::Settled(key)) => key.reads(sign),
        (Sign::Word(sense), _) => Some(sense.meaning(false)),
        _ => None,
    };
    if let Some(Meaning::Holds(right)) = meaning { Rights::from(right) } else { Rights::default() }
}

/// The names in a cell with what stands in parentheses behind each.
fn names(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0_usize;
    for it in text.chars() {
        match it {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match parts.last_mut() {
            Some(last) if depth > 0 || !",;|\n•、；，".contains(it) => last.push(it),
            _ => parts.push(String::new()),
        }
    }
    let mut found = Vec::new();
    for part in parts.iter().flat_map(|part| apart(part)) {
        let (name, remark) = letters::split_remark(&part);
        let name = name.trim_matches(|it: char| it.is_whitespace() || it == '*').to_string();
        if !letters::is_blank(&name) {
            found.push((name, remark));
        }
    }
    found
}

/// Names that `and`, `&` or `+` joins, unless it stands within one: `Security and Compliance Forum`, `Research and Development`.
fn apart(text: &str) -> Vec<String> {
    const GROUPS: [&str; 13] = [
        "forum",
        "board",
        "committee",
        "council",
        "team",
        "office",
        "group",
        "department",
        "dept",
        "authority",
        "function",
        "unit",
        "leads",
    ];
    const FUNCTIONS: [&str; 59] = [
        "accounting",
        "accounts",
        "admin",
        "administration",
        "analytics",
        "architecture",
        "audit",
        "brand",
        "business",
        "communications",
        "compliance",
        "content",
        "control",
        "culture",
        "customer",
        "data",
        "design",
        "development",
        "education",
        "engineering",
        "enablement",
        "ethics",
        "experience",
        "facilities",
        "finance",
        "governance",
        "growth",
        "hr",
        "improvement",
        "infrastructure",
        "innovation",
        "insights",
        "learning",
        "legal",
        "logistics",
        "maintenance",
        "marketing",
        "operations",
        "partnerships",
        "people",
        "planning",
        "policy",
        "privacy",
        "procurement",
        "product",
        "purchasing",
        "quality",
        "regulatory",
        "research",
        "revenue",
        "risk",
        "safety",
        "sales",
        "security",
        "strategy",
        "support",
        "technology",
        "testing",
        "training",
    ];
    const PAIRS: [&str; 8] = [
        "research and development",
        "sales and marketing",
        "health and safety",
        "legal and compliance",
        "risk and compliance",
        "security and compliance",
        "finance and accounting",
        "food and drug",
    ];
    for joint in [" + ", " and ", " und ", " et ", " & "] {
        let Some((left, right)) = text.split_once(joint).filter(|(left, _)| !left.contains('(')) else { continue };
        let is_group = |name: &str| words(&folded(name)).last().is_some_and(|word| GROUPS.contains(&word));
        let (name, _) = letters::split_remark(right);
        let is_pair = || PAIRS.iter().any(|pair| folded(text).replace('&', "and").contains(pair));
        // `People & Culture` and `Finance & Risk Reviewer` are one, `Cem & Dan` are two.
        let is_function = |word: &str| FUNCTIONS.contains(&word);
        let is_one = || words(&folded(left)).all(is_function) && words(&folded(&name)).next().is_some_and(is_function);
        if is_group(&name) && !is_group(left) || is_pair() || joint == " & " && is_one() {
            continue;
        }
        let mut found = vec![left.to_string()];
        found.extend(apart(right));
        return found;
    }
    vec![text.to_string()]
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;

    #[test]
    fn headings_that_name_rights_stand_over_names() {
        let chart = only(HEALTH);
        assert_eq!((chart.layout, model(&chart)), (Layout::Named, Some(Model::Rapid)));
        assert_eq!(
            shown(&chart)[..2],
            [
                "Phase gate go/no-go: PM input, CISO approves, CMIO approves, Workstreams does, AR input, SD input, Steering Committee decides",
                "Wave go/no-go: PM input, Clinical lead approves (clinical waves), SD lead approves, EP does, Data does, AO input, \
                 PM decides (with vetoes per §20.5)",
            ]
        );
        assert_eq!(shown(&only(PODS))[1], "Assign to project: Pod co-leaders decides (jointly)");
        let chart = only(LONG);
        assert_eq!(shown(&chart)[0], "batch certification: EU Qualified Person decides");
        assert_eq!(chart.extras, ["ai_authority"]);
    }

    #[test]
    fn letters_over_names_follow_a_model() {
        let chart =
            only("Task|R|A|C|I\nShip it|Ann and Bob|Cem|Dev Team; QA Team|-\nStop it|Eva|Security and Compliance Forum||Fay");
        assert_eq!(
            shown(&chart),
            [
                "Ship it: Ann does, Bob does, Cem decides, Dev Team input, QA Team input",
                "Stop it: Eva does, Security and Compliance Forum decides, Fay informed",
            ]
        );
        let chart = only("Decision|Driver|Approver|Contributors|Informed\nPricing|Ann|Bob|Cem, Dan|Eva");
        assert_eq!(model(&chart), Some(Model::Daci));
        assert_eq!(shown(&chart), ["Pricing: Ann does, Bob decides, Cem input, Dan input, Eva informed"]);
        let chart = only("Task|R (Responsible)|A (Accountable)|C|I\nShip it|Ann|Bob|Cem|Dan");
        assert_eq!(shown(&chart), ["Ship it: Ann does, Bob decides, Cem input, Dan informed"]);
    }

    #[test]
    fn letters_that_repeat_the_headings_name_nobody() {
        let text = "|No|Type|Tâche|Responsable|Approbateur|Consulté|Informé|Validation\n|1|Application|<|R|A|C|I|\n\
                    T|1.1|Ligne de commande|<|Ann|Bob|Équipe||OK\nT|1.2|Base de données|<|Bob|Ann||Équipe|";
        assert_eq!(
            shown(&only(text)),
            [
                "Application: ",
                "Ligne de commande [T]: Ann does, Bob decides, Équipe input",
                "Base de données [T]: Bob does, Ann decides, Équipe informed",
            ]
        );
    }

    #[test]
    fn two_names_stand_in_a_cell_and_one_body_may_have_two_words() {
        let names = |text: &str| -> Vec<String> {
            let chart = only(&format!("Task|Responsible|Accountable\nPlan|{text}|Eva\nBuild|Eva|Eva"));
            chart.roles.into_iter().map(|role| role.name).filter(|name| name != "Eva").collect()
        };
        assert_eq!(names("Cem & Dan"), ["Cem", "Dan"]);
        assert_eq!(names("Product Owner & QA Lead (drafts)"), ["Product Owner", "QA Lead"]);
        for body in [
            "Research & Development",
            "Legal & Compliance",
            "Security & Compliance Forum",
            "People & Culture",
            "Finance & Risk Reviewer",
        ] {
            assert_eq!(names(body), [body]);
        }
        for body in ["Research and Development", "Budget and Policy Board"] {
            assert_eq!(names(body), [body]);
        }
        assert_eq!(names("Cem, Dan; Fay"), ["Cem", "Dan", "Fay"]);
        assert_eq!(names("Cem (drafts, tests), Dan"), ["Cem", "Dan"]);
        assert_eq!(names("People & Culture, Cem & Dan"), ["People & Culture", "Cem", "Dan"]);
    }

    #[test]
    fn who_is_responsible_beside_who_carries_out_decides() {
        let read = |heads: &str| shown(&only(&format!("{heads}\nPlan|Ann|Bob|Cem|Dan")));
        for heads in ["活动|执行人|负责人|咨询|知会", "Actividad|Ejecutor|Responsable|Consultado|Informado"] {
            assert_eq!(read(heads), ["Plan: Ann does, Bob decides, Cem input, Dan informed"], "{heads}");
        }
        assert_eq!(
            read("Task|Responsible|Accountable|Consulted|Implementers"),
            ["Plan: Ann does, Bob decides, Cem input"],
            "somebody is said to decide"
        );
    }

    #[test]
    fn roles_may_stand_before_what_they_are_responsible_for() {
        let chart = only(
            "Role|Responsible for|Accountable for|Informed of\nOwner|Backlog|Value, Budget|\nDevelopers|Budget|Quality|Value",
        );
        assert_eq!(chart.layout, Layout::Transposed);
        assert_eq!(
            shown(&chart),
            [
                "Backlog: Owner does",
                "Value: Owner decides, Developers informed",
                "Budget: Owner decides, Developers does",
                "Quality: Developers decides"
            ]
        );
    }

    #[test]
    fn rights_may_stand_among_other_things_that_are_said_of_a_decision() {
        let page = Grid {
            heading: "Which database?".into(),
            ..grid("Status|Open\nImpact|High\nDriver|Ann\nApprover|Bob\nContributors|Cem, Dana\nInformed|Platform team\nDue|May")
        };
        let contents = read(&page, &Asked::default());
        assert_eq!(
            shown(&contents.charts[0]),
            ["Which database?: Ann does, Bob decides, Cem input, Dana input, Platform team informed"]
        );
    }

    #[test]
    fn rights_may_be_rows() {
        let chart = only(
            "Role|Plan the release|Approve the budget\nResponsible|Ann|Bob\nAccountable|Cem|Cem\nConsulted|Bob|Ann, Dana\nInformed|Dana|",
        );
        assert_eq!(
            shown(&chart),
            [
                "Plan the release: Ann does, Cem decides, Bob input, Dana informed",
                "Approve the budget: Bob does, Cem decides, Ann input, Dana input",
            ]
        );
        assert_eq!(chart.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 1]);
        let one = Grid {
            heading: "Which database?".into(),
            ..grid("Driver|Ann\nApprover|Bob\nContributors|Cem, Dana\nInformed|Platform team")
        };
        let chart = read(&one, &Asked::default()).charts.remove(0);
        assert_eq!(model(&chart), Some(Model::Daci));
        assert_eq!(shown(&chart), ["Which database?: Ann does, Bob decides, Cem input, Dana input, Platform team informed"]);
    }

    #[test]
    fn headings_say_their_right_in_many_ways() {
        for (heads, expected) in [
            ("Task|Owner (A)|Doer (R)|Advisors (C)|Audience (I)", "Plan: Ann decides, Bob does, Cem input, Dan informed"),
            ("Task|R (fait)|A (approuve)|C|I", "Plan: Ann does, Bob decides, Cem input, Dan informed"),
            (
                "Process|Owner (Accountable)|Responsible|Consulted / Informed|Notes",
                "Plan: Ann decides, Bob does, Cem input, Cem informed",
            ),
            ("Decision|Recommender|Agreer|Input provider|Decider", "Plan: Ann input, Bob approves, Cem input, Dan decides"),
            ("Tarea|Responsable|Aprueba|Consultado|Informado", "Plan: Ann does, Bob decides, Cem input, Dan informed"),
            ("Tâche|Réalise|Approuve|Consulté|Informé", "Plan: Ann does, Bob decides, Cem input, Dan informed"),
            ("Этап|Ответственный|Утвердил|Консультант|Информируемый", "Plan: Ann does, Bob decides, Cem input, Dan informed"),
            ("决策事项|负责人|审批人|咨询|知会", "Plan: Ann does, Bob decides, Cem input, Dan informed"),
            ("任务|负责人|批准人|咨询|知会", "Plan: Ann does, Bob decides, Cem input, Dan informed"),
        ] {
            assert_eq!(shown(&only(&format!("{heads}\nPlan|Ann|Bob|Cem|Dan"))), [expected], "{heads}");
        }
    }

    #[test]
    fn a_model_that_is_given_says_what_words_mean() {
        let text = "Decision|Driver|Approver\nPrice|Ann|Bob";
        assert_eq!(shown(&only(text)), ["Price: Ann does, Bob decides"]);
        let given = |model| shown(&read(&grid(text), &Asked { model: Some(model), actor: None }).charts[0]);
        assert_eq!(given(Model::Daci), ["Price: Ann does, Bob decides"]);
        assert_eq!(given(Model::Rapid), ["Price: Ann does, Bob approves"]);
    }

    #[test]
    fn explanations_and_signatures_name_nobody() {
        for text in [
            "Role|Description\nDriver|The person who drives the decision to its end\nApprover|The person who makes the final decision\nInformed|People who are told about it",
            "Version|Date|Author|Reviewed by|Approved by\n1.0|May|Ann|Bob|Cem\n1.1|June|Ann|Bob|Cem",
            "Key|Action\nA|Select all\nC|Copy\nI|Italic\nR|Reload",
            "Letter|Meaning\nR|Responsible\nA|Accountable\nC|Consulted\nI|Informed",
        ] {
            assert!(read(&grid(text), &Asked::default()).charts.is_empty(), "{text}");
        }
    }

    #[test]
    fn teams_may_stand_before_those_who_act_for_them() {
        let chart = only("Team|Responsible|Accountable|Informed\nPayments|Ann|Bob|Cem\nSearch|Dan|Ann|Cem");
        assert_eq!(chart.layout, Layout::Named);
        assert_eq!(
            shown(&chart),
            ["Payments: Ann does, Bob decides, Cem informed", "Search: Dan does, Ann decides, Cem informed"]
        );
    }

    #[test]
    fn a_sentence_over_a_column_is_no_right() {
        let asked = "批准之前需要咨询哪些法律专家以及其他部门的同事";
        let chart = only(&format!("任务|负责人|批准人|咨询|知会|{asked}\n计划|Ann|Bob|Cem|Dan|合同法"));
        assert_eq!(shown(&chart), ["计划: Ann does, Bob decides, Cem input, Dan informed"]);
        assert_eq!(chart.extras, [asked]);
    }
}
