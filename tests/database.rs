//! Damage of every kind is an error or harmless, never a panic and never a
//! harder verdict.

mod common;

use std::fs::File;
use std::io::Write;
use std::os::fd::AsFd;

use proptest::prelude::*;
use ringfence::database::format::{ENTRY_LENGTH, HASH_LENGTH, HEADER_LENGTH, PAGE, header_hash};
use ringfence::database::{Database, Error, FaultKind, SectionId};
use ringfence::number::{ParseError, Region};
use ringfence::screening::{Action, Call, Category, NoMemory, Settings, Verdict, screen};
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;

/// Callers of every sort.
const PROBES: [&str; 12] = [
    "07700 900123",
    "+447700900123",
    "0909 879 0123",
    "0909 123 4567",
    "070 1234 5678",
    "020 7946 0018",
    "07624 123456",
    "999",
    "07400 123456",
    "+44 123",
    "Anonymous",
    "+33 1 23 45 67 89",
];
const NOW: u64 = 1_795_400_000;

fn verdicts(database: &Database) -> Vec<Verdict> {
    let home: Region = "GB".parse().expect("a region");
    let verdict = |number: &&str| {
        let call = Call::incoming(number).at_home(home);
        screen(&call, &Settings::default(), &NoMemory, database, NOW)
    };
    PROBES.iter().map(verdict).collect()
}

fn assert_no_harder(found: &[Verdict], whole: &[Verdict], what: &str) {
    for ((found, whole), probe) in found.iter().zip(whole).zip(PROBES) {
        assert!(
            found.action <= whole.action,
            "{what}: {probe} was {} and became {}",
            whole.action,
            found.action
        );
    }
}

/// Changes a byte: that is found, and makes no verdict harder.
fn assert_detected(bytes: &[u8], at: usize, change: u8, whole: &[Verdict]) {
    let mut changed = bytes.to_vec();
    changed[at] ^= change;
    let Ok(database) = Database::from_bytes(changed) else {
        return;
    };
    assert_no_harder(&verdicts(&database), whole, &format!("byte {at}"));
    let found = database.verify().is_err();
    assert!(found, "byte {at} is checked by nothing");
}

#[test]
fn every_changed_byte_is_detected_and_harmless() {
    let bytes = common::sample();
    let whole = verdicts(&Database::from_bytes(bytes.clone()).expect("it opens"));
    assert!(whole.iter().any(|verdict| verdict.action == Action::Reject));
    for at in 0..bytes.len() {
        for change in [0xFF, 1_u8 << (at % 8)] {
            assert_detected(&bytes, at, change, &whole);
        }
    }
}

#[test]
fn changed_bytes_of_the_bundled_database_are_detected() {
    let bytes = std::fs::read(common::path("data/bundled.rfdb")).expect("it can be read");
    let whole = verdicts(&Database::from_bytes(bytes.clone()).expect("it opens"));
    for at in (0..bytes.len()).step_by(101) {
        assert_detected(&bytes, at, 0x10, &whole);
    }
}

#[test]
fn every_truncation_is_refused_and_says_what_to_do() {
    let bytes = common::sample();
    for length in 0..bytes.len() {
        let error = Database::from_bytes(bytes[..length].to_vec()).expect_err("it is cut");
        let fits = match length {
            0 => matches!(error, Error::NotADatabase),
            _ => matches!(error, Error::Truncated { .. }),
        };
        assert!(fits, "{length} bytes: {error}");
        assert!(length == 0 || error.to_string().contains("fetch it again"));
    }
    let mut longer = bytes;
    longer.push(0);
    let error = Database::from_bytes(longer).expect_err("it is too long");
    assert!(matches!(error, Error::TrailingBytes { .. }), "{error}");
}

#[test]
fn a_page_is_checked_when_it_is_touched() {
    // One number is answered as long as the damage lies elsewhere.
    let bytes = std::fs::read(common::path("data/bundled.rfdb")).expect("it can be read");
    let (mut answered, mut refused) = (0, 0);
    let plan = Database::from_bytes(bytes.clone()).expect("it opens");
    let plan = plan
        .sections()
        .iter()
        .find(|entry| entry.id == SectionId::PLAN)
        .copied();
    let plan = plan.expect("there is a plan");
    for page in 0..plan.length / PAGE {
        let mut changed = bytes.clone();
        changed[plan.offset + page * PAGE + 17] ^= 1;
        let database = Database::from_bytes(changed).expect("the header is whole");
        let parsed = database.plan().map_err(ParseError::from);
        match parsed.and_then(|plan| plan.parse("+442079460018", None)) {
            Ok(number) => {
                assert_eq!(number.kind.name(), "fixed_line");
                answered += 1;
            }
            Err(ParseError::Damaged(fault)) => {
                assert_eq!(fault.kind, FaultKind::PageHash);
                refused += 1;
            }
            Err(error) => panic!("damage gave {error}"),
        }
    }
    assert!(refused > 0, "no touched page was checked");
    assert!(answered > refused, "pages are checked that are not touched");
}

