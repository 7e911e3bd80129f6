//! What people edit about calls: read whole, and refused with file, line and
//! what to do where it is wrong.

use std::fs;
use std::path::{Path, PathBuf};

use ringfence::check::guide::{EvidenceGroup, EvidenceIndex, ScriptKind};
use ringfence::check::note::Language;
use ringfence::database::{Database, SectionId};
use ringfence_publisher::facts::Release;
use ringfence_publisher::guide::{Deed, GuideSource, read, write};
use ringfence_publisher::{Error, file};
use tempfile::TempDir;

const FILES: [&str; 8] = [
    "flags.toml",
    "questions.toml",
    "remote-tools.toml",
    "scripts/prime_renewal.toml",
    "scripts/safe_account.toml",
    "scripts/shop_genuine.toml",
    "advice/steps.toml",
    "advice/GB.toml",
];

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/guide")
}

fn sound() -> GuideSource {
    read(&fixture()).expect("the fixture is sound")
}

/// A data folder that can be read, to be spoilt.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["scripts", "advice"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
    }
    for name in FILES {
        fs::copy(fixture().join(name), folder.path().join(name)).expect("copied");
    }
    folder
}

/// The error of a folder, without the folder's path.
fn error_of(folder: &TempDir) -> String {
    let error = read(folder.path()).expect_err("it is wrong").to_string();
    error.replace(&format!("{}/", folder.path().display()), "")
}

/// Makes changes to a file that make it wrong, one at a time, and expects the
/// error to name the file, the line and a message.
///
/// Each line of `changes` is one: after the text A, the first B becomes C, and
/// the message is D, written `A | B | C | D`. In C `¶` is a line feed, `<9>`
/// nine letters, and `§` stands on the line that is named, where that is not
/// the one on which C starts.
fn assert_refused(file: &str, changes: &str) {
    for change in changes.trim().lines() {
        let mut parts = change.split('|').map(str::trim);
        let mut part = || parts.next().expect("it has four parts");
        let (after, old, new, message) = (part(), part(), part(), part());
        let mut new = new.replace('¶', "\n");
        if let Some((start, rest)) = new.split_once('<')
            && let Some((count, end)) = rest.split_once('>')
        {
            let letters = "a".repeat(count.parse().expect("a number"));
            new = format!("{start}{letters}{end}");
        }
        let folder = folder();
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("it can be read");
        let start = text.find(after).expect(change);
        let at = start + text[start..].find(old).expect(change);
        let mark = new.find('§').unwrap_or(0);
        let changed = format!("{}{new}{}", &text[..at], &text[at + old.len()..]);
        let line = 1 + changed[..at + mark].matches('\n').count();
        fs::write(&path, changed.replace('§', "")).expect("written");
        let error = error_of(&folder);
        let place = format!("{file}:{line}: ");
        assert!(error.starts_with(&place), "{change}: {error}, not {place}");
        assert!(error.contains(message), "{change}: {error}");
    }
}

#[test]
fn everything_is_read() {
    let source = sound();
    let flag = &source.evidence[5];
    assert_eq!(flag.id, "remote_access_request");
    assert_eq!((flag.group, flag.strong), (EvidenceGroup::Flag, true));
    assert_eq!(
        (flag.base, flag.why.as_str()),
        (0.01, "No shop needs your screen.")
    );
    let ids: Vec<&str> = source
        .scripts
        .iter()
        .map(|script| script.id.as_str())
        .collect();
    assert_eq!(ids, ["prime_renewal", "safe_account", "shop_genuine"]);
    let script = &source.scripts[0];
    assert_eq!(script.kind, ScriptKind::Scam);
    let says: Vec<&str> = script.says().collect();
    assert_eq!(says.len(), 3);
    assert_eq!(says[2], "Tell me the nine digits.");
    let notes: Vec<_> = script
        .notes
        .iter()
        .map(|(tag, note)| (*tag, note.as_str()))
        .collect();
    assert_eq!(
        notes,
        [
            (Language::German, "Prime wird teurer, drücken Sie die 1"),
            (Language::English, "amazon rang about prime, pressed 1"),
            (Language::English, "they wanted me on anydesk"),
        ]
    );
    // Evidence stands in the order of the file.
    let stage = &script.stages[1];
    assert_eq!(
        stage.evidence,
        [(EvidenceIndex(5), 0.9), (EvidenceIndex(4), 0.2)]
    );
}

