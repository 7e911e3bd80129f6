//! A text about a call, ready to send.

use super::assessment::{Assessment, Candidate, Verdict};
use super::checker::Report;
use super::guide::Evidence;

/// Longest text for a short number, in characters, unless the number alone
/// takes more.
const SHORT: usize = 160;
/// A script is named from this probability on.
const WORTH_NAMING: f32 = 0.2;
/// And named without "may have been" from this one on, if it was a scam.
const SURE: f32 = 0.5;

/// Who a text about a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recipient {
    /// The phone company's short number, such as 7726: one short line.
    ShortCode,
    /// Who takes reports in the country, such as Report Fraud or the FTC.
    Authority,
    /// The person's bank.
    Bank,
}

/// A text about a call, ready for the person to read and send.
///
/// It holds nothing but what the check found, what the person wrote, and what
/// is passed in: `caller`, the number that rang, and `when` the call was, both
/// as a person would write them.
///
/// * For [`Recipient::ShortCode`] it is "Call" and the number, as operators
///   take it; without a number, the kind of call instead.
/// * For [`Recipient::Authority`] it is all that is known of the call, with
///   the person's own words at the end.
/// * For [`Recipient::Bank`] it is what the person did that a bank can act
///   on, and what to do about it. The person's own words stay out of it.
///
/// It is in English, in whatever language the assessment is.
///
/// Titles of the guide speak to the person; here the person speaks, so "You
/// gave your card details" becomes "I gave my card details".
pub fn report_text(
    report: &Report<'_>,
    assessment: &Assessment<'_>,
    to: Recipient,
    caller: Option<&str>,
    when: Option<&str>,
) -> String {
    let caller = caller.and_then(line);
    match to {
        Recipient::ShortCode => short(assessment, caller),
        Recipient::Authority => {
            let mut text = head("I am reporting", assessment, caller, when);
            let flags = assessment.red_flags.iter().map(|flag| &flag.evidence);
            list(
                &mut text,
                "What the caller said, wanted and did:",
                titles(flags),
            );
            let actions = assessment.actions.iter().map(|action| &action.evidence);
            list(&mut text, "What I did:", titles(actions));
            let words = report.note.trim();
            if !words.is_empty() {
                text.push_str("\nIn my own words:\n\"");
                text.extend(words.chars().filter_map(printed));
                text.push_str("\"\n");
            }
            text
        }
        Recipient::Bank => {
            let mut text = head("I had", assessment, caller, when);
            let actions = assessment.actions.iter().map(|action| &action.evidence);
            let (mut done, mut asks) = (Vec::new(), 0);
            for action in actions {
                let due = asks_for(action.id);
                if due != 0 {
                    asks |= due;
                    done.push(action);
                }
            }
            list(&mut text, "What I did:", titles(done.into_iter()));
            let due = ASKS.iter().filter(|(ask, _)| (asks | CHECK) & ask != 0);
            let due = due.map(|(_, ask)| (*ask).to_owned()).collect();
            list(&mut text, "Please:", due);
            text
        }
    }
}

/// Stop payments or get them back.
const STOP: u8 = 1;
/// Lock what lets others in.
const LOCK: u8 = 2;
/// Block a card.
const CARD: u8 = 4;
/// Look for what the person did not ask for: always worth it.
const CHECK: u8 = 8;
/// Beware of others in the person's name.
const NAME: u8 = 16;
/// What to do to get money back.
const REFUND: u8 = 32;

/// What a bank is asked for, the most urgent first.
const ASKS: [(u8, &str); 7] = [
    (
        STOP,
        "Stop the payments I made, or ask for them back at once.",
    ),
    (
        LOCK,
        "Lock my online bank until I have a new login on a safe device.",
    ),
    (
        CARD,
        "Block any card they have or know of, and send me a new one.",
    ),
    (
        CHECK,
        "Look for payments, new payees, direct debits, loans and overdrafts that I did not ask \
         for, and stop them.",
    ),
    (NAME, "Beware of anyone who says they are me."),
    (REFUND, "Tell me what I must do to get my money back."),
    (CHECK, "Give me a reference number for this report."),
];

/// What a bank is asked for after an action; 0 if it is no matter for a bank.
fn asks_for(action: &str) -> u8 {
    match action {
        "pressed_key" | "called_back" => 0,
        "sent_bank_transfer" | "sent_crypto" | "bought_gift_cards" => STOP | REFUND | CHECK,
        "gave_remote_access" | "gave_bank_login" | "shared_code" | "gave_pin_password" => {
            LOCK | CHECK
        }
        "gave_card_details" | "gave_cash_or_goods" => CARD | CHECK,
        "gave_personal_id" => NAME | CHECK,
        // Whatever else the guide comes to know.
        _ => CHECK,
    }
}

/// One line for a short number.
fn short(assessment: &Assessment<'_>, caller: Option<String>) -> String {
    if let Some(caller) = caller {
        return format!("Call {}", compact(caller));
    }
    let mut text = "Call, number not known".to_owned();
    if let Some((title, sure)) = kind(assessment) {
        text.push_str(if sure { ": " } else { ", may have been: " });
        text.push_str(title);
    }
    if let Some((end, _)) = text.char_indices().nth(SHORT) {
        text.truncate(end);
        let end = text.rfind(' ').unwrap_or(end);
        text.truncate(end);
    }
    text
}

