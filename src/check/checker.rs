//! From a note and answers to an assessment.

use std::ops::Range;

use super::answers::{Answers, Asked, Given, Reply};
use super::assessment::{Action, Assessment, Candidate, Part, PartOf, RedFlag, Verdict};
use super::belief::{Belief, Scripts, is_found, probability};
use super::guide::{
    AdviceStep, EvidenceGroup, EvidenceIndex, Guide, Question, Script, ScriptIndex, Stage,
};
use super::next::next;
use super::note::{Features, Language, Lexicon, Model, Reading, Target, Words};
use crate::database::{Database, Fault, SectionId};
use crate::number::Region;

/// How many scripts follow the likeliest.
const ALTERNATIVES: usize = 4;
/// A script is named beside the likeliest with at least this share.
const WORTH_NAMING: f32 = 0.002;
/// What is said about a tool starts at most so many words before its name.
const BEFORE_TOOL: usize = 8;
/// And ends at most so many words after it.
const AFTER_TOOL: usize = 8;
/// A refusal counts for what stands so many words from it.
const NEAR: usize = 6;
/// The surest that anything can be: a logit of 9.2, one in ten thousand.
const SUREST: f32 = 9.2;

/// What is known about a call.
#[derive(Clone, Copy, Debug)]
pub struct Report<'n> {
    /// What the person wrote; empty if nothing. Only the first
    /// [`MAX_NOTE`](super::note::MAX_NOTE) bytes are read.
    pub note: &'n str,
    /// The note's language, if it is known.
    pub language: Option<Language>,
    /// Where the person is: for advice, and a hint for the language.
    pub region: Option<Region>,
    /// What the person answered.
    pub answers: &'n Answers,
}

/// Checks calls with a database. Opening one reads the guide's likelihoods;
/// the lexicon and the model stay where they are.
pub struct Checker<'a> {
    guide: Guide<'a>,
    lexicon: Lexicon<'a>,
    model: Model<'a>,
    scripts: Scripts,
}

/// A note that was read.
struct Note {
    words: Words,
    features: Features,
    reading: Reading,
}

impl<'a> Checker<'a> {
    /// Opens what the check needs.
    ///
    /// # Errors
    /// A [`Fault`] if a section is missing, damaged or contradicts itself.
    pub fn new(database: &'a Database) -> Result<Self, Fault> {
        database.will_need(&[SectionId::GUIDE, SectionId::LEXICON, SectionId::MODEL]);
        let guide = database.guide()?;
        Ok(Self {
            scripts: Scripts::new(&guide)?,
            lexicon: database.lexicon()?,
            model: database.model()?,
            guide,
        })
    }

