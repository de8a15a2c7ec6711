//! The JSON Schema (draft 2020-12) of team files and settings, from the field table: with it an editor completes keys and words, tells
//! what they mean, and marks what the loader would refuse.
//!
//! It refuses what the loader refuses, as far as one file shows it without what others declare, and nothing else but one thing: what
//! YAML reads as no text at all, such as an unquoted `null`, is none to an editor, even where the loader takes it for a name.
//!
//! It keeps to the keywords of the standard, so that strict validators take it. Words that mean something are an `anyOf`, because
//! editors complete and explain its parts one by one. They show the first title and the first description that they find on the way
//! out from a value: hence every kind of value has a description, and every key has its meaning as title too.

use crate::catalogue::{DUTIES, Duty, SIGNALS};
use crate::document::table::{Key, Keys, Of, Reach, Record, Shape, Word};
use crate::document::value::{CUSTOMERS, MOST_NAMED, NOBODY, RESERVED, SEAT_WORDS};
use crate::document::{Document, FORMAT, Interim, Right, Team, hints};
use crate::rules::RULES;
use crate::settings::SettingsFile;
use crate::source::{Source, Sources};
use crate::yaml::{self, Kind, Node};
use serde_json::{Map, Value, json};

/// The schema of a team file.
pub fn team_file() -> Value {
    of_file(&Document::RECORD)
}

/// The schema of a settings file.
pub fn settings_file() -> Value {
    of_file(&SettingsFile::RECORD)
}

fn of_file(record: &'static Record) -> Value {
    let mut definitions = Definitions(Map::new());
    let file = definitions.record(record);
    let mut schema = json!({"$schema": "https://json-schema.org/draft/2020-12/schema"});
    add(&mut schema, file);
    add(&mut schema, json!({"$defs": definitions.0}));
    schema
}

/// Adds what a schema does not say yet.
fn add(schema: &mut Value, more: Value) {
    if let (Value::Object(schema), Value::Object(more)) = (schema, more) {
        for (keyword, value) in more {
            schema.entry(keyword).or_insert(value);
        }
    }
}

/// What an editor makes of a value: unlike the loader, it takes `true` and `20` for no texts unless they are quoted.
pub fn typed(node: &Node<'_>) -> Value {
    match &node.kind {
        Kind::Blank | Kind::Broken => Value::Null,
        Kind::Scalar { text, plain } => match text.as_ref() {
            text if !plain => text.into(),
            "null" | "Null" | "NULL" => Value::Null,
            "true" | "True" | "TRUE" => true.into(),
            "false" | "False" | "FALSE" => false.into(),
            text if text.ends_with(|c: char| c.is_ascii_digit()) => {
                let whole = text.parse::<i64>().map(Value::from);
                whole.or_else(|_| text.parse::<f64>().map(Value::from)).unwrap_or_else(|_| text.into())
            }
            text => text.into(),
        },
        Kind::List(items) => items.iter().map(typed).collect(),
        Kind::Map { entries, .. } => entries.iter().map(|entry| (entry.key.to_string(), typed(&entry.value))).collect(),
    }
}

/// An example or a default of the field table.
fn written(text: &str) -> Value {
    let sources = Sources::new(vec![Source::new("", text)]);
    let root = sources.iter().find_map(|(file, source)| yaml::parse(file, &source.text).root.as_ref().map(typed));
    root.unwrap_or_default()
}

/// The definitions that a schema refers to.
struct Definitions(Map<String, Value>);

impl Definitions {
    /// Refers to a definition, which is made where it is used first.
    fn refer(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.0.contains_key(name) {
            let made = make(self);
            self.0.insert(name.to_owned(), made);
        }
        json!({"$ref": format!("#/$defs/{name}")})
    }

    /// A map with fixed keys.
    fn record(&mut self, record: &'static Record) -> Value {
        let properties: Map<String, Value> = record.keys.iter().map(|key| (key.name.to_owned(), self.property(key))).collect();
        let required: Vec<&str> = record.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
        let mut schema = json!({
            "description": record.about.trim(),
            "type": "object",
            "properties": properties,
            "patternProperties": {OWN_KEYS: true},
            "additionalProperties": false,
        });
        if !required.is_empty() {
            add(&mut schema, json!({"required": required}));
        }
        add(&mut schema, between_keys(record));
        schema
    }

