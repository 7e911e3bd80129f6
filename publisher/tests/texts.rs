//! Texts in other languages: refused with file, line and what to do where they
//! are wrong, counted where they are missing.

use std::fs;
use std::path::{Path, PathBuf};

use ringfence::check::guide::Kind;
use ringfence_publisher::guide::texts::{self, Texts};
use ringfence_publisher::guide::{GuideSource, read};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/guide")
}

fn guide() -> GuideSource {
    read(&fixture()).expect("the fixture is sound")
}

fn texts_of(name: &str, text: &str) -> Result<Vec<Texts>, String> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), text).expect("written");
    // What is no TOML is none of its business.
    fs::write(folder.path().join("README.md"), "# Texts").expect("written");
    let found = texts::read(folder.path(), &guide());
    found.map_err(|error| {
        let folder = format!("{}/", folder.path().display());
        error.to_string().replace(&folder, "")
    })
}

#[test]
fn what_is_wrong_is_refused_with_its_line() {
    let long = "x".repeat(251);
    let long = format!("[steps]\nhang_up = \"{long}\"");
    for (text, line, message) in [
        (
            "[flags.none]\ntitle = \"A\"",
            2,
            "flags.toml has no evidence none: correct the id",
        ),
        ("[flags.none]", 2, "flags.toml has no evidence none"),
        (
            "[flags.claims_shop]\nwhy = \"A\"",
            3,
            "claims_shop has no why in flags.toml: leave it out",
        ),
        ("[flags.claims_shop]\nask = \"A\"", 3, "unknown field `ask`"),
        (
            "[flags.claims_shop]\ntitle = \"\"",
            3,
            "the text has 0 characters: write 1 to 87",
        ),
        (
            "[flags.claims_shop]\ntitle = \" A\"",
            3,
            "leave out the spaces",
        ),
        (
            "[flags.claims_shop]\ntitle = \"A\\nB\"",
            3,
            "write it on one line",
        ),
        (
            "[questions.none]\ntext = \"A\"",
            2,
            "questions.toml has no question none",
        ),
        (
            "[questions.who.options]\nnone = \"A\"",
            3,
            "the question who has no option none",
        ),
        (
            "[steps]\nnone = \"A\"",
            3,
            "advice/steps.toml has no step none",
        ),
        (
            "[steps]\nombudsman = \"A\"",
            3,
            "advice/steps.toml has no step ombudsman",
        ),
        (&long, 3, "the text has 251 characters: write 1 to 250"),
        (
            "[countries.XX]\nreport = \"A\"",
            2,
            "there is no country XX",
        ),
        (
            "[countries.FR]\nreport = \"A\"",
            2,
            "there is no advice/FR.toml",
        ),
        (
            "[countries.GB]\nhang_up = \"A\"",
            3,
            "advice/GB.toml has no step hang_up of its own",
        ),
        (
            "[scripts.none]\ntitle = \"A\"",
            2,
            "there is no scripts/none.toml",
        ),
        (
            "[scripts.shop_genuine]\nnames = [\"A\"]",
            3,
            "unknown field `names`",
        ),
        ("[more]", 2, "unknown field `more`"),
    ] {
        let text = format!("language = \"de\"\n{text}\n");
        let error = texts_of("de.toml", &text).expect_err("it is wrong");
        let wanted = format!("de.toml:{line}: ");
        assert!(error.starts_with(&wanted), "{text}: {error}");
        assert!(error.contains(message), "{text}: {error}");
    }
}

#[test]
fn a_file_is_named_after_its_language() {
    for (name, tag, message) in [
        ("fr.toml", "de", "name the file de.toml after its language"),
        ("en.toml", "en", "and not en"),
        ("de-AT.toml", "de-AT", "a code of two or three letters"),
        ("DE.toml", "DE", "a code of two or three letters"),
        ("d.toml", "d", "a code of two or three letters"),
    ] {
        let text = format!("# A comment\nlanguage = \"{tag}\"\n");
        let error = texts_of(name, &text).expect_err("it is wrong");
        assert!(error.starts_with(&format!("{name}:2: ")), "{error}");
        assert!(error.contains(message), "{error}");
    }
    let error = texts_of("de.toml", "[steps]\n").expect_err("it is wrong");
    assert!(error.contains("missing field `language`"), "{error}");
}

#[test]
fn missing_texts_are_counted() {
    let guide = guide();
    let slots = guide.slots();
    let english = slots.iter().filter(|slot| !slot.english.is_empty()).count();
    let all = texts_of("de.toml", "language = \"de\"\n").expect("it is sound");
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].missing, english);
    assert_eq!(all[0].said.len(), slots.len());
    // The country that only does something else has it too.
    let text = "language = \"de\"\n[steps]\nhang_up = \"Legen Sie auf.\"\n";
    let all = texts_of("de.toml", text).expect("it is sound");
    assert_eq!(all[0].missing, english - 2);
    let said = slots.iter().zip(&all[0].said);
    let said: Vec<_> = said.filter(|(_, said)| !said.is_empty()).collect();
    assert!(said.iter().all(|(slot, said)| {
        (slot.kind, slot.id, said.as_str()) == (Kind::Step, "hang_up", "Legen Sie auf.")
    }));
    assert_eq!(said[0].0.region, None);
    assert_eq!(said[1].0.region, "AU".parse().ok());
    assert!(
        texts::read(Path::new("/nowhere"), &guide)
            .expect("none")
            .is_empty()
    );
}

#[test]
fn every_language_of_the_project_is_whole() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let guide = read(&data).expect("the sources are sound");
    let all = texts::read(&data.join("texts"), &guide).expect("the sources are sound");
    let languages: Vec<&str> = all.iter().map(|texts| texts.language.as_str()).collect();
    assert_eq!(languages, ["de", "es", "fr", "hi", "it", "nl", "pl", "pt"]);
    for texts in &all {
        assert_eq!(texts.missing, 0, "{}", texts.language);
    }
}

#[test]
fn writing_twice_gives_the_same_bytes() {
    let read = || texts::read(&fixture().join("texts"), &guide()).expect("it is sound");
    let bytes = texts::write(&read()).expect("it fits");
    assert!(bytes == texts::write(&read()).expect("it fits"));
}