    /// Scripts, evidence, questions and advice.
    pub fn guide(&self) -> &Guide<'a> {
        &self.guide
    }

    /// Assesses a call. The same report gives the same assessment; the order
    /// of the answers does not matter.
    ///
    /// # Errors
    /// A [`Fault`] if a section is damaged or contradicts itself.
    pub fn check(&self, report: &Report<'_>) -> Result<Assessment<'a>, Fault> {
        let note = self.read(report)?;
        let found = |evidence: EvidenceIndex| {
            let heads = note.iter().flat_map(|note| &note.reading.heads);
            let logit = heads
                .filter(|(target, _)| *target == Target::Evidence(evidence.0))
                .map(|&(_, logit)| logit);
            logit.map(probability).next().unwrap_or(0.0)
        };
        let mut belief = match &note {
            Some(note) => Belief::of_note(&self.scripts, &note.reading),
            None => Belief::prior(&self.scripts),
        };
        let parts = self.parts(&note, &belief, report.answers, &found)?;
        belief.take(&self.scripts, report.answers, &found);
        let logit = belief.scam_logit(&self.scripts).clamp(-SUREST, SUREST);
        let probability = probability(logit);
        let (flags, actions) = self.seen(&note, report.answers)?;
        let verdict = self.verdict(probability, &flags);
        let candidate = |&(index, probability): &(ScriptIndex, f32)| -> Result<_, Fault> {
            Ok(Candidate {
                script: self.guide.script(index)?,
                probability,
            })
        };
        let ranked = belief.ranked(&self.scripts, true);
        let best = ranked.first().filter(|_| verdict != Verdict::Clear);
        let script = best.map(candidate).transpose()?;
        let others = ranked.iter().skip(usize::from(script.is_some()));
        let others = others
            .take(ALTERNATIVES)
            .filter(|(_, share)| *share >= WORTH_NAMING);
        let genuine = belief.ranked(&self.scripts, false);
        let acted = !actions.is_empty();
        let question = next(
            &self.scripts,
            &belief,
            report.answers,
            self.model.clear_below(),
            acted,
            &found,
        );
        Ok(Assessment {
            verdict,
            probability,
            alternatives: others.map(candidate).collect::<Result<_, _>>()?,
            genuine: genuine.first().map(candidate).transpose()?,
            stage: script.and_then(|best| stage(&best.script, &flags)),
            next_question: question.map_or(Ok(None), |place| self.question(place))?,
            advice: self.advice(report.region, verdict, script, &flags, &actions)?,
            red_flags: flags,
            actions,
            language: note.map_or_else(
                || report.language.unwrap_or(home(report.region)),
                |note| note.features.language,
            ),
            script,
            parts,
        })
    }

    fn question(&self, place: u16) -> Result<Option<Question<'a>>, Fault> {
        self.guide.questions().nth(place.into()).transpose()
    }

    /// Reads the note; `None` if it has no word that can be read.
    fn read(&self, report: &Report<'_>) -> Result<Option<Note>, Fault> {
        let words = Words::new(report.note);
        if words.is_empty() {
            return Ok(None);
        }
        let home = home(report.region);
        let features = Features::new(&words, &self.lexicon, report.language, home);
        let mut reading = self.model.read(&features)?;
        if let Some(rest) = self.without_tools(&words, &features) {
            let features = Features::new(&rest, &self.lexicon, Some(features.language), home);
            reading.scam = reading.scam.max(self.model.read(&features)?.scam);
        }
        Ok(Some(Note {
            words,
            features,
            reading,
        }))
    }

    /// The note without what it says about remote-access tools, if it says
    /// anything about them and something else: that somebody wanted one can
    /// never speak for a call.
    fn without_tools(&self, words: &Words, features: &Features) -> Option<Words> {
        let tool = self.lexicon.concept("remote_tool")?;
        let matches = features.matches.iter().filter(|at| at.concept == tool);
        let told: Vec<(usize, usize)> = matches
            .map(|at| (at.first.into(), usize::from(at.first + at.count)))
            .collect();
        let about = |word: usize| {
            told.iter().any(|&(first, end)| {
                word + BEFORE_TOOL >= first
                    && word < end + AFTER_TOOL
                    && words.clause(word) == words.clause(first)
            })
        };
        let rest = words.without(about);
        (!told.is_empty() && rest.len() >= 3).then_some(rest)
    }

    /// A strong flag on its own is enough never to call a call clear.
    fn verdict(&self, probability: f32, flags: &[RedFlag<'_>]) -> Verdict {
        let strong = flags.iter().any(|flag| flag.evidence.strong);
        if probability >= self.model.scam_from() {
            Verdict::Scam
        } else if probability >= self.model.clear_below() || strong {
            Verdict::Unsure
        } else {
            Verdict::Clear
        }
    }

    /// The parts of the score: what was assumed, each word, each answer.
    fn parts(
        &self,
        note: &Option<Note>,
        start: &Belief,
        answers: &Answers,
        found: &impl Fn(EvidenceIndex) -> f32,
    ) -> Result<Vec<Part>, Fault> {
        let logit = start.scam_logit(&self.scripts);
        let mut parts = vec![Part {
            of: PartOf::Start,
            log_odds: logit,
        }];
        if let Some(note) = note {
            let length = note.words.len();
            let words = self
                .model
                .scam_parts(&note.features, length, &note.reading)?;
            for (index, log_odds) in words.into_iter().enumerate() {
                parts[0].log_odds -= log_odds;
                parts.push(Part {
                    of: PartOf::Words(note.words.span(index, 1)),
                    log_odds,
                });
            }
        }
        let mut belief = start.clone();
        let mut before = logit;
        for (asked, given) in answers.iter() {
            belief.take_one(&self.scripts, asked, given, found);
            let after = belief.scam_logit(&self.scripts);
            let id = match asked {
                Asked::Evidence(evidence) => self.guide.evidence(evidence)?.id,
                Asked::Question(place) => self.question(place)?.map_or("", |asked| asked.id),
            };
            parts.push(Part {
                of: PartOf::Answer(id.to_owned()),
                log_odds: after - before,
            });
            before = after;
        }
        Ok(parts)
    }

    /// Red flags and actions in note and answers. An answer overrules the note.
    fn seen(
        &self,
        note: &Option<Note>,
        answers: &Answers,
    ) -> Result<(Vec<RedFlag<'a>>, Vec<Action<'a>>), Fault> {
        let mut seen: Vec<(EvidenceIndex, Option<Range<usize>>)> = Vec::new();
        let mut denied = Vec::new();
        for (asked, given) in answers.iter() {
            match (asked, given) {
                (Asked::Evidence(evidence), Given::Reply(Reply::Yes)) => {
                    seen.push((evidence, None))
                }
                (Asked::Evidence(evidence), Given::Reply(Reply::No)) => denied.push(evidence),
                (Asked::Question(place), Given::Option(option)) => {
                    let asking = self.scripts.questions.get(usize::from(place));
                    let options = asking.map(|asking| &asking.options);
                    let said = options.and_then(|options| options.get(usize::from(option)));
                    // An option stands for its first evidence; the others are
                    // other words for much the same.
                    seen.extend(
                        said.and_then(|said| said.first())
                            .map(|&first| (first, None)),
                    );
                }
                _ => {}
            }
        }
        if let Some(note) = note {
            for &(target, logit) in &note.reading.heads {
                let Target::Evidence(index) = target else {
                    continue;
                };
                let evidence = EvidenceIndex(index);
                let known = seen.iter().any(|(other, _)| *other == evidence);
                if is_found(logit) && !known && !denied.contains(&evidence) {
                    let length = note.words.len();
                    let parts = self.model.evidence_parts(&note.features, length, index)?;
                    let run = best_run(&parts);
                    let group = self.guide.evidence(evidence)?.group;
                    if group == EvidenceGroup::Action && self.refused(note, run.as_ref()) {
                        continue;
                    }
                    let span = run.map(|run| note.words.span(run.start, run.len()));
                    seen.push((evidence, span));
                }
            }
        }
        let (mut flags, mut actions) = (Vec::new(), Vec::new());
        for (index, span) in seen {
            let evidence = self.guide.evidence(index)?;
            match evidence.group {
                EvidenceGroup::Flag => flags.push(RedFlag {
                    evidence,
                    span,
                    weight: self.weight(index),
                }),
                EvidenceGroup::Action => actions.push(Action { evidence, span }),
                _ => {}
            }
        }
        flags.sort_by(|a, b| {
            let by_weight = b.weight.total_cmp(&a.weight);
            by_weight.then(a.evidence.index.0.cmp(&b.evidence.index.0))
        });
        actions.sort_by_key(|action| action.evidence.index.0);
        Ok((flags, actions))
    }

    /// Whether the note says after these words, or just before them, that it
    /// was refused or nearly done, and not later that it was done.
    fn refused(&self, note: &Note, run: Option<&Range<usize>>) -> bool {
        let Some(run) = run else { return false };
        let concept = |name: &str| self.lexicon.concept(name);
        let places = |concept: Option<u8>| {
            let matches = note.features.matches.iter();
            matches
                .filter(move |at| Some(at.concept) == concept)
                .map(|at| usize::from(at.first))
        };
        let near = run.start.saturating_sub(NEAR)..run.end + NEAR;
        let refusals = places(concept("refused")).chain(places(concept("nearly")));
        let last = refusals.filter(|place| near.contains(place)).max();
        last.is_some_and(|last| !places(concept("i_did")).any(|place| place > last))
    }

    /// How much likelier evidence is in scam calls than in genuine ones.
    fn weight(&self, evidence: EvidenceIndex) -> f32 {
        let mean = |of_scams: bool| {
            let scripts = self.scripts.scam.iter().enumerate();
            let own = scripts.filter(|(_, scam)| **scam == of_scams);
            let shown: Vec<f32> = own
                .map(|(index, _)| self.scripts.likelihood(index, evidence))
                .collect();
            shown.iter().sum::<f32>() / shown.len().max(1) as f32
        };
        (mean(true) / mean(false).max(1e-4)).ln().max(0.0)
    }

    /// The steps for this verdict, in their order.
    fn advice(
        &self,
        region: Option<Region>,
        verdict: Verdict,
        script: Option<Candidate<'a>>,
        flags: &[RedFlag<'_>],
        actions: &[Action<'_>],
    ) -> Result<Vec<AdviceStep<'a>>, Fault> {
        let steps = self.guide.advice(region)?;
        let done = |step: &AdviceStep<'_>| {
            let mut list = step.done.iter();
            list.any(|index| actions.iter().any(|action| action.evidence.index == index))
        };
        let asked = |step: &AdviceStep<'_>| {
            let mut list = step.asked.iter();
            list.any(|index| flags.iter().any(|flag| flag.evidence.index == index))
        };
        let of_script = |step: &AdviceStep<'_>| {
            // Steps of one script only once the verdict stands.
            let best = script.filter(|_| verdict == Verdict::Scam);
            let best = best.map(|best| best.script.index);
            step.scripts.iter().any(|index| Some(index) == best)
        };
        let fits = |step: &AdviceStep<'_>| {
            let for_verdict = match verdict {
                Verdict::Scam => step.for_scam,
                Verdict::Unsure => step.for_unsure,
                Verdict::Clear => step.for_clear,
            };
            let always = step.done.is_empty() && step.asked.is_empty() && step.scripts.is_empty();
            for_verdict && (always || done(step) || asked(step) || of_script(step))
        };
        Ok(steps.iter().filter(|step| fits(step)).collect())
    }
}

