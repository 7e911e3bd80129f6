//! What an engine does on a folder of the file system.

mod common;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use common::{NEIGHBOUR, NOW, NUMBER, STRANGER, names, open, outgoing};
use ringfence::number::E164;
use ringfence::screening::{
    Action, CAPACITY, Call, Category, Event, MemoryKey, Mode, PersonalMemory, Presentation, Rule,
    Settings,
};
use ringfence_engine::{Engine, EngineError, PackedVerdict, Whom};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn settings(json: &str) -> Settings {
    serde_json::from_str(json).expect("settings")
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).expect("written");
}

fn verdict(engine: &ringfence_engine::Engine, number: &str, now: u64) -> PackedVerdict {
    let call = Call::incoming(number);
    let verdict = engine.screen(&call, now);
    let explained = engine.explain(&call, now).verdict;
    assert_eq!(
        verdict,
        PackedVerdict::new(&explained, verdict.generation())
    );
    verdict
}

#[test]
fn a_new_folder_has_the_defaults_and_a_home() {
    let folder = folder();
    let inner = folder.path().join("a/b");
    let engine = open(&inner);
    assert_eq!(*engine.settings(), Settings::default());
    assert_eq!(engine.unreadable_settings(), None);
    assert!(engine.calls().expect("a log").is_empty());
    assert_eq!(engine.remembered(), 0);
    assert!(names(&inner).is_empty(), "opening writes nothing");
    // The settings' home is the call's, unless the call has one.
    let national = Call::incoming("07700 900123");
    assert_eq!(
        engine.screen(&national, NOW).category(),
        Category::UnknownCallerFormat
    );
    engine
        .change_settings(settings(r#"{"home": "GB"}"#))
        .expect("stored");
    assert_eq!(engine.screen(&national, NOW).category(), Category::Fiction);
    let abroad = national.at_home("FR".parse().expect("a region"));
    assert_ne!(engine.screen(&abroad, NOW).category(), Category::Fiction);
}

#[test]
fn what_a_phone_is_told_it_keeps() {
    let folder = folder();
    let engine = open(folder.path());
    let remember = |number, event, now| {
        engine
            .remember(Whom::Number(number), event, now)
            .expect("stored");
    };
    remember(NUMBER, Event::MarkedScam, NOW);
    remember(STRANGER, Event::SpokenWith, NOW);
    engine
        .change_settings(settings(r#"{"mode": "strict"}"#))
        .expect("stored");
    engine
        .record(&Call::incoming("+441632960001"), NOW)
        .expect("recorded");
    for _ in 0..2 {
        // The second time from the disk.
        let engine = open(folder.path());
        let marked = verdict(&engine, NUMBER, NOW);
        assert_eq!(
            (marked.action(), marked.rule(), marked.category()),
            (
                Action::Reject,
                Some(Rule::ListedNumber),
                Category::MarkedScam
            )
        );
        assert_eq!(verdict(&engine, NEIGHBOUR, NOW).action(), Action::Warn);
        assert_eq!(verdict(&engine, STRANGER, NOW).rule(), Some(Rule::Known));
        assert_eq!(engine.settings().mode, Mode::Strict);
        assert_eq!(engine.calls().expect("a log").len(), 1);
    }
    drop(engine);
    let engine = open(folder.path());
    assert_eq!(verdict(&engine, STRANGER, NOW).rule(), Some(Rule::Known));
    assert_eq!(engine.settings().mode, Mode::Strict);
    let all = ["calls.jsonl", "memory", "settings.json"].map(str::to_owned);
    assert!(names(folder.path()).into_iter().eq(all));
}

#[cfg(unix)]
#[test]
fn files_are_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let engine = open(folder.path());
    engine
        .record(&Call::incoming(NUMBER), NOW)
        .expect("recorded");
    engine.change_settings(Settings::default()).expect("stored");
    for name in names(folder.path()) {
        let metadata = fs::metadata(folder.path().join(&name)).expect("a file");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn everything_is_forgotten() {
    let folder = folder();
    write(folder.path(), "settings.json", "{");
    let engine = open(folder.path());
    engine
        .remember(Whom::Number(NUMBER), Event::MarkedScam, NOW)
        .expect("stored");
    engine
        .record(&Call::incoming(STRANGER), NOW)
        .expect("recorded");
    engine
        .change_settings(settings(r#"{"block": ["+44*"]}"#))
        .expect("stored");
    for name in ["memory.new", "calls.jsonl.new", "settings.json.new"] {
        // As crashes leave them.
        write(folder.path(), name, "half");
    }
    assert!(engine.remembered() > 0 && names(folder.path()).len() == 7);
    let key = fs::read(folder.path().join("memory")).expect("a file")[12..28].to_vec();
    engine.forget_everything().expect("forgotten");
    let nothing_left = || {
        assert_eq!(*engine.settings(), Settings::default());
        assert_eq!(engine.unreadable_settings(), None);
        assert!(engine.calls().expect("a log").is_empty());
        assert_eq!(engine.remembered(), 0);
        let verdict = verdict(&engine, NUMBER, NOW);
        assert_eq!(verdict.category(), Category::NothingKnown);
    };
    nothing_left();
    assert!(names(folder.path()).is_empty());
    engine
        .forget_everything()
        .expect("there is nothing to forget");
    // It starts anew, with another key.
    engine
        .remember(Whom::Number(STRANGER), Event::Called, NOW)
        .expect("stored");
    assert_ne!(
        fs::read(folder.path().join("memory")).expect("a file")[12..28],
        key
    );
    assert_eq!(verdict(&engine, STRANGER, NOW).rule(), Some(Rule::Known));
    engine.forget_everything().expect("forgotten");
    nothing_left();
}

#[test]
fn a_call_in_spite_of_a_warning_makes_nobody_known() {
    let folder = folder();
    let engine = open(folder.path());
    engine
        .change_settings(settings(r#"{"home": "GB"}"#))
        .expect("stored");
    let (premium, plain) = ("0901 234 5678", "07911 123456");
    for number in [premium, plain] {
        engine.record(&outgoing(number), NOW).expect("recorded");
    }
    assert_eq!(
        engine.screen(&outgoing(premium), NOW).action(),
        Action::Warn
    );
    assert_eq!(
        verdict(&engine, premium, NOW).category(),
        Category::PremiumRate
    );
    assert_eq!(verdict(&engine, plain, NOW).rule(), Some(Rule::Known));
    // Once it is a scam, calling it changes nothing.
    engine
        .remember(Whom::Number(plain), Event::MarkedScam, NOW)
        .expect("stored");
    engine.record(&outgoing(plain), NOW + 1).expect("recorded");
    assert_eq!(
        verdict(&engine, plain, NOW + 1).category(),
        Category::MarkedScam
    );
    // That it rang makes nobody known either.
    engine
        .record(&Call::incoming(premium), NOW)
        .expect("recorded");
    assert_eq!(verdict(&engine, premium, NOW).action(), Action::Warn);
}

#[test]
fn only_numbers_can_be_called_and_fine_but_who_showed_none_can_be_a_scam() {
    let folder = folder();
    let engine = open(folder.path());
    for event in [Event::Called, Event::SpokenWith, Event::MarkedFine] {
        for text in ["", "Amazon", "999", "sip:a@b", "020 7946 0018", "12"] {
            let error = engine.remember(Whom::Number(text), event, NOW);
            assert!(matches!(error, Err(EngineError::NotANumber)), "{text}");
        }
    }
    // A number that cannot be told is not silently left out of a mark.
    for text in ["020 7946 0018", "???", "#", "Amazon", "112", "7726"] {
        let error = engine.remember(Whom::Number(text), Event::MarkedScam, NOW);
        assert!(matches!(error, Err(EngineError::NotANumber)), "{text}");
    }
    assert!(names(folder.path()).is_empty());
    for text in ["", "anonymous"] {
        engine
            .remember(Whom::Number(text), Event::MarkedScam, NOW)
            .expect("stored");
        let stranger = verdict(&engine, STRANGER, NOW);
        assert_eq!(stranger.rule(), Some(Rule::AfterScam), "{text}");
        engine
            .remember(Whom::Number(text), Event::Unmarked, NOW)
            .expect("stored");
        assert_eq!(
            verdict(&engine, STRANGER, NOW).rule(),
            Some(Rule::NothingKnown)
        );
    }
    let error = engine.remember(Whom::Call(1), Event::MarkedScam, NOW);
    assert!(matches!(error, Err(EngineError::UnknownCall)));
}

#[test]
fn a_second_call_of_the_same_caller_rings() {
    let folder = folder();
    let engine = open(folder.path());
    engine
        .change_settings(settings(r#"{"mode": "strict"}"#))
        .expect("stored");
    let hidden = Call {
        presentation: Presentation::Restricted,
        ..Call::incoming("")
    };
    for call in [Call::incoming("+447012345678"), hidden] {
        assert_eq!(engine.screen(&call, NOW).action(), Action::Silence);
        engine.record(&call, NOW).expect("recorded");
        assert_eq!(engine.screen(&call, NOW + 120).action(), Action::Warn);
        assert_eq!(engine.screen(&call, NOW + 181).action(), Action::Silence);
    }
}

#[test]
fn the_same_folder_is_opened_once() {
    let (one, two) = (folder(), folder());
    let shared = |folder: &Path| Engine::shared(folder);
    assert!(matches!(shared(one.path()), Err(EngineError::Closed)));
    let none = shared(&one.path().join("none"));
    assert!(matches!(none, Err(EngineError::Storage(_))));
    let engine = open(one.path());
    assert!(Arc::ptr_eq(&engine, &open(one.path())));
    let same = shared(&one.path().join(".")).expect("it is open");
    assert!(Arc::ptr_eq(&engine, &same));
    drop(same);
    assert!(Arc::ptr_eq(
        &engine,
        &open(
            &one.path()
                .join("../")
                .join(one.path().file_name().expect("a name"))
        )
    ));
    #[cfg(unix)]
    {
        let link = two.path().join("link");
        std::os::unix::fs::symlink(one.path(), &link).expect("a link");
        assert!(Arc::ptr_eq(&engine, &open(&link)));
    }
    assert!(!Arc::ptr_eq(&engine, &open(two.path())));
    // In many threads at once.
    let three = folder();
    let engines: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| open(three.path()))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("it opens"))
            .collect()
    });
    assert!(
        engines
            .iter()
            .all(|engine| Arc::ptr_eq(engine, &engines[0]))
    );
    // A change through one shows in the other; once all are gone, it is read.
    let other = open(one.path());
    other
        .remember(Whom::Number(NUMBER), Event::Called, NOW)
        .expect("stored");
    assert_eq!(verdict(&engine, NUMBER, NOW).rule(), Some(Rule::Known));
    let gone = Arc::downgrade(&engine);
    drop((engine, other));
    assert!(gone.upgrade().is_none());
    assert!(matches!(shared(one.path()), Err(EngineError::Closed)));
    assert_eq!(
        verdict(&open(one.path()), NUMBER, NOW).rule(),
        Some(Rule::Known)
    );
}

#[test]
fn a_memory_that_cannot_be_read_does_not_keep_the_phone_from_screening() {
    let call = Call::incoming("+447700900123");
    // A later version: left alone.
    let folder = folder();
    let mut newer = b"RFMM\x02\0\0\0".to_vec();
    newer.resize(500, 9);
    write(folder.path(), "memory", &newer);
    let engine = open(folder.path());
    assert_eq!(engine.screen(&call, NOW).action(), Action::Reject);
    let error = engine.record(&call, NOW).expect_err("it cannot be stored");
    assert!(error.to_string().contains("later version"), "{error}");
    assert_eq!(engine.calls().expect("a log").len(), 1, "the log goes on");
    assert_eq!(
        fs::read(folder.path().join("memory")).expect("a file"),
        newer
    );
    // Its number cannot be told from the log then.
    let error = engine.remember(Whom::Call(NOW), Event::MarkedScam, NOW);
    assert!(matches!(error, Err(EngineError::UnknownCall)));
    engine.forget_everything().expect("forgotten");
    engine.record(&call, NOW).expect("recorded");

    // A damaged header: it starts anew. The log's hashes were of another key.
    let mut damaged = fs::read(folder.path().join("memory")).expect("a file");
    damaged[20] ^= 1;
    drop(engine);
    write(folder.path(), "memory", &damaged);
    let engine = open(folder.path());
    assert_eq!(engine.remembered(), 0);
    for _ in 0..2 {
        let error = engine.remember(Whom::Call(NOW), Event::MarkedScam, NOW);
        assert!(matches!(error, Err(EngineError::UnknownCall)));
        engine
            .remember(Whom::Number(STRANGER), Event::Called, NOW)
            .expect("stored");
    }
    engine.record(&call, NOW).expect("recorded");
    engine
        .remember(Whom::Call(NOW + 1), Event::MarkedScam, NOW)
        .expect("stored");

    // A folder in its place cannot be read; once it is away, all goes on.
    drop(engine);
    fs::rename(folder.path().join("memory"), folder.path().join("m")).expect("renamed");
    fs::create_dir(folder.path().join("memory")).expect("a folder");
    let engine = open(folder.path());
    let error = engine.record(&call, NOW).expect_err("it cannot be stored");
    assert!(error.to_string().contains("storage"), "{error}");
    fs::remove_dir(folder.path().join("memory")).expect("removed");
    fs::rename(folder.path().join("m"), folder.path().join("memory")).expect("renamed");
    engine
        .record(&Call::incoming(NUMBER), NOW)
        .expect("recorded");
    assert_eq!(verdict(&engine, STRANGER, NOW).rule(), Some(Rule::Known));
}

#[test]
fn a_full_memory_still_takes_what_is_new() {
    let folder = folder();
    let mut memory = PersonalMemory::new(MemoryKey::new([3; 16]));
    for i in 0..CAPACITY {
        let number: E164 = format!("+4475{i:08}").parse().expect("a number");
        let caller = memory.key().caller(&number);
        memory.take(&memory.records_of(Event::MarkedFine, Some(caller), NOW));
    }
    write(folder.path(), "memory", memory.write(NOW));
    let engine = open(folder.path());
    let quiet = settings(r#"{"mode": "strict", "call_log": false}"#);
    engine.change_settings(quiet).expect("stored");
    let mut longest = 0;
    for i in 0..300 {
        let number = format!("+4470123{i:05}");
        let call = Call::incoming(&number);
        assert_eq!(engine.screen(&call, NOW).action(), Action::Silence);
        engine.record(&call, NOW).expect("recorded");
        assert_eq!(engine.screen(&call, NOW).action(), Action::Warn, "{i}");
        let metadata = fs::metadata(folder.path().join("memory")).expect("a file");
        longest = longest.max(metadata.len());
    }
    assert!(longest <= 32 + 32 * (CAPACITY as u64 + 128), "{longest}");
    assert!(engine.remembered() <= CAPACITY + 128);
}

#[test]
fn errors_and_debug_hold_no_number() {
    let folder = folder();
    let engine = open(folder.path());
    engine
        .record(&Call::incoming(NUMBER), NOW)
        .expect("recorded");
    engine
        .change_settings(settings(&format!(r#"{{"block": ["{NUMBER}"]}}"#)))
        .expect("stored");
    let errors = [
        engine.remember(Whom::Number("7400123456"), Event::Called, NOW),
        engine.remember(Whom::Call(7_400_123_456), Event::Called, NOW),
        engine.import_settings(r#"{"block": "+447400123456"}"#),
        engine.import_settings(r#"{"block": ["7400123456"]}"#),
        engine.import_settings(r#"{"7400123456": 1}"#),
        engine
            .use_database(ringfence_engine::DatabaseSource::Path(
                &folder.path().join("7400123456"),
            ))
            .map(|_| ()),
    ];
    let call = engine.calls().expect("a log").remove(0);
    let mut shown = format!(
        "{engine:?} {:?} {:?} {call:?}",
        Whom::Number(NUMBER),
        engine.settings()
    );
    for error in errors {
        let error = error.expect_err("refused");
        shown += &format!("{error} {error:?}");
    }
    assert!(
        !shown.contains("400123456") && !shown.contains("400 123"),
        "{shown}"
    );
    assert!(!shown.contains("PersonalMemory"), "{shown}");
}

#[test]
fn no_file_holds_a_number() {
    let folder = folder();
    let engine = open(folder.path());
    engine
        .change_settings(settings(r#"{"home": "GB"}"#))
        .expect("stored");
    let numbers = [
        "07400 123456",
        "+44 20 7946 1958",
        "+49 30 1234567",
        "0901 234 5678",
    ];
    for (i, number) in numbers.iter().enumerate() {
        engine
            .record(&Call::incoming(number), NOW)
            .expect("recorded");
        engine.record(&outgoing(number), NOW).expect("recorded");
        let event = [Event::MarkedScam, Event::SpokenWith, Event::MarkedFine][i % 3];
        engine
            .remember(Whom::Number(number), event, NOW)
            .expect("stored");
    }
    let mut all = Vec::new();
    for name in names(folder.path()) {
        all.extend(fs::read(folder.path().join(name)).expect("a file"));
        all.push(b'\n');
    }
    let holds = |needle: &[u8]| all.windows(needle.len()).any(|part| part == needle);
    assert!(holds(b"premium_rate") && holds(b"RFMM"), "it is looked at");
    for number in ["7400123456", "2079461958", "301234567", "9012345678"] {
        let value: u64 = number.parse().expect("digits");
        let digits: Vec<u8> = number.bytes().map(|digit| digit - b'0').collect();
        let reversed: String = number.chars().rev().collect();
        let packed: Vec<u8> = digits
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect();
        let swapped: Vec<u8> = digits
            .chunks_exact(2)
            .map(|pair| pair[1] << 4 | pair[0])
            .collect();
        for form in [
            number.as_bytes(),
            &number.as_bytes()[..7],
            reversed.as_bytes(),
            format!("{value:x}").as_bytes(),
            &digits,
            &packed,
            &swapped,
            &value.to_le_bytes()[..5],
            &value.to_be_bytes()[3..],
        ] {
            assert!(!holds(form), "{number}: {form:?}");
        }
    }
}
