//! Compiles the catalogue in `roles/` into the static tables that `src/catalogue.rs` includes.
//!
//! The data is checked here, so that a slip in it fails the build with the name of the file and of the entry.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Write as _};
use std::fs;
use std::io::{self, Write as _};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};

/// Every duty, by area: the one list that sets the order in which duties are shown everywhere.
const AREAS: [(&str, &[&str]); 16] = [
    ("strategy", &["vision", "product", "opportunities", "outcomes", "business-case", "tradeoffs", "lifecycle"]),
    ("market", &["discovery", "research", "competition", "customer-voice"]),
    ("requirements", &["needs"]),
    ("roadmap", &["shape", "priorities", "initiatives"]),
    ("alignment", &["stakeholders"]),
    ("value", &["maximize"]),
    ("goal", &["define", "communicate"]),
    ("backlog", &["manage", "order", "refine", "translate", "understanding", "intake", "acceptance"]),
    ("delivery", &["questions", "tradeoffs", "how", "sprint", "team-voice", "review"]),
    ("program", &["coordination"]),
    ("scope", &["changes"]),
    ("priorities", &["conflict"]),
    ("release", &["decision"]),
    ("results", &["metrics", "measure", "learn"]),
    ("people", &["manage"]),
    ("org", &["products", "role-design"]),
];

/// A document of `roles/documents.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    title: String,
    publisher: String,
    // The tests compare the hashes; here they only have to look like some.
    sha256: String,
    #[serde(rename = "quotes-sha256")]
    quotes_sha256: String,
}

/// A passage of `roles/passages/<document>.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Passage {
    section: String,
    quote: String,
}

/// All passages by id, each with its document's id.
type Passages = BTreeMap<String, (String, Passage)>;

/// A duty of `roles/<role>.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Duty {
    meaning: String,
    level: Level,
    #[serde(default)]
    core: bool,
    #[serde(default)]
    right: bool,
    passage: String,
}

/// The levels that a built-in duty can have. The name of a variant is its name in `src/catalogue.rs`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Backlog,
    Team,
    Product,
}

/// A signal of `roles/signals.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signal {
    meaning: String,
    passage: String,
    /// The key that it follows from, if nobody has to record it.
    derived: Option<String>,
}

/// What all of `roles/` says, in the order in which it is written out.
struct Catalogue {
    documents: BTreeMap<String, Document>,
    passages: Passages,
    /// Duties in the order of `AREAS`, each with its id and its role.
    duties: Vec<(String, String, Duty)>,
    signals: BTreeMap<String, Signal>,
}

fn main() -> Result<(), String> {
    writeln!(io::stdout(), "cargo:rerun-if-changed=roles").map_err(|error| format!("standard output: {error}"))?;
    let catalogue = read_catalogue(Path::new("roles"))?;
    let folder = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set; cargo sets it")?;
    let file = PathBuf::from(folder).join("catalogue.rs");
    let code = write_tables(&catalogue).map_err(|error| format!("writing the tables: {error}"))?;
    fs::write(&file, code).map_err(|error| in_file(&file, error))
}

// Reading and checking

fn read_catalogue(roles: &Path) -> Result<Catalogue, String> {
    let documents = read_documents(&roles.join("documents.yaml"))?;
    let passages = read_passages(&roles.join("passages"), &documents)?;
    let signals = read_signals(&roles.join("signals.yaml"), &passages)?;
    let duties = read_duties(roles, &passages)?;
    Ok(Catalogue { documents, passages, duties, signals })
}

fn read_documents(file: &Path) -> Result<BTreeMap<String, Document>, String> {
    let documents: BTreeMap<String, Document> = read_entries(file)?;
    for (id, document) in &documents {
        if !is_three_digits(id) {
            return Err(in_file(file, format!("`{id}` is no document number of three digits, such as \"004\"")));
        }
        require_text(file, id, "title", &document.title)?;
        require_text(file, id, "publisher", &document.publisher)?;
        require_hash(file, id, "sha256", &document.sha256)?;
        require_hash(file, id, "quotes-sha256", &document.quotes_sha256)?;
    }
    Ok(documents)
}

