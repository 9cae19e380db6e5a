//! The fixed words of the papers in English, French and Arabic, as one table; and how days and sentences are put.

mod sections;

use chrono::{Datelike, NaiveDate};
use vocab::{
    ActionKind, ActionStatus, DatePrecision, Language, MeetingKind, PartialDate, Standing, Strength,
    partnership::PartnershipLabel,
};

use super::Point;
pub(crate) use sections::{columns, nothing, title};

/// The same words in each language, in the order of the list of languages.
pub(crate) type Phrase = [&'static str; 3];

/// The words in a language.
pub(crate) fn say(phrase: Phrase, language: Language) -> &'static str {
    phrase[language as usize]
}

pub(crate) const BRIEF: Phrase = ["Brief", "Note de dossier", "مذكرة إحاطة"];
pub(crate) const HANDOVER: Phrase = ["Handover brief", "Note de passation", "مذكرة تسليم المنصب"];
pub(crate) const COUNCIL_PACK: Phrase = ["Council pack", "Dossier du conseil", "ملف المجلس"];
pub(crate) const AS_OF: Phrase = ["As of", "Situation au", "الوضع في"];
pub(crate) const KNOWN_AT: Phrase =
    ["By what was known at", "Selon les informations connues au", "بحسب ما كان معروفاً في"];
pub(crate) const ALL_THAT_IS_KNOWN: Phrase =
    ["By all that is known", "Selon toutes les informations connues", "بحسب كل ما هو معروف"];
pub(crate) const STANDING: Phrase = ["Standing", "Statut", "الصفة"];
pub(crate) const PARTNERSHIP: Phrase = ["Partnership", "Partenariat", "الشراكة"];
pub(crate) const LAST_CONTACT: Phrase = ["Last contact", "Dernier contact", "آخر اتصال"];
pub(crate) const OPEN: Phrase = ["Open", "Ouvertes", "مفتوحة"];
pub(crate) const OPEN_ACTIONS: Phrase = ["Open actions", "Actions ouvertes", "الإجراءات المفتوحة"];
pub(crate) const OVERDUE: Phrase = ["Overdue", "En retard", "متأخرة"];
pub(crate) const NEXT_DUE: Phrase = ["Next due", "Prochaine échéance", "الاستحقاق القادم"];
pub(crate) const ORGANIZATION: Phrase = ["Organization", "Organisme", "الجهة"];
pub(crate) const HELD_BY: Phrase = ["Held by", "Titulaire", "شاغل المنصب"];
pub(crate) const HELD_BEFORE_BY: Phrase = ["Held before by", "Titulaire précédent", "شاغل المنصب السابق"];
pub(crate) const NOBODY: Phrase = ["nobody, as far as known", "personne, à notre connaissance", "لا أحد، بحسب المعروف"];
pub(crate) const TALLY: Phrase = [
    "delivered: {delivered}, dropped: {dropped}",
    "réalisé\u{a0}: {delivered}, abandonné\u{a0}: {dropped}",
    "منجز: {delivered}، متروك: {dropped}",
];
pub(crate) const NEVER: Phrase = ["none recorded", "aucun enregistré", "لا يوجد سجل"];
pub(crate) const MORE: Phrase = ["and {n} more", "et {n} de plus", "و{n} أخرى"];
pub(crate) const LATE: Phrase =
    ["{due} (days overdue: {days})", "{due} (jours de retard\u{a0}: {days})", "{due} (أيام التأخير: {days})"];
pub(crate) const SOURCE: Phrase = ["Source", "Source", "المصدر"];
pub(crate) const SOURCES: Phrase = ["Sources", "Sources", "المصادر"];
pub(crate) const NO_SOURCES: Phrase = [
    "No news report stands behind these lines.",
    "Aucun article de presse n’appuie ces lignes.",
    "لا يستند ما ورد أعلاه إلى أي تقرير إخباري.",
];
pub(crate) const BY_HAND: Phrase = ["recorded by hand", "saisi à la main", "مسجّل يدوياً"];
pub(crate) const NUMBER: Phrase = ["No.", "N°", "الرقم"];
pub(crate) const REPORT: Phrase = ["News report", "Article", "التقرير الإخباري"];
pub(crate) const UNTITLED: Phrase = ["Untitled report", "Article sans titre", "تقرير بلا عنوان"];
pub(crate) const PUBLISHER: Phrase = ["Publisher", "Éditeur", "الناشر"];
pub(crate) const DATE: Phrase = ["Date", "Date", "التاريخ"];
pub(crate) const ADDRESS: Phrase = ["Address", "Adresse", "الرابط"];
pub(crate) const RULES: Phrase = ["Rules", "Règles", "القواعد"];
pub(crate) const STATE: Phrase = ["State", "État", "الدولة"];
pub(crate) const FROZEN: Phrase = [
    "Made again by the same clock, this pack has the same content hash (SHA-256):",
    "Refait selon la même horloge, ce dossier a la même empreinte (SHA-256)\u{a0}:",
    "إذا أُعيد إعداد هذا الملف بالتاريخين نفسيهما كانت له البصمة نفسها (SHA-256):",
];
pub(crate) const NO_PARTNERSHIPS: Phrase =
    ["No partnership has a record.", "Aucun partenariat n’a d’enregistrement.", "لا يوجد سجل لأي شراكة."];
