//! Compiles the catalogue in `roles/` into the static tables that `src/catalogue.rs` includes.
//!
//! The data is checked here, so that a slip in it fails the build with the name of the file and of the entry.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Write as _};
use std::fs;
use std::io::{self, Write as _};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};
use sha2::{Digest as _, Sha256};

#[path = "build/wording.rs"]
mod wording;

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

/// The files in `roles/` that are no role's.
const OTHER_FILES: [&str; 6] = ["advice", "claims", "documents", "models", "signals", "wording"];

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

/// `roles/claims.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Claims {
    /// The ids of those that are not quoted, by document and section.
    unquoted: Entries<Entries<Vec<String>>>,
    /// The ids of those that no team file can contradict, quoted or not.
    not_auditable: Vec<String>,
}

/// What is known of a claim without its words.
struct Claim {
    document: String,
    section: String,
    auditable: bool,
}

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
    #[serde(default)]
    claims: Vec<String>,
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
    #[serde(default)]
    claims: Vec<String>,
    /// The key that it follows from, if nobody has to record it.
    derived: Option<String>,
}

/// A model or an overlay of `roles/models.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Model {
    kind: ModelKind,
    meaning: String,
    changes: String,
    claims: Vec<String>,
}

/// The name of a variant is its name in `src/catalogue.rs`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ModelKind {
    Model,
    Overlay,
}

/// A row of `roles/advice.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advice {
    situation: String,
    advice: String,
    passage: String,
    #[serde(default)]
    claims: Vec<String>,
}

/// What all of `roles/` says, in the order in which it is written out.
struct Catalogue {
    documents: BTreeMap<String, Document>,
    passages: Passages,
    /// All claims, quoted or not.
    claims: BTreeMap<String, Claim>,
    /// Duties in the order of `AREAS`, each with its id and its role.
    duties: Vec<(String, String, Duty)>,
    signals: BTreeMap<String, Signal>,
    /// Models and rows of advice stand in the order of their files.
    models: Vec<(String, Model)>,
    advice: Vec<(String, Advice)>,
}

/// What entries cite: the quoted passages, and the claims at large.
struct Evidence<'a> {
    passages: &'a Passages,
    claims: &'a BTreeMap<String, Claim>,
}

fn main() -> Result<(), String> {
    writeln!(io::stdout(), "cargo:rerun-if-changed=roles").map_err(|error| format!("standard output: {error}"))?;
    let catalogue = read_catalogue(Path::new("roles"))?;
    let folder = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set; cargo sets it")?;
    let folder = PathBuf::from(folder);
    let code = write_tables(&catalogue).map_err(|error| format!("writing the tables: {error}"))?;
    let ids: Vec<&str> = catalogue.duties.iter().map(|(id, ..)| id.as_str()).collect();
    let words = wording::read_wording(Path::new("roles/wording.yaml"), &ids)?;
    let words = wording::write_wording(&words).map_err(|error| format!("writing the words: {error}"))?;
    for (name, code) in [("catalogue.rs", code), ("wording.rs", words), ("page.rs", write_page()?)] {
        let file = folder.join(name);
        fs::write(&file, code).map_err(|error| in_file(&file, error))?;
    }
    Ok(())
}

/// The style and the script of the page of a review, and what it may load and run: these two, named by their hashes, and nothing else.
fn write_page() -> Result<String, String> {
    let read = |names: &[&str]| -> Result<String, String> {
        let mut text = String::new();
        for name in names {
            let file = Path::new("src/render/review/html").join(name);
            writeln!(io::stdout(), "cargo:rerun-if-changed={}", file.display())
                .map_err(|error| format!("standard output: {error}"))?;
            text += &fs::read_to_string(&file).map_err(|error| in_file(&file, error))?;
        }
        // Some checkers take the hash of the text without the blanks around it.
        Ok(text.trim().to_owned())
    };
    let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    let (style, script) = (read(&["page.css", "chart.css"])?, read(&["page.js"])?);
    let policy = format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src {}; script-src {}",
        hash(&style),
        hash(&script)
    );
    let constants = [
        ("How the page looks.", "STYLE", style),
        ("What filters it.", "SCRIPT", script),
        ("What the page may load and run: nothing but its own style and script, which the hashes name.", "POLICY", policy),
    ];
    Ok(constants.map(|(about, name, text)| format!("/// {about}\nconst {name}: &str = {text:?};\n")).concat())
}

