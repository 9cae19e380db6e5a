//! From the tables of a pack to a [`Pack`].

use rustc_hash::FxHashMap;
use vocab::{ActionKind, Deed, MeetingKind, OrganizationKind, Strength, Word, cooperation_area, member_state};

use super::{
    Built, Calendar, Chrome, City, Class, Compare, Contact, Cue, Done, Head, HeadKind, Honorific, KnownOrganization,
    Needs, Owner, Pack, RoleVerb, Sign, ThingKind, Trigger, inflect, lexicon::Lexicon,
};

macro_rules! table {
    ($name:literal) => {
        rows(include_str!(concat!("../../packs/en/", $name)))
    };
}

/// The rows of a table, without its comments.
fn rows(table: &'static str) -> Vec<Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(|line| line.split('\t').collect()).collect()
}

fn column(row: &[&'static str], at: usize) -> &'static str {
    row.get(at).copied().unwrap_or_default()
}

fn parts(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// A column that must hold a word of a closed list: packs are checked by a test, so a wrong one stops the build's tests.
fn known<T>(word: Option<T>, row: &[&str]) -> T {
    word.unwrap_or_else(|| panic!("unknown word in the row {row:?}"))
}

/// The English pack.
pub(super) fn english() -> Pack {
    let abbreviations: Vec<&str> = table!("abbreviations.tsv").iter().map(|row| row[0]).collect();
    let mut lexicon = Lexicon::new(&abbreviations);
    states(&mut lexicon);
    calendar_and_cues(&mut lexicon);
    plain(&mut lexicon);
    let chrome = chrome();
    Pack {
        heads: heads(&mut lexicon),
        role_verbs: role_verbs(&mut lexicon),
        honorifics: honorifics(&mut lexicon),
        organizations: organizations(&mut lexicon),
        cities: cities(&mut lexicon),
        triggers: triggers(&mut lexicon),
        contacts: contacts(&mut lexicon),
        deeds: deeds(&mut lexicon),
        organization_nouns: organization_nouns(&mut lexicon),
        portfolios: portfolios(&mut lexicon),
        chrome_by_word: by_first_word(&chrome, |_| true),
        chrome_within: by_first_word(&chrome, |row| {
            matches!(row.compare, Compare::Ends | Compare::Contains | Compare::Tells)
        }),
        chrome,
        lexicon: lexicon.grown(),
    }
}

fn states(lexicon: &mut Lexicon<Class>) {
    for (number, state) in member_state::all().iter().enumerate() {
        let names = std::iter::once(state.name(vocab::Language::En)).chain(state.other_names[0].iter().copied());
        names.filter(|name| !name.is_empty()).for_each(|name| lexicon.learn(name, Class::State, number as u32));
        state.demonyms.iter().for_each(|name| lexicon.learn(name, Class::Demonym, number as u32));
    }
    for row in table!("states.tsv") {
        let Some(number) = member_state::all().iter().position(|state| state.alpha3 == row[0]) else { continue };
        parts(column(&row, 1)).for_each(|name| lexicon.learn(name, Class::State, number as u32));
        parts(column(&row, 2)).for_each(|name| lexicon.learn(name, Class::Demonym, number as u32));
    }
}

fn calendar_and_cues(lexicon: &mut Lexicon<Class>) {
    for row in table!("calendar.tsv") {
        let word = known(Calendar::from_row(column(&row, 1), column(&row, 2)), &row);
        lexicon.learn(row[0], Class::Calendar, word.encode());
    }
    for row in table!("cues.tsv") {
        lexicon.learn(row[0], Class::Cue, known(Cue::from_code(column(&row, 1)), &row).number());
    }
    for row in table!("things.tsv") {
        lexicon.learn(row[0], Class::Thing, known(ThingKind::from_code(column(&row, 1)), &row).number());
    }
}

fn plain(lexicon: &mut Lexicon<Class>) {
    table!("function_words.tsv").iter().for_each(|row| lexicon.learn(row[0], Class::Function, 0));
    table!("particles.tsv").iter().for_each(|row| lexicon.learn(row[0], Class::Particle, 0));
    table!("modifiers.tsv").iter().for_each(|row| lexicon.learn(row[0], Class::Modifier, 0));
    for row in table!("areas.tsv") {
        let area = known(cooperation_area::by_slug(row[0]), &row).position as u32;
        parts(column(&row, 1)).for_each(|phrase| lexicon.learn(phrase, Class::Area, area));
    }
}

fn heads(lexicon: &mut Lexicon<Class>) -> Vec<Head> {
    let numbered = table!("heads.tsv").into_iter().enumerate();
    let head = |(number, row): (usize, Vec<&'static str>)| {
        lexicon.learn(row[0], Class::Head, number as u32);
        Head {
            kind: known(HeadKind::from_code(column(&row, 1)), &row),
            owner: known(Owner::from_code(column(&row, 2)), &row),
            form: row[0],
        }
    };
    numbered.map(head).collect()
}

fn role_verbs(lexicon: &mut Lexicon<Class>) -> Vec<RoleVerb> {
    let numbered = table!("role_verbs.tsv").into_iter().enumerate();
    let verb = |(number, row): (usize, Vec<&'static str>)| {
        lexicon.learn(row[0], Class::RoleVerb, number as u32);
        RoleVerb {
            noun: column(&row, 1),
            kind: known(HeadKind::from_code(column(&row, 2)), &row),
            owner: known(Owner::from_code(column(&row, 3)), &row),
        }
    };
    numbered.map(verb).collect()
}

fn honorifics(lexicon: &mut Lexicon<Class>) -> Vec<Honorific> {
    let numbered = table!("honorifics.tsv").into_iter().enumerate();
    let honorific = |(number, row): (usize, Vec<&'static str>)| {
        lexicon.learn(row[0], Class::Honorific, number as u32);
        let female = match column(&row, 1) {
            "f" => Some(true),
            "m" => Some(false),
            _ => None,
        };
        Honorific { female, kept: column(&row, 2) == "keep" }
    };
    numbered.map(honorific).collect()
}

fn organizations(lexicon: &mut Lexicon<Class>) -> Vec<KnownOrganization> {
    let numbered = table!("organizations.tsv").into_iter().enumerate();
    let organization = |(number, row): (usize, Vec<&'static str>)| {
        let acronym = Some(row[0]).filter(|acronym| *acronym != "-");
        let forms = acronym.into_iter().chain([column(&row, 1)]).chain(parts(column(&row, 2)));
        forms.for_each(|form| lexicon.learn(form, Class::Organization, number as u32));
        KnownOrganization { acronym, name: column(&row, 1) }
    };
    numbered.map(organization).collect()
}

/// The capitals of all states, then the cities of the table.
fn cities(lexicon: &mut Lexicon<Class>) -> Vec<City> {
    let mut cities: Vec<City> = Vec::new();
    for state in member_state::all() {
        if let Some(name) = state.capital {
            cities.push(City { name, capital_of: Some(state.alpha3) });
        }
    }
    for row in table!("cities.tsv") {
        if cities.iter().all(|city| city.name != row[0]) {
            cities.push(City { name: row[0], capital_of: None });
        }
    }
    cities.iter().enumerate().for_each(|(number, city)| lexicon.learn(city.name, Class::City, number as u32));
    cities
}

fn triggers(lexicon: &mut Lexicon<Class>) -> Vec<Trigger> {
    let irregular = table!("irregular.tsv");
    let groups: Vec<_> =
        table!("groups.tsv").into_iter().map(|row| (row[0], parts(column(&row, 1)).collect())).collect();
    let trigger = |row: Vec<&'static str>| Trigger {
        kind: known(ActionKind::from_code(column(&row, 1)).ok(), &row),
        strength: known(Strength::from_code(column(&row, 2)).ok(), &row),
        built: known(Built::from_code(column(&row, 3)), &row),
        needs: known(Needs::from_code(column(&row, 4)), &row),
        verb: row[0].split(' ').next().is_some_and(|word| word.ends_with('*')),
    };
    let rows = table!("triggers.tsv").into_iter().map(|row| (row[0], trigger(row)));
    let mut triggers: Vec<Trigger> = Vec::new();
    let mut passives = Vec::new();
    for (pattern, trigger) in rows {
        for form in inflect::ungroup(pattern, &groups).iter().flat_map(|each| inflect::expand(each, &irregular)) {
            lexicon.learn(&form, Class::Trigger, triggers.len() as u32);
        }
        triggers.push(trigger);
        if matches!(trigger.built, Built::Says | Built::Topic) {
            passives.push((inflect::passive(pattern, &irregular), Trigger { built: Built::Told, ..trigger }));
        }
    }
    // What a row of its own says, such as `is committed to`, goes before what a verb's row makes of it.
    for (forms, trigger) in passives.into_iter().filter(|(forms, _)| !forms.is_empty()) {
        forms.iter().for_each(|form| lexicon.learn(form, Class::Trigger, triggers.len() as u32));
        triggers.push(trigger);
    }
    triggers
}

fn contacts(lexicon: &mut Lexicon<Class>) -> Vec<Contact> {
    let irregular = table!("irregular.tsv");
    let numbered = table!("meetings.tsv").into_iter().enumerate();
    let contact = |(number, row): (usize, Vec<&'static str>)| {
        let forms = inflect::expand(row[0], &irregular);
        forms.iter().for_each(|form| lexicon.learn(form, Class::Contact, number as u32));
        Contact { kind: known(MeetingKind::from_code(column(&row, 1)).ok(), &row), strong: column(&row, 2) == "strong" }
    };
    numbered.map(contact).collect()
}

fn deeds(lexicon: &mut Lexicon<Class>) -> Vec<Done> {
    let sign = |code: &'static str| match code {
        "area" => Some(Sign::Area),
        thing => ThingKind::from_code(thing).map(Sign::Thing),
    };
    let numbered = table!("deeds.tsv").into_iter().enumerate();
    let done = |(number, row): (usize, Vec<&'static str>)| {
        lexicon.learn(row[0], Class::Deed, number as u32);
        let needs = parts(column(&row, 2)).filter(|code| *code != "any");
        Done {
            deed: known(Deed::from_code(column(&row, 1)).ok(), &row),
            needs: needs.map(|code| known(sign(code), &row)).collect(),
        }
    };
    numbered.map(done).collect()
}

fn organization_nouns(lexicon: &mut Lexicon<Class>) -> Vec<OrganizationKind> {
    let numbered = table!("organization_nouns.tsv").into_iter().enumerate();
    let noun = |(number, row): (usize, Vec<&'static str>)| {
        lexicon.learn(row[0], Class::OrganizationNoun, number as u32);
        known(OrganizationKind::from_code(column(&row, 1)).ok(), &row)
    };
    numbered.map(noun).collect()
}

fn portfolios(lexicon: &mut Lexicon<Class>) -> Vec<Option<&'static str>> {
    let numbered = table!("portfolios.tsv").into_iter().enumerate();
    let portfolio = |(number, row): (usize, Vec<&'static str>)| {
        lexicon.learn(row[0], Class::Portfolio, number as u32);
        Some(column(&row, 1)).filter(|name| !name.is_empty())
    };
    numbered.map(portfolio).collect()
}