pub(crate) const PARTNERSHIPS: Phrase = ["Partnerships", "Partenariats", "الشراكات"];
pub(crate) const STATE_BY_STATE: Phrase = ["State by state", "État par État", "دولة بدولة"];
pub(crate) const NOTHING_PRESSING: Phrase = ["nothing to raise", "rien à soulever", "لا شيء يُطرح"];
const WE_OWE: Phrase = ["We owe", "Nous devons", "علينا"];
const THEY_OWE: Phrase = ["They owe", "Ils doivent", "عليهم"];
const FOR_US: Phrase = ["Waiting for us", "En attente de nous", "في انتظارنا"];
const FOR_THEM: Phrase = ["Waiting for them", "En attente d’eux", "في انتظارهم"];

/// The heads of the pages of the ledger that one side alone has to act on, as the pack counts them.
pub(crate) const PAGES: [Phrase; 4] = [WE_OWE, THEY_OWE, FOR_US, FOR_THEM];

const POINTS: [Phrase; Point::ALL.len()] = [
    [
        "We have to explain {reference}, “{title}”: it was due on {due} (days overdue: {days}).",
        "Nous devons expliquer {reference}, «\u{a0}{title}\u{a0}»\u{a0}: l’échéance était le {due} (jours de retard\u{a0}: {days}).",
        "علينا أن نوضح {reference} «{title}»: كان مستحقاً في {due} (أيام التأخير: {days}).",
    ],
    [
        "Ask for news of {reference}, “{title}”, last heard of on {heard}.",
        "Demander des nouvelles de {reference}, «\u{a0}{title}\u{a0}», sans autre nouvelle depuis le {heard}.",
        "طلب الأخبار بشأن {reference} «{title}»، وآخر خبر عنه في {heard}.",
    ],
    [
        "Give our answer on {reference}, “{title}”, which has waited since {since}.",
        "Donner notre réponse sur {reference}, «\u{a0}{title}\u{a0}», en attente depuis le {since}.",
        "إعطاء ردّنا بشأن {reference} «{title}»، وهو في الانتظار منذ {since}.",
    ],
    [
        "Settle the next step of {reference}, “{title}”, our strongest plan together.",
        "Fixer la prochaine étape de {reference}, «\u{a0}{title}\u{a0}», notre projet commun le plus avancé.",
        "تحديد الخطوة التالية في {reference} «{title}»، وهي أقوى خططنا المشتركة.",
    ],
    [
        "Agree who does {reference}, “{title}”, and by when.",
        "Convenir de qui fait {reference}, «\u{a0}{title}\u{a0}», et pour quand.",
        "الاتفاق على من يتولى {reference} «{title}» ومتى.",
    ],
];

/// The sentence of a talking point, with the names of what belongs into it in braces.
pub(crate) fn point(point: Point) -> Phrase {
    POINTS[point as usize]
}

const STANDINGS: [Phrase; 4] = [
    ["member", "membre", "عضو"],
    ["observer", "observateur", "مراقب"],
    ["not a member", "non membre", "غير عضو"],
    ["not known", "inconnu", "غير معروف"],
];

const LABELS: [Phrase; 4] = [
    ["needs attention", "demande de l’attention", "تحتاج إلى اهتمام"],
    ["new", "nouveau", "جديدة"],
    ["quiet", "en sommeil", "هادئة"],
    ["active", "actif", "نشطة"],
];

const ACTION_KINDS: [Phrase; 7] = [
    ["proposal", "proposition", "اقتراح"],
    ["request", "demande", "طلب"],
    ["offer", "offre", "عرض"],
    ["invitation", "invitation", "دعوة"],
    ["commitment", "engagement", "تعهد"],
    ["agreement", "accord", "اتفاق"],
    ["plan", "projet", "خطة"],
];

const STRENGTHS: [Phrase; 6] = [
    ["explored", "évoqué", "قيد الاستكشاف"],
    ["proposed", "proposé", "مقترح"],
    ["agreed in principle", "accord de principe", "متفق عليه مبدئياً"],
    ["promised", "promis", "متعهد به"],
    ["signed", "signé", "موقّع"],
    ["resourced", "financé", "مموّل"],
];

const STATUSES: [Phrase; 8] = [
    ["recorded", "enregistré", "مسجّل"],
    ["not started", "non commencé", "لم يبدأ"],
    ["in progress", "en cours", "قيد التنفيذ"],
    ["stalled", "bloqué", "متعثر"],
    ["partly delivered", "réalisé en partie", "منجز جزئياً"],
    ["delivered", "réalisé", "منجز"],
    ["dropped", "abandonné", "متروك"],
    ["no news", "sans nouvelles", "بلا أخبار"],
];

