//! Which question to ask next.

use super::answers::Answers;
use super::belief::{Asking, Belief, Scripts};
use super::guide::EvidenceIndex;

/// Most questions that are asked.
pub const MAX_QUESTIONS: usize = 6;
/// The verdict is settled from this probability on, or below its complement.
const SETTLED: f32 = 0.93;
/// The script is settled from this share of all scams on.
const SETTLED_SCRIPT: f32 = 0.78;
/// A note is likely a scam's from this probability on.
const LIKELY: f32 = 0.85;
/// A question must be expected to tell at least so much, in nats.
const WORTH: f32 = 0.05;
/// How much more the verdict counts than the script.
const VERDICT: f32 = 0.3;
/// So many questions are looked at together with the one after them: "who?"
/// tells little by itself, but "what about?" then tells much.
const AHEAD: usize = 4;
/// So many questions can be the one after them.
const AFTER: usize = 7;
/// An answer that is less likely than this is not looked beyond.
const UNLIKELY: f32 = 0.02;

/// The question that is expected to tell most, by its place in the guide;
/// `None` if all is settled, nothing left is worth asking, or enough was
/// asked.
///
/// When the call is settled or nothing more can be learned about it, and it
/// may have been a scam, the person is asked what they did, unless `acted`
/// says that is known; after a note that was `told` and is likely a scam's,
/// that comes first.
pub(super) fn next(
    scripts: &Scripts,
    belief: &Belief,
    answers: &Answers,
    clear_below: f32,
    acted: bool,
    told: bool,
    found: &impl Fn(EvidenceIndex) -> f32,
) -> Option<u16> {
    if answers.questions() >= MAX_QUESTIONS {
        return None;
    }
    let open = |place: usize| !answers.has(place as u16);
    let asks_actions = scripts
        .questions
        .iter()
        .position(|asking| asking.of_actions)
        .filter(|&place| open(place) && !acted && belief.scam(scripts) >= clear_below);
    // The last question is kept for what can still save money.
    let kept = usize::from(asks_actions.is_some());
    if told && belief.scam(scripts) >= LIKELY && asks_actions.is_some() {
        return asks_actions.map(|place| place as u16);
    }
    let mut best = None;
    if answers.questions() + kept < MAX_QUESTIONS && !settled(scripts, belief) {
        let candidates: Vec<Candidate<'_>> = scripts
            .questions
            .iter()
            .enumerate()
            .filter(|&(place, asking)| open(place) && !asking.of_actions)
            .map(|(place, asking)| Candidate {
                place,
                asking,
                fresh: asking
                    .options
                    .iter()
                    .map(|option| fresh(option, found))
                    .collect(),
            })
            .collect();
        best = Outlook::new(scripts, belief).best(&candidates);
    }
    best.or(asks_actions).map(|place| place as u16)
}

/// Whether verdict and script are as sure as they need be.
fn settled(scripts: &Scripts, belief: &Belief) -> bool {
    let scam = belief.scam(scripts);
    let best = belief.ranked(scripts, true);
    let best = best.first().map_or(0.0, |&(_, share)| share);
    scam <= 1.0 - SETTLED || scam >= SETTLED && best >= SETTLED_SCRIPT * scam
}

/// How much of an option the note did not say already.
fn fresh(option: &[EvidenceIndex], found: &impl Fn(EvidenceIndex) -> f32) -> f32 {
    let known = option.iter().map(|&evidence| found(evidence));
    1.0 - known.fold(0.0, f32::max)
}

/// A question that can be asked.
struct Candidate<'a> {
    place: usize,
    asking: &'a Asking,
    /// How much of each option is news.
    fresh: Vec<f32>,
}

impl Candidate<'_> {
    /// How likely an answer is after a call of each script: an option, or
    /// beyond the last "not sure".
    fn likelihood(&self, script: usize, answer: usize) -> f32 {
        let row = self.asking.likelihoods.get(script);
        let likelihood = row.and_then(|row| row.get(answer)).copied().unwrap_or(1.0);
        match self.fresh.get(answer) {
            Some(&fresh) if fresh < 0.99 => likelihood.powf(fresh),
            _ => likelihood,
        }
    }
}

/// Shares of all scripts.
struct Outlook<'a> {
    scripts: &'a Scripts,
    shares: Vec<f32>,
}

impl<'a> Outlook<'a> {
    fn new(scripts: &'a Scripts, belief: &Belief) -> Self {
        Self {
            scripts,
            shares: belief.scores.iter().map(|score| score.exp()).collect(),
        }
    }

    /// The place of the best question, the one after it included.
    fn best(&self, candidates: &[Candidate<'_>]) -> Option<usize> {
        let gains = candidates
            .iter()
            .map(|candidate| (self.gain(candidate), candidate));
        let mut gains: Vec<(f32, &Candidate<'_>)> = gains.collect();
        gains.retain(|(gain, _)| *gain >= WORTH);
        gains.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.place.cmp(&b.1.place)));
        let mut best: Option<(f32, usize)> = None;
        for &(gain, candidate) in gains.iter().take(AHEAD) {
            let rest = gains.iter().take(AFTER).map(|&(_, other)| other);
            let rest = rest.filter(|other| other.place != candidate.place);
            let both = gain + self.gain_after(candidate, rest);
            if best.is_none_or(|(most, _)| both > most) {
                best = Some((both, candidate.place));
            }
        }
        best.map(|(_, place)| place)
    }

    /// How much the entropy is expected to fall.
    fn gain(&self, candidate: &Candidate<'_>) -> f32 {
        let answers = 0..=candidate.asking.options.len();
        let after: f32 = answers
            .map(|answer| {
                let (chance, then) = self.after(candidate, answer);
                chance * then.entropy()
            })
            .sum();
        self.entropy() - after
    }

    /// How much the best other question is expected to tell after this one.
    fn gain_after<'c>(
        &self,
        candidate: &Candidate<'_>,
        rest: impl Iterator<Item = &'c Candidate<'c>> + Clone,
    ) -> f32 {
        let answers = 0..=candidate.asking.options.len();
        let gains = answers.map(|answer| {
            let (chance, then) = self.after(candidate, answer);
            if chance < UNLIKELY {
                return 0.0;
            }
            let most = rest.clone().map(|other| then.gain(other));
            chance * most.fold(0.0, f32::max)
        });
        gains.sum()
    }

    /// How likely an answer is, and the shares after it.
    fn after(&self, candidate: &Candidate<'_>, answer: usize) -> (f32, Self) {
        let shares = self.shares.iter().enumerate();
        let mut shares: Vec<f32> = shares
            .map(|(script, share)| share * candidate.likelihood(script, answer))
            .collect();
        let chance: f32 = shares.iter().sum();
        let scale = chance.max(f32::MIN_POSITIVE).recip();
        shares.iter_mut().for_each(|share| *share *= scale);
        let scripts = self.scripts;
        (chance, Self { scripts, shares })
    }

    /// The entropy over the scam scripts and "no scam", in nats: which kind of
    /// genuine call it was need not be known.
    fn entropy(&self) -> f32 {
        let term = |share: f32| {
            if share > 1e-9 {
                -share * share.ln()
            } else {
                0.0
            }
        };
        let (mut entropy, mut scam) = (0.0, 0.0);
        for (share, of_scam) in self.shares.iter().zip(&self.scripts.scam) {
            if *of_scam {
                entropy += term(*share);
                scam += share;
            }
        }
        entropy + term(1.0 - scam) + VERDICT * (term(scam) + term(1.0 - scam))
    }
}
