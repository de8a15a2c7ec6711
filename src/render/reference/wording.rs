//! The words that charts of roles are read by, as one Markdown page: `docs/wording.md`.

use super::super::escape;
use super::page::areas;
use crate::catalogue::Duty;
use crate::import::words::{
    AGAINST, DEPARTMENTS, ENDINGS, FILLERS, GROUPS, NOBODY, PAIRS, PERSONS, PHRASES, Phrase, PhraseWord, QUALIFIERS, SEAT_HEADS,
};
use std::collections::BTreeMap;

const INTRODUCTION: &str = "\
# The words that `import` reads charts by

`roleaudit import` reads charts of roles as they are. By the words on this page it takes a task for one of the built-in duties,
and the head of a column for a seat, a group or a person. Its summary names the words behind what is not certain, and `--map
FILE` settles what it leaves open or takes wrongly. A task that it takes for nothing becomes a duty of your own, which is never
wrong.

Case, accents and punctuation do not count, and neither does the order of words: `Backlog prioritisation`, `PRIORITISE_BACKLOG`
and `Prioritise the backlog` are the same. `facilitat…` is any word that begins so, `…leiter` any that ends so. Words are shown
as they are compared, without accents.

";

const HEADS: &str = "\
## How the head of a column is read

**Which seat it names.** A head names a seat if it is a wording of it, alone (`Product Owner`), with a word beside it that
changes nothing (`Senior Product Manager`, `Product Owner 2`), with a remark (`PO (Checkout)`) or with a name (`Scrum Master:
Lee`). Any other word beside it makes it something else: `Chief Product Owner` and `Proxy PO` name no seat. `PM` may be a
product manager or a project manager: it is put in no seat until you say which.

**Group or person.** The last word that says it decides, up to `of` and its like: `Steering Committee Chair` is a person, `Board
of Directors` a group, `Head of Teams` a person. The plural of a person's word is a group (`Product Owners`), and so is the
plural of an abbreviation (`SMEs`). A department is a group unless a person's word stands beside it: `Legal` is a group, `Legal
Counsel` a person. Without any such word the head is taken for a person, as names are. A person who is called like a group is
taken for a group: the summary names the word, and deleting `kind: group` in the team file corrects it.

**Several names.** A `/` parts names, as in `DPO/Security`. They are declared as one and reported, because only you know whether
either decides or both. It parts nothing around a single letter (`N/A`), in words that are usually written so (`UI/UX
Designer`), before the ending of another gender (`Leiter/in`), and between two wordings of the same seat (`PO/Product Owner`).
`and`, `&`, `+` and commas part seats only: `Legal & Compliance` is one department, `Product Owner & Scrum Master` are two
seats.

";

const TASKS: &str = "\
## How a task is read

Each duty has phrases. A phrase fits a task that has all of its words.

- **Exact wording**: a sure phrase says all that counts in the task: `Prioritise the product backlog`.
- **Likely**: a sure phrase says most of it (`Prioritise backlog items by value`), or a likely one, which only suggests the duty,
  says all of it.
- **Open**: its words fit several duties equally well, or it lists several: `Product vision and strategy`. You say which.
- **Own duty**: nothing fits, or too little of the task is explained, or a word beside it makes it another task.

Words of families are **bold**: any word of the family will do. A word in parentheses may be missing.

";

/// The page.
pub fn wording() -> String {
    let mut page = String::from(INTRODUCTION);
    page += HEADS;
    page += "### Seats\n\n| Seat | Wordings |\n| --- | --- |\n";
    for heads in SEAT_HEADS.chunk_by(|one, next| one.seat == next.seat) {
        let wordings: Vec<String> = heads.iter().map(|head| list(head.words, " ")).collect();
        page += &format!("| {} | {} |\n", escape::code(heads.first().map_or("", |head| head.seat)), wordings.join(", "));
    }
    let lists = [
        ("Beside a seat they change nothing", QUALIFIERS),
        ("Words of groups", GROUPS),
        ("Words of persons", PERSONS),
        ("Departments", DEPARTMENTS),
        ("Usually written with a `/`", PAIRS),
        ("Endings of another gender", ENDINGS),
        ("Nobody, in a cell of names", NOBODY),
    ];
    for (title, words) in lists {
        page += &format!("\n### {title}\n\n{}\n", list(words, ", "));
    }
    page += &format!("\n{TASKS}### Families\n\n| Family | Words |\n| --- | --- |\n");
    for (family, words) in families() {
        page += &format!("| **{family}** | {} |\n", list(words, ", "));
    }
    page += &format!("\n### Words that do not count\n\n{}\n", list(FILLERS, ", "));
    page += &format!(
        "\n### Words that make another task\n\nUnless a phrase has them: preparing a decision is not deciding.\n\n{}\n",
        list(AGAINST, ", ")
    );
    page += "\n## Phrases for one duty\n";
    for duties in areas() {
        page += &format!("\n### {}\n", duties.first().map_or("", Duty::area));
        page.extend(duties.iter().map(duty));
    }
    page += "\n## Phrases for several duties\n\nA task with one of them is open.\n\n| Phrase | Duties |\n| --- | --- |\n";
    for phrase in PHRASES.iter().filter(|phrase| phrase.duties.len() > 1) {
        let duties: Vec<String> = phrase.duties.iter().map(|duty| escape::code(duty)).collect();
        page += &format!("| {}{} | {} |\n", phrased(phrase.words, " "), unless(phrase.without), duties.join(", "));
    }
    page
}

/// A duty with its phrases. The words beside which it is another task are the same for all of them.
fn duty(duty: &Duty) -> String {
    let own: Vec<&Phrase> = PHRASES.iter().filter(|phrase| phrase.duties == [duty.id]).collect();
    let mut shown = format!("\n#### {}\n\n{}\n\n", duty.id, escape::markdown(duty.meaning));
    for (title, sure) in [("Sure", true), ("Likely", false)] {
        let phrases: Vec<String> =
            own.iter().filter(|phrase| phrase.sure == sure).map(|phrase| phrased(phrase.words, " ")).collect();
        if !phrases.is_empty() {
            shown += &format!("- {title}: {}\n", phrases.join(", "));
        }
    }
    match own.first().map(|phrase| phrase.without) {
        None | Some([]) => {}
        Some(words) => shown += &format!("- Not beside: {}\n", phrased(words, ", ")),
    }
    shown
}

/// What a phrase for several duties is not beside.
fn unless(words: &[PhraseWord]) -> String {
    if words.is_empty() { String::new() } else { format!(" (not beside {})", phrased(words, ", ")) }
}

/// The families by their names.
fn families() -> BTreeMap<&'static str, &'static [&'static str]> {
    let words = PHRASES.iter().flat_map(|phrase| phrase.words.iter().chain(phrase.without));
    words.filter(|word| !word.family.is_empty()).map(|word| (word.family, word.any_of)).collect()
}

fn phrased(words: &[PhraseWord], between: &str) -> String {
    let shown = |word: &PhraseWord| {
        let name = if word.family.is_empty() { list(word.any_of, ", ") } else { format!("**{}**", word.family) };
        if word.optional { format!("({name})") } else { name }
    };
    words.iter().map(shown).collect::<Vec<_>>().join(between)
}

/// Words as readers know them: what may stand where a stem has its `*` is left open.
fn list(stems: &[&str], between: &str) -> String {
    stems.iter().map(|stem| stem.replace('*', "…")).collect::<Vec<_>>().join(between)
}
