//! Whatever the model does, what the rules read stands.

use serde_json::{Value, json};

use super::{
    engines, finding,
    model::{Manner, Model, endpoint, key},
    said, seen, taken_in,
};
use crate::world::stories;

/// The findings with their states, without who read them.
fn findings(seen: &Value) -> Vec<(String, String)> {
    let all = seen["reading"]["findings"].as_array().expect("findings").iter();
    all.map(|one| (one["summary"].to_string(), one["state"].to_string())).collect()
}

stories! {
    /// No answer, or none in bounds: it is told in a sentence, nothing is kept, and it can be asked again.
    async fn without_an_answer_nothing_is_kept(world: &World) {
        let (report, _) = taken_in(world, "").await;
        let before = seen(world, &report).await;
        let model = Model::start(Manner::Silent).await;
        for (manner, told) in [
            (Manner::Silent, "did not answer within 0.3 s"),
            (Manner::Drips, "did not answer within 0.3 s"),
            (Manner::Floods, "longer than"),
            (Manner::Status(500), "status 500"),
            (Manner::Status(401), "status 401"),
            (Manner::Status(201), "status 201"),
            (Manner::Redirects, "status 307"),
            (Manner::Body("<html>It works!</html>".to_owned()), "no chat completion"),
            (Manner::Body(String::new()), "no chat completion"),
            (Manner::Body(json!({ "error": { "message": "no such model" } }).to_string()), "no chat completion"),
        ] {
            model.behave(manner.clone());
            let fault = model.read(world, &report).await.expect_err(told).to_string();
            assert!(fault.contains(told), "{manner:?}: {fault}");
        }
        assert_eq!(model.asked().len(), 10, "a redirect is not followed");
        let nobody = endpoint("http://127.0.0.1:9/v1", "tiny");
        let fault = entente::second_reader::read(&world.store, &world.who, &nobody, key(&report)).await;
        assert!(fault.expect_err("nobody listens").to_string().contains("cannot be reached"));
        assert_eq!(seen(world, &report).await, before);
        model.behave(Manner::Says(said().to_string()));
        model.read(world, &report).await.expect("at last");
        assert_ne!(seen(world, &report).await, before);
    }

    /// An answer of which nothing can be used is a doubt in the model's own reading, and changes nothing else.
    async fn an_answer_that_is_none_is_a_doubt(world: &World) {
        let invented = json!({
            "states": [{ "code": "FRA", "quotes": ["France"] }],
            "people": [{ "name": "Salim Al-Harthy", "quotes": ["Minister Salim bin Harthy"] }],
            "actions": [{ "kind": "commitment", "actor": "ICESCO", "quotes": ["ICESCO promised ten million dollars"] }],
        });
        let model = Model::start(Manner::Silent).await;
        for (number, (content, told)) in [
            ("I'm sorry, but I can't help with that.".to_owned(), "no answer that can be used"),
            ("{\"states\": {{{{".to_owned(), "no answer that can be used"),
            ("\u{0}\u{FFFD} %PDF-1.7".to_owned(), "no answer that can be used"),
            (String::new(), "no answer that can be used"),
            (invented.to_string(), "not in the text: “ICESCO promised ten million dollars”"),
        ]
        .into_iter()
        .enumerate()
        {
            let (report, _) = taken_in(world, &format!("\n\nEdition {number}.")).await;
            let before = findings(&seen(world, &report).await);
            model.behave(Manner::Says(content.clone()));
            model.read(world, &report).await.expect("it is kept");
            let seen = seen(world, &report).await;
            assert_eq!(findings(&seen), before, "{content}");
            let own = seen["readings"].as_array().and_then(|all| all.last()).expect("its own reading");
            assert_eq!((own["engine"].as_str(), own["state"].as_str()), (Some("second-reader"), Some("JOINED")));
            let doubts = own["doubts"].to_string();
            assert!(doubts.contains(told), "{content}: {doubts}");
        }
    }

    /// Fences, thoughts, another order, unknown labels, doubled entries and a broken end do no harm.
    async fn an_answer_in_another_form_is_understood(world: &World) {
        let mut odd = json!({ "confidence": "high" });
        for (label, list) in said().as_object().expect("lists").iter().rev() {
            let mut list = list.as_array().expect("a list").clone();
            list.iter_mut().for_each(|entry| entry["offset"] = json!(9_999_999));
            list.extend(list.clone());
            odd[label.to_uppercase()] = json!(list);
        }
        let whole = odd.to_string();
        // Broken off inside the last list, which is that of the states.
        let broken = said().to_string();
        let broken = &broken[..broken.len() - 20];
        let model = Model::start(Manner::Silent).await;
        for (number, (content, last)) in [
            (format!("```json\n{whole}\n```"), "Oman"),
            (format!("<think>{{\"states\": []}}? No.</think>Here it is: {whole} I hope it helps {{you}}."), "Oman"),
            (broken.to_owned(), "Meeting"),
        ]
        .into_iter()
        .enumerate()
        {
            let (report, _) = taken_in(world, &format!("\n\nEdition {number}.")).await;
            model.behave(Manner::Says(content.clone()));
            model.read(world, &report).await.expect("it is kept");
            let seen = seen(world, &report).await;
            for summary in [last, "Salim Al-Harthy"] {
                assert_eq!(engines(finding(&seen, summary)), ["entente-rules", "second-reader"], "{content}");
            }
        }
    }
}
