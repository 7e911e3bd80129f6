//! Numbers in every form a phone or a person gives, and what must hold for
//! all text. `tests/oracle.rs` holds the mass of cases; these are the ones to
//! read.

mod common;

use proptest::prelude::*;
use ringfence::number::{E164, Kind, Length, Number, ParseError, Region};

fn parse(text: &str, home: &str) -> Result<Number, ParseError> {
    let database = common::bundled();
    let plan = database.plan().expect("a whole plan");
    plan.parse(text, home.parse().ok())
}

fn e164(text: &str, home: &str) -> String {
    match parse(text, home) {
        Ok(number) => number.e164.to_string(),
        Err(error) => error.name().to_owned(),
    }
}

#[test]
fn one_number_in_many_forms_is_one_key() {
    let forms = [
        ("+442079460018", "-"),
        ("020 7946 0018", "GB"),
        ("(020) 7946-0018", "GB"),
        ("020.7946.0018", "GB"),
        ("2079460018", "GB"),
        ("0044 20 7946 0018", "GB"),
        ("00442079460018", "DE"),
        ("011 44 20 7946 0018", "US"),
        ("810 44 20 7946 0018", "RU"),
        ("0011 44 20 7946 0018", "AU"),
        ("+44 (0)20 7946 0018", "-"),
        ("+44(0)2079460018", "FR"),
        ("+44 20 7946 0018 ext. 12", "-"),
        ("020 7946 0018 x12", "GB"),
        ("020 7946 0018\text12", "GB"),
        ("020 7946 0018\n", "GB"),
        ("020 7946 0018;ext=12", "GB"),
        ("tel:+44-20-7946-0018", "-"),
        ("tel:+44-20-7946-0018;isub=1;ext=3", "-"),
        ("tel:20-7946-0018;phone-context=+44", "-"),
        ("tel:020-7946-0018;phone-context=example.com", "GB"),
        ("tel:020-7946-0018;ext=1;phone-context=+44;x=y", "-"),
        ("＋４４ ２０ ７９４６ ００１８", "-"),
        ("٠٢٠ ٧٩٤٦ ٠٠١٨", "GB"),
        ("०२० ७९४६ ००१८", "GB"),
        ("call me on 020 7946 0018.", "GB"),
        ("442079460018", "GB"),
        ("\u{202A}+44 20 7946 0018", "-"),
        ("++44 20 7946 0018", "-"),
    ];
    for (text, home) in forms {
        assert_eq!(e164(text, home), "+442079460018", "{text:?} in {home}");
    }
}

#[test]
fn countries_have_their_own_ways() {
    let cases = [
        // Italy keeps its zero, San Marino adds one, the Vatican lies in Italy.
        ("06 698 12345", "IT", "+390669812345"),
        ("+39 06 698 12345", "-", "+390669812345"),
        ("0549 886377", "SM", "+3780549886377"),
        ("886377", "SM", "+3780549886377"),
        // Argentina: 15 after the area code is a 9 before it.
        ("0343 15 555 1212", "AR", "+5493435551212"),
        ("+54 9 343 555 1212", "-", "+5493435551212"),
        ("0343 555 1212", "AR", "+543435551212"),
        // Mexico no longer has a 1 or 044 before mobile numbers.
        ("55 1234 5678", "MX", "+525512345678"),
        // Brazil: a carrier's code before the area code.
        ("0 15 11 91234-5678", "BR", "+5511912345678"),
        ("0 11 91234 5678", "BR", "+5511912345678"),
        // Hungary, Russia, Lithuania: other trunk prefixes.
        ("06 1 234 5678", "HU", "+3612345678"),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        // Not a trunk prefix: the crate phonenumber strips the 8.
        ("+7 809 123-45-60", "-", "+78091234560"),
        // Islands of +1 and +44 dial their own numbers without the area code.
        ("412 3456", "AG", "+12684123456"),
        ("456789", "JE", "+441534456789"),
        // Letters for digits.
        ("1800 FLOWERS", "US", "+18003569377"),
        // Toll-free numbers of no country.
        ("+800 1234 5678", "-", "+80012345678"),
    ];
    for (text, home, expected) in cases {
        assert_eq!(e164(text, home), expected, "{text} in {home}");
    }
}

