//! What fresh processes need for their first answer.

use std::path::Path;

use rustix::fs::{Advice, fadvise};

use crate::report::{Page, Sample, number, table};
use crate::worker::{Entrant, cold};
use crate::{DATABASE, Outcome};

/// Fresh processes for each first answer.
const ROUNDS: usize = 41;
/// How many times as long a first answer must take for us to believe that
/// its file was not in the page cache.
const BELIEVABLE: f64 = 2.0;
/// What the page says of the last line of such a table.
const DROPPED: &str = "For the last line the database, but not the program, was dropped from the \
    page cache before each start. This is the disk of a server; that of a phone is another.";
const NOT_DROPPED: &str = "A first answer with the file not in the page cache could not be \
    measured: asking the system to drop the file made no difference.";

/// First answers: microseconds and KiB of each entrant.
struct Starts<'a> {
    entrants: Vec<&'a Entrant<'a>>,
    samples: Vec<(Sample, Sample)>,
}

impl<'a> Starts<'a> {
    /// Starts all in turn, the last one with a database that is not in the
    /// page cache.
    fn measure(entrants: Vec<&'a Entrant<'a>>) -> Outcome<Self> {
        // A copy of the database whose pages can be dropped: nobody else maps it.
        let copy = std::env::current_exe()?.with_file_name("cold.rfdb");
        std::fs::copy(DATABASE, &copy)?;
        let file = std::fs::File::open(&copy)?;
        file.sync_all()?;
        let mut samples = vec![(Sample::default(), Sample::default()); entrants.len()];
        for _ in 0..ROUNDS {
            for (index, (entrant, (time, memory))) in entrants.iter().zip(&mut samples).enumerate()
            {
                let database: &Path = if index + 1 == entrants.len() {
                    fadvise(&file, 0, None, Advice::DontNeed)?;
                    &copy
                } else {
                    DATABASE.as_ref()
                };
                let (taken, kib) = cold(entrant, database)?;
                time.add(taken / 1000.0);
                memory.add(kib);
            }
        }
        std::fs::remove_file(&copy)?;
        Ok(Self { entrants, samples })
    }

    /// Fills in the table and the note beneath it, and the budgets in
    /// microseconds: of the entrant `warm`, which is the last one with its file
    /// in the page cache, and of the last; and of memory in KiB if there is
    /// one. Ratios are to the first.
    fn report(
        &self,
        page: &mut Page,
        [places, notes]: [&str; 2],
        what: &str,
        warm: usize,
        [in_cache, not_in_cache]: [f64; 2],
        memory: Option<(&str, f64)>,
    ) {
        let (warm, kib) = &self.samples[warm];
        let (cold, _) = &self.samples[self.samples.len() - 1];
        let mut rows = Vec::new();
        for (entrant, (time, memory)) in self.entrants.iter().zip(&self.samples) {
            rows.push(vec![
                entrant.title.to_owned(),
                number(time.median()),
                number(time.quantile(0)),
                time.ratio(&self.samples[0].0),
                number(memory.median()),
            ]);
        }
        let cached = format!("{what}, file in the page cache");
        page.budget(&cached, "us", in_cache, warm.median());
        if let Some((what, limit)) = memory {
            page.budget(what, "KiB", limit, kib.median());
        }
        if cold.median() >= BELIEVABLE * warm.median() {
            let dropped = format!("{what}, file not in the page cache");
            page.budget(&dropped, "us", not_in_cache, cold.median());
            page.fill(notes, DROPPED);
        } else {
            rows.pop();
            page.fill(notes, NOT_DROPPED);
        }
        let head = ["contestant", "median", "fastest", "ratio", "memory, KiB"];
        page.fill(places, &table(&head, &rows));
        page.fill("cold-rounds", &ROUNDS.to_string());
    }
}

/// About a number.
pub fn first_answer(entrants: &[Entrant<'_>; 4], page: &mut Page) -> Outcome<()> {
    let this = entrants[0].program;
    let dropped = "ringfence, verdict, file not in the page cache";
    let dropped = Entrant::new(dropped, this, "verdict");
    let verdict = Entrant::new("ringfence, verdict", this, "verdict");
    let all = entrants.iter().chain([&verdict, &dropped]).collect();
    Starts::measure(all)?.report(
        page,
        ["cold", "cold-note"],
        "open and first verdict",
        entrants.len(),
        [250.0, 1000.0],
        Some((
            "memory after the first verdict, above the empty process",
            3.0 * 1024.0,
        )),
    );
    Ok(())
}

/// About a note.
pub fn first_check(this: &Path, page: &mut Page) -> Outcome<()> {
    let automaton = Entrant::new("aho-corasick, build and match", this, "aho-corasick");
    let check = Entrant::new("ringfence, open and check", this, "check");
    let dropped = "ringfence, open and check, file not in the page cache";
    let dropped = Entrant::new(dropped, this, "check");
    Starts::measure(vec![&check, &automaton, &dropped])?.report(
        page,
        ["check-cold", "check-cold-note"],
        "open and first check of a note",
        0,
        [5000.0, 5000.0],
        None,
    );
    Ok(())
}