    fn property(&mut self, key: &Key) -> Value {
        let mut schema = meaning(key.meaning);
        if let Some(example) = key.example {
            add(&mut schema, json!({"examples": [written(example)]}));
        }
        if let Some(default) = key.default {
            add(&mut schema, json!({"default": written(default)}));
        }
        add(&mut schema, self.value(&key.shape));
        schema
    }

    fn value(&mut self, shape: &Shape) -> Value {
        any_of(self.kinds(shape))
    }

    /// The kinds of value that can stand somewhere. What stands first is what an editor compares a wrong value with.
    fn kinds(&mut self, shape: &Shape) -> Vec<Value> {
        match shape {
            Shape::Text => vec![self.refer("text", |_| text())],
            Shape::Reason => vec![self.refer("reason", |_| reason())],
            Shape::Ground => vec![self.refer("ground", |_| ground())],
            Shape::Bool => vec![self.refer("boolean", |_| boolean())],
            Shape::Format => vec![json!({"enum": [FORMAT, FORMAT.to_string()]})],
            Shape::Count => vec![self.refer("count", |_| number("A whole number.", u32::MAX))],
            Shape::Percent => vec![self.refer("percent", |_| number("A whole number from 0 to 100.", 100))],
            Shape::Date => vec![self.refer("day", |_| day())],
            Shape::Until => vec![self.refer("day", |_| day()), word("unknown", "It ends, and nobody knows when.")],
            Shape::Interval => vec![self.refer("interval", |_| interval())],
            Shape::Id(of) => self.references(*of),
            Shape::Actors => some_or_nobody(self.refer("actor", |_| any_of(actor()))),
            Shape::Participants => {
                let customers = word(CUSTOMERS, "Those who use the product.");
                let participant = self.refer("participant", |_| any_of([actor(), vec![customers]].concat()));
                vec![participant.clone(), no_crowd(list(participant, 1))]
            }
            Shape::Seat => {
                let mut holder = id("The id of a person or group.", reserved().chain(hints::VACANT.iter().copied()));
                holder.extend(self.kinds(&Shape::Record(&Interim::RECORD)));
                some_or_nobody(self.refer("holder", |_| any_of(holder)))
            }
            Shape::Developers => {
                let people = id("The id of a person.", reserved());
                // A number is how many they are.
                let [number, person] = [self.value(&Shape::Count), people[0].clone()];
                let mut kinds = some_or_nobody(person);
                kinds.insert(1, number);
                kinds
            }
            Shape::Word(list) => words(list),
            Shape::Signal => vec![self.refer("signal", |_| any_of(signals()))],
            Shape::Subject => vec![self.refer("subject", |_| subject())],
            Shape::List(item) => {
                let mut kinds = self.kinds(item);
                let several = list(any_of(kinds.clone()), 0);
                kinds.push(if matches!(item, Shape::Id(_)) { no_crowd(several) } else { several });
                kinds
            }
            Shape::Map(keys, value) => vec![self.map(*keys, value)],
            Shape::Rights(reach, right) => {
                let name = match reach {
                    Reach::Everything => "responsibilities",
                    Reach::Team => "responsibilities-of-team",
                };
                let right = self.refer("decider-or-right", |definitions| definitions.value(right));
                vec![self.refer(name, |_| rights(*reach, &right))]
            }
            Shape::Record(record) => {
                // `an entry of the rhythm` without its article, as one word.
                let words = record.name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                let name = words.skip(1).collect::<Vec<_>>().join("-");
                vec![self.refer(&name, |definitions| definitions.record(record))]
            }
            Shape::Either(shapes) => shapes.iter().flat_map(|shape| self.kinds(shape)).collect(),
        }
    }

