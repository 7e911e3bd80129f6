//! The control plane as Kotlin sees it, from Rust: what is lost or turned on
//! the way. What the core finds is tested there.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use ringfence_uniffi::{
    Answer, Call, CallReport, CallVerdict, CallWindow, Control, DatabaseSource, Direction, Event,
    InstalledApp, Mode, PhoneAction, Presentation, RingfenceError, Switch, Timing, Verification,
    Whom,
};
use tempfile::TempDir;

/// Two days after the bundled database was issued.
const NOW: i64 = (1_795_305_600 + 2 * 86_400) * 1_000;

struct Phone {
    control: Arc<Control>,
    folder: TempDir,
}

fn bundled() -> DatabaseSource {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/bundled.rfdb");
    DatabaseSource::Path {
        path: path.to_str().expect("the path is text").to_owned(),
    }
}

fn phone() -> Phone {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().to_str().expect("the path is text").to_owned();
    let control = Control::open(path, bundled()).expect("it opens");
    let mut settings = control.settings().expect("settings");
    settings.home = Some("GB".to_owned());
    control.change_settings(settings).expect("they are taken");
    Phone { control, folder }
}

fn incoming(number: &str) -> Call {
    Call {
        number: Some(number.to_owned()),
        presentation: Presentation::Allowed,
        verification: Verification::NotVerified,
        direction: Direction::Incoming,
    }
}

fn report(note: &str) -> CallReport {
    CallReport {
        note: note.to_owned(),
        answers: Vec::new(),
        language: None,
        text_language: None,
        region: Some("GB".to_owned()),
        caller: None,
        when: None,
    }
}

#[test]
fn spans_are_those_of_a_kotlin_string() {
    let phone = phone();
    let note = "😱 Ils ont dit « sécurité Amazon » and he made me download AnyDesk 😭";
    let assessment = phone.control.check(report(note)).expect("it is read");
    assert_eq!(assessment.verdict, CallVerdict::Scam);
    let units: Vec<u16> = note.encode_utf16().collect();
    let words: Vec<String> = assessment
        .red_flags
        .iter()
        .filter_map(|flag| flag.span)
        .map(|span| String::from_utf16(&units[span.start as usize..span.end as usize]))
        .collect::<Result<_, _>>()
        .expect("no span cuts a letter");
    assert!(
        words.iter().any(|words| words.contains("AnyDesk")),
        "{words:?}"
    );
}

#[test]
fn answers_lead_to_a_verdict_and_unknown_ones_are_passed_over() {
    let phone = phone();
    let mut report = report("");
    for _ in 0..8 {
        let found = phone.control.check(report.clone()).expect("it is read");
        let Some(question) = found.next_question else {
            break;
        };
        let given = question.options[0].id.clone();
        report.answers.push(Answer {
            asked: question.id,
            given,
        });
    }
    let before = phone.control.check(report.clone()).expect("it is read");
    assert!(report.answers.len() > 1 && before.unknown_answers.is_empty());
    assert!(before.probability > 0.0 && before.probability < 1.0);
    report.answers.insert(
        0,
        Answer {
            asked: "of_a_database_to_come".to_owned(),
            given: "yes".to_owned(),
        },
    );
    let after = phone.control.check(report).expect("it is read");
    assert_eq!(after.unknown_answers, ["of_a_database_to_come"]);
    assert_eq!(after.probability, before.probability);
}

#[test]
fn advice_comes_with_what_the_phone_can_do() {
    let phone = phone();
    let mut report =
        report("amazon prime is going up, he made me install anydesk and log in to my bank");
    report.caller = Some("07700 900123".to_owned());
    report.when = Some("Sunday at noon".to_owned());
    let found = phone.control.check(report).expect("it is read");
    let actions: Vec<_> = found
        .advice
        .iter()
        .filter_map(|step| step.action.clone())
        .collect();
    let dial = PhoneAction::Dial {
        number: "159".to_owned(),
    };
    assert!(actions.contains(&dial), "{actions:?}");
    assert!(
        actions.contains(&PhoneAction::RemoveRemoteTools),
        "{actions:?}"
    );
    let reports = |action: &PhoneAction| matches!(action, PhoneAction::Report { name, .. } if name == "Report Fraud");
    assert!(actions.iter().any(reports), "{actions:?}");
    assert!(found.advice[0].urgent && found.advice.iter().any(|step| !step.urgent));
    assert_eq!(found.texts.short_code, "Call 07700900123");
    assert!(found.texts.authority.contains("Sunday at noon"));
    assert!(!found.texts.bank.contains("anydesk and log in"));
}

#[test]
fn a_tool_that_came_during_the_call_is_named() {
    let phone = phone();
    let app = |package: &str, installed_at| InstalledApp {
        package_name: package.to_owned(),
        installed_at,
        updated_at: installed_at,
    };
    let apps = vec![
        app("com.teamviewer.quicksupport.market", NOW - 400 * 86_400_000),
        app("com.anydesk.anydeskandroid", NOW - 300_000),
        app("org.example.game", NOW - 300_000),
    ];
    let call = CallWindow {
        started: NOW - 900_000,
        ended: NOW,
    };
    let found = phone
        .control
        .remote_tools(apps, call)
        .expect("they are found");
    let found: Vec<_> = found
        .iter()
        .map(|tool| (tool.id.as_str(), tool.timing))
        .collect();
    assert_eq!(found[0], ("anydesk", Timing::DuringCall));
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[1].1, Timing::LongAgo);
}

