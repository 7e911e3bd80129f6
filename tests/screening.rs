//! The policy: examples for every rule.

mod common;

use common::screening::{DAY, NOW, Remembered, at_home, decide, in_mode, region, settings};
use ringfence::screening::{
    Action, Call, Caller, Category, Direction, Familiarity, Mode, NoMemory, Presentation, Rule,
    Settings, Verification, explain, screen,
};

#[test]
fn every_sort_of_caller_gets_its_verdict() {
    use Action::{Allow, Reject, Warn};
    let table = [
        // Fiction: nobody honest can show it.
        (
            "07700 900123",
            "GB",
            Reject,
            "impossible_caller_id",
            "fiction",
        ),
        (
            "+44 20 7946 0958",
            "FR",
            Reject,
            "impossible_caller_id",
            "fiction",
        ),
        (
            "01632 960001",
            "GB",
            Reject,
            "impossible_caller_id",
            "fiction",
        ),
        (
            "(212) 555-0147",
            "US",
            Reject,
            "impossible_caller_id",
            "fiction",
        ),
        (
            "06 39 98 12 34",
            "FR",
            Reject,
            "impossible_caller_id",
            "fiction",
        ),
        (
            "030 23125 123",
            "DE",
            Reject,
            "impossible_caller_id",
            "fiction",
        ),
        (
            "020 912 3456",
            "IE",
            Reject,
            "impossible_caller_id",
            "fiction",
        ),
        (
            "0491 570 156",
            "AU",
            Reject,
            "impossible_caller_id",
            "fiction",
        ),
        // HMRC's own helpline: people save it, so this only warns.
        (
            "0300 200 3300",
            "GB",
            Warn,
            "impossible_caller_id",
            "do_not_originate",
        ),
        (
            "+44 20 79",
            "GB",
            Warn,
            "impossible_caller_id",
            "impossible_length",
        ),
        (
            "+44 20 7946 0018 123",
            "GB",
            Reject,
            "impossible_caller_id",
            "impossible_length",
        ),
        // Where firms choose the length, and where the country is a guess, a
        // wrong length only warns.
        (
            "+43 1 58858 123456789",
            "GB",
            Warn,
            "impossible_caller_id",
            "impossible_length",
        ),
        (
            "020 7946 0018 123",
            "GB",
            Warn,
            "impossible_caller_id",
            "impossible_length",
        ),
        // A foreign number that lost its plus sign.
        ("33612345678", "GB", Allow, "nothing_known", "nothing_known"),
        (
            "442079461958",
            "US",
            Allow,
            "nothing_known",
            "nothing_known",
        ),
        (
            "525556979284",
            "US",
            Allow,
            "nothing_known",
            "nothing_known",
        ),
        // Ranges with a meaning.
        ("070 1234 5678", "GB", Warn, "range", "personal_number"),
        ("076 0123 4567", "GB", Warn, "range", "pager"),
        ("09012 345678", "GB", Warn, "range", "premium_rate"),
        ("01 62 34 56 78", "FR", Warn, "range", "telemarketing"),
        ("+33162345678", "GB", Warn, "range", "telemarketing"),
        ("09 48 12 34 56", "FR", Warn, "range", "telemarketing"),
        ("0303 123 4567", "BR", Warn, "range", "telemarketing"),
        ("+911401234567", "IN", Warn, "range", "telemarketing"),
        ("+216 20 123 456", "GB", Warn, "range", "one_ring"),
        ("+1 876 512 3456", "GB", Warn, "range", "one_ring"),
        ("876 512 3456", "US", Warn, "range", "one_ring"),
        ("+1 900 234 5678", "US", Warn, "range", "premium_rate"),
        (
            "+44 7900",
            "GB",
            Warn,
            "impossible_caller_id",
            "impossible_length",
        ),
        ("+44 4000 000000", "GB", Warn, "range", "unallocated"),
        // Not against anyone.
        (
            "07624 123456",
            "GB",
            Allow,
            "nothing_known",
            "nothing_known",
        ),
        (
            "09 37 12 34 56",
            "FR",
            Allow,
            "nothing_known",
            "service_platform",
        ),
        (
            "07400 123456",
            "GB",
            Allow,
            "nothing_known",
            "nothing_known",
        ),
        (
            "020 7946 1958",
            "GB",
            Allow,
            "nothing_known",
            "nothing_known",
        ),
        (
            "+1 202 456 1111",
            "GB",
            Allow,
            "nothing_known",
            "nothing_known",
        ),
        // At home a country is nothing strange.
        ("20 123 456", "TN", Allow, "nothing_known", "nothing_known"),
        (
            "876 512 3456",
            "JM",
            Allow,
            "nothing_known",
            "nothing_known",
        ),
        // Emergency numbers and short codes.
        ("999", "GB", Allow, "emergency", "emergency"),
        ("112", "GB", Allow, "emergency", "emergency"),
        ("tel:112", "DE", Allow, "emergency", "emergency"),
        ("911", "JP", Allow, "emergency", "emergency"),
        ("110", "DE", Allow, "emergency", "emergency"),
        ("９９９", "GB", Allow, "emergency", "emergency"),
        ("110", "GB", Allow, "nothing_known", "short_code"),
        ("60163", "GB", Allow, "nothing_known", "short_code"),
        ("87892", "US", Allow, "nothing_known", "short_code"),
        // No number, or none that can be read.
        ("", "GB", Warn, "hidden_number", "hidden"),
        ("  ", "GB", Warn, "hidden_number", "hidden"),
        ("Anonymous", "GB", Warn, "hidden_number", "hidden"),
        ("UNKNOWN", "GB", Warn, "hidden_number", "hidden"),
        ("-2", "GB", Warn, "hidden_number", "hidden"),
        (
            "sip:anonymous@anonymous.invalid",
            "GB",
            Warn,
            "hidden_number",
            "hidden",
        ),
        (
            "Amazon",
            "GB",
            Warn,
            "hidden_number",
            "unknown_caller_format",
        ),
        (
            "AMAZON1",
            "GB",
            Warn,
            "hidden_number",
            "unknown_caller_format",
        ),
        (
            "bob@example.com",
            "GB",
            Warn,
            "hidden_number",
            "unknown_caller_format",
        ),
        (
            "sip:bob@example.com",
            "GB",
            Warn,
            "hidden_number",
            "unknown_caller_format",
        ),
        (
            "555 1234",
            "US",
            Warn,
            "hidden_number",
            "unknown_caller_format",
        ),
        (
            "\u{202E}\u{200D}",
            "GB",
            Warn,
            "hidden_number",
            "unknown_caller_format",
        ),
        (
            "123456789012345678901234567890",
            "GB",
            Warn,
            "hidden_number",
            "unknown_caller_format",
        ),
        // Numbers inside addresses are looked at as numbers.
        (
            "sip:+447700900123@host;user=phone",
            "GB",
            Reject,
            "impossible_caller_id",
            "fiction",
        ),
        (
            "tel:+44-7700-900123",
            "US",
            Reject,
            "impossible_caller_id",
            "fiction",
        ),
    ];
    for (number, home, action, rule, category) in table {
        let verdict = decide(&at_home(number, home), &Settings::default(), &NoMemory, NOW);
        let found = (verdict.action, verdict.rule.id(), verdict.category.id());
        assert_eq!(found, (action, rule, category), "{number} in {home}");
    }
}

