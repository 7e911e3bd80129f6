//! What others do with a list: the numbers themselves, and blocks around them.

use ringfence_publisher::Report;

use super::SPACE;
use super::history::Row;

/// Listed numbers from which on PhoneBlock lists a block of ten.
const TEN: usize = 4;
/// Listed numbers from which on it lists a block of a hundred, in so many
/// tens.
const HUNDRED: (usize, usize) = (8, 4);

/// How much is flagged.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Flagged {
    /// The share of an update's rows, 0 to 1.
    pub coverage: f64,
    /// The share of North America's numbers that it takes, 0 to 1.
    pub space: f64,
}

/// A list as others keep it. All are sorted, each is there once.
pub struct List {
    numbers: Vec<u64>,
    tens: Vec<u64>,
    hundreds: Vec<u64>,
}

impl List {
    /// All numbers that were ever reported; `reports` are sorted.
    pub fn new(reports: &[Report]) -> Self {
        let mut numbers: Vec<u64> = reports.iter().map(|report| report.key).collect();
        numbers.dedup();
        let full = |block: &[u64]| block.len() >= TEN;
        let tens = blocks(&numbers, 10).filter(|block| full(block));
        let tens = tens.map(|block| block[0] / 10).collect();
        let full =
            |block: &[u64]| block.len() >= HUNDRED.0 && blocks(block, 10).count() >= HUNDRED.1;
        let hundreds = blocks(&numbers, 100).filter(|block| full(block));
        let hundreds = hundreds.map(|block| block[0] / 100).collect();
        Self {
            numbers,
            tens,
            hundreds,
        }
    }

    /// What the numbers alone flag.
    pub fn exact(&self, rows: &[Row]) -> Flagged {
        self.flagged(rows, |key| has(&self.numbers, key), self.numbers.len())
    }

    /// What numbers, tens and hundreds flag.
    pub fn blocks(&self, rows: &[Row]) -> Flagged {
        let in_block = |key| has(&self.hundreds, key / 100) || has(&self.tens, key / 10);
        let tens = self.tens.iter();
        let tens = tens.filter(|&ten| !has(&self.hundreds, ten / 10)).count();
        let alone = self.numbers.iter().filter(|&&number| !in_block(number));
        self.flagged(
            rows,
            |key| in_block(key) || has(&self.numbers, key),
            self.hundreds.len() * 100 + tens * 10 + alone.count(),
        )
    }

    fn flagged(&self, rows: &[Row], flags: impl Fn(u64) -> bool, numbers: usize) -> Flagged {
        let caught = rows.iter().filter(|row| row.key != 0 && flags(row.key));
        Flagged {
            coverage: caught.count() as f64 / rows.len().max(1) as f64,
            space: numbers as f64 / SPACE as f64,
        }
    }
}

/// The numbers of each block of `size`, in order.
fn blocks(numbers: &[u64], size: u64) -> impl Iterator<Item = &[u64]> {
    numbers.chunk_by(move |one, next| one / size == next / size)
}

fn has(sorted: &[u64], wanted: u64) -> bool {
    sorted.binary_search(&wanted).is_ok()
}

#[cfg(test)]
mod tests {
    use ringfence::reported::ReportKind;

    use super::*;

    #[test]
    fn blocks_are_listed_as_phoneblock_does() {
        let keys = [
            (0..3).collect::<Vec<u64>>(),
            (10..14).collect(),
            vec![100, 101, 110, 111, 120, 121, 130, 131],
            vec![200, 201, 202, 210, 211, 212, 220, 221],
        ];
        let keys = keys.concat().into_iter().map(|end| 12_025_550_000 + end);
        let reports: Vec<Report> = keys
            .map(|key| Report {
                key,
                day: 1,
                kind: ReportKind::Unspecified,
                count: 1,
            })
            .collect();
        let list = List::new(&reports);
        assert_eq!(list.tens, [1_202_555_001]);
        assert_eq!(list.hundreds, [120_255_501]);
        let rows = [199, 109, 19, 20, 5].map(|end| Row {
            key: 12_025_550_000 + end,
            day: 1,
        });
        let flagged = list.blocks(&rows);
        assert_eq!(flagged.coverage, 0.6);
        // A hundred, a ten, three and eight numbers.
        assert_eq!(flagged.space, 121.0 / SPACE as f64);
        assert_eq!(list.exact(&rows).coverage, 0.0);
    }
}
