//! Words of closed lists as columns.

use sea_orm::{
    ColIdx, QueryResult, TryGetError, TryGetable, Value,
    sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr},
};
use serde::{Deserialize, Serialize};
use vocab::Word;

/// A word of a closed list in a text column that holds its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code<W>(pub W);

impl<W: Word> From<W> for Code<W> {
    fn from(word: W) -> Self {
        Self(word)
    }
}

impl<W: Word> From<Code<W>> for Value {
    fn from(code: Code<W>) -> Self {
        code.0.code().into()
    }
}

impl<W: Word> TryGetable for Code<W> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let code = String::try_get_by(row, index)?;
        W::from_code(&code).map(Self).map_err(|unknown| TryGetError::DbErr(sea_orm::DbErr::Type(unknown.to_string())))
    }
}

impl<W: Word> ValueType for Code<W> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        let code = <String as ValueType>::try_from(value)?;
        W::from_code(&code).map(Self).map_err(|_| ValueTypeErr)
    }

    fn type_name() -> String {
        W::LIST.to_owned()
    }

    fn array_type() -> ArrayType {
        ArrayType::String
    }

    fn column_type() -> ColumnType {
        ColumnType::Text
    }
}

impl<W> Nullable for Code<W> {
    fn null() -> Value {
        Value::String(None)
    }
}

/// A small set of words in one text column, their codes separated by a space.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Codes<W>(pub Vec<W>);

impl<W: Word> From<Codes<W>> for Value {
    fn from(codes: Codes<W>) -> Self {
        codes.0.iter().map(|word| word.code()).collect::<Vec<_>>().join(" ").into()
    }
}

impl<W: Word> Codes<W> {
    fn parse(text: &str) -> Result<Self, vocab::UnknownWord> {
        text.split(' ').filter(|code| !code.is_empty()).map(W::from_code).collect::<Result<_, _>>().map(Self)
    }
}

impl<W: Word> TryGetable for Codes<W> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let text = String::try_get_by(row, index)?;
        Self::parse(&text).map_err(|unknown| TryGetError::DbErr(sea_orm::DbErr::Type(unknown.to_string())))
    }
}

impl<W: Word> ValueType for Codes<W> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        Self::parse(&<String as ValueType>::try_from(value)?).map_err(|_| ValueTypeErr)
    }

    fn type_name() -> String {
        W::LIST.to_owned()
    }

    fn array_type() -> ArrayType {
        ArrayType::String
    }

    fn column_type() -> ColumnType {
        ColumnType::Text
    }
}