fn read_passages(folder: &Path, documents: &BTreeMap<String, Document>) -> Result<Passages, String> {
    let mut passages = BTreeMap::new();
    for (document, file) in yaml_files(folder)? {
        if !documents.contains_key(&document) {
            return Err(in_file(&file, format!("documents.yaml has no document `{document}`")));
        }
        // Only this file can hold ids with this prefix, so no id occurs in two files.
        let number: u32 = document.parse().map_err(|error| in_file(&file, error))?;
        let prefix = format!("D{number}-");
        for (id, passage) in read_entries::<Passage>(&file)? {
            if !id.strip_prefix(&prefix).is_some_and(is_three_digits) {
                return Err(in_file(&file, format!("`{id}` is no passage id of this document, such as {prefix}001")));
            }
            require_text(&file, &id, "quote", &passage.quote)?;
            passages.insert(id, (document.clone(), passage));
        }
    }
    Ok(passages)
}

fn read_signals(file: &Path, passages: &Passages) -> Result<BTreeMap<String, Signal>, String> {
    let signals: BTreeMap<String, Signal> = read_entries(file)?;
    for (name, signal) in &signals {
        require_text(file, name, "meaning", &signal.meaning)?;
        require_text(file, name, "derived", signal.derived.as_deref().unwrap_or("recorded"))?;
        require_passage(file, name, &signal.passage, passages)?;
    }
    Ok(signals)
}

/// Reads the files of all roles and puts their duties in the order of `AREAS`.
fn read_duties(roles: &Path, passages: &Passages) -> Result<Vec<(String, String, Duty)>, String> {
    let mut found: BTreeMap<String, (PathBuf, String, Duty)> = BTreeMap::new();
    for (role, file) in yaml_files(roles)? {
        if role == "documents" || role == "signals" {
            continue;
        }
        for (id, duty) in read_entries::<Duty>(&file)? {
            require_known(&file, &id)?;
            require_text(&file, &id, "meaning", &duty.meaning)?;
            require_passage(&file, &id, &duty.passage, passages)?;
            if let Some((other, ..)) = found.get(&id) {
                return Err(in_file(&file, format!("`{id}` stands in {} already", other.display())));
            }
            found.insert(id, (file.clone(), role.clone(), duty));
        }
    }
    let mut duties = Vec::new();
    for (area, names) in AREAS {
        for name in names {
            let id = format!("{area}.{name}");
            let (_, role, duty) = found
                .remove(&id)
                .ok_or_else(|| format!("{}: no file holds the duty `{id}`, which AREAS in build.rs lists", roles.display()))?;
            duties.push((id, role, duty));
        }
    }
    Ok(duties)
}

fn require_known(file: &Path, id: &str) -> Result<(), String> {
    let Some((area, name)) = id.split_once('.') else {
        return Err(in_file(file, format!("`{id}` is no duty id of the form area.name")));
    };
    let Some((_, names)) = AREAS.iter().find(|(known, _)| *known == area) else {
        return Err(in_file(file, format!("`{id}`: AREAS in build.rs has no area `{area}`")));
    };
    if names.contains(&name) {
        Ok(())
    } else {
        Err(in_file(file, format!("`{id}`: AREAS in build.rs does not list `{name}` under `{area}`")))
    }
}

fn require_text(file: &Path, entry: &str, key: &str, text: &str) -> Result<(), String> {
    if text.trim().is_empty() { Err(in_file(file, format!("`{entry}`: `{key}` is blank"))) } else { Ok(()) }
}

fn require_hash(file: &Path, entry: &str, key: &str, text: &str) -> Result<(), String> {
    let is_hash = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_hash { Ok(()) } else { Err(in_file(file, format!("`{entry}`: `{key}` is not 64 lower-case hexadecimal digits"))) }
}

fn require_passage(file: &Path, entry: &str, id: &str, passages: &Passages) -> Result<(), String> {
    if passages.contains_key(id) {
        Ok(())
    } else {
        Err(in_file(file, format!("`{entry}`: no file of roles/passages holds the passage `{id}`")))
    }
}

fn is_three_digits(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The YAML files directly in a folder with their stems, by name.
fn yaml_files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(|error| in_file(folder, error))? {
        let path = entry.map_err(|error| in_file(folder, error))?.path();
        if path.extension().is_some_and(|extension| extension == "yaml")
            && let Some(stem) = path.file_stem().and_then(|stem| stem.to_str())
        {
            files.insert(stem.to_owned(), path);
        }
    }
    Ok(files)
}

