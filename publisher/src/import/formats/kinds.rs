//! What lists call their calls, as kinds of reports.

use ringfence::reported::ReportKind;

/// Starts of words that speak of deceit, in the languages of the lists.
const FRAUD: &[&str] = &[
    "fraud", "scam", "phish", "impost", "arnaque", "escroc", "betrug", "betrüg", "estafa",
    "truffa", "oplicht", "oszust",
];
/// Starts of words that speak of a nuisance.
const UNWANTED: &[&str] = &[
    "unwanted",
    "spam",
    "telemarket",
    "market",
    "sales",
    "advert",
    "werb",
    "démarch",
    "demarch",
    "publicit",
    "pubblicit",
    "survey",
    "sondage",
    "umfrage",
    "poll",
    "ping",
    "silent",
    "robo",
    "nuisance",
    "unsolicited",
    "harass",
];
/// Starts of words that speak of a good number.
const GOOD: &[&str] = &["legit", "safe", "good", "positive", "whitelist", "allow"];

/// What a word or two say of a call; `None` if they call it good.
pub fn of_words(text: &str) -> Option<ReportKind> {
    let text = text.to_lowercase();
    let words = || {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    let any =
        |starts: &[&str]| words().any(|word| starts.iter().any(|start| word.starts_with(start)));
    if any(FRAUD) {
        Some(ReportKind::Fraud)
    } else if any(UNWANTED) {
        Some(ReportKind::Unwanted)
    } else if any(GOOD) {
        None
    } else {
        Some(ReportKind::Unspecified)
    }
}
