//! The check after a call.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use ringfence::check::{Answers, Assessment, Checker, Report};
use ringfence::database::{Database, SectionId};

use crate::notes::{ENGLISH, GERMAN, PHRASES, hostile, interview};
use crate::phones::Phones;
use crate::report::{Page, Sample, number, table, version};
use crate::worker::{Entrant, Worker};
use crate::{DATABASE, Outcome, ROUND, ROUNDS, allocations, cold};

/// What a check may take, in microseconds.
const LIMIT: f64 = 1000.0;
/// What the model and the whole database may take, in bytes.
const MODEL: f64 = 600e3;
const WHOLE: f64 = 1e6;
/// How often each hostile note is tried before the slowest is measured.
const TRIES: usize = 5;

/// Something to check.
struct Case {
    title: String,
    note: String,
    home: &'static str,
    answered: bool,
}

pub fn check(this: &Path, phones: &Phones, page: &mut Page) -> Outcome<()> {
    let database = Database::open(DATABASE.as_ref())?;
    let checker = Checker::new(&database)?;
    let (answers, _) = interview(&checker)?;
    let cases = cases(&checker)?;
    hot(this, &cases, page)?;
    found(&checker, &answers, &cases, page)?;
    cold::first_check(this, phones, page)?;
    sizes(&database, page)?;
    page.fill("phrases", &number(PHRASES.len() as f64));
    page.fill("aho-version", version("aho-corasick"));
    page.fill("regex-version", version("regex"));
    page.fill("hostile", &hostile().len().to_string());
    Ok(())
}

fn assess<'a>(checker: &Checker<'a>, case: &Case, answers: &Answers) -> Outcome<Assessment<'a>> {
    let none = Answers::new();
    Ok(checker.check(&Report {
        note: black_box(&case.note),
        language: None,
        text_language: None,
        region: case.home.parse().ok(),
        answers: if case.answered { answers } else { &none },
    })?)
}

fn cases(checker: &Checker<'_>) -> Outcome<Vec<Case>> {
    let case = |title: &str, note: &str, home, answered| Case {
        title: title.to_owned(),
        note: note.to_owned(),
        home,
        answered,
    };
    let title =
        |language: &str, note: &str| format!("{language}, {} characters", note.chars().count());
    let mut slowest = (0.0, None);
    for (made_of, note) in hostile() {
        let title = format!("hostile, {} bytes", number(note.len() as f64));
        let hostile = case(&title, &note, "GB", false);
        let mut sample = Sample::default();
        for _ in 0..TRIES {
            let start = Instant::now();
            black_box(assess(checker, &hostile, &Answers::new())?);
            sample.add(start.elapsed().as_nanos() as f64);
        }
        if sample.median() > slowest.0 {
            let title = format!("{title}: {made_of}");
            slowest = (sample.median(), Some(Case { title, ..hostile }));
        }
    }
    let hostile = slowest.1.ok_or("no hostile notes")?;
    Ok(vec![
        case(&title("English", ENGLISH), ENGLISH, "GB", false),
        case(&title("German", GERMAN), GERMAN, "DE", false),
        hostile,
        case("four answers, no note", "", "GB", true),
    ])
}