    /// The kinds of value that name something which stands elsewhere.
    fn references(&mut self, of: Of) -> Vec<Value> {
        match of {
            Of::Person | Of::Product | Of::Team | Of::Backlog => {
                vec![self.refer("id", |_| any_of(id("An id that is declared.", reserved())))]
            }
            Of::Duty => vec![self.refer("duty-id", |_| any_of(duty(false)))],
            Of::DutyOrArea => vec![self.refer("duty-or-area-id", |_| any_of(duty(true)))],
            Of::Rule => vec![self.refer("rule-name", |_| any_of(rule()))],
        }
    }

    /// A map whose keys are not fixed.
    fn map(&mut self, keys: Keys, shape: &Shape) -> Value {
        let mut kinds = self.kinds(shape);
        if may_be_blank(shape) {
            kinds.push(json!({"description": "The id is name enough.", "type": "null"}));
        }
        let value = any_of(kinds);
        match keys {
            Keys::Ids => map_of(Map::new(), json!({OWN_KEYS: true, format!("^(?!({})$){ID}$", no_ids(reserved())): value})),
            Keys::OwnDuties => map_of(Map::new(), json!({OWN_KEYS: true, own_duty(ID): value})),
            Keys::Rules => {
                let value = self.refer("severity", |_| value);
                let rules = RULES.iter().map(|rule| (rule.name.to_owned(), described(rule.summary, &value)));
                map_of(rules.collect(), json!({OWN_KEYS: true}))
            }
        }
    }
}

/// Whether an entry of a map says enough with its key: a record that needs no key can have none at all.
fn may_be_blank(shape: &Shape) -> bool {
    match shape {
        Shape::Record(record) => record.keys.iter().all(|key| !key.required),
        Shape::Either(shapes) => shapes.iter().any(may_be_blank),
        _ => false,
    }
}

/// What the keys of a record say together, beyond what each says alone.
fn between_keys(record: &Record) -> Value {
    if record.name == Right::RECORD.name {
        return json!({"dependentSchemas": {"decides": {"properties": {"not-applicable": false}}}});
    }
    if record.name == Team::RECORD.name {
        let several = json!({"type": "array", "minItems": 2, "uniqueItems": true});
        let has_several_products = json!({"properties": {"product": several}, "required": ["product"]});
        return json!({"if": has_several_products, "then": {"properties": {"backlog": true}, "required": ["backlog"]}});
    }
    json!({})
}

fn map_of(properties: Map<String, Value>, patterns: Value) -> Value {
    let mut schema = json!({"type": "object"});
    if !properties.is_empty() {
        add(&mut schema, json!({"properties": properties}));
    }
    add(&mut schema, json!({"patternProperties": patterns, "additionalProperties": false}));
    schema
}

/// A map of responsibilities.
fn rights(reach: Reach, right: &Value) -> Value {
    let built_in = duties(reach, true).map(|(name, meaning)| (name, described(&meaning, right)));
    let own = described("One of the company's own duties, or an area of them; they are declared under `duties`.", right);
    map_of(built_in.collect(), json!({OWN_KEYS: true, own_duty(&format!(r"({ID}|\*)")): own}))
}

/// One kind, or a choice of several.
fn any_of(mut kinds: Vec<Value>) -> Value {
    if kinds.len() == 1 { kinds.swap_remove(0) } else { json!({"anyOf": kinds}) }
}

fn meaning(text: &str) -> Value {
    json!({"title": text.trim(), "description": text.trim()})
}

fn described(text: &str, value: &Value) -> Value {
    let mut schema = meaning(text);
    add(&mut schema, value.clone());
    schema
}

fn word(name: &str, meaning: &str) -> Value {
    json!({"description": meaning.trim(), "const": name})
}

fn words(words: &[Word]) -> Vec<Value> {
    words.iter().map(|known| word(known.name, known.meaning)).collect()
}

fn list(item: Value, least: u32) -> Value {
    let mut schema = json!({"description": "Several of them.", "type": "array", "items": item});
    if least > 0 {
        add(&mut schema, json!({"minItems": least}));
    }
    schema
}

