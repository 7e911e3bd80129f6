//! From a note and answers to an assessment.

use std::fmt;

use super::answers::{Answers, Asked};
use super::assessment::{Assessment, Candidate, Part, PartOf, Verdict};
use super::belief::{Belief, Scripts, probability};
use super::guide::{
    AdviceStep, EvidenceGroup, EvidenceIndex, Guide, Question, Script, ScriptIndex, Stage,
};
use super::next::next;
use super::note::{Features, Language, Lexicon, Model, Reading, Target, Words};
use super::seen::{Note, Seen, Sight};
use crate::database::{Database, Fault, FaultKind, SectionId};
use crate::number::Region;

/// The sections that every check reads.
const NEEDED: [SectionId; 5] = [
    SectionId::GUIDE,
    SectionId::PACKED_GUIDE,
    SectionId::SPLIT_LEXICON,
    SectionId::LEXICON,
    SectionId::MODEL,
];
/// How many scripts follow the likeliest.
const ALTERNATIVES: usize = 4;
/// What is said about a tool starts at most so many words before its name.
const BEFORE_TOOL: usize = 8;
/// And ends at most so many words after it.
const AFTER_TOOL: usize = 8;
/// Actions that cost nothing by themselves.
const HARMLESS: [&str; 3] = ["pressed_key", "called_back", "clicked_link"];
/// Most scripts of a guide.
const MAX_SCRIPTS: usize = 1_000;
/// Most pieces of evidence.
const MAX_EVIDENCE: usize = 1_000;
/// Concepts that by themselves tell nothing about a call.
const GRAMMAR: [&str; 9] = [
    "i",
    "me",
    "they",
    "not",
    "clause",
    "uncertain",
    "nearly",
    "reassured",
    "money_amount",
];
/// A note is clear only if the lexicon knows more than this share of its words.
const READABLE: f32 = 0.2;
/// A note of so many words tells something though the lexicon knows no concept
/// in it.
const TELLING: usize = 8;
/// How far within "unsure" a note is kept that says too little, as a logit.
const TEMPERED: f32 = 0.05;
/// The surest that anything can be: a logit of 9.2, one in ten thousand.
const SUREST: f32 = 9.2;

/// What is known about a call. Its [`Debug`](fmt::Debug) does not show the
/// note.
#[derive(Clone, Copy)]
pub struct Report<'n> {
    /// What the person wrote; empty if nothing. Only the first
    /// [`MAX_NOTE`](super::note::MAX_NOTE) bytes are read.
    pub note: &'n str,
    /// The note's language, if it is known.
    pub language: Option<Language>,
    /// The language to answer in, as a BCP 47 tag such as `de` or `de-AT`;
    /// English if there is none, or the database does not have it. Has no part
    /// in how the note is read.
    pub text_language: Option<&'n str>,
    /// Where the person is: for advice, and a hint for the language.
    pub region: Option<Region>,
    /// What the person answered.
    pub answers: &'n Answers,
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report")
            .field("language", &self.language)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

/// Checks calls with a database. Opening one reads the guide's likelihoods;
/// the lexicon and the model stay where they are.
pub struct Checker<'a> {
    database: &'a Database,
    guide: Guide<'a>,
    lexicon: Lexicon<'a>,
    model: Model<'a>,
    scripts: Scripts,
}

impl<'a> Checker<'a> {
    /// Opens what the check needs.
    ///
    /// # Errors
    /// A [`Fault`] if a section is missing, damaged or contradicts itself.
    pub fn new(database: &'a Database) -> Result<Self, Fault> {
        database.will_need(&NEEDED);
        Self::with_guide(database, database.guide()?)
    }

