//! The fixed words of a calendar in English, French and Arabic.

use vocab::{Side, Word};

use crate::brief::words::Phrase;

pub(super) const DUE: Phrase = ["Due: {what}", "Échéance\u{a0}: {what}", "الاستحقاق: {what}"];
pub(super) const DUE_WITHIN: Phrase = [
    "Due in {period} (no day named): {what}",
    "Échéance en {period} (jour non précisé)\u{a0}: {what}",
    "الاستحقاق خلال {period} (دون تحديد اليوم): {what}",
];
pub(super) const TASK: Phrase = ["Task: {what}", "Tâche\u{a0}: {what}", "مهمة: {what}"];
pub(super) const SERVES: Phrase = ["Under {what}", "Au titre de\u{a0}: {what}", "ضمن: {what}"];
pub(super) const HELD_WITHIN: Phrase =
    ["{what} ({period}, no day named)", "{what} ({period}, jour non précisé)", "{what} ({period}، دون تحديد اليوم)"];
pub(super) const LAST_DAY: Phrase = [
    "No day was named: this entry stands on the last day of {period}.",
    "Aucun jour n’a été précisé\u{a0}: cette entrée figure au dernier jour de {period}.",
    "لم يُحدَّد اليوم: هذا الموعد مدرج في آخر يوم من {period}.",
];
pub(super) const ACTS: Phrase = ["Who acts: ", "Qui agit\u{a0}: ", "من يقوم به: "];
pub(super) const TO_WHOM: Phrase = ["To whom: ", "Pour qui\u{a0}: ", "لمن: "];
pub(super) const TAKES_PART: Phrase = ["With: ", "Avec\u{a0}: ", "بمشاركة: "];
pub(super) const QUOTE: Phrase = ["“{quote}” ({source})", "«\u{a0}{quote}\u{a0}» ({source})", "«{quote}» ({source})"];
pub(super) const COMMA: Phrase = [", ", ", ", "، "];
pub(super) const SEMICOLON: Phrase = ["; ", "\u{a0}; ", "؛ "];

/// Who a side is where nobody is named, in the order of the list.
pub(super) const SIDES: [Phrase; Side::ALL.len()] = [
    ["our side", "notre côté", "طرفنا"],
    ["their side", "leur côté", "طرفهم"],
    ["both sides", "les deux parties", "الطرفان"],
    ["a third party", "un tiers", "طرف ثالث"],
];
