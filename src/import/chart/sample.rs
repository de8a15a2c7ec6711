//! Charts as tests write and show them.

use super::*;
use crate::import::{Cell, Line};

/// A grid of a text: a line for each line, a cell between two `|`. `<` is covered from the left, `^` from above.
pub(super) fn grid(text: &str) -> Grid {
    let line = |(at, line): (usize, &str)| {
        let mut cells: Vec<Cell> = Vec::new();
        for text in line.split('|') {
            let covered = matches!(text, "<" | "^");
            if let Some(last) = cells.iter_mut().rfind(|cell| !cell.covered).filter(|_| text == "<") {
                last.columns += 1;
            }
            cells.push(Cell { text: if covered { String::new() } else { text.trim().to_string() }, columns: 1, covered });
        }
        Line { number: at + 1, cells }
    };
    let lines = text.lines().enumerate().map(line).filter(|line| line.cells.iter().any(|cell| !cell.text.is_empty())).collect();
    Grid { lines, ..Grid::default() }
}

pub(super) fn only(text: &str) -> Chart {
    let mut contents = read(&grid(text), &Asked::default());
    assert_eq!(contents.charts.len(), 1, "{contents:#?}");
    contents.charts.remove(0)
}

/// Every task with those who hold something, and the section in brackets.
pub(super) fn shown(chart: &Chart) -> Vec<String> {
    let row = |row: &Row| {
        let held = row.cells.iter().map(|held| {
            let rights: Vec<&str> = held.rights.iter().map(Right::word).collect();
            let remark = if held.remark.is_empty() { String::new() } else { format!(" ({})", held.remark) };
            format!("{} {}{remark}", chart.roles[held.role].name, rights.join("+"))
        });
        let section = if row.section.is_empty() { String::new() } else { format!(" [{}]", row.section) };
        format!("{}{section}: {}", row.task, held.collect::<Vec<_>>().join(", "))
    };
    chart.rows.iter().map(row).collect()
}

/// How many tasks there are, without anybody who decides, with several who do, and without anybody who does the work.
pub(super) fn counts(chart: &Chart) -> [usize; 4] {
    let count = |test: &dyn Fn(&Row) -> bool| chart.rows.iter().filter(|row| test(row)).count();
    [
        chart.rows.len(),
        count(&|row| row.holders(Right::Decides) == 0),
        count(&|row| row.holders(Right::Decides) > 1),
        count(&|row| row.holders(Right::Does) == 0),
    ]
}

pub(super) fn model(chart: &Chart) -> Option<Model> {
    match &chart.reading {
        Reading::Settled(key) => key.model,
        Reading::Ambiguous { .. } => None,
    }
}

pub(super) fn skipped(text: &str) -> Vec<(usize, Why)> {
    read(&grid(text), &Asked::default()).skipped.iter().map(|line| (line.number, line.why)).collect()
}

pub(super) const PACKT: &str = "\
Step Id|Name|TPM|SDM|PM-T|Lead SDE|SDE|Business
1|Requirements refinement|A|C|C|C|C|R
2|Project Planning|A|C|C|C|C|C
3|High Level Design|C|C|C|A|R|I
4|Low Level Design|C|C|C|A|R|I
5|Sprint Planning|R|A|I|C|C|I
6|Daily Stand Ups|C|C|I|A|R|I
7|Status Report|A|C|C|C|I|I
8|Leadership Review|R|C|A|C|I|I";

pub(super) const PACKT_TPM: &str = "\
Key Management Area|Step|Role
Planning|Refine requirements|A
|Create functional spec|A/R
|Sprint planning|R/C
|Review designs|C
Stakeholder Management|Draft communication plan|R/A
|Daily Stand Ups|C
|Status Report|A
|MBR|R
Risk Management|Risk analysis|A
|Risk monitoring|A/R
|Issue resolution|A";

pub(super) const JMRASHED: &str = "\
Task / Activity|Product Owner|Scrum Master|Development Team|QA Team|Stakeholders
Define project goals|A|C|I|I|C
Sprint planning|R|A|C|C|I
Backlog grooming|A|C|R|I|C
Development execution|I|C|R|C|I
Code review|I|C|R|C|I
Testing & QA|I|C|C|R|I
Sprint demo|A|R|C|C|I
Retrospective|C|A|R|R|I
Release deployment|C|R|A|C|I";

pub(super) const SCRUM: &str = "\
Activity / Decision|Product Owner|Scrum Master|Developers|Stakeholders|Line/People Manager
Product Backlog ordering|A/R|C|C|C|I
Writing/refining a Sprint Goal|A|C|R|I|I
Selecting items into the Sprint Backlog|I|C|A/R|-|I
Deciding *how* work gets done (technical approach)|I|I|A/R|-|I
Facilitating Scrum events|I|A/R|C|-|I
Definition of Done — setting/changing it|C|C|A/R|I|C
Declaring a Product Backlog Item \"Done\"|C|I|A/R|I|I
Sprint Review — presenting the increment|A|C|R|I|I
Release / go-live decision|A|C|R|C|I
Removing team-level impediments|I|A/R|C|-|C
Removing organizational impediments|I|A/R|I|C|A/R (jointly)
Coaching the team's process and practices|I|A/R|C|-|I
Hiring, compensation, performance reviews of Developers|I|I|I|-|A/R
Stakeholder communication cadence/plan|A|R|I|C|I";

