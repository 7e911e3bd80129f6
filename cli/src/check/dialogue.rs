//! The dialogue: what happened, then question by question. On a terminal with
//! single keys, over a pipe with lines. It is held on standard error, so that
//! standard output has the result alone.

use std::io::{self, IsTerminal, Write};

use anstyle::Style;
use anyhow::Result;
use console::{Key, Term};
use ringfence::check::guide::Question;
use ringfence::check::{Answers, Checker, MAX_QUESTIONS};

use super::Setting;
use crate::batch::read_line;
use crate::terminal;

/// What was answered to a question.
#[derive(Clone, Copy)]
enum Picked {
    /// An option, by its place.
    Option(usize),
    Unsure,
    Stop,
}

/// Asks for a note and for answers until nothing more is worth asking, the
/// person has had enough or the input ends.
pub fn run(checker: &Checker<'_>, setting: Setting) -> Result<(String, Answers)> {
    let mut answers = Answers::new();
    let mut prompt = anstream::stderr();
    let bold = Style::new().bold();
    writeln!(
        prompt,
        "{bold}In your own words, what happened?{bold:#} (Enter to skip)"
    )?;
    let Some(note) = line(&mut prompt)? else {
        return Ok((String::new(), answers));
    };
    for number in 1..=MAX_QUESTIONS {
        let assessment = setting.check(checker, &note, &answers)?;
        let Some(question) = assessment.next_question else {
            break;
        };
        writeln!(prompt)?;
        let menu = Menu::new(number, &question);
        let picked = match menu.terminal() {
            Some(term) => menu.ask_keys(&term)?,
            None => menu.ask_lines(&mut prompt)?,
        };
        let given = match picked {
            Picked::Option(place) => question.options.get(place).map(|option| option.id),
            Picked::Unsure => Some("unsure"),
            Picked::Stop => None,
        };
        let Some(given) = given else {
            break;
        };
        answers.set(checker.guide(), question.id, given)?;
    }
    if io::stdin().is_terminal() {
        writeln!(prompt)?;
    }
    Ok((note, answers))
}

/// Asks for a line; `None` at the end of the input.
fn line(prompt: &mut impl Write) -> io::Result<Option<String>> {
    write!(prompt, "> ")?;
    prompt.flush()?;
    let mut bytes = Vec::new();
    // Of a very long line the start is enough.
    let line = read_line(&mut io::stdin().lock(), &mut bytes)?;
    if !io::stdin().is_terminal() || line.is_none() {
        // Nobody has pressed Enter.
        writeln!(prompt)?;
    }
    Ok(line.map(|_| String::from_utf8_lossy(&bytes).trim().to_owned()))
}

/// A question with what can be typed and what it means.
struct Menu {
    question: String,
    choices: Vec<(char, String, Picked)>,
}

impl Menu {
    fn new(number: usize, question: &Question<'_>) -> Self {
        let options = question.options.iter().enumerate();
        let options = options
            .zip('1'..='9')
            .map(|((place, option), key)| (key, option.text.to_owned(), Picked::Option(place)));
        let always = [
            ('0', "Not sure".to_owned(), Picked::Unsure),
            ('s', "Stop and show the result".to_owned(), Picked::Stop),
        ];
        Self {
            question: format!("{number}. {}", question.text),
            choices: options.chain(always).collect(),
        }
    }

    fn picked(&self, typed: char) -> Option<usize> {
        let typed = typed.to_ascii_lowercase();
        self.choices.iter().position(|(key, ..)| *key == typed)
    }

    /// The terminal, if there is one with room enough for keys to work on.
    fn terminal(&self) -> Option<Term> {
        let term = Term::stderr();
        let attended = io::stdin().is_terminal() && term.is_term() && !console::is_dumb();
        let (rows, columns) = term.size();
        let lines = self.lines(0, usize::from(columns).max(20)).len() + 2;
        (attended && lines < rows.into() && columns >= 20).then_some(term)
    }