#[test]
fn a_phone_without_a_home_region_says_so() {
    let database = common::bundled();
    let call = Call::incoming("020 7946 0018");
    assert_eq!(Caller::of(&call, &database), Caller::NoHomeRegion);
    let verdict = decide(&call, &Settings::default(), &NoMemory, NOW);
    assert_eq!(verdict.category, Category::UnknownCallerFormat);
    // Emergency numbers that hold on every phone need none.
    let call = Call::incoming("112");
    assert_eq!(Caller::of(&call, &database), Caller::Emergency);
}

#[test]
fn what_the_phone_reports_of_a_hidden_caller_counts() {
    for (presentation, category) in [
        (Presentation::Restricted, Category::Hidden),
        (Presentation::Unknown, Category::Hidden),
        (Presentation::Payphone, Category::UnknownCallerFormat),
    ] {
        let call = Call {
            presentation,
            ..at_home("", "GB")
        };
        let verdict = decide(&call, &Settings::default(), &NoMemory, NOW);
        assert_eq!(
            (verdict.rule, verdict.category),
            (Rule::HiddenNumber, category)
        );
        assert_eq!(verdict.action, Action::Warn);
        let strict = decide(&call, &in_mode(Mode::Strict), &NoMemory, NOW);
        assert_eq!(strict.action, Action::Silence);
    }
}