#[test]
fn a_newer_format_version_is_refused_by_name() {
    let mut bytes = common::sample();
    bytes[8..12].copy_from_slice(&2_u32.to_le_bytes());
    let error = Database::from_bytes(bytes).expect_err("version 2 is not known");
    assert_eq!(
        error.to_string(),
        "the database has format version 2, this program reads up to version 1: update the program"
    );
}

#[test]
fn what_is_no_database_is_refused() {
    for bytes in [&b""[..], b"hello", b"PK\x03\x04 an archive", &[0; 5000]] {
        let error = Database::from_bytes(bytes.to_vec()).expect_err("this is no database");
        assert!(matches!(error, Error::NotADatabase), "{error}");
    }
}

/// Changes the header and makes its hash fit again.
fn with_header(change: impl FnOnce(&mut [u8])) -> Result<Database, Error> {
    let mut bytes = common::sample();
    let length = u32::from_le_bytes(bytes[12..16].try_into().expect("four bytes")) as usize;
    change(&mut bytes[..length - HASH_LENGTH]);
    let hash = header_hash(&bytes[..length - HASH_LENGTH]);
    bytes[length - HASH_LENGTH..length].copy_from_slice(&hash);
    Database::from_bytes(bytes)
}

#[test]
fn absurd_section_tables_are_refused() {
    const OFFSET: usize = HEADER_LENGTH + 8;
    const LENGTH: usize = HEADER_LENGTH + 16;
    const TREE: usize = HEADER_LENGTH + 24;
    assert!(with_header(|_| ()).is_ok());
    let absurd = [
        (LENGTH, u64::MAX),
        (LENGTH, 0),
        (LENGTH, 1 << 40),
        (LENGTH, 20_000),
        (OFFSET, u64::MAX),
        (OFFSET, u64::MAX - 4095),
        (OFFSET, 0),
        (OFFSET, 1),
        (OFFSET, 4096 + 1),
        (OFFSET, 1 << 40),
        (TREE, 0),
        (TREE, 4096),
        (TREE, 1 << 40),
        (TREE, u64::MAX),
        // Where the second section lies.
        (OFFSET + ENTRY_LENGTH, 4096),
        (OFFSET, 12_288),
    ];
    for (at, value) in absurd {
        let opened = with_header(|header| header[at..at + 8].copy_from_slice(&value.to_le_bytes()));
        let error = opened.expect_err("the table is absurd");
        assert!(
            matches!(error, Error::BadSection(_)),
            "{value} at {at}: {error}"
        );
    }
    // Two sections of one name; counts that do not fit.
    let twice = |header: &mut [u8]| {
        let name: [u8; 8] = header[HEADER_LENGTH..][..8]
            .try_into()
            .expect("eight bytes");
        header[HEADER_LENGTH + ENTRY_LENGTH..][..8].copy_from_slice(&name);
    };
    assert!(matches!(with_header(twice), Err(Error::BadSection(_))));
    for count in [0, 2, 4, 65, u32::MAX] {
        let opened = with_header(|header| header[64..68].copy_from_slice(&count.to_le_bytes()));
        assert!(
            matches!(opened, Err(Error::DamagedHeader)),
            "{count} sections"
        );
    }
    let opened = with_header(|header| header[32..34].copy_from_slice(b"\xFF\xFE"));
    assert!(
        matches!(opened, Err(Error::DamagedHeader)),
        "a release that is no text"
    );
}

fn release() -> Release {
    Release {
        name: "test".to_owned(),
        issued: 1_795_305_600,
    }
}

/// The sections of the small database.
fn sections() -> Vec<(SectionId, Vec<u8>)> {
    let bytes = common::small();
    let database = Database::from_bytes(bytes.clone()).expect("it opens");
    let data = |offset: usize, length: usize| bytes[offset..offset + length].to_vec();
    let sections = database.sections().iter();
    sections
        .map(|entry| (entry.id, data(entry.offset, entry.length)))
        .collect()
}

