//! An assessment for a person who may be old and frightened: few words, the
//! urgent ones first. In colour on a terminal, plain when piped.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use ringfence::check::guide::{AdviceStep, Do, Guide};
use ringfence::check::{Assessment, RedFlag, Verdict};
use ringfence::number::Region;

/// A scam is "very likely" from this probability on.
const LIKELY: f32 = 0.85;
/// A kind of genuine call is named with at least this share.
const WORTH_NAMING: f32 = 0.3;

/// An assessment and what it was made from.
pub struct Result<'r, 'a> {
    pub guide: &'r Guide<'a>,
    pub region: Option<Region>,
    pub note: &'r str,
    pub assessment: &'r Assessment<'a>,
}

impl Result<'_, '_> {
    /// Prints verdict, red flags and what to do.
    pub fn print(&self, out: &mut impl Write) -> io::Result<()> {
        self.verdict(out)?;
        let assessment = self.assessment;
        if !assessment.red_flags.is_empty() {
            heading(
                out,
                match assessment.verdict {
                    Verdict::Scam | Verdict::Unsure => "What gives it away",
                    Verdict::Clear => "What to keep an eye on",
                },
            )?;
            for flag in &assessment.red_flags {
                self.flag(out, flag)?;
            }
        }
        if !assessment.advice.is_empty() {
            heading(out, "What to do now")?;
            self.advice(out, |step| step.is_urgent(), 1)?;
            let urgent = self.assessment.advice.iter();
            let urgent = urgent.filter(|step| step.is_urgent()).count();
            if urgent < self.assessment.advice.len() {
                heading(out, "After that, one by one")?;
                self.advice(out, |step| !step.is_urgent(), urgent + 1)?;
            }
        }
        let script = assessment
            .script
            .filter(|_| assessment.verdict == Verdict::Unsure);
        if let Some(genuine) = script.map(|best| best.script.genuine)
            && !genuine.is_empty()
        {
            heading(out, "How a genuine call would differ")?;
            paragraph(out, "  ", "  ", genuine)?;
        }
        Ok(())
    }

    /// Prints the question that would help, if there is one, and how to answer
    /// it.
    pub fn print_question(&self, out: &mut impl Write) -> io::Result<()> {
        let Some(question) = self.assessment.next_question else {
            return Ok(());
        };
        heading(out, &format!("One question would help: {}", question.text))?;
        let options = question.options.iter();
        let options = options.map(|option| (format!("{}={}", question.id, option.id), option.text));
        let unsure = (format!("{}=unsure", question.id), "Not sure");
        let options: Vec<(String, &str)> = options.chain([unsure]).collect();
        let longest = options.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
        let rest = " ".repeat(longest + 4);
        for (id, text) in &options {
            paragraph(out, &format!("  {id:longest$}  "), &rest, text)?;
        }
        let example = options.first().map_or("", |(id, _)| id.as_str());
        let how = format!("To answer, give the same command again with --answer {example}");
        paragraph(out, "", "", &how)
    }