/// The first lines of a longer text.
fn head(
    start: &str,
    assessment: &Assessment<'_>,
    caller: Option<String>,
    when: Option<&str>,
) -> String {
    let verdict = match assessment.verdict {
        Verdict::Scam => "a phone call that was a scam.",
        Verdict::Unsure => "a phone call that may have been a scam.",
        Verdict::Clear => "a phone call. I have no clear sign that it was a scam.",
    };
    let mut text = format!("{start} {verdict}\n");
    let mut add = |name: &str, value: &str| {
        for part in [name, value, "\n"] {
            text.push_str(part);
        }
    };
    if let Some(when) = when.and_then(line) {
        add("When: ", &when);
    }
    if let Some(caller) = caller {
        add("The caller's number: ", &caller);
    }
    match kind(assessment) {
        Some((title, true)) => add("Kind of call: ", title),
        Some((title, false)) => add("It may have been: ", title),
        None => {}
    }
    text
}

/// The title of the likeliest script, and whether that is sure enough to say
/// it without "may have been"; none if the script is a mere guess.
fn kind<'a>(assessment: &Assessment<'a>) -> Option<(&'a str, bool)> {
    let worth = |best: &Candidate<'_>| best.probability >= WORTH_NAMING;
    let best = assessment.script.filter(worth)?;
    let sure = assessment.verdict == Verdict::Scam && best.probability >= SURE;
    Some((best.script.english, sure))
}

/// Adds a list under its heading, if there is anything in it.
fn list(text: &mut String, heading: &str, items: Vec<String>) {
    if items.is_empty() {
        return;
    }
    for part in ["\n", heading, "\n"] {
        text.push_str(part);
    }
    for item in items {
        for part in ["- ", &item, "\n"] {
            text.push_str(part);
        }
    }
}

/// The titles of evidence, each once, as the person says them.
fn titles<'e>(all: impl Iterator<Item = &'e Evidence<'e>>) -> Vec<String> {
    let mut seen = Vec::new();
    for evidence in all {
        if !seen.contains(&evidence.english) {
            seen.push(evidence.english);
        }
    }
    seen.into_iter().map(as_me).collect()
}

/// What was passed in, as one line; none if nothing is left of it.
fn line(text: &str) -> Option<String> {
    // Phones wrap numbers in marks for the direction of writing.
    let shown = |c: &char| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String = text.chars().filter(shown).collect();
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let mut line = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    (!line.is_empty()).then_some(line)
}

/// A letter of the person's own words as it is sent.
fn printed(c: char) -> Option<char> {
    match c {
        '\n' => Some(c),
        '\t' => Some(' '),
        _ => (!c.is_control()).then_some(c),
    }
}

/// A number without what only helps to read it; anything else as it is.
fn compact(number: String) -> String {
    let gap = |c: char| matches!(c, ' ' | '-' | '.' | '/' | '\u{2010}'..='\u{2015}');
    let digits = number.strip_prefix('+').unwrap_or(&number);
    if digits.chars().all(|c| c.is_ascii_digit() || gap(c)) {
        number.chars().filter(|&c| !gap(c)).collect()
    } else {
        number
    }
}

/// "you" after one of these is the one something is done to.
const BEFORE_ME: &[&str] = &[
    "about", "after", "against", "asked", "at", "behind", "by", "called", "for", "from", "gave",
    "get", "given", "help", "helped", "hurt", "in", "kept", "let", "made", "make", "of", "offered",
    "on", "owe", "paid", "promised", "put", "rang", "sent", "showed", "take", "to", "told",
    "towards", "wanted", "warned", "with",
];
/// "you" after one of these is the one who does something.
const BEFORE_I: &[&str] = &[
    "and", "because", "before", "but", "if", "once", "or", "said", "someone", "that", "until",
    "what", "when", "where", "while", "who", "why",
];
/// And so it is before one of these.
const AFTER_I: &[&str] = &[
    "already", "are", "asked", "can", "cannot", "could", "did", "do", "gave", "had", "have",
    "knew", "know", "lost", "made", "may", "met", "must", "never", "owe", "should", "want",
    "wanted", "were", "will", "would",
];

/// A title of the guide, said by the person it speaks to: "They wanted your
/// PIN" as "They wanted my PIN". A title whose grammar is not plain stays as
/// it is.
fn as_me(title: &str) -> String {
    let words: Vec<&str> = title.split(' ').collect();
    let bare = |at: Option<usize>| {
        let word = at.and_then(|at| words.get(at)).copied().unwrap_or("");
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let mut said: Vec<String> = Vec::with_capacity(words.len());
    // Whether the last word was "you" as the one who does something.
    let mut doer = false;
    for (at, word) in words.iter().enumerate() {
        let core = bare(Some(at));
        let (before, after) = (bare(at.checked_sub(1)), bare(Some(at + 1)));
        let (before, after) = (before.as_str(), after.as_str());
        let ends = !word.ends_with(char::is_alphanumeric) || after.is_empty();
        let was_doer = std::mem::take(&mut doer);
        let new = match core.as_str() {
            "you" if at == 0 => "I",
            "you" if BEFORE_ME.contains(&before) || after == "to" || ends => "me",
            "you" if BEFORE_I.contains(&before) || AFTER_I.contains(&after) => "I",
            "you" => return title.to_owned(),
            "your" if at == 0 => "My",
            "your" => "my",
            "yours" => "mine",
            "yourself" => "myself",
            "are" if was_doer => "am",
            "were" if was_doer => "was",
            _ => {
                said.push((*word).to_owned());
                continue;
            }
        };
        doer = new == "I";
        // What stands around the word stays: quotes, commas.
        let start = word.find(char::is_alphanumeric).unwrap_or(0);
        let end = word
            .rfind(char::is_alphanumeric)
            .map_or(word.len(), |last| last + 1);
        let around = (word.get(..start), word.get(end..));
        let (open, close) = (around.0.unwrap_or(""), around.1.unwrap_or(""));
        said.push(format!("{open}{new}{close}"));
    }
    said.join(" ")
}
