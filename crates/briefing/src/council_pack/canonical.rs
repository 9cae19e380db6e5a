//! JSON that is the same every time: the keys in their order, and nothing between them.

use std::collections::BTreeMap;

use serde_json::Value;

/// The canonical text of a value without broken numbers, as RFC 8785 has it.
pub(super) fn json(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.iter().collect();
            let fields =
                fields.into_iter().map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), json(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        plain => plain.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn the_order_of_fields_makes_no_difference() {
        let one = json!({ "b": [1, { "d": null, "c": "é\"" }], "a": true });
        assert_eq!(super::json(&one), r#"{"a":true,"b":[1,{"c":"é\"","d":null}]}"#);
    }
}