#[test]
fn a_forged_number_is_rejected_and_a_vouched_one_is_not_trusted() {
    let with = |verification, number| Call {
        verification,
        ..at_home(number, "US")
    };
    let good = "+1 202 456 1111";
    let verdict = decide(
        &with(Verification::Failed, good),
        &Settings::default(),
        &NoMemory,
        NOW,
    );
    assert_eq!(
        (verdict.action, verdict.category),
        (Action::Reject, Category::Spoofed)
    );
    let call = with(Verification::Passed, "+1 212 555 0147");
    let verdict = decide(&call, &Settings::default(), &NoMemory, NOW);
    assert_eq!(verdict.category, Category::Fiction);
    // An emergency number comes through even so.
    let call = with(Verification::Failed, "911");
    assert_eq!(
        decide(&call, &in_mode(Mode::Strict), &NoMemory, NOW).action,
        Action::Allow
    );
}

#[test]
fn modes_are_one_step_apart() {
    let action =
        |number, mode| decide(&at_home(number, "GB"), &in_mode(mode), &NoMemory, NOW).action;
    let modes = [Mode::Gentle, Mode::Standard, Mode::Strict];
    let actions = |number| modes.map(|mode| action(number, mode));
    use Action::{Allow, Reject, Silence, Warn};
    assert_eq!(actions("07700 900123"), [Silence, Reject, Reject]);
    assert_eq!(actions("070 1234 5678"), [Warn, Warn, Silence]);
    assert_eq!(actions("0300 200 3300"), [Warn, Warn, Silence]);
    assert_eq!(actions("Anonymous"), [Warn, Warn, Silence]);
    assert_eq!(actions("07400 123456"), [Allow, Allow, Allow]);
    // Whole countries are only ever warned of.
    assert_eq!(actions("+216 20 123 456"), [Warn, Warn, Warn]);
}

#[test]
fn an_old_database_is_trusted_less() {
    let call = at_home("070 1234 5678", "GB");
    let years = |years: u64| {
        decide(
            &call,
            &in_mode(Mode::Strict),
            &NoMemory,
            NOW + years * 365 * DAY,
        )
    };
    assert_eq!(years(0).action, Action::Silence);
    assert!(years(3).confidence < years(0).confidence);
    assert_eq!(years(6).action, Action::Warn);
    // A clock that is behind makes nothing of it.
    let before = decide(&call, &in_mode(Mode::Strict), &NoMemory, 0);
    assert_eq!(before.action, Action::Silence);
}

#[test]
fn a_second_call_within_three_minutes_is_let_through_with_a_warning() {
    let called = |ago| Remembered {
        last_call: Some(NOW - ago),
        ..Remembered::default()
    };
    let strict = in_mode(Mode::Strict);
    let call = at_home("070 1234 5678", "GB");
    assert_eq!(
        decide(&call, &strict, &called(180), NOW).action,
        Action::Warn
    );
    assert_eq!(
        decide(&call, &strict, &called(181), NOW).action,
        Action::Silence
    );
    // What nobody honest can show stays out.
    let fiction = at_home("07700 900123", "GB");
    assert_eq!(
        decide(&fiction, &strict, &called(10), NOW).action,
        Action::Reject
    );
}