const MEETING_KINDS: [Phrase; 5] = [
    ["meeting", "rencontre", "لقاء"],
    ["visit", "visite", "زيارة"],
    ["signing", "signature", "توقيع"],
    ["conference", "conférence", "مؤتمر"],
    ["call", "appel", "مكالمة"],
];

const MONTHS: [Phrase; 12] = [
    ["January", "janvier", "يناير"],
    ["February", "février", "فبراير"],
    ["March", "mars", "مارس"],
    ["April", "avril", "أبريل"],
    ["May", "mai", "مايو"],
    ["June", "juin", "يونيو"],
    ["July", "juillet", "يوليو"],
    ["August", "août", "أغسطس"],
    ["September", "septembre", "سبتمبر"],
    ["October", "octobre", "أكتوبر"],
    ["November", "novembre", "نوفمبر"],
    ["December", "décembre", "ديسمبر"],
];

/// The words of the closed lists of `vocab`, each in the order of its list.
pub(crate) trait Spoken {
    /// The word in each language.
    fn phrase(self) -> Phrase;
}

/// Says which list of phrases belongs to which list of words.
macro_rules! spoken {
    ($($words:ty => $phrases:ident,)+) => {
        $(
            // A list that grows without its phrases does not compile.
            const _: () = assert!(<$words as vocab::Word>::ALL.len() == $phrases.len());
            impl Spoken for $words {
                fn phrase(self) -> Phrase { $phrases[self as usize] }
            }
        )+
    };
}

spoken! {
    Standing => STANDINGS,
    PartnershipLabel => LABELS,
    ActionKind => ACTION_KINDS,
    Strength => STRENGTHS,
    ActionStatus => STATUSES,
    MeetingKind => MEETING_KINDS,
}

/// A date as people write it, as precisely as it is known.
pub(crate) fn date(date: PartialDate, language: Language) -> String {
    let first = date.first_day();
    let month = || say(MONTHS[first.month0() as usize], language);
    match date.precision() {
        DatePrecision::Day => {
            let ordinal = if language == Language::Fr && first.day() == 1 { "er" } else { "" };
            format!("{}{ordinal} {} {}", first.day(), month(), first.year())
        }
        DatePrecision::Month => format!("{} {}", month(), first.year()),
        DatePrecision::Year => first.year().to_string(),
    }
}

/// A day as people write it.
pub(crate) fn day(day: NaiveDate, language: Language) -> String {
    date(PartialDate::new(day, DatePrecision::Day), language)
}

/// No more than so many letters of a text, and a sign where something is left out.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// A sentence with the values in the place of their names; none of them turns the direction of the others.
pub(crate) fn fill(phrase: Phrase, language: Language, values: &[(&str, &str)]) -> String {
    let mut rest = say(phrase, language);
    let mut sentence = String::new();
    while let Some((before, (name, behind))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        let value = values.iter().find(|(named, _)| *named == name).map_or("", |(_, value)| value);
        sentence += before;
        sentence += &isolated(value, language);
        rest = behind;
    }
    sentence + rest
}

/// A value that may run in the other direction, between the marks that keep it to itself.
pub(crate) fn isolated(value: &str, language: Language) -> String {
    let is_arabic = |c: char| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FEFC}');
    let turns = if language == Language::Ar {
        value.chars().any(|c| c.is_alphabetic() && !is_arabic(c)) || value.contains('-')
    } else {
        value.chars().any(is_arabic)
    };
    if turns { format!("\u{2068}{value}\u{2069}") } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use vocab::Word;

    use super::*;

    #[test]
    fn every_talking_point_names_its_action_in_every_language() {
        let values =
            [("reference", "PAK-1"), ("title", "{days}"), ("due", "d"), ("days", "3"), ("heard", "h"), ("since", "s")];
        for kind in Point::ALL {
            for language in Language::ALL {
                let sentence = fill(point(kind), *language, &values);
                assert!(sentence.contains("PAK-1") && sentence.contains("{days}"), "{sentence}");
                assert_eq!(sentence.matches('{').count(), 1, "a value is no sentence of its own: {sentence}");
            }
        }
    }

    #[test]
    fn days_are_written_as_people_write_them() {
        let table = [
            ("2026-02-01", ["1 February 2026", "1er février 2026", "1 فبراير 2026"]),
            ("2026-06", ["June 2026", "juin 2026", "يونيو 2026"]),
            ("2027", ["2027", "2027", "2027"]),
        ];
        for (text, expected) in table {
            let parsed: PartialDate = text.parse().expect("a date");
            for language in Language::ALL {
                assert_eq!(date(parsed, *language), say(expected, *language));
            }
        }
    }
}
