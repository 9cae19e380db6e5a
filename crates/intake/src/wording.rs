//! The lines that people read: summaries of findings, titles of meetings and of actions.

use extract::reading::{Action, Fulfilment, Meeting, Organization, Person};
use vocab::{ActionKind, DatePrecision, Deed, Language, MeetingKind, PartialDate, Word, fold};

/// The longest title of an action, in characters; the whole clause stands in its evidence.
const LONGEST_TITLE: usize = 160;

/// Pronouns that may open a clause in place of the one who acts.
const PRONOUNS: [&str; 5] = ["he", "she", "it", "they", "both"];

/// Roles that stand for a person named before, as in `The Minister invited`.
const ROLES: [&str; 14] = [
    "minister",
    "ambassador",
    "president",
    "chairman",
    "chairperson",
    "director",
    "director-general",
    "dg",
    "secretary-general",
    "rector",
    "official",
    "secretary",
    "commissioner",
    "governor",
];

/// Words between the one who acts and the verb that only join the clause to the one before.
const JOINERS: [&str; 4] = ["also", "further", "furthermore", "additionally"];

pub(crate) fn state(code: &str) -> String {
    vocab::member_state::by_code(code).map_or_else(|| code.to_owned(), |state| state.name(Language::En).to_owned())
}

pub(crate) fn organization(entry: &Organization) -> String {
    let acronym = entry.acronym.as_deref().filter(|acronym| *acronym != entry.name);
    let name = acronym.map_or_else(|| entry.name.clone(), |acronym| format!("{} ({acronym})", entry.name));
    let about = [Some(entry.kind.code().replace('-', " ")), entry.state.as_deref().map(state)];
    format!("{name}: {}", about.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

pub(crate) fn person(entry: &Person) -> String {
    let post = entry.post.as_ref().or(entry.organization.as_ref());
    post.map_or_else(|| entry.name.clone(), |post| format!("{}, {post}", entry.name))
}

pub(crate) fn meeting(entry: &Meeting) -> String {
    let said = [
        Some(meeting_kind(entry.kind).to_owned()),
        entry.date.map(date),
        entry.place.clone(),
        entry.mode.map(|mode| mode.code().to_owned()),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(crate) fn area(slug: &str) -> String {
    vocab::cooperation_area::by_slug(slug).map_or_else(|| slug.to_owned(), |area| area.name(Language::En).to_owned())
}

pub(crate) fn action(entry: &Action) -> String {
    let by = match entry.actor.as_deref().or(entry.actor_side.as_deref()) {
        Some("both") => " by both sides".to_owned(),
        Some(actor) => format!(" by {actor}"),
        None => String::new(),
    };
    format!("{}{by}: {}", action_kind(entry.kind), action_title(entry))
}

pub(crate) fn fulfilment(entry: &Fulfilment) -> String {
    let on = entry.on.map(|on| format!(", {}", date(on))).unwrap_or_default();
    let quote = entry.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}{on}: {}", deed(entry.deed), clip(&quote, LONGEST_TITLE))
}

/// What a meeting is called, such as `Meeting: NBCL – Jordan, 7 May 2024`.
pub(crate) fn meeting_title(entry: &Meeting, parties: &[String]) -> String {
    let among = match parties {
        [] => entry.place.clone(),
        parties => Some(parties.join(" – ")),
    };
    let mut title = meeting_kind(entry.kind).to_owned();
    if let Some(among) = among {
        title = format!("{title}: {among}");
    }
    match entry.date {
        Some(on) => clip(&format!("{title}, {}", date(on)), 500),
        None => clip(&title, 500),
    }
}

/// What an action is called: its clause, with the one who acts in the place of a pronoun, not longer than a line or two.
pub(crate) fn action_title(entry: &Action) -> String {
    let clause = entry.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let clause = clause.trim_matches(|c: char| c.is_whitespace() || ".,;:".contains(c));
    let actor = entry.actor.as_deref().filter(|actor| *actor != "both");
    let title = match actor {
        Some(actor) => with_actor(clause, actor),
        None => clause.to_owned(),
    };
    let mut letters = title.chars();
    let title = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default();
    clip(&title, LONGEST_TITLE)
}

/// The clause with the actor's name where it opens with a pronoun, with a role, or without anyone.
fn with_actor(clause: &str, actor: &str) -> String {
    let words: Vec<&str> = clause.split(' ').collect();
    let word = |at: usize| words.get(at).map(|word| word.to_lowercase()).unwrap_or_default();
    let after = match () {
        () if PRONOUNS.contains(&&*word(0)) && word(1) != "sides" => 1,
        () if word(0) == "the" && ROLES.contains(&&*word(1)) && opens_a_verb(&words, 2) => 2,
        () if words[0].starts_with(char::is_lowercase) && !fold(clause).contains(&fold(actor)) => 0,
        () => return clause.to_owned(),
    };
    let rest = words[after..].iter().skip_while(|word| JOINERS.contains(&&*word.to_lowercase())).copied();
    [actor].into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

/// Whether the word can be a verb or an adverb: `The Minister of Water invited` names more than a role.
fn opens_a_verb(words: &[&str], at: usize) -> bool {
    words.get(at).is_some_and(|word| {
        word.starts_with(char::is_lowercase) && !["of", "for", "and", "to", "in", "at", "from"].contains(word)
    })
}

/// A text of at most `most` characters, cut between words where it is longer.
pub(crate) fn clip(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most - 1).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", cut.trim_end_matches([' ', ',', ';', ':']))
}

/// A date as English writes it.
pub(crate) fn date(date: PartialDate) -> String {
    let format = match date.precision() {
        DatePrecision::Day => "%-d %B %Y",
        DatePrecision::Month => "%B %Y",
        DatePrecision::Year => "%Y",
    };
    date.first_day().format(format).to_string()
}

fn meeting_kind(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::Meeting => "Meeting",
        MeetingKind::Visit => "Visit",
        MeetingKind::Signing => "Signing",
        MeetingKind::Conference => "Conference",
        MeetingKind::Call => "Call",
    }
}

fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Visit => "Visit",
        Deed::Signing => "Signing",
        Deed::Delivery => "Delivery",
        Deed::Event => "Event",
        Deed::Opening => "Opening",
    }
}