#[test]
fn strangers_are_warned_of_for_three_days_after_a_scam() {
    let scammed = |ago| Remembered {
        last_scam: Some(NOW - ago),
        ..Remembered::default()
    };
    let call = at_home("07400 123456", "GB");
    let within = decide(&call, &Settings::default(), &scammed(72 * 3600 - 1), NOW);
    assert_eq!(
        (within.action, within.category),
        (Action::Warn, Category::AfterScam)
    );
    let after = decide(&call, &Settings::default(), &scammed(72 * 3600), NOW);
    assert_eq!(after.action, Action::Allow);
    let known = Remembered {
        familiarity: Some(Familiarity::Called),
        ..scammed(10)
    };
    assert_eq!(
        decide(&call, &Settings::default(), &known, NOW).rule,
        Rule::Known
    );
}

#[test]
fn outgoing_calls_are_warned_of_and_never_stopped() {
    let outgoing = |number| Call {
        direction: Direction::Outgoing,
        ..at_home(number, "GB")
    };
    let strict = in_mode(Mode::Strict);
    for number in ["+216 20 123 456", "09012 345678", "070 1234 5678"] {
        assert_eq!(
            decide(&outgoing(number), &strict, &NoMemory, NOW).action,
            Action::Warn
        );
    }
    // HMRC's helpline is the right number to ring.
    for number in [
        "0300 200 3300",
        "07400 123456",
        "999",
        "",
        "*#06#",
        "07700 900123",
    ] {
        assert_eq!(
            decide(&outgoing(number), &strict, &NoMemory, NOW).action,
            Action::Allow
        );
    }
}

#[test]
fn debug_output_holds_no_number() {
    let call = at_home("07700 900123", "GB");
    let database = common::bundled();
    let caller = Caller::of(&call, &database);
    let verdict = screen(&call, &Settings::default(), &NoMemory, &database, NOW);
    let explained = explain(&call, &Settings::default(), &NoMemory, &database, NOW);
    let shown = format!("{call:?} {caller:?} {verdict:?} {explained:?} {database:?}");
    assert!(
        !shown.contains("900123") && !shown.contains("7700"),
        "{shown}"
    );
}

#[test]
fn only_absurd_lengths_are_rejected() {
    let action =
        |number| decide(&at_home(number, "GB"), &Settings::default(), &NoMemory, NOW).action;
    // What exchanges add or drop, a mobile form of former times, and helplines
    // with a calling code before them.
    for number in [
        "+447400 1234567",
        "+5215512345678",
        "+12530000",
        "+44111",
        "+44999",
        "+44116123",
        "+333949",
    ] {
        assert_eq!(action(number), Action::Warn, "{number}");
    }
    for number in [
        "+44 20 7946 0018 123",
        "+1 202 456 1111 2345",
        "+33 6 12 34 56 78 901",
    ] {
        assert_eq!(action(number), Action::Reject, "{number}");
    }
}

#[test]
fn confidence_fades_as_laid_down() {
    let verdict = |number: &str, days: u64| {
        let now = 1_795_305_600 + days * DAY;
        decide(&at_home(number, "GB"), &Settings::default(), &NoMemory, now)
    };
    // Confidence and half-life: c * h / (h + age).
    let table = [
        ("07700 900123", 97, 3650),
        ("070 1234 5678", 80, 1825),
        ("+33162345678", 90, 1095),
        ("0300 200 3300", 60, 1095),
        ("+216 20 123 456", 60, 730),
        ("+44 20 7946 0018 123", 90, 365),
        ("+44 4000 000000", 45, 365),
    ];
    for (number, fresh, half_life) in table {
        assert_eq!(verdict(number, 0).confidence, fresh, "{number}");
        let old = u64::from(fresh) * half_life / (half_life + 400);
        assert_eq!(u64::from(verdict(number, 400).confidence), old, "{number}");
    }
    // A plan may have grown longer since.
    assert_eq!(verdict("+44 20 7946 0018 123", 0).action, Action::Reject);
    assert_eq!(verdict("+44 20 7946 0018 123", 300).action, Action::Warn);
}

