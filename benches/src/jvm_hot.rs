//! What is asked again and again on the JVM.

use std::path::Path;

use crate::Outcome;
use crate::ffi::RINGS;
use crate::jvm::{Beside, Jvm, Pair, ROUNDS};
use crate::notes::ENGLISH;
use crate::phones::HOME;
use crate::report::{Page, Sample, number, table};
use crate::worker::Entrant;

/// What a verdict may take above the core, in nanoseconds.
const ABOVE: f64 = 500.0;

/// The verdict on a ringing call.
pub fn ringing(jvm: &Jvm, program: &Path, page: &mut Page) -> Outcome<()> {
    let core = Entrant::new("core", program, "core");
    let mut cores = Vec::new();
    for ring in RINGS {
        let asked = (ring.number.to_owned(), HOME.to_owned());
        cores.push(Beside::start(&core, asked)?);
    }
    let mut pairs = [(); RINGS.len()].map(|()| Pair::default());
    let mut peers = [(); RINGS.len()].map(|()| (Sample::default(), Sample::default()));
    let [mut closed, mut fresh, mut most] = [(); 3].map(|()| Sample::default());
    for _ in 0..ROUNDS {
        for (index, ring) in RINGS.iter().enumerate() {
            let ours = || jvm.measure("DataPlane.screen", Some(ring.name));
            pairs[index].round(&mut cores[index], ours)?;
            if !ring.number.is_empty() {
                let theirs = jvm.measure("Phonenumber.screen", Some(ring.name))?;
                peers[index].0.add(theirs.time);
                peers[index].1.add(theirs.bytes);
            }
        }
        closed.add(jvm.measure("DataPlane.screen", Some("closed"))?.time);
        fresh.add(
            jvm.measure("DataPlane.screenNew", Some(RINGS[0].name))?
                .bytes,
        );
    }
    let mut rows = Vec::new();
    let (mut above, mut bytes) = (0.0_f64, 0.0_f64);
    for ((ring, pair), (time, allocated)) in RINGS.iter().zip(&pairs).zip(&peers) {
        above = above.max(pair.above.median());
        bytes = bytes.max(pair.bytes.median().round());
        most.add(pair.bytes.median());
        let mut row = vec![ring.title.to_owned()];
        row.extend([pair.core.cell(), pair.time.cell(), pair.above.cell()]);
        row.push(number(pair.bytes.median().round()));
        if ring.number.is_empty() {
            row.extend(["", "", ""].map(str::to_owned));
        } else {
            row.extend([time.cell(), time.ratio(&pair.time)]);
            row.push(number(allocated.median().round()));
        }
        rows.push(row);
    }
    let mut row = vec!["any, once closed".to_owned(), String::new(), closed.cell()];
    row.resize(8, String::new());
    rows.push(row);
    let head = [
        "call",
        "core",
        "`Screener`",
        "above the core",
        "bytes",
        "libphonenumber",
        "ratio",
        "bytes",
    ];
    page.fill("ffi-hot", &table(&head, &rows));
    page.fill("ffi-harness", &number(most.quantile(100)));
    page.fill("ffi-new", &number(fresh.median().round()));
    let what = "a call through `Screener`, above the core, slowest of section 6";
    page.budget(what, "ns", ABOVE, above);
    let what = "Java allocations in a call through `Screener`, most of section 6";
    page.budget(what, "bytes", 0.0, bytes);
    Ok(())
}

/// What the app asks when no call rings.
pub fn asked(jvm: &Jvm, program: &Path, page: &mut Page) -> Outcome<()> {
    let number_asked = (RINGS[0].number.to_owned(), HOME.to_owned());
    let asked = [
        ("explain a mobile", "explain", "explain", number_asked),
        (
            "check a note of 500 characters",
            "checkNote",
            "whole check",
            (ENGLISH.to_owned(), HOME.to_owned()),
        ),
        (
            "check four answers, no note",
            "checkAnswers",
            "whole check answers",
            (String::new(), HOME.to_owned()),
        ),
    ];
    let mut cores = Vec::new();
    for (_, _, name, asked) in &asked {
        cores.push(Beside::start(
            &Entrant::new("core", program, name),
            asked.clone(),
        )?);
    }
    let mut pairs = [(); 3].map(|()| Pair::default());
    let (mut time, mut bytes) = (Sample::default(), Sample::default());
    for _ in 0..ROUNDS {
        for ((pair, core), (_, name, _, _)) in pairs.iter_mut().zip(&mut cores).zip(&asked) {
            pair.round(core, || jvm.measure(&format!("ControlPlane.{name}"), None))?;
        }
        let settings = jvm.measure("ControlPlane.settings", None)?;
        time.add(settings.time);
        bytes.add(settings.bytes);
    }
    let mut rows = Vec::new();
    for (pair, (title, ..)) in pairs.iter().zip(&asked) {
        rows.push(vec![
            (*title).to_owned(),
            micros(&pair.core),
            micros(&pair.time),
            micros(&pair.above),
            pair.time.ratio(&pair.core),
            number(pair.bytes.median().round()),
        ]);
    }
    let [title, empty] = ["read the settings", ""].map(str::to_owned);
    let bytes = number(bytes.median().round());
    rows.push(vec![
        title,
        empty.clone(),
        micros(&time),
        empty.clone(),
        empty,
        bytes,
    ]);
    let head = [
        "question",
        "core",
        "facade",
        "above the core",
        "ratio",
        "bytes",
    ];
    page.fill("ffi-control", &table(&head, &rows));
    Ok(())
}

/// Median and tenth percentile of nanoseconds, in microseconds.
fn micros(sample: &Sample) -> String {
    let [median, tenth] = [50, 10].map(|percent| number(sample.quantile(percent) / 1000.0));
    format!("{median} ({tenth})")
}

/// Look-ups in SQLite.
pub fn tables(jvm: &Jvm, page: &mut Page) -> Outcome<()> {
    let all = [
        ("one number in 100,000", "exact"),
        ("the prefix of a number in 100,000", "prefix"),
        ("100 patterns with `LIKE`", "patterns"),
    ];
    let mut ours = Sample::default();
    let mut samples = [(); 3].map(|()| (Sample::default(), Sample::default()));
    for _ in 0..ROUNDS {
        ours.add(jvm.measure("DataPlane.screen", Some(RINGS[0].name))?.time);
        for ((time, bytes), (_, name)) in samples.iter_mut().zip(all) {
            let measured = jvm.measure(&format!("Tables.{name}"), None)?;
            time.add(measured.time);
            bytes.add(measured.bytes);
        }
    }
    let mut rows = vec![vec![
        "`Screener`, a mobile".to_owned(),
        ours.cell(),
        "1 x".to_owned(),
        "0".to_owned(),
    ]];
    for ((title, _), (time, bytes)) in all.iter().zip(&samples) {
        let bytes = number(bytes.median().round());
        rows.push(vec![
            format!("SQLite, {title}"),
            time.cell(),
            time.ratio(&ours),
            bytes,
        ]);
    }
    page.fill(
        "ffi-tables",
        &table(&["look-up", "ns", "ratio", "bytes"], &rows),
    );
    Ok(())
}
