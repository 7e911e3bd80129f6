//! The weights that read a note, in place.

use super::features::{BUCKETS, Block, Features};
use crate::database::{Database, Fault, FaultKind, Section, SectionId};

/// The layout of the section `model`.
///
/// All numbers are little-endian. A *head* is one thing that a note is asked
/// for: a script, a red flag, an action. Weights are whole numbers that a
/// head's scale turns into logits. Most weights of a head are zero, so each
/// bucket lists only the heads it speaks for; "was it a scam" has a weight for
/// every bucket.
///
/// | offset | content |
/// |---|---|
/// | 0 | u16: number of heads |
/// | 2 | u16: zero |
/// | 4 | u32: number of entries |
/// | 8 | f32: the value of each block of features, three |
/// | 20 | f32: scale of the scam weights |
/// | 24 | f32: bias of the scam logit |
/// | 28 | f32: how much the scripts count in the scam logit |
/// | 32 | f32: `scam` from this probability |
/// | 36 | f32: `clear` below this one |
/// | 40 | heads, 12 bytes each: u8 kind (0 scam script, 1 genuine script, 2 evidence), u8 zero, u16 index in the guide, f32 scale, f32 bias |
/// | then | scam weights, i8 for each bucket |
/// | then | for each 64 buckets, u32: their first entry |
/// | then | for each bucket, u8: its number of entries |
/// | then | entries, 2 bytes each: u8 head, i8 weight |
pub mod layout {
    /// Offset of the heads.
    pub const HEADS: usize = 40;
    /// Length in bytes of a head.
    pub const HEAD_LENGTH: usize = 12;
    /// How many buckets share a first entry.
    pub const GROUP: usize = 64;
    /// Most heads.
    pub const MAX_HEADS: usize = 255;
}

use layout::{GROUP, HEAD_LENGTH, HEADS, MAX_HEADS};

/// What a head tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A scam's script, by its index in the guide.
    Scam(u16),
    /// A genuine call's script, by its index in the guide.
    Genuine(u16),
    /// A red flag or an action, by its index in the guide.
    Evidence(u16),
}

/// A head as it is stored.
#[derive(Clone, Copy, Debug)]
struct Head {
    target: Target,
    scale: f32,
    bias: f32,
}

/// The model of a database.
#[derive(Clone, Copy)]
pub struct Model<'a> {
    section: Section<'a>,
    heads: usize,
    block_values: [f32; 3],
    scam_scale: f32,
    scam_bias: f32,
    mix: f32,
    scam_from: f32,
    clear_below: f32,
    weights: &'a [u8],
    groups: &'a [[u8; 4]],
    counts: &'a [u8],
    entries: &'a [[u8; 2]],
}

/// What a note says.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The logit that the call was a scam: the natural logarithm of its odds,
    /// calibrated.
    pub scam: f32,
    /// For each head what it tells and its value: for a script its natural
    /// logarithm of the share within its side (the shares of all scams add up
    /// to 1, and those of all genuine kinds), for evidence its logit.
    pub heads: Vec<(Target, f32)>,
}

impl Database {
    /// The model.
    ///
    /// # Errors
    /// A [`Fault`] if the section is missing, damaged or contradicts itself.
    pub fn model(&self) -> Result<Model<'_>, Fault> {
        Model::new(self.section(SectionId::MODEL)?)
    }
}

