//! What the check says in other languages: each text where it belongs, English
//! for each that is missing, and damage harmless.

mod common;

use std::sync::LazyLock;

use proptest::prelude::*;
use ringfence::check::guide::{EvidenceIndex, Guide, texts_layout};
use ringfence::check::{Answers, Assessment, Checker, Report};
use ringfence::database::{Database, FaultKind, SectionId};
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;
use ringfence_publisher::guide::texts::{self, Texts};
use ringfence_publisher::guide::{GuideSource, pack, read, write};

fn source() -> GuideSource {
    read(&common::path("tests/fixtures/guide")).expect("the fixture is sound")
}

// Deflating well takes its time.
static SECTION: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = common::path("tests/fixtures/guide/texts");
    let all = texts::read(&folder, &source()).expect("the fixture is sound");
    texts::write(&all).expect("it fits")
});
static PACKED: LazyLock<Vec<u8>> =
    LazyLock::new(|| pack(&write(&source()).expect("it fits")).expect("it fits"));

fn section() -> Vec<u8> {
    SECTION.clone()
}

/// The packed guide of the fixture.
fn packed() -> Vec<u8> {
    PACKED.clone()
}

fn database_of(sections: &[(SectionId, Vec<u8>)]) -> Database {
    let release = Release {
        name: "texts".to_owned(),
        issued: 0,
    };
    let file = file::write(&release, sections).expect("it fits");
    Database::from_bytes(file).expect("it opens")
}

fn with_texts(section: Vec<u8>) -> Database {
    let sections = [
        (SectionId::PACKED_GUIDE, packed()),
        (SectionId::TEXTS, section),
    ];
    database_of(&sections)
}

/// Every text that can be said otherwise, by way of what hands it out.
fn said(guide: &Guide<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for evidence in guide.all_evidence() {
        let evidence = evidence.expect("whole");
        all.extend([evidence.title.to_owned(), evidence.why.to_owned()]);
    }
    for script in guide.scripts() {
        let script = script.expect("whole");
        all.extend([script.title.to_owned(), script.summary.to_owned()]);
    }
    for question in guide.questions() {
        let question = question.expect("whole");
        all.push(question.text.to_owned());
        all.extend(question.options.iter().map(|option| option.text.to_owned()));
    }
    for region in ["US", "AU", "GB"] {
        let steps = guide.advice(region.parse().ok()).expect("whole");
        all.extend(steps.iter().map(|step| step.text.to_owned()));
    }
    all
}

#[test]
fn a_language_is_said_and_what_it_lacks_is_english() {
    let database = with_texts(section());
    let english = database.guide().expect("whole");
    assert_eq!(english.language(), "en");
    assert_eq!(database.text_languages(), Ok(vec!["en", "de", "hi"]));
    let german = database.guide_in("de").expect("whole");
    assert_eq!(german.language(), "de");
    let evidence = |number| german.evidence(EvidenceIndex(number)).expect("whole");
    assert_eq!(evidence(0).title, "Sie sagten, sie seien ein Geschäft");
    assert_eq!(evidence(0).why, "");
    assert_eq!(evidence(1).title, "They said they were your bank");
    assert_eq!(evidence(4).why, "Das tun auch echte Firmen.");
    assert_eq!(evidence(4).english, "You had to press a key");
    assert_eq!(evidence(5).title, "Sie wollten Ihren Bildschirm sehen");
    assert_eq!(evidence(5).why, "No shop needs your screen.");
    let script = german.script_by_id("prime_renewal").expect("whole");
    let script = script.expect("it is there");
    assert_eq!(script.title, "Falsche Verlängerung");
    assert_eq!(script.english, "Fake renewal call");
    assert!(script.summary.ends_with("und will Ihren Bildschirm."));
    let questions: Vec<_> = german.questions().map(|one| one.expect("whole")).collect();
    let options = |place: usize| questions[place].options.iter().map(|option| option.text);
    assert_eq!(questions[0].text, "Wer sei es gewesen?");
    assert_eq!(questions[1].text, "What did they want?");
    // The same option in English, and not the same in German.
    assert_eq!(options(0).last(), Some("Nichts davon"));
    assert_eq!(options(1).last(), Some("Etwas anderes"));
    let steps = |code: &str| -> Vec<(String, String)> {
        let steps = german.advice(code.parse().ok()).expect("whole").iter();
        steps
            .map(|step| (step.id.to_owned(), step.text.to_owned()))
            .collect()
    };
    let of = |code, id: &str| {
        let steps = steps(code).into_iter();
        steps
            .filter(|(own, _)| own == id)
            .map(|(_, text)| text)
            .next()
    };
    assert_eq!(of("US", "hang_up").as_deref(), Some("Legen Sie jetzt auf."));
    // The country only does something else; its own text is not translated.
    assert_eq!(of("AU", "hang_up").as_deref(), Some("Legen Sie jetzt auf."));
    assert_eq!(
        of("GB", "ring_bank").as_deref(),
        Some("Ring 159 from another phone.")
    );
    let report = "Melden Sie den Anruf bei Report Fraud.";
    assert_eq!(of("GB", "report").as_deref(), Some(report));
    assert_eq!(of("US", "report").as_deref(), Some("Report the call."));
    let hindi = database.guide_in("hi-Latn").expect("whole");
    let hang_up = hindi.advice(None).expect("whole");
    assert!(hang_up.iter().any(|step| step.text == "अभी फ़ोन रख दीजिए।"));
}

