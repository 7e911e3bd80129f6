//! Texts to send after a call say what is known and nothing else, and
//! programs for remote access are told by when they came.

mod common;

use proptest::prelude::*;
use ringfence::check::guide::{Evidence, EvidenceGroup, Guide};
use ringfence::check::note::Language;
use ringfence::check::{
    Action, Answers, Assessment, CallWindow, Candidate, InstalledApp, Recipient, RedFlag, Report,
    Timing, Verdict, remote_tool_findings, report_text,
};
use ringfence::database::{Database, SectionId};
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;
use ringfence_publisher::guide::{GuideSource, read, write};

const ALL: [Recipient; 3] = [Recipient::ShortCode, Recipient::Authority, Recipient::Bank];
const WHEN: Option<&str> = Some("22 November 2026, 14:05");
const CALLER: Option<&str> = Some("\u{202a}07700 900-123\u{202c}");

fn database_of(source: &GuideSource) -> Database {
    let release = Release {
        name: "guide".to_owned(),
        issued: 1_795_305_600,
    };
    let section = write(source).expect("it fits");
    let bytes = file::write(&release, &[(SectionId::GUIDE, section)]).expect("it fits");
    Database::from_bytes(bytes).expect("it opens")
}

fn source() -> GuideSource {
    read(&common::path("tests/fixtures/guide")).expect("the fixture is sound")
}

fn evidence<'a>(guide: &Guide<'a>, id: &str) -> Evidence<'a> {
    let found = guide.evidence_by_id(id).expect("whole");
    found.unwrap_or_else(|| panic!("{id} is in the fixture"))
}

/// An assessment with so sure a script, and these flags and actions.
fn assessment<'a>(
    guide: &Guide<'a>,
    verdict: Verdict,
    sure: f32,
    flags: &[&str],
    actions: &[&str],
) -> Assessment<'a> {
    let script = guide.script_by_id("prime_renewal").expect("whole");
    let candidate = |script| Candidate {
        script,
        probability: sure,
    };
    let flag = |id: &&str| RedFlag {
        evidence: evidence(guide, id),
        span: None,
        weight: 1.0,
    };
    let action = |id: &&str| Action {
        evidence: evidence(guide, id),
        span: None,
    };
    Assessment {
        verdict,
        probability: sure,
        script: script.map(candidate).filter(|_| verdict != Verdict::Clear),
        alternatives: Vec::new(),
        genuine: None,
        stage: None,
        red_flags: flags.iter().map(flag).collect(),
        actions: actions.iter().map(action).collect(),
        next_question: None,
        advice: Vec::new(),
        language: Language::English,
        text_language: "en",
        parts: Vec::new(),
    }
}

fn text(
    assessment: &Assessment<'_>,
    note: &str,
    to: Recipient,
    caller: Option<&str>,
    when: Option<&str>,
) -> String {
    let answers = Answers::new();
    let report = Report {
        note,
        language: None,
        text_language: None,
        region: None,
        answers: &answers,
    };
    report_text(&report, assessment, to, caller, when)
}

#[test]
fn an_authority_hears_all_of_it() {
    let database = database_of(&source());
    let guide = database.guide().expect("whole");
    // Flags given twice, by question and by evidence, are said once.
    let flags = ["remote_access_request", "press_key", "press_key"];
    let scam = assessment(&guide, Verdict::Scam, 0.9, &flags, &["gave_remote_access"]);
    let note = " They said \"prime\".\r\nI let them\tin. ";
    let wanted = "I am reporting a phone call that was a scam.\n\
        When: 22 November 2026, 14:05\n\
        The caller's number: 07700 900-123\n\
        Kind of call: Fake renewal call\n\
        \nWhat the caller said, wanted and did:\n\
        - They wanted to see my screen\n\
        - I had to press a key\n\
        \nWhat I did:\n\
        - I let them in\n\
        \nIn my own words:\n\
        \"They said \"prime\".\nI let them in.\"\n";
    let found = text(&scam, note, Recipient::Authority, CALLER, WHEN);
    assert_eq!(found, wanted);
}

