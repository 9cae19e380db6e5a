//! What every closed list has in common.

use std::fmt;

/// One word of a closed list: it has a code, and the list can be walked.
pub trait Word: Copy + Eq + Sized + 'static {
    /// What the list is called in an error for people, such as `action kind`.
    const LIST: &'static str;
    /// The whole list, in its order.
    const ALL: &'static [Self];
    /// The text that is stored, printed and exchanged.
    fn code(self) -> &'static str;

    /// The word with this code.
    ///
    /// # Errors
    /// [`UnknownWord`] when the list has no such code; codes are compared as they are, letter for letter.
    fn from_code(code: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .iter()
            .copied()
            .find(|word| word.code() == code)
            .ok_or_else(|| UnknownWord { list: Self::LIST, code: code.to_owned() })
    }
}

/// A code that its list does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The list that was asked.
    pub list: &'static str,
    /// The code it does not have.
    pub code: String,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is no {}", self.code, self.list)
    }
}

impl std::error::Error for UnknownWord {}

/// Declares a closed list: an enum whose words have codes, can be walked, and are serialized as their codes.
macro_rules! words {
    ($(#[$about:meta])* $list:literal $name:ident { $($(#[$doc:meta])* $word:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $code)] $word,)+ }

        impl $crate::Word for $name {
            const LIST: &'static str = $list;
            const ALL: &'static [Self] = &[$(Self::$word),+];
            fn code(self) -> &'static str { match self { $(Self::$word => $code),+ } }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str($crate::Word::code(*self)) }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;
            fn from_str(code: &str) -> Result<Self, Self::Err> { $crate::Word::from_code(code) }
        }
    };
}
pub(crate) use words;