#[test]
fn a_hidden_caller_who_rings_twice_is_let_through_with_a_warning() {
    let again = Remembered {
        last_call: Some(NOW - 60),
        ..Remembered::default()
    };
    let strict = in_mode(Mode::Strict);
    let hidden = at_home("", "GB");
    assert_eq!(decide(&hidden, &strict, &again, NOW).action, Action::Warn);
    assert_eq!(
        decide(&hidden, &strict, &NoMemory, NOW).action,
        Action::Silence
    );
    let name = at_home("Amazon", "GB");
    assert_eq!(decide(&name, &strict, &again, NOW).action, Action::Silence);
}

#[test]
fn after_a_scam_short_codes_and_strict_mode_stay_as_they_are() {
    let scammed = Remembered {
        last_scam: Some(NOW - 60),
        ..Remembered::default()
    };
    let strict = in_mode(Mode::Strict);
    let short = decide(&at_home("60163", "GB"), &strict, &scammed, NOW);
    assert_eq!(
        (short.action, short.category),
        (Action::Allow, Category::ShortCode)
    );
    let stranger = decide(&at_home("07400 123456", "GB"), &strict, &scammed, NOW);
    assert_eq!(
        (stranger.action, stranger.category),
        (Action::Warn, Category::AfterScam)
    );
}

#[test]
fn outgoing_calls_get_words_of_their_own() {
    let database = common::bundled();
    let words = |number: &str, settings: &Settings| {
        let call = Call {
            direction: Direction::Outgoing,
            presentation: Presentation::Restricted,
            verification: Verification::Failed,
            ..at_home(number, "GB")
        };
        let explained = explain(&call, settings, &NoMemory, &database, NOW);
        let reasons: Vec<_> = explained.reasons().map(|step| &step.text).collect();
        assert!(
            reasons.iter().all(|text| !text.contains("caller")),
            "{reasons:?}"
        );
        (explained.verdict.action, explained.title, explained.advice)
    };
    for number in ["0300 200 3300", "112", "07400 123456", "Anonymous"] {
        let (action, title, advice) = words(number, &Settings::default());
        let expected = (Action::Allow, "Your call", "");
        assert_eq!(
            (action, title.as_str(), advice.as_str()),
            expected,
            "{number}"
        );
    }
    let blocking = settings(r#"{"block": ["+447400123456"]}"#);
    let (action, title, advice) = words("07400 123456", &blocking);
    assert_eq!((action, title.as_str()), (Action::Warn, "Blocked by you"));
    assert!(advice.contains("Hang up"), "{advice}");
}

#[test]
fn numbers_without_a_country_are_told_from_those_of_none_that_exists() {
    let database = common::bundled();
    let caller = |number: &str, home: Option<&str>| {
        let call = Call {
            home: home.map(region),
            ..Call::incoming(number)
        };
        Caller::of(&call, &database)
    };
    assert_eq!(caller("07400 123456", Some("ZZ")), Caller::NoHomeRegion);
    assert_eq!(caller("07400 123456", None), Caller::NoHomeRegion);
    assert_eq!(caller("+999 123456789", None), Caller::Unreadable);
    assert_eq!(caller("+999 123456789", Some("GB")), Caller::Unreadable);
    for word in [
        "Privat",
        "unbekannt",
        "Inconnu",
        "Number Withheld",
        "numéro masqué",
    ] {
        assert_eq!(caller(word, Some("DE")), Caller::Hidden, "{word}");
    }
}

#[test]
fn a_delivery_range_is_named() {
    let call = at_home("09 37 12 34 56", "FR");
    let verdict = decide(&call, &Settings::default(), &NoMemory, NOW);
    assert_eq!(
        (verdict.action, verdict.category),
        (Action::Allow, Category::ServicePlatform)
    );
    assert!(verdict.range.is_some());
}
