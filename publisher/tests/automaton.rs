//! The automaton says what the regular expressions say, and is minimal.

use proptest::prelude::*;
use regex::Regex;
use ringfence::automaton::Automaton;
use ringfence::database::{Database, SectionId};
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;
use ringfence_publisher::function::{Builder, Root};
use ringfence_publisher::languages::Languages;
use ringfence_publisher::metadata::World;
use ringfence_publisher::prefix::{Action, Actions, Prefix};

/// A database that holds one automaton.
struct Written {
    database: Database,
    addresses: Vec<u16>,
}

const SECTION: SectionId = SectionId(*b"words\0\0\0");

impl Written {
    fn new(builder: &Builder, roots: &[Root]) -> Self {
        let written = builder.write().expect("it fits");
        let bytes = written
            .words
            .iter()
            .flat_map(|word| word.to_le_bytes())
            .collect();
        let release = Release {
            name: "test".to_owned(),
            issued: 0,
        };
        let file = file::write(&release, &[(SECTION, bytes)]).expect("it fits");
        Self {
            database: Database::from_bytes(file).expect("it opens"),
            addresses: roots.iter().map(|&root| written.address(root)).collect(),
        }
    }

    fn run(&self, function: usize, digits: &str) -> u16 {
        let section = self.database.section(SECTION).expect("it is there");
        let digits: Vec<u8> = digits.bytes().map(|byte| byte - b'0').collect();
        let outcome = Automaton::new(section, 0).run(self.addresses[function], &digits);
        outcome.expect("it is whole").value()
    }
}

/// Digit strings, half of them starting as numbers do.
fn digits() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{0,18}",
        "(0|00|1|8|011|0015|0[12345]|0800|9){0,2}[0-9]{0,14}",
        "0(11|2[0-9]{2,3}|3[0-9]{2,3}|15)?15?[0-9]{0,10}",
        "(000[2569]|003768|180020|0?[25]|183[12]|19[0-9]{2})[0-9]{0,12}",
    ]
}

#[test]
fn national_and_international_prefixes_are_taken_as_a_backtracking_engine_takes_them() {
    let world = World::built_in().expect("the metadata can be read");
    let territories: Vec<_> = world.groups.iter().flatten().collect();
    let mut builder = Builder::default();
    let actions = Actions::default();
    let mut roots = Vec::new();
    let mut patterns = Vec::new();
    let anchored = |pattern: &str| Regex::new(&format!("(?x)^(?:{pattern})")).expect("a pattern");
    for territory in &territories {
        if let Some(pattern) = &territory.international_prefix {
            roots.push(builder.add(&Prefix::international(pattern).expect("it compiles")));
            patterns.push((anchored(pattern), None, false));
        }
        if let Some(pattern) = &territory.national_prefix {
            let rule = territory.transform_rule.clone();
            let prefix = Prefix::national(pattern, rule.as_deref(), &actions);
            roots.push(builder.add(&prefix.expect("it compiles")));
            patterns.push((anchored(pattern), rule, true));
        }
    }
    let written = Written::new(&builder, &roots);
    let actions = actions.into_inner();
    let mut stripped = 0;
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(400));
    let checked = runner.run(&digits(), |text| {
        for (index, (pattern, rule, national)) in patterns.iter().enumerate() {
            let output = written.run(index, &text);
            let captures = pattern.captures(&text);
            if !national {
                let length = captures.map_or(0, |captures| captures[0].len());
                prop_assert_eq!(usize::from(output), length, "{} on {}", pattern, text);
                continue;
            }
            let expected = captures.map(|captures| {
                let rest = &text[captures[0].len()..];
                let last = captures
                    .get(captures.len() - 1)
                    .filter(|_| captures.len() > 1);
                match rule {
                    Some(rule) if last.is_some() => {
                        let (literal, group) = rule.split_once('$').expect("it has a group");
                        let group: usize = group.parse().expect("a number");
                        format!("{literal}{}{rest}", &captures[group])
                    }
                    _ => rest.to_owned(),
                }
            });
            // Taking off nothing is as good as finding no prefix.
            let expected = expected.unwrap_or_else(|| text.clone());
            let found = match output {
                0 => text.clone(),
                number => take(&actions[usize::from(number) - 1], &text),
            };
            prop_assert_eq!(found, expected, "{} on {}", pattern, text);
        }
        Ok(())
    });
    checked.expect("the automaton says the same");
    for text in ["0044", "0", "08001234567"] {
        stripped += (0..patterns.len())
            .filter(|&index| written.run(index, text) != 0)
            .count();
    }
    assert!(stripped > 300, "hardly any prefix was seen");
}

fn take(action: &Action, text: &str) -> String {
    let literal: String = action
        .literal
        .iter()
        .map(|digit| digit.to_string())
        .collect();
    let kept = &text[usize::from(action.from)..usize::from(action.to)];
    format!("{literal}{kept}{}", &text[usize::from(action.end)..])
}

/// Patterns over digits, of the sort the metadata has.
fn patterns() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[0-9]",
        Just(r"\d".to_owned()),
        "\\[[0-4]-[5-9]\\]",
        Just("[13579]".to_owned())
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|parts| format!("(?:{})", parts.join("|"))),
            (inner.clone(), 0..3_u32, 0..3_u32)
                .prop_map(|(part, from, more)| format!("(?:{part}){{{from},{}}}", from + more)),
            inner.prop_map(|part| format!("(?:{part})?")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whole_patterns_match_as_regular_expressions(
        pattern in patterns(),
        texts in prop::collection::vec("[0-9]{0,16}", 40),
    ) {
        let mut builder = Builder::default();
        let root = builder.add(&Languages::new(&[&pattern]).expect("it compiles"));
        let written = Written::new(&builder, &[root]);
        let regex = Regex::new(&format!("^(?:{pattern})$")).expect("a pattern");
        for text in texts {
            prop_assert_eq!(written.run(0, &text) != 0, regex.is_match(&text), "{}", text);
        }
    }
}

#[test]
fn equal_functions_are_stored_once() {
    let mut builder = Builder::default();
    let add = |builder: &mut Builder, pattern| {
        builder.add(&Languages::new(&[pattern]).expect("it compiles"))
    };
    let first = add(&mut builder, r"7[1-57-9]\d{8}");
    // The function that is 0 everywhere, a leaf for what follows 7x, and two
    // branches: 2 + 2 words, 1 + 4 and 1 + 3.
    let words = builder.write().expect("it fits").words.len();
    assert_eq!(words, 13);
    let second = add(&mut builder, r"(?:7[12345]|7[789])\d\d\d{3}(?:\d\d)\d");
    assert_eq!(first, second);
    assert_eq!(builder.write().expect("it fits").words.len(), words);
    assert_ne!(add(&mut builder, r"7[1-57-9]\d{7}"), first);
}
