//! From what a list writes to E.164 keys, by the same reading as screening, so
//! that what is listed is what is found.

use ringfence::database::{Database, Fault};
use ringfence::number::{E164, Length, Number, Plan, Region};
use ringfence::screening::{Call, Caller, Category};

use super::Reason;
use super::prefixes::MAX_DIGITS;

/// Most numbers that the wildcards inside a pattern may stand for.
const MAX_EXPANDED: usize = 1_000;

/// What is needed to understand numbers.
pub struct Normaliser<'d> {
    database: &'d Database,
    plan: Plan<'d>,
    home: Option<Region>,
}

/// All numbers of one length that start alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// The leading digits as an integer.
    pub digits: u64,
    /// How many leading digits.
    pub length: u8,
    /// How many digits the numbers have, at least `length`.
    pub total: u8,
}

impl<'d> Normaliser<'d> {
    /// Reads numbers by the plan of a database, national ones as in the region
    /// `home`.
    ///
    /// # Errors
    /// A [`Fault`] if the database is damaged.
    pub fn new(database: &'d Database, home: Option<Region>) -> Result<Self, Fault> {
        Ok(Self {
            database,
            plan: database.plan()?,
            home,
        })
    }

    /// The key of a number, and whether the numbering plan knows it; or why it
    /// is not listed.
    ///
    /// # Errors
    /// A [`Fault`] if the database is damaged.
    pub fn number(&self, text: &str) -> Result<Result<(u64, bool), Reason>, Fault> {
        if text.trim().is_empty() {
            return Ok(Err(Reason::Empty));
        }
        let call = Call {
            home: self.home,
            ..Call::incoming(text)
        };
        let number = match Caller::of(&call, self.database) {
            Caller::Number(number) => number,
            Caller::Unknown(fault) => return Err(fault),
            Caller::Emergency => return Ok(Err(Reason::Emergency)),
            Caller::ShortCode => return Ok(Err(Reason::ShortCode)),
            Caller::Hidden => return Ok(Err(Reason::Hidden)),
            Caller::WithoutAreaCode => return Ok(Err(Reason::WithoutAreaCode)),
            Caller::Name => return Ok(Err(Reason::Name)),
            Caller::Internet => return Ok(Err(Reason::Internet)),
            Caller::NoHomeRegion => return Ok(Err(Reason::NoHomeRegion)),
            _ => {
                let digits = text.chars().filter(char::is_ascii_digit).count();
                let long = digits > MAX_DIGITS && !text.chars().any(char::is_alphabetic);
                let reason = if long {
                    Reason::TooLong
                } else {
                    Reason::Unreadable
                };
                return Ok(Err(reason));
            }
        };
        if let Some(reason) = wrong_length(&number) {
            return Ok(Err(reason));
        }
        let Some(key) = number.e164.key() else {
            return Ok(Err(Reason::TooLong));
        };
        if self.is_innocent(&number.e164)? {
            return Ok(Err(Reason::ServicePlatform));
        }
        Ok(Ok((key, number.is_valid())))
    }

    /// Whether a service shows the number in place of its users' own: who is
    /// behind it changes with every call.
    ///
    /// # Errors
    /// A [`Fault`] if the database is damaged.
    pub fn is_innocent(&self, number: &E164) -> Result<bool, Fault> {
        let range = self.database.ranges()?.holding(number)?;
        Ok(range.is_some_and(|range| range.category == Category::ServicePlatform))
    }

    /// The blocks of numbers that a pattern stands for; none of them innocent
    /// as a whole. A pattern without wildcards is one number; several patterns
    /// are separated by `|`.
    ///
    /// # Errors
    /// A [`Fault`] if the database is damaged.
    pub fn pattern(&self, text: &str) -> Result<Result<Vec<Block>, Reason>, Fault> {
        let mut all = Vec::new();
        for one in text.split('|') {
            match self.one_pattern(one)? {
                Ok(blocks) => all.extend(blocks),
                Err(reason) => return Ok(Err(reason)),
            }
        }
        let mut kept = Vec::new();
        for block in all {
            if !self.is_innocent_block(&block)? {
                kept.push(block);
            }
        }
        kept.sort_unstable();
        kept.dedup();
        if kept.is_empty() {
            return Ok(Err(Reason::ServicePlatform));
        }
        Ok(Ok(kept))
    }