fn hot(this: &Path, cases: &[Case], page: &mut Page) -> Outcome<()> {
    let check = Entrant::new("ringfence", this, "check");
    let answered = Entrant::new("ringfence", this, "check answers");
    let others = [
        Entrant::new("aho-corasick", this, "aho-corasick"),
        Entrant::new("regex", this, "regex"),
    ];
    let mut matchers: Vec<Worker> = others.iter().map(Worker::start).collect::<Outcome<_>>()?;
    let mut rows = Vec::new();
    let mut medians = Vec::new();
    for case in cases {
        // Matchers know nothing about answers.
        let entrant = if case.answered { &answered } else { &check };
        let mut ours = Worker::start(entrant)?;
        let theirs = if case.answered {
            &mut [][..]
        } else {
            &mut matchers[..]
        };
        let mut workers: Vec<&mut Worker> = [&mut ours].into_iter().chain(theirs).collect();
        let mut passes = Vec::new();
        for (index, worker) in workers.iter_mut().enumerate() {
            worker.give(&[(case.note.clone(), case.home.to_owned())])?;
            let found = worker.round(1)?.1 >= 1.0;
            // All find something in the first note; in a hostile one there
            // may be nothing for a matcher.
            if !found && (index == 0 || rows.is_empty()) {
                return Err(format!("no answer to: {}", case.title).into());
            }
            passes.push(worker.enough(ROUND)?);
        }
        let mut samples = vec![Sample::default(); workers.len()];
        for _ in 0..ROUNDS {
            for ((worker, &count), sample) in workers.iter_mut().zip(&passes).zip(&mut samples) {
                sample.add(worker.round(count)?.0 / count as f64 / 1000.0);
            }
        }
        let median = samples[0].median();
        medians.push(median);
        let share = format!("{} x", number(median / LIMIT));
        let mut row = vec![case.title.clone(), samples[0].cell(), share];
        for index in 1..=others.len() {
            match samples.get(index) {
                Some(sample) => row.extend([sample.cell(), sample.ratio(&samples[0])]),
                None => row.extend(["", ""].map(str::to_owned)),
            }
        }
        rows.push(row);
    }
    let [english, german, hostile, answers] = medians[..] else {
        return Err("not all was measured".into());
    };
    let what = "check of a note of 500 characters, hot, slower of the two in table 5";
    page.budget(what, "us", LIMIT, english.max(german));
    page.budget("check of a hostile note, hot", "us", LIMIT, hostile);
    page.budget("check of four answers, hot", "us", LIMIT, answers);
    let head = [
        "note",
        "ringfence",
        "of 1 ms",
        "aho-corasick, match only",
        "ratio",
        "regex, match only",
        "ratio",
    ];
    page.fill("check-hot", &table(&head, &rows));
    Ok(())
}

/// What was found, and what that allocated.
fn found(checker: &Checker<'_>, answers: &Answers, cases: &[Case], page: &mut Page) -> Outcome<()> {
    let mut rows = Vec::new();
    for case in cases {
        // The first check is no different, but let it be hot.
        drop(assess(checker, case, answers)?);
        let before = allocations::count();
        let found = assess(checker, case, answers)?;
        let allocated = allocations::count() - before;
        let script = found.script.map(|best| format!("`{}`", best.script.id));
        let question = found.next_question.map(|next| format!("`{}`", next.id));
        rows.push(vec![
            case.title.clone(),
            format!("{}, {:.2}", found.verdict, found.probability),
            script.unwrap_or_default(),
            question.unwrap_or_default(),
            number(allocated as f64),
        ]);
    }
    let head = ["note", "verdict", "script", "next question", "allocations"];
    page.fill("check-found", &table(&head, &rows));
    Ok(())
}

fn sizes(database: &Database, page: &mut Page) -> Outcome<()> {
    let length = |id| Ok::<_, ringfence::database::Fault>(database.section(id)?.len() as f64);
    let model = length(SectionId::MODEL)?;
    let parts = [
        ("section `guide.z`", length(SectionId::PACKED_GUIDE)?, None),
        (
            "section `lexicon2`",
            length(SectionId::SPLIT_LEXICON)?,
            None,
        ),
        ("section `model`", model, Some(MODEL)),
        (
            "section `texts`, if asked for one",
            length(SectionId::TEXTS)?,
            None,
        ),
        ("the whole database", database.length() as f64, Some(WHOLE)),
    ];
    let rows = parts.map(|(title, bytes, limit)| {
        let share = limit.map(|limit| format!("{:.3} x", bytes / limit));
        vec![
            title.to_owned(),
            number(bytes),
            limit.map(number).unwrap_or_default(),
            share.unwrap_or_default(),
        ]
    });
    page.budget("model that reads notes", "bytes", MODEL, model);
    let head = ["what the check reads", "bytes", "at most", "ratio"];
    page.fill("check-sizes", &table(&head, &rows));
    Ok(())
}