    /// All lines, the one under the cursor in bold, wrapped to the terminal.
    fn lines(&self, cursor: usize, columns: usize) -> Vec<String> {
        let bold = Style::new().bold();
        let wrap = |first: &str, rest: &str, text: &str| -> Vec<String> {
            let options = terminal::columns((columns - 1).min(100))
                .initial_indent(first)
                .subsequent_indent(rest);
            let lines = textwrap::wrap(text, options);
            lines.into_iter().map(|line| line.into_owned()).collect()
        };
        let strong = |line: String| format!("{bold}{line}{bold:#}");
        let mut lines: Vec<String> = wrap("", "   ", &self.question);
        lines = lines.into_iter().map(strong).collect();
        for (index, (key, text, _)) in self.choices.iter().enumerate() {
            let here = index == cursor;
            let mark = if here { '>' } else { ' ' };
            let own = wrap(&format!(" {mark} {key}  "), "      ", text);
            lines.extend(
                own.into_iter()
                    .map(|line| if here { strong(line) } else { line }),
            );
        }
        lines
    }

    /// Asks with single keys: a choice's own, or arrows and Enter.
    fn ask_keys(&self, term: &Term) -> io::Result<Picked> {
        let last = self.choices.len() - 1;
        let mut cursor = 0;
        let mut help = "Press a number, or use the arrow keys and Enter.";
        loop {
            let (_, columns) = term.size();
            let columns = usize::from(columns).max(20);
            let mut lines = self.lines(cursor, columns);
            lines.extend(
                textwrap::wrap(help, terminal::columns(columns - 1))
                    .into_iter()
                    .map(String::from),
            );
            let mut out = anstream::stderr().lock();
            for line in &lines {
                writeln!(out, "{line}")?;
            }
            let key = match term.read_key() {
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Key::Escape,
                key => key?,
            };
            term.clear_last_lines(lines.len())?;
            let chosen = match key {
                Key::Enter => Some(cursor),
                // The end of the input, as typed.
                Key::Escape | Key::Char('\u{4}') => Some(last),
                Key::Char(typed) => self.picked(typed),
                _ => None,
            };
            cursor = match key {
                Key::ArrowUp | Key::BackTab => cursor.checked_sub(1).unwrap_or(last),
                Key::ArrowDown | Key::Tab => (cursor + 1) % (last + 1),
                Key::Home => 0,
                Key::End => last,
                Key::Char(_) if chosen.is_none() => {
                    help = "That key has no answer: press a number, s to stop, or use the arrow \
                            keys and Enter.";
                    cursor
                }
                _ => cursor,
            };
            if let Some((_, text, picked)) = chosen.and_then(|index| self.choices.get(index)) {
                writeln!(out, "{}", self.question)?;
                writeln!(out, "   {text}")?;
                return Ok(*picked);
            }
        }
    }

    /// Asks with lines.
    fn ask_lines(&self, prompt: &mut impl Write) -> io::Result<Picked> {
        let (_, columns) = Term::stderr().size();
        for line in self.lines(usize::MAX, usize::from(columns).max(20)) {
            writeln!(prompt, "{line}")?;
        }
        let options = self.choices.len() - 2;
        loop {
            let Some(typed) = line(prompt)? else {
                return Ok(Picked::Stop);
            };
            let mut letters = typed.chars();
            let chosen = match (letters.next(), letters.next()) {
                (Some(typed), None) => self.picked(typed),
                _ if typed.eq_ignore_ascii_case("stop") => self.picked('s'),
                _ => None,
            };
            if let Some((_, _, picked)) = chosen.and_then(|index| self.choices.get(index)) {
                return Ok(*picked);
            }
            writeln!(
                prompt,
                "Type a number from 1 to {options}, 0 if you are not sure, or s to stop."
            )?;
        }
    }
}