fn action_kind(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Proposal => "Proposal",
        ActionKind::Request => "Request",
        ActionKind::Offer => "Offer",
        ActionKind::Invitation => "Invitation",
        ActionKind::Commitment => "Commitment",
        ActionKind::Agreement => "Agreement",
        ActionKind::Plan => "Plan",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_the_one_who_acts() {
        for (clause, actor, title) in [
            ("He also invited the Council to visit.", Some("Idris Bello"), "Idris Bello invited the Council to visit"),
            ("The Minister also asked for experts", Some("Lina Haddad"), "Lina Haddad asked for experts"),
            ("The Minister of Water asked for experts", Some("Lina Haddad"), "The Minister of Water asked for experts"),
            ("inviting the Council to visit", Some("Idris Bello"), "Idris Bello inviting the Council to visit"),
            ("Mr. Bello suggested\n  a school", Some("Idris Bello"), "Mr. Bello suggested a school"),
            ("they agreed on a school", Some("both"), "They agreed on a school"),
            ("the Council offered books", None, "The Council offered books"),
        ] {
            let entry = crate::sample::action(ActionKind::Proposal, clause, actor, None, None);
            assert_eq!(action_title(&entry), title);
        }
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        assert_eq!(clip("one two three", 13), "one two three");
        assert_eq!(clip("one two, three", 12), "one two…");
        assert_eq!(clip("  short ", 100), "short");
    }

    #[test]
    fn a_meeting_is_called_by_its_kind_its_parties_and_its_date() {
        let mut meeting = crate::sample::meeting(Some("2024-05-07"));
        let parties = ["NBC".to_owned(), "Pakistan".to_owned()];
        assert_eq!(meeting_title(&meeting, &parties), "Meeting: NBC – Pakistan, 7 May 2024");
        meeting.date = Some("2024-05".parse().expect("a month"));
        meeting.place = Some("Fez".to_owned());
        assert_eq!(meeting_title(&meeting, &[]), "Meeting: Fez, May 2024");
        (meeting.date, meeting.place) = (None, None);
        assert_eq!(meeting_title(&meeting, &[]), "Meeting");
    }
}