#[test]
fn likelihoods_are_those_of_all_stages_together() {
    let source = sound();
    let likelihoods = source.scripts[0].likelihoods(&source.evidence);
    // In the first stage 0.4, in the second, which half the calls reach, 0.2.
    let press_key = 1.0 - (1.0 - 0.4) * (1.0 - 0.5 * 0.2);
    let expected = [0.95, 0.008, 0.9, 0.03, press_key, 0.45, 0.004, 0.004];
    for (found, expected) in likelihoods.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
    }
    assert_eq!(likelihoods.len(), expected.len());
}

#[test]
fn a_country_replaces_and_adds_steps() {
    let source = sound();
    let ids = |steps: &[ringfence_publisher::guide::Step]| {
        let ids = steps.iter().map(|step| step.id.clone());
        ids.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        ids(&source.steps),
        "hang_up all_fine ring_bank remove_tool report"
    );
    let [au, gb] = source.countries.as_slice() else {
        panic!("there are two countries");
    };
    assert_eq!((au.region.as_str(), gb.region.as_str()), ("AU", "GB"));
    assert_eq!(
        ids(&gb.steps),
        "hang_up all_fine ring_bank ombudsman remove_tool report"
    );
    // Only what a country gives is replaced.
    assert_eq!(au.steps[0].text, "Hang up now.");
    assert_eq!(
        au.steps[0].action,
        Some(Deed::OpenSettings("airplane_mode".to_owned()))
    );
    assert_eq!(au.steps[1..], source.steps[1..]);
    assert_eq!(gb.steps[5].text, "Report the call to Report Fraud.");
    assert_eq!(
        gb.steps[5].action,
        Some(Deed::ShareReport("report".to_owned()))
    );
    assert_eq!(gb.steps[2].asked, source.steps[2].asked);
    assert!(au.report.is_none());
}

#[test]
fn writing_is_deterministic() {
    let bytes = write(&sound()).expect("it fits");
    assert!(bytes == write(&sound()).expect("it fits"));
}

#[test]
fn a_script_is_one_file() {
    let folder = folder();
    let text = fs::read_to_string(fixture().join("scripts/safe_account.toml")).expect("read");
    fs::write(folder.path().join("scripts/another.toml"), text).expect("written");
    let source = read(folder.path()).expect("it is sound");
    assert_eq!(source.scripts.len(), 4);
    assert_eq!(source.scripts[0].id, "another");
    // The others keep their look-alikes, whose numbers have changed.
    let alike = source.scripts[2].look_alikes[0];
    assert_eq!(source.scripts[alike.get()].id, "prime_renewal");
    let release = Release {
        name: "guide".to_owned(),
        issued: 0,
    };
    let section = write(&source).expect("it fits");
    let file = file::write(&release, &[(SectionId::GUIDE, section)]).expect("it fits");
    let database = Database::from_bytes(file).expect("it opens");
    let guide = database.guide().expect("whole");
    let script = guide.script_by_id("another").expect("whole");
    let script = script.expect("it is there");
    assert_eq!(script.title, "Safe account call");
    let likelihood = guide.likelihood(script.index, EvidenceIndex(1));
    assert!((likelihood.expect("whole") - 0.97).abs() < 1e-5);
}

#[test]
fn wrong_evidence_is_refused() {
    assert_refused(
        "flags.toml",
        r#"
 | [claims_shop] | [Claims_shop] | write the id in lower case with _
 | [claims_bank] | [claims_shop] | duplicate key
 | "claim" | "claims" | the group is claim, topic, sign, flag or action
 | 0.006 | 0.2 | give a base from 0.001 to 0.05
 | 0.006 | nan | give a base from 0.001 to 0.05
 | 0.006 | 0 | give a base from 0.001 to 0.05
 | They said they were a shop | | the text has 0 characters: write 1 to 70
 | a shop? | <91> | characters: write 1 to 90
 | ask = | question = | unknown field `question`
[expected_call] | You knew | <150> | characters: write 1 to 160
[expected_call] | You knew | You\nknew | write it on one line, without control characters
[expected_call] | ring. | ring. ". | expected newline
[expected_call] | "You knew | "\u0020You knew | leave out the spaces at its start and end
[expected_call] | why = | strong = §true¶why = | only flags can be strong: leave it out
 | [expected_call] | [§dear]¶group = "flag"¶base = 0.03¶title = "T"¶ask = "A"¶[expected_call] | say in why what this flag tells
[gave_remote_access] | ask = | why = "So."¶ask = | only signs and flags have a why: leave it out
"#,
    );
}