#[test]
fn settings_are_taken_as_people_write_them_and_refused_with_a_reason() {
    let phone = phone();
    let mut settings = phone.control.settings().expect("settings");
    settings.mode = Mode::Strict;
    settings.block = vec![" 07400 123456 ".to_owned(), "+4470*".to_owned()];
    settings.switches = HashMap::from([("hidden".to_owned(), Switch::Silence)]);
    phone
        .control
        .change_settings(settings.clone())
        .expect("they are taken");
    let read = phone.control.settings().expect("settings");
    assert_eq!(read.block, ["+447400123456", "+4470*"]);
    let explained = phone
        .control
        .explain(incoming("07400 123456"), NOW)
        .expect("it is explained");
    assert_eq!(explained.e164.as_deref(), Some("+447400123456"));
    assert_eq!(
        explained.rules.last().map(|rule| rule.rule.as_str()),
        Some("block_list")
    );
    type Spoil<'a> = &'a dyn Fn(&mut ringfence_uniffi::Settings);
    let refusals: [(Spoil<'_>, &str); 4] = [
        (
            &|settings| settings.block.push("0740".to_owned()),
            "such as +442079460000",
        ),
        (&|settings| settings.after_scam_hours = 0, "after_scam"),
        (
            &|settings| settings.home = Some("07400 123456".to_owned()),
            "region",
        ),
        (
            &|settings| {
                settings
                    .switches
                    .insert("emergency".to_owned(), Switch::Off);
            },
            "has no switch",
        ),
    ];
    for (spoil, expected) in refusals {
        let mut spoiled = settings.clone();
        spoil(&mut spoiled);
        let error = phone.control.change_settings(spoiled).expect_err(expected);
        assert!(matches!(error, RingfenceError::Settings(_)), "{error:?}");
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!error.to_string().contains("0740"), "{error}");
    }
    assert_eq!(phone.control.settings().expect("settings"), read);
    let text = phone.control.export_settings().expect("a text");
    let other = self::phone();
    assert_eq!(
        other.control.import_settings(text).expect("they are read"),
        read
    );
    let error = other
        .control
        .import_settings("{".to_owned())
        .expect_err("it is no text");
    assert!(matches!(error, RingfenceError::Settings(_)));
}

#[test]
fn what_is_remembered_changes_the_verdict_and_can_be_forgotten() {
    let phone = phone();
    let rule = || {
        let explained = phone
            .control
            .explain(incoming("07400 123456"), NOW)
            .expect("it is explained");
        explained
            .rules
            .last()
            .map(|rule| rule.rule.clone())
            .expect("a rule decided")
    };
    let whom = || Whom::Number {
        number: "07400 123456".to_owned(),
    };
    assert_eq!(rule(), "nothing_known");
    phone
        .control
        .remember(whom(), Event::SpokenWith, NOW)
        .expect("it is stored");
    assert_eq!(rule(), "known");
    phone
        .control
        .remember(whom(), Event::MarkedScam, NOW)
        .expect("it is stored");
    assert_eq!(rule(), "listed_number");
    phone
        .control
        .remember(whom(), Event::Unmarked, NOW)
        .expect("it is stored");
    assert_eq!(rule(), "known");
    assert!(phone.control.status().expect("a status").remembered > 0);
    phone.control.forget_everything().expect("it is forgotten");
    assert_eq!(phone.control.status().expect("a status").remembered, 0);
    let left = std::fs::read_dir(phone.folder.path()).expect("the folder");
    assert_eq!(left.count(), 0);
    let nobody = Whom::Logged { id: 7 };
    let error = phone
        .control
        .remember(nobody, Event::MarkedFine, NOW)
        .expect_err("no such call");
    assert!(matches!(error, RingfenceError::Input(_)), "{error:?}");
}

#[test]
fn what_is_open_is_shared_without_a_database() {
    let phone = phone();
    let path = |folder: &TempDir| folder.path().to_str().expect("the path is text").to_owned();
    let shared = Control::shared(path(&phone.folder)).expect("it is open");
    assert_eq!(
        shared.settings().expect("settings").home.as_deref(),
        Some("GB")
    );
    let folder = TempDir::new().expect("a folder");
    let error = Control::shared(path(&folder)).expect_err("nobody has it open");
    assert!(matches!(error, RingfenceError::Closed(_)), "{error:?}");
}

#[test]
fn a_database_that_is_none_is_refused_in_plain_words() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().to_str().expect("the path is text").to_owned();
    let none = |path: &str| DatabaseSource::Path {
        path: path.to_owned(),
    };
    let newest = |path: &str, descriptor, offset| DatabaseSource::Newest {
        path: path.to_owned(),
        descriptor,
        offset,
        length: 10,
    };
    for source in [
        none("/nowhere/447700900123.rfdb"),
        none(file!()),
        DatabaseSource::Descriptor {
            descriptor: -1,
            offset: 0,
            length: 10,
        },
        DatabaseSource::Descriptor {
            descriptor: 1_000_000,
            offset: -5,
            length: i64::MAX,
        },
        newest("/nowhere/447700900123.rfdb", 1_000_000, 0),
        newest("/nowhere/447700900123.rfdb", -1, -1),
    ] {
        let error = Control::open(path.clone(), source.clone()).expect_err("there is none");
        assert!(!error.to_string().contains("900123"), "{error}");
        let phone = phone();
        phone
            .control
            .use_database(source)
            .expect_err("there is none");
        assert_eq!(phone.control.status().expect("a status").generation, 1);
    }
    let phone = phone();
    phone.control.use_database(bundled()).expect("it is used");
    assert_eq!(phone.control.status().expect("a status").generation, 2);
    let DatabaseSource::Path { path } = bundled() else {
        panic!("it is a file");
    };
    for (descriptor, offset) in [(1_000_000, 0), (-1, 0), (0, -1)] {
        let source = newest(&path, descriptor, offset);
        phone.control.use_database(source).expect("it is used");
    }
    assert_eq!(phone.control.status().expect("a status").generation, 5);
}