#[test]
fn a_tag_is_its_language_and_one_that_is_unknown_is_english() {
    let database = with_texts(section());
    for tag in ["de", "DE", "de-AT", "de_CH", "de-Latn-DE-x-what"] {
        let guide = database.guide_in(tag).expect("whole");
        assert_eq!(guide.language(), "de", "{tag}");
    }
    let english = said(&database.guide().expect("whole"));
    for tag in [
        "en",
        "EN-GB",
        "",
        "-",
        "d",
        "deu",
        "fr",
        "de\0",
        "klingon",
        "देव",
    ] {
        let guide = database.guide_in(tag).expect("whole");
        assert_eq!(guide.language(), "en", "{tag}");
        assert_eq!(said(&guide), english, "{tag}");
    }
    let none = database_of(&[(SectionId::PACKED_GUIDE, packed())]);
    assert_eq!(none.text_languages(), Ok(vec!["en"]));
    assert_eq!(none.guide_in("de").expect("whole").language(), "en");
}

#[test]
fn a_guide_is_the_same_packed_and_as_it_was_stored_before() {
    let plain = database_of(&[
        (SectionId::GUIDE, write(&source()).expect("it fits")),
        (SectionId::TEXTS, section()),
    ]);
    let packed = with_texts(section());
    for tag in ["en", "de", "hi"] {
        let plain = plain.guide_in(tag).expect("whole");
        let packed = packed.guide_in(tag).expect("whole");
        assert_eq!(plain.language(), tag);
        assert_eq!(said(&plain), said(&packed), "{tag}");
    }
}

/// Whatever is wrong with the texts, the guide speaks, in English if not
/// otherwise.
fn assert_speaks(section: Vec<u8>) -> bool {
    let database = with_texts(section);
    let _ = database.text_languages();
    let german = database.guide_in("de").expect("the guide is whole");
    let said = said(&german);
    assert!(said.iter().filter(|text| !text.is_empty()).count() > 20);
    german.language() == "de"
}

#[test]
fn every_changed_byte_of_the_texts_is_read_without_panic() {
    // The hashes fit, as if a publisher had written it.
    let section = section();
    assert!(assert_speaks(section.clone()));
    for at in 0..section.len() {
        for change in [1, 0x80, 0xff] {
            let mut changed = section.clone();
            changed[at] ^= change;
            assert_speaks(changed);
        }
    }
    for length in 1..section.len() {
        assert_speaks(section[..length].to_vec());
    }
}

