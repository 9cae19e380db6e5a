//! The fixed words of pictures in English, French and Arabic.

use crate::brief::words::Phrase;

pub(super) const COLON: Phrase = [": ", "\u{a0}: ", ": "];
pub(super) const AS_OF: Phrase = [
    "This is how it stood on {day}, {known}.",
    "Voici la situation au {day}, {known}.",
    "هذا هو الوضع في {day}، {known}.",
];
pub(super) const PERIOD: Phrase = [
    "This is what happened from {from} to {day}, {known}.",
    "Voici ce qui s’est passé du {from} au {day}, {known}.",
    "هذا ما جرى من {from} إلى {day}، {known}.",
];
pub(super) const UNTIL: Phrase = [
    "This is what happened up to {day}, {known}.",
    "Voici ce qui s’est passé jusqu’au {day}, {known}.",
    "هذا ما جرى حتى {day}، {known}.",
];
pub(super) const KNOWN_AT: Phrase =
    ["by what was known at {moment}", "selon les informations connues au {moment}", "بحسب ما كان معروفاً في {moment}"];
pub(super) const ALL_THAT_IS_KNOWN: Phrase =
    ["by all that is known", "selon toutes les informations connues", "بحسب كل ما هو معروف"];
pub(super) const NOTHING: Phrase = ["There is nothing to show.", "Il n’y a rien à montrer.", "لا يوجد ما يُعرض."];
pub(super) const JUDGED: Phrase = [
    "Records that could be judged: {judged} of {of}. Rule: {rule}.",
    "Éléments évaluables\u{a0}: {judged} sur {of}. Règle\u{a0}: {rule}.",
    "السجلات التي أمكن الحكم عليها: {judged} من {of}. القاعدة: {rule}.",
];

pub(super) const PARTNERSHIPS: Phrase = ["How each partnership stands", "Où en est chaque partenariat", "وضع كل شراكة"];
pub(super) const MATRIX: Phrase =
    ["States and cooperation areas", "États et domaines de coopération", "الدول ومجالات التعاون"];
pub(super) const TIMELINE: Phrase = ["The timeline", "La chronologie", "التسلسل الزمني"];
pub(super) const DELIVERY: Phrase =
    ["What became of it, by year", "Ce qu’il en est advenu, par année", "ما آل إليه الأمر، حسب السنة"];

pub(super) const OVERDUE: Phrase = ["Overdue", "En retard", "متأخرة"];
pub(super) const IN_TIME: Phrase = ["Open in time", "Dans les délais", "في موعدها"];
pub(super) const OPEN: Phrase = ["Open", "Ouvertes", "مفتوحة"];
pub(super) const DELIVERED: Phrase = ["Delivered", "Réalisées", "منجزة"];
pub(super) const PARTLY: Phrase = ["In part", "En partie", "جزئياً"];
pub(super) const DROPPED: Phrase = ["Dropped", "Abandonnées", "متروكة"];

pub(super) const STRONGEST: Phrase = [
    "The number is the strength of the strongest action:",
    "Le chiffre indique la portée de l’action la plus avancée\u{a0}:",
    "الرقم هو درجة الالتزام في أقوى إجراء:",
];
pub(super) const NONE_OPEN: Phrase = ["nothing open any more", "plus rien d’ouvert", "لم يبقَ شيء مفتوح"];
pub(super) const ACTIONS: Phrase =
    ["actions: {n}, open: {open}", "actions\u{a0}: {n}, ouvertes\u{a0}: {open}", "الإجراءات: {n}، المفتوحة: {open}"];

pub(super) const ACTION_SAID: Phrase = ["{record} {words}", "{record} {words}", "{record} {words}"];
pub(super) const ACTION_TOLD: Phrase = ["{record}: {words}", "{record}\u{a0}: {words}", "{record}: {words}"];
pub(super) const LATEST: Phrase = [
    "Drawn are the latest {n} of {of} events.",
    "Seuls les {n} derniers événements sur {of} sont représentés.",
    "المعروض آخر {n} من أصل {of} من الأحداث.",
];

/// What happened, in the order of the timeline's own list.
pub(super) const EVENTS: [Phrase; crate::question::EVENTS.len()] = [
    ["Meeting", "Rencontre", "لقاء"],
    ["Action said", "Action annoncée", "إجراء أُعلن"],
    ["Our report", "Notre rapport", "تقريرنا"],
    ["The counterpart’s report", "Rapport du partenaire", "تقرير الطرف الآخر"],
    ["In the news", "Dans la presse", "في الأخبار"],
];