// Reading and checking

fn read_catalogue(roles: &Path) -> Result<Catalogue, String> {
    let documents = read_documents(&roles.join("documents.yaml"))?;
    let passages = read_passages(&roles.join("passages"), &documents)?;
    let claims = read_claims(&roles.join("claims.yaml"), &documents, &passages)?;
    let evidence = Evidence { passages: &passages, claims: &claims };
    let signals = read_signals(&roles.join("signals.yaml"), &evidence)?;
    let models = read_models(&roles.join("models.yaml"), &evidence)?;
    let advice = read_advice(&roles.join("advice.yaml"), &evidence)?;
    let duties = read_duties(roles, &evidence)?;
    Ok(Catalogue { documents, passages, claims, duties, signals, models, advice })
}

fn read_documents(file: &Path) -> Result<BTreeMap<String, Document>, String> {
    let documents: BTreeMap<String, Document> = read_entries(file)?.into_iter().collect();
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
        for (id, passage) in read_entries::<Passage>(&file)? {
            require_id_of(&file, &id, &document)?;
            require_text(&file, &id, "quote", &passage.quote)?;
            passages.insert(id, (document.clone(), passage));
        }
    }
    Ok(passages)
}

/// All claims: those that are quoted, and those that `claims.yaml` lists beside them.
fn read_claims(
    file: &Path,
    documents: &BTreeMap<String, Document>,
    passages: &Passages,
) -> Result<BTreeMap<String, Claim>, String> {
    let claim =
        |document: &String, section: &String| Claim { document: document.clone(), section: section.clone(), auditable: true };
    let Claims { unquoted, not_auditable } = read(file)?;
    let mut claims: BTreeMap<String, Claim> = BTreeMap::new();
    for (document, sections) in &unquoted.0 {
        if !documents.contains_key(document) {
            return Err(in_file(file, format!("documents.yaml has no document `{document}`")));
        }
        for (section, ids) in &sections.0 {
            for id in ids {
                require_id_of(file, id, document)?;
                if passages.contains_key(id) {
                    return Err(in_file(file, format!("`{id}` is quoted in roles/passages; delete it here")));
                }
                if claims.insert(id.clone(), claim(document, section)).is_some() {
                    return Err(in_file(file, format!("`{id}` stands here twice")));
                }
            }
        }
    }
    claims.extend(passages.iter().map(|(id, (document, passage))| (id.clone(), claim(document, &passage.section))));
    for id in &not_auditable {
        let claim = claims.get_mut(id).ok_or_else(|| in_file(file, format!("`{id}` is no known claim")))?;
        claim.auditable = false;
    }
    Ok(claims)
}

fn read_signals(file: &Path, evidence: &Evidence) -> Result<BTreeMap<String, Signal>, String> {
    let signals: BTreeMap<String, Signal> = read_entries(file)?.into_iter().collect();
    for (name, signal) in &signals {
        require_text(file, name, "meaning", &signal.meaning)?;
        require_text(file, name, "derived", signal.derived.as_deref().unwrap_or("recorded"))?;
        evidence.require(file, name, Some(&signal.passage), &signal.claims)?;
    }
    Ok(signals)
}

fn read_models(file: &Path, evidence: &Evidence) -> Result<Vec<(String, Model)>, String> {
    let models: Vec<(String, Model)> = read_entries(file)?;
    for (name, model) in &models {
        require_text(file, name, "meaning", &model.meaning)?;
        require_text(file, name, "changes", &model.changes)?;
        evidence.require(file, name, None, &model.claims)?;
    }
    Ok(models)
}

