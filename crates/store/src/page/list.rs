//! Pages of a list that is made in memory.

use uuid::Uuid;

use super::{
    Page, Slice,
    key::{Cursor, KeyValue},
};
use crate::{Error, Result};

/// The place of a row in such a list, by which it is sorted: a number, and two records.
pub type Place = (i32, Uuid, Uuid);

/// One page of a whole list that is in the order of its places. A cursor holds its place: what is taken away or added meanwhile
/// moves no other.
///
/// # Errors
/// [`Error::Invalid`] where the cursor belongs to another list.
pub fn of_list<M>(rows: Vec<M>, place: impl Fn(&M) -> Place, slice: &Slice) -> Result<Page<M>> {
    let from = slice.from.as_ref().map(read).transpose()?;
    let limit = usize::try_from(slice.limit).unwrap_or(usize::MAX);
    let (start, end) = match (from, slice.backward) {
        (None, false) => (0, rows.len().min(limit)),
        (None, true) => (rows.len().saturating_sub(limit), rows.len()),
        (Some(from), false) => {
            let start = rows.partition_point(|row| place(row) <= from);
            (start, rows.len().min(start.saturating_add(limit)))
        }
        (Some(from), true) => {
            let end = rows.partition_point(|row| place(row) < from);
            (end.saturating_sub(limit), end)
        }
    };
    let (has_previous, has_next) = (start > 0, end < rows.len());
    let rows = rows.into_iter().skip(start).take(end - start).map(|row| (written(place(&row)), row)).collect();
    Ok(Page { rows, has_previous, has_next })
}

fn written((number, one, other): Place) -> Cursor {
    Cursor { keys: vec![KeyValue::Number(number), KeyValue::Text(other.to_string())], id: one }
}

fn read(cursor: &Cursor) -> Result<Place> {
    let place = match cursor.keys.as_slice() {
        [KeyValue::Number(number), KeyValue::Text(other)] => {
            other.parse().ok().map(|other| (*number, cursor.id, other))
        }
        _ => None,
    };
    place.ok_or_else(|| Error::invalid("after", "the cursor belongs to another list or order: start without it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(number: &i32) -> Place {
        (*number, Uuid::from_u128(1), Uuid::from_u128(2))
    }

    fn pages(slice: &Slice) -> Page<i32> {
        of_list((1..=5).collect(), place, slice).expect("a page")
    }

    #[test]
    fn pages_go_through_the_list_from_either_end() {
        let numbers = |page: &Page<i32>| page.rows.iter().map(|(_, number)| *number).collect::<Vec<_>>();
        let first = pages(&Slice::first(2));
        assert_eq!((numbers(&first), first.has_previous, first.has_next), (vec![1, 2], false, true));
        let from = Some(Cursor::decode(&first.rows[1].0.encode()).expect("a cursor"));
        let second = pages(&Slice { limit: 9, from: from.clone(), backward: false });
        assert_eq!((numbers(&second), second.has_previous, second.has_next), (vec![3, 4, 5], true, false));
        let before = pages(&Slice { limit: 9, from, backward: true });
        assert_eq!((numbers(&before), before.has_previous, before.has_next), (vec![1], false, true));
        let last = pages(&Slice { limit: 2, from: None, backward: true });
        assert_eq!((numbers(&last), last.has_previous, last.has_next), (vec![4, 5], true, false));
        let foreign = Cursor { keys: Vec::new(), id: Uuid::nil() };
        assert!(of_list(vec![1], place, &Slice { limit: 1, from: Some(foreign), backward: false }).is_err());
    }
}
