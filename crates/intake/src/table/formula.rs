//! Words of a report in a table: what a spreadsheet would run stays text, both ways.

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The text as it stands in a table: behind an apostrophe, which [`words`] takes away again, where it would be run.
pub fn guarded(text: &str) -> String {
    if would_run(text) { format!("'{text}") } else { text.to_owned() }
}

/// The words of a cell that [`guarded`] wrote. A cell that somebody else wrote is text whatever it begins with.
pub fn words(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| would_run(text)).unwrap_or(cell)
}

/// Whether a text is run by a spreadsheet, or would be once its apostrophes are taken away.
fn would_run(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_they_were() {
        for said in ["", "=1+1", "'=1+1", "''-1", "'tis so", "'", "it's", "@", "\t", "-"] {
            let written = guarded(said);
            assert_eq!(words(&written), said);
            assert!(!written.starts_with(FORMULA), "{written}");
        }
    }
}