/// A list of ids, which must not hold more than rules can compare.
fn no_crowd(mut list: Value) -> Value {
    add(&mut list, json!({"maxItems": MOST_NAMED}));
    list
}

/// One of a kind, several in a list, or nobody.
fn some_or_nobody(one: Value) -> Vec<Value> {
    vec![one.clone(), word(NOBODY, "There is none, and that is known."), no_crowd(list(one, 1))]
}

// Texts and numbers

fn text_like(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

fn text() -> Value {
    let text = json!({
        "description": "A text.",
        "type": "string",
        "pattern": r"\S",
        "not": text_like(&format!(r"^\s*({})\s*$", placeholders())),
    });
    json!({"anyOf": [text, as_text()]})
}

/// A number where a text is read.
fn as_text() -> Value {
    json!({"description": "A number, read as it is written.", "type": "number"})
}

fn reason() -> Value {
    json!({
        "description": "A reason, in words.",
        "type": "string",
        "pattern": LETTER,
        "not": text_like(&format!("^{SIGNS}({}){SIGNS}$", no_reasons())),
    })
}

fn ground() -> Value {
    let mut schema = text();
    let no_grounds = hints::NO_GROUNDS.iter().map(|word| word.chars().map(any_case).collect::<String>());
    let words = no_grounds.collect::<Vec<_>>().join("|");
    add(&mut schema, json!({"allOf": [{"not": text_like(&format!(r"^\s*({words})\s*$"))}]}));
    schema
}

fn boolean() -> Value {
    let quoted = json!({"description": "In quotes.", "type": "string", "pattern": "^(true|false)$"});
    json!({"anyOf": [{"description": "It is known; leave the line out if it is not.", "type": "boolean"}, quoted]})
}

fn number(description: &str, most: u32) -> Value {
    let quoted = json!({"description": "In quotes.", "type": "string", "pattern": "^[0-9]+$"});
    json!({"anyOf": [{"description": description, "type": "integer", "minimum": 0, "maximum": most}, quoted]})
}

fn day() -> Value {
    json!({
        "description": "A day: year, month and day.",
        "examples": ["2026-11-21"],
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "not": text_like(&NO_DAYS.join("|")),
    })
}

/// Days that have the form and stand in no calendar.
const NO_DAYS: [&str; 6] = [
    "-00",
    "-(1[3-9]|[2-9][0-9])-",
    "-(3[2-9]|[4-9][0-9])$",
    "-(02-3|(0[469]|11)-31)",
    // The 29th of February, but in years that 4 divides and 100 does not, or 400 does.
    "([13579]|[02468][26]|[13579][048])-02-29",
    "([02468][1235679]|[13579][01345789])00-02-29",
];

fn interval() -> Value {
    json!({
        "description": "A unit of time, alone or behind a number.",
        "examples": ["week", "2 weeks", "4 hours"],
        "type": "string",
        "pattern": "^([0-9]+ +)?(minute|hour|day|week|month|quarter|year)s?$",
        "not": text_like("^([a-z]+s$|0+ |[0-9]{11})"),
    })
}

// Names

/// Keys of one's own.
const OWN_KEYS: &str = "^x-";
/// An id, of whatever a sign is not. Classes of Unicode would be exact, but not every engine knows them; this takes no id away, and
/// leaves it to the loader to refuse rare signs.
const ID: &str = r"[^\x00-,/:-@\[-^`{-\x7f\u2000-\u206f]+";
/// An area: an id without a dot.
const AREA: &str = r"[^\x00-,./:-@\[-^`{-\x7f\u2000-\u206f]+";
/// A letter of any script.
const LETTER: &str = r"[^\x00-@\[-`{-\x7f\u2000-\u206f]";
/// What can stand between the letters of a word where only its letters count: blanks and the usual signs.
const SIGNS: &str = r"[ -/:-@\[-`{-~’…]*";

/// An id that is none of some words.
fn id<'w>(description: &str, but: impl Iterator<Item = &'w str>) -> Vec<Value> {
    let id = json!({
        "description": description,
        "type": "string",
        "pattern": format!("^{ID}$"),
        "not": text_like(&format!("^({})$", no_ids(but))),
    });
    vec![id, as_text()]
}

