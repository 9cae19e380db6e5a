//! Taking in: once, whole, and never lost.

use extract::{Reading, reading::Doubt};
use store::{Error, change, doubt, finding, news_report, reading};
use vocab::{DoubtCode, ReadingState, ReportFormat};

use super::sample::{all, findings, host, incoming, ingest, reading as read, taken_in, text, who};
use crate::world::stories;

stories! {
    /// The same text is answered with the first report, also with other line ends or as a page.
    async fn the_same_text_is_taken_in_once(world: &World) {
        let (host, first) = taken_in(world).await;
        assert!(!first.duplicate);
        assert_eq!(first.report.title.as_deref(), Some("Fez talks on rivers"));
        assert_eq!(first.reading.state.0, ReadingState::Waiting);
        let text = text(&host);
        let mut page = incoming(format!("<p>{text}</p>"));
        page.format = ReportFormat::Html;
        for again in [incoming(text.clone()), incoming(format!("\r\n{}\n", text.replace('\n', "\r\n"))), page] {
            let again = ingest(world, "1", again, &read(&host)).await.expect("recognized");
            assert!(again.duplicate);
            assert_eq!((again.report.id, again.reading.id), (first.report.id, first.reading.id));
        }
        assert_eq!((all(world, news_report::Entity).await.len(), all(world, reading::Entity).await.len()), (1, 1));
    }

    /// Of several who hand in the same text at one moment one is the first, and nobody gets an error.
    async fn the_same_text_at_the_same_moment_is_taken_in_once(world: &World) {
        let host = host(world).await;
        let read = read(&host);
        let hand_in = || ingest(world, "1", incoming(text(&host)), &read);
        let (a, b, c, d) = tokio::join!(hand_in(), hand_in(), hand_in(), hand_in());
        let taken: Vec<_> = [a, b, c, d].into_iter().map(|taken| taken.expect("taken in or recognized")).collect();
        assert_eq!(taken.iter().filter(|taken| !taken.duplicate).count(), 1);
        assert!(taken.iter().all(|other| other.report.id == taken[0].report.id && other.reading.id == taken[0].reading.id));
        assert_eq!(all(world, news_report::Entity).await.len(), 1);
    }

    /// What the caller says of a report goes before what the engine read.
    async fn the_caller_knows_better_than_the_engine(world: &World) {
        let host = host(world).await;
        let mut told = incoming(text(&host));
        (told.title, told.publisher) = (Some("Told".to_owned()), Some("The River Post".to_owned()));
        let mut read = read(&host);
        read.published_on = Some("2020-01-01".parse().expect("a day"));
        let kept = ingest(world, "1", told, &read).await.expect("taken in").report;
        assert_eq!((kept.title.as_deref(), kept.publisher.as_deref()), (Some("Told"), Some("The River Post")));
        assert_eq!(kept.published_on.map(|day| day.to_string()).as_deref(), Some("2026-03-01"));
        assert_eq!(kept.language.as_deref(), Some("en"));
    }

    /// A report in a language that no engine reads is kept, with its doubt, and waits for an engine that does.
    async fn a_report_that_nobody_can_read_is_kept(world: &World) {
        let text = "Habari za mito.";
        let message = "This engine does not read Swahili.".to_owned();
        let doubts = vec![Doubt { code: DoubtCode::UnsupportedLanguage, message, evidence: vec![] }];
        let read = Reading { language: Some("sw".to_owned()), text: text.to_owned(), doubts, ..Reading::default() };
        let kept = ingest(world, "1", incoming(text), &read).await.expect("kept");
        assert_eq!((kept.reading.state.0, &*kept.report.text), (ReadingState::Unread, text));
        assert_eq!(kept.report.language.as_deref(), Some("sw"));
        let doubts = all(world, doubt::Entity).await;
        assert_eq!(doubts.iter().map(|doubt| doubt.code.0).collect::<Vec<_>>(), [DoubtCode::UnsupportedLanguage]);
        let refused = intake::accept_reading(&world.store, &who(), kept.reading.id, &[]).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
    }

    /// A text that is none is refused by its field, and nothing of it is kept.
    async fn a_text_that_is_none_is_refused(world: &World) {
        for (text, says) in [
            (String::new(), "empty"),
            (" \n\t".to_owned(), "empty"),
            ("one\0two".to_owned(), "NUL"),
            ("x".repeat(intake::LONGEST + 1), "5 MiB"),
        ] {
            let refused = ingest(world, "1", incoming(text), &Reading::default()).await.expect_err(says);
            assert!(matches!(&refused, Error::Invalid { field: "text", message } if message.contains(says)), "{refused}");
        }
        let bad_url = intake::Incoming { url: Some("u\0".to_owned()), ..incoming("Words.") };
        let refused = ingest(world, "1", bad_url, &Reading { text: "Words.".to_owned(), ..Reading::default() }).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "url", .. })), "{refused:?}");
        assert!(all(world, news_report::Entity).await.is_empty());
    }

    /// Pages without text are kept each for itself; a report in which nothing is found has nothing to review.
    async fn a_report_without_findings_is_not_lost(world: &World) {
        let page = |text: &str| intake::Incoming { format: ReportFormat::Html, ..incoming(text) };
        let empty = Reading::default();
        let one = ingest(world, "1", page("<p></p>"), &empty).await.expect("kept");
        let other = ingest(world, "1", page("<div></div>"), &empty).await.expect("kept");
        assert_ne!(one.report.id, other.report.id);
        assert_eq!((one.reading.state.0, other.duplicate), (ReadingState::Unread, false));
        let read = Reading { text: "It rained.".to_owned(), ..Reading::default() };
        let bare = ingest(world, "1", incoming("It rained."), &read).await.expect("kept");
        assert_eq!(bare.reading.state.0, ReadingState::Done);
        assert!(all(world, finding::Entity).await.is_empty());
    }

    /// Findings stand in their order, each at its place in the stored text, and every row has its line in the history.
    async fn findings_are_kept_with_their_places(world: &World) {
        let (_, kept) = taken_in(world).await;
        let findings = findings(world, kept.reading.id).await;
        let kinds: Vec<_> = findings.iter().map(|finding| finding.kind.0).collect();
        assert!(kinds.windows(2).all(|pair| pair[0] <= pair[1]), "{kinds:?}");
        assert_eq!(findings.len(), 12);
        for finding in &findings {
            let spans: Vec<vocab::evidence::Span> = serde_json::from_value(finding.spans.clone()).expect("spans");
            assert!(!spans.is_empty() && spans.iter().all(|span| span.stands_in(&kept.report.text)), "{finding:?}");
            assert!(finding.value.get("evidence").is_none() && !finding.summary.is_empty());
        }
        let lines = all(world, change::Entity).await;
        let ids = findings.iter().map(|f| f.id).chain([kept.report.id, kept.reading.id]);
        assert!(ids.into_iter().all(|id| lines.iter().any(|line| line.record_id == id)));
    }
}
