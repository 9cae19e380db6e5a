//! Tables of reference data compiled in: tabs between columns, `#` before the lines of the head, then one line of column names.

/// The rows of a table, as arrays of its columns.
///
/// # Panics
/// Where a row has another number of columns, which is a mistake of the build.
pub fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|row| {
        let columns: Vec<_> = row.split('\t').collect();
        columns.try_into().unwrap_or_else(|_| panic!("not {N} columns: {row}"))
    })
}

/// A column that holds a list, separated by `|`.
pub fn list(column: &'static str) -> Vec<&'static str> {
    column.split('|').filter(|item| !item.is_empty()).collect()
}

/// A column that may be empty.
pub fn some(column: &'static str) -> Option<&'static str> {
    Some(column).filter(|text| !text.is_empty())
}
