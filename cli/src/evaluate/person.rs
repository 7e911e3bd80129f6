//! A person who answers questions about a call by tapping.

use ringfence::check::guide::{Choice, EvidenceGroup, Guide, Question, Script, ScriptKind};
use ringfence::check::{Answers, Assessment, Checker, MAX_QUESTIONS, Report, Verdict};
use ringfence::database::Fault;

use super::random::Random;

/// How people answer.
#[derive(Clone, Copy)]
pub struct Slips {
    /// The share of wrong answers.
    pub wrong: f64,
    /// The share of "not sure".
    pub unsure: f64,
    /// Whether calls of one kind differ, or all are typical.
    pub vary: bool,
}

/// A question as a person answers it.
pub struct Asked {
    /// How likely each option is the truth after each kind of call; empty if
    /// the person always gives the same answer.
    truths: Vec<Vec<f64>>,
    /// The option that says "none of these".
    none: Option<u16>,
    id: String,
    options: usize,
}

/// One person's questions, and what the check said.
pub struct Run {
    pub taps: usize,
    pub verdict: Verdict,
    /// Whether the kind of call was found.
    pub script: bool,
}

impl Asked {
    /// Reads what the guide says about a question.
    pub fn new(guide: &Guide<'_>, question: &Question<'_>) -> Result<Self, Fault> {
        let mut of_actions = false;
        for evidence in question.options.iter().flat_map(|option| option.evidence) {
            of_actions |= guide.evidence(evidence)?.group == EvidenceGroup::Action;
        }
        let mut truths = Vec::new();
        if !of_actions {
            for script in guide.scripts() {
                let likelihoods = guide.likelihoods(script?.index)?;
                // How likely none of an option's evidence is there.
                let missing = question.options.iter().map(|option| {
                    let evidence = option.evidence.iter();
                    let shown = evidence.filter_map(|evidence| likelihoods.get(evidence));
                    shown.map(|shown| 1.0 - f64::from(shown)).product::<f64>()
                });
                let missing: Vec<f64> = missing.collect();
                let none: f64 = missing.iter().product();
                let weights = missing.iter().zip(question.options);
                let weight =
                    |(missing, option): (&f64, Choice<'_>)| match option.evidence.is_empty() {
                        true => none,
                        false => 1.0 - missing,
                    };
                truths.push(weights.map(weight).collect());
            }
        }
        let none = question
            .options
            .iter()
            .position(|option| option.evidence.is_empty());
        Ok(Self {
            truths,
            none: none.map(|place| place as u16),
            id: question.id.to_owned(),
            options: question.options.len(),
        })
    }
}

/// One person who answers until nothing more is asked.
pub fn run(
    checker: &Checker<'_>,
    asked: &[Asked],
    script: &Script<'_>,
    slips: Slips,
    mut random: Random,
) -> Result<Run, Fault> {
    // Truths first: they do not hang on what is asked.
    let place = script.index.get();
    let truths: Vec<Truth> = asked
        .iter()
        .map(|asked| match asked.truths.get(place) {
            Some(weights) => truth(weights, slips.vary, &mut random),
            None => Truth::Always(asked.none),
        })
        .collect();
    let mut answers = Answers::new();
    loop {
        let report = Report {
            note: "",
            language: None,
            text_language: None,
            region: None,
            answers: &answers,
        };
        let assessment = checker.check(&report)?;
        let next = assessment.next_question.as_ref();
        let next = next.and_then(|next| asked.iter().position(|asked| asked.id == next.id));
        // The bound only guards against a check that asks for ever.
        let Some(place) = next.filter(|_| answers.len() <= 2 * MAX_QUESTIONS) else {
            return Ok(Run {
                taps: answers.len(),
                verdict: assessment.verdict,
                script: found(script, &assessment),
            });
        };
        let option = match truths[place] {
            Truth::Always(option) => option,
            Truth::NothingFits => None,
            Truth::Option(truth) => tap(truth, asked[place].options, slips, &mut random),
        };
        answers.pick(place as u16, option);
    }
}

/// What is so, for one question.
enum Truth {
    /// The person always gives this answer.
    Always(Option<u16>),
    /// No option is so: the person is not sure.
    NothingFits,
    /// An option.
    Option(usize),
}

/// Below this weight the likeliest option does not fit.
const FITS: f64 = 0.25;

/// What is so after a call: in a typical one the likeliest option, else one
/// drawn from how likely each is.
fn truth(weights: &[f64], vary: bool, random: &mut Random) -> Truth {
    let drawn = random.weighted(weights);
    let fits = random.unit() * weights.iter().sum::<f64>().max(1.0);
    if vary {
        return match fits < weights.iter().sum() {
            true => Truth::Option(drawn),
            false => Truth::NothingFits,
        };
    }
    let options = weights.iter().copied().enumerate();
    let best = options.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    match best {
        Some((option, weight)) if weight >= FITS => Truth::Option(option),
        _ => Truth::NothingFits,
    }
}

/// The option that a person taps; none for "not sure".
fn tap(truth: usize, options: usize, slips: Slips, random: &mut Random) -> Option<u16> {
    let chance = random.unit();
    if chance < slips.unsure {
        return None;
    }
    let mut option = truth;
    if random.unit() < slips.wrong && options > 1 {
        // Another one, each alike.
        option = random.below(options - 1);
        option += usize::from(option >= truth);
    }
    Some(option as u16)
}

/// Whether the check found this kind of call.
fn found(script: &Script<'_>, assessment: &Assessment<'_>) -> bool {
    let best = match script.kind {
        ScriptKind::Scam => assessment.script,
        ScriptKind::Genuine => assessment
            .genuine
            .filter(|_| assessment.verdict != Verdict::Scam),
    };
    best.is_some_and(|best| best.script.index == script.index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taps(wrong: f64, unsure: f64) -> Vec<Option<u16>> {
        let mut random = Random::new(&[1]);
        let slips = Slips {
            wrong,
            unsure,
            vary: false,
        };
        (0..1000).map(|_| tap(2, 5, slips, &mut random)).collect()
    }

    #[test]
    fn slips_are_as_often_as_asked_for() {
        assert!(taps(0.0, 0.0).iter().all(|tap| *tap == Some(2)));
        assert!(taps(0.5, 1.0).iter().all(Option::is_none));
        let wrong = taps(1.0, 0.0);
        for other in [0, 1, 3, 4] {
            let count = wrong.iter().filter(|tap| **tap == Some(other)).count();
            assert!((200..300).contains(&count), "{other}: {count}");
        }
        let unsure = taps(0.1, 0.15).iter().filter(|tap| tap.is_none()).count();
        assert!((110..190).contains(&unsure), "{unsure}");
    }
}