#[test]
fn a_wrong_script_is_refused() {
    assert_refused(
        "scripts/prime_renewal.toml",
        r#"
 | "scam" | "fraud" | the kind is scam or genuine
 | Fake renewal call | | the text has 0 characters: write 1 to 60
 | Fake renewal call | <61> | the text has 61 characters: write 1 to 60
 | Someone says | <301> | characters: write 1 to 300
 | names = | name = | unknown field `name`
 | "AU" | "UK" | there is no country UK: write its ISO code, such as GB
 | "AU" | "gb" | there is no country gb
 | "AU" | "GB" | GB stands here twice: leave one out
 | shop_genuine | shop_unknown | there is no scripts/shop_unknown.toml: correct the id or add it
 | shop_genuine | prime_renewal | a script does not look like itself: leave it out
 | shop_genuine | safe_account | safe_account stands here twice: leave one out
 | The shop never | \t | without control characters
"recording" | 1.0 | 0.9 | every call gets to the first stage: write reached = 1.0
"screen" | 0.5 | 0.0 | give a share above 0, up to 1
"screen" | 0.5 | 1.5 | give a share above 0, up to 1
"screen" | 0.5 | -inf | give a share above 0, up to 1
 | "screen" | "recording" | the id recording is used before: choose another
 | "screen" | "the screen" | write the id in lower case with _
 | They want your screen | <91> | the text has 91 characters: write 1 to 90
 | Please open | <300> | characters: write 1 to 200
 | claims_shop | claim_shop | flags.toml has no evidence claim_shop: correct the id or add it there
 | claims_shop | shared_code | shared_code is what the person did, which no script tells
 | press_key | claims_shop | duplicate key
 | 0.95 | 0.98 | give a likelihood from 0.01 to 0.97
 | 0.95 | 0.009 | give a likelihood from 0.01 to 0.97
 | 0.95 | nan | give a likelihood from 0.01 to 0.97
 | Which? | | name the source
 | https://www.which | www.which | write the address of a page, such as https://example.org
 | 2026-11-22 | 2026-11-31 | write the date as 2026-11-22
 | 2026-11-22 | 22 November | write the date as 2026-11-22
 | de = | sv = | notes are in one of en, fr, de,
 | de = | DE = | notes are in one of en, fr, de,
[notes] | they wanted me on anydesk | | the text has 0 characters
"#,
    );
    for (from, message) in [
        (
            "[[stages]]",
            "describe the call in 1 to 8 tables [[stages]]",
        ),
        (
            "[[sources]]",
            "name at least one source in a table [[sources]]",
        ),
    ] {
        let folder = folder();
        let path = folder.path().join("scripts/prime_renewal.toml");
        let text = fs::read_to_string(&path).expect("read");
        let end = text.find(from).expect("it is there");
        fs::write(&path, &text[..end]).expect("written");
        let error = error_of(&folder);
        assert_eq!(error, format!("scripts/prime_renewal.toml:1: {message}"));
    }
}

#[test]
fn wrong_questions_are_refused() {
    assert_refused(
        "questions.toml",
        r#"
 | "wanted" | "who" | the id who is used before: choose another
 | "bank" | "shop" | the id shop is used before: choose another
 | claims_shop | claim_shop | flags.toml has no evidence claim_shop
"wanted" | press_key | remote_access_request | remote_access_request stands here twice
 | Who did | <120> | characters: write 1 to 120
 | A bank | | the text has 0 characters: write 1 to 100
 | evidence = [] | evidences = [] | unknown field `evidences`
 | [[questions]] | [[questions]]¶id = §"few"¶text = "Few?"¶[[questions]] | the question few has 0 options: give 2 to 7
 | [[questions]] | [[questions]]¶id = §"few"¶text = "Few?"¶[[questions.options]]¶id = "o"¶text = "O"¶evidence = []¶[[questions]] | few has 1 options
"#,
    );
    let folder = folder();
    let path = folder.path().join("questions.toml");
    let mut text = fs::read_to_string(&path).expect("read");
    for number in 2..8 {
        let option = format!("id = \"o{number}\"\ntext = \"O\"\nevidence = []\n");
        text = format!("{text}[[questions.options]]\n{option}");
    }
    fs::write(&path, text).expect("written");
    let error = error_of(&folder);
    assert_eq!(
        error,
        "questions.toml:18: the question wanted has 8 options: give 2 to 7"
    );
}

