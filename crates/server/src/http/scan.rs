//! A look at a text before anything parses it: parsers call themselves at each bracket, and a stack has an end.

use super::code::{Code, Refusal};

/// How much was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Found {
    depth: usize,
    deepest: usize,
    tokens: usize,
}

impl Found {
    fn sign(&mut self, byte: u8) {
        self.tokens += 1;
        match byte {
            b'{' | b'[' | b'(' => {
                self.depth += 1;
                self.deepest = self.deepest.max(self.depth);
            }
            b'}' | b']' | b')' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// # Errors
/// Where the brackets of a GraphQL document nest deeper than `nesting`, or it has more than `tokens` words and signs.
pub fn document(text: &str, nesting: usize, tokens: usize) -> Result<(), Refusal> {
    let found = in_document(text.as_bytes());
    if found.deepest > nesting {
        let message = format!("the document nests {} deep, and {nesting} is the most", found.deepest);
        return Err(Refusal::document(Code::OperationLimit, message));
    }
    if found.tokens > tokens {
        let message = format!("the document has {} words and signs, and {tokens} are the most", found.tokens);
        return Err(Refusal::document(Code::OperationLimit, message));
    }
    Ok(())
}

/// # Errors
/// Where the brackets of a JSON text nest deeper than `nesting`, or it has more than `values` values.
pub fn json(bytes: &[u8], nesting: usize, values: usize) -> Result<(), Refusal> {
    let found = in_json(bytes);
    if found.deepest > nesting {
        return Err(Refusal::malformed(format!("the JSON nests {} deep, and {nesting} is the most", found.deepest)));
    }
    if found.tokens > values {
        return Err(Refusal::malformed(format!("the JSON has more than {values} values")));
    }
    Ok(())
}

fn in_document(text: &[u8]) -> Found {
    let mut found = Found::default();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let rest = &text[at..];
        at += match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => 1,
            b'#' => run(rest, |byte| !matches!(byte, b'\n' | b'\r')),
            b'"' => {
                found.tokens += 1;
                if rest.starts_with(b"\"\"\"") { block_string(rest) } else { string(rest) }
            }
            b'.' | b'_' | b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                found.tokens += 1;
                run(rest, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'+'))
            }
            sign => {
                found.sign(sign);
                1
            }
        };
    }
    found
}

/// Tokens are counted by the brackets and commas between values.
fn in_json(text: &[u8]) -> Found {
    let mut found = Found::default();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += match byte {
            b'"' => string(&text[at..]),
            b'{' | b'}' | b'[' | b']' | b',' => {
                found.sign(byte);
                1
            }
            _ => 1,
        };
    }
    found
}

fn run(text: &[u8], goes_on: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|byte| !goes_on(*byte)).unwrap_or(text.len())
}

/// The length of the string that `text` begins with. One that a line end breaks ends there; the parser will say so.
fn string(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            _ => at += 1,
        }
    }
    text.len()
}

fn block_string(text: &[u8]) -> usize {
    let mut at = 3;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(b"\\\"\"\"") {
            at += 4;
        } else if rest.starts_with(b"\"\"\"") {
            return at + 3;
        } else {
            at += 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_where_they_are_brackets() {
        let depth = |text: &str| in_document(text.as_bytes()).deepest;
        assert_eq!(depth("{ a(b: [1, {c: 2}]) { d } }"), 4);
        assert_eq!(depth("{ a(b: \"{{{\\\"{{\") }"), 2);
        assert_eq!(depth("{ a(b: \"\"\"{{{ \\\"\"\" {{{\"\"\") }"), 2);
        assert_eq!(depth("# {{{{\n{ a }"), 1);
        assert_eq!(depth("}}}}{ a }"), 1);
        assert_eq!(depth("{ a(b: \"never closed {{{"), 2);
        assert_eq!(in_json(br#"{"query": "{{{{[[", "variables": {"a": [1, 2]}}"#).deepest, 3);
    }

    #[test]
    fn words_and_signs_are_counted() {
        let tokens = |text: &str| in_document(text.as_bytes()).tokens;
        assert_eq!(tokens("query A($x: Int = -1.5e+3) { a(b: $x) ...F @skip(if: true) }"), 27);
        assert_eq!(tokens("{ a(text: \"a long report, with {brackets}\") }"), 8);
        assert_eq!(tokens(""), 0);
    }

    #[test]
    fn what_is_too_deep_or_too_long_is_refused() {
        let deep = |n: usize| format!("{}a{}", "{".repeat(n), "}".repeat(n));
        assert!(document(&deep(50), 50, 15_000).is_ok());
        assert_eq!(document(&deep(51), 50, 15_000).unwrap_err().code, Code::OperationLimit);
        assert!(document(&"a ".repeat(15_001), 50, 15_000).is_err());
        assert!(json("[".repeat(200_000).as_bytes(), 50, 50_000).is_err());
        assert!(json(format!("[{}1]", "1,".repeat(50_001)).as_bytes(), 50, 50_000).is_err());
        assert!(json(b"\"\\", 50, 50_000).is_ok());
    }
}