fn read_entries<T: DeserializeOwned>(file: &Path) -> Result<BTreeMap<String, T>, String> {
    let text = fs::read_to_string(file).map_err(|error| in_file(file, error))?;
    let entries: Entries<T> = serde_yaml::from_str(&text).map_err(|error| in_file(file, error))?;
    Ok(entries.0)
}

fn in_file(file: &Path, problem: impl Display) -> String {
    format!("{}: {problem}", file.display())
}

/// A map that refuses a key written twice, where a plain one would keep the last entry in silence.
struct Entries<T>(BTreeMap<String, T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
    type Value = Entries<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a map of entries")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(key) = access.next_key::<String>()? {
            if entries.contains_key(&key) {
                return Err(A::Error::custom(format_args!("`{key}` stands here twice")));
            }
            entries.insert(key, access.next_value()?);
        }
        Ok(Entries(entries))
    }
}

// Writing

fn write_tables(catalogue: &Catalogue) -> Result<String, fmt::Error> {
    let Catalogue { documents, passages, duties, signals } = catalogue;
    // Tables refer to each other by position. Every key that is looked up was checked when it was read.
    let document_at = positions(documents);
    let passage_at = positions(passages);
    let mut code = String::new();

    writeln!(code, "/// The documents that the rules are drawn from, sorted by id.")?;
    writeln!(code, "pub static DOCUMENTS: [Document; {}] = [", documents.len())?;
    for (id, Document { title, publisher, .. }) in documents {
        writeln!(code, "    Document {{ id: {id:?}, title: {title:?}, publisher: {publisher:?} }},")?;
    }
    writeln!(code, "];\n")?;

    writeln!(code, "/// The passages in use, sorted by id.")?;
    writeln!(code, "pub static PASSAGES: [Passage; {}] = [", passages.len())?;
    for (id, (document, Passage { section, quote })) in passages {
        let document = document_at[document.as_str()];
        writeln!(
            code,
            "    Passage {{ id: {id:?}, document: &DOCUMENTS[{document}], section: {section:?}, quote: {quote:?} }},"
        )?;
    }
    writeln!(code, "];\n")?;

    writeln!(code, "/// The built-in duties, area by area.")?;
    writeln!(code, "pub static DUTIES: [Duty; {}] = [", duties.len())?;
    for (id, role, Duty { meaning, level, core, right, passage }) in duties {
        let passage = passage_at[passage.as_str()];
        writeln!(code, "    Duty {{ id: {id:?}, meaning: {meaning:?}, role: {role:?}, level: Level::{level:?},")?;
        writeln!(code, "        core: {core}, right: {right}, passage: &PASSAGES[{passage}] }},")?;
    }
    writeln!(code, "];\n")?;

    writeln!(code, "/// The built-in duties by name, for code that speaks of one of them.")?;
    write_positions(&mut code, "duties", "DutyIx", duties.iter().map(|(id, ..)| id))?;

    writeln!(code, "/// The signals, sorted by name.")?;
    writeln!(code, "pub static SIGNALS: [Signal; {}] = [", signals.len())?;
    for (position, (name, Signal { meaning, passage, derived })) in signals.iter().enumerate() {
        let passage = passage_at[passage.as_str()];
        writeln!(code, "    Signal {{ position: SignalIx({position}), name: {name:?}, meaning: {meaning:?},")?;
        writeln!(code, "        passage: &PASSAGES[{passage}], derived: {derived:?} }},")?;
    }
    writeln!(code, "];\n")?;

    writeln!(code, "/// The signals by name, for code that speaks of one of them.")?;
    write_positions(&mut code, "signals", "SignalIx", signals.keys())?;
    Ok(code)
}

/// A module with a constant for each position in a table.
fn write_positions<'n>(code: &mut String, module: &str, kind: &str, names: impl Iterator<Item = &'n String>) -> fmt::Result {
    writeln!(code, "pub mod {module} {{\n    use super::{kind};")?;
    for (index, name) in names.enumerate() {
        let constant = name.replace(['.', '-'], "_").to_uppercase();
        writeln!(code, "    /// `{name}`.\n    pub const {constant}: {kind} = {kind}({index});")?;
    }
    writeln!(code, "}}\n")
}

fn positions<T>(table: &BTreeMap<String, T>) -> BTreeMap<&str, usize> {
    table.keys().enumerate().map(|(position, key)| (key.as_str(), position)).collect()
}