#[test]
fn what_is_no_number_says_why() {
    let cases = [
        ("", "GB", "not_a_number"),
        ("Amazon", "GB", "not_a_number"),
        ("+", "GB", "not_a_number"),
        ("1", "GB", "not_a_number"),
        ("020 7946 0018", "-", "invalid_country_code"),
        ("020 7946 0018", "ZZ", "invalid_country_code"),
        ("+999 123 4567", "GB", "invalid_country_code"),
        ("00 44", "GB", "too_short_after_idd"),
        ("123456789012345678901234567890", "GB", "too_long"),
        ("20-7946;phone-context=", "GB", "not_a_number"),
    ];
    for (text, home, expected) in cases {
        assert_eq!(e164(text, home), expected, "{text:?} in {home}");
    }
    assert_eq!(e164(&"1".repeat(251), "GB"), "too_long");
    assert_eq!(e164(&"x".repeat(100_000), "GB"), "too_long");
}

#[test]
fn region_kind_and_length_are_told() {
    let number = |text: &str| parse(text, "GB").expect("a number");
    let region = |text: &str| number(text).region.map(|region| region.to_string());
    assert_eq!(region("07400 123456").as_deref(), Some("GB"));
    assert_eq!(region("07911 123456").as_deref(), Some("GG"));
    assert_eq!(region("07624 123456").as_deref(), Some("IM"));
    assert_eq!(region("+1 242 365 1234").as_deref(), Some("BS"));
    // Its first digits alone tell the Bahamas.
    assert_eq!(region("+1 242 1").as_deref(), Some("BS"));
    assert_eq!(region("+1 555 1").as_deref(), None);
    assert_eq!(region("+800 1234 5678").as_deref(), Some("001"));
    assert_eq!(region("+33 99").as_deref(), Some("FR"));
    let kinds = [
        ("020 7946 0018", Kind::FixedLine),
        ("07911 123456", Kind::Mobile),
        ("+1 202 456 1111", Kind::FixedLineOrMobile),
        ("0800 123 4567", Kind::TollFree),
        ("0909 123 4567", Kind::PremiumRate),
        ("+61 1300 123 456", Kind::SharedCost),
        ("056 1234 5678", Kind::Voip),
        ("070 1234 5678", Kind::PersonalNumber),
        ("076 4012 3456", Kind::Pager),
        ("055 1234 5678", Kind::Uan),
        ("+46 74 412 3456", Kind::Pager),
        ("+1 555 1", Kind::Unknown),
    ];
    for (text, kind) in kinds {
        assert_eq!(number(text).kind, kind, "{text}");
    }
    let lengths = [
        ("020 7946 0018", Length::Possible),
        ("7946 0018", Length::LocalOnly),
        ("123", Length::TooShort),
        ("020 7946 0018 1", Length::TooLong),
        ("+353 21 12", Length::TooShort),
        ("+800 1234", Length::TooShort),
    ];
    for (text, length) in lengths {
        assert_eq!(number(text).length, length, "{text}");
        let possible = matches!(length, Length::Possible | Length::LocalOnly);
        assert_eq!(number(text).is_possible(), possible, "{text}");
    }
}

#[test]
fn keys_tell_numbers_apart() {
    let number: E164 = "+442079460018".parse().expect("E.164");
    assert_eq!(number.key(), Some(442_079_460_018));
    assert_eq!(
        E164::from_digits(&[4, 4, 0]).and_then(|number| number.key()),
        Some(440)
    );
    let long: E164 = "+1234567890123456".parse().expect("16 digits");
    assert_eq!(long.key(), None);
    for text in [
        "",
        "+",
        "44",
        "+44 20",
        "+44x",
        "+123456789012345678901",
        "＋44",
    ] {
        assert!(text.parse::<E164>().is_err(), "{text}");
    }
    assert_eq!(
        "gb".parse::<Region>().map(|region| region.to_string()),
        Ok("GB".to_owned())
    );
    for text in ["", "G", "GBR", "G1", "00", "ÄÖ", "002"] {
        assert!(text.parse::<Region>().is_err(), "{text}");
    }
}

