//! The guide is what the sources say, and damage to it is found or harmless.

mod common;

use proptest::prelude::*;
use ringfence::check::guide::{
    Do, EvidenceGroup, EvidenceIndex, Guide, ScriptIndex, ScriptKind, Source,
};
use ringfence::database::{Database, Fault, FaultKind, SectionId};
use ringfence::number::Region;
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;
use ringfence_publisher::guide::{Citation, Deed, GuideSource, Step, read, write};

fn source() -> GuideSource {
    read(&common::path("tests/fixtures/guide")).expect("the fixture is sound")
}

/// The fixture's section.
fn section() -> Vec<u8> {
    write(&source()).expect("it fits")
}

/// The bytes of a database of one section, with fitting hashes.
fn file_of(section: Vec<u8>) -> Vec<u8> {
    let release = Release {
        name: "guide".to_owned(),
        issued: 1_795_305_600,
    };
    file::write(&release, &[(SectionId::GUIDE, section)]).expect("it fits")
}

fn database_of(section: Vec<u8>) -> Database {
    Database::from_bytes(file_of(section)).expect("it opens")
}

fn region(code: &str) -> Option<Region> {
    Some(code.parse().expect("a region"))
}

/// Everything that can be read of a guide, as text.
fn everything(guide: &Guide<'_>) -> Result<String, Fault> {
    let mut all = String::new();
    let mut add = |part: String| {
        all.push_str(&part);
        all.push('\n');
    };
    for evidence in guide.all_evidence() {
        let e = evidence?;
        add(format!("{e:?} {} {} {}", e.group, e.base, e.strong));
        add(format!("{} {} {}", e.title, e.ask, e.why));
    }
    for script in guide.scripts() {
        let s = script?;
        add(format!("{s:?} {} {} {:?}", s.kind, s.title, s.names));
        add(format!("{} {:?} {:?}", s.summary, s.countries, s.payment));
        add(format!("{:?} {:?} {:?}", s.tools, s.look_alikes, s.never));
        add(format!("{} {:?}", s.genuine, s.sources));
        for stage in s.stages {
            add(format!("{stage:?} {} {}", stage.title, stage.reached));
            add(format!("{:?} {:?}", stage.says, stage.evidence));
        }
        add(format!("{:?}", guide.likelihoods(s.index)?));
    }
    for question in guide.questions() {
        let q = question?;
        add(format!("{q:?} {}", q.text));
        for option in q.options {
            add(format!("{option:?} {} {:?}", option.text, option.evidence));
        }
    }
    for region in [None, region("GB"), region("AU"), region("FR")] {
        for s in guide.advice(region)? {
            add(format!("{s:?} {} {} {:?}", s.block, s.order, s.action));
            add(format!("{} {} {}", s.for_scam, s.for_unsure, s.for_clear));
            add(format!("{:?} {:?} {:?}", s.done, s.asked, s.scripts));
            add(format!("{} {:?}", s.text, s.source));
        }
        add(format!("{:?}", guide.report_place(region)?));
    }
    for tool in guide.remote_tools() {
        let t = tool?;
        add(format!("{t:?} {} {:?} {:?}", t.name, t.packages, t.names));
        add(format!("{:?}", t.source));
    }
    Ok(all)
}

fn assert_same_source(found: Source<'_>, source: &Citation) {
    assert_eq!(
        (found.name, found.url),
        (source.name.as_str(), source.url.as_str())
    );
    assert_eq!(found.date, source.date);
}

