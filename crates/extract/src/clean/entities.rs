//! Character references, and letters that were read in the wrong encoding.

use std::borrow::Cow;

/// The names that pages use.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("thinsp", " "),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("sbquo", "‚"),
    ("rdquo", "”"),
    ("ldquo", "“"),
    ("bdquo", "„"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("lsaquo", "‹"),
    ("rsaquo", "›"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("euro", "€"),
    ("pound", "£"),
    ("sect", "§"),
    ("ordm", "º"),
    ("times", "×"),
    ("frac12", "½"),
    ("shy", ""),
    ("zwnj", "\u{200c}"),
    ("zwj", "\u{200d}"),
    ("lrm", ""),
    ("rlm", ""),
    ("agrave", "à"),
    ("aacute", "á"),
    ("acirc", "â"),
    ("atilde", "ã"),
    ("auml", "ä"),
    ("aring", "å"),
    ("aelig", "æ"),
    ("ccedil", "ç"),
    ("egrave", "è"),
    ("eacute", "é"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("igrave", "ì"),
    ("iacute", "í"),
    ("icirc", "î"),
    ("iuml", "ï"),
    ("ntilde", "ñ"),
    ("ograve", "ò"),
    ("oacute", "ó"),
    ("ocirc", "ô"),
    ("otilde", "õ"),
    ("ouml", "ö"),
    ("oslash", "ø"),
    ("ugrave", "ù"),
    ("uacute", "ú"),
    ("ucirc", "û"),
    ("uuml", "ü"),
    ("szlig", "ß"),
    ("yacute", "ý"),
    ("oelig", "œ"),
    ("scaron", "š"),
    ("Agrave", "À"),
    ("Aacute", "Á"),
    ("Acirc", "Â"),
    ("Auml", "Ä"),
    ("Ccedil", "Ç"),
    ("Egrave", "È"),
    ("Eacute", "É"),
    ("Ecirc", "Ê"),
    ("Iacute", "Í"),
    ("Icirc", "Î"),
    ("Ntilde", "Ñ"),
    ("Oacute", "Ó"),
    ("Ocirc", "Ô"),
    ("Ouml", "Ö"),
    ("Oslash", "Ø"),
    ("Uacute", "Ú"),
    ("Uuml", "Ü"),
    ("OElig", "Œ"),
];

/// A name or a number is no longer than this, in bytes.
const LONGEST: usize = 8;

/// What the bytes 0x80 to 0x9F are in the encoding that texts are most often misread in; a letter without a meaning there
/// stands for itself.
const MISREAD: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// How often a reference may have been written for the sign of another one, as in `&amp;amp;amp;`.
const NESTED: usize = 3;

/// A text with its character references resolved, once.
pub fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('&').enumerate() {
        match reference(part) {
            _ if at == 0 => out.push_str(part),
            Some((said, rest)) => {
                out.push_str(&said);
                out.push_str(rest);
            }
            None => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    Cow::Owned(out)
}

/// What the reference says that a text begins with, behind its `&`, and the rest of the text.
fn reference(text: &str) -> Option<(Cow<'static, str>, &str)> {
    let end = text.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    let (name, rest) = (&text[..end], &text[end + 1..]);
    if let Some((_, said)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some((Cow::Borrowed(said), rest));
    }
    let digits = name.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    let number = number.ok()?;
    let misread = usize::try_from(number).ok().and_then(|n| MISREAD.get(n.checked_sub(0x80)?));
    let c = misread.copied().or_else(|| char::from_u32(number)).filter(|c| *c != '\0')?;
    Some((Cow::Owned(c.to_string()), rest))
}

/// A text with what can be told for certain put right: references that were left standing, and letters whose bytes were
/// read one by one.
pub fn mend(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut mended = Cow::Borrowed(text);
    for _ in 0..NESTED {
        match resolve(&mended) {
            Cow::Owned(resolved) if *resolved != *mended => mended = Cow::Owned(resolved),
            _ => break,
        }
    }
    match reread(&mended) {
        Some(reread) => Cow::Owned(reread),
        None => mended,
    }
}

/// A text with each misread run of letters read again, if there is one.
fn reread(text: &str) -> Option<String> {
    // All of these letters begin with the same byte.
    let may_hold = text.as_bytes().contains(&0xC3);
    if !may_hold || !text.contains(|c| matches!(c, 'Â'..='Å' | 'â' | 'Ø'..='Û' | 'Ð' | 'Ñ')) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        let end = rest[start..].find(|c: char| c.is_ascii()).map_or(rest.len(), |end| start + end);
        out.push_str(&rest[..start]);
        let run = &rest[start..end];
        match run {
            // The third byte of a closing quotation mark means nothing in that encoding, and is lost on the way.
            "â€" => out.push('”'),
            _ => out.push_str(certain(run).as_deref().unwrap_or(run)),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    (out != text).then_some(out)
}

/// What a run of letters was before its bytes were read one by one, if that is certain.
fn certain(run: &str) -> Option<String> {
    let byte = |c: char| match MISREAD.iter().position(|misread| *misread == c) {
        Some(at) => u8::try_from(0x80 + at).ok(),
        None => u8::try_from(u32::from(c)).ok(),
    };
    let bytes: Vec<u8> = run.chars().map(byte).collect::<Option<_>>()?;
    let read = String::from_utf8(bytes).ok()?;
    // Two letters may also be a capital before a quotation mark, as in `SÃO “AMANHÔ`.
    let by_chance = read.chars().count() == 1 && run.chars().count() == 2;
    let second = run.chars().nth(1)?;
    (!by_chance || (matches!(second, '\u{a0}'..='¿') && second != '»' && run.starts_with(['Ã', 'Â']))).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::{mend, resolve};

    #[test]
    fn references_are_resolved() {
        for (text, plain) in [
            ("a &amp; b", "a & b"),
            ("&eacute;t&#233;&#x20;&#8217;s", "été ’s"),
            ("R&D; A&B &amp", "R&D; A&B &amp"),
            ("&#146;", "’"),
            ("&#0;&#xD800;&", "&#0;&#xD800;&"),
        ] {
            assert_eq!(resolve(text), plain);
        }
        assert_eq!(mend("fish &amp;amp;amp; boats&amp;nbsp;again"), "fish & boats again");
    }

    #[test]
    fn letters_that_were_misread_for_certain_are_read_again() {
        for (text, plain) in [
            ("the lakeâ€™s shores", "the lake’s shores"),
            ("â€œYes,â€\u{9d} she said â€“ twice", "“Yes,” she said – twice"),
            ("â€œYes,â€ she said", "“Yes,” she said"),
            ("SÃ£o TomÃ© and CÃ´te", "São Tomé and Côte"),
            ("Ø§Ù„Ø³Ù„Ø§Ù…", "السلام"),
        ] {
            assert_eq!(mend(text), plain);
        }
        for right in ["Âge, “AMANHÔ, SÃO", "Hôtel “Île”", "«À»", "café", "SÃO", "Ñandú", "Øst"] {
            assert_eq!(mend(right), right);
        }
    }
}