pub(super) const FRAUD: &str = "\
activity_id|activity_name|ANALYST|SUPERVISOR|DATA_STEWARD|DATA_OWNER|DATA_SCIENTIST|IT_SECURITY|LEGAL
ACT-001|VALIDATE_DATA_QUALITY|I|C|R|A|C|C|I
ACT-002|CORRECT_SOURCE_DATA|I|I|C|R|I|C|I
ACT-003|CHANGE_FRAUD_RULES|C|A|C|C|R|C|I
ACT-004|APPROVE_MODEL_VERSION|I|A|C|C|R|C|I
ACT-005|INVESTIGATE_ALERT|R|A|I|I|C|C|C
ACT-006|CONFIRM_INVESTIGATION_RESULT|R|A|I|I|C|I|C
ACT-007|CLOSE_CASE|C|A|I|I|I|I|C
ACT-008|ACCESS_RESTRICTED_EVIDENCE|R|A|I|A|I|C|C
ACT-009|RESPOND_TO_DATA_QUALITY_INCIDENT|I|A|R|C|C|R|I
ACT-010|REVIEW_BACKTESTING_RESULTS|C|A|C|I|R|C|I";

pub(super) const GOVERNANCE: &str = "\
Activity|Business Owner|AI/Product Team|AI Governance|Privacy|DPO/Security|Executive Sponsor|Internal Audit
Use-case approval|A/R|C|C|I|I|I|I
Risk assessment|C|C|A/R|C|C|I|I
Data quality review|I|R|A|C|C|I|I
Fairness testing|C|R|A|C|I|I|I
Privacy assessment|I|C|C|A/R|C|I|I
Security review|I|C|C|C|A/R|I|I
Deployment approval|R|C|C|C|C|A|I
Post-deployment monitoring|A|R|C|C|C|I|I
AI incident escalation|R|R|A|C|C|I|I
Independent assurance|I|I|C|I|I|I|A/R";

pub(super) const COUNTY: &str = "\
Activity|Executive Sponsor|ITSM Owner|GIS Owner|Integration Owner|Security|Service Desk
Architecture approval|A|C|C|R|C|I
Field mapping|I|R|R|R|C|C
Production deployment|A|C|C|R|C|I";

pub(super) const LONG: &str = "\
decision|accountable_role|ai_authority
batch certification|EU Qualified Person|none
ICSR reportability|Safety Physician|none
stock allocation|Supply Governance Board|draft only";

pub(super) const HEALTH: &str = "\
Decision|Recommend|Agree|Perform|Input|Decide
Phase gate go/no-go|PM|CISO, CMIO|Workstreams|AR, SD|Steering Committee
Wave go/no-go|PM|Clinical lead (clinical waves), SD lead|EP, Data|AO|PM (with vetoes per §20.5)
Architecture standard|AR|SE|Workstreams|Microsoft/partner|Design Authority
Technical exception (≤ 90 days)|Workstream lead|SE|Workstream|AO|Design Authority
Security exception|Requestor|AR|SE|Compliance|Security & Compliance Forum
Production change|Engineer|Peer reviewer|Engineer|SD|Cloud CAB (standard changes pre-approved)
Licensing / budget|PM|CFO delegate|Procurement|AR|Executive Sponsor
Clinical blackout / clinical exception|Clinical informatics|CNO|PM|EP|Clinical Advisory Group
Risk acceptance (High/Critical)|Risk owner|CISO|—|PM|Steering Committee";

pub(super) const HEALTH_RACI: &str = "\
Activity|ES|PM|AR|ID|EP|SE|AO|SD
Program charter & funding|A|R|C|I|I|C|I|I
Integrated plan & RAID|I|A/R|C|R|R|R|C|C
Architecture & standards|I|C|A/R|R|R|R|C|I
Phase gate decisions|A|R|R|C|C|C|C|C
Change control (CAB) (Change Manager sits in the PMO)|I|A|C|R|R|R|I|R
Benefits realization|A|R|C|I|C|I|C|C";

pub(super) const PODS: &str = "\
Decision|Recommend|Agree|Perform|Input|Decide
Hire into discipline|Functional Leader|—|—|—|Executive
Assign to project|—|—|—|—|Pod co-leaders (jointly)
Annual review|—|—|Functional Leader|Pod leaders|Functional Leader
Daily task priority|—|—|—|—|Pod co-leaders
Promotion|Functional Leader|—|—|—|Executive";