#[test]
fn wrong_advice_is_refused() {
    assert_refused(
        "advice/steps.toml",
        r#"
 | "hang_up" | "ring_bank" | the id ring_bank is used before: choose another
 | "hang_up" | "" | write the id in lower case with _
 | R2 | R7 | the block is one of R0 to R6
 | order = 20 | order = -1 | expected u16
 | "unsure" | "maybe" | a verdict is scam, unsure or clear
 | "scam", "unsure" | | name at least one verdict: scam, unsure or clear
 | gave_remote_access | gave_remote | flags.toml has no evidence gave_remote
 | gave_remote_access | press_key | press_key is of the group flag: done takes only what the person did
 | remote_access_request | shared_code | asked takes only what was seen in the call, put it into done
 | safe_account | safe | there is no scripts/safe.toml
 | Hang up now. | <201> | the text has 201 characters: write 1 to 200
 | Hang up now. | | the text has 0 characters: write 1 to 200
 | text = "Hang | source = "Me"¶text = "Hang | unknown field `source`
 | uninstall = "remote_tool" | | do has one of dial, open_settings, uninstall, share_report and open_page
 | uninstall = | dial = "159", uninstall = | do has one of dial, open_settings
 | uninstall = | call = | unknown field `call`
 | uninstall = | dial = | dial takes a number as it is dialled
 | uninstall = | open_settings = | open_settings is one of wifi, apps, airplane_mode, call_blocking
 | uninstall = | share_report = | share_report is report or a short number
 | uninstall = | open_page = | write the address of a page
 | "remote_tool" | "all" | uninstall is remote_tool
"#,
    );
}

#[test]
fn a_wrong_country_is_refused() {
    assert_refused(
        "advice/GB.toml",
        r#"
 | "GB" | "UK" | there is no country UK
 | "GB" | "IE" | name the file IE.toml after its country
 | United Kingdom | | the text has 0 characters
 | ring_bank | bank | steps.toml has no step bank: correct the id, or write add = true
 | ombudsman | hang_up | steps.toml has a step hang_up too: leave out add, or rename it
 | [steps.ring_bank] | [steps.ring_bank]¶block = "R1" | a country replaces only text and do of a step
 | [steps.ring_bank] | [steps.ring_bank]¶done = [] | a country replaces only text and do of a step
 | [steps.ring_bank] | [§steps.hang_up]¶source = "S"¶url = "https://a.org"¶date = "2026-11-22"¶[steps.ring_bank] | give a text or a do that replaces the usual one
 | 2026-11-22 | today | write the date as 2026-11-22
 | Stop Scams UK | | name the source
 | https://stop | https:// stop | write the address of a page
[steps.ombudsman] | ombudsman | ring_bank | duplicate key
 | [steps.ombudsman] | [§steps.more]¶add = true¶source = "S"¶url = "https://a.org"¶date = "2026-11-22"¶[steps.ombudsman] | a step that is added has block, order, when and text
[steps.ombudsman] | shared_code | claims_shop | done takes only what the person did
[steps.ombudsman] | ombudsman | Ombudsman | write the id in lower case with _
 | [report] | [reports] | unknown field `reports`
[report] | 7726 | spam | write the number as it is dialled, with digits and spaces
[report] | 0300 | (0300) | write the number as it is dialled
[report] | https://www | www | write the address of a page
"#,
    );
}

#[test]
fn wrong_tools_are_refused() {
    assert_refused(
        "remote-tools.toml",
        r#"
 | Google Play | | name the source
 | 2026-11-22 | 2026 | write the date as 2026-11-22
 | desktop_only | anydesk | the id anydesk is used before: choose another
 | com.anydesk.adcontrol.ad1 | anydesk | anydesk is no Android package: write it as com.example.app
 | com.anydesk.adcontrol.ad1 | com.1anydesk | com.1anydesk is no Android package
 | com.anydesk.adcontrol.ad1 | com..anydesk | is no Android package
 | com.anydesk.adcontrol.ad1 | com.any-desk | is no Android package
"desktop_only" | packages = [] | packages = ["com.anydesk.adcontrol.ad1"] | is listed for anydesk too: leave one out
 | Desktop Only | | the text has 0 characters: write 1 to 60
 | names = [] | name_list = [] | unknown field `name_list`
"#,
    );
}

#[test]
fn files_have_the_right_names() {
    for (file, copy, message) in [
        (
            "scripts/safe_account.toml",
            "scripts/Safe-Account.toml",
            "name the file in lower case with _, such as tech_support.toml",
        ),
        (
            "advice/GB.toml",
            "advice/gb.toml",
            "name the file GB.toml after its country",
        ),
    ] {
        let folder = folder();
        fs::copy(folder.path().join(file), folder.path().join(copy)).expect("copied");
        let error = error_of(&folder);
        assert_eq!(error, format!("{copy}:1: {message}"));
    }
    for name in [
        "flags.toml",
        "questions.toml",
        "remote-tools.toml",
        "advice/steps.toml",
    ] {
        let folder = folder();
        fs::remove_file(folder.path().join(name)).expect("removed");
        let error = read(folder.path()).expect_err("it is missing");
        assert!(
            matches!(&error, Error::Io { path, .. } if path.ends_with(name)),
            "{error}"
        );
    }
}