/// The last stage of the script that a flag of its own shows, or the first.
fn stage<'a>(script: &Script<'a>, flags: &[RedFlag<'_>]) -> Option<Stage<'a>> {
    let shown = |stage: &Stage<'_>| {
        stage.evidence.iter().any(|(index, likelihood)| {
            likelihood >= 0.3 && flags.iter().any(|flag| flag.evidence.index == index)
        })
    };
    let last = script.stages.iter().filter(shown).last();
    last.or_else(|| script.stages.get(0))
}

/// The run of words that gives most.
fn best_run(parts: &[f32]) -> Option<Range<usize>> {
    let most = parts.iter().copied().fold(0.0, f32::max);
    if most <= 0.0 {
        return None;
    }
    // A word must give a fifth of the best one to be worth keeping.
    let cost = most / 5.0;
    let (mut best, mut best_sum) = (0..0, 0.0);
    let (mut start, mut sum) = (0, 0.0);
    for (index, part) in parts.iter().enumerate() {
        sum += part - cost;
        if sum <= 0.0 {
            (start, sum) = (index + 1, 0.0);
        } else if sum > best_sum {
            (best, best_sum) = (start..index + 1, sum);
        }
    }
    (!best.is_empty()).then_some(best)
}

/// The language people of a region are most likely to write.
fn home(region: Option<Region>) -> Language {
    match region.as_ref().map(Region::as_str) {
        Some("FR" | "MC") => Language::French,
        Some("DE" | "AT" | "LI") => Language::German,
        Some("ES" | "MX" | "AR" | "CO" | "CL" | "PE") => Language::Spanish,
        Some("IT" | "SM") => Language::Italian,
        Some("PT" | "BR") => Language::Portuguese,
        Some("NL") => Language::Dutch,
        Some("PL") => Language::Polish,
        _ => Language::English,
    }
}