    /// As [`Checker::new`], with a guide that was opened before.
    pub(crate) fn with_guide(database: &'a Database, guide: Guide<'a>) -> Result<Self, Fault> {
        let model = database.model()?;
        let (scripts, evidence) = (guide.script_count(), guide.evidence_count());
        let fits = |target: &Target| match *target {
            Target::Scam(index) | Target::Genuine(index) => usize::from(index) < scripts,
            Target::Evidence(index) => usize::from(index) < evidence,
        };
        let sound = scripts <= MAX_SCRIPTS && evidence <= MAX_EVIDENCE;
        if !sound || !model.targets()?.iter().all(fits) {
            return Err(Fault {
                section: SectionId::GUIDE,
                kind: FaultKind::Content,
            });
        }
        Ok(Self {
            scripts: Scripts::new(&guide)?,
            lexicon: database.lexicon()?,
            database,
            model,
            guide,
        })
    }

    /// Scripts, evidence, questions and advice, in English.
    pub fn guide(&self) -> &Guide<'a> {
        &self.guide
    }

    /// Assesses a call. The same report gives the same assessment; the order
    /// of the answers does not matter.
    ///
    /// # Errors
    /// A [`Fault`] if a section is damaged or contradicts itself.
    pub fn check(&self, report: &Report<'_>) -> Result<Assessment<'a>, Fault> {
        let guide = match report.text_language {
            Some(tag) => self.guide.said_in(self.database, tag),
            None => self.guide,
        };
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
        let logit = belief.scam_logit(&self.scripts);
        let logit = if logit.is_nan() { 0.0 } else { logit };
        let probability = probability(logit.clamp(-SUREST, SUREST));
        let sight = Sight {
            guide: &guide,
            lexicon: &self.lexicon,
            model: &self.model,
            scripts: &self.scripts,
        };
        let seen = sight.seen(&note, report.answers)?;
        let verdict = self.verdict(probability, &seen);
        let candidate = |&(index, probability): &(ScriptIndex, f32)| -> Result<_, Fault> {
            Ok(Candidate {
                script: guide.script(index)?,
                probability,
            })
        };
        let ranked = belief.ranked(&self.scripts, true);
        let nothing = note.is_none() && report.answers.is_empty();
        let best = ranked
            .first()
            .filter(|_| verdict != Verdict::Clear && !nothing);
        let script = best.map(candidate).transpose()?;
        let others = ranked.iter().skip(usize::from(script.is_some()));
        let others = others.take(ALTERNATIVES);
        let genuine = belief.ranked(&self.scripts, false);
        let acted = !seen.actions.is_empty();
        let question = next(
            &self.scripts,
            &belief,
            report.answers,
            self.model.clear_below(),
            acted,
            note.is_some(),
            &found,
        );
        Ok(Assessment {
            verdict,
            probability,
            alternatives: others.map(candidate).collect::<Result<_, _>>()?,
            genuine: genuine.first().map(candidate).transpose()?,
            stage: script.and_then(|best| stage(&best.script, &seen)),
            next_question: question.map_or(Ok(None), |place| nth(&guide, place))?,
            advice: advice(&guide, report.region, verdict, script, &seen)?,
            red_flags: seen.flags,
            actions: seen.actions,
            language: note.map_or_else(
                || report.language.unwrap_or(home(report.region)),
                |note| note.features.language,
            ),
            text_language: guide.language(),
            script,
            parts,
        })
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
        self.temper(&features, &mut reading);
        Ok(Some(Note {
            words,
            features,
            reading,
        }))
    }

    /// Keeps a note that says too little, or in words that are not known,
    /// within "unsure": a wrong "clear" is the worst answer.
    fn temper(&self, features: &Features, reading: &mut Reading) {
        let odds = |probability: f32| (probability / (1.0 - probability)).ln();
        let words = features.known.len();
        let known = features.known.iter().filter(|known| **known).count();
        let grammar = GRAMMAR.map(|name| self.lexicon.concept(name));
        let mut matches = features.matches.iter();
        let tells = matches.any(|at| !grammar.contains(&Some(at.concept)));
        if !tells || known as f32 <= READABLE * words as f32 {
            let low = odds(self.model.clear_below()) + TEMPERED;
            reading.scam = reading.scam.max(low);
        }
        if !tells && words < TELLING {
            let high = odds(self.model.scam_from()) - TEMPERED;
            reading.scam = reading.scam.min(high);
            let is_script = |target: &Target| !matches!(target, Target::Evidence(_));
            reading.heads.retain(|(target, _)| is_script(target));
        }
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

    /// A strong flag is enough never to call a call clear, and so is an answer
    /// that something was done which can cost money.
    fn verdict(&self, probability: f32, seen: &Seen<'_>) -> Verdict {
        let flags = seen.flags.iter().map(|flag| flag.evidence);
        let mut answered = seen.actions.iter().filter(|action| action.span.is_none());
        let strong = flags.into_iter().any(|flag| flag.strong)
            || answered.any(|action| !HARMLESS.contains(&action.evidence.id))
            || !seen.perhaps.is_empty() && self.acted(&seen.perhaps);
        if probability >= self.model.scam_from() {
            Verdict::Scam
        } else if probability >= self.model.clear_below() || strong {
            Verdict::Unsure
        } else {
            Verdict::Clear
        }
    }

    /// Whether actions are among the evidence.
    fn acted(&self, evidence: &[EvidenceIndex]) -> bool {
        evidence.iter().any(|&index| {
            let group = self.guide.evidence(index).map(|evidence| evidence.group);
            group == Ok(EvidenceGroup::Action)
        })
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
                Asked::Evidence(evidence) => self
                    .guide
                    .evidence(evidence)
                    .map_or("", |evidence| evidence.id),
                Asked::Question(place) => nth(&self.guide, place)?.map_or("", |asked| asked.id),
            };
            parts.push(Part {
                of: PartOf::Answer(id.to_owned()),
                log_odds: after - before,
            });
            before = after;
        }
        Ok(parts)
    }
}

