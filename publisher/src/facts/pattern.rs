//! Patterns of numbers as people write them.

/// Most digits of a number in E.164.
const MAX_DIGITS: usize = 15;

/// A pattern of E.164 numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// For each digit the ones it may be, as bits.
    pub digits: Vec<u16>,
    /// Whether any digits may follow.
    pub open: bool,
}

impl Pattern {
    /// Reads `+44 7700 900xxx`: digits, `x` for any, `[2-9]` for one of some,
    /// `*` at the end for any that follow.
    ///
    /// # Errors
    /// What to do instead.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const CLASS: &str = "write a class of digits as [2-9] or [013-9]";
        let mut rest = text
            .strip_prefix('+')
            .ok_or("start with + and the calling code")?;
        let mut pattern = Self {
            digits: Vec::new(),
            open: false,
        };
        while let Some(character) = rest.chars().next() {
            rest = &rest[character.len_utf8()..];
            if pattern.open {
                return Err("a * can only stand at the end");
            }
            match character {
                ' ' => {}
                '*' => pattern.open = true,
                'x' => pattern.digits.push(0x3FF),
                '0'..='9' => pattern.digits.push(1 << (character as u8 - b'0')),
                '[' => {
                    let (class, after) = rest.split_once(']').ok_or(CLASS)?;
                    rest = after;
                    let digits = class_bits(class.as_bytes()).ok_or(CLASS)?;
                    pattern.digits.push(digits);
                }
                _ => return Err("use only digits, x, classes such as [2-9], spaces and a final *"),
            }
        }
        match pattern.digits.len() {
            0 => Err("start with + and the calling code"),
            length if length > MAX_DIGITS => Err("E.164 numbers have at most 15 digits"),
            _ => Ok(pattern),
        }
    }

    /// Whether some number matches both.
    pub fn meets(&self, other: &Self) -> bool {
        let (short, long) = if self.digits.len() <= other.digits.len() {
            (self, other)
        } else {
            (other, self)
        };
        let lengths = short.digits.len() == long.digits.len() || short.open;
        lengths
            && short
                .digits
                .iter()
                .zip(&long.digits)
                .all(|(a, b)| a & b != 0)
    }

    /// Whether every number that matches `self` matches `outer`.
    pub fn lies_in(&self, outer: &Self) -> bool {
        let lengths = match outer.open {
            true => self.digits.len() >= outer.digits.len(),
            false => !self.open && self.digits.len() == outer.digits.len(),
        };
        lengths
            && self
                .digits
                .iter()
                .zip(&outer.digits)
                .all(|(own, outer)| own & !outer == 0)
    }

    /// Whether every number that matches starts with `digits`.
    pub fn starts_with(&self, digits: &str) -> bool {
        self.digits.len() >= digits.len()
            && digits
                .bytes()
                .zip(&self.digits)
                .all(|(digit, &own)| own == 1 << (digit - b'0'))
    }

    /// The pattern as a regular expression, without what may follow.
    pub fn regex(&self) -> String {
        let class = |&bits: &u16| {
            let digits: String = (0..10)
                .filter(|d| bits >> d & 1 == 1)
                .map(|d| d.to_string())
                .collect();
            format!("[{digits}]")
        };
        self.digits.iter().map(class).collect()
    }
}

fn class_bits(class: &[u8]) -> Option<u16> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    let mut bits = 0;
    let mut rest = class;
    while let [from, after @ ..] = rest {
        let from = digit(*from)?;
        let to = match after {
            [b'-', to, after @ ..] => {
                rest = after;
                digit(*to)?
            }
            _ => {
                rest = after;
                from
            }
        };
        if from > to {
            return None;
        }
        bits |= (from..=to).fold(0, |bits, digit| bits | 1 << digit);
    }
    (bits != 0).then_some(bits)
}
