//! What is not merged, and by whom it may be.

use serde_json::{Value, json};
use vocab::{Role, Scope};

use super::{action, done, meet, merged, ministry, of, person, tried};
use crate::{
    stories::sign_in::{account, assign},
    world::{World, stories},
};

async fn refused(world: &World, mutation: &str, kept: &Value, other: &Value) -> String {
    let input = json!({ "keptId": kept, "otherId": other, "reason": "the same" });
    let answer = tried(world, mutation, input, "merge { id }").await;
    answer["refusal"]["message"].as_str().unwrap_or_else(|| panic!("not refused: {answer}")).to_owned()
}

/// Whether a merge is forbidden; anything else that goes wrong fails the test.
async fn is_forbidden(world: &World, mutation: &str, kept: &Value, other: &Value) -> bool {
    let kind = format!("M{}Input", &mutation[1..]);
    let document = format!("mutation($input: {kind}!) {{ {mutation}(input: $input) {{ refusal {{ message }} }} }}");
    let input = json!({ "input": { "keptId": kept, "otherId": other, "reason": "the same" } });
    let answer = world.answer(&document, input).await;
    assert!(answer["data"][mutation]["refusal"].is_null(), "{answer}");
    answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
}

stories! {
    /// Each refusal says what to do, and nothing is written.
    async fn what_cannot_be_one_is_refused_with_what_to_do(world: &World) {
        let (one, other) = (person(world, "Ana One").await, person(world, "Ben Two").await);
        assert!(refused(world, "mergePeople", &one, &one).await.contains("named twice"));
        merged(world, "mergePeople", &one, &other).await;
        assert!(refused(world, "mergePeople", &one, &other).await.contains("already"), "merged again");
        assert!(refused(world, "mergePeople", &other, &one).await.contains("already"), "in a circle");
        let reasonless = json!({ "keptId": one, "otherId": person(world, "Cem Three").await, "reason": " " });
        assert_eq!(tried(world, "mergePeople", reasonless, "merge { id }").await["refusal"]["field"], "reason");
        let stale = json!({ "keptId": one, "expectedVersion": 9, "otherId": person(world, "Dia Four").await, "reason": "x" });
        assert_eq!(tried(world, "mergePeople", stale, "merge { id }").await["refusal"]["code"], "CONFLICT");

        let pakistan = ministry(world, "Ministry of Rivers", "PAK").await;
        let oman = ministry(world, "Ministry of Rivers", "OMN").await;
        assert!(refused(world, "mergeOrganizations", &pakistan, &oman).await.contains("different states"));
        let embassy = json!({ "name": "Embassy", "kind": "EMBASSY" });
        let embassy = done(world, "createOrganization", embassy, "organization { id }").await["organization"]["id"].clone();
        assert!(refused(world, "mergeOrganizations", &pakistan, &embassy).await.contains("kind"));
        let unit = json!({ "name": "Office", "kind": "OTHER", "parentId": pakistan });
        let unit = done(world, "createOrganization", unit, "organization { id }").await["organization"]["id"].clone();
        for (kept, other) in [(&pakistan, &unit), (&unit, &pakistan)] {
            assert!(refused(world, "mergeOrganizations", kept, other).await.contains("part of"));
        }
        let host = world.ask("{ host { id } }", json!({})).await["host"]["id"].clone();
        let like = json!({ "name": "The host", "kind": "INTERNATIONAL" });
        let like = done(world, "createOrganization", like, "organization { id }").await["organization"]["id"].clone();
        assert!(refused(world, "mergeOrganizations", &like, &host).await.contains("keep the host"));
        let wrong = "mutation($input: MergePeopleInput!) { mergePeople(input: $input) { refusal { message } } }";
        let (code, _) = world.error(wrong, json!({ "input": { "keptId": one, "otherId": pakistan, "reason": "x" } })).await;
        assert_eq!(code, "BAD_USER_INPUT");
        assert_eq!(world.ask("{ merges { totalCount } }", json!({})).await["merges"]["totalCount"], 1);
    }

    /// Whoever may change both records merges them, with all that goes along; a ministry of another state is left alone.
    async fn whoever_may_change_both_merges_them(world: &World) {
        let lena = account(world, "Lena", Role::DeskOfficer, Scope::Write).await;
        assign(world, lena.id, "PAK").await;
        let (omar, vera) = (account(world, "Omar", Role::DeskOfficer, Scope::Write).await, account(world, "Vera", Role::Viewer, Scope::Write).await);
        let (lena, omar, vera) = (world.signed(lena.token), world.signed(omar.token), world.signed(vera.token));
        let (one, other) = (person(world, "Ana One").await, person(world, "Ben Two").await);
        let talks = meet(world, &[&other]).await;
        action(world, "Of no state", json!({ "personId": other })).await;
        assert!(is_forbidden(&vera, "mergePeople", &one, &other).await);
        assert!(!is_forbidden(&omar, "mergePeople", &one, &other).await, "people are anybody's, and what they took part in goes along");
        assert_eq!(of(world, &talks, "... on Meeting { participations { party { id } } }").await["participations"], json!([{ "party": { "id": one } }]));

        let (a, b) = (ministry(world, "Ministry of Rivers", "PAK").await, ministry(world, "Ministry of the Rivers", "PAK").await);
        action(world, "Of the other", json!({ "organizationId": b })).await;
        assert!(is_forbidden(&omar, "mergeOrganizations", &a, &b).await);
        assert_eq!(of(world, &b, "").await["id"], b);
        assert!(!is_forbidden(&lena, "mergeOrganizations", &a, &b).await);
        let merge = of(world, &a, "... on Organization { merges { id } }").await["merges"][0]["id"].clone();
        let undo = "mutation($input: UndoMergeInput!) { undoMerge(input: $input) { refusal { message } } }";
        let input = json!({ "input": { "mergeId": merge, "reason": "two" } });
        assert_eq!(omar.error(undo, input.clone()).await.0, "FORBIDDEN");
        lena.ask(undo, input).await;
        assert_eq!(of(world, &b, "").await["id"], b);
        let pair = json!({ "input": { "oneId": a, "otherId": b, "reason": "two" } });
        let reject = "mutation($input: RejectMergeInput!) { rejectMerge(input: $input) { refusal { message } } }";
        assert_eq!(omar.error(reject, pair.clone()).await.0, "FORBIDDEN");
        assert_eq!(lena.ask(reject, pair).await["rejectMerge"]["refusal"], Value::Null);
    }
}
