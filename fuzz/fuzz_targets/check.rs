//! Any text as a note, and any bytes as the sections of the check.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use ringfence::check::{Answers, Checker, Report};
use ringfence::database::{Database, SectionId};
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;

static DATABASE: LazyLock<Database> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/bundled.rfdb");
    Database::open(path.as_ref()).expect("the bundled database opens")
});

const IDS: [SectionId; 4] = [
    SectionId::PACKED_GUIDE,
    SectionId::SPLIT_LEXICON,
    SectionId::MODEL,
    SectionId::TEXTS,
];

fn check(database: &Database, note: &str) -> Option<f32> {
    let report = Report {
        note,
        language: None,
        text_language: Some("de"),
        region: "GB".parse().ok(),
        answers: &Answers::new(),
    };
    let found = Checker::new(database).ok()?.check(&report).ok()?;
    for flag in &found.red_flags {
        let span = flag.span.clone();
        assert!(span.is_none_or(|span| note.get(span).is_some()));
    }
    Some(found.probability)
}

// A note; then bytes that are written over one of the sections, whose hashes
// are made to fit.
fuzz_target!(|input: (String, u8, u32, Vec<u8>)| {
    let (note, which, at, patch) = input;
    let probability = check(&DATABASE, &note).expect("the database is sound");
    assert!((0.0..=1.0).contains(&probability));
    let mut sections: Vec<(SectionId, Vec<u8>)> = IDS
        .iter()
        .map(|&id| {
            let section = DATABASE.section(id).expect("it is there");
            (id, section.bytes(0, section.len()).expect("it is whole").to_vec())
        })
        .collect();
    let data = &mut sections[usize::from(which) % IDS.len()].1;
    let at = at as usize % data.len();
    for (byte, new) in data[at..].iter_mut().zip(&patch) {
        *byte = *new;
    }
    let release = Release {
        name: "fuzz".to_owned(),
        issued: 0,
    };
    let bytes = file::write(&release, &sections).expect("it fits");
    let _ = check(&Database::from_bytes(bytes).expect("the header is sound"), &note);
});
