//! From bytes to characters: inside the engine places are bytes, outside they are Unicode scalar values.

use std::ops::Range;

use vocab::evidence::Span;

/// How many bytes lie between two places whose character count is known.
const STEP: usize = 128;

/// Counts the characters before any byte of a text without walking the text again.
#[derive(Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// The number of characters that begin before byte `i * STEP`.
    before: Vec<u32>,
}

impl<'t> Offsets<'t> {
    /// Walks the text once.
    pub fn new(text: &'t str) -> Self {
        let mut count = 0;
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        for block in text.as_bytes().chunks(STEP) {
            before.push(count);
            count += characters(block);
        }
        before.push(count);
        Self { text, before }
    }

    /// The number of characters that begin before this byte.
    pub fn character(&self, byte: usize) -> usize {
        let block = (byte / STEP).min(self.before.len() - 1);
        let rest = &self.text.as_bytes()[(block * STEP).min(byte)..byte];
        (self.before[block] + characters(rest)) as usize
    }

    /// The span of a stretch of bytes, with its words.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        Span {
            start: self.character(bytes.start),
            end: self.character(bytes.end),
            quote: self.text[bytes.start..bytes.end].to_owned(),
        }
    }
}

/// How many characters begin in a block of at most [`STEP`] bytes. A sum of single bytes is taken many at a time.
fn characters(block: &[u8]) -> u32 {
    u32::from(block.iter().map(|byte| u8::from(begins_character(*byte))).sum::<u8>())
}

/// Whether a byte is the first of a character in UTF-8.
fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn a_span_stands_where_its_bytes_stood() {
        let text = "é".repeat(300) + " invited “İzmir”";
        let offsets = Offsets::new(&text);
        for (word, at) in [("invited", 301), ("“", 309), ("İzmir", 310)] {
            let byte = text.find(word).expect("the word is there");
            let span = offsets.span(byte..byte + word.len());
            assert_eq!(span.start, at);
            assert!(span.stands_in(&text));
        }
    }
}