#[test]
fn what_is_not_known_is_not_said() {
    let database = database_of(&source());
    let guide = database.guide().expect("whole");
    let bare = |verdict, sure| {
        let bare = assessment(&guide, verdict, sure, &[], &[]);
        text(&bare, "  ", Recipient::Authority, Some(" \n"), Some(""))
    };
    let unsure = "I am reporting a phone call that may have been a scam.\n";
    assert_eq!(bare(Verdict::Unsure, 0.1), unsure);
    let named = format!("{unsure}It may have been: Fake renewal call\n");
    assert_eq!(bare(Verdict::Unsure, 0.6), named);
    let scam = "I am reporting a phone call that was a scam.\n";
    assert_eq!(bare(Verdict::Scam, 0.1), scam);
    let named = format!("{scam}It may have been: Fake renewal call\n");
    assert_eq!(bare(Verdict::Scam, 0.4), named);
    let clear = "I am reporting a phone call. I have no clear sign that it was a scam.\n";
    assert_eq!(bare(Verdict::Clear, 0.9), clear);
}

#[test]
fn a_bank_hears_what_it_can_act_on() {
    let database = database_of(&source());
    let guide = database.guide().expect("whole");
    let done = ["gave_remote_access", "shared_code"];
    let scam = assessment(&guide, Verdict::Scam, 0.9, &["press_key"], &done);
    let wanted = "I had a phone call that was a scam.\n\
        When: 22 November 2026, 14:05\n\
        Kind of call: Fake renewal call\n\
        \nWhat I did:\n\
        - I let them in\n\
        - I told them a code\n\
        \nPlease:\n\
        - Lock my online bank until I have a new login on a safe device.\n\
        - Look for payments, new payees, direct debits, loans and overdrafts that I did not ask \
        for, and stop them.\n\
        - Give me a reference number for this report.\n";
    let found = text(&scam, "my own words", Recipient::Bank, None, WHEN);
    assert_eq!(found, wanted);
}

#[test]
fn each_action_asks_for_its_own() {
    let database = database_of(&source());
    let guide = database.guide().expect("whole");
    let asked = |id: &'static str| {
        let mut scam = assessment(&guide, Verdict::Unsure, 0.1, &[], &["shared_code"]);
        scam.actions[0].evidence.id = id;
        text(&scam, "", Recipient::Bank, None, None)
    };
    let (stop, lock) = ("Stop the payments I made", "Lock my online bank");
    let (card, name) = ("Block any card", "says they are me");
    let wanted: [(&str, &[&str]); 12] = [
        ("sent_bank_transfer", &[stop, "get my money back"]),
        ("sent_crypto", &[stop]),
        ("bought_gift_cards", &[stop]),
        ("gave_remote_access", &[lock]),
        ("gave_bank_login", &[lock]),
        ("gave_pin_password", &[lock]),
        ("gave_card_details", &[card]),
        ("gave_cash_or_goods", &[card]),
        ("gave_personal_id", &[name]),
        ("installed_app", &[]),
        ("something_new", &[]),
        ("pressed_key", &[]),
    ];
    for (id, wanted) in wanted {
        let found = asked(id);
        for ask in [stop, lock, card, name] {
            assert_eq!(found.contains(ask), wanted.contains(&ask), "{id}: {found}");
        }
        assert!(
            wanted.iter().all(|ask| found.contains(ask)),
            "{id}: {found}"
        );
        assert!(found.contains("new payees"), "{id}: {found}");
        // A bank can do nothing about a key that was pressed.
        let told = found.contains("I told them a code");
        assert_eq!(told, id != "pressed_key", "{found}");
    }
}

#[test]
fn a_short_number_gets_one_short_line() {
    let database = database_of(&source());
    let guide = database.guide().expect("whole");
    let short = |verdict, caller| {
        let call = assessment(&guide, verdict, 0.9, &["press_key"], &["shared_code"]);
        text(&call, "my own words", Recipient::ShortCode, caller, WHEN)
    };
    for verdict in Verdict::ALL {
        assert_eq!(short(verdict, CALLER), "Call 07700900123");
        let abroad = Some("+34 912.34.56.78");
        assert_eq!(short(verdict, abroad), "Call +34912345678");
        // Not to be guessed at.
        let trunk = Some("+44 (0)7700 900123");
        assert_eq!(short(verdict, trunk), "Call +44 (0)7700 900123");
    }
    let unknown = "Call, number not known";
    assert_eq!(short(Verdict::Clear, None), unknown);
    let named = format!("{unknown}, may have been: Fake renewal call");
    assert_eq!(short(Verdict::Unsure, None), named);
    let named = format!("{unknown}: Fake renewal call");
    assert_eq!(short(Verdict::Scam, None), named);
}

#[test]
fn a_long_title_is_cut_between_words() {
    let title = "żółw ".repeat(60);
    let mut source = source();
    for script in &mut source.scripts {
        script.title = title.trim().to_owned();
    }
    let database = database_of(&source);
    let guide = database.guide().expect("whole");
    let scam = assessment(&guide, Verdict::Scam, 0.9, &[], &[]);
    let found = text(&scam, "", Recipient::ShortCode, None, None);
    assert!(found.chars().count() <= 160, "{found}");
    assert!(found.ends_with("żółw"), "{found}");
}