fn read_advice(file: &Path, evidence: &Evidence) -> Result<Vec<(String, Advice)>, String> {
    let rows: Vec<(String, Advice)> = read_entries(file)?;
    for (name, row) in &rows {
        require_text(file, name, "situation", &row.situation)?;
        require_text(file, name, "advice", &row.advice)?;
        evidence.require(file, name, Some(&row.passage), &row.claims)?;
    }
    Ok(rows)
}

/// Reads the files of all roles and puts their duties in the order of `AREAS`.
fn read_duties(roles: &Path, evidence: &Evidence) -> Result<Vec<(String, String, Duty)>, String> {
    let mut found: BTreeMap<String, (PathBuf, String, Duty)> = BTreeMap::new();
    for (role, file) in yaml_files(roles)? {
        if OTHER_FILES.contains(&role.as_str()) {
            continue;
        }
        for (id, duty) in read_entries::<Duty>(&file)? {
            require_known(&file, &id)?;
            require_text(&file, &id, "meaning", &duty.meaning)?;
            evidence.require(&file, &id, Some(&duty.passage), &duty.claims)?;
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

/// Requires an id such as `D4-243` of document 004. So an id says which document it belongs to, and occurs in one file only.
fn require_id_of(file: &Path, id: &str, document: &str) -> Result<(), String> {
    let number: u32 = document.parse().map_err(|error| in_file(file, error))?;
    let prefix = format!("D{number}-");
    if id.strip_prefix(&prefix).is_some_and(is_three_digits) {
        Ok(())
    } else {
        Err(in_file(file, format!("`{id}` is no id of document {document}, such as {prefix}001")))
    }
}

impl Evidence<'_> {
    /// Requires that an entry's passage is quoted, and that its further claims are known, sorted, and none of them the passage.
    fn require(&self, file: &Path, entry: &str, passage: Option<&str>, claims: &[String]) -> Result<(), String> {
        if let Some(id) = passage.filter(|id| !self.passages.contains_key(*id)) {
            return Err(in_file(file, format!("`{entry}`: no file of roles/passages holds the passage `{id}`")));
        }
        for id in claims {
            match self.claims.get(id) {
                None => {
                    return Err(in_file(file, format!("`{entry}`: `{id}` is in neither roles/claims.yaml nor roles/passages")));
                }
                Some(claim) if !claim.auditable => {
                    return Err(in_file(file, format!("`{entry}`: roles/claims.yaml calls `{id}` not auditable")));
                }
                Some(_) if passage == Some(id.as_str()) => {
                    return Err(in_file(file, format!("`{entry}`: `{id}` is its passage; delete it under `claims`")));
                }
                Some(_) => {}
            }
        }
        match claims.windows(2).find(|pair| pair[0] >= pair[1]) {
            Some(pair) => Err(in_file(file, format!("`{entry}`: `{}` belongs before `{}`, once", pair[1], pair[0]))),
            None => Ok(()),
        }
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

/// The entries of a file, in its order.
fn read_entries<T: DeserializeOwned>(file: &Path) -> Result<Vec<(String, T)>, String> {
    read::<Entries<T>>(file).map(|entries| entries.0)
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<T, String> {
    let text = fs::read_to_string(file).map_err(|error| in_file(file, error))?;
    serde_yaml::from_str(&text).map_err(|error| in_file(file, error))
}

fn in_file(file: &Path, problem: impl Display) -> String {
    format!("{}: {problem}", file.display())
}

/// A map in the order of its file. It refuses a key written twice, where a plain one would keep the last entry in silence.
struct Entries<T>(Vec<(String, T)>);

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
        let mut entries = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(key) = access.next_key::<String>()? {
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom(format_args!("`{key}` stands here twice")));
            }
            entries.push((key, access.next_value()?));
        }
        Ok(Entries(entries))
    }
}

// Writing

fn write_tables(catalogue: &Catalogue) -> Result<String, fmt::Error> {
    let Catalogue { documents, passages, claims, duties, signals, models, advice } = catalogue;
    // Tables refer to each other by position. Every key that is looked up was checked when it was read.
    let document_at = positions(documents);
    let passage_at = positions(passages);
    let mut code = String::new();

    let rows = documents.iter().map(|(id, Document { title, publisher, .. })| {
        format!("Document {{ id: {id:?}, title: {title:?}, publisher: {publisher:?} }}")
    });
    write_table(&mut code, "The documents that the rules are drawn from, sorted by id.", "DOCUMENTS", "Document", rows)?;

    let rows = passages.iter().map(|(id, (document, Passage { section, quote }))| {
        let document = document_at[document.as_str()];
        format!("Passage {{ id: {id:?}, document: &DOCUMENTS[{document}], section: {section:?}, quote: {quote:?} }}")
    });
    write_table(&mut code, "The passages that are quoted, sorted by id.", "PASSAGES", "Passage", rows)?;

    let rows = claims.iter().map(|(id, Claim { document, section, auditable })| {
        let document = document_at[document.as_str()];
        format!("Claim {{ id: {id:?}, document: &DOCUMENTS[{document}], section: {section:?}, auditable: {auditable} }}")
    });
    write_table(&mut code, "All claims of the documents, quoted or not, sorted by id.", "CLAIMS", "Claim", rows)?;

    let rows = duties.iter().map(|(id, role, Duty { meaning, level, core, right, passage, claims })| {
        let passage = passage_at[passage.as_str()];
        format!(
            "Duty {{ id: {id:?}, meaning: {meaning:?}, role: {role:?}, level: Level::{level:?}, core: {core}, right: {right}, \
             passage: &PASSAGES[{passage}], claims: &{claims:?} }}"
        )
    });
    write_table(&mut code, "The built-in duties, area by area.", "DUTIES", "Duty", rows)?;
    writeln!(code, "/// The built-in duties by name, for code that speaks of one of them.")?;
    write_positions(&mut code, "duties", "DutyIx", duties.iter().map(|(id, ..)| id))?;

    let rows = signals.iter().enumerate().map(|(position, (name, Signal { meaning, passage, claims, derived }))| {
        let passage = passage_at[passage.as_str()];
        format!(
            "Signal {{ position: SignalIx({position}), name: {name:?}, meaning: {meaning:?}, passage: &PASSAGES[{passage}], \
             claims: &{claims:?}, derived: {derived:?} }}"
        )
    });
    write_table(&mut code, "The signals, sorted by name.", "SIGNALS", "Signal", rows)?;
    writeln!(code, "/// The signals by name, for code that speaks of one of them.")?;
    write_positions(&mut code, "signals", "SignalIx", signals.keys())?;

    let rows = models.iter().map(|(name, Model { kind, meaning, changes, claims })| {
        format!(
            "Model {{ name: {name:?}, kind: ModelKind::{kind:?}, meaning: {meaning:?}, changes: {changes:?}, claims: &{claims:?} }}"
        )
    });
    write_table(&mut code, "The models in the order in which they are tried, and then the overlays.", "MODELS", "Model", rows)?;

    let rows = advice.iter().map(|(name, Advice { situation, advice, passage, claims })| {
        let passage = passage_at[passage.as_str()];
        format!(
            "Advice {{ name: {name:?}, situation: {situation:?}, advice: {advice:?}, passage: &PASSAGES[{passage}], \
             claims: &{claims:?} }}"
        )
    });
    write_table(&mut code, "The rows of the decision table, in its order.", "ADVICE", "Advice", rows)?;
    Ok(code)
}

/// A static table with a row for each entry.
fn write_table(
    code: &mut String,
    meaning: &str,
    name: &str,
    kind: &str,
    rows: impl ExactSizeIterator<Item = String>,
) -> fmt::Result {
    writeln!(code, "/// {meaning}\npub static {name}: [{kind}; {}] = [", rows.len())?;
    for row in rows {
        writeln!(code, "    {row},")?;
    }
    writeln!(code, "];\n")
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
