//! All that is told of an organization, in the formats that it is told in.

use crate::{Corpus, DAYS, sources};
use roleaudit::advise::{AdviceReport, advise};
use roleaudit::audit::{Selection, audit};
use roleaudit::compare::{CompareReport, Given, compare};
use roleaudit::departure::departure;
use roleaudit::diff::{self, Audited, Diff, diff};
use roleaudit::export::{Export, export};
use roleaudit::finding::Severity;
use roleaudit::matrix::{Matrix, matrix};
use roleaudit::org::{Actor, Org};
use roleaudit::redact::{Pseudonyms, Redact};
use roleaudit::render::who::Answer;
use roleaudit::render::{self, Style};
use roleaudit::report::{FailOn, Report};
use roleaudit::review::{Compared, Review, Wanted, review};
use roleaudit::sections::Filter;
use roleaudit::settings::Settings;
use roleaudit::source::Sources;
use roleaudit::who::actor::ActorReport;
use roleaudit::who::alone::AloneReport;
use roleaudit::who::duty::DutyReport;
use roleaudit::who::{Query, actor, alone, duty};
use std::io::{self, Write};

/// Text for a file.
pub const PLAIN: Style = Style { color: false, width: None };

/// The reports of all commands about one organization, which is compared with an earlier one.
pub struct Shown<'a> {
    /// What `check` finds.
    pub report: Report<'a>,
    advice: AdviceReport<'a>,
    diff: Diff<'a>,
    views: CompareReport<'a>,
    rights: DutyReport<'a>,
    duty: Option<DutyReport<'a>>,
    actor: Option<ActorReport>,
    alone: AloneReport,
    matrix: Matrix,
    export: Export,
    review: Review<'a>,
}

/// What a command writes in one format.
pub struct Output {
    /// The command.
    pub of: &'static str,
    /// What it writes.
    pub text: String,
}

/// What is written to memory.
pub fn written(render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    render(&mut bytes).expect("memory can be written");
    String::from_utf8(bytes).expect("outputs are text")
}

fn output(of: &'static str, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Output {
    Output { of, text: written(render) }
}

/// Hands the reports about a team file to a check; what is none is no input worth keeping.
pub fn of_file(bytes: &[u8], check: impl FnOnce(&Shown<'_>, &Org<'_>)) -> Corpus {
    with_orgs(bytes, |[earlier, org], sources| check(&Shown::of(earlier, org, [sources; 2]), org))
}

/// Hands the reports about a team file to a check, with pseudonyms for names.
pub fn of_file_redacted(bytes: &[u8], check: impl FnOnce(&Shown<'_>, &Org<'_>)) -> Corpus {
    with_orgs(bytes, |[earlier, org], sources| {
        let names = Pseudonyms::of(&[earlier, org]);
        let hidden = names.sources(sources);
        let mut shown = Shown::of(earlier, org, [&hidden; 2]);
        shown.redact(&names);
        check(&shown, org);
    })
}

