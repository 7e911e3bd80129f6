//! The section `model`, in the layout of
//! [`model_layout`](ringfence::check::note::model_layout).

use ringfence::check::note::model_layout::{GROUP, MAX_HEADS};
use ringfence::check::note::{BUCKETS, Target};

use super::calibrate::Calibration;
use super::matrix::{BLOCK_VALUES, Weights};
use super::{EVIDENCE_FROM, EVIDENCE_SCALE, SCRIPT_SCALE, Trained};
use crate::Error;

/// A call is `scam` from this probability on.
const SCAM_FROM: f32 = 0.5;
/// A call is `clear` below this one: a wrong "clear" is the worst answer.
const CLEAR_BELOW: f32 = 0.1;

/// Writes the section.
///
/// # Errors
/// [`Error::TooLarge`] if there are more heads than the format has numbers
/// for.
pub fn write(
    targets: &[Target],
    trained: &Trained,
    calibration: &Calibration,
) -> Result<Vec<u8>, Error> {
    if targets.len() > MAX_HEADS {
        return Err(Error::TooLarge("the list of scripts and evidence"));
    }
    let (scam_scale, scam) = quantise(&trained.scam);
    let own = calibration.own as f32;
    let bias = calibration.bias as f32 + own * trained.scam[BUCKETS];
    let mut heads = Vec::new();
    let mut lists: Vec<Vec<[u8; 2]>> = vec![Vec::new(); BUCKETS];
    for (index, (target, weights)) in targets.iter().zip(&trained.heads).enumerate() {
        let (scale, quantised) = quantise(weights);
        let (kind, number, factor, from) = match *target {
            Target::Scam(number) => (0, number, SCRIPT_SCALE, 0.0),
            Target::Genuine(number) => (1, number, SCRIPT_SCALE, 0.0),
            Target::Evidence(number) => (2, number, EVIDENCE_SCALE, EVIDENCE_FROM),
        };
        heads.extend([kind, 0]);
        heads.extend(number.to_le_bytes());
        for value in [scale * factor, (weights[BUCKETS] - from) * factor] {
            heads.extend(value.to_le_bytes());
        }
        for (list, weight) in lists.iter_mut().zip(quantised) {
            if weight != 0 {
                list.push([index as u8, weight as u8]);
            }
        }
    }
    let entries: usize = lists.iter().map(Vec::len).sum();
    let mut section = Vec::new();
    section.extend((targets.len() as u16).to_le_bytes());
    section.extend([0, 0]);
    section.extend((entries as u32).to_le_bytes());
    let numbers = [
        scam_scale * own,
        bias,
        calibration.scripts as f32,
        SCAM_FROM,
        CLEAR_BELOW,
    ];
    for number in BLOCK_VALUES.iter().chain(&numbers) {
        section.extend(number.to_le_bytes());
    }
    section.extend(heads);
    section.extend(scam.iter().map(|&weight| weight as u8));
    let mut first = 0;
    for group in lists.chunks(GROUP) {
        section.extend((first as u32).to_le_bytes());
        first += group.iter().map(Vec::len).sum::<usize>();
    }
    section.extend(lists.iter().map(|list| list.len() as u8));
    section.extend(lists.iter().flatten().flatten());
    Ok(section)
}

/// Weights as whole numbers, and what one is worth.
fn quantise(weights: &Weights) -> (f32, Vec<i8>) {
    let weights = &weights[..BUCKETS];
    let most = weights
        .iter()
        .fold(0.0_f32, |most, weight| most.max(weight.abs()));
    if most == 0.0 {
        return (0.0, vec![0; BUCKETS]);
    }
    let scale = most / 127.0;
    let whole = weights.iter().map(|weight| (weight / scale).round() as i8);
    (scale, whole.collect())
}