/// The titles of the data speak to the person, and every one that can be in a
/// text can be turned round.
#[test]
fn the_person_speaks() {
    let source = read(&common::path("data")).expect("the data is sound");
    let database = database_of(&source);
    let guide = database.guide().expect("whole");
    let fixture = database_of(&self::source());
    let fixture = fixture.guide().expect("whole");
    for shown in guide.all_evidence() {
        let shown = shown.expect("whole");
        let mut call = assessment(&fixture, Verdict::Unsure, 0.1, &[], &[]);
        match shown.group {
            EvidenceGroup::Flag => call.red_flags.push(RedFlag {
                evidence: shown,
                span: None,
                weight: 0.0,
            }),
            EvidenceGroup::Action => call.actions.push(Action {
                evidence: shown,
                span: None,
            }),
            _ => continue,
        }
        let found = text(&call, "", Recipient::Authority, None, None);
        let words = found.split(|c: char| !c.is_alphabetic());
        let left: Vec<&str> = words
            .filter(|word| word.to_lowercase().starts_with("you") && *word != "young")
            .collect();
        assert!(left.is_empty(), "{}: {found}", shown.id);
    }
}

#[test]
fn grammar_is_turned_only_where_it_is_plain() {
    let database = database_of(&source());
    let guide = database.guide().expect("whole");
    let said = |title: &'static str| {
        let mut call = assessment(&guide, Verdict::Unsure, 0.1, &[], &["shared_code"]);
        call.actions[0].evidence.english = title;
        let found = text(&call, "", Recipient::Authority, None, None);
        found.lines().last().unwrap_or("").to_owned()
    };
    for (title, wanted) in [
        ("You were not to hang up", "- I was not to hang up"),
        (
            "They said you are \"mixed up\" in it",
            "- They said I am \"mixed up\" in it",
        ),
        (
            "They said they paid you too much",
            "- They said they paid me too much",
        ),
        (
            "They tried to get you to say \"yes\"",
            "- They tried to get me to say \"yes\"",
        ),
        ("An order you never made", "- An order I never made"),
        ("They asked for \"your\" PIN", "- They asked for \"my\" PIN"),
        (
            "They were rude to you, and you cannot be sure",
            "- They were rude to me, and I cannot be sure",
        ),
        ("Your phone lost its signal", "- My phone lost its signal"),
        ("You rang them yourself", "- I rang them myself"),
        ("They scared you badly", "- They scared you badly"),
        ("Young people rang", "- Young people rang"),
    ] {
        assert_eq!(said(title), wanted);
    }
}

proptest! {
    /// Whatever comes in, a text comes out, and it gives away no more.
    #[test]
    fn any_input_gives_a_text(note in ".{0,200}", caller in ".{0,40}", when in ".{0,40}", verdict in 0..3_usize) {
        let database = database_of(&source());
        let guide = database.guide().expect("whole");
        let call = assessment(&guide, Verdict::ALL[verdict], 0.9, &["press_key"], &["shared_code"]);
        for to in ALL {
            let found = text(&call, &note, to, Some(&caller), Some(&when));
            prop_assert!(!found.trim().is_empty());
            prop_assert!(found.chars().all(|c| c == '\n' || !c.is_control()));
            if to == Recipient::ShortCode {
                prop_assert!(!found.contains('\n'));
            }
        }
    }
}

const STARTED: u64 = 1_795_305_600;
const ENDED: u64 = STARTED + 1_200;
const CALL: CallWindow = CallWindow {
    started: STARTED,
    ended: ENDED,
};
const DAY: u64 = 86_400;
const ANYDESK: &str = "com.anydesk.anydeskandroid";
const PLUGIN: &str = "com.anydesk.adcontrol.ad1";

fn app(package: &str, installed_at: u64, updated_at: u64) -> InstalledApp<'_> {
    InstalledApp {
        package,
        installed_at,
        updated_at,
    }
}

/// Package, timing and whether by update of what is found.
fn found(installed: &[InstalledApp<'_>], call: CallWindow) -> Vec<(String, Timing, bool)> {
    let database = database_of(&source());
    let guide = database.guide().expect("whole");
    let found = remote_tool_findings(&guide, installed, call).expect("whole");
    let row = |found: &ringfence::check::ToolFinding<'_>| {
        assert_eq!(found.tool.id, "anydesk");
        (found.package.to_owned(), found.timing, found.by_update)
    };
    found.iter().map(row).collect()
}

