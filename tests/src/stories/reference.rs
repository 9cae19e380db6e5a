//! Reference data: there after seeding, the same after seeding again, and another host is possible.

use sea_orm::{EntityTrait, PaginatorTrait};
use store::{member_state, organization, seed, standing};
use vocab::{Language, OrganizationKind, Standing};

use crate::world::stories;

/// A made-up organization.
const ANOTHER: &str = r#"
acronym = "LAKES"
[names]
en = "Lakes Cooperation Organization"
fr = "Organisation de coopération des lacs"
[seat]
city = "Kampala"
state = "UGA"
"#;

stories! {
    /// Loading the reference data again changes nothing.
    async fn seeding_again_changes_nothing(world: &World) {
        let lines = async || store::change::Entity::find().count(world.store.reader()).await.expect("the history");
        let before = lines().await;
        let again = seed::load(&world.store, None).await.expect("seeded again");
        assert_eq!(again, seed::Loaded { host: "ICESCO".into(), ..Default::default() });
        assert_eq!(lines().await, before);
    }

    /// Every state is there with its names, and the host with its units.
    async fn states_and_the_host_are_there(world: &World) {
        let db = world.store.reader();
        let states = member_state::Entity::find().all(db).await.expect("the states");
        assert_eq!(states.len(), 249);
        let niger = member_state::by_code(db, "ne").await.expect("asked").expect("Niger");
        assert_eq!((niger.code.as_str(), niger.name(Language::Ar)), ("NER", "النيجر"));
        let host = organization::host(db).await.expect("the host");
        assert_eq!(host.acronym.as_deref(), Some("ICESCO"));
        let units = organization::Filter { kinds: Some(vec![OrganizationKind::Unit]), ..Default::default() };
        let units = organization::select(&units).all(db).await.expect("the units");
        assert!(units.len() >= 12 && units.iter().all(|unit| unit.parent_id == Some(host.id)));
        let former = organization::bearing(db, &["isesco".to_owned()]).await.expect("asked");
        assert_eq!(former.iter().map(|row| row.id).collect::<Vec<_>>(), [host.id]);
    }

    /// How a state stands is what the latest statement before a day says.
    async fn a_standing_is_what_was_stated_by_then(world: &World) {
        let db = world.store.reader();
        let türkiye = member_state::by_code(db, "TUR").await.expect("asked").expect("Türkiye");
        let statements = standing::in_host().all(db).await.expect("the statements");
        let own: Vec<_> = statements.into_iter().filter(|row| row.state_id == türkiye.id).collect();
        let on = |day: &str| standing::on(&own, day.parse().expect("a day"));
        assert_eq!(on("2016-12-31"), Standing::Unknown);
        assert_eq!(on("2018-01-01"), Standing::Member);
        assert_eq!(on("2023-01-01"), Standing::NonMember);
        assert!(own.iter().all(|row| !row.verified && !row.source.is_empty()));
        let members = member_state::Filter { standings: Some(vec![Standing::Member]), ..Default::default() };
        let members = member_state::select(&members).all(db).await.expect("the members");
        assert_eq!(members.len(), 38);
    }

    /// A database belongs to one host: seeding another one into it is refused.
    async fn a_database_belongs_to_one_host(world: &World) {
        let refused = seed::load(&world.store, Some(ANOTHER)).await;
        assert!(refused.is_err_and(|fault| fault.to_string().contains("belongs to ICESCO")));
        let broken = seed::load(&world.store, Some("acronim = \"X\"")).await;
        assert!(broken.is_err_and(|fault| fault.to_string().contains("acronim")));
    }
}