#[test]
fn evidence_and_scripts_are_those_of_the_source() {
    let (source, database) = (source(), database_of(section()));
    let guide = database.guide().expect("whole");
    assert_eq!(guide.evidence_count(), source.evidence.len());
    for (number, wanted) in source.evidence.iter().enumerate() {
        let found = guide.evidence(EvidenceIndex(number as u16)).expect("whole");
        assert_eq!(found.index.get(), number);
        assert_eq!((found.group, found.base), (wanted.group, wanted.base));
        assert_eq!(
            (found.id, found.strong),
            (wanted.id.as_str(), wanted.strong)
        );
        let texts = [found.title, found.ask, found.why];
        assert_eq!(texts, [&wanted.title, &wanted.ask, &wanted.why]);
        assert_eq!(guide.evidence_by_id(&wanted.id), Ok(Some(found)));
    }
    assert_eq!(guide.script_count(), source.scripts.len());
    for (number, wanted) in source.scripts.iter().enumerate() {
        let found = guide.script(ScriptIndex(number as u16)).expect("whole");
        assert_eq!((found.index.get(), found.id), (number, wanted.id.as_str()));
        assert_eq!(found.kind, wanted.kind);
        let texts = [found.title, found.summary, found.genuine];
        assert_eq!(texts, [&wanted.title, &wanted.summary, &wanted.genuine]);
        let lists = [found.names, found.payment, found.tools, found.never];
        let wanted_lists = [&wanted.names, &wanted.payment, &wanted.tools, &wanted.never];
        for (list, wanted) in lists.iter().zip(wanted_lists) {
            assert_eq!(list.len(), wanted.len());
            assert!(list.iter().eq(wanted), "{list:?}");
        }
        assert!(found.countries.iter().eq(wanted.countries.iter().copied()));
        assert!(
            found
                .look_alikes
                .iter()
                .eq(wanted.look_alikes.iter().copied())
        );
        assert_eq!(found.stages.len(), wanted.stages.len());
        for (stage, wanted) in found.stages.iter().zip(&wanted.stages) {
            assert_eq!(
                (stage.id, stage.title),
                (wanted.id.as_str(), wanted.title.as_str())
            );
            assert_eq!(stage.reached, wanted.reached);
            assert!(stage.says.iter().eq(&wanted.says));
            // Four decimal places are kept whole.
            assert!(stage.evidence.iter().eq(wanted.evidence.iter().copied()));
        }
        assert_eq!(found.sources.len(), wanted.sources.len());
        for (found, wanted) in found.sources.iter().zip(&wanted.sources) {
            assert_same_source(found, wanted);
        }
        let by_id = guide.script_by_id(&wanted.id).expect("whole");
        assert_eq!(by_id.expect("it is there").index, found.index);
    }
    assert!(guide.script_by_id("none").expect("whole").is_none());
    assert!(guide.evidence_by_id("none").expect("whole").is_none());
    assert!(guide.question_by_id("none").expect("whole").is_none());
}

#[test]
fn likelihoods_are_those_of_all_stages_together() {
    let (source, database) = (source(), database_of(section()));
    let guide = database.guide().expect("whole");
    for (number, script) in source.scripts.iter().enumerate() {
        let index = ScriptIndex(number as u16);
        let row = guide.likelihoods(index).expect("whole");
        assert_eq!(row.iter().count(), source.evidence.len());
        for (evidence, wanted) in script.likelihoods(&source.evidence).iter().enumerate() {
            let evidence = EvidenceIndex(evidence as u16);
            let found = guide.likelihood(index, evidence).expect("whole");
            assert!(
                (f64::from(found) - wanted).abs() < 1e-5,
                "{found}, not {wanted}"
            );
            assert_eq!(row.get(evidence), Some(found));
        }
        assert_eq!(row.get(EvidenceIndex(99)), None);
    }
    let press_key = guide
        .evidence_by_id("press_key")
        .expect("whole")
        .expect("there");
    let found = guide
        .likelihood(ScriptIndex(0), press_key.index)
        .expect("whole");
    assert!((found - (1.0 - 0.6 * 0.9)).abs() < 1e-5, "{found}");
}

fn assert_same_step(found: &ringfence::check::guide::AdviceStep<'_>, wanted: &Step) {
    assert_eq!(
        (found.id, found.text),
        (wanted.id.as_str(), wanted.text.as_str())
    );
    assert_eq!((found.block, found.order), (wanted.block, wanted.order));
    assert_eq!(
        [found.for_scam, found.for_unsure, found.for_clear],
        [wanted.for_scam, wanted.for_unsure, wanted.for_clear]
    );
    assert!(found.done.iter().eq(wanted.done.iter().copied()));
    assert!(found.asked.iter().eq(wanted.asked.iter().copied()));
    assert!(found.scripts.iter().eq(wanted.scripts.iter().copied()));
    let action = wanted.action.as_ref().map(|deed| match deed {
        Deed::Dial(number) => Do::Dial(number),
        Deed::OpenSettings(name) => Do::OpenSettings(name),
        Deed::Uninstall => Do::Uninstall,
        Deed::ShareReport(to) => Do::ShareReport(to),
        Deed::OpenPage(url) => Do::OpenPage(url),
    });
    assert_eq!(found.action, action);
    assert_eq!(found.source.is_some(), wanted.source.is_some());
    if let (Some(found), Some(wanted)) = (found.source, &wanted.source) {
        assert_same_source(found, wanted);
    }
}