impl<'a> Model<'a> {
    fn new(section: Section<'a>) -> Result<Self, Fault> {
        let heads = usize::from(section.u16(0)?);
        let entries = section.u32(4)? as usize;
        let weights = HEADS + heads * HEAD_LENGTH;
        let groups = weights + BUCKETS;
        let counts = groups + BUCKETS / GROUP * 4;
        let first = counts + BUCKETS;
        let length = entries
            .checked_mul(2)
            .and_then(|all| all.checked_add(first));
        if heads > MAX_HEADS || length != Some(section.len()) {
            return Err(section.fault(FaultKind::Content));
        }
        let model = Self {
            section,
            heads,
            block_values: [
                float(&section, 8)?,
                float(&section, 12)?,
                float(&section, 16)?,
            ],
            scam_scale: float(&section, 20)?,
            scam_bias: float(&section, 24)?,
            mix: float(&section, 28)?,
            scam_from: float(&section, 32)?,
            clear_below: float(&section, 36)?,
            weights: section.bytes(weights, BUCKETS)?,
            groups: section.bytes(groups, BUCKETS / GROUP * 4)?.as_chunks().0,
            counts: section.bytes(counts, BUCKETS)?,
            entries: section.bytes(first, entries * 2)?.as_chunks().0,
        };
        let ordered = 0.0 <= model.clear_below && model.clear_below <= model.scam_from;
        if !ordered || model.scam_from > 1.0 {
            return Err(section.fault(FaultKind::Content));
        }
        Ok(model)
    }

    /// A call counts as a scam from this probability on, 0 to 1.
    pub fn scam_from(&self) -> f32 {
        self.scam_from
    }

    /// A call counts as clear below this probability, 0 to 1.
    pub fn clear_below(&self) -> f32 {
        self.clear_below
    }

    /// What the heads tell, in their order.
    ///
    /// # Errors
    /// A [`Fault`] if the section contradicts itself.
    pub fn targets(&self) -> Result<Vec<Target>, Fault> {
        let heads = (0..self.heads).map(|index| Ok(self.head(index)?.target));
        heads.collect()
    }

    /// Reads a note.
    ///
    /// # Errors
    /// A [`Fault`] if the section contradicts itself.
    pub fn read(&self, features: &Features) -> Result<Reading, Fault> {
        let fault = || self.section.fault(FaultKind::Content);
        let values = self.values(features);
        let mut sums = vec![[0_i32; 3]; self.heads];
        let mut scam_sums = [0_i32; 3];
        for (block, feature) in features.iter() {
            let bucket = feature.bucket as usize;
            let weight = *self.weights.get(bucket).ok_or_else(fault)? as i8;
            scam_sums[block as usize] += i32::from(weight);
            for &[head, weight] in self.entries_of(bucket).ok_or_else(fault)? {
                let sum = sums.get_mut(usize::from(head)).ok_or_else(fault)?;
                sum[block as usize] += i32::from(weight as i8);
            }
        }
        let total = |sums: &[i32; 3]| -> f32 {
            (0..3).map(|block| sums[block] as f32 * values[block]).sum()
        };
        let mut heads = Vec::with_capacity(self.heads);
        for (index, sums) in sums.iter().enumerate() {
            let head = self.head(index)?;
            heads.push((head.target, head.bias + head.scale * total(sums)));
        }
        let scams = normalise(&mut heads, |target| matches!(target, Target::Scam(_)));
        let genuine = normalise(&mut heads, |target| matches!(target, Target::Genuine(_)));
        let own = self.scam_scale * total(&scam_sums);
        Ok(Reading {
            scam: self.scam_bias + own + self.mix * (scams - genuine),
            heads,
        })
    }

    /// What each word of a note of `words` words gave to the scam logit: its
    /// own weights, and those of the scripts as far as the reading found them
    /// likely.
    ///
    /// # Errors
    /// As [`Model::read`].
    pub fn scam_parts(
        &self,
        features: &Features,
        words: usize,
        reading: &Reading,
    ) -> Result<Vec<f32>, Fault> {
        let mut factors = vec![0.0; self.heads];
        for (index, factor) in factors.iter_mut().enumerate() {
            let share = reading
                .heads
                .get(index)
                .map_or(0.0, |&(_, value)| value.exp());
            let head = self.head(index)?;
            *factor = match head.target {
                Target::Scam(_) => self.mix * share * head.scale,
                Target::Genuine(_) => -self.mix * share * head.scale,
                Target::Evidence(_) => 0.0,
            };
        }
        Ok(self.parts(features, words, self.scam_scale, &factors))
    }