    fn verdict(&self, out: &mut impl Write) -> io::Result<()> {
        let assessment = self.assessment;
        let genuine = assessment
            .genuine
            .filter(|kind| kind.probability >= WORTH_NAMING);
        let (verdict, fits, kind, colour) = match assessment.verdict {
            Verdict::Scam if assessment.probability < LIKELY => (
                "This was probably a scam.",
                "It fits",
                assessment.script,
                AnsiColor::Red,
            ),
            Verdict::Scam => (
                "This was very likely a scam.",
                "It fits",
                assessment.script,
                AnsiColor::Red,
            ),
            Verdict::Unsure => (
                "This may have been a scam.",
                "If so, it would be",
                assessment.script,
                AnsiColor::Yellow,
            ),
            Verdict::Clear => (
                "Nothing here points to a scam.",
                "It fits",
                genuine,
                AnsiColor::Green,
            ),
        };
        let mut text = verdict.to_owned();
        if let Some(kind) = kind {
            text += &format!(" {fits}: {}.", kind.script.title.trim_end_matches('.'));
        }
        text += &format!(" Chance of a scam: {}.", how_sure(assessment.probability));
        let style = Style::new().bold().fg_color(Some(colour.into()));
        for line in wrapped("", "", &text) {
            let line = line.replacen(verdict, &format!("{style}{verdict}{style:#}"), 1);
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    fn flag(&self, out: &mut impl Write, flag: &RedFlag<'_>) -> io::Result<()> {
        let span = flag.span.clone();
        let words = span.and_then(|span| self.note.get(span)).map(printable);
        let title = flag.evidence.title.trim_end_matches('.');
        let text = match words {
            Some(words) => format!("{title}: \"{words}\""),
            None => format!("{title}."),
        };
        paragraph(out, "  * ", "    ", &text)?;
        if flag.evidence.why.is_empty() {
            return Ok(());
        }
        paragraph(out, "    ", "    ", flag.evidence.why)
    }

    fn advice(
        &self,
        out: &mut impl Write,
        which: impl Fn(&AdviceStep<'_>) -> bool,
        first: usize,
    ) -> io::Result<()> {
        let bold = Style::new().bold();
        let steps = self.assessment.advice.iter().filter(|step| which(step));
        for (index, step) in steps.enumerate() {
            paragraph(
                out,
                &format!("{:>3} ", format!("{}.", index + first)),
                "    ",
                step.text,
            )?;
            if let Some(deed) = step.action.and_then(|action| self.deed(action)) {
                // An address is not broken.
                let options = options("    > ", "      ").break_words(false);
                for line in textwrap::wrap(&deed, options) {
                    writeln!(out, "{bold}{line}{bold:#}")?;
                }
            }
        }
        Ok(())
    }

    /// What the phone can do, as something to do by hand.
    fn deed(&self, action: Do<'_>) -> Option<String> {
        Some(match action {
            Do::Dial(number) => format!("Ring {number}"),
            Do::OpenSettings("wifi") => "In the settings: Wi-Fi off".to_owned(),
            Do::OpenSettings("airplane_mode") => "In the settings: flight mode on".to_owned(),
            Do::OpenSettings("apps") => "In the settings: Apps".to_owned(),
            Do::OpenSettings("call_blocking") => "In the settings: blocked numbers".to_owned(),
            Do::OpenSettings(_) => "In the settings".to_owned(),
            Do::Uninstall => format!("Remove it; look for {}", self.tools()),
            Do::ShareReport("report") => {
                let place = self.guide.report_place(self.region).ok()??;
                let phone = place.phone.map(|phone| format!(", {phone}"));
                let phone = phone.unwrap_or_default();
                format!("{}{phone}, {}", place.name, place.url)
            }
            Do::ShareReport(number) => format!("Send a text to {number}"),
            Do::OpenPage(address) => address.to_owned(),
        })
    }

    /// Programs that such callers use.
    fn tools(&self) -> String {
        let tools = self.assessment.script.iter();
        let tools: Vec<&str> = tools
            .flat_map(|best| best.script.tools.iter())
            .take(4)
            .collect();
        match tools.is_empty() {
            true => "AnyDesk, TeamViewer and the like".to_owned(),
            false => format!("{} and the like", tools.join(", ")),
        }
    }
}

/// A probability in words and per cent.
fn how_sure(probability: f32) -> String {
    match probability {
        p if p >= 0.995 => "over 99%".to_owned(),
        p if p < 0.005 => "under 1%".to_owned(),
        p => format!("{:.0}%", p * 100.0),
    }
}

/// Someone's words without what could steer a terminal.
fn printable(words: &str) -> String {
    let steers = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
    let words = words.replace(
        |c: char| steers(c) || ('\u{2066}'..='\u{2069}').contains(&c),
        " ",
    );
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn heading(out: &mut impl Write, text: &str) -> io::Result<()> {
    let bold = Style::new().bold();
    writeln!(out)?;
    for line in wrapped("", "", text) {
        writeln!(out, "{bold}{line}{bold:#}")?;
    }
    Ok(())
}

fn paragraph(out: &mut impl Write, first: &str, rest: &str, text: &str) -> io::Result<()> {
    for line in wrapped(first, rest, text) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn wrapped(first: &str, rest: &str, text: &str) -> Vec<String> {
    let lines = textwrap::wrap(text, options(first, rest));
    lines.into_iter().map(|line| line.into_owned()).collect()
}

/// As wide as the terminal.
fn options<'o>(first: &'o str, rest: &'o str) -> textwrap::Options<'o> {
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    crate::terminal::columns(width.clamp(40, 100))
        .initial_indent(first)
        .subsequent_indent(rest)
}