#[test]
fn questions_advice_and_tools_are_those_of_the_source() {
    let (source, database) = (source(), database_of(section()));
    let guide = database.guide().expect("whole");
    assert_eq!(guide.questions().count(), source.questions.len());
    for (found, wanted) in guide.questions().zip(&source.questions) {
        let found = found.expect("whole");
        assert_eq!(
            (found.id, found.text),
            (wanted.id.as_str(), wanted.text.as_str())
        );
        assert_eq!(found.options.len(), wanted.options.len());
        for (option, wanted) in found.options.iter().zip(&wanted.options) {
            assert_eq!(
                (option.id, option.text),
                (wanted.id.as_str(), wanted.text.as_str())
            );
            assert!(option.evidence.iter().eq(wanted.evidence.iter().copied()));
        }
        let by_id = guide.question_by_id(&wanted.id).expect("whole");
        assert_eq!(by_id.expect("it is there").text, found.text);
    }
    let places = source.countries.iter().map(|country| {
        let report = country.report.as_ref();
        (Some(country.region), &country.steps, report)
    });
    let elsewhere = [None, region("FR"), region("001")].map(|region| (region, &source.steps, None));
    for (region, steps, report) in places.chain(elsewhere) {
        let found = guide.advice(region).expect("whole");
        assert_eq!(found.len(), steps.len());
        for (found, wanted) in found.iter().zip(steps) {
            assert_same_step(&found, wanted);
        }
        let found = guide.report_place(region).expect("whole");
        assert_eq!(found.is_some(), report.is_some());
        if let (Some(found), Some(wanted)) = (found, report) {
            assert_eq!(found.name, wanted.name);
            assert_eq!(found.text_number, Some(wanted.text_number.as_str()));
            assert_eq!(found.phone, Some(wanted.phone.as_str()));
            assert_eq!(
                (found.url, found.source),
                (wanted.url.as_str(), wanted.source.as_str())
            );
        }
    }
    assert_eq!(guide.remote_tools().count(), source.tools.len());
    for (found, wanted) in guide.remote_tools().zip(&source.tools) {
        let found = found.expect("whole");
        assert_eq!(
            (found.id, found.name),
            (wanted.id.as_str(), wanted.name.as_str())
        );
        assert!(found.packages.iter().eq(&wanted.packages));
        assert!(found.names.iter().eq(&wanted.names));
        assert_same_source(found.source, &wanted.source);
    }
}

#[test]
fn what_is_not_there_is_a_fault_or_none() {
    let database = Database::from_bytes(common::sample()).expect("it opens");
    let fault = database.guide().expect_err("the sample is older");
    assert_eq!(fault.kind, FaultKind::Missing);
    assert_eq!(fault.to_string(), "the database has no section \"guide\"");
    database.verify().expect("it is whole without a guide");
    let database = database_of(section());
    let guide = database.guide().expect("whole");
    for number in [3, 99, u16::MAX] {
        let fault = guide.script(ScriptIndex(number)).expect_err("none");
        assert_eq!(fault.kind, FaultKind::Missing);
        assert!(guide.likelihoods(ScriptIndex(number)).is_err());
    }
    let fault = guide.evidence(EvidenceIndex(8)).expect_err("none");
    assert_eq!(fault.kind, FaultKind::Missing);
    let fault = guide.likelihood(ScriptIndex(0), EvidenceIndex(8));
    assert_eq!(fault.expect_err("none").kind, FaultKind::Missing);
}

#[test]
fn names_and_debug_output_are_short() {
    let database = database_of(section());
    let guide = database.guide().expect("whole");
    let script = guide.script(ScriptIndex(0)).expect("whole");
    assert_eq!(format!("{script:?}"), "Script(prime_renewal)");
    assert_eq!(
        format!("{:?}", script.stages),
        "[Stage(recording), Stage(screen)]"
    );
    assert_eq!(ScriptKind::Genuine.to_string(), "genuine");
    assert_eq!(EvidenceGroup::Topic.to_string(), "topic");
    let source = script.sources.get(0).expect("there is one");
    assert_eq!(source.to_string(), "Which?, 2026-11-22");
    assert!(script.sources.get(2).is_none());
    assert!(!script.sources.is_empty());
}