    /// What each word of a note gave to the logit of a piece of evidence, by
    /// its index in the guide; zero if no head tells it.
    ///
    /// # Errors
    /// As [`Model::read`].
    pub fn evidence_parts(
        &self,
        features: &Features,
        words: usize,
        evidence: u16,
    ) -> Result<Vec<f32>, Fault> {
        let mut factors = vec![0.0; self.heads];
        for (index, factor) in factors.iter_mut().enumerate() {
            let head = self.head(index)?;
            if head.target == Target::Evidence(evidence) {
                *factor = head.scale;
            }
        }
        Ok(self.parts(features, words, 0.0, &factors))
    }

    /// The weights of each word, those of the heads times their factors.
    fn parts(&self, features: &Features, words: usize, scam: f32, factors: &[f32]) -> Vec<f32> {
        let values = self.values(features);
        let mut parts = vec![0.0_f32; words];
        for (block, feature) in features.iter() {
            let bucket = feature.bucket as usize;
            let own = self.weights.get(bucket).map_or(0, |&weight| weight as i8);
            let mut sum = f32::from(own) * scam;
            for &[head, weight] in self.entries_of(bucket).unwrap_or_default() {
                let factor = factors.get(usize::from(head)).copied().unwrap_or_default();
                sum += f32::from(weight as i8) * factor;
            }
            let (first, last) = (usize::from(feature.words.0), usize::from(feature.words.1));
            let shown = parts.get_mut(first..=last).unwrap_or_default();
            let share = sum * values[block as usize] / shown.len().max(1) as f32;
            shown.iter_mut().for_each(|part| *part += share);
        }
        parts
    }

    fn values(&self, features: &Features) -> [f32; 3] {
        Block::ALL.map(|block| features.value(block) * self.block_values[block as usize])
    }

    fn entries_of(&self, bucket: usize) -> Option<&'a [[u8; 2]]> {
        let count = usize::from(*self.counts.get(bucket)?);
        if count == 0 {
            return Some(&[]);
        }
        let group = bucket / GROUP;
        let before = self.counts.get(group * GROUP..bucket)?;
        let before: usize = before.iter().map(|&count| usize::from(count)).sum();
        let first = u32::from_le_bytes(*self.groups.get(group)?) as usize;
        let start = first.checked_add(before)?;
        self.entries.get(start..start.checked_add(count)?)
    }

    fn head(&self, index: usize) -> Result<Head, Fault> {
        let at = HEADS + index * HEAD_LENGTH;
        let number = self.section.u16(at + 2)?;
        Ok(Head {
            target: match self.section.u8(at)? {
                0 => Target::Scam(number),
                1 => Target::Genuine(number),
                2 => Target::Evidence(number),
                _ => return Err(self.section.fault(FaultKind::Content)),
            },
            scale: float(&self.section, at + 4)?,
            bias: float(&self.section, at + 8)?,
        })
    }
}

/// A finite number.
fn float(section: &Section<'_>, at: usize) -> Result<f32, Fault> {
    let value = f32::from_le_bytes(section.array(at)?);
    match value.is_finite() {
        true => Ok(value),
        false => Err(section.fault(FaultKind::Content)),
    }
}

/// Turns the values of one side's scripts into logarithms of shares; returns
/// the logarithm of the sum of their exponentials, 0 if there are none.
fn normalise(heads: &mut [(Target, f32)], side: impl Fn(Target) -> bool) -> f32 {
    let values = || {
        heads
            .iter()
            .filter(|(target, _)| side(*target))
            .map(|&(_, value)| value)
    };
    let most = values().fold(f32::NEG_INFINITY, f32::max);
    if !most.is_finite() {
        return 0.0;
    }
    let sum: f32 = values().map(|value| (value - most).exp()).sum();
    let total = most + sum.ln();
    for (target, value) in heads.iter_mut() {
        if side(*target) {
            *value -= total;
        }
    }
    total
}