/// Hands the organization of a team file to a check, with the same one as it was before its first person came.
fn with_orgs(bytes: &[u8], check: impl FnOnce([&Org<'_>; 2], &Sources)) -> Corpus {
    let sources = sources(bytes);
    let Ok(linked) = roleaudit::load(&sources, DAYS) else { return Corpus::Reject };
    let first: Vec<String> = linked.org.people.first().iter().map(|person| person.id.id.to_string()).collect();
    let earlier = roleaudit::load_without(&sources, DAYS, &first).expect("one who left leaves a valid file behind");
    check([&earlier.org, &linked.org], &sources);
    Corpus::Keep
}

impl<'a> Shown<'a> {
    /// Everything about an organization and an earlier one.
    pub fn of(before: &'a Org<'a>, org: &'a Org<'a>, [of_before, of_org]: [&'a Sources; 2]) -> Self {
        let (settings, filter) = (Settings::default(), Filter::default());
        let audited = |org, sources| audit(org, &settings, &Selection::default(), sources);
        let mut report = audited(org, of_org);
        report.add_departure(departure(org, before));
        let side = |name: &str, org, sources| Audited { name: name.to_owned(), org, report: audited(org, sources) };
        let changes = || diff(side("before.yaml", before, of_before), side("team.yaml", org, of_org));
        let person = org.people.first().map(|person| person.id.id.as_ref());
        let view = |org, sources, path, by| Given { org, sources, path, name: path, stem: "", by };
        let compared = Compared { before, shifts: diff::shifts(before, org), diff: changes() };
        let query = org.duties().last().map(|(duty, _)| Query::Duty(duty));
        Shown {
            advice: advise(org, &settings.numbers, of_org),
            diff: changes(),
            views: compare(&[view(before, of_before, "before.yaml", None), view(org, of_org, "team.yaml", person)]),
            rights: duty::duties(org, &Query::Rights, &filter, of_org),
            duty: query.map(|query| duty::duties(org, &query, &filter, of_org)),
            actor: org.people().next().map(|(person, _)| actor::actor(org, Actor::Person(person), &filter)),
            alone: alone::alone(org, &filter),
            matrix: matrix(org, &filter),
            export: export(org, &filter),
            review: review(org, &settings.numbers, report.clone(), Some(compared), &Wanted::default()),
            report,
        }
    }

    fn redact(&mut self, names: &Pseudonyms) {
        let Shown { report, advice, diff, views, rights, duty, actor, alone, matrix, export, review } = self;
        let reports: [&mut dyn Redact; 9] = [report, advice, diff, views, rights, alone, matrix, export, review];
        reports.into_iter().for_each(|report| report.redact(names));
        duty.iter_mut().for_each(|report| report.redact(names));
        actor.iter_mut().for_each(|report| report.redact(names));
    }

    fn answers(&self) -> Vec<(&'static str, Answer<'_, 'a>)> {
        let duty = self.duty.iter().map(|report| ("who DUTY", Answer::Duties(report)));
        let actor = self.actor.iter().map(|report| ("who PERSON", Answer::Actor(report)));
        let others = [("who", Answer::Duties(&self.rights)), ("who --alone", Answer::Alone(&self.alone))];
        others.into_iter().chain(duty).chain(actor).collect()
    }

    /// Everything that is written as JSON of the project's own.
    pub fn json(&self) -> Vec<Output> {
        let mut all = vec![
            output("check", |out| render::json(&self.report, out)),
            output("advise", |out| render::advice::json(&self.advice, out)),
            output("diff", |out| render::diff::json(&self.diff, out)),
            output("compare", |out| render::compare::json(&self.views, out)),
            output("matrix", |out| render::matrix::json(&self.matrix, out)),
        ];
        all.extend(self.answers().iter().map(|(of, answer)| output(of, |out| render::who::json(answer, out))));
        all
    }

    /// The findings as SARIF.
    pub fn sarif(&self) -> String {
        written(|out| render::sarif(&self.report, out))
    }

    /// The findings as GitLab reads them.
    pub fn gitlab(&self) -> String {
        written(|out| render::gitlab(&self.report, out))
    }

    /// The findings as JUnit.
    pub fn junit(&self) -> String {
        written(|out| render::junit(&self.report, FailOn::Severity(Severity::Error), out))
    }

    /// The findings as workflow commands.
    pub fn github(&self) -> String {
        written(|out| render::github(&self.report, out))
    }

    /// Everything that is written as Markdown.
    pub fn markdown(&self) -> Vec<Output> {
        let mut all = vec![
            output("check", |out| render::markdown(&self.report, out)),
            output("advise", |out| render::advice::markdown(&self.advice, out)),
            output("diff", |out| render::diff::markdown(&self.diff, out)),
            output("compare", |out| render::compare::markdown(&self.views, out)),
            output("matrix", |out| render::matrix::markdown(&self.matrix, out)),
            output("export", |out| render::export::markdown(&self.export, out)),
            output("report", |out| render::review::markdown(&self.review, out)),
        ];
        all.extend(self.answers().iter().map(|(of, answer)| output(of, |out| render::who::markdown(answer, out))));
        all
    }

    /// Everything that is written as text.
    pub fn text(&self, style: &Style) -> Vec<Output> {
        let mut all = vec![
            output("check", |out| render::text(&self.report, style, out)),
            output("advise", |out| render::advice::text(&self.advice, style, out)),
            output("diff", |out| render::diff::text(&self.diff, style, out)),
            output("compare", |out| render::compare::text(&self.views, style, out)),
            output("matrix", |out| render::matrix::text(&self.matrix, style, out)),
            output("export", |out| render::export::lost(&self.export, style, out)),
        ];
        all.extend(self.answers().iter().map(|(of, answer)| output(of, |out| render::who::text(answer, style, out))));
        all
    }

    /// Everything that is written as CSV.
    pub fn csv(&self) -> [Output; 2] {
        [
            output("matrix", |out| render::matrix::csv(&self.matrix, out)),
            output("export", |out| render::export::csv(&self.export, out)),
        ]
    }

    /// The review as a page.
    pub fn html(&self) -> String {
        written(|out| render::review::html(&self.review, out))
    }

    /// Everything in every format but SARIF.
    pub fn all(&self) -> Vec<Output> {
        let others = [("gitlab", self.gitlab()), ("junit", self.junit()), ("github", self.github()), ("html", self.html())];
        let others = others.into_iter().map(|(of, text)| Output { of, text });
        [self.json(), self.markdown(), self.text(&PLAIN), self.csv().into()].into_iter().flatten().chain(others).collect()
    }
}