#[test]
fn debug_output_and_errors_hold_no_number() {
    let number = parse("020 7946 0018", "GB").expect("a number");
    assert!(!format!("{number:?}").contains("7946"));
    let error = parse("+999 123 4567", "GB").expect_err("no such calling code");
    assert!(!format!("{error:?} {error}").contains("123"));
}

#[test]
fn the_plan_knows_its_regions() {
    let database = common::bundled();
    let plan = database.plan().expect("a whole plan");
    let regions: Vec<_> = plan.regions().collect();
    assert!(regions.is_sorted() && regions.len() == 245);
    for region in regions {
        assert_eq!(plan.knows(region), Ok(true));
        let code = plan
            .calling_code_of(region)
            .expect("whole")
            .expect("it has one");
        assert!((1..1000).contains(&code), "{region}");
    }
    assert_eq!(plan.knows("ZZ".parse().expect("two letters")), Ok(false));
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,300}",
        "[0-9+ ().x;=#,~*/-]{0,60}",
        "(tel:)?[+＋]?[0-9٠-٩]{0,20}(;phone-context=[+a-z0-9.-]{0,12})?(;ext=|ext|x|,|#)?[0-9]{0,22}#?",
        "[0-9]{2,20}[ \\t\u{A0},-]{0,4}(e?xt(ensi(o|ó|o\u{301}))?n?|доб|anexo|int|x|~|#)[:.]?[ ,-]{0,3}[0-9]{1,21}#?",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    #[test]
    fn any_text_is_answered(text in texts(), home in "[A-Z]{2}") {
        let database = common::bundled();
        let plan = database.plan().expect("a whole plan");
        if let Ok(number) = plan.parse(&text, home.parse().ok()) {
            let digits = number.e164.digits();
            prop_assert!((3..=20).contains(&digits.len()));
            prop_assert!(digits.iter().all(|&digit| digit <= 9));
            // Canada's 310 0000 is valid, and dialled without an area code.
            let whole = matches!(number.length, Length::Possible | Length::LocalOnly);
            prop_assert!(!number.is_valid() || whole);
            prop_assert!(!number.is_valid() || number.region.is_some());
            // The E.164 form of a valid number is the number.
            let again = plan.parse(&number.e164.to_string(), None);
            if number.is_valid() {
                prop_assert_eq!(again, Ok(number));
            }
        }
    }

    #[test]
    fn e164_is_written_as_it_is_read(digits in prop::collection::vec(0..10_u8, 1..21)) {
        let number = E164::from_digits(&digits).expect("digits");
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        prop_assert_eq!(number.digits(), &digits[..]);
    }
}

#[test]
fn the_plan_counts_the_numbers_under_a_prefix() {
    let database = common::bundled();
    let plan = database.plan().expect("a plan");
    let count = |prefix: u64, open: usize| {
        let found = plan.assignable(prefix, open).expect("a plan");
        found.map(|found| (found.calling_code, found.numbers))
    };
    assert_eq!(count(1202555, 4), Some((1, 10_000)));
    assert_eq!(count(1202155, 4), Some((1, 0)));
    assert_eq!(count(12025550123, 0), Some((1, 1)));
    assert_eq!(count(12025550123, 1), Some((1, 0)));
    assert_eq!(count(44207946, 4), Some((44, 10_000)));
    assert_eq!(count(4, 3), None);
    assert_eq!(count(0, 4), None);
    assert_eq!(count(12025550123, 5), None);
    assert_eq!(plan.assignable_in(4).expect("a plan"), 0);
    // One by one.
    for prefix in [134069_u64, 44207946, 493012, 390669, 370612] {
        let (_, counted) = count(prefix, 3).expect("a calling code");
        let valid = (0..1_000).filter(|end| {
            let text = format!("+{}", prefix * 1_000 + end);
            plan.parse(&text, None)
                .is_ok_and(|number| number.is_valid())
        });
        assert_eq!(valid.count() as u64, counted, "{prefix}");
    }
    // The sum over the next digit is the whole.
    let sum: u64 = (0..10)
        .map(|digit| count(120 + digit, 8).map_or(0, |c| c.1))
        .sum();
    assert_eq!(Some((1, sum)), count(12, 9));
    let all = plan.assignable_in(1).expect("a plan");

    assert!((3_000_000_000..7_920_000_000).contains(&all), "{all}");
}
