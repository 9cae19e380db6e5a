//! The heads of the sections and of their columns, and what a section says where there is nothing.

use super::{ORGANIZATION, Phrase};
use crate::brief::SectionKind;

const PERSON: Phrase = ["Person", "Personne", "الشخص"];
const POST: Phrase = ["Post", "Fonction", "المنصب"];
const SEEN: Phrase = ["Seen in post", "Vu en fonction", "شوهد في المنصب"];
const DAY: Phrase = ["Day", "Jour", "اليوم"];
const KIND: Phrase = ["Kind", "Nature", "النوع"];
const TITLE: Phrase = ["What", "Objet", "الموضوع"];
const PLACE: Phrase = ["Place", "Lieu", "المكان"];
const REFERENCE: Phrase = ["Reference", "Référence", "المرجع"];
const STATUS: Phrase = ["Status", "État d’avancement", "الحالة"];
const DUE: Phrase = ["Due", "Échéance", "الاستحقاق"];
const AREA: Phrase = ["Area", "Domaine", "المجال"];
const STRENGTH: Phrase = ["Strength", "Portée", "درجة الالتزام"];
const POINT: Phrase = ["What to say", "À dire", "ما يقال"];
const PERIOD: Phrase = ["Period", "Période", "المدة"];
const IN_THEIR_TIME: Phrase = ["In their time", "Pendant ce temps", "خلال المدة"];
const HELD_THEN_BY: Phrase = ["Held then by", "Titulaire d’alors", "شاغل المنصب آنذاك"];

const LEDGER: &[Phrase] = &[REFERENCE, TITLE, KIND, STATUS, DUE];

/// A section: its title, what it says where there is nothing, and the heads of its columns.
struct Heads(Phrase, Phrase, &'static [Phrase]);

const SECTIONS: [Heads; SectionKind::Closed as usize + 1] = [
    Heads(
        ["Who is who", "Qui est qui", "من هو من"],
        ["No holder of a post is recorded.", "Aucun titulaire n’est enregistré.", "لا يوجد شاغل منصب مسجّل."],
        &[PERSON, POST, ORGANIZATION, SEEN],
    ),
    Heads(
        ["Last contacts", "Derniers contacts", "آخر الاتصالات"],
        ["No meeting is recorded.", "Aucune rencontre n’est enregistrée.", "لا يوجد لقاء مسجّل."],
        &[DAY, KIND, TITLE, PLACE],
    ),
    Heads(
        ["What we owe", "Ce que nous devons", "ما علينا"],
        ["We owe nothing.", "Nous ne devons rien.", "ليس علينا شيء."],
        LEDGER,
    ),
    Heads(
        ["What they owe", "Ce qu’ils doivent", "ما عليهم"],
        ["They owe nothing.", "Ils ne doivent rien.", "ليس عليهم شيء."],
        LEDGER,
    ),
    Heads(
        ["Waiting for us", "En attente de notre réponse", "في انتظار ردّنا"],
        ["Nothing waits for us.", "Rien n’attend notre réponse.", "لا شيء ينتظر ردّنا."],
        LEDGER,
    ),
    Heads(
        ["Waiting for them", "En attente de leur réponse", "في انتظار ردّهم"],
        ["Nothing waits for them.", "Rien n’attend leur réponse.", "لا شيء ينتظر ردّهم."],
        LEDGER,
    ),
    Heads(
        ["For both of us", "À faire ensemble", "على الطرفين معاً"],
        ["Nothing is for both of us.", "Rien n’est à faire ensemble.", "لا شيء على الطرفين معاً."],
        LEDGER,
    ),
    Heads(
        ["Nobody has said who moves next", "Personne n’a dit qui doit agir", "لم يُحدَّد من عليه الخطوة التالية"],
        ["Every open action has its side.", "Chaque action ouverte a son responsable.", "لكل إجراء مفتوح طرف معني."],
        LEDGER,
    ),
    Heads(
        ["Areas alive", "Domaines actifs", "المجالات النشطة"],
        ["No area is alive.", "Aucun domaine n’est actif.", "لا يوجد مجال نشط."],
        &[AREA, STRENGTH, REFERENCE, TITLE],
    ),
    Heads(
        ["Suggested talking points", "Points suggérés pour l’entretien", "نقاط مقترحة للحديث"],
        [
            "No open action asks for a word.",
            "Aucune action ouverte n’appelle un mot.",
            "لا يوجد إجراء مفتوح يستدعي كلمة.",
        ],
        &[POINT],
    ),
    Heads(
        ["Who held it", "Titulaires successifs", "من شغل المنصب"],
        ["Nobody is recorded to have held it.", "Aucun titulaire n’est enregistré.", "لا يوجد شاغل مسجّل لهذا المنصب."],
        &[PERSON, PERIOD, SEEN, IN_THEIR_TIME],
    ),
    Heads(
        ["Delivered or dropped", "Réalisé ou abandonné", "ما أُنجز أو تُرك"],
        ["Nothing has been delivered or dropped.", "Rien n’a été réalisé ni abandonné.", "لم يُنجز شيء ولم يُترك شيء."],
        &[REFERENCE, TITLE, STATUS, DAY, HELD_THEN_BY],
    ),
];

/// The title of a section.
pub(crate) fn title(section: SectionKind) -> Phrase {
    SECTIONS[section as usize].0
}

/// What a section says where there is nothing.
pub(crate) fn nothing(section: SectionKind) -> Phrase {
    SECTIONS[section as usize].1
}

/// The heads of the columns of a section.
pub(crate) fn columns(section: SectionKind) -> &'static [Phrase] {
    SECTIONS[section as usize].2
}