#[test]
fn unknown_sections_are_skipped_and_missing_ones_named() {
    let mut more = sections();
    more.insert(1, (SectionId(*b"future\0\0"), vec![7; 3 * PAGE + 5]));
    let file = file::write(&release(), &more).expect("it fits");
    let database = Database::from_bytes(file).expect("it opens");
    database.verify().expect("every byte is checked");
    assert_eq!(database.sections().len(), 4);
    let small = Database::from_bytes(common::small()).expect("it opens");
    assert_eq!(verdicts(&database), verdicts(&small));

    let only_sources: Vec<_> = sections().split_off(2);
    let file = file::write(&release(), &only_sources).expect("it fits");
    let database = Database::from_bytes(file).expect("it opens");
    let fault = database.plan().expect_err("there is no plan");
    assert_eq!(fault.kind, FaultKind::Missing);
    assert_eq!(fault.to_string(), "the database has no section \"plan\"");
    assert!(database.verify().is_err());
    // The phone rings, and hidden callers are still told apart.
    for verdict in verdicts(&database) {
        assert!(verdict.action <= Action::Warn);
    }
}

/// The small database with its sections changed, hashes made to fit.
fn with_sections(change: impl FnOnce(&mut [Vec<u8>])) -> Database {
    let (ids, mut data): (Vec<_>, Vec<_>) = sections().into_iter().unzip();
    change(&mut data);
    let sections: Vec<_> = ids.into_iter().zip(data).collect();
    let file = file::write(&release(), &sections).expect("it fits");
    Database::from_bytes(file).expect("it opens")
}

#[test]
fn verify_finds_what_has_no_meaning_behind_good_hashes() {
    use ringfence::number::layout as plan;
    use ringfence::screening::layout as ranges;
    with_sections(|_| ()).verify().expect("it is sound");
    let general = plan::CODES + plan::CODE_LENGTH + 6;
    let spoil = |section: usize, at: usize, value: u16| {
        let database = with_sections(|data| {
            data[section][at..at + 2].copy_from_slice(&value.to_le_bytes());
        });
        assert!(
            database.verify().is_err(),
            "{value} at {at} of section {section}"
        );
    };
    // Addresses of no state, a calling code's entry of no territory, lengths
    // that are both possible and local, a text outside, a category of none.
    spoil(0, general, 1);
    spoil(0, general, u16::MAX);
    spoil(0, plan::CODES + 2, 99);
    spoil(0, plan::CODES + 4, u16::MAX);
    spoil(0, plan::CODE_INDEX + 44, 0xFF);
    spoil(0, plan::CODES + plan::CODE_LENGTH + 12, 0);
    spoil(1, 4, u16::MAX);
    spoil(1, 6, 1);
    spoil(1, ranges::RANGES, 0x01FF);
    spoil(1, ranges::RANGES + 10, 0);
    spoil(1, ranges::RANGES + 14, u16::MAX);
}

#[test]
fn a_category_of_a_later_publisher_is_passed_over() {
    use ringfence::screening::layout::{RANGE_LENGTH, RANGES, WORDS_LENGTH};
    let known = Category::ALL.len();
    let database = with_sections(|data| {
        let ranges = &mut data[1];
        // One more category, with the words of the last; the first range gets it.
        let end = RANGES + 3 * RANGE_LENGTH + known * WORDS_LENGTH;
        let words = ranges[end - WORDS_LENGTH..end].to_vec();
        ranges.splice(end..end, words);
        ranges[16..18].copy_from_slice(&(known as u16 + 1).to_le_bytes());
        ranges[RANGES] = known as u8;
    });
    database.verify().expect("it is sound");
    let entries = database.ranges().expect("whole").entries().count();
    assert_eq!(entries, 2);
    let fiction = verdicts(&database)[0];
    assert_eq!(fiction.category, Category::Unallocated);
}

#[test]
fn trees_of_several_levels_are_checked() {
    // 300 pages have 300 hashes of 16 bytes, which take two pages.
    let data: Vec<u8> = (0..300 * PAGE as u32).map(|i| (i % 251) as u8).collect();
    let big = SectionId(*b"big\0\0\0\0\0");
    let mut all = sections();
    all.push((big, data.clone()));
    let file = file::write(&release(), &all).expect("it fits");
    let database = Database::from_bytes(file.clone()).expect("it opens");
    database.verify().expect("every byte is checked");
    let section = database.section(big).expect("it is there");
    assert_eq!(
        section.bytes(299 * PAGE - 3, 10).expect("whole"),
        &data[299 * PAGE - 3..][..10]
    );
    let entry = database
        .sections()
        .iter()
        .find(|entry| entry.id == big)
        .expect("it is there");
    for at in (entry.offset..file.len())
        .step_by(997)
        .chain([file.len() - 1])
    {
        let mut changed = file.clone();
        changed[at] ^= 4;
        let database = Database::from_bytes(changed).expect("the header is whole");
        assert!(
            database.verify().is_err(),
            "byte {at} is checked by nothing"
        );
    }
}

