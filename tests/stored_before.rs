//! Guide and lexicon as they were stored before `guide.z` and `lexicon2` are
//! read, and give the same assessments.

mod common;

use ringfence::check::note::lexicon_layout::{PHRASES, STARTS};
use ringfence::check::{Answers, Assessment, Checker, Report};
use ringfence::database::{Database, SectionId};
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;
use ringfence_publisher::guide::{read, write};

const NOTES: [&str; 6] = [
    "They said my Amazon Prime was going up so I pressed 1 and a man had me download Any Desk",
    "Ein Mann von Microsoft wollte, dass ich TeamVeiwer installiere, ich habe aufgelegt",
    "ma banque m'a demandé le code reçu par SMS",
    "bank wale ne OTP manga aur maine bata diya",
    "the surgery rang, my blood test is fine and the nurse will see me on Thursday",
    "",
];

/// The bytes of a section of the bundled database.
fn bytes(database: &Database, id: SectionId) -> Vec<u8> {
    let section = database.section(id).expect("it is there");
    section.bytes(0, section.len()).expect("whole").to_vec()
}

/// The section `lexicon` that is the same as a `lexicon2`.
fn whole_hashes(split: &[u8]) -> Vec<u8> {
    let u32_at = |at: usize| {
        let bytes = split[at..at + 4].try_into().expect("four bytes");
        u32::from_le_bytes(bytes) as usize
    };
    let counts = [u32_at(4), u32_at(8)];
    let mut whole = split[..PHRASES].to_vec();
    let mut at = PHRASES + 2 * STARTS * 4;
    for (table, count) in counts.into_iter().enumerate() {
        let start = |first: usize| u32_at(PHRASES + (table * STARTS + first) * 4);
        assert_eq!(start(STARTS - 1), count);
        for first in 0..STARTS - 1 {
            for place in start(first)..start(first + 1) {
                whole.extend(&split[at + place * 3..at + place * 3 + 3]);
                whole.push(first as u8);
            }
        }
        at += count * 3;
    }
    whole.extend(&split[at..]);
    whole
}

fn assess<'a>(checker: &Checker<'a>, note: &str) -> Assessment<'a> {
    let report = Report {
        note,
        language: None,
        text_language: Some("de"),
        region: "GB".parse().ok(),
        answers: &Answers::new(),
    };
    checker.check(&report).expect("the database is sound")
}

#[test]
fn what_was_stored_before_is_read_alike() {
    let bundled = common::bundled();
    let guide = read(&common::path("data")).expect("the sources are sound");
    let sections = [
        (SectionId::GUIDE, write(&guide).expect("it fits")),
        (
            SectionId::LEXICON,
            whole_hashes(&bytes(&bundled, SectionId::SPLIT_LEXICON)),
        ),
        (SectionId::MODEL, bytes(&bundled, SectionId::MODEL)),
    ];
    let release = Release {
        name: "before".to_owned(),
        issued: 0,
    };
    let file = file::write(&release, &sections).expect("it fits");
    let before = Database::from_bytes(file).expect("it opens");
    let (old, new) = (Checker::new(&before), Checker::new(&bundled));
    let (old, new) = (old.expect("it checks"), new.expect("it checks"));
    for note in NOTES {
        let (old, new) = (assess(&old, note), assess(&new, note));
        assert_eq!(old.verdict, new.verdict);
        assert_eq!(old.probability, new.probability);
        assert_eq!(old.language, new.language);
        assert_eq!(old.parts, new.parts);
        assert_eq!((old.text_language, new.text_language), ("en", "de"));
        let ids = |found: &Assessment<'_>| -> Vec<String> {
            let flags = found.red_flags.iter().map(|flag| flag.evidence.id);
            let steps = found.advice.iter().map(|step| step.id);
            let script = found.script.iter().map(|best| best.script.id);
            script
                .chain(flags)
                .chain(steps)
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(ids(&old), ids(&new));
    }
}

#[test]
fn cut_lexicons_and_starts_that_make_no_sense_are_harmless() {
    let bundled = common::bundled();
    let lexicon = bytes(&bundled, SectionId::SPLIT_LEXICON);
    let database = |lexicon: Vec<u8>| {
        let sections = [
            (
                SectionId::PACKED_GUIDE,
                bytes(&bundled, SectionId::PACKED_GUIDE),
            ),
            (SectionId::SPLIT_LEXICON, lexicon),
            (SectionId::MODEL, bytes(&bundled, SectionId::MODEL)),
        ];
        let release = Release {
            name: "damaged".to_owned(),
            issued: 0,
        };
        let file = file::write(&release, &sections).expect("it fits");
        Database::from_bytes(file).expect("it opens")
    };
    for length in [1, 12, PHRASES, PHRASES + 2_000, lexicon.len() - 1] {
        assert!(database(lexicon[..length].to_vec()).lexicon().is_err());
    }
    for place in (0..2 * STARTS).step_by(16) {
        for value in [0, 1, 20_000, u32::MAX] {
            let mut changed = lexicon.clone();
            let at = PHRASES + place * 4;
            changed[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
            let database = database(changed);
            let checker = Checker::new(&database).expect("the counts fit");
            assess(&checker, NOTES[0]);
        }
    }
}
