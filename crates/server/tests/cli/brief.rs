//! The papers of a meeting and of a handover, from the command line.

use serde_json::Value;
use store::{Concept, RecordRef};

use super::{desk::Desk, serving::Serving};

#[test]
fn a_brief_is_printed_or_written_into_a_file() {
    let desk = Desk::new("brief").prepared();
    assert_eq!(desk.run("seed --samples").code, 0);
    let said = desk.run("brief sn");
    assert!(said.code == 0 && said.err.is_empty(), "{said:?}");
    for part in ["<!DOCTYPE html>", "Senegal", "id=\"source-1\"", "brief/1 · partnership/"] {
        assert!(said.out.contains(part), "{part} is not in {}", said.out);
    }
    let said = desk.run("brief SEN --language ar --out brief.html");
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{said:?}");
    assert!(desk.get("brief.html").contains("lang=\"ar\" dir=\"rtl\""));
    let before = desk.run("brief SEN --known-at 2001-01-01T00:00:00Z --language fr");
    assert!(before.out.contains("1er janvier 2001") && !before.out.contains("id=\"source-1\""), "{before:?}");
    for (line, told) in [
        ("brief QQ", "write it as PAK or PK"),
        ("brief SEN --as-of 2090-01-01", "lies in the future"),
        ("brief SEN --language de", "\"de\" is no language"),
        ("brief SEN --out nowhere/brief.html", "nowhere/brief.html: "),
    ] {
        let said = desk.run(line);
        assert!(said.code != 0 && said.out.is_empty() && said.err.contains(told), "{line}: {said:?}");
    }
}

/// Built without PDF, the program says so and what to do, and writes nothing; built with it, a file that is called so is one.
#[test]
fn a_pdf_is_written_or_plainly_refused() {
    let desk = Desk::new("pdf").prepared();
    assert_eq!(desk.run("seed --samples").code, 0);
    let frozen = "council-pack --as-of 2026-01-31 --known-at 2026-02-01T08:00:00Z";
    for (line, file) in [
        ("brief SEN --format pdf --out brief", "brief"),
        ("brief SEN --out brief.pdf", "brief.pdf"),
        (&format!("{frozen} --format pdf"), "council-pack-2026-01-31.pdf"),
    ] {
        let said = desk.run(line);
        let made = std::fs::read(desk.folder.join(file)).ok();
        if cfg!(feature = "pdf") {
            assert!(said.code == 0 && made.is_some_and(|made| made.starts_with(b"%PDF-1.7")), "{line}: {said:?}");
        } else {
            let told = ["built without PDF", "--format html", "--features pdf"];
            assert!(said.code == 2 && told.iter().all(|part| said.err.contains(part)), "{line}: {said:?}");
            assert!(said.out.is_empty() && made.is_none(), "{line}: {said:?}");
        }
    }
    let said = desk.run("brief SEN --format html --out page.pdf");
    assert!(said.code == 0 && desk.get("page.pdf").starts_with("<!DOCTYPE html>"), "{said:?}");
    let said = desk.run("brief SEN --format doc");
    assert!(said.code == 2 && said.err.contains("html, pdf"), "{said:?}");
}

/// The same over HTTP, where the page is to be had in any case.
#[test]
fn a_pdf_is_served_or_plainly_refused() {
    let desk = Desk::new("served-pdf").prepared();
    assert_eq!(desk.run("seed --samples").code, 0);
    let serving = Serving::start(&desk);
    for (paper, name) in [
        ("/briefs/sen.pdf?language=ar&asOf=2026-11-01", "brief-SEN-2026-11-01.pdf"),
        ("/papers/council-pack.pdf?asOf=2026-01-31&knownAt=2026-02-01T08:00:00Z", "council-pack-2026-01-31.pdf"),
    ] {
        let made = serving.bytes(paper);
        let head = String::from_utf8_lossy(&made[..made.len().min(2_000)]).into_owned();
        if cfg!(feature = "pdf") {
            assert!(head.starts_with("HTTP/1.1 200") && head.contains("content-type: application/pdf\r\n"), "{head}");
            assert!(head.contains(name) && head.contains("\r\n\r\n%PDF-1.7") && made.ends_with(b"%%EOF"), "{head}");
        } else {
            assert!(head.starts_with("HTTP/1.1 501") && head.contains("built without PDF"), "{head}");
        }
    }
    let page = serving.get("/briefs/SEN.html?language=fr&asOf=2026-11-01");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("<!DOCTYPE html>") && page.contains("Senegal"), "{page}");
}

#[test]
fn a_council_pack_is_written_with_its_hash() {
    let desk = Desk::new("pack").prepared();
    let made = "council-pack --as-of 2026-01-31 --known-at 2026-02-01T08:00:00Z";
    let said = desk.run(made);
    let (hash, file) = said.out.trim_end().split_once("  ").expect("a hash and a file");
    assert_eq!((said.code, hash.len(), file), (0, 64, "council-pack-2026-01-31.html"), "{said:?}");
    assert!(desk.get(file).contains(hash));
    let again = desk.run(&format!("{made} --language fr --out dossier.html"));
    assert_eq!(again.out, format!("{hash}  dossier.html\n"), "the same in any language");
    assert!(desk.get("dossier.html").contains("Dossier du conseil"));
    for (line, told) in [
        ("council-pack --as-of 2026-01-31", "--known-at"),
        ("council-pack --as-of 2026-01-31 --known-at 2090-01-01T00:00:00Z", "lies in the future"),
    ] {
        let said = desk.run(line);
        assert!(said.code == 2 && said.err.contains(told), "{line}: {said:?}");
    }
}

#[test]
fn a_post_is_handed_over_by_either_of_its_ids() {
    let desk = Desk::new("handover").prepared();
    assert_eq!(desk.run("seed --samples").code, 0);
    let kept: Value = serde_json::from_str(&desk.run("export popolo").out).expect("JSON");
    let post = &kept["posts"][0];
    let (id, title) = (post["id"].as_str().expect("an id"), post["label"].as_str().expect("a title"));
    let said = desk.run(&format!("handover {id}"));
    assert!(said.code == 0 && said.err.is_empty(), "{said:?}");
    for part in ["Handover brief", title, "Who held it", "handover/1 · status/"] {
        assert!(said.out.contains(part), "{part} is not in {}", said.out);
    }
    let key = id.parse().expect("a key");
    let opaque = api::id::encode(RecordRef::new(Concept::Post, key));
    let said = desk.run(&format!("handover {} --language fr --out passation.html", *opaque));
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{said:?}");
    assert!(desk.get("passation.html").contains("Note de passation"));
    for (line, told) in [
        ("handover Minister", "\"Minister\" is no id of a post"),
        ("handover 00000000-0000-7000-8000-000000000001", "there is no post 00000000-0000-7000-8000-000000000001"),
        (&format!("handover {id} --known-at 2001-01-01T00:00:00Z"), "nobody knew of this post at that moment"),
    ] {
        let said = desk.run(line);
        assert!(said.code == 2 && said.err.contains(told), "{line}: {said:?}");
    }
}