#[test]
fn every_changed_byte_of_the_packed_guide_is_read_without_panic() {
    let section = packed();
    for at in 0..section.len() {
        let mut changed = section.clone();
        changed[at] ^= 1 << (at % 8);
        let database = database_of(&[(SectionId::PACKED_GUIDE, changed)]);
        let Ok(guide) = database.guide() else {
            continue;
        };
        for evidence in guide.all_evidence() {
            let _ = evidence.map(|evidence| evidence.title.len());
        }
        for script in guide.scripts() {
            let _ = script.map(|script| script.summary.len());
        }
        let _ = guide.advice(None).map(|steps| steps.iter().count());
    }
}

#[test]
fn what_would_inflate_without_bound_is_refused() {
    let mut section = section();
    let at = texts_layout::LANGUAGES + texts_layout::TAG_LENGTH + 8;
    section[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(!assert_speaks(section));
    let mut guide = packed();
    guide[..4].copy_from_slice(&u32::MAX.to_le_bytes());
    let database = database_of(&[(SectionId::PACKED_GUIDE, guide)]);
    let fault = database.guide().expect_err("it is too long");
    assert_eq!(fault.kind, FaultKind::Content);
    assert_eq!(fault.section, SectionId::PACKED_GUIDE);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn patched_texts_are_read_without_panic(
        at in any::<proptest::sample::Index>(),
        patch in proptest::collection::vec(any::<u8>(), 1..40),
    ) {
        let mut section = section();
        let at = at.index(section.len());
        for (byte, new) in section[at..].iter_mut().zip(&patch) {
            *byte = *new;
        }
        assert_speaks(section);
    }
}

/// The languages of `data/texts`.
fn languages() -> Vec<Texts> {
    let guide = read(&common::path("data")).expect("the sources are sound");
    texts::read(&common::path("data/texts"), &guide).expect("the sources are sound")
}

fn assess<'a>(checker: &Checker<'a>, note: &str, language: Option<&str>) -> Assessment<'a> {
    let report = Report {
        note,
        language: None,
        text_language: language,
        region: "DE".parse().ok(),
        answers: &Answers::new(),
    };
    checker.check(&report).expect("the database is sound")
}

const NOTE: &str = "Amazon said my Prime was renewing, I pressed 1, he had me download AnyDesk";

#[test]
fn the_bundled_database_speaks_every_language_of_the_sources() {
    let database = common::bundled();
    let guide = read(&common::path("data")).expect("the sources are sound");
    let slots = guide.slots();
    let checker = Checker::new(&database).expect("the database is sound");
    let english = assess(&checker, NOTE, None);
    assert_eq!(english.text_language, "en");
    let languages = languages();
    assert!(languages.len() >= 8);
    let mut tags = vec!["en".to_owned()];
    for texts in &languages {
        tags.push(texts.language.clone());
        let of = |english: &str| {
            let place = slots.iter().position(|slot| slot.english == english);
            let own = &texts.said[place.expect("it is a text of the guide")];
            match own.is_empty() {
                true => english.to_owned(),
                false => own.clone(),
            }
        };
        let found = assess(&checker, NOTE, Some(&format!("{}-XX", texts.language)));
        assert_eq!(found.text_language, texts.language);
        assert_eq!(found.probability, english.probability);
        assert_eq!(found.language, english.language);
        let best = found.script.expect("it is a scam").script;
        assert_eq!(best.title, of(best.english));
        assert_ne!(best.title, best.english, "{}", texts.language);
        assert!(!found.red_flags.is_empty());
        for (flag, other) in found.red_flags.iter().zip(&english.red_flags) {
            assert_eq!(flag.evidence.index, other.evidence.index);
            assert_eq!(flag.span, other.span);
            assert_eq!(flag.evidence.title, of(other.evidence.title));
            assert_eq!(flag.evidence.why, of(other.evidence.why));
        }
        assert_eq!(found.advice.len(), english.advice.len());
        for (step, other) in found.advice.iter().zip(&english.advice) {
            assert_eq!(step.id, other.id);
            assert_eq!(step.action, other.action);
            let place = |slot: &&ringfence_publisher::guide::Slot<'_>| {
                slot.id == step.id && slot.english == other.text
            };
            assert!(slots.iter().any(|slot| place(&slot)));
            assert_ne!(step.text, other.text, "{}", texts.language);
        }
    }
    assert_eq!(database.text_languages().expect("whole"), tags);
}