/// A question by its place.
fn nth<'a>(guide: &Guide<'a>, place: u16) -> Result<Option<Question<'a>>, Fault> {
    guide.questions().nth(place.into()).transpose()
}

/// The steps for this verdict, in their order.
fn advice<'a>(
    guide: &Guide<'a>,
    region: Option<Region>,
    verdict: Verdict,
    script: Option<Candidate<'a>>,
    seen: &Seen<'_>,
) -> Result<Vec<AdviceStep<'a>>, Fault> {
    // Steps of one script only once the verdict stands and something in
    // the call shows it.
    let best = script.filter(|best| verdict == Verdict::Scam && shows(&best.script, seen));
    let best = best.map(|best| best.script.index);
    let fits = |step: &AdviceStep<'_>| {
        let for_verdict = match verdict {
            Verdict::Scam => step.for_scam,
            Verdict::Unsure => step.for_unsure,
            Verdict::Clear => step.for_clear,
        };
        let always = step.done.is_empty() && step.asked.is_empty() && step.scripts.is_empty();
        let mut evidence = step.done.iter().chain(step.asked.iter());
        for_verdict
            && (always
                || evidence.any(|index| seen.has(index))
                || step.scripts.iter().any(|index| Some(index) == best))
    };
    let steps = guide.advice(region)?;
    let mut steps: Vec<AdviceStep<'a>> = steps.iter().filter(|step| fits(step)).collect();
    let shown: Vec<&str> = steps.iter().map(|step| step.id).collect();
    steps.retain(|step| match step.id.strip_suffix("_if") {
        Some(stronger) => !shown.contains(&stronger),
        None => true,
    });
    Ok(steps)
}

/// Whether something that was seen belongs to the script.
fn shows(script: &Script<'_>, seen: &Seen<'_>) -> bool {
    let mut stages = script.stages.iter();
    stages.any(|stage| shows_stage(&stage, seen))
}

/// Whether something that was seen is likely at the stage.
fn shows_stage(stage: &Stage<'_>, seen: &Seen<'_>) -> bool {
    let mut evidence = stage.evidence.iter();
    evidence.any(|(index, likelihood)| likelihood >= 0.3 && seen.has(index))
}

/// The last stage of the script that something shows, or the first.
fn stage<'a>(script: &Script<'a>, seen: &Seen<'_>) -> Option<Stage<'a>> {
    let shown = script
        .stages
        .iter()
        .filter(|stage| shows_stage(stage, seen));
    shown.last().or_else(|| script.stages.get(0))
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
