//! Notes after a call, and who reads them: the check, and the matchers one
//! would pick instead, which find phrases but reach no verdict.

use std::hint::black_box;
use std::path::Path;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::bytes::{RegexSet, RegexSetBuilder};
use ringfence::check::guide::{EvidenceGroup, Question};
use ringfence::check::note::MAX_NOTE;
use ringfence::check::{Answers, Checker, Recipient, Report, report_text};
use ringfence::database::{Database, Fault};
use ringfence::number::Region;

use crate::Outcome;
use crate::contestants::Contestant;

/// A note of 500 characters.
pub const ENGLISH: &str = "A man rang about half past ten saying he was from my broadband \
    company and that my router had been sending out errors for weeks. He knew my name and my \
    address, which surprised me. He wanted me to sit at the computer and look at a list of \
    warnings, and then asked me to put a programme on it so that he could have a look. I said \
    my daughter does all that for me and he became short with me. He gave me a number to \
    ring back and said that the line would be cut off today. I have not done anything yet.";

/// The same in German.
pub const GERMAN: &str = "Gegen halb elf rief ein Mann an, angeblich von meinem \
    Internetanbieter. Mein Router schicke seit Wochen Fehler. Er kannte meinen Namen und meine \
    Adresse, das hat mich gewundert. Ich sollte mich an den Computer setzen, eine Liste mit \
    Warnungen ansehen und dann ein Programm laden, damit er nachschauen kann. Ich sagte, das \
    macht alles meine Tochter, da wurde er ziemlich pampig. Er gab mir eine Nummer für den \
    Rückruf und sagte, der Anschluss werde heute gesperrt. Gemacht habe ich bisher noch nichts.";

/// Most questions that [`interview`] answers.
const ANSWERS: usize = 4;

/// Notes made to cost time, each as long as a note is read: what they are
/// made of, and the note.
pub fn hostile() -> Vec<(&'static str, String)> {
    let filled = |parts: &mut dyn Iterator<Item = String>| {
        let mut note = String::new();
        while note.len() < MAX_NOTE
            && let Some(part) = parts.next()
        {
            note.push_str(&part);
            note.push(' ');
        }
        while note.len() > MAX_NOTE {
            note.pop();
        }
        note
    };
    let again = |text: &str| filled(&mut std::iter::repeat(text.to_owned()));
    // Words of 32 letters, no two alike.
    let long = (0_u64..).map(|number| {
        let mut state = number + 1;
        let letters = (0..32).map(|_| {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            char::from(b'a' + (state >> 33) as u8 % 26)
        });
        letters.collect()
    });
    vec![
        ("the English note again and again", again(ENGLISH)),
        ("`i me` again and again", again("i me")),
        ("`anydesk` again and again", again("anydesk")),
        (
            "the lexicon's phrases end to end",
            filled(&mut PHRASES.iter().cloned().cycle()),
        ),
        ("random words of 32 letters", filled(&mut { long })),
    ]
}

/// The phrases of the English lexicon and of the names that all languages
/// share. English has no stems.
pub static PHRASES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let files = [
        include_str!("../../data/lexicon/en.toml"),
        include_str!("../../data/lexicon/names.toml"),
    ];
    let mut phrases = Vec::new();
    for file in files {
        let concepts: toml::Table = file.parse().expect("the lexicon is TOML");
        let lists = concepts.values().filter_map(toml::Value::as_array);
        let all = lists.flatten().filter_map(toml::Value::as_str);
        phrases.extend(all.map(|phrase| phrase.trim_end_matches('*').to_owned()));
    }
    phrases.sort_unstable();
    phrases.dedup();
    phrases
});

/// The check, with no answers or with those of an [`interview`].
pub struct Check<const ANSWERED: bool> {
    checker: Checker<'static>,
    answers: Answers,
}

impl<const ANSWERED: bool> Contestant for Check<ANSWERED> {
    type Home = Region;

    fn open(database: &Path) -> Outcome<Self> {
        // In use until the process ends.
        let database = Box::leak(Box::new(Database::open(database)?));
        let checker = Checker::new(database)?;
        let answers = if ANSWERED {
            interview(&checker)?.0
        } else {
            Answers::new()
        };
        Ok(Self { checker, answers })
    }

    fn home(code: &str) -> Option<Region> {
        code.parse().ok()
    }

    #[inline]
    fn answer(&self, note: &str, home: Option<Region>) -> bool {
        let found = self.checker.check(&Report {
            note,
            language: None,
            text_language: None,
            region: home,
            answers: &self.answers,
        });
        black_box(&found).is_ok()
    }
}