#[test]
fn reads_past_a_section_are_faults() {
    let database = Database::from_bytes(common::sample()).expect("it opens");
    let section = database.section(SectionId::SOURCES).expect("it is there");
    let length = section.len();
    assert!(section.u8(length - 1).is_ok());
    for at in [length, length + 1, usize::MAX - 1, usize::MAX] {
        assert_eq!(section.u8(at).expect_err("outside").kind, FaultKind::Bounds);
        assert!(section.u32(at).is_err());
    }
    assert!(section.u16(length - 1).is_err());
    assert!(section.bytes(0, usize::MAX).is_err());
    assert!(section.bytes(1, usize::MAX).is_err());
}

#[test]
fn maps_a_file_and_a_part_of_one() {
    let bytes = common::sample();
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(&[9; 5003]).expect("written");
    file.write_all(&bytes).expect("written");
    file.write_all(&[9; 100]).expect("written");
    let length = bytes.len() as u64;
    let database = Database::from_descriptor(file.as_fd(), 5003, length).expect("it opens");
    database.verify().expect("every byte is checked");
    drop(file);
    let path = common::path("tests/samples/v1.rfdb");
    assert_eq!(
        verdicts(&database),
        verdicts(&Database::open(&path).expect("it opens"))
    );
}

#[test]
fn parts_outside_the_file_are_refused() {
    let file = File::open(common::path("tests/samples/v1.rfdb")).expect("it opens");
    let whole = file.metadata().expect("it has a length").len();
    let cases = [
        (0, whole + 1),
        (1, whole),
        (whole, 1),
        (whole + 1, 0),
        (u64::MAX, 1),
        (1, u64::MAX),
    ];
    for (offset, length) in cases {
        let error = Database::from_descriptor(file.as_fd(), offset, length).expect_err("outside");
        assert!(
            matches!(error, Error::Truncated { .. }),
            "{offset}, {length}: {error}"
        );
    }
    let error = Database::from_descriptor(file.as_fd(), 0, 0).expect_err("nothing there");
    assert!(matches!(error, Error::NotADatabase), "{error}");
    let error = Database::from_descriptor(file.as_fd(), 4096, 100).expect_err("in the middle");
    assert!(matches!(error, Error::NotADatabase), "{error}");
}

#[test]
fn what_cannot_be_mapped_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(
        Database::open(folder.path()),
        Err(Error::NotAFile)
    ));
    assert!(matches!(
        Database::open(&folder.path().join("none")),
        Err(Error::Io(_))
    ));
    let empty = folder.path().join("empty");
    File::create(&empty).expect("a file");
    assert!(matches!(Database::open(&empty), Err(Error::NotADatabase)));
}

#[test]
fn threads_share_a_database() {
    let database = common::bundled();
    let whole = verdicts(&common::bundled());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(verdicts(&database), whole));
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// A publisher may write nonsense with fitting hashes: reading it still
    /// ends, without a panic.
    #[test]
    fn nonsense_sections_never_panic(
        section in 0..2_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut sections = sections();
        let data = &mut sections[section].1;
        for (at, value) in changes {
            let at = at.index(data.len());
            data[at] = value;
        }
        if let Some(cut) = cut {
            data.truncate(1 + cut.index(data.len()));
        }
        let file = file::write(&release(), &sections).expect("it fits");
        let database = Database::from_bytes(file).expect("the table is sound");
        let _ = database.verify();
        let _ = verdicts(&database);
        for probe in PROBES {
            let home = "GB".parse().ok();
            if let Ok(Ok(number)) = database.plan().map(|plan| plan.parse(probe, home)) {
                prop_assert!(number.e164.to_string().len() > 1);
                prop_assert!(number.e164.digits().iter().all(|&digit| digit <= 9));
            }
        }
        if let Ok(ranges) = database.ranges() {
            for entry in ranges.entries() {
                let _ = entry;
            }
        }
    }

    /// Random bytes behind the magic.
    #[test]
    fn random_files_never_panic(mut bytes in prop::collection::vec(any::<u8>(), 8..400)) {
        bytes[..8].copy_from_slice(&ringfence::database::format::MAGIC);
        prop_assert!(Database::from_bytes(bytes).is_err());
    }
}
