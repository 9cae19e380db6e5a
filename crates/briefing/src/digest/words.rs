//! The fixed words of a digest in English, French and Arabic.

use vocab::{ReminderReason, Word};

use crate::brief::words::Phrase;

pub(super) const SUBJECT: Phrase =
    ["Reminders of {day}: {counts}", "Rappels du {day}\u{a0}: {counts}", "تذكيرات {day}: {counts}"];
pub(super) const FOR: Phrase = ["For {name}", "Pour {name}", "إلى {name}"];
pub(super) const COUNT: Phrase = ["{reason} {n}", "{reason} {n}", "{reason} {n}"];
pub(super) const NO_STATE: Phrase = ["No state", "Sans État", "بلا دولة"];
pub(super) const NOTHING: Phrase =
    ["There is nothing to be reminded of.", "Il n’y a rien à rappeler.", "لا شيء للتذكير به."];
pub(super) const WHY: Phrase = [
    "You get this because you look after these actions and tasks. Each is told under its most pressing reason.",
    "Vous recevez ce message parce que vous suivez ces actions et ces tâches. Chacune figure sous son motif le plus pressant.",
    "تصلك هذه الرسالة لأنك تتابع هذه الإجراءات والمهام، وكلٌّ منها مذكور تحت السبب الأكثر إلحاحاً.",
];

/// What a line is about: an action by its words, and a task by those of the task.
pub(super) const ACTION: Phrase =
    ["{reference}, “{title}”", "{reference}, «\u{a0}{title}\u{a0}»", "{reference} «{title}»"];
pub(super) const TASK: Phrase =
    ["{reference}, task “{title}”", "{reference}, tâche «\u{a0}{title}\u{a0}»", "{reference} مهمة «{title}»"];

const REASONS: [Phrase; 5] = [
    ["overdue", "en retard", "متأخر"],
    ["due soon", "bientôt à échéance", "يستحق قريباً"],
    ["unanswered", "sans réponse", "بلا ردّ"],
    ["no news", "sans nouvelles", "بلا أخبار"],
    ["post vacant", "fonction vacante", "منصب شاغر"],
];

const SENTENCES: [Phrase; 5] = [
    [
        "{what}: overdue since {since} (days: {days}).",
        "{what}\u{a0}: en retard depuis le {since} (jours\u{a0}: {days}).",
        "{what}: متأخر منذ {since} (الأيام: {days}).",
    ],
    [
        "{what}: due on {since} (days left: {days}).",
        "{what}\u{a0}: échéance le {since} (jours restants\u{a0}: {days}).",
        "{what}: يستحق في {since} (الأيام الباقية: {days}).",
    ],
    [
        "{what}: unanswered since {since} (days: {days}).",
        "{what}\u{a0}: sans réponse depuis le {since} (jours\u{a0}: {days}).",
        "{what}: بلا ردّ منذ {since} (الأيام: {days}).",
    ],
    [
        "{what}: no news since {since} (days: {days}).",
        "{what}\u{a0}: sans nouvelles depuis le {since} (jours\u{a0}: {days}).",
        "{what}: بلا أخبار منذ {since} (الأيام: {days}).",
    ],
    [
        "{what}: nobody has held its post since {since} (days: {days}).",
        "{what}\u{a0}: sa fonction est vacante depuis le {since} (jours\u{a0}: {days}).",
        "{what}: منصبه شاغر منذ {since} (الأيام: {days}).",
    ],
];

// A list that grows without its phrases does not compile.
const _: () = assert!(ReminderReason::ALL.len() == REASONS.len() && REASONS.len() == SENTENCES.len());

/// A reason in a word or two.
pub(super) fn reason(reason: ReminderReason) -> Phrase {
    REASONS[reason as usize]
}

/// The sentence of a line.
pub(super) fn sentence(reason: ReminderReason) -> Phrase {
    SENTENCES[reason as usize]
}
