//! What fresh processes need for their first answer.

use std::fs::File;
use std::path::Path;

use ringfence::screening::CAPACITY;
use rustix::fs::{Advice, fadvise};

use crate::Outcome;
use crate::phones::Phones;
use crate::report::{Page, Sample, number, table};
use crate::worker::{Entrant, cold};

/// Fresh processes for each first answer.
const ROUNDS: usize = 41;
/// How many times as long a first answer must take for us to believe that
/// its file was not in the page cache.
const BELIEVABLE: f64 = 2.0;
/// What the page says of the last line of such a table.
const DROPPED: &str = "For the last line the phone's files, but not the program, were dropped from the \
    page cache before each start. This is the disk of a server; that of a phone is another.";
const NOT_DROPPED: &str = "A first answer with the file not in the page cache could not be \
    measured: asking the system to drop the file made no difference.";

/// First answers: microseconds and KiB of each entrant.
struct Starts<'a> {
    entrants: Vec<&'a Entrant<'a>>,
    samples: Vec<(Sample, Sample)>,
}

impl<'a> Starts<'a> {
    /// Starts all in turn, the last one on a phone whose files are not in the
    /// page cache: nobody else maps them.
    fn measure(entrants: Vec<&'a Entrant<'a>>) -> Outcome<Self> {
        let last = entrants.last().ok_or("nobody to be measured")?;
        let folder = last.database.parent().ok_or("no folder")?;
        let files: Vec<File> = std::fs::read_dir(folder)?
            .map(|entry| File::open(entry?.path()))
            .collect::<Result<_, _>>()?;
        files.iter().try_for_each(File::sync_all)?;
        let mut samples = vec![(Sample::default(), Sample::default()); entrants.len()];
        for _ in 0..ROUNDS {
            for (index, (entrant, (time, memory))) in entrants.iter().zip(&mut samples).enumerate()
            {
                if index + 1 == entrants.len() {
                    for file in &files {
                        fadvise(file, 0, None, Advice::DontNeed)?;
                    }
                }
                let (taken, kib) = cold(entrant)?;
                time.add(taken / 1000.0);
                memory.add(kib);
            }
        }
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
pub fn first_answer(entrants: &[Entrant<'_>; 4], phones: &Phones, page: &mut Page) -> Outcome<()> {
    let this = entrants[0].program;
    let dropped = "ringfence, verdict, file not in the page cache";
    let dropped = Entrant::new(dropped, this, "verdict").with(&phones.cold);
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
pub fn first_check(this: &Path, phones: &Phones, page: &mut Page) -> Outcome<()> {
    let automaton = Entrant::new("aho-corasick, build and match", this, "aho-corasick");
    let check = Entrant::new("ringfence, open and check", this, "check");
    let dropped = "ringfence, open and check, file not in the page cache";
    let dropped = Entrant::new(dropped, this, "check").with(&phones.cold);
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

/// About a number, with all that a phone has.
pub fn first_on_phone(program: &Path, phones: &Phones, page: &mut Page) -> Outcome<()> {
    let entrant = |title, database| Entrant::new(title, program, "phone").with(database);
    let new = entrant("`Engine`, new phone", &phones.new);
    let full = entrant("`Engine`, full memory", &phones.full);
    let dropped = "`Engine`, full memory, files not in the page cache";
    let dropped = entrant(dropped, &phones.cold);
    Starts::measure(vec![&new, &full, &dropped])?.report(
        page,
        ["ffi-cold-native", "ffi-cold-native-note"],
        &format!(
            "open and first verdict with {} in memory",
            number(CAPACITY as f64)
        ),
        1,
        [250.0, 1000.0],
        None,
    );
    Ok(())
}