#[test]
fn only_the_very_package_is_found() {
    let apps = [
        app("com.anydesk", STARTED, STARTED),
        app("COM.ANYDESK.ANYDESKANDROID", STARTED, STARTED),
        app("com.anydesk.anydeskandroid2", STARTED, STARTED),
        app("", STARTED, STARTED),
    ];
    assert_eq!(found(&apps, CALL), []);
    assert_eq!(found(&[], CALL), []);
}

#[test]
fn times_are_told_to_the_second() {
    for (time, timing) in [
        (0, Timing::Unknown),
        (1, Timing::LongAgo),
        (STARTED - 60 - 7 * DAY - 1, Timing::LongAgo),
        (STARTED - 60 - 7 * DAY, Timing::Recently),
        (STARTED - 61, Timing::Recently),
        (STARTED - 60, Timing::DuringCall),
        (STARTED, Timing::DuringCall),
        (ENDED + 60, Timing::DuringCall),
        (ENDED + 61, Timing::AfterCall),
        (ENDED + 60 + DAY, Timing::AfterCall),
        (ENDED + 60 + DAY + 1, Timing::Recently),
        (u64::MAX, Timing::Recently),
    ] {
        assert_eq!(CALL.timing(time), timing, "{time}");
        let wanted = (ANYDESK.to_owned(), timing, false);
        assert_eq!(found(&[app(ANYDESK, time, time)], CALL)[0].1, wanted.1);
        // An update says nothing, unless it was during the call.
        assert_eq!(found(&[app(ANYDESK, time, u64::MAX)], CALL), [wanted]);
    }
}

#[test]
fn half_a_window_will_do() {
    let window = |started, ended| CallWindow { started, ended };
    assert_eq!(window(0, 0).timing(STARTED), Timing::Unknown);
    assert_eq!(window(STARTED, 0).timing(STARTED + 30), Timing::DuringCall);
    assert_eq!(window(STARTED, 0).timing(STARTED + 90), Timing::AfterCall);
    assert_eq!(window(0, ENDED).timing(ENDED - 90), Timing::Recently);
    // A clock that was put back.
    assert_eq!(
        window(ENDED, STARTED).timing(STARTED + 90),
        Timing::DuringCall
    );
    let last = window(u64::MAX, u64::MAX);
    assert_eq!(last.timing(u64::MAX), Timing::DuringCall);
    assert_eq!(window(1, 1).timing(1), Timing::DuringCall);
}

#[test]
fn an_update_during_the_call_counts() {
    let long_ago = STARTED - 100 * DAY;
    let row = |timing, by_update| vec![(ANYDESK.to_owned(), timing, by_update)];
    let of = |installed, updated| found(&[app(ANYDESK, installed, updated)], CALL);
    assert_eq!(of(long_ago, STARTED + 5), row(Timing::DuringCall, true));
    assert_eq!(of(0, STARTED + 5), row(Timing::DuringCall, true));
    assert_eq!(of(STARTED + 5, STARTED + 5), row(Timing::DuringCall, false));
    assert_eq!(of(long_ago, ENDED + 500), row(Timing::LongAgo, false));
    assert_eq!(of(0, ENDED + 500), row(Timing::Unknown, false));
    assert_eq!(of(0, long_ago), row(Timing::LongAgo, false));
}

#[test]
fn the_most_worrying_comes_first() {
    let order = [
        (STARTED + 9, STARTED + 9, Timing::DuringCall),
        (STARTED + 5, STARTED + 5, Timing::DuringCall),
        (7, STARTED + 5, Timing::DuringCall),
        (ENDED + 500, 0, Timing::AfterCall),
        (0, 0, Timing::Unknown),
        (STARTED - DAY, 0, Timing::Recently),
        (9, 9, Timing::LongAgo),
    ];
    for (place, &(installed, updated, timing)) in order.iter().enumerate() {
        for &(later, later_updated, later_timing) in &order[place + 1..] {
            let first = app(PLUGIN, installed, updated);
            let second = app(ANYDESK, later, later_updated);
            let found = found(&[second, first], CALL);
            assert_eq!((found[0].0.as_str(), found[0].1), (PLUGIN, timing));
            assert_eq!((found[1].0.as_str(), found[1].1), (ANYDESK, later_timing));
        }
    }
    // One of two profiles.
    let both = [app(ANYDESK, 9, 9), app(ANYDESK, STARTED, STARTED)];
    let wanted = (ANYDESK.to_owned(), Timing::DuringCall, false);
    assert_eq!(found(&both, CALL), [wanted]);
}
