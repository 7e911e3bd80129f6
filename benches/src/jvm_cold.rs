//! What fresh JVMs need for their first answer.

use crate::Outcome;
use crate::jvm::Jvm;
use crate::notes::ENGLISH;
use crate::phones::Phones;
use crate::report::{Page, Sample, number, table};
use crate::worker::FIRST;

/// Fresh JVMs for each first answer.
const STARTS: usize = 21;
/// What a first verdict may take, in microseconds.
const FIRST_VERDICT: f64 = 2000.0;

/// Somebody who is asked once.
struct Start<'a> {
    title: &'a str,
    options: Vec<&'a str>,
    arguments: Vec<&'a str>,
    /// What the steps are called.
    steps: &'a [&'a str],
}

/// Starts all in turn.
pub fn cold(jvm: &Jvm, phones: &Phones, page: &mut Page) -> Outcome<()> {
    let folder = |database: &std::path::Path| database.parent()?.to_str().map(str::to_owned);
    let folders = folder(&phones.new).zip(folder(&phones.full));
    let (new, full) = folders.ok_or("no folder")?;
    let tables = jvm.folder.join("tables.sqlite").display().to_string();
    let archive = jvm.folder.join("classes.jsa").display().to_string();
    let kotlin = |title, arguments, steps| Start {
        title,
        options: Vec::new(),
        arguments,
        steps,
    };
    let steps = &["load", "open", "first verdict"][..];
    let on_full = vec!["screen", &full, FIRST, &jvm.at];
    let make = format!("-XX:ArchiveClassesAtExit={archive}");
    let take = format!("-XX:SharedArchiveFile={archive}");
    jvm.start(&[&make, "-Xlog:disable"], &on_full)?;
    let all = [
        kotlin("`Screener`, full memory", on_full.clone(), steps),
        kotlin(
            "`Screener`, new phone",
            vec!["screen", &new, FIRST, &jvm.at],
            steps,
        ),
        Start {
            options: vec![&take],
            ..kotlin(
                "`Screener`, full memory, classes in an archive",
                on_full,
                steps,
            )
        },
        kotlin(
            "natives alone, full memory",
            vec!["natives", &full, FIRST, &jvm.at],
            steps,
        ),
        kotlin(
            "control plane, full memory",
            vec!["check", &full, ENGLISH],
            &["open", "start JNA and read the settings", "first check"],
        ),
        kotlin(
            "libphonenumber",
            vec!["libphonenumber", FIRST],
            &["first answer"],
        ),
        kotlin(
            "SQLite",
            vec!["sqlite", &tables, FIRST],
            &["open", "first query"],
        ),
    ];
    let mut samples: Vec<_> = all
        .iter()
        .map(|start| {
            (
                Sample::default(),
                vec![Sample::default(); start.steps.len()],
            )
        })
        .collect();
    for _ in 0..STARTS {
        for (start, (whole, steps)) in all.iter().zip(&mut samples) {
            let taken = jvm.start(&start.options, &start.arguments)?;
            if taken.len() != steps.len() {
                return Err(format!("{} did not say what it did", start.title).into());
            }
            whole.add(taken.iter().sum::<f64>() / 1000.0);
            for (step, taken) in steps.iter_mut().zip(taken) {
                step.add(taken / 1000.0);
            }
        }
    }
    let mut rows = Vec::new();
    for (start, (whole, steps)) in all.iter().zip(&samples) {
        let steps = start.steps.iter().zip(steps);
        let steps = steps.map(|(name, sample)| format!("{name} {}", number(sample.median())));
        rows.push(vec![
            start.title.to_owned(),
            number(whole.median()),
            number(whole.quantile(0)),
            whole.ratio(&samples[0].0),
            steps.collect::<Vec<_>>().join("; "),
        ]);
    }
    let screener = samples[0].0.median().max(samples[1].0.median());
    let budgets = [
        ("through `Screener`", screener),
        (
            "through `Screener`, classes in an archive",
            samples[2].0.median(),
        ),
        ("natives alone", samples[3].0.median()),
    ];
    for (how, measured) in budgets {
        let what = format!("load, open and first verdict in a fresh JVM, {how}");
        page.budget(&what, "us", FIRST_VERDICT, measured);
    }
    let head = ["contestant", "median", "fastest", "ratio", "steps, medians"];
    page.fill("ffi-cold-jvm", &table(&head, &rows));
    page.fill("jvm-starts", &STARTS.to_string());
    Ok(())
}
