//! Verdicts about calls, where the database has a long list.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use ringfence::database::Database;
use ringfence::screening::{Call, NoMemory, Rule, Settings, Verdict, screen};

use super::sets::Random;
use crate::report::Sample;
use crate::{Outcome, allocations};

/// Rounds, and calls in each.
const ROUNDS: usize = 21;
const CALLS: usize = 20_000;

/// Nanoseconds a verdict.
pub struct Verdicts {
    /// About numbers that are listed.
    pub listed: Sample,
    /// About valid numbers near them that are not.
    pub others: Sample,
    /// Heap allocations in all of them.
    pub allocated: u64,
}

/// The text a phone would show for a key.
pub fn text(key: u64) -> String {
    format!("+{key}")
}

/// The verdict about a call, a day after the database was issued.
pub fn verdict(database: &Database, text: &str) -> Verdict {
    let (settings, now) = (Settings::default(), database.issued() + 86_400);
    screen(&Call::incoming(text), &settings, &NoMemory, database, now)
}

/// Whether it is the list that speaks against a number.
pub fn is_listed(database: &Database, key: u64) -> bool {
    verdict(database, &text(key)).rule == Rule::ListedNumber
}

/// Measures verdicts with a database that was built from these keys.
pub fn measure(file: &Path, keys: &[u64]) -> Outcome<Verdicts> {
    let database = Database::open(file)?;
    let plan = database.plan()?;
    let mut random = Random(4);
    let mut texts = [Vec::new(), Vec::new()];
    while texts.iter().any(|texts| texts.len() < ROUNDS * CALLS) {
        let key = keys[random.below(keys.len() as u64) as usize];
        for key in [key, key + 1 + random.below(9_999)] {
            let text = text(key);
            let valid = plan
                .parse(&text, None)
                .is_ok_and(|number| number.is_valid());
            if valid {
                texts[usize::from(!is_listed(&database, key))].push(text);
            }
        }
    }
    let mut samples = [Sample::default(), Sample::default()];
    let mut allocated = 0;
    for round in 0..ROUNDS {
        for (texts, sample) in texts.iter().zip(&mut samples) {
            let before = allocations::count();
            let start = Instant::now();
            for text in &texts[round * CALLS..][..CALLS] {
                black_box(verdict(&database, black_box(text)));
            }
            let taken = start.elapsed().as_nanos() as f64;
            allocated += allocations::count() - before;
            sample.add(taken / CALLS as f64);
        }
    }
    let [listed, others] = samples;
    Ok(Verdicts {
        listed,
        others,
        allocated,
    })
}