#[test]
fn every_changed_byte_of_the_file_is_a_fault_or_harmless() {
    let file = file_of(section());
    let whole = Database::from_bytes(file.clone()).expect("it opens");
    let whole = everything(&whole.guide().expect("whole")).expect("whole");
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 0x21;
        let Ok(database) = Database::from_bytes(changed) else {
            continue;
        };
        let found = database.guide().and_then(|guide| everything(&guide));
        if let Ok(found) = found {
            assert!(found == whole, "byte {at} changes what is read");
        }
    }
}

#[test]
fn every_changed_byte_of_the_section_is_read_without_panic() {
    // The hashes fit, as if a publisher had written it.
    let section = section();
    for at in 0..section.len() {
        for change in [1, 0x80, 0xff] {
            let mut changed = section.clone();
            changed[at] ^= change;
            read_without_panic(changed);
        }
    }
}

#[test]
fn cut_sections_are_faults() {
    let section = section();
    for length in 1..section.len() {
        let database = database_of(section[..length].to_vec());
        let found = database.guide().and_then(|guide| everything(&guide));
        assert!(found.is_err(), "{length} bytes are enough");
    }
}

#[test]
fn directories_that_do_not_fit_are_refused() {
    let section = section();
    // Tables; heap; then of each table cells, rows, columns.
    for (at, value) in [
        (0, 0),
        (0, 8),
        (0, u32::MAX),
        (4, 0),
        (4, u32::MAX),
        (8, 0),
        (8, u32::MAX),
        (12, 65_536),
        (12, u32::MAX),
        (16, 6),
        (16, u32::MAX),
    ] {
        let mut changed = section.clone();
        changed[at..at + 4].copy_from_slice(&value.to_le_bytes());
        let database = database_of(changed);
        let fault = database.guide().expect_err("it does not fit");
        assert_eq!(fault.kind, FaultKind::Content, "{value} at {at}");
    }
}

/// A later publisher may add tables, and columns at the end of a table.
#[test]
fn later_tables_and_columns_are_passed_over() {
    use ringfence::check::guide::layout::{DIRECTORY, ENTRY_LENGTH};
    let section = section();
    let field = |at: usize| {
        let bytes = section[at..at + 4].try_into().expect("four bytes");
        u32::from_le_bytes(bytes) as usize
    };
    let (tables, heap) = (field(0), field(4));
    let mut directory = Vec::new();
    let mut cells = Vec::new();
    let start = DIRECTORY + (tables + 1) * ENTRY_LENGTH;
    for table in 0..tables {
        let entry = DIRECTORY + table * ENTRY_LENGTH;
        let (at, rows, columns) = (field(entry), field(entry + 4), field(entry + 8));
        for number in [start + cells.len(), rows, columns + 1] {
            directory.extend((number as u32).to_le_bytes());
        }
        for row in section[at..at + rows * columns * 4].chunks(columns * 4) {
            cells.extend(row);
            cells.extend([0xee; 4]);
        }
    }
    for number in [start + cells.len(), 1, 1] {
        directory.extend((number as u32).to_le_bytes());
    }
    cells.extend([0xdd; 4]);
    let mut later = Vec::new();
    later.extend((tables as u32 + 1).to_le_bytes());
    later.extend(((start + cells.len()) as u32).to_le_bytes());
    later.extend(directory);
    later.extend(cells);
    later.extend(&section[heap..]);
    let (database, later) = (database_of(section.clone()), database_of(later));
    let whole = everything(&database.guide().expect("whole")).expect("whole");
    assert_eq!(everything(&later.guide().expect("whole")), Ok(whole));
}

fn read_without_panic(section: Vec<u8>) {
    let database = database_of(section);
    let _ = database.verify();
    if let Ok(guide) = database.guide() {
        let _ = everything(&guide);
        let _ = guide.script_by_id("shop_genuine");
        for number in 0..9 {
            let _ = guide.script(ScriptIndex(number));
            let _ = guide.likelihood(ScriptIndex(number), EvidenceIndex(number));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nonsense_sections_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut section = section();
        for (at, value) in changes {
            let at = at.index(section.len());
            section[at] = value;
        }
        if let Some(cut) = cut {
            section.truncate(1 + cut.index(section.len()));
        }
        read_without_panic(section);
    }
}