/// The check as the library for phones does it: opens what it needs, checks,
/// and writes the texts that can be sent.
pub struct Whole<const ANSWERED: bool> {
    database: &'static Database,
    answers: Answers,
}

impl<const ANSWERED: bool> Contestant for Whole<ANSWERED> {
    type Home = Region;

    fn open(database: &Path) -> Outcome<Self> {
        // In use until the process ends.
        let database = Box::leak(Box::new(Database::open(database)?));
        let answers = if ANSWERED {
            interview(&Checker::new(database)?)?.0
        } else {
            Answers::new()
        };
        Ok(Self { database, answers })
    }

    fn home(code: &str) -> Option<Region> {
        code.parse().ok()
    }

    #[inline]
    fn answer(&self, note: &str, region: Option<Region>) -> bool {
        let report = Report {
            note,
            language: None,
            text_language: None,
            region,
            answers: &self.answers,
        };
        let whole = || -> Result<(), Fault> {
            let checker = Checker::new(self.database)?;
            let found = checker.check(&report)?;
            for to in [Recipient::ShortCode, Recipient::Authority, Recipient::Bank] {
                black_box(report_text(&report, &found, to, None, None));
            }
            black_box(found);
            Ok(())
        };
        whole().is_ok()
    }
}

/// Four answers after which there still is a question about the call: the
/// first option that keeps it open, or "not sure". Also as `question=option`.
pub fn interview(checker: &Checker<'_>) -> Outcome<(Answers, Vec<String>)> {
    let ask = |answers: &Answers| {
        checker.check(&Report {
            note: "",
            language: None,
            text_language: None,
            region: None,
            answers,
        })
    };
    let mut answers = Answers::new();
    let mut given = Vec::new();
    while answers.len() < ANSWERS {
        let found = ask(&answers)?;
        let question = found.next_question.ok_or("nothing is left to ask")?;
        let options = question.options.iter().map(|option| option.id);
        let of_call = |next: Question<'_>| {
            let evidence = next
                .options
                .iter()
                .flat_map(|option| option.evidence.iter());
            let mut groups = evidence.map(|index| Ok(checker.guide().evidence(index)?.group));
            groups.try_fold(true, |of_call, group: Result<_, Fault>| {
                group.map(|group| of_call && group != EvidenceGroup::Action)
            })
        };
        let mut open = None;
        for option in options.chain(["unsure"]) {
            let mut with = answers.clone();
            with.set(checker.guide(), question.id, option)?;
            let next = ask(&with)?.next_question.map(of_call);
            if next.transpose()? == Some(true) {
                open = Some((with, format!("{}={option}", question.id)));
                break;
            }
        }
        let (with, answer) = open.ok_or("every answer settles the call")?;
        answers = with;
        given.push(answer);
    }
    Ok((answers, given))
}

/// The crate `aho-corasick` as it comes, over all phrases, case ignored.
pub struct Automaton(AhoCorasick);

impl Contestant for Automaton {
    type Home = ();

    fn open(_: &Path) -> Outcome<Self> {
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true);
        Ok(Self(builder.build(PHRASES.iter())?))
    }

    fn home(_: &str) -> Option<()> {
        None
    }

    #[inline]
    fn answer(&self, note: &str, _: Option<()>) -> bool {
        let found = self.0.find_overlapping_iter(note).map(black_box);
        found.count() > 0
    }
}

/// The crate `regex`: a set of all phrases as words of their own, case
/// ignored. ASCII word boundaries, as Unicode's are slower; so it reads bytes.
pub struct Patterns(RegexSet);

impl Contestant for Patterns {
    type Home = ();

    fn open(_: &Path) -> Outcome<Self> {
        let patterns = PHRASES.iter().map(|phrase| {
            let at = |c: Option<char>| match c {
                Some(c) if c.is_ascii_alphanumeric() => r"\b",
                _ => "",
            };
            let (before, after) = (at(phrase.chars().next()), at(phrase.chars().last()));
            format!("{before}{}{after}", regex::escape(phrase))
        });
        let mut builder = RegexSetBuilder::new(patterns);
        builder.case_insensitive(true).unicode(false);
        builder.size_limit(1 << 30).dfa_size_limit(1 << 28);
        Ok(Self(builder.build()?))
    }

    fn home(_: &str) -> Option<()> {
        None
    }

    #[inline]
    fn answer(&self, note: &str, _: Option<()>) -> bool {
        let found = self.0.matches(note.as_bytes());
        found.iter().map(black_box).count() > 0
    }
}