    fn one_pattern(&self, text: &str) -> Result<Result<Vec<Block>, Reason>, Fault> {
        let Some((plus, digits, open)) = clean(text) else {
            return Ok(Err(Reason::BadPattern));
        };
        if digits.is_empty() {
            let reason = if plus || open {
                Reason::WholeCountry
            } else {
                Reason::Empty
            };
            return Ok(Err(reason));
        }
        let mut blocks = Vec::new();
        for digits in expand(&digits) {
            let Some(digits) = digits else {
                return Ok(Err(Reason::BadPattern));
            };
            let fixed = digits.iter().position(|digit| digit.is_none());
            let (start, wild) = digits.split_at(fixed.unwrap_or(digits.len()));
            let start: Vec<u8> = start.iter().flatten().copied().collect();
            let found = if open {
                self.open(plus, &start, wild.len())?
            } else {
                self.closed(plus, &start, wild.len())?
            };
            match found {
                Ok(found) => blocks.extend(found),
                Err(reason) => return Ok(Err(reason)),
            }
        }
        Ok(Ok(blocks))
    }

    /// Whether first and last number of a block are innocent.
    ///
    /// # Errors
    /// A [`Fault`] if the database is damaged.
    pub fn is_innocent_block(&self, block: &Block) -> Result<bool, Fault> {
        for fill in [0, 9] {
            let mut digits = digits_of(block.digits, block.length);
            digits.resize(block.total.into(), fill);
            let innocent = match E164::from_digits(&digits) {
                Some(number) => self.is_innocent(&number)?,
                None => false,
            };
            if !innocent {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Numbers that start with these digits and have `wild` more.
    fn closed(
        &self,
        plus: bool,
        start: &[u8],
        wild: usize,
    ) -> Result<Result<Vec<Block>, Reason>, Fault> {
        let (first, last) = match (
            self.fill(plus, start, wild, 0)?,
            self.fill(plus, start, wild, 9)?,
        ) {
            (Ok(first), Ok(last)) => (first, last),
            (Err(reason), _) | (_, Err(reason)) => return Ok(Err(reason)),
        };
        let (low, high) = (first.e164.digits(), last.e164.digits());
        let Some(length) = low.len().checked_sub(wild) else {
            return Ok(Err(Reason::BadPattern));
        };
        // The prefixes that were taken off must not have reached into what is
        // free.
        let alike = low.len() == high.len()
            && low[..length] == high[..length]
            && low[length..].iter().all(|&digit| digit == 0)
            && high[length..].iter().all(|&digit| digit == 9);
        if !alike {
            return Ok(Err(Reason::BadPattern));
        }
        if let Some(reason) = wrong_length(&first) {
            return Ok(Err(reason));
        }
        if wild > 0 && length <= first.calling_code_digits() {
            return Ok(Err(Reason::WholeCountry));
        }
        Ok(Ok(vec![block(&low[..length], low.len())]))
    }

    /// Numbers that start with these digits and have at least `wild` more: of
    /// all lengths that the plan says are possible.
    fn open(
        &self,
        plus: bool,
        start: &[u8],
        wild: usize,
    ) -> Result<Result<Vec<Block>, Reason>, Fault> {
        let mut digits = start.to_vec();
        if !plus {
            match self.national(start)? {
                Some(international) => digits = international,
                None => {
                    let unknown = self.home.is_none();
                    return Ok(Err(if unknown {
                        Reason::NoHomeRegion
                    } else {
                        Reason::BadPattern
                    }));
                }
            }
        }
        let mut code = 0;
        for (index, &digit) in digits.iter().take(3).enumerate() {
            code = code * 10 + u16::from(digit);
            let [possible, _] = self.plan.possible_lengths(code)?;
            if possible == 0 {
                continue;
            }
            let code_length = index + 1;
            if digits.len() == code_length {
                return Ok(Err(Reason::WholeCountry));
            }
            let lengths = (digits.len() + wild.max(1)..=MAX_DIGITS)
                .filter(|total| possible >> (total - code_length).min(31) & 1 == 1);
            let blocks: Vec<Block> = lengths.map(|total| block(&digits, total)).collect();
            if blocks.is_empty() {
                return Ok(Err(Reason::TooLong));
            }
            return Ok(Ok(blocks));
        }
        Ok(Err(if digits.len() < 3 {
            Reason::WholeCountry
        } else {
            Reason::BadPattern
        }))
    }

    /// The start of a national number in E.164 form. A national prefix can only
    /// be told on a number of full length, so lengths are tried: best is one
    /// that makes a valid number, else one that loses a prefix.
    fn national(&self, start: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let mut best: Option<(bool, bool, Vec<u8>)> = None;
        for more in 1..=MAX_DIGITS.saturating_sub(start.len()) {
            for fill in 0..10 {
                let Ok(number) = self.fill(false, start, more, fill)? else {
                    continue;
                };
                let digits = number.e164.digits();
                let kept = digits.len().checked_sub(more);
                let Some(kept) = kept.filter(|_| number.length == Length::Possible) else {
                    continue;
                };
                let shorter = kept < number.calling_code_digits() + start.len();
                let rank = (number.is_valid(), shorter);
                if best.as_ref().is_none_or(|best| (best.0, best.1) < rank) {
                    best = Some((rank.0, rank.1, digits[..kept].to_vec()));
                }
            }
        }
        Ok(best.map(|(_, _, digits)| digits))
    }

    /// The number of these digits and `wild` times the digit `fill`.
    fn fill(
        &self,
        plus: bool,
        start: &[u8],
        wild: usize,
        fill: u8,
    ) -> Result<Result<Number, Reason>, Fault> {
        let mut text = String::new();
        if plus {
            text.push('+');
        }
        let rest = std::iter::repeat_n(&fill, wild);
        text.extend(
            start
                .iter()
                .chain(rest)
                .map(|&digit| char::from(b'0' + digit)),
        );
        Ok(match self.plan.parse(&text, self.home) {
            Ok(number) => Ok(number),
            Err(ringfence::number::ParseError::Damaged(fault)) => return Err(fault),
            Err(ringfence::number::ParseError::InvalidCallingCode)
                if !plus && self.home.is_none() =>
            {
                Err(Reason::NoHomeRegion)
            }
            Err(_) => Err(Reason::BadPattern),
        })
    }
}

/// The reason not to list a number of a length that its country does not use.
fn wrong_length(number: &Number) -> Option<Reason> {
    match number.length {
        Length::Possible => None,
        Length::LocalOnly | Length::TooShort => Some(Reason::TooShort),
        Length::TooLong => Some(Reason::TooLong),
        Length::InvalidLength => Some(Reason::ImpossibleLength),
    }
}

fn block(digits: &[u8], total: usize) -> Block {
    Block {
        digits: digits
            .iter()
            .fold(0, |key, &digit| key * 10 + u64::from(digit)),
        length: digits.len() as u8,
        total: total as u8,
    }
}

/// The digits of an integer that has `length` of them.
fn digits_of(value: u64, length: u8) -> Vec<u8> {
    let powers = (0..u32::from(length)).rev();
    powers
        .map(|power| (value / 10_u64.pow(power) % 10) as u8)
        .collect()
}

/// Whether a pattern is international, its digits with `None` for a wildcard,
/// and whether more digits may follow. `None` if it is no pattern.
fn clean(text: &str) -> Option<(bool, Vec<Option<u8>>, bool)> {
    let text = text.trim();
    let (text, mut plus) = match text.strip_prefix('+') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let (text, open) = match text.trim_end_matches('*') {
        shorter if shorter.len() < text.len() => (shorter, true),
        _ => (text, false),
    };
    let mut digits = Vec::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(Some(c as u8 - b'0')),
            '#' | 'x' | 'X' | '?' => digits.push(None),
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' => {}
            _ => return None,
        }
    }
    if !plus && digits.starts_with(&[Some(0), Some(0)]) {
        plus = true;
        digits.drain(..2);
    }
    (digits.len() <= MAX_DIGITS + 5).then_some((plus, digits, open))
}

/// The patterns whose wildcards are all at the end; a `None` if they would be
/// too many.
fn expand(digits: &[Option<u8>]) -> Vec<Option<Vec<Option<u8>>>> {
    let end = digits
        .iter()
        .rposition(Option::is_some)
        .map_or(0, |at| at + 1);
    let mut all = vec![Vec::new()];
    for &digit in &digits[..end] {
        let choices: Vec<u8> = match digit {
            Some(digit) => vec![digit],
            None => (0..10).collect(),
        };
        if all.len() * choices.len() > MAX_EXPANDED {
            return vec![None];
        }
        let extend = |start: &Vec<Option<u8>>| {
            let start = start.clone();
            choices
                .iter()
                .map(move |&digit| {
                    let mut longer = start.clone();
                    longer.push(Some(digit));
                    longer
                })
                .collect::<Vec<_>>()
        };
        all = all.iter().flat_map(extend).collect();
    }
    let wild = &digits[end..];
    all.into_iter()
        .map(|mut start| {
            start.extend_from_slice(wild);
            Some(start)
        })
        .collect()
}
