//! What later news tells as done is put to the action that waits for it; what changes makes a new version of it.

use serde_json::{Value, json};

use crate::world::{World, stories};

const PROMISED: &str = "Mr. Idris Bello, Minister of Education of Chad, received Dr. Lina Haddad, Director-General of the \
    Islamic World Educational, Scientific and Cultural Organization (ICESCO), in N'Djamena on 3 March 2025.\n\n\
    Dr. Haddad pledged to deliver 20 laptops to the school of digital education in Abeche by the end of June 2025. \
    The Minister invited the Director-General to visit Abeche.";

const CHANGED: &str = "Mr. Idris Bello, Minister of Education of Chad, met Dr. Lina Haddad, Director-General of the \
    Islamic World Educational, Scientific and Cultural Organization (ICESCO), in Rabat on 14 May 2025.\n\n\
    Dr. Haddad pledged to deliver 30 laptops to the school of digital education in Abeche by the end of September 2025.";

const DELIVERED: &str = "Mr. Idris Bello, Minister of Education of Chad, welcomed Dr. Lina Haddad, Director-General of the \
    Islamic World Educational, Scientific and Cultural Organization (ICESCO), in Abeche on 2 September 2025.\n\n\
    ICESCO delivered 30 laptops to the school of digital education in Abeche on 1 September 2025.";

/// Told of a state to which nothing was promised.
const UNPROMISED: &str = "Mr. Omar Sabti, Minister of Education of Jordan, received Dr. Lina Haddad, Director-General of the \
    Islamic World Educational, Scientific and Cultural Organization (ICESCO), in Amman on 2 September 2025.\n\n\
    ICESCO delivered 30 laptops to the school of digital education in Irbid on 1 September 2025.";

/// The findings of a kind in a reading, with what they may be.
async fn findings(world: &World, reading: &Value, kind: &str) -> Vec<Value> {
    let asked = "query($id: ID!, $kind: FindingKind) { node(id: $id) { ... on Reading { findings(kind: $kind) {
        id state summary candidates { rule score record { ... on Node { id } } } } doubts { code } } } }";
    let data = world.ask(asked, json!({ "id": reading, "kind": kind })).await;
    data["node"]["findings"].as_array().unwrap_or_else(|| panic!("{data:#}")).clone()
}

async fn accept(world: &World, finding: &Value, link: Option<&Value>) -> Value {
    let accepted = "mutation($input: AcceptFindingInput!) { acceptFinding(input: $input) {
        finding { state result { __typename id } } refusal { code message } } }";
    let input = json!({ "findingId": finding["id"], "linkTo": link });
    world.ask(accepted, json!({ "input": input })).await["acceptFinding"].clone()
}

async fn commitments(world: &World) -> Value {
    let asked =
        "{ followUpActions(filter: { kinds: [COMMITMENT] }) { nodes { id version title dueOn status corroboration
        updates { track says on note report { id } evidence { quote } } } } }";
    world.ask(asked, json!({})).await["followUpActions"]["nodes"].clone()
}

stories! {
    /// A delivery that a later report tells of is matched to the promise, and confirmed it is evidence that it was kept.
    async fn a_promise_is_found_fulfilled_in_later_news(world: &World) {
        let (_, reading) = world.ingest(PROMISED, "2025-03-04").await;
        world.accept(&reading).await;
        assert!(findings(world, &reading, "FULFILMENT").await.is_empty());
        let promised = commitments(world).await[0].clone();
        let (report, reading) = world.ingest(&DELIVERED.replace("30", "20"), "2025-09-03").await;
        let done = findings(world, &reading, "FULFILMENT").await;
        assert_eq!(done.len(), 1, "{done:#?}");
        assert!(done[0]["summary"].as_str().is_some_and(|it| it.starts_with("Delivery, 1 September 2025: ICESCO delivered")));
        let likely = &done[0]["candidates"][0];
        assert_eq!((&likely["rule"], &likely["record"]["id"]), (&json!("same-area-and-words"), &promised["id"]));
        let accepted = accept(world, &done[0], None).await;
        assert_eq!((&accepted["finding"]["state"], &accepted["finding"]["result"]["id"]), (&json!("ACCEPTED"), &promised["id"]));
        let kept = commitments(world).await[0].clone();
        let update = &kept["updates"][0];
        assert_eq!((&kept["status"], &update["track"], &update["on"]), (&json!("DELIVERED"), &json!("EVIDENCE"), &json!("2025-09-01")));
        assert_eq!(update["report"]["id"], report);
        assert!(update["evidence"][0]["quote"].as_str().is_some_and(|quote| quote.starts_with("ICESCO delivered 20 laptops")));
        assert_eq!(kept["corroboration"], 1, "who tells of the delivery does not tell of the promise");
        // Read again, or told again, it is kept already.
        let (_, again) = world.ingest(&DELIVERED.replace("30", "20").replace("welcomed", "received"), "2025-09-04").await;
        assert!(findings(world, &again, "FULFILMENT").await.is_empty());
    }

    /// What nobody promised is no finding; a deed is never an action of its own.
    async fn a_delivery_of_something_never_promised_is_not_guessed_at(world: &World) {
        let (_, reading) = world.ingest(PROMISED, "2025-03-04").await;
        world.accept(&reading).await;
        let (_, other) = world.ingest(UNPROMISED, "2025-09-03").await;
        assert!(findings(world, &other, "FULFILMENT").await.is_empty());
        // A later visit may answer the invitation, and does so only when somebody says it does.
        let visit = DELIVERED.replace("ICESCO delivered 30 laptops to", "The Director-General visited");
        let (_, later) = world.ingest(&visit, "2025-09-03").await;
        let done = findings(world, &later, "FULFILMENT").await;
        assert_eq!(done[0]["candidates"][0]["rule"], "visit-after-invitation", "{done:#?}");
        world.accept(&later).await;
        assert_eq!(findings(world, &later, "FULFILMENT").await[0]["state"], "WAITING");
        let asked = accept(world, &done[0], None).await;
        assert!(asked["refusal"]["message"].as_str().is_some_and(|it| it.contains("link it")), "{asked:#}");
        let link = &done[0]["candidates"][0]["record"]["id"];
        assert_eq!(accept(world, &done[0], Some(link)).await["finding"]["state"], "ACCEPTED");
    }

    /// The same promise told later with another amount and day is a new version of it, with both reports behind it.
    async fn a_changed_amount_or_day_is_a_new_version(world: &World) {
        let (_, reading) = world.ingest(PROMISED, "2025-03-04").await;
        world.accept(&reading).await;
        let (_, later) = world.ingest(CHANGED, "2025-05-15").await;
        let told = findings(world, &later, "ACTION").await;
        assert_eq!(told[0]["candidates"][0]["rule"], "same-act-told-again", "{told:#?}");
        let link = told[0]["candidates"][0]["record"]["id"].clone();
        accept(world, &told[0], Some(&link)).await;
        world.accept(&later).await;
        let kept = commitments(world).await;
        assert_eq!(kept.as_array().map(Vec::len), Some(1), "{kept:#}");
        let kept = &kept[0];
        assert!(kept["title"].as_str().is_some_and(|title| title.contains("30 laptops")), "{kept:#}");
        assert_eq!((&kept["dueOn"], &kept["version"], &kept["corroboration"]), (&json!("2025-09-30"), &json!(2), &json!(1)));
    }
}