fn chrome() -> Vec<Chrome> {
    let line = |row: Vec<&'static str>| Chrome {
        compare: known(Compare::from_code(row[0]), &row),
        words: column(&row, 1),
        reason: column(&row, 2),
        takes: column(&row, 3),
    };
    let any = rows(include_str!("../../packs/any/chrome.tsv"));
    table!("chrome.tsv").into_iter().chain(any).map(line).collect()
}

fn by_first_word(chrome: &[Chrome], taken: impl Fn(&Chrome) -> bool) -> FxHashMap<&'static str, Vec<usize>> {
    let mut rows: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
    for (number, row) in chrome.iter().enumerate().filter(|(_, row)| taken(row)) {
        rows.entry(row.words.split(' ').next().unwrap_or_default()).or_default().push(number);
    }
    rows
}

#[cfg(test)]
mod tests {
    const TAKES: [&str; 5] = ["", "block", "rest", "all", "path"];

    #[test]
    fn the_pack_loads_and_no_row_is_left_out() {
        let pack = super::super::english();
        assert!(pack.heads.len() > 100 && pack.triggers.len() > 100 && pack.chrome.len() > 50);
        assert!(pack.chrome.iter().all(|c| TAKES.contains(&c.takes)), "chrome.tsv");
        let folded = |words: &str| words.split(' ').all(|word| word == "#" || word == vocab::fold(word));
        assert!(pack.chrome.iter().all(|c| folded(c.words)), "chrome.tsv holds folded words");
    }
}
