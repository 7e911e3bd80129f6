//! Samples as sparse rows.

use ringfence::check::note::{BUCKETS, Block, Features, Language, Lexicon, Words};

/// Sparse rows: each sample's buckets, block by block, and one value a block.
#[derive(Default)]
pub struct Matrix {
    buckets: Vec<u32>,
    rows: Vec<Row>,
}

struct Row {
    start: usize,
    /// Where each block ends among `buckets`.
    ends: [usize; 3],
    values: [f32; 3],
}

/// The value of each block of features relative to the others.
pub const BLOCK_VALUES: [f32; 3] = [1.0, 1.0, 1.0];

/// Weights of all buckets, and a bias at the end.
pub type Weights = Vec<f32>;

/// No weights yet.
pub fn zero() -> Weights {
    vec![0.0; BUCKETS + 1]
}

impl Matrix {
    /// Adds a note.
    pub fn push(&mut self, note: &str, lexicon: &Lexicon<'_>, language: Option<Language>) {
        let features = Features::new(&Words::new(note), lexicon, language, Language::English);
        let start = self.buckets.len();
        let mut ends = [start; 3];
        for (block, feature) in features.iter() {
            self.buckets.push(feature.bucket);
            for end in &mut ends[block as usize..] {
                *end = self.buckets.len();
            }
        }
        let values = Block::ALL.map(|block| features.value(block) * BLOCK_VALUES[block as usize]);
        self.rows.push(Row {
            start,
            ends,
            values,
        });
    }

    /// The blocks of a sample: buckets and the value all of them have.
    fn blocks(&self, row: usize) -> impl Iterator<Item = (&[u32], f32)> {
        let row = &self.rows[row];
        let mut start = row.start;
        (0..3).map(move |block| {
            let buckets = &self.buckets[start..row.ends[block]];
            start = row.ends[block];
            (buckets, row.values[block])
        })
    }

    /// The score of a sample.
    pub fn score(&self, row: usize, weights: &Weights) -> f32 {
        let mut total = weights[BUCKETS];
        for (buckets, value) in self.blocks(row) {
            let sum: f32 = buckets.iter().map(|&bucket| weights[bucket as usize]).sum();
            total += sum * value;
        }
        total
    }

    /// Adds `factor` times a sample to the weights that are `kept`.
    pub fn add(&self, row: usize, factor: f32, kept: &[f32], weights: &mut Weights) {
        weights[BUCKETS] += factor;
        for (buckets, value) in self.blocks(row) {
            let step = factor * value;
            for &bucket in buckets {
                weights[bucket as usize] += step * kept[bucket as usize];
            }
        }
    }

    /// The squared length of a sample in the buckets that are `kept`, bias
    /// included.
    pub fn squared(&self, row: usize, kept: &[f32]) -> f32 {
        let mut total = 1.0;
        for (buckets, value) in self.blocks(row) {
            let count: f32 = buckets.iter().map(|&bucket| kept[bucket as usize]).sum();
            total += count * value * value;
        }
        total
    }
}