/// An actor: an id, or the word for a seat.
fn actor() -> Vec<Value> {
    let ids = id("The id of a person, group or team.", reserved().chain(hints::VACANT.iter().copied()));
    [ids, words(SEAT_WORDS)].concat()
}

/// All words with a meaning of their own.
fn reserved() -> impl Iterator<Item = &'static str> {
    RESERVED.iter().copied().chain(SEAT_WORDS.iter().map(|word| word.name))
}

fn signals() -> Vec<Value> {
    let observed = SIGNALS.iter().filter(|signal| signal.derived.is_none());
    observed.map(|signal| word(signal.name, signal.meaning)).collect()
}

/// Rules by name; one that is not known may be a newer roleaudit's.
fn rule() -> Vec<Value> {
    let newer = json!({"description": "The name of a rule.", "type": "string", "pattern": "^[a-z-]+$"});
    let known = RULES.iter().map(|rule| word(rule.name, rule.summary));
    known.chain([newer]).collect()
}

fn subject() -> Value {
    json!({
        "description": "What a finding is about: `products`, `teams`, `people`, `backlogs` or `openings`, a dot and an id; or `organization`.",
        "type": "string",
        "pattern": format!(r"^(organization|(products|teams|people|backlogs|openings)\.{ID})$"),
    })
}

fn duty(or_area: bool) -> Vec<Value> {
    let name = if or_area { format!(r"({ID}|\*)") } else { ID.to_owned() };
    let own = json!({"description": "One of the company's own duties.", "type": "string", "pattern": own_duty(&name)});
    let built_in = duties(Reach::Everything, or_area).map(|(name, meaning)| word(&name, &meaning));
    [own].into_iter().chain(built_in).collect()
}

/// The built-in duties and areas that a map of responsibilities can name, each with its meaning.
fn duties(reach: Reach, and_areas: bool) -> impl Iterator<Item = (String, String)> {
    let known = move || DUTIES.iter().filter(move |duty| reach == Reach::Everything || duty.level.is_of_team());
    let whole_areas = areas().into_iter().filter(move |_| and_areas).filter_map(move |area| {
        let ids: Vec<&str> = known().filter(|duty| duty.area() == area).map(|duty| duty.id).collect();
        let meaning = format!("Every duty of the area that is not named itself: {}.", ids.join(", "));
        (!ids.is_empty()).then(|| (format!("{area}.*"), meaning))
    });
    known().map(|duty| (duty.id.to_owned(), duty.meaning.to_owned())).chain(whole_areas)
}

/// The areas of the built-in duties, each once.
fn areas() -> Vec<&'static str> {
    let mut areas: Vec<&str> = DUTIES.iter().map(Duty::area).collect();
    areas.dedup();
    areas
}

// Patterns

/// A duty in an area that is not built in; `name` is what can stand behind the area.
fn own_duty(name: &str) -> String {
    format!(r"^(?!x-|({})\.){AREA}\.{name}$", areas().join("|"))
}

/// What looks like an id and is none: keys of one's own, words with a meaning, and what only keeps a place.
fn no_ids<'w>(words: impl Iterator<Item = &'w str>) -> String {
    format!("x-.*|{}|{}", words.collect::<Vec<_>>().join("|"), placeholders())
}

/// Words that only keep the place of a value.
fn placeholders() -> String {
    let words = hints::PLACEHOLDERS.iter().map(|word| word.chars().map(any_case).collect::<String>());
    words.collect::<Vec<_>>().join("|")
}

/// Words that only say that there is a reason, whatever stands between their letters.
fn no_reasons() -> String {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).map(any_case).collect::<Vec<_>>().join(SIGNS);
    hints::NO_REASONS.iter().map(|word| letters(word)).collect::<Vec<_>>().join("|")
}

fn any_case(letter: char) -> String {
    match letter {
        'a'..='z' => format!("[{letter}{}]", letter.to_ascii_uppercase()),
        '?' => r"\?".to_owned(),
        _ => letter.to_string(),
    }
}
